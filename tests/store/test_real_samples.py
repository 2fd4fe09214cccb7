"""Real and documented exports, each for a company of its own, against sums of the file."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from leverage.ask import Asker
from leverage.engine import Engine
from leverage.rules import Rule
from leverage.store import changes
from leverage.view import View
from tests.support import Desk, OfPile, Pile

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the folder shared/samples is not beside the project"
)
REAL = "github_copilot/billing-credit-usage.real.pseudonymised.csv"
OPENAI_USAGE = "openai_api/usage_completions.json"
PEOPLE = [
    ("hris/roster.SYNTHETIC.csv", "people", 3),
    ("hris/headcount_by_department.SYNTHETIC.csv", "headcount", 2),
]
SIX = Decimal("0.000001")


def cells(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV as the file has them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def total(rows: list[dict[str, str]], *columns: str) -> Decimal:
    """Return the sum of columns, each cell rounded to six places as a stored row is.

    Cells that hold words (Included, Free, NULL) or nothing are no amount.
    """
    texts = [
        row[column].strip().replace("$", "").replace(",", "") for row in rows for column in columns
    ]
    numbers = [text for text in texts if text[:1].isdigit() or (text[:1] == "-" and text[1:])]
    return sum((Decimal(text).quantize(SIX) for text in numbers), Decimal(0))


def stored(desk: OfPile | Desk, column: str) -> Decimal:
    """Return the sum of one column of the stored usage."""
    value = desk.table("usage")[column].sum()
    return Decimal(value or 0)


def load(root: Path, path: Path) -> Desk:
    """Load one file into an empty store."""
    desk = Desk(root)
    desk.load(path)
    return desk


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Load the real GitHub export alone, under a key that is known."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEVERAGE_KEY", "one key for both stores")
        yield load(tmp_path_factory.mktemp("github"), SAMPLES / REAL)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load the other samples at once."""
    names = [*(name for name, _ in CSV_TOTALS), *(name for name, _, _ in PEOPLE), OPENAI_USAGE]
    desk = Desk(tmp_path_factory.mktemp("samples"))
    return Pile(desk, {name: SAMPLES / name for name in names})


@pytest.fixture(scope="module")
def clouds(tmp_path_factory: pytest.TempPathFactory) -> Pile:
    """Load the FOCUS samples, all their providers marked as AI use."""
    desk = Desk(tmp_path_factory.mktemp("clouds"))
    files = {path.relative_to(SAMPLES).as_posix(): path for path in focus_files()}
    marks = [
        Rule(name, "ai_use", "provider", provider, "ai")
        for name, path in files.items()
        for provider in sorted(providers(cells(path)))
    ]
    changes.decide(desk.store, marks, "tester")
    return Pile(desk, files, {name: {"dates": "mdy"} for name in files})


def close(found: Decimal, expected: Decimal, rows: int) -> bool:
    """Tell whether two sums agree within half a millionth a row, the store's rounding."""
    return abs(found - expected) <= SIX * rows


def test_the_real_github_export_shows_gross_710_51_net_0_and_units_apart(whole: Desk) -> None:
    rows = cells(SAMPLES / REAL)
    assert round(stored(whole, "gross_cost_usd"), 2) == Decimal("710.51")
    assert stored(whole, "net_cost_usd") == 0
    usage = whole.table("usage")
    held = {
        unit: sum(c for u, c in usage.select("credit_unit", "credits").rows() if u == unit)
        for unit in usage["credit_unit"].unique()
    }
    for unit, name in (("ai-credits", "github_ai_credit"), ("requests", "github_premium_request")):
        of_unit = [row for row in rows if row["unit_type"] == unit]
        assert close(Decimal(held[name]), total(of_unit, "quantity"), len(of_unit))


def test_the_real_github_export_split_by_day_says_the_same(tmp_path: Path, whole: Desk) -> None:
    text = (SAMPLES / REAL).read_text(encoding="utf-8-sig").splitlines(keepends=True)
    by_day: dict[str, list[str]] = {}
    for line in text[1:]:
        by_day.setdefault(line.split(",")[0], []).append(line)
    split = Desk(tmp_path)
    split.load(*(text[0] + "".join(lines) for lines in by_day.values()))
    for column in ("gross_cost_usd", "net_cost_usd", "credits"):
        assert stored(split, column) == stored(whole, column)
    ours, theirs = (
        sorted(map(str, desk.table("usage").drop("load_id", "first_line").rows()))
        for desk in (split, whole)
    )
    assert ours == theirs


def test_the_briefing_of_that_company_shows_its_money_and_what_it_cannot_say(whole: Desk) -> None:
    asker = Asker(Engine(), whole.store, 1)
    answer = asker.ask("headline", View())
    row = answer.frame.row(0, named=True)
    assert answer.window.is_partial
    assert str(answer.window.first_day) == "2026-05-27"
    assert str(answer.window.last_day) == "2026-06-26"
    assert row["full_cost_usd"] == 0
    assert not row["is_seats_known"]
    assert round(row["gross_cost_usd"], 2) == Decimal("710.51")
    assert row["active_people"] == 2
    for unknown in ("tokens", "tokens_per_employee", "active_share", "known_owner_share"):
        assert row[unknown] is None


