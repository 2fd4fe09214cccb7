"""Every sample is a known kind whose lines add up, or is refused with words that fit it."""

from pathlib import Path

import pytest

from leverage.intake import staging
from leverage.store import FileReport
from tests.support import TODAY, Desk

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
FILES = sorted(
    path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix not in (".txt", ".md")
)
# Files without an amount of use, people or outcomes, and bills whose AI use has to be marked.
REFUSED = {
    "completions_usage_empty.SYNTHETIC.csv": "Nothing here is use",
    "devlake_incident_deployment.csv": "Nothing here is use",
    "devlake_project_pr_metrics.csv": "does not say which time it covers",
    "download-links-organization-1-day.json": "Nothing here is use",
    "download-links-organization-28-day.json": "Nothing here is use",
    "enterprise_seats_response_sample.json": "Nothing here is use",
    "entra-org-tree.json": "Nothing here is use",
    "organization_seats_response_sample.json": "Nothing here is use",
    "seat-activity-report.SYNTHETIC.csv": "Nothing here is use",
    "user-teams-1-day.example.ndjson": "Nothing here is use",
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, FileReport]:
    """Return what is said of every sample, staged as one pile for a company each."""
    desk = Desk(tmp_path_factory.mktemp("samples"))
    said = [
        staging.Options(
            company=path.relative_to(SAMPLES).as_posix(),
            dates="mdy" if "focus" in path.parts else None,
            by="tester",
        )
        for path in FILES
    ]
    stage = staging.stage(desk.root, desk.store, FILES, said, today=TODAY)
    assert [file.name for file in stage.files] == [path.name for path in FILES]
    assert desk.store.newest() == 0
    return dict(zip(FILES, stage.files, strict=True))


@pytest.mark.skipif(not FILES, reason="the folder shared/samples is not beside the project")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_a_sample_is_taken_or_refused_in_words_that_fit(
    reports: dict[Path, FileReport], path: Path
) -> None:
    file = reports[path]
    assert file.kind is not None
    assert file.rows_in == file.rows_taken + file.rows_set_aside + file.rows_rejected
    assert file.rows_rejected == 0
    if file.refused is None:
        assert file.rows_taken
        return
    says = REFUSED.get(path.name, "Nothing here is AI use" if file.kind == "focus" else "")
    assert says
    assert says in file.refused["title"]
    assert file.refused["next_step"]


def test_pull_requests_without_days_load_for_the_month_that_is_stated(tmp_path: Path) -> None:
    path = SAMPLES / "outcomes" / "devlake_project_pr_metrics.csv"
    if not path.is_file():
        pytest.skip("the folder shared/samples is not beside the project")
    lines = path.read_text(encoding="utf-8").splitlines()
    minutes = [float(line.split(",")[-1]) for line in lines[1:] if line.split(",")[-1]]
    desk = Desk(tmp_path)
    named = tmp_path / "pull-requests-2026-02.csv"
    named.write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk.load(named)
    rows = desk.table("outcomes")
    assert len(rows) == len(minutes)
    assert float(rows["value"].sum()) == pytest.approx(sum(minutes) / 60, abs=1e-5 * len(rows))
