"""How far an evaluation is, on a terminal and in a file."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from eval.records import Record
from tests.eval.made import COST_AT, QUESTION, UNANSWERABLE, answer, citation, record
from ui.cli import eval_progress
from ui.cli.eval_progress import EvalProgress, verdict

WRONG = answer("It cost 13 million. [1]", citation(*COST_AT))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (record(), "handled well"),
        (record(said=WRONG), "does not hold the expected answer"),
        (record(said=answer("")), "abstains where the articles answer"),
        (record(1, UNANSWERABLE, answer("")), "rightly not answered"),
        (record(1, UNANSWERABLE), "answers what the articles do not say"),
    ],
)
def test_a_verdict_is_a_few_words(made: Record, expected: str) -> None:
    assert verdict(made) == expected


def test_in_a_file_each_answer_is_a_line_with_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    out, now = StringIO(), iter([0.0, 100.0, 140.0, 150.0, 150.0])
    monkeypatch.setattr(eval_progress, "monotonic", lambda: next(now))
    with EvalProgress(Console(file=out, width=60)) as progress:
        progress.begin("asking", 3)
        for number in (1, 2, 3):
            progress.step(record(number))
    assert out.getvalue().splitlines() == [
        "asking: 3",
        "1/3 1 handled well, 2.0 s, 3 min left",
        "2/3 2 handled well, 2.0 s, 70 s left",
        "3/3 3 handled well, 2.0 s, 0 s left",
    ]


def test_on_a_terminal_there_is_a_bar_and_it_goes_away() -> None:
    out = StringIO()
    with EvalProgress(Console(file=out, force_terminal=True, width=100)) as progress:
        progress.begin("reading ahead", 1)
        progress.step()
        progress.begin("asking", 2)
        progress.step(record(1))
        assert [task.description for task in progress._bar.tasks] == ["asking"]
        assert progress._bar.tasks[0].completed == 1
    assert "1/2 1 handled well, 2.0 s" in out.getvalue()


def test_the_name_of_a_question_cannot_order_a_terminal_about() -> None:
    out = StringIO()
    with EvalProgress(Console(file=out, width=60)) as progress:
        progress.begin("asking", 1)
        progress.step(replace(record(), question=replace(QUESTION, id="\x1b]0;owned\x07x")))
    assert "\x1b" not in out.getvalue()
