"""The sample is reproducible, valid in its vendors' formats, and holds what it says is planted."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from leverage.sample import COMPANIES, PLANTED, SampleFile, write
from tests.oracle.native import Native

SIGNATURES = {
    "openai_cost": {"start_time", "amount_value", "amount_currency"},
    "anthropic_tokens": {"usage_date_utc", "usage_output_tokens", "model_version"},
    "anthropic_cost": {"usage_date_utc", "token_type", "cost_usd"},
    "github_billing": {"username", "unit_type", "aic_quantity"},
    "cursor_events": {"Date", "Input (w/o Cache Write)", "Cache Read"},
    "litellm_daily": {"api_requests", "prompt_tokens", "spend", "api_key", "date"},
    "chatgpt_users": {"period_start", "messages", "user_status", "gpts_messaged"},
    "focus": {"ChargePeriodStart", "EffectiveCost", "ServiceCategory"},
    "roster": {"work_email", "department", "github_login"},
    "headcount": {"month", "department", "employees"},
    "seats": {"month", "company", "vendor", "plan", "seats", "price", "currency"},
    "outcomes": {"month", "metric", "value"},
    "targets": {"month", "metric", "target"},
    "budgets": {"month", "budget", "currency"},
    "rates": {"month", "currency", "usd_per_unit"},
    "events": {"date", "event", "event_kind"},
    "approved_models": {"vendor", "model", "status"},
    "assumptions": {"assumption", "low", "mode", "high", "unit"},
}
"""Columns by which each vendor's export is known, written down from the vendors' formats."""

TEMPLATES = {"outcomes", "targets", "budgets", "rates", "events", "approved_models", "assumptions"}
"""Kinds that the companies fill in themselves, in the product's own templates."""

LIST_USD_PER_MTOK = {"gpt-5": 1.25, "Claude Sonnet 5": 2.0}
"""The sample's price of a million uncached input tokens, written down a second time."""


class Sample:
    """The written files of one sample, read back as text with polars."""

    def __init__(self, folder: Path, files: list[SampleFile]) -> None:
        self.folder = folder
        self.files = files
        self.native = Native(folder, files)

    def of(self, kind: str, company: str | None = None) -> list[SampleFile]:
        """Return the files of a kind, of one company or of all."""
        return [one for one in self.files if one.kind == kind and company in (None, one.company)]

    def read(self, file: SampleFile) -> pl.DataFrame:
        """Return one CSV file with its company, blanks as NULL."""
        rows = pl.read_csv(self.folder / file.path, infer_schema=False)
        rows = rows.with_columns(pl.all().replace({"": None}))
        return (
            rows if "company" in rows.columns else rows.with_columns(company=pl.lit(file.company))
        )

    def pages(self, file: SampleFile) -> list[dict[str, Any]]:
        """Return the pages of one usage file, which stand one a line."""
        return [json.loads(line) for line in (self.folder / file.path).read_text().splitlines()]

    def all(self, kind: str, company: str | None = None) -> pl.DataFrame:
        """Return every row of a kind; columns that older files lack are NULL."""
        return pl.concat([self.read(one) for one in self.of(kind, company)], how="diagonal")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Write the whole sample once."""
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, write(folder))


def _total(values: pl.Series) -> float:
    """Sum numbers, also where they are still the file's text."""
    return float(values.cast(pl.Float64).sum())


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write(here, months=3, scale=0.5)
    script = "import pathlib, sys; from leverage.sample import write; "
    script += "write(pathlib.Path(sys.argv[1]), months=3, scale=0.5)"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, str(there)]
    subprocess.run(command, check=True, cwd=root, env=environment)
    assert _bytes(here) == _bytes(there)


def test_the_use_of_a_month_is_the_same_in_any_window(sample: Sample, tmp_path: Path) -> None:
    short = write(tmp_path, months=2, last_month="2026-06")
    use = [file for file in short if file.kind not in ("roster", "headcount", "seats")]
    assert len(use) > 20
    for file in use:
        text = (tmp_path / file.path).read_text("utf-8")
        rows = text if file.kind == "openai_usage" else text.partition("\n")[2]
        # A file of half a year holds the same lines among those of its other months.
        texts = [
            (sample.folder / long.path).read_text("utf-8")
            for long in sample.of(file.kind, file.company)
        ]
        assert sum(rows in long for long in texts) == 1


