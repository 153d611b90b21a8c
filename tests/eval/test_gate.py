"""The gate: floors hold, noise is allowed for, and nothing lowers a floor by accident."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from eval.gate import FLOORS, NOISE, Check, check, floors_of, load_floors, updated
from eval.measures import MEASURES
from eval.runs import Run, RunError
from tests.eval.made import record, settings
from tests.eval.test_compare import run, some_wrong
from tests.ui.cli.shell import Shell


def test_the_floors_that_come_with_dossier_can_be_read() -> None:
    for floors in load_floors(FLOORS):
        assert set(floors.figures) <= {name for name, measure in MEASURES.items() if measure.judged}
        assert all(0 <= value <= 1 for value in floors.figures.values())


def test_a_run_holds_its_own_floors(tmp_path: Path) -> None:
    good = run(tmp_path / "good", some_wrong(10, 1))
    checks = check(good, updated(good, []))
    assert all(each.holds for each in checks)
    assert {each.measure.name: each.floor for each in checks}["answer_right"] == 0.9
    assert "total_s" not in {each.measure.name for each in checks}


def test_a_figure_below_its_floor_breaks_the_gate(tmp_path: Path) -> None:
    known = updated(run(tmp_path / "good", some_wrong(10, 1)), [])
    broken = {each.measure.name for each in check(run(tmp_path / "bad", some_wrong(10, 2)), known) if not each.holds}
    assert broken == {"handled_well", "answer_right", "token_f1", "faithful"}


@pytest.mark.parametrize(
    ("name", "figure", "holds"),
    [
        ("answer_right", 0.8 - NOISE, True),
        ("answer_right", 0.8 - NOISE - 0.001, False),
        ("answer_right", 1.0, True),
        ("false_answers", 0.8 + NOISE, True),
        ("false_answers", 0.8 + NOISE + 0.001, False),
        ("false_answers", 0.0, True),
        ("answer_right", None, False),  # a figure that is gone holds nothing
    ],
)
def test_noise_is_allowed_for(name: str, figure: float | None, *, holds: bool) -> None:
    assert Check(MEASURES[name], 0.8, figure).holds is holds


def test_an_update_raises_and_lowers_only_when_told(tmp_path: Path) -> None:
    good, bad = run(tmp_path / "good", some_wrong(10, 1)), run(tmp_path / "bad", some_wrong(10, 5))
    (kept,) = updated(bad, updated(good, []))
    assert kept.figures == floors_of(good).figures
    (raised,) = updated(good, updated(bad, []))
    assert raised.figures == floors_of(good).figures
    (lowered,) = updated(bad, updated(good, []), lower=True)
    assert lowered.figures == floors_of(bad).figures


@settings_of_hypothesis(deadline=None)
@given(st.integers(0, 6), st.integers(0, 6))
def test_no_update_makes_a_gate_easier(first: int, second: int) -> None:
    runs = [Run(Path("x"), settings(6), tuple(some_wrong(6, wrong))) for wrong in (first, second)]
    (before,), (after,) = updated(runs[0], []), updated(runs[1], updated(runs[0], []))
    for name, floor in before.figures.items():
        gained = after.figures[name] - floor
        assert gained >= 0 if MEASURES[name].better == "more" else gained <= 0


def test_floors_are_for_one_kind_of_run(tmp_path: Path) -> None:
    known = updated(run(tmp_path / "a", some_wrong(4, 1)), [])
    others: list[dict[str, object]] = [
        {"fingerprint": "other"},
        {"model": {"name": "other", "hash": ""}},
        {"k": 2},
        {"search": {"word_weight": 0.2, "min_score": 0.75}},
        {"judge": "somebody"},
    ]
    for number, changes in enumerate(others):
        with pytest.raises(RunError, match="No floors are pinned"):
            check(run(tmp_path / str(number), some_wrong(4, 1), **changes), known)
    with pytest.raises(RunError, match="No floors are pinned"):
        check(run(tmp_path / "f", some_wrong(5, 1)), known)
    other_commit = run(tmp_path / "g", some_wrong(4, 1), commit="other")
    assert all(each.holds for each in check(other_commit, known))
    assert len(updated(run(tmp_path / "h", some_wrong(5, 1)), known)) == 2


def test_half_a_run_passes_no_gate(tmp_path: Path) -> None:
    half = Run(tmp_path, settings(2), (record(),))
    with pytest.raises(RunError, match="not complete"):
        check(half, [])


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(monkeypatch, capsys, tmp_path)


def test_the_command(shell: Shell, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    run(tmp_path / "good", some_wrong(10, 1))
    run(tmp_path / "bad", some_wrong(10, 5))
    assert shell.run("eval", "gate", tmp_path / "good", "--floors", floors).code == 1
    assert shell.run("eval", "gate", tmp_path / "good", "--floors", floors, "--update").code == 0
    written = floors.read_bytes()
    ended = shell.run("eval", "gate", tmp_path / "bad", "--floors", floors)
    assert (ended.code, ended.err) == (4, "Below their floors: handled_well, answer_right, token_f1, faithful\n")
    assert "BROKEN" in ended.out
    assert shell.run("eval", "gate", tmp_path / "bad", "--floors", floors, "--update").code == 4
    assert json.loads(floors.read_bytes())[0]["figures"] == json.loads(written)[0]["figures"]
    assert shell.run("eval", "gate", tmp_path / "bad", "--floors", floors, "--lower").code == 2
    lowered = shell.run("eval", "gate", tmp_path / "bad", "--floors", floors, "--update", "--lower", "--json")
    assert (lowered.code, {each["holds"] for each in lowered.json}) == (0, {True})


def test_floors_that_cannot_be_written_are_named(shell: Shell, tmp_path: Path) -> None:
    run(tmp_path / "good", some_wrong(10, 1))
    ended = shell.run("eval", "gate", tmp_path / "good", "--floors", tmp_path / "nowhere" / "x.json", "--update")
    assert (ended.code, ended.out) == (1, "")
    assert "x.json cannot be written: No such file" in ended.err
