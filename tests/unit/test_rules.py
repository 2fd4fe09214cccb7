"""Rules as text: what a file of them holds, what is refused, what two tables differ in."""

import io

import pytest

from leverage.errors import FileRefused
from leverage.figures.work import FIELD_NAMES, SUBJECTS
from leverage.rules import FIELDS, LEVELS, Rule, checked, differences, read, write

RULES = [
    Rule("Acme", "workflow", "workspace", 'Care, "notes"*', "Care; notes", 10),
    Rule("Acme", "autonomy", "workflow", "Care", "2"),
    Rule("Acme", "role_family", "role", "-x", None, -1),
]


def test_rules_are_read_from_a_file_as_they_were_written() -> None:
    file = io.StringIO()
    write(file, RULES)
    file.seek(0)
    assert read(file, "Acme") == RULES


def test_a_file_may_have_more_columns_in_any_order_and_blanks_around_the_cells() -> None:
    text = "Note,Result, priority,PATTERN,field,subject\nx, Care ,, care* ,workspace,workflow\n"
    assert read(io.StringIO(text), "Acme") == [
        Rule("Acme", "workflow", "workspace", "care*", "Care", None)
    ]


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("", "This is not a file of rules", "no subject, field, pattern, result, priority"),
        ("subject,field,pattern\n", "This is not a file of rules", "no result, priority"),
        (
            "subject,field,pattern,result,priority\nmood,role,x,y,\n",
            "There are no rules of “mood”",
            "Line 2",
        ),
        (
            "subject,field,pattern,result,priority\nworkflow,kind,x,y,first\n",
            "“first” is no priority",
            "Line 2",
        ),
    ],
)
def test_a_file_that_holds_no_rules_is_refused_in_words(text: str, title: str, found: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(io.StringIO(text), "Acme")
    assert refused.value.title == title
    assert found in refused.value.found
    assert refused.value.next_step


def test_what_changed_is_what_is_new_what_differs_and_what_is_gone() -> None:
    kept = Rule("Acme", "workflow", "tags", "a", "A", 1)
    changed = Rule("Acme", "workflow", "tags", "b", "B", 1)
    gone = Rule("Acme", "workflow", "tags", "c", "C")
    after = Rule("Acme", "workflow", "tags", "b", "B", 2)
    new = Rule("Acme", "workflow", "trace", "b", "B")
    found = list(differences([kept, changed, gone], [new, after, kept]))
    assert found == [Rule("Acme", "workflow", "tags", "c", None), new, after]
    assert list(differences([kept], [kept])) == []


def test_a_rule_loses_the_blanks_around_it_and_other_subjects_are_left_alone() -> None:
    rule = Rule("Acme", "workflow", "tags", " a ", " A ", 1)
    assert checked(rule) == Rule("Acme", "workflow", "tags", "a", "A", 1)
    other = Rule("Acme", "service_owner", "service", " x ", " y ")
    assert checked(other) is other


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_of_autonomy_can_be_set(level: str) -> None:
    rule = Rule("Acme", "autonomy", "workflow", "Care", level)
    assert checked(rule) == rule


def test_every_subject_and_field_has_a_name_for_people() -> None:
    assert set(SUBJECTS) == set(FIELDS)
    assert set(FIELD_NAMES) == {field for fields in FIELDS.values() for field in fields}