def test_a_vendor_that_exports_ranges_gives_one_file_for_half_a_year(sample: Sample) -> None:
    for kind, files in (("cursor_events", 5), ("github_billing", 24), ("openai_usage", 5)):
        company = "Tramello Market" if kind != "github_billing" else "Zorvane Telecom"
        assert len(sample.of(kind, company)) == files
    spans = [file.period for file in sample.of("litellm_daily", "Zorvane Telecom")]
    assert spans == [
        "2024-11-01..2024-12-31",
        "2025-01-01..2025-06-30",
        "2025-07-01..2025-12-31",
        "2026-01-01..2026-06-30",
        "2026-07-01..2026-10-31",
    ]


def test_another_last_month_moves_the_window(tmp_path: Path) -> None:
    files = write(tmp_path, months=1, last_month="2027-02", scale=0.2)
    assert {file.period for file in files if file.period} == {"2027-02"}
    assert any("2027-02-28" in (tmp_path / file.path).read_text() for file in files)


@pytest.mark.parametrize(("months", "scale"), [(0, 1.0), (3, 0.0)])
def test_an_impossible_size_is_refused(tmp_path: Path, months: int, scale: float) -> None:
    with pytest.raises(ValueError, match="months must be 1 or more and scale above 0"):
        write(tmp_path, months=months, scale=scale)


def test_the_folder_holds_exactly_the_files_that_are_returned(sample: Sample) -> None:
    assert set(_bytes(sample.folder)) == {str(file.path) for file in sample.files}
    assert not any(file.path.is_absolute() for file in sample.files)


def test_every_kind_is_there_and_the_whole_stays_small(sample: Sample) -> None:
    assert {file.kind for file in sample.files} == {"openai_usage", *SIGNATURES}
    lines = {
        name: text.count(b"\n") - 1 if name.endswith(".csv") else text.count(b"completions.result")
        for name, text in _bytes(sample.folder).items()
    }
    filled_in = sum(lines[str(file.path)] for file in sample.files if file.kind in TEMPLATES)
    assert filled_in <= 12_000
    assert 60_000 <= sum(lines.values()) - filled_in <= 90_000


def test_every_csv_file_has_the_signature_of_its_kind(sample: Sample) -> None:
    for file in sample.files:
        if file.kind != "openai_usage":
            assert SIGNATURES[file.kind] <= set(sample.read(file).columns), file.path


def test_every_usage_page_is_a_page_with_a_bucket_for_each_day(sample: Sample) -> None:
    for file in sample.of("openai_usage"):
        for page in sample.pages(file):
            assert page["object"] == "page"
            starts = [bucket["start_time"] for bucket in page["data"]]
            assert len(starts) in (28, 29, 30, 31)
            assert starts == list(range(starts[0], starts[-1] + 1, 86_400))
            for bucket in page["data"]:
                for result in bucket["results"]:
                    assert result["object"] == "organization.usage.completions.result"
                    assert {"input_tokens", "output_tokens", "num_model_requests"} <= set(result)
                    assert result["input_cached_tokens"] <= result["input_tokens"]


def test_github_files_start_with_a_mark_and_quote_every_cell(sample: Sample) -> None:
    for file in sample.of("github_billing"):
        raw = (sample.folder / file.path).read_bytes()
        assert raw.startswith(b'\xef\xbb\xbf"date"')
        assert all(line.startswith('"') for line in raw.decode("utf-8-sig").splitlines())


def test_a_file_that_does_not_say_its_account_or_days_comes_with_them(sample: Sample) -> None:
    in_the_rows = {"openai_cost", "github_billing", "chatgpt_users", "focus"}
    of_people = {"roster", "headcount", "seats"}
    for file in sample.files:
        assert (file.account is None) == (file.kind in in_the_rows | of_people | TEMPLATES)
        if file.period:
            first, _, last = file.period.partition("..")
            assert first[:7].replace("-", "_") in file.path.name
            assert last[:7].replace("-", "_") in file.path.name
    accounts = {file.account for file in sample.of("openai_usage")}
    assert accounts == set(sample.all("openai_cost")["organization_id"].drop_nulls())


