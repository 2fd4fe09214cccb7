"""One model and one vendor have one name each, whatever the export calls them."""

import duckdb
import pytest

from leverage import queries


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """Return a connection that has the two macros."""
    con = duckdb.connect()
    for name in ("model_id", "vendor_name"):
        con.execute(queries.get("macros", name).sql)
    return con


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, None),
        ("", None),
        ("   ", None),
        ("Auto: Claude Haiku 4.5", "claude-haiku-4-5"),
        ("claude-haiku-4-5-20251001", "claude-haiku-4-5"),
        ("claude-4.5-haiku-thinking", "claude-haiku-4-5"),
        ("us.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5"),
        ("openrouter/anthropic/claude-haiku-4.5", "claude-haiku-4-5"),
        ("claude-haiku-4-5@20251001", "claude-haiku-4-5"),
        ("Claude Opus 5", "claude-opus-5"),
        ("claude-opus-5-thinking", "claude-opus-5"),
        ("claude-4-sonnet", "claude-sonnet-4"),
        ("Claude 3.5 Sonnet", "claude-3-5-sonnet"),
        ("Claude Sonnet 3.5", "claude-3-5-sonnet"),
        ("claude-3-5-sonnet-latest", "claude-3-5-sonnet"),
        ("claude-3-haiku-20240307", "claude-3-haiku"),
        ("Claude Haiku 3", "claude-3-haiku"),
        ("gpt-4o-mini-2024-07-18", "gpt-4o-mini"),
        ("GPT-4o mini", "gpt-4o-mini"),
        ("Auto: GPT-5.3-Codex", "gpt-5.3-codex"),
        ("openai/gpt-5", "gpt-5"),
        ("ft:gpt-4o-mini-2024-07-18:acme::abc123", "ft:gpt-4o-mini"),
        ("Gemini 2.5 Pro", "gemini-2.5-pro"),
        ("kimi-k2-thinking", "kimi-k2-thinking"),
        ("Coding Agent model", "coding-agent-model"),
    ],
)
def test_a_model_has_one_id_under_all_its_names(
    con: duckdb.DuckDBPyConnection, name: str | None, expected: str | None
) -> None:
    assert con.sql("select model_id($name)", params={"name": name}).fetchall() == [(expected,)]


def test_a_canonical_id_stays_as_it_is(con: duckdb.DuckDBPyConnection) -> None:
    ids = ["claude-haiku-4-5", "claude-3-5-sonnet", "gpt-4o-mini", "ft:gpt-4o-mini", "composer-1"]
    for model in ids:
        assert con.sql("select model_id($model)", params={"model": model}).fetchall() == [(model,)]


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        (None, None),
        ("", None),
        ("openai", "OpenAI"),
        ("OpenAI", "OpenAI"),
        (" Anthropic ", "Anthropic"),
        ("azure", "Microsoft"),
        ("Microsoft", "Microsoft"),
        ("bedrock_converse", "AWS"),
        ("Amazon Web Services", "AWS"),
        ("vertex_ai", "Google"),
        ("aws.bedrock", "AWS"),
        ("azure.ai.openai", "Microsoft"),
        ("gcp.vertex_ai", "Google"),
        ("mistral_ai", "Mistral"),
        ("x_ai", "xAI"),
        ("Google Cloud", "Google"),
        ("github_copilot", "GitHub"),
        ("Acme AI", "Acme AI"),
    ],
)
def test_a_vendor_has_one_proper_name_and_an_unknown_one_keeps_its_own(
    con: duckdb.DuckDBPyConnection, alias: str | None, expected: str | None
) -> None:
    assert con.sql("select vendor_name($alias)", params={"alias": alias}).fetchall() == [
        (expected,)
    ]
