"""The oracle is right on files small enough to be added up by hand."""

import json
from pathlib import Path

import pytest

from leverage.sample import SampleFile
from tests.oracle.native import Native, Tokens

COMPANY = "Handmade"

ROSTER = """work_email,department,github_login,effective_date,hire_date
ana.one@handmade.example,Engineering,ana-hm,2026-10-01,2026-09-01
ben.two@handmade.example,Legal,,2026-10-01,2026-10-01
"""

GITHUB = """date,username,organization,quantity,net_amount,input,output,cache_read,cache_write
2026-10-01,ANA-hm,hm,10,0,100,20,800,40
2026-10-02,,hm,5,1.5,0,10,0,0
"""

GATEWAY_HEADER = (
    "user_id,date,custom_llm_provider,prompt_tokens,completion_tokens,"
    "cache_read_input_tokens,cache_creation_input_tokens,spend,api_requests"
)
GATEWAY = f"""{GATEWAY_HEADER}
Ana.One@Handmade.example,2026-10-01,mistral,1000,100,300,0,0.25,2
default_user_id,2026-10-01,openai,9000,900,0,0,9.00,3
default_user_id,2026-10-02,openai,500,50,0,0,0.50,1
ben.two@handmade.example,2026-09-30,mistral,7000,700,0,0,7.00,1
"""

OPENAI_COST = """start_time,amount_value,organization_id,user_email
1790812800,2.00,org-hm,
1790899200,,,
"""

SEATS = """month,company,vendor,plan,seats,price,currency
2026-10,Handmade,GitHub,Business,3,19,USD
2026-10,Handmade,Cursor,Teams,2,40,USD
2026-09,Handmade,GitHub,Business,3,19,USD
"""

HEADCOUNT = """month,department,role,employees,fte
2026-10,Engineering,Software,4,4
2026-10,Legal,Legal,2,1.5
"""


@pytest.fixture
def native(tmp_path: Path) -> Native:
    """Write one company's files: OpenAI's own hold a row on 1 October 2026 and none on the 2nd."""
    usage = {
        "input_tokens": 1000,
        "input_cached_tokens": 400,
        "output_tokens": 50,
        "user_id": None,
    }
    page = {"object": "page", "data": [{"start_time": 1790812800, "results": [usage]}]}
    texts = {
        "openai_usage": json.dumps(page),
        "openai_cost": OPENAI_COST,
        "github_billing": GITHUB,
        "litellm_daily": GATEWAY,
        "roster": ROSTER,
        "headcount": HEADCOUNT,
        "seats": SEATS,
    }
    files = []
    for kind, text in texts.items():
        (tmp_path / kind).write_text(text, encoding="utf-8")
        account = "org-hm" if kind == "openai_usage" else None
        files.append(SampleFile(Path(kind), COMPANY, kind, account))
    return Native(tmp_path, files)


def test_tokens_are_added_on_three_bases_from_the_best_witness(native: Native) -> None:
    # OpenAI's own page: 600 uncached + 400 read + 50 out. GitHub: 100/20/800/40 and 10 out.
    # Gateway: Mistral 700 + 300 read + 100 out; OpenAI only on the 2nd, 500 and 50 out.
    uncached, read, write, output = 600 + 100 + 700 + 500, 400 + 800 + 300, 40, 50 + 20 + 10 + 150
    tokens = native.tokens(COMPANY, "2026-10")
    assert tokens.raw == uncached + read + write + output
    assert tokens.fresh == uncached + write + output
    assert tokens.price_weighted == pytest.approx(1900 + 5 * 230 + 0.1 * 1500 + 1.25 * 40)


def test_cost_is_the_bill_and_the_estimate_only_what_no_bill_covers(native: Native) -> None:
    assert native.billed_usage_cost_usd(COMPANY, "2026-10") == pytest.approx(2.00 + 1.50)
    assert native.estimated_usage_cost_usd(COMPANY, "2026-10") == pytest.approx(0.25 + 0.50)
    assert native.seat_cost_usd(COMPANY, "2026-10") == pytest.approx(3 * 19 + 2 * 40)


def test_a_person_is_one_in_any_case_and_under_any_login(native: Native) -> None:
    assert native.active_people(COMPANY, "2026-10") == 1
    assert native.active_people(COMPANY, "2026-09") == 1
    assert native.heads(COMPANY, "2026-10") == 6


def test_a_month_without_a_witness_is_unknown_and_not_zero(native: Native) -> None:
    assert native.tokens(COMPANY, "2026-08") == Tokens(None, None, None)
    assert native.billed_usage_cost_usd(COMPANY, "2026-09") is None
    assert native.seat_cost_usd(COMPANY, "2026-08") is None
    assert native.heads(COMPANY, "2026-08") is None


def test_an_owner_is_known_by_the_roster_of_the_day_and_a_key_has_none(native: Native) -> None:
    # Ana: 100 + 5 × 20 + 0.1 × 800 + 1.25 × 40 at GitHub, 700 + 5 × 100 + 0.1 × 300 at Mistral.
    ana = 330 + 1230
    everything = native.tokens(COMPANY, "2026-10").price_weighted
    assert everything is not None
    assert native.known_owner_share(COMPANY, "2026-10") == pytest.approx(ana / everything)
    # Ben used Mistral the day before he was hired.
    assert native.known_owner_share(COMPANY, "2026-09") == 0
    assert native.known_owner_share(COMPANY, "2026-08") is None
