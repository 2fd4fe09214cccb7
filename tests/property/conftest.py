"""Say at the end of a run how many generated cases it has tried, over all its workers."""

import pytest

CASES = "generated cases"


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add the number up: a test reports its own as a property, which travels between workers."""
    reports = [
        report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)
    ]
    counted = [
        number
        for report in reports
        if isinstance(report, pytest.TestReport)
        for name, number in report.user_properties
        if name == CASES and isinstance(number, int)
    ]
    if counted:
        terminalreporter.write_line(f"{sum(counted):,} {CASES} in {len(counted)} files")
