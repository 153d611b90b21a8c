"""Two runs side by side, worked out by hand, and what the command says of them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.compare import Comparison, compare
from eval.records import Record
from eval.runs import ANSWERS, SETTINGS, Run, RunError
from rag import Timing
from tests.eval.made import COST_AT, UNANSWERABLE, answer, citation, faithfulness, record, settings
from tests.ui.cli.shell import Shell

WRONG = answer("It cost 13 million. [1]", citation(*COST_AT))


def run(folder: Path, records: Sequence[Record], **changes: object) -> Run:
    """A run, written down as far as it is read again."""
    made = Run(folder, settings(len(records), **changes), tuple(records))
    folder.mkdir()
    (folder / SETTINGS).write_text(json.dumps(made.settings.to_dict()), encoding="utf-8")
    (folder / ANSWERS).write_text("".join(json.dumps(each.to_dict()) + "\n" for each in records), encoding="utf-8")
    return made


def some_wrong(count: int, wrong: int) -> list[Record]:
    """Records of which the first have a wrong answer that nothing supports."""
    return [
        record(number, said=WRONG, scored=faithfulness(0, 1)) if number <= wrong else record(number)
        for number in range(1, count + 1)
    ]


def verdicts(comparison: Comparison) -> dict[str, str]:
    return {row.measure.name: row.verdict for row in comparison.rows if row.verdict}


def test_what_got_worse_is_named(tmp_path: Path) -> None:
    found = compare(run(tmp_path / "a", some_wrong(20, 1)), run(tmp_path / "b", some_wrong(20, 9), k=2))
    assert verdicts(found) == dict.fromkeys(("handled_well", "answer_right", "token_f1", "faithful"), "worse")
    row = next(row for row in found.rows if row.measure.name == "answer_right")
    assert (row.first.value, row.second.value) == (0.95, 0.55)
    assert row.difference.value == pytest.approx(-0.4)
    assert row.difference.low < -0.4 < row.difference.high < 0
    assert (row.difference.count, row.difference.changed) == (20, 8)
    assert found.settings == (("k", "4", "2"),)
    assert [each.id for each in found.changed] == [str(number) for number in range(2, 10)]
    assert found.changed[0].before == ()
    assert found.changed[0].after == ("does not hold the expected answer", "says what the evidence does not")
    assert set(found.changed[0].scores) == {"handled_well", "answer_right", "token_f1", "faithful"}


def test_the_other_way_round_it_got_better(tmp_path: Path) -> None:
    found = compare(run(tmp_path / "a", some_wrong(20, 9)), run(tmp_path / "b", some_wrong(20, 1)))
    assert set(verdicts(found).values()) == {"better"}
    assert found.worse == ()


def test_less_may_be_better(tmp_path: Path) -> None:
    quiet = [record(number, UNANSWERABLE, answer("")) for number in range(1, 9)]
    talking = [record(number, UNANSWERABLE, answer("It is red.")) for number in range(1, 9)]
    found = compare(run(tmp_path / "a", quiet), run(tmp_path / "b", talking))
    assert {"false_answers", "handled_well"} <= set(found.worse)


def test_few_changes_are_not_beyond_chance(tmp_path: Path) -> None:
    found = compare(run(tmp_path / "a", some_wrong(20, 0)), run(tmp_path / "b", some_wrong(20, 4)))
    assert (verdicts(found), len(found.changed)) == ({}, 4)


def test_times_are_shown_and_not_judged(tmp_path: Path) -> None:
    right = answer("It cost 12 million. [1]", citation(*COST_AT), times=Timing(9.0, 9.0, 9.0))
    slow = [record(n, said=right) for n in range(1, 13)]
    found = compare(run(tmp_path / "a", [record(n) for n in range(1, 13)]), run(tmp_path / "b", slow))
    assert {row.measure.name: row.difference.value for row in found.rows}["total_s"] == 7.0
    assert (found.worse, found.changed, found.reworded) == ((), (), 0)


def test_an_answer_in_other_words_alone_is_counted(tmp_path: Path) -> None:
    other = answer("That cost 12 million. [1]", citation(*COST_AT))
    found = compare(
        run(tmp_path / "a", [record(1), record(2)]), run(tmp_path / "b", [record(1, said=other), record(2)])
    )
    assert (found.changed, found.reworded) == ((), 1)


def test_only_what_both_asked_is_compared(tmp_path: Path) -> None:
    first = run(tmp_path / "a", some_wrong(3, 0))
    asked = [*some_wrong(2, 0), replace(record(3), question=replace(record(3).question, question="Another?"))]
    found = compare(first, run(tmp_path / "b", asked))
    assert (found.questions, found.left_out) == (2, 2)
    with pytest.raises(RunError, match="share no question"):
        compare(first, Run(tmp_path / "c", settings(0), ()))


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(monkeypatch, capsys, tmp_path)


def test_the_command_ends_with_4_when_something_got_worse(shell: Shell, tmp_path: Path) -> None:
    run(tmp_path / "a", some_wrong(20, 1))
    run(tmp_path / "b", some_wrong(20, 9), k=2)
    ended = shell.run("eval", "compare", tmp_path / "a", tmp_path / "b")
    assert (ended.code, ended.err) == (4, "Worse: handled_well, answer_right, token_f1, faithful\n")
    (row,) = (line.split() for line in ended.out.splitlines() if line.startswith(" answer holds the expected one"))
    assert [row[5:8], row[-2:]] == [["95.0", "55.0", "-40.0"], ["8", "WORSE"]]
    for words in ("k: 4 -> 2", "8 questions changed their scores, 0 more"):
        assert words in ended.out
    assert "- It cost 13 million. [1] (does not hold the expected answer; says what the evidence does not)" in ended.out
    assert shell.run("eval", "compare", tmp_path / "b", tmp_path / "a").code == 0


def test_the_command_prints_json(shell: Shell, tmp_path: Path) -> None:
    run(tmp_path / "a", some_wrong(20, 1))
    run(tmp_path / "b", some_wrong(20, 9))
    ended = shell.run("eval", "compare", tmp_path / "a", tmp_path / "b", "--json")
    assert ended.code == 4
    assert ended.json["worse"] == ["handled_well", "answer_right", "token_f1", "faithful"]
    assert {"name", "first", "second", "difference", "low", "high", "verdict"} <= set(ended.json["figures"][0])
    assert len(ended.json["changed"]) == 8


@pytest.mark.parametrize("answers", ["[]\n", "{}\n", '{"question": []}\n', "\0\0\n", None])
def test_what_is_no_run_is_named(shell: Shell, tmp_path: Path, answers: str | None) -> None:
    folder = tmp_path / "made"
    run(folder, some_wrong(1, 0))
    if answers is not None:
        (folder / ANSWERS).write_text(answers, encoding="utf-8")
    for wrong in (tmp_path, tmp_path / "nothing", folder / SETTINGS, *([folder] if answers else [])):
        ended = shell.run("eval", "compare", folder, wrong)
        assert (ended.code, ended.out) == (1, "")
        assert "holds no run" in ended.err
