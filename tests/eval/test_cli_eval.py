"""The command eval: what it asks, of which model, and what it refuses."""

from pathlib import Path
from types import SimpleNamespace

import pytest

import rag
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
