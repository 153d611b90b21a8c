"""The command eval draft: what it writes, says and refuses."""

from pathlib import Path

import pytest

from eval.datasets import load_dataset
from tests.eval.test_draft_set import Quizmaster, text
from tests.ui.cli.shell import Shell


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.generator = Quizmaster()
    for number, place in enumerate(("Arlen", "Brevik", "Corby", "Dalby", "Ekvik")):
        made.write(f"{place}.txt", text(place, 1900 + number))
    assert made.run("add", made.folder).code == 0
    return made


def test_a_draft_says_how_to_go_on(shell: Shell, tmp_path: Path) -> None:
    out, library = tmp_path / "my draft.jsonl", tmp_path / "library"
    ended = shell.run("eval", "draft", library, "--count", "4", "--out", out)
    assert (ended.code, len(ended.out.splitlines())) == (0, 1)
    assert ended.out.endswith(f"then run: dossier eval --set '{out}' --library {library}\n")
    questions = load_dataset(str(out)).questions
    assert [question.answerable for question in questions] == [True, True, True, False]
    assert [line.split(" ", 1)[0] for line in ended.err.splitlines()[-4:]] == ["1/4", "2/4", "3/4", "4/4"]


def test_fewer_than_wanted_are_accounted_for(shell: Shell, tmp_path: Path) -> None:
    ended = shell.run("eval", "draft", tmp_path / "library", "--count", "12", "--out", tmp_path / "a.jsonl")
    assert ended.code == 0
    assert ended.err.splitlines()[-1] == "5 of 12 were found in 5 passages; dropped: none."
    none = shell.run("eval", "draft", tmp_path / "library", "--languages", "sv", "--out", tmp_path / "b.jsonl")
    assert (none.code, none.out) == (1, "")
    assert "5 in another language" in none.err
    assert "No question could be drafted." in none.err
    assert not (tmp_path / "b.jsonl").exists()


def test_a_file_that_is_there_is_kept_unless_forced(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "draft.jsonl"
    out.write_text("mine", encoding="utf-8")
    command = ("eval", "draft", tmp_path / "library", "--count", "1", "--out", out)
    refused = shell.run(*command)
    assert (refused.code, refused.out, out.read_text(encoding="utf-8")) == (1, "", "mine")
    assert "--force" in refused.err
    assert shell.generator.prompts == []
    assert shell.run(*command, "--force").code == 0
    assert len(load_dataset(str(out)).questions) == 1


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--languages", "swedish"], 2, "'swedish' is no ISO 639-1 code"),
        (["--held-out", "nothing.txt"], 1, "no article 'nothing.txt' to hold out"),
        (["--count", "0"], 2, "--count"),
        (["--model", "nonsense"], 1, "nonsense"),
    ],
)
def test_what_cannot_be_is_refused(shell: Shell, tmp_path: Path, options: list[str], code: int, message: str) -> None:
    out = tmp_path / "draft.jsonl"
    ended = shell.run("eval", "draft", tmp_path / "library", "--out", out, *options)
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err
    assert not out.exists()


def test_a_library_that_is_not_there_is_not_made(shell: Shell, tmp_path: Path) -> None:
    ended = shell.run("eval", "draft", tmp_path / "nowhere", "--out", tmp_path / "draft.jsonl")
    assert ended.code == 2
    assert not (tmp_path / "nowhere").exists()
