"""The benchmarks' own parts."""

from dataclasses import replace

import pytest
from rich.console import Console

from eval import bench
from rag import Timing
from tests.eval.made import QUESTION, UNANSWERABLE

QUESTIONS = [
    replace(UNANSWERABLE, id="0"),
    replace(QUESTION, id="1"),
    replace(QUESTION, id="2"),
    replace(QUESTION, id="3", language="sv"),
]


def test_the_first_questions_of_each_language_are_timed() -> None:
    assert [question.id for question in bench.pick(QUESTIONS, per_language=1)] == ["1", "3"]


def test_medians_and_the_slowest_are_shown() -> None:
    console = Console(width=100, record=True)
    asked = [("en", Timing(0.1, 1.0, 2.0)), ("en", Timing(0.3, None, 4.0)), ("sv", Timing(0.5, None, 9.0))]
    console.print(bench.times(asked))
    assert [line.split() for line in console.export_text().splitlines()[-3:]] == [
        ["all", "3", "0.30", "1.00", "4.00", "9.00"],
        ["en", "2", "0.20", "1.00", "3.00", "4.00"],
        ["sv", "1", "0.50", "-", "9.00", "9.00"],
    ]


def test_what_is_named_is_run_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    made = {name: lambda name=name: ran.append(name) for name in ("one", "two", "three")}
    monkeypatch.setattr(bench, "BENCHMARKS", made)
    monkeypatch.setattr(bench, "QUICK", ("two", "one"))
    bench.main(["three", "one"])
    bench.main([])
    assert ran == ["three", "one", "two", "one"]
    with pytest.raises(SystemExit):
        bench.main(["nonsense"])