def test_the_companies_cover_the_five_sectors_and_two_are_ai_native(sample: Sample) -> None:
    assert len(COMPANIES) == 6
    assert {company.sector for company in COMPANIES} == {
        "telecom",
        "ecommerce_fintech",
        "healthcare_education",
        "developer_tooling",
        "crm_saas",
    }
    origins = Counter(company.origin for company in COMPANIES)
    assert origins == {"enterprise": 4, "AI-native": 2}
    assert {file.company for file in sample.files} == {company.name for company in COMPANIES}
    for company in COMPANIES:
        assert sample.native.heads(company.name, "2026-10") == company.employees


def test_every_address_is_invented_and_ends_in_example(sample: Sample) -> None:
    for name, raw in _bytes(sample.folder).items():
        slug = name.split("/")[0]
        for address in re.findall(r"[\w.+-]+@[\w.-]+", raw.decode("utf-8")):
            assert re.fullmatch(rf"[a-z]+\.[a-z]+@{slug}\.example", address.lower()), address


def test_the_new_model_appears_in_its_month_and_takes_over(sample: Sample) -> None:
    rows = sample.all("anthropic_tokens").with_columns(
        month=pl.col("usage_date_utc").str.slice(0, 7),
        tokens=pl.col("usage_output_tokens").cast(pl.Int64),
        is_new=pl.col("model_version") == PLANTED.new_model,
    )
    assert set(rows.filter("is_new")["company"]) == set(PLANTED.new_model_companies)
    assert rows.filter("is_new")["month"].min() == PLANTED.new_model_month
    line = rows.filter(
        pl.col("company").is_in(PLANTED.new_model_companies)
        & pl.col("model_version").str.contains("sonnet")
    )
    tokens = pl.col("tokens")
    by_month: dict[str, float] = dict(
        line.group_by("month").agg(share=tokens.filter("is_new").sum() / tokens.sum()).iter_rows()
    )
    assert 0 < by_month[PLANTED.new_model_month] < 0.4
    assert all(by_month[month] > 0.6 for month in ("2026-07", "2026-08", "2026-09", "2026-10"))


def test_the_billed_price_of_a_token_falls_on_the_day_of_the_cut(sample: Sample) -> None:
    rows = sample.all("openai_cost").filter(
        pl.col("line_item") == f"{PLANTED.price_cut_model}, input_tokens"
    )
    rows = rows.with_columns(
        day=pl.from_epoch(pl.col("start_time").cast(pl.Int64)).dt.date(),
        rate=pl.col("amount_value").cast(pl.Float64) * 1e6 / pl.col("quantity").cast(pl.Float64),
    )
    is_after = pl.col("day") >= PLANTED.price_cut_date
    listed = LIST_USD_PER_MTOK[PLANTED.price_cut_model]
    assert rows.filter(~is_after)["rate"].to_list() == pytest.approx(
        [listed] * rows.filter(~is_after).height
    )
    assert rows.filter(is_after)["rate"].to_list() == pytest.approx(
        [listed * float(PLANTED.price_cut_factor)] * rows.filter(is_after).height
    )
    assert rows.filter(pl.col("day") == PLANTED.price_cut_date).height > 0
    assert rows.filter(pl.col("day") == PLANTED.price_cut_date - timedelta(days=1)).height > 0


def test_one_token_file_is_missing_beside_its_cost_file(sample: Sample) -> None:
    months = [f"{2024 + (10 + n) // 12}-{(10 + n) % 12 + 1:02d}" for n in range(24)]

    def present(kind: str) -> list[str]:
        names = [file.path.stem for file in sample.of(kind, PLANTED.missing_company)]
        return [name[-7:].replace("_", "-") for name in names]

    assert set(months) - set(present(PLANTED.missing_kind)) == {PLANTED.missing_month}
    assert set(months) == set(present("anthropic_cost"))
    figures = sample.native
    assert figures.tokens(PLANTED.missing_company, PLANTED.missing_month).raw is None
    assert figures.billed_usage_cost_usd(PLANTED.missing_company, PLANTED.missing_month) is not None


