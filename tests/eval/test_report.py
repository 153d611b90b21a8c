"""The report of a run: all that it must say stands in it, and nothing that articles or answers hold can act."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from documents import Article, Passage
from eval.faithfulness import Faithfulness, ScoredSentence
from eval.measures import MEASURES
from eval.records import Record
from eval.report import report_html, write_report
from eval.report_figures import OTHER_SEARCHES
from eval.report_plots import support_and_truth
from eval.report_questions import FALSE, KEPT, MISSED, OPEN, RIGHT, WRONG, Case, case_of
from eval.report_text import visible
from eval.runs import REPORT, Run, RunError
from rag import Answer, Citation, Evidence, Sentence
from tests.eval.made import COST_AT, QUESTION, TEXT, UNANSWERABLE, answer, citation, record, settings
from tests.eval.page_reader import find, read_page, words

HOSTILE = (
    "<script>window.ran = 1</script><img src='http://evil.example/x' onerror='window.ran = 2'>\"><svg onload=ran()>"
    "</mark></details></style></title> {{ 7 * 191 }} {% raw %} javascript:window.ran=5 \x00 "
    "\u202egnp.exe \ud800 \x1b[2J"
)


def run_of(*records: Record, **changes: object) -> Run:
    return Run(Path("/run"), settings(len(records), **changes), records)


def page_of(*records: Record, **changes: object) -> ET.Element:
    return read_page(report_html(run_of(*records, **changes)))


def scored_record() -> Record:
    """Two sentences: one that the evidence supports, one with a number that is nowhere."""
    said = answer("It cost 12 million. [1] It weighs 7 tons. [1]", citation(*COST_AT), kept=(True, True, False))
    start, end = COST_AT
    found = ScoredSentence("", 0.0, supported=False, reason="", quote=TEXT[start:end], evidence=0, start=start, end=end)
    good = replace(found, text="It cost 12 million.", support=0.97, supported=True, reason="repeats the quote")
    bad = replace(found, text="It weighs 7 tons.", support=0.12, reason="not found: 7 tons", missing=("7 tons",))
    return record(1, said=said, scored=Faithfulness((good, bad), abstained=False))


def hostile_record() -> Record:
    text = f"Before. {HOSTILE} After."
    article = Article(id=HOSTILE, text=text, title=HOSTILE, date=HOSTILE, source=HOSTILE, language=HOSTILE, url=HOSTILE)
    question = replace(
        QUESTION, question=HOSTILE, language=HOSTILE, answers=(HOSTILE,), also=(HOSTILE,), tags=(HOSTILE,), id=HOSTILE
    )
    said = Answer(
        question=HOSTILE,
        language=HOSTILE,
        text=HOSTILE,
        sentences=(Sentence(HOSTILE, (1,), 0.9, supported=True), Sentence(HOSTILE, (), 0.1, supported=False)),
        citations=(Citation(1, article, 8, 8 + len(HOSTILE)),),
        evidence=(Evidence(Passage(article, 0, len(text)), 0.5),),
        abstained=False,
        timing=answer("x").timing,
        model=answer("x").model,
    )
    scored = ScoredSentence(
        HOSTILE, 0.3, supported=False, reason=HOSTILE, missing=("javascript",), quote=HOSTILE, evidence=0, start=8
    )
    scored = replace(scored, end=scored.start + len(HOSTILE))
    checked = Faithfulness((scored,), abstained=False)
    return replace(
        record(1), question=question, answer=said.to_dict(), faithfulness=checked, own=checked, article_language=HOSTILE
    )


def hostile_run() -> Run:
    return run_of(
        hostile_record(),
        record(2),
        dataset=HOSTILE,
        model={"name": HOSTILE, "hash": HOSTILE},
        versions={HOSTILE: HOSTILE},
        commit=HOSTILE,
        judge=HOSTILE,
        started=HOSTILE,
    )


def test_headings_are_in_order_and_parts_are_reached_from_the_head() -> None:
    page = page_of(scored_record(), record(2))
    levels = [int(element.tag[1]) for element in page.iter() if element.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href", "") for link in find(page, "a")]
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_headline_figures_have_a_value_a_count_an_interval_and_say_which_way_is_better() -> None:
    page = page_of(scored_record(), record(2), record(3, UNANSWERABLE, answer("")))
    cards = dict(zip(words(page, ".card h3"), words(page, ".card"), strict=True))
    for part in ("67%", "95% interval 50–100%", "2 questions", "Of the sentences shown as fact", "↑ more is better"):
        assert part in cards["Sentences the evidence supports"]
    for part in ("0%", "95% interval not known", "1 question", "↓ less is better"):
        assert part in cards["False answers"]
    said = (
        "Of 2 questions that the articles answer, 2 got an answer, 2 the expected one. Of 1 that they do not answer, "
        "0 got an answer all the same. The evidence supports 2 of 3 sentences that were shown as fact."
    )
    assert words(page, ".lead") == [said]


def test_every_figure_stands_in_a_table_by_language() -> None:
    swedish = replace(QUESTION, language="sv", answer_language="en")
    page = page_of(record(1), record(2, UNANSWERABLE, answer("")), record(3, swedish))
    table = find(page, "#figures table")[0]
    assert words(table, "thead th") == ["", "All3 questions", "English2 questions", "Swedish1 question"]
    shown = [m for m in MEASURES.values() if not m.name.endswith(OTHER_SEARCHES) and m.name != "near_misses"]
    assert len(find(table, "tbody tr")) == len(shown)
    first = find(table, "tbody tr")[0]
    assert words(first, "th") == ["Handled well in every way ↑"]
    assert words(first, "td") == ["100%29–100% · 3", "100%16–100% · 2", "100%1"]
    assert words(page, "#figures caption")[1] == "The search, and the two that it is made of"


def test_figures_stand_in_a_table_by_tag() -> None:
    tagged = [record(n, replace(QUESTION, tags=tags)) for n, tags in enumerate((("date",), ("date", "name")))]
    table = find(page_of(*tagged), "#figures table")[-1]
    assert words(table, "tbody th") == ["date2 questions", "name1 question"]


def test_settings_versions_and_commit_are_told() -> None:
    page = page_of(record(1), versions={"python": "3.11", "torch": "2.13"}, commit="c0ffee")
    made = dict(zip(words(page, "#settings dt"), words(page, "#settings dd"), strict=True))
    assert made["Versions"] == "python 3.11, torch 2.13"
    assert made["Commit"] == "c0ffee"
    assert made["Passages read"] == "4, of 120 tokens, at most 240"
    assert made["Search"] == "word weight 0.04, min score 0.75"
    assert made["Started"] == "02 Jan 2026, 03:04 UTC"


def test_each_sentence_has_its_verdict_in_words_its_reason_and_its_quote_in_place() -> None:
    page = page_of(scored_record())
    good, bad = find(page, ".sentences li")
    assert words(good, ".verdict") == ["✓ Supported 0.97 · repeats the quote"]
    assert words(bad, ".verdict") == ["✗ Not supported 0.12 · not found: 7 tons"]
    assert words(bad, ".claim .missing") == ["7 tons"]
    for sentence in (good, bad):
        assert words(sentence, "blockquote mark") == ["It cost 12 million."]
        assert words(sentence, "blockquote") == [TEXT]
        assert words(sentence, ".from") == ["Passage 1: A bridge"]
    assert words(page, ".passages mark") == ["It cost 12 million."]
    assert words(page, ".faults") == ["Not handled well: says what the evidence does not."]


def test_what_was_written_and_left_out_is_struck_through_and_called_so() -> None:
    said = answer("It cost 12 million.", citation(*COST_AT), kept=(True, False))
    page = page_of(record(1, said=said))
    assert words(page, "details.inner summary")[0] == "1 sentence was written and left out"
    assert words(page, "details.inner li")[0] == "Left out: It cost 12 million. support 0.90"
    assert words(page, "s") == ["It cost 12 million."]


def test_a_quote_that_is_not_where_it_should_be_is_shown_by_itself() -> None:
    made = scored_record()
    moved = [replace(each, start=each.start + 1, end=each.end + 1) for each in made.faithfulness.sentences]
    page = page_of(replace(made, faithfulness=Faithfulness(tuple(moved), abstained=False)))
    assert words(page, ".sentences blockquote")[0] == "It cost 12 million."


def test_a_sentence_whose_own_citations_say_otherwise_says_so() -> None:
    made = scored_record()
    first = replace(made.faithfulness.sentences[0], supported=False, reason="no quote is near enough to it")
    page = page_of(replace(made, own=Faithfulness((first,), abstained=False)))
    ended = "· its own citation alone: not supported (no quote is near enough to it)"
    assert words(page, ".verdict")[0].endswith(ended)


@pytest.mark.parametrize(
    ("made", "case"),
    [
        (record(1), RIGHT),
        (record(1, said=answer("It cost 5 million. [1]", citation(*COST_AT))), WRONG),
        (record(1, replace(QUESTION, answers=())), OPEN),
        (record(1, said=answer("")), MISSED),
        (record(1, UNANSWERABLE, answer("")), KEPT),
        (record(1, UNANSWERABLE), FALSE),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_what_came_of_a_question_is_told_in_words(made: Record, case: Case) -> None:
    assert case_of(made) is case
    badge = words(page_of(made), ".badge")[0]
    assert badge.removeprefix("✓ ").removeprefix("✗ ") == case.title


def test_texts_say_which_language_they_are_in() -> None:
    page = page_of(record(1, replace(QUESTION, language="sv", question="Vad kostade bron?")))
    heading = find(page, ".question h3")[0]
    assert (heading.get("lang"), heading.text) == ("sv", "Vad kostade bron?")
    assert find(page, ".answer")[0].get("lang") == "en"


def test_every_plot_is_described_and_has_its_numbers_in_a_table() -> None:
    page = page_of(scored_record(), record(2))
    titles = words(page, "figure h3")
    assert words(page, "figure svg title") == titles
    assert words(page, "figure caption") == titles
    assert len(titles) == 4
    times = find(page, "figure table")[1]
    assert words(times, "tbody th") == ["Evidence", "First word", "Whole answer"]
    assert words(times, "td") == ["2", *["0.10 s"] * 4, "2", *["1.00 s"] * 4, "2", *["2.00 s"] * 4]


def test_the_truth_of_a_sentence_is_what_was_expected() -> None:
    # It and the answer it is part of are right; it is left out and wrong; left out and right.
    said = answer("It cost 12 million.", citation(*COST_AT))
    wrong, right = Sentence("It cost 5.", (), 0.2, supported=False), Sentence("12 million", (), 0.4, supported=False)
    made = record(1, said=replace(said, sentences=(*said.sentences, wrong, right)))
    assert support_and_truth([made]) == ([0.9, 0.2, 0.4], [True, False, True])
    assert support_and_truth([record(1, UNANSWERABLE)]) == ([0.9], [False])
    assert support_and_truth([record(1, replace(QUESTION, answers=()))]) == ([], [])


def test_nothing_hostile_acts_and_all_of_it_can_be_read() -> None:
    text = report_html(hostile_run())
    page = read_page(text)
    forbidden = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "foreignobject", "animate"}
    assert not forbidden & {element.tag for element in page.iter()}
    attributes = [pair for element in page.iter() for pair in element.attrib.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith("#") for name, value in attributes if name in ("href", "xlink:href"))
    assert not {"src", "srcset", "action", "data", "poster", "srcdoc"} & {name for name, _ in attributes}
    assert {value for name, value in attributes if name == "lang"} == {"", "en"}
    assert "1337" not in text
    assert "{{ 7 * 191 }} {% raw %}" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert words(page, ".question h3")[0] == " ".join(visible(HOSTILE).split())
    assert "⟨U+0000⟩ ⟨U+202E⟩gnp.exe" in words(page, ".question h3")[0]


def test_a_page_is_one_file_that_asks_for_nothing() -> None:
    page = read_page(report_html(run_of(scored_record())))
    style = find(page, "style")[0].text or ""
    assert not re.search(r"url\(|@import|https?:", style)
    policy = next(each.get("content", "") for each in find(page, "meta") if each.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy


def test_the_report_is_written_into_the_run_or_where_it_is_told(tmp_path: Path) -> None:
    run = replace(run_of(record(1)), folder=tmp_path)
    assert write_report(run) == tmp_path / REPORT
    assert write_report(run, tmp_path / "mine.html").read_text("utf-8") == (tmp_path / REPORT).read_text("utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        write_report(run, tmp_path / "no" / "folder.html")


def test_a_run_in_which_nothing_was_asked_yet_can_be_shown() -> None:
    page = page_of()
    assert words(page, ".lead") == ["No question has been asked yet."]
    assert not find(page, "figure") + find(page, ".card") + find(page, "details")


def test_a_run_of_nothing_but_abstentions_can_be_shown() -> None:
    page = page_of(record(1, said=answer("")), record(2, UNANSWERABLE, answer("")))
    assert "plot-faithfulness-title" not in [element.get("id") for element in page.iter()]
    assert words(page, ".badge") == ["✗ Not answered", "✓ Rightly not answered"]


def test_a_thousand_questions_are_a_few_megabytes() -> None:
    made = [replace(scored_record(), question=replace(QUESTION, id=str(n))) for n in range(1000)]
    assert len(report_html(run_of(*made))) < 6_000_000


def test_languages_of_one_name_are_one_group() -> None:
    page = page_of(*(record(n, replace(QUESTION, language=code)) for n, code in enumerate(("en", "en-GB", "sv"))))
    columns = words(find(page, "#figures table")[0], "thead th")
    assert columns == ["", "All3 questions", "English2 questions", "Swedish1 question"]
