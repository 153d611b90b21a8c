"""What could mislead is told where it applies, with its counts, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from documents import Passage
from eval.cautions import FEW, cautions
from eval.records import Record
from eval.runs import Run
from rag import Evidence
from tests.eval.made import ARTICLE, COST_AT, QUESTION, UNANSWERABLE, answer, citation, faithfulness, record, settings

LONG = " ".join(f"word{number}" for number in range(80)) + " It cost 12 million."
MANY = FEW + 10


def run_of(records: Sequence[Record], **changes: object) -> Run:
    """A whole run of records whose questions are of the test part."""
    tested = [replace(each, question=replace(each.question, split="test")) for each in records]
    return Run(Path("/run"), settings(len(tested), **changes), tuple(tested))


def told(run: Run) -> dict[str, str]:
    """The text of each caution by its title."""
    return {caution.title: caution.text for caution in cautions(run)}


def good(count: int = MANY) -> list[Record]:
    """Right answers, and one question rightly not answered."""
    return [record(n) for n in range(1, count)] + [record(count, UNANSWERABLE, answer(""))]


def copied(number: int) -> Record:
    article = replace(ARTICLE, text=LONG)
    evidence = (Evidence(Passage(article, 0, len(LONG)), 0.9),)
    return record(number, said=replace(answer(LONG, citation(0, len(LONG), article)), evidence=evidence))


def test_of_a_good_and_large_run_it_is_told_only_that_its_check_is_its_own() -> None:
    assert list(told(run_of(good()))) == ["What is scored as supported was let through by a check of the same kind."]


def test_a_run_that_was_cut_off_says_how_far_it_came() -> None:
    run = run_of(good())
    text = told(replace(run, records=run.records[:30]))["The run is not complete."]
    assert text.startswith("30 of 40 questions have been asked.")


def test_who_always_abstains_is_told_to_look_good_where_it_should_not() -> None:
    text = told(run_of([record(n, said=answer("")) for n in range(MANY)]))["It never answers."]
    assert text.startswith("40 of 40 questions that the articles answer were not answered.")
    assert "“Handled well”" in text


def test_who_often_abstains_is_told_apart_from_who_seldom_does() -> None:
    def with_abstentions(count: int) -> dict[str, str]:
        return told(run_of([*good(), *(record(n, said=answer("")) for n in range(100, 100 + count))]))

    assert "It often does not answer." in with_abstentions(20)  # of 59
    assert "It often does not answer." not in with_abstentions(10)  # of 49


def test_answers_that_copy_a_passage_do_not_win_and_the_report_says_why() -> None:
    run = run_of([copied(n) for n in range(MANY)])
    assert all(each.shares["answer_right"].hits == 1 for each in run.records)
    text = told(run)["40 of 40 answers repeat a passage."]
    assert "answers that hold the expected one (100%) are flattered" in text
    assert "such an answer does not count as handled well (0%)" in text
    assert "token F1 of 5%" in text


def test_a_set_without_unanswerable_questions_cannot_show_false_answers() -> None:
    assert "Nothing tells whether it makes answers up." in told(run_of(good()[:-1]))


def test_who_answers_everything_is_told_so() -> None:
    false = answer("It cost 5 million. [1]", citation(*COST_AT))
    text = told(run_of([*good()[:-1], record(99, UNANSWERABLE, false)]))["It answers everything."]
    assert text.startswith("1 of 1 questions that the articles do not answer got an answer")


def test_supported_answers_without_the_expected_one_are_counted() -> None:
    wrong = answer("The mayor spoke. [1]", citation(47, 63))
    unsupported = record(101, said=wrong, scored=faithfulness(0, 1))
    text = told(run_of([*good(), record(100, said=wrong), unsupported]))["Supported is not the same as right."]
    assert text.startswith("Of 2 answers without the expected one, 1 have nothing but supported sentences.")


def test_small_counts_are_named_by_language_with_what_they_can_tell() -> None:
    swedish = replace(QUESTION, language="sv", answer_language="en")
    text = told(run_of([*good(), *(record(n, swedish) for n in range(100, 116))]))["Counts are small."]
    assert text.startswith("Questions by language: Swedish 16.")
    assert "within about 22 points" in text  # Wilson: 8 of 16 lies between 28 % and 72 %


def test_questions_that_were_looked_at_are_counted() -> None:
    run = run_of(good())
    seen = replace(run.records[0], question=replace(run.records[0].question, split="dev"))
    text = told(replace(run, records=(seen, *run.records[1:])))["Some questions were looked at while working."]
    assert text.startswith("1 of 40 are dev questions")


def test_questions_without_an_expected_answer_and_changed_files_are_told() -> None:
    bare = replace(QUESTION, answers=())
    shown = told(run_of([*good(), record(99, bare)], commit="c0ffee+changes"))
    assert shown["Not every answer can be compared."].startswith("For 1 of 41 questions")
    assert "The program differed from its commit." in shown


def test_a_run_without_records_is_only_not_complete() -> None:
    assert list(told(Run(Path("/run"), settings(3), ()))) == ["The run is not complete."]
