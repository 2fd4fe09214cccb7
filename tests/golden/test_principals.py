"""Who an AWS principal is, and what a span's list of attributes says."""

import duckdb
import pytest

from leverage import database


@pytest.mark.parametrize(
    ("arn", "person", "service"),
    [
        (None, None, None),
        ("", None, None),
        ("arn:aws:iam::111:user/alice", "alice", None),
        ("arn:aws:iam::111:user/team/eu/ana@acme.example", "ana@acme.example", None),
        ("arn:aws-cn:sts::111:federated-user/bo", "bo", None),
        (
            "arn:aws:sts::111:assumed-role/AWSReservedSSO_Dev_0a/bo@acme.example",
            "bo@acme.example",
            None,
        ),
        ("arn:aws:sts::111:assumed-role/AWSReservedSSO_Dev_0a/bo", "bo", None),
        ("arn:aws:sts::111:assumed-role/analyst/cy@acme.example", "cy@acme.example", None),
        ("arn:aws:sts::111:assumed-role/faq-bot/i-0abc", None, "faq-bot"),
        ("arn:aws:iam::111:role/service-role/faq-bot", None, "faq-bot"),
        ("arn:aws:iam::111:root", None, "root"),
        ("bedrock.amazonaws.com", None, None),
    ],
)
def test_a_principal_is_a_person_or_a_service_or_neither(
    arn: str | None, person: str | None, service: str | None
) -> None:
    with database.workspace() as con:
        found = con.sql("select person_of_arn($arn), service_of_arn($arn)", params={"arn": arn})
        assert found.fetchall() == [(person, service)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a", "x"), ("b", "5"), ("c", "6"), ("d", "0.5"), ("e", "true"), ("f", None), ("g", None)],
)
def test_an_attribute_is_found_by_its_key_whatever_its_type(
    name: str, expected: str | None
) -> None:
    entries = """[
        {"key": "a", "value": {"stringValue": "x"}}, {"key": "a", "value": {"stringValue": "y"}},
        {"key": "b", "value": {"intValue": "5"}}, {"key": "c", "value": {"intValue": 6}},
        {"key": "d", "value": {"doubleValue": 0.5}}, {"key": "e", "value": {"boolValue": true}},
        {"key": "f", "value": {}}, 7
    ]"""
    with database.workspace() as con:
        found = con.sql(
            "select otlp_attribute(json_extract($entries::json, '$[*]'), $name)",
            params={"entries": entries, "name": name},
        )
        assert found.fetchall() == [(expected,)]


def test_a_list_of_attributes_that_is_none_has_none() -> None:
    with duckdb.connect() as con:
        assert con.sql("select json_extract('7'::json, '$[*]')").fetchall() == [([],)]
    with database.workspace() as con:
        assert con.sql("select otlp_attribute(null::json[], 'a')").fetchall() == [(None,)]
