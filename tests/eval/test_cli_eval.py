"""The command eval: what it asks, of which model, and what it refuses."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import rag
from eval import hostile, run
from tests.fakes import FakeGenerator
from tests.ui.shell import BRIDGE, Shell


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.write("bridge.txt", BRIDGE)
    return made


def test_another_model_is_measured(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.run("add", shell.folder)
    other = FakeGenerator("NOT FOUND", "NOT FOUND")
    library = rag.Library
    monkeypatch.setattr(rag, "load_generator", {"tiny": other}.__getitem__)
    opened = SimpleNamespace(
        open=lambda folder, generator: library.open(folder, encoder=shell.encoder, generator=generator)
    )
    monkeypatch.setattr(rag, "Library", opened)
    ended = shell.run("eval", "--limit", "2", "--model", "tiny", "--library", tmp_path / "library")
    assert (ended.code, shell.generator.prompts) == (0, [])
    assert ended.err.splitlines()[-1].startswith("32 questions on articles that are not here were left out")
    assert ended.err.startswith("1/2 ")


def test_a_model_that_nobody_knows_is_named(shell: Shell, tmp_path: Path) -> None:
    ended = shell.run("eval", "--model", "nonsense", "--library", tmp_path / "library")
    assert (ended.code, ended.out) == (1, "")
    assert "nonsense" in ended.err


def test_hostile_articles_are_asked_alone(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.generator.replies = ["NOT FOUND"] * 2
    opened = partial(run.temporary_library, encoder=shell.encoder, generator=shell.generator)
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


@pytest.mark.parametrize("option", [["--split", "dev"], ["--library", "x"]])
def test_hostile_articles_have_no_parts_and_no_other_library(shell: Shell, option: list[str]) -> None:
    ended = shell.run("eval", "--set", "hostile", *option)
    assert (ended.code, ended.out) == (2, "")
    assert option[0] in ended.err
