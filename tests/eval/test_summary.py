"""Figures over many questions, worked out by hand."""

from dataclasses import replace

from rich.console import Console

from eval.measures import MEASURES
from eval.records import Figure, Record, Share
from eval.summary import by_language, by_pair, figure, figures, summary, table, total
from rag import Timing
from tests.eval.made import COST_AT, QUESTION, UNANSWERABLE, answer, citation, faithfulness, record

SWEDISH = replace(QUESTION, language="sv", answer_language="en")


def some() -> list[Record]:
    said = answer("It cost 12 million. [1]", citation(*COST_AT), times=Timing(0.2, 3.0, 4.0))
    return [
        record(1),
        record(2, scored=faithfulness(1, 3)),
        record(3, SWEDISH, said),
        record(4, said=answer("", times=Timing(0.3, None, 0.4))),
        record(5, UNANSWERABLE),
    ]


def test_each_measure_is_taken_over_the_questions_it_is_about() -> None:
    found = figures(some())
    assert list(found) == list(MEASURES)
    assert [
        (found[name].value, found[name].count) for name in ("answer_right", "false_answers", "false_abstentions")
    ] == [
        (3 / 4, 4),
        (1.0, 1),
        (1 / 4, 4),
    ]
    assert (found["faithful"].value, found["faithful"].count) == (4 / 6, 4)  # sentences over sentences
    assert (found["first_token_s"].value, found["first_token_s"].count) == (1.0, 4)  # of 1, 1, 1 and 3
    assert (found["total_s"].value, found["total_s"].count) == (2.0, 5)
    assert found["near_misses"] == Figure("near_misses", None, 0, None, None)
    assert (found["false_answers"].low, found["false_answers"].high) == (None, None)


def test_an_interval_holds_its_figure() -> None:
    for each in figures(some()).values():
        if each.value is not None and each.low is not None and each.high is not None:
            assert each.low <= each.value <= each.high


def test_shares_of_nothing_change_nothing() -> None:
    measure = MEASURES["faithful"]
    with_some, without = [Share(1, 2), Share(0, 0), Share(2, 2)], [Share(1, 2), Share(2, 2)]
    assert figure(measure, with_some) == figure(measure, without)
    assert total("faithful", some()) == Share(4, 6)


def test_groups() -> None:
    assert {name: len(group) for name, group in by_language(some()).items()} == {"en": 4, "sv": 1}
    assert {name: len(group) for name, group in by_pair(some()).items()} == {"en → en": 4, "sv → en": 1}
    unknown = replace(record(), article_language="")
    assert by_pair([unknown]) == {}


def test_the_summary_has_plain_values() -> None:
    made = summary(some())
    assert made["questions"] == 5
    assert made["by_language"]["sv"]["answer_right"]["value"] == 1.0
    assert made["by_pair"]["sv → en"]["recall@5"]["count"] == 1
    assert set(made["figures"]["token_f1"]) == {"name", "value", "count", "low", "high"}
    assert summary([])["figures"]["token_f1"]["value"] is None


def test_the_table_has_a_column_for_each_language_and_no_empty_row() -> None:
    console = Console(width=200, record=True)
    console.print(table(some()))
    rows = [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in console.export_text().splitlines()]
    cells = {row[0]: row[1:] for row in rows if row}
    assert cells["questions"] == ["5", "4", "1"]
    assert cells["answer holds the expected one"] == ["75% 3/4", "25–100", "67% 2/3", "100% 1/1"]
    assert cells["false answers"] == ["100% 1/1", "100% 1/1", "-"]
    assert cells["whole answer, s"][0] == "2.00"
    assert "false answers to near misses" not in cells
