"""Sweeps: the points, what they share, the table."""

from pathlib import Path
from typing import Any

import pytest

from eval import evaluation, provenance, sweep
from eval.evaluation import Plan
from eval.summary import total
from eval.sweep import SweepError, folder_of, points
from rag import Library, PassageSize, SearchSettings
from tests.eval.test_cli_eval import questions
from tests.eval.town import TOWN, Knowing, Silent
from tests.fakes import FakeEncoder
from tests.ui.cli.shell import Shell


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """The generators by their names, and under "encoders" the texts that were encoded."""
    made: dict[str, Any] = {"encoder": FakeEncoder()}

    def generator(name: str | None, **_: object) -> Knowing:
        known: Knowing = made.setdefault(name or "default", Knowing())
        known.name = name or "default"
        return known

    monkeypatch.setattr(sweep, "load_encoder", lambda _: made["encoder"])
    monkeypatch.setattr(sweep, "load_generator", generator)
    monkeypatch.setattr(evaluation, "weights_hash", lambda _: "")
    monkeypatch.setattr(provenance, "commit", lambda: "c0ffee")  # somebody may commit while a test runs
    monkeypatch.chdir(tmp_path)
    return made


def test_every_combination_is_a_point() -> None:
    found = points(["k=2,4", "model=a,b/c.gguf"], Plan(TOWN))
    assert [point.name for point in found] == ["k=2,model=a", "k=2,model=c.gguf", "k=4,model=a", "k=4,model=c.gguf"]
    assert [(point.k, point.model) for point in found] == [(2, "a"), (2, "b/c.gguf"), (4, "a"), (4, "b/c.gguf")]
    (heavy,) = points(["word_weight=0.2", "min_score=0.5"], Plan(TOWN))
    assert heavy.search == SearchSettings(word_weight=0.2, min_score=0.5)
    (point,) = points(["passages=60", "states=off"], Plan(TOWN, k=3))
    assert point.search == SearchSettings()
    assert (point.passages, point.states, point.k, point.model) == (PassageSize(60, 120), False, 3, None)


@pytest.mark.parametrize(
    ("over", "problem"),
    [
        (["colour=red"], "'colour=red' cannot be varied"),
        (["k"], "'k' cannot be varied"),
        (["k=2", "k=4"], "'k=4' cannot be varied"),
        (["k=two"], "'two' is no value of k"),
        (["k=0"], "'0' is no value of k"),
        (["min_score=low"], "'low' is no value of min_score"),
        (["states=maybe"], "'maybe' is no value of states"),
        (["model=a/m.gguf,b/m.gguf"], "2 runs would be called 'model=m.gguf'"),
    ],
)
def test_what_cannot_be_varied_is_named(over: list[str], problem: str) -> None:
    with pytest.raises(SweepError, match=problem):
        points(over, Plan(TOWN))


def test_passages_of_a_library_that_is_there_stay_as_they_are() -> None:
    with pytest.raises(SweepError, match="passages is that of the library"):
        points(["passages=60"], Plan(TOWN, passages=None))


def test_points_share_what_does_not_change(models: dict[str, Any], tmp_path: Path) -> None:
    plan = Plan(TOWN)
    combined = points(["k=1,2", "model=small,large"], plan)
    made = sweep.sweep(plan, combined, tmp_path / "sweep", Silent())
    assert list(made) == [point.name for point in combined]
    assert [run.settings.k for _, run in made.values()] == [1, 1, 2, 2]
    assert [run.settings.model["name"] for _, run in made.values()] == ["small", "large"] * 2
    assert all(run.complete for _, run in made.values())
    schools = [text for text in models["encoder"].encoded if text.startswith("The school is new. It cost")]
    assert len(schools) == 1, "one library for all four"
    assert not (tmp_path / "sweep" / "libraries").exists()
    assert [len(models[name].prompts) for name in ("small", "large")] == [8, 8]
    again = sweep.sweep(plan, combined, tmp_path / "sweep", Silent())
    assert [run.records for _, run in again.values()] == [run.records for _, run in made.values()]
    assert [len(models[name].prompts) for name in ("small", "large")] == [8, 8], "nothing is asked twice"


def test_another_length_of_passages_takes_another_library(models: dict[str, Any], tmp_path: Path) -> None:
    plan = Plan(TOWN)
    made = sweep.sweep(plan, points(["passages=5,50"], plan), tmp_path / "sweep", Silent())
    assert [run.settings.passages["target"] for _, run in made.values()] == [5, 50]
    assert len([text for text in models["encoder"].encoded if "It cost 12 million" in text]) > 1


def test_what_is_near_enough_is_a_setting_of_the_run(models: dict[str, Any], tmp_path: Path) -> None:
    plan = Plan(TOWN)
    made = sweep.sweep(plan, points(["min_score=0.1,5"], plan), tmp_path / "sweep", Silent())
    assert [run.settings.search["min_score"] for _, run in made.values()] == [0.1, 5]
    assert [str(total("false_abstentions", run.records)) for _, run in made.values()] == ["0% 0/3", "100% 3/3"]
    assert len(models["default"].prompts) == 4


def test_the_same_sweep_goes_to_the_same_folder(tmp_path: Path) -> None:
    assert folder_of(tmp_path, Plan(TOWN), ["k=2,4"]) == folder_of(tmp_path, Plan(TOWN), ["k=2,4"])
    assert folder_of(tmp_path, Plan(TOWN), ["k=2,4"]) != folder_of(tmp_path, Plan(TOWN), ["k=2"])


def test_the_command_shows_one_table(
    models: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell = Shell(monkeypatch, capsys, tmp_path)
    models["default"] = Knowing({"": "NOT FOUND"})
    shell.write("bridge.txt", "The bridge over the river opened in 2019.")
    with Library.open(tmp_path / "mine", encoder=models["encoder"], generator=models["default"]) as library:
        library.add(shell.folder)
    opened = Library.open
    monkeypatch.setattr(
        Library, "open", lambda folder, **given: opened(folder, **{"encoder": models["encoder"], **given})
    )
    arguments = ("eval", "sweep", "--over", "k=1,2", "--set", questions(tmp_path), "--library", tmp_path / "mine")
    ended = shell.run(*arguments)
    assert ended.code == 0
    rows = [line.split()[:3] for line in ended.out.splitlines()]
    assert [row for row in rows if row[:1] in (["1"], ["2"])] == [["1", "2", "50.0"], ["2", "2", "50.0"]]
    assert "eval-runs/sweep-town-" in ended.err
    with monkeypatch.context() as patch:
        patch.setattr(evaluation, "answerable_by", lambda _, questions: questions[:1])
        fewer = shell.run(*arguments, "--out", tmp_path / "fewer", "--json").json
        assert {each["figures"]["handled_well"]["count"] for each in fewer} == {1}
    as_json = shell.run(*arguments, "--json").json
    assert [point["settings"] for point in as_json] == [{"k": "1"}, {"k": "2"}]
    assert as_json[0]["figures"]["handled_well"]["count"] == 2


def test_a_set_without_articles_needs_a_library(
    models: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shell = Shell(monkeypatch, capsys, tmp_path)
    ended = shell.run("eval", "sweep", "--over", "k=1,2", "--set", questions(tmp_path))
    assert (ended.code, ended.out, list(models)) == (2, "", ["encoder"])
    assert "--library" in ended.err