def test_github_changes_its_unit_and_starts_to_print_tokens_on_one_day(sample: Sample) -> None:
    rows = sample.all("github_billing").with_columns(pl.col("date").str.to_date())
    is_after = pl.col("date") >= PLANTED.unit_change_date
    before, after = rows.filter(~is_after), rows.filter(is_after)
    assert set(before["unit_type"]) == {"requests"}
    assert set(after["unit_type"]) == {"ai-credits"}
    assert before["input"].null_count() == before.height > 0
    assert after["input"].null_count() == 0 < after.height
    assert (before["aic_quantity"].cast(pl.Float64) > 0).all()
    assert (after["aic_quantity"].cast(pl.Float64) == 0).all()


def test_github_charges_nothing_inside_the_quota_and_overage_now_and_then(sample: Sample) -> None:
    rows = sample.all("github_billing").with_columns(
        pl.col("gross_amount", "discount_amount", "net_amount").cast(pl.Float64)
    )
    gap = (rows["gross_amount"] - rows["discount_amount"] - rows["net_amount"]).abs()
    assert gap.max() == pytest.approx(0, abs=1e-8)
    for unit, quota in (("requests", 300), ("ai-credits", 3900)):
        era = rows.filter(pl.col("unit_type") == unit)
        assert 0 < era.filter(pl.col("net_amount") > 0).height < 0.1 * era.height
        used = (
            era.drop_nulls("username")
            .group_by("username", month=pl.col("date").str.slice(0, 7))
            .agg(quantity=pl.col("quantity").cast(pl.Float64).sum(), net=pl.col("net_amount").sum())
        )
        assert used.filter(pl.col("net") > 0).height > 0
        # Rows without a user name hide some of a person's use, so only one direction is certain.
        assert (used.filter(pl.col("quantity") > quota + 1e-6)["net"] > 0).all()


def test_own_files_that_begin_late_leave_the_gateway_as_the_only_witness(sample: Sample) -> None:
    for kind in PLANTED.late_kinds:
        names = [file.path.stem[-7:] for file in sample.of(kind, PLANTED.late_company)]
        assert min(names).replace("_", "-") == PLANTED.late_first_month
    gateway = sample.all("litellm_daily", PLANTED.late_company)
    anthropic = gateway.filter(pl.col("custom_llm_provider") == "anthropic")
    assert anthropic["date"].min() == "2024-11-01"
    assert anthropic["date"].max() == "2026-10-31"
    # While the gateway alone holds it, Anthropic's cost is an estimate; afterwards it is billed.
    before = sample.native.estimated_usage_cost_usd(PLANTED.late_company, "2025-05")
    after = sample.native.estimated_usage_cost_usd(PLANTED.late_company, "2025-06")
    assert before is not None
    assert after is not None
    assert after < 0.5 * before


def test_the_gateway_counts_the_same_traffic_as_the_vendor(sample: Sample) -> None:
    gateway = sample.all("litellm_daily", "Tramello Market").filter(
        pl.col("custom_llm_provider") == "openai"
    )
    bill = sample.all("openai_cost", "Tramello Market").filter(
        pl.col("project_id") == "proj_checkout_help"
    )
    spend = _total(gateway["spend"])
    assert spend == pytest.approx(_total(bill["amount_value"]))
    assert spend > 0


def test_august_december_and_weekends_are_low(sample: Sample) -> None:
    days = pl.concat(
        [
            sample.all("github_billing").select(day="date"),
            sample.all("cursor_events").select(day=pl.col("Date").str.slice(0, 10)),
            sample.all("litellm_daily")
            .filter(pl.col("user_id").str.contains("@"))
            .select(day="date"),
        ]
    ).with_columns(pl.col("day").str.to_date())
    by_month = dict(days.group_by(pl.col("day").dt.strftime("%Y-%m")).len().iter_rows())
    for low in ("2025-08", "2025-12", "2026-08"):
        number = int(low[5:])
        before = f"{low[:5]}{number - 1:02d}"
        after = f"{low[:5]}{number + 1:02d}" if number < 12 else f"{int(low[:4]) + 1}-01"
        assert by_month[low] < 0.9 * min(by_month[before], by_month[after])
    weekend = days.filter(pl.col("day").dt.weekday() >= 6).height
    assert 0 < weekend / days.height < 0.06


