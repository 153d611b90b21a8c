"""The command eval: what it asks, of which model, where it writes, and what it refuses."""

import json
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import rag
from eval import evaluation, hostile, provenance
from eval.libraries import temporary_library
from eval.runs import load_run
from tests.eval.town import Knowing
from tests.fakes import FakeGenerator
from tests.ui.cli.shell import BRIDGE, Shell

OTHER = "qwen2.5-coder-0.5b-instruct"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.write("bridge.txt", BRIDGE)
    monkeypatch.chdir(tmp_path)
    return made


def questions(folder: Path) -> Path:
    """A file on the articles of the shell."""
    rows = [
        {
            "id": "open",
            "question": "Did the bridge over the river open in 2019?",
            "answers": ["2019"],
            "tags": ["date"],
        },
        {"id": "mayor", "question": "Did the mayor open the school by the river bridge in 2019?", "answerable": False},
    ]
    path = folder / "town.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_a_file_of_questions_is_asked_of_the_library(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", shell.folder)
    shell.generator.replies = ["The bridge over the river opened in 2019.", "NOT FOUND"]
    ended = shell.run("eval", "--set", questions(tmp_path), "--out", tmp_path / "run")
    assert ended.code == 0
    reading, asking, opened, mayor, where = ended.err.splitlines()
    assert (reading, asking) == ("reading ahead: 2", "asking: 2")
    assert opened.startswith("1/2 open handled well, ")
    assert opened.endswith(" s left")
    assert mayor.startswith("2/2 mayor rightly not answered, ")
    assert where.endswith(str(tmp_path / "run" / "report.html"))
    assert "handled well in every way" in ended.out
    assert load_run(tmp_path / "run").settings.dataset == "town"
    assert (tmp_path / "run" / "report.html").exists()
    again = shell.run("eval", "--set", questions(tmp_path), "--out", tmp_path / "run")
    assert (again.code, again.out) == (0, ended.out)
    assert len(shell.generator.prompts) == 2


def test_questions_are_chosen(shell: Shell, tmp_path: Path) -> None:
    shell.run("add", shell.folder)
    shell.generator.replies = ["NOT FOUND"]
    ended = shell.run(
        "eval", "--set", questions(tmp_path), "--tags", "date", "--split", "test", "--out", tmp_path / "run"
    )
    assert (ended.code, load_run(tmp_path / "run").settings.questions) == (0, ("open",))


def test_another_model_is_measured(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.run("add", shell.folder)
    other = FakeGenerator("NOT FOUND", "NOT FOUND")
    library = rag.Library
    monkeypatch.setattr(rag, "load_generator", {OTHER: other}.__getitem__)
    monkeypatch.setattr(provenance, "local_generator", lambda _: None)
    opened = SimpleNamespace(
        open=lambda folder, generator: library.open(folder, encoder=shell.encoder, generator=generator)
    )
    monkeypatch.setattr(rag, "Library", opened)
    ended = shell.run("eval", "--limit", "2", "--model", OTHER, "--library", tmp_path / "library")
    assert (ended.code, shell.generator.prompts) == (0, [])
    assert [path.name[10:] for path in (tmp_path / "eval-runs").iterdir()] == ["-builtin-fake-generator"]


def test_the_built_in_set_is_asked_of_its_own_articles(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_ARTICLES", str(tmp_path / "nowhere"))
    monkeypatch.setattr(evaluation, "load_encoder", lambda: shell.encoder)
    monkeypatch.setattr(evaluation, "load_generator", lambda _: Knowing({"": "NOT FOUND"}))
    ended = shell.run("eval", "--limit", "2")
    assert ended.code == 0
    assert ended.err.startswith("32 questions on articles that are not here are left out")
    assert len(list((tmp_path / "eval-runs").glob("*-builtin-fake-generator/answers.jsonl"))) == 1


def test_a_model_that_nobody_knows_is_named(shell: Shell, tmp_path: Path) -> None:
    shell.empty_library()
    ended = shell.run("eval", "--model", "nonsense", "--library", tmp_path / "library")
    assert (ended.code, ended.out) == (1, "")
    assert "nonsense" in ended.err


@pytest.mark.parametrize(
    "command",
    [
        ["--set", "nothing.jsonl", "--model", "unknown"],
        ["--set", "hostile", "--model", "unknown", "--out", "nowhere/out.jsonl"],
        ["draft", ".", "--model", "unknown"],
        ["sweep", "--over", f"model={OTHER},unknown"],
    ],
)
def test_a_model_that_nobody_knows_is_told_before_anything_is_done(
    shell: Shell, tmp_path: Path, command: list[str]
) -> None:
    ended = shell.run("eval", *command)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("Error: There is no model 'unknown'")
    assert list(tmp_path.iterdir()) == [shell.folder]


def test_a_set_that_is_not_there_is_named(shell: Shell, tmp_path: Path) -> None:
    ended = shell.run("eval", "--set", tmp_path / "nothing.jsonl")
    assert (ended.code, ended.out) == (1, "")
    assert "nothing.jsonl" in ended.err


def test_an_option_before_a_command_is_not_left_out_in_silence(shell: Shell, tmp_path: Path) -> None:
    ended = shell.run("eval", "--limit", "3", "report", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "--limit stands before report" in ended.err


def test_hostile_articles_are_asked_alone(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.generator.replies = ["NOT FOUND"] * 2
    opened = partial(temporary_library, encoder=shell.encoder, generator=shell.generator)
    monkeypatch.setattr(hostile, "hostile_library", lambda attacks, **_: opened(*(each.article for each in attacks)))
    out = tmp_path / "out.jsonl"
    ended = shell.run("eval", "--set", "hostile", "--limit", "2", "--out", out)
    assert ended.code == 0
    assert [line.split()[:3] for line in ended.err.splitlines()] == [
        ["1/2", "h01", "instruction:"],
        ["2/2", "h25", "language:"],
    ]
    assert "forbidden shown" in ended.out
    assert len(out.read_text(encoding="ascii").splitlines()) == 2


def test_a_file_that_cannot_be_written_is_named_before_anything_is_asked(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = partial(temporary_library, encoder=shell.encoder, generator=shell.generator)
    monkeypatch.setattr(hostile, "hostile_library", lambda _, **__: opened())
    ended = shell.run("eval", "--set", "hostile", "--out", tmp_path / "nowhere" / "out.jsonl")
    assert (ended.code, ended.out) == (1, "")
    assert "out.jsonl cannot be written: No such file" in ended.err


@pytest.mark.parametrize(
    "option",
    [
        ["--split", "dev"],
        ["--library", "x"],
        ["--tags", "x"],
        ["--sample", "1"],
        ["--k", "4"],
        ["--judge", "none"],
    ],
)
def test_hostile_articles_have_no_parts_and_no_other_library(shell: Shell, option: list[str]) -> None:
    ended = shell.run("eval", "--set", "hostile", *option)
    assert (ended.code, ended.out) == (2, "")
    assert option[0] in ended.err
