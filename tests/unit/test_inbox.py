"""What of the server's files the Data page may name to the loader."""

from pathlib import Path

import pytest

from leverage import inbox
from leverage.errors import FileRefused


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a data root with three files in its inbox and a secret beside it."""
    held = tmp_path / "inbox"
    (held / "2026-06").mkdir(parents=True)
    (held / "large.csv").write_bytes(b"x" * 1500)
    (held / "2026-06" / "a.csv").write_bytes(b"x" * 10)
    (held / "2026-06" / "b.csv").write_bytes(b"x" * 20)
    (held / ".hidden").write_bytes(b"x")
    (tmp_path / "secret.csv").write_bytes(b"x")
    (tmp_path / "inbox-of-others").mkdir()
    (tmp_path / "inbox-of-others" / "c.csv").write_bytes(b"x")
    return tmp_path


def test_files_and_folders_are_listed_with_their_sizes_and_hidden_ones_are_not(root: Path) -> None:
    assert inbox.listed(root) == [
        inbox.Found("2026-06/", 30, 2),
        inbox.Found("2026-06/a.csv", 10),
        inbox.Found("2026-06/b.csv", 20),
        inbox.Found("large.csv", 1500),
    ]


def test_without_the_folder_there_is_nothing_to_choose(tmp_path: Path) -> None:
    assert inbox.listed(tmp_path) == []


def test_the_folder_is_what_the_environment_says(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVERAGE_INBOX", str(root / "inbox-of-others"))
    assert [one.name for one in inbox.listed(root)] == ["c.csv"]


def test_a_file_is_one_path_and_a_folder_all_of_its_files(root: Path) -> None:
    held = (root / "inbox").resolve()
    assert inbox.resolved(root, "large.csv") == [held / "large.csv"]
    assert inbox.resolved(root, "2026-06/") == [held / "2026-06" / n for n in ("a.csv", "b.csv")]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.csv",
        "2026-06/../../secret.csv",
        "../inbox-of-others/c.csv",
        "/etc/passwd",
        "..",
        ".",
        "",
    ],
)
def test_no_name_leads_out_of_the_folder(root: Path, name: str) -> None:
    with pytest.raises(FileRefused, match="does not lie in the inbox"):
        inbox.resolved(root, name)


@pytest.mark.parametrize("chosen", ["link.csv", "folder/", "2026-06/"])
def test_a_link_that_leads_out_of_the_folder_is_refused_in_words(root: Path, chosen: str) -> None:
    (root / "inbox" / "link.csv").symlink_to(root / "secret.csv")
    (root / "inbox" / "folder").symlink_to(root / "inbox-of-others")
    (root / "inbox" / "2026-06" / "link.csv").symlink_to(root / "secret.csv")
    with pytest.raises(FileRefused, match="does not lie in the inbox") as refused:
        inbox.resolved(root, chosen)
    assert "Put the file itself into" in refused.value.next_step


def test_a_link_inside_the_folder_is_the_file_it_points_to(root: Path) -> None:
    (root / "inbox" / "newest.csv").symlink_to("large.csv")
    assert inbox.resolved(root, "newest.csv") == [(root / "inbox" / "large.csv").resolve()]


def test_a_file_that_is_gone_is_refused_in_words(root: Path) -> None:
    with pytest.raises(FileRefused, match="no longer in the inbox"):
        inbox.resolved(root, "moved.csv")
