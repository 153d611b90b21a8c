"""The command eval report: a run as one page, where it was asked for."""

import json
from pathlib import Path

import pytest

from eval.runs import ANSWERS, REPORT, SETTINGS
from tests.eval.made import record, settings
from tests.ui.cli.shell import Shell


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(monkeypatch, capsys, tmp_path)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / SETTINGS).write_text(json.dumps(settings(2).to_dict()), encoding="utf-8")
    lines = [json.dumps(record(number).to_dict()) for number in (1, 2)]
    (folder / ANSWERS).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def test_the_page_is_written_into_the_run_and_named(shell: Shell, run: Path) -> None:
    ended = shell.run("eval", "report", run)
    assert (ended.code, ended.out) == (0, f"{run / REPORT}\n")
    assert (run / REPORT).read_text("utf-8").startswith("<!doctype html>")


def test_it_is_written_where_it_is_told_and_shows_a_run_that_was_cut_off(shell: Shell, run: Path) -> None:
    answers = run / ANSWERS
    answers.write_bytes(answers.read_bytes()[:-20])
    out = run.parent / "mine.html"
    ended = shell.run("eval", "report", run, "--out", out)
    assert (ended.code, ended.out) == (0, f"{out}\n")
    assert "1 of 2 questions have been asked" in out.read_text("utf-8")
    assert not (run / REPORT).exists()


def test_what_is_no_run_is_named(shell: Shell, run: Path) -> None:
    ended = shell.run("eval", "report", run.parent)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"Error: {run.parent} holds no run")


def test_a_place_that_cannot_be_written_is_named(shell: Shell, run: Path) -> None:
    ended = shell.run("eval", "report", run, "--out", run / "no" / "page.html")
    assert (ended.code, ended.out) == (1, "")
    assert "page.html cannot be written: No such file or directory." in ended.err
