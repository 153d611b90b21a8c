"""Uploaded files: any name becomes a safe one, nothing but what was sent is taken, and what is kept is whole."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ui.web.uploads import Uploads, received, safe_name


@pytest.fixture
def sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Gradio puts what browsers send."""
    folder = tmp_path / "gradio"
    folder.mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder))
    return folder


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "library")


def send(sent: Path, text: str, name: str = "upload.bin") -> str:
    path = sent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@given(st.text())
@example("../../etc/passwd")
@example("..")
@example("")
@example("a\\b\\c.txt")
@example("CON::x.txt")
@example("\u202etxt.exe")
@example("x" * 500 + ".pdf")
@example("Đường " * 40 + ".docx")
@example(".hidden")
@example("\ud800.txt")
def test_any_name_becomes_that_of_one_file(name: str) -> None:
    safe = safe_name(name)
    assert safe.isprintable()
    assert 0 < len(safe.encode()) <= 80
    assert not safe.startswith(".")
    assert not set(safe) & set('<>:"/\\|?*')
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("Đường sắt 2024 (bản cuối).docx", "Đường sắt 2024 (bản cuối).docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\press\\a b.txt", "a b.txt"),
        ("", "article"),
        (".txt", "txt"),
        ("x" * 500 + ".html", "x" * 75 + ".html"),
        ("a::b.zip", "a__b.zip"),
    ],
)
def test_names_stay_as_they_are_where_they_can(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_file_is_kept_whole_and_gone_from_where_it_was(sent: Path, uploads: Uploads) -> None:
    path = send(sent, "The river rose.")
    kept = uploads.keep(path, "river.txt")
    assert (kept.name, kept.read_text(encoding="utf-8")) == ("river.txt", "The river rose.")
    assert kept.parent.parent == uploads.folder
    assert not Path(path).exists()
    assert [file.name for file in kept.parent.iterdir()] == ["river.txt"]


def test_files_of_one_name_never_meet_and_the_same_file_is_one(sent: Path, uploads: Uploads) -> None:
    one, two = (uploads.keep(send(sent, text), "a.txt") for text in ("one", "two"))
    assert one != two
    assert uploads.keep(send(sent, "one"), "a.txt") == one
    assert one.read_text(encoding="utf-8") == "one"


def test_only_what_was_sent_is_taken(sent: Path, uploads: Uploads, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (sent / "link.txt").symlink_to(secret)
    for path in (secret, sent / "link.txt", sent / ".." / "secret.txt", sent):
        with pytest.raises(PermissionError):
            uploads.keep(str(path), "x.txt")
    with pytest.raises(FileNotFoundError):
        received(str(sent / "nothing"))
    assert secret.exists()
    assert not uploads.folder.exists()


def test_only_our_own_files_that_nothing_is_made_of_are_deleted(sent: Path, uploads: Uploads, tmp_path: Path) -> None:
    kept = uploads.keep(send(sent, "The river rose."), "river.txt")
    other = tmp_path / "other.txt"
    other.write_text("mine", encoding="utf-8")
    assert not uploads.forget(str(kept), {str(kept)})
    assert not uploads.forget(str(other), set())
    assert not uploads.forget(str(uploads.folder / "x" / ".." / ".." / ".." / "other.txt"), set())
    assert other.exists()
    assert uploads.forget(str(kept), set())
    assert not kept.parent.exists()


def test_what_nothing_is_made_of_is_swept_away_unless_it_is_new(sent: Path, uploads: Uploads, tmp_path: Path) -> None:
    kept, old, new, again = (uploads.keep(send(sent, text), "a.txt") for text in ("kept", "old", "new", "again"))
    part = kept.with_name(".0123.part")
    part.touch()
    other = uploads.folder / "notes" / "mine.txt"
    other.parent.mkdir()
    other.touch()
    for file in (kept, old, again, part, other):
        os.utime(file, (time.time() - 86_400,) * 2)
    uploads.keep(send(sent, "again"), "a.txt")
    moved = tmp_path / "where it was before" / kept.parent.name / kept.name
    uploads.sweep({str(moved)})
    assert {file for file in uploads.folder.rglob("*") if file.is_file()} == {kept, new, again, other}
    assert not old.parent.exists()


def test_there_may_be_nothing_to_sweep(uploads: Uploads) -> None:
    uploads.sweep(set())
    assert not uploads.folder.exists()