def test_use_grows_from_the_first_month_to_the_last(sample: Sample) -> None:
    for company in COMPANIES:
        first = sample.native.tokens(company.name, "2024-11").price_weighted
        last = sample.native.tokens(company.name, "2026-10").price_weighted
        assert first is not None
        assert last is not None
        assert last > 2.5 * first
        heads = sample.native.heads(company.name, "2026-10")
        assert heads is not None
        assert 1e6 < last / heads < 1e8
        active = [
            sample.native.active_people(company.name, month) for month in ("2024-11", "2026-10")
        ]
        assert active[0] < active[1] <= heads


def test_a_few_people_burn_most_of_the_tokens(sample: Sample) -> None:
    people = (
        sample.all("litellm_daily", "Zorvane Telecom")
        .filter(pl.col("date") >= "2026-01-01")
        .group_by(pl.col("user_id").str.to_lowercase())
        .agg(tokens=pl.col("prompt_tokens").cast(pl.Int64).sum())
        .sort("tokens", descending=True)
    )
    top = _total(people.head(people.height // 10)["tokens"])
    assert 0.3 < top / _total(people["tokens"]) < 0.8


def test_cached_input_dominates_agentic_use(sample: Sample) -> None:
    rows = sample.all("cursor_events").filter(~pl.col("Kind").str.starts_with("Errored"))
    parts = ("Input (w/ Cache Write)", "Input (w/o Cache Write)", "Cache Read", "Output Tokens")
    counts = rows.select(pl.col(*parts, "Total Tokens").cast(pl.Int64))
    assert _total(counts["Cache Read"]) > 0.7 * _total(counts["Total Tokens"])
    assert (
        counts.select(pl.sum_horizontal(parts))
        .to_series()
        .equals(counts["Total Tokens"], check_names=False)
    )
    assert set(rows["Kind"]) == {"Included", "On-Demand"}
    on_demand = rows.filter(pl.col("Kind") == "On-Demand")
    assert on_demand["Cost"].str.contains(r"^\$\d+\.\d\d$").all()


def test_anthropic_bills_list_price_times_tokens_rounded_to_cents(sample: Sample) -> None:
    company = "Kitsorra Tools"
    tokens = sample.all("anthropic_tokens", company).filter(
        pl.col("model_version") == PLANTED.new_model
    )
    bill = sample.all("anthropic_cost", company).filter(
        (pl.col("model") == "Claude Sonnet 5") & (pl.col("token_type") == "input_no_cache")
    )
    rate = LIST_USD_PER_MTOK["Claude Sonnet 5"]
    expected = _total(tokens["usage_input_tokens_no_cache"]) * rate / 1e6
    billed = _total(bill["cost_usd"])
    assert billed == pytest.approx(expected, abs=0.005 * bill.height)
    assert billed > 100


def test_newer_files_carry_columns_that_older_ones_lack(sample: Sample) -> None:
    for kind, column in (
        ("anthropic_tokens", "context_window"),
        ("anthropic_cost", "list_price_usd"),
    ):
        first, last = sample.of(kind, "Kitsorra Tools")[0], sample.of(kind, "Kitsorra Tools")[-1]
        assert column not in sample.read(first).columns
        assert column in sample.read(last).columns


def test_focus_holds_tokens_other_services_a_prepayment_and_copilot(sample: Sample) -> None:
    rows = sample.all("focus").with_columns(pl.col("BilledCost", "EffectiveCost").cast(pl.Float64))
    is_ai = pl.col("ServiceCategory") == "AI and Machine Learning"
    assert rows.filter(~is_ai).height > 0
    bought = rows.filter(pl.col("ChargeCategory") == "Purchase")
    assert bought.height == 2
    assert (bought["BilledCost"] > 0).all()
    assert (bought["EffectiveCost"] == 0).all()
    drawn = rows.filter(pl.col("SubAccountName") == "Network triage").filter(
        pl.col("ChargeCategory") == "Usage"
    )
    assert (drawn["BilledCost"] == 0).all()
    assert drawn["EffectiveCost"].sum() > 0
    copilot = rows.filter(pl.col("ProviderName") == "GitHub")["BilledCost"].sum()
    overage = _total(sample.all("github_billing", "Zorvane Telecom")["net_amount"])
    assert copilot == pytest.approx(overage)
    assert copilot > 0


def test_identities_are_as_messy_as_real_ones(sample: Sample) -> None:
    cursor = sample.all("cursor_events")
    left = cursor.filter(pl.col("User").str.contains(r"^\d+$"))
    assert left.height > 0
    terminated = sample.all("roster").filter(pl.col("status") == "terminated")
    assert set(left["company"]) <= set(terminated["company"])
    github = sample.all("github_billing")
    assert 0 < github["username"].null_count() < 0.05 * github.height
    gateway = sample.all("litellm_daily")
    assert gateway["user_id"].null_count() > 0
    assert gateway.filter(pl.col("user_id") == "default_user_id").height > 0
    for kind, column in (("cursor_events", "User"), ("litellm_daily", "user_id")):
        printed = sample.all(kind)[column].drop_nulls()
        addresses = set(printed.filter(printed.str.contains("@")))
        in_other_case = {one for one in addresses if one != one.lower()}
        assert in_other_case
        assert {one.lower() for one in in_other_case} & addresses
    keys = [
        result
        for file in sample.of("openai_usage")
        for page in sample.pages(file)
        for bucket in page["data"]
        for result in bucket["results"]
    ]
    assert all(result["user_id"] is None for result in keys)
    assert any(result["project_id"] is None for result in keys)


def test_chatgpt_lists_active_idle_and_pending_members(sample: Sample) -> None:
    rows = sample.all("chatgpt_users")
    assert set(rows["user_status"]) == {"enabled", "pending"}
    pending = rows.filter(pl.col("user_status") == "pending")
    assert pending["messages"].null_count() == pending.height
    enabled = rows.filter(pl.col("user_status") == "enabled").with_columns(
        pl.col("messages").cast(pl.Int64)
    )
    idle = enabled.filter(pl.col("is_active") == "0")
    assert 0 < idle.height < enabled.height
    assert idle["messages"].sum() == 0
    assert (enabled.filter(pl.col("is_active") == "1")["messages"] > 0).all()


def test_people_join_and_leave_between_the_rosters(sample: Sample) -> None:
    rosters = sample.all("roster")
    snapshots = sorted(set(rosters["effective_date"]))
    assert snapshots[0] == "2024-11-01"
    assert snapshots[1:] == [
        f"{year}-{month}-01" for year in (2025, 2026) for month in ("01", "04", "07", "10")
    ]
    for company in COMPANIES:
        roster = rosters.filter(pl.col("company") == company.name)
        first = set(roster.filter(pl.col("effective_date") == snapshots[0])["work_email"])
        now = roster.filter(pl.col("effective_date") == snapshots[-1])
        last = set(now["work_email"])
        assert first - last
        assert last - first
        assert set(now["manager_email"].drop_nulls()) <= last
        assert now["work_email"].is_unique().all()
        active = now.filter(pl.col("status") == "active")
        assert active["termination_date"].null_count() == active.height
        assert (active["hire_date"].str.to_date() <= date(2026, 10, 1)).all()


def test_some_departments_have_two_to_four_active_people(sample: Sample) -> None:
    people = (
        sample.all("roster")
        .select("company", "department", email=pl.col("work_email").str.to_lowercase())
        .unique()
    )
    use = (
        sample.all("litellm_daily")
        .filter(pl.col("date") >= "2026-10-01")
        .select("company", email=pl.col("user_id").str.to_lowercase())
        .unique()
    )
    sizes = use.join(people, on=["company", "email"]).group_by("company", "department").len()
    assert sizes.filter(pl.col("len").is_between(2, 4)).height >= 2
    assert sizes.filter(pl.col("len") >= 10).height >= 2


def test_seats_outnumber_the_people_who_use_them(sample: Sample) -> None:
    seats = sample.all("seats", "Tramello Market").filter(pl.col("month") == "2026-10")
    cursor = sample.all("cursor_events", "Tramello Market").filter(
        pl.col("Date").str.starts_with("2026-10")
    )
    users = cursor["User"].str.to_lowercase().n_unique()
    assert _total(seats["seats"]) > users > 0
    assert set(sample.all("seats")["currency"]) == {"USD"}