CSV_TOTALS: list[tuple[str, dict[str, tuple[str, ...]]]] = [
    (
        "github_copilot/ai-usage-report-with-tokens.SYNTHETIC.csv",
        {
            "input_tokens": ("input",),
            "output_tokens": ("output",),
            "cache_read_tokens": ("cache_read",),
            "cache_write_tokens": ("cache_write",),
            "gross_cost_usd": ("gross_amount",),
            "net_cost_usd": ("net_amount",),
        },
    ),
    (
        "anthropic_console/claude_api_tokens_2026_08.SYNTHETIC.csv",
        {
            "input_tokens": ("usage_input_tokens_no_cache",),
            "cache_write_tokens": (
                "usage_input_tokens_cache_write_5m",
                "usage_input_tokens_cache_write_1h",
            ),
            "cache_read_tokens": ("usage_input_tokens_cache_read",),
            "output_tokens": ("usage_output_tokens",),
        },
    ),
    (
        "anthropic_console/claude_api_cost_2026_08.SYNTHETIC.csv",
        {"net_cost_usd": ("cost_usd",), "list_cost_usd": ("list_price_usd",)},
    ),
    (
        "cursor/usage-events-demo.csv",
        {
            "input_tokens": ("Input (w/o Cache Write)",),
            "cache_write_tokens": ("Input (w/ Cache Write)",),
            "cache_read_tokens": ("Cache Read",),
            "output_tokens": ("Output Tokens",),
            "net_cost_usd": ("Cost",),
        },
    ),
    (
        "cursor/team-usage-events.v4.SYNTHETIC.csv",
        {
            "input_tokens": ("Input (w/o Cache Write)",),
            "cache_write_tokens": ("Input (w/ Cache Write)",),
            "cache_read_tokens": ("Cache Read",),
            "output_tokens": ("Output Tokens",),
        },
    ),
    (
        "litellm/daily_user_spend.csv",
        {
            "output_tokens": ("completion_tokens",),
            "cache_read_tokens": ("cache_read_input_tokens",),
            "cache_write_tokens": ("cache_creation_input_tokens",),
            "requests": ("api_requests",),
            "estimated_cost_usd": ("spend",),
        },
    ),
    ("chatgpt_enterprise/users_monthly.SYNTHETIC.csv", {"messages": ("messages",)}),
    (
        "openai_dashboard/cost_2026-09-28_2026-09-30.SYNTHETIC.csv",
        {"net_cost_usd": ("amount_value",)},
    ),
]


@pytest.mark.parametrize(
    ("name", "columns"), CSV_TOTALS, ids=lambda v: Path(v).name if isinstance(v, str) else ""
)
def test_a_sample_loads_with_the_totals_of_its_file(
    pile: Pile, name: str, columns: dict[str, tuple[str, ...]]
) -> None:
    rows = cells(SAMPLES / name)
    desk = pile.of(name)
    for column, theirs in columns.items():
        assert close(stored(desk, column), total(rows, *theirs), len(rows)), column


def test_litellm_input_is_what_is_left_of_the_prompt_after_its_cached_part(pile: Pile) -> None:
    name = "litellm/daily_user_spend.csv"
    rows = cells(SAMPLES / name)
    inside = total(rows, "cache_read_input_tokens", "cache_creation_input_tokens")
    desk = pile.of(name)
    assert stored(desk, "input_tokens") == total(rows, "prompt_tokens") - inside


def test_the_openai_usage_page_loads_with_disjoint_parts(pile: Pile) -> None:
    page = json.loads((SAMPLES / OPENAI_USAGE).read_text(encoding="utf-8"))
    results = [result for bucket in page["data"] for result in bucket["results"]]
    desk = pile.of(OPENAI_USAGE)
    for column, theirs in (
        ("input_tokens", "input_uncached_tokens"),
        ("cache_read_tokens", "input_cached_tokens"),
        ("cache_write_tokens", "input_cache_write_tokens"),
        ("output_tokens", "output_tokens"),
        ("requests", "num_model_requests"),
    ):
        assert stored(desk, column) == sum(result[theirs] for result in results)
    (load_row,) = desk.loads
    assert str(load_row["spans"][0].last) == "2024-11-03", "the day without use is covered"


@pytest.mark.parametrize(("name", "table", "count"), PEOPLE)
def test_people_files_load_whole(pile: Pile, name: str, table: str, count: int) -> None:
    assert len(pile.of(name).table(table)) == count == len(cells(SAMPLES / name))


def focus_files() -> list[Path]:
    """Return every FOCUS sample."""
    return sorted((SAMPLES / "focus").rglob("*.csv")) if SAMPLES.is_dir() else []


def providers(rows: list[dict[str, str]]) -> set[str]:
    """Return the providers that the lines of a cloud bill name."""
    return {row.get("ProviderName") or row.get("ServiceProviderName") or "" for row in rows} - {""}


@pytest.mark.parametrize("path", focus_files(), ids=lambda path: path.stem)
def test_a_focus_sample_loads_once_its_provider_is_marked(clouds: Pile, path: Path) -> None:
    rows = cells(path)
    desk = clouds.of(path.relative_to(SAMPLES).as_posix())
    assert desk.loads
    dollars = [row for row in rows if row["BillingCurrency"] == "USD"]
    assert close(stored(desk, "net_cost_usd"), total(dollars, "BilledCost"), len(rows))
    assert close(stored(desk, "amortised_cost_usd"), total(dollars, "EffectiveCost"), len(rows))
    assert sum(row["rows_in"] for row in desk.loads) == len(rows)


def test_a_cloud_bill_without_ai_is_refused_with_its_counts(tmp_path: Path) -> None:
    path = SAMPLES / "focus" / "focus_sample_1.0.csv"
    desk = Desk(tmp_path)
    stage = desk.stage(path, dates="mdy")
    (report,) = stage.files
    rows = cells(path)
    ai = [row for row in rows if row["ServiceCategory"] == "AI and Machine Learning"]
    if ai:
        assert report.rows_taken == len(ai)
    else:
        assert report.refused is not None
        assert "Nothing here is AI use" in report.refused["title"]
        assert f"{len(rows)} set aside: not AI use" in report.refused["found"]
    assert desk.store.newest() == 0
