"""Files, folders and questions that are not what they should be: a clear word, and an unharmed library."""

import os
from pathlib import Path

import pytest

from tests.ui.cli.shell import BRIDGE, TRAIN, Ended, Shell

GOOD = "Did the bridge over the river open in 2019?"
REPLY = "The bridge over the river opened in 2019."


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.run("add", made.write("bridge.txt", BRIDGE))
    return made


def assert_unharmed(shell: Shell, articles: int = 1) -> None:
    """Every article is there and still answers."""
    assert len(shell.ids()) == articles
    assert shell.ask(GOOD, REPLY).out.startswith(f"{REPLY} [1]")


def assert_refused(ended: Ended, *words: str, code: int = 1) -> None:
    assert ended.code == code
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) <= 2
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", ["empty.txt", "no text"]),
        ("blank.txt", b" \n\t\n", ["blank.txt", "no text"]),
        ("binary.txt", bytes(range(256)) * 64, ["binary.txt", "not text"]),
        ("program.txt", b"\x7fELF\x02\x01\x01" + bytes(2_000), ["program.txt", "a program"]),
        ("report.txt", b"%PDF-1.7\n1 0 obj", ["report.txt", "a PDF"]),
        ("picture.png", b"\x89PNG\r\n", ["picture.png", "kind"]),
    ],
)
def test_a_file_that_is_no_article(shell: Shell, name: str, data: bytes, words: list[str]) -> None:
    ended = shell.run("add", shell.write(name, data))
    assert_refused(ended, *words)
    assert ended.out == "0 added, 1 not added\n"
    assert_unharmed(shell)


def test_a_file_of_50_megabytes(shell: Shell) -> None:
    ended = shell.run("add", shell.write("large.txt", BRIDGE.encode() * (50_000_000 // len(BRIDGE))))
    assert_refused(ended, "large.txt", "limit")
    assert_unharmed(shell)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_text_in_another_encoding(shell: Shell, encoding: str) -> None:
    text = "Le train de l'école à l'Élysée a coûté très cher. Il a été inauguré à Besançon en décembre 2024.\n"
    ended = shell.run("add", shell.write("old.txt", text.encode(encoding)))
    assert (ended.code, ended.out) == (0, "1 added\n")
    assert shell.run("show", shell.ids()[1], "--json").json["text"] == text
    assert_unharmed(shell, articles=2)


def test_a_folder_without_permission(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write("train.txt", TRAIN)
    closed = shell.folder / "closed"
    closed.mkdir(mode=0)
    scandir = os.scandir

    def refuse(path: Path) -> object:  # root may read what others may not, and tests may run as root
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ended = shell.run("add", shell.folder)
    assert_refused(ended, "closed", "Permission denied", code=3)
    assert ended.out == "1 added, 1 unchanged, 1 not added\n"
    assert_unharmed(shell, articles=2)


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_question_that_is_too_long(shell: Shell, options: tuple[str, ...]) -> None:
    ended = shell.ask("bridge " * 1_430, REPLY, *options)
    assert ended.out == ""
    assert_refused(ended, "question")
    assert_unharmed(shell)


@pytest.mark.parametrize("question", ["", "  \n"])
@pytest.mark.parametrize("options", [(), ("--json",), ("--library", "nowhere")])
def test_a_question_that_is_empty_is_wrong_usage_as_one_that_is_missing(
    shell: Shell, question: str, options: tuple[str, ...]
) -> None:
    ended = shell.ask(question, REPLY, *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("The question is empty. Write what you want to know.\n")
    assert_unharmed(shell)


def test_a_question_in_chinese(shell: Shell) -> None:
    shell.run("add", shell.write("北京.txt", "北京地铁2019年开通了新的线路。市长出席了仪式。"))
    reply = "北京地铁2019年开通了新的线路。"
    found = shell.ask("北京地铁2019年开通了什么?", reply, "--json").json
    assert found["language"] == "zh"
    assert found["text"] == f"{reply} [1]"
    assert found["citations"][0]["quote"] == reply
    refused = shell.ask("今天的黄金价格是多少?", "NOT FOUND")
    assert refused.code == 0
    assert refused.out.startswith("文章中没有这个问题的答案")


def test_a_library_that_is_a_file(shell: Shell) -> None:
    file = shell.write("library.txt", "no library")
    for command in (["list"], ["status"], ["add", shell.folder], ["ask", GOOD], ["show", "x"], ["remove", "x"]):
        ended = shell.run(*command, "--library", file)
        assert ended.out == ""
        assert_refused(ended, "library.txt is a file")
    assert file.read_text(encoding="utf-8") == "no library"
    assert_unharmed(shell)


def test_a_library_that_is_damaged(shell: Shell, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "library.sqlite").write_bytes(b"this is no database" * 100)
    ended = shell.run("list", "--library", damaged)
    assert ended.out == ""
    assert_refused(ended, "library.sqlite")
    assert_unharmed(shell)
