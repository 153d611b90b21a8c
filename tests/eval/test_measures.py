"""Each measure against values worked out by hand."""

from dataclasses import replace

import pytest

from documents import Article, Passage
from eval.measures import (
    Measured,
    Share,
    answer_is_right,
    citation_precision,
    citation_recall,
    contains_answer,
    is_verbatim,
    language_is_right,
    measure,
    normalise,
    quote_is_right,
    states_the_fact,
    summarise,
)
from eval.questions import GoldQuote, Question
from rag import Answer, Citation, Evidence, ModelNames, Sentence, Timing

TEXT = "The bridge opened in 2019. It cost 12 million. The mayor spoke."
ARTICLE = Article(id="a1", text=TEXT, title="A bridge", language="en", path="/samples/bridge.md")
COST = GoldQuote("bridge.md", "It cost 12 million.")
COST_AT = (27, 46)

QUESTION = Question(
    id="q1",
    question="What did the bridge cost?",
    language="en",
    answers=("12 million", "twelve million"),
    quotes=(COST,),
    answerable=True,
    tags=(),
    split="dev",
)


def citation(start: int, end: int, article: Article = ARTICLE) -> Citation:
    return Citation(1, article, start, end)


def answer(text: str, *citations: Citation, abstained: bool = False, supported: tuple[bool, ...] = ()) -> Answer:
    return Answer(
        question=QUESTION.question,
        language="en",
        text=text,
        sentences=tuple(Sentence("s", (), 0.9, supported=each) for each in supported),
        citations=citations,
        evidence=(Evidence(Passage(ARTICLE, 0, len(TEXT)), 0.9),),
        abstained=abstained,
        timing=Timing(0.1, 1.0, 2.0),
        model=ModelNames("fake", "fake"),
    )


def test_normalise_folds_case_width_and_spaces() -> None:
    assert normalise("  1\u00a0100\u202fKM \n２０１９ Straße") == "1 100 km 2019 strasse"


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("It cost 12\u00a0Million.", ("12 million",), True),
        ("It cost twelve million. [1]", ("12 million", "twelve million"), True),
        ("It cost 12,5 million.", ("12 million",), False),
        ("The list has 11 technologies.", ("11",), True),
        ("In 2011 the list was made.", ("11",), False),
        ("It rose by 11.5 and 1,11.", ("11",), False),
        ("Il y en a 11.", ("11",), True),
        ("Den har 11, sade han.", ("11",), True),
        ("Tô Lâms resolution", ("tô lâm",), True),
        ("北京地铁于2019年开通", ("2019年",), True),
        ("", ("11",), False),
        ("Anything at all.", (), False),
        ("Le sommet est à 1.969 mètres.", ("1 969",), True),
        ("Le sommet est à 1\u202f969 mètres.", ("1.969",), True),
    ],
)
def test_an_answer_holds_the_gold(text: str, answers: tuple[str, ...], *, expected: bool) -> None:
    assert contains_answer(text, answers) is expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(27, 46, True), (0, 28, True), (45, 63, True), (0, 27, False), (46, 63, False), (0, 63, True)],
)
def test_a_quote_is_right_when_it_shares_a_character(start: int, end: int, *, expected: bool) -> None:
    assert TEXT[slice(*COST_AT)] == COST.text
    assert quote_is_right([citation(start, end)], [COST]) is expected


def test_the_same_words_in_another_file_are_not_the_right_quote() -> None:
    other = Article(id="a2", text=TEXT, title="", path="/samples/other.md")
    assert not quote_is_right([citation(*COST_AT, other)], [COST])
    assert quote_is_right([citation(*COST_AT, other), citation(*COST_AT)], [COST])
    assert not quote_is_right([], [COST])
    assert not quote_is_right([citation(*COST_AT)], [])


def test_gold_words_count_wherever_they_stand() -> None:
    twice = Article(id="a3", text="It rained. It rained.", title="", path="rain.md")
    assert quote_is_right([citation(11, 21, twice)], [GoldQuote("rain.md", "It rained.")])


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(27, 46, True), (45, 63, True), (0, 27, False), (46, 63, False)]
)
def test_a_gold_quote_may_be_a_place_instead_of_words(start: int, end: int, *, expected: bool) -> None:
    place = GoldQuote("bridge.md", start=COST_AT[0], end=COST_AT[1])
    assert quote_is_right([citation(start, end)], [place]) is expected
    assert not quote_is_right([citation(start, end)], [replace(place, file="other.md")])


FRENCH = Article(id="f1", text="Le pont a coûté 12 million. Il est long. Il date de 2019.", title="", path="fr.md")


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        (citation(*COST_AT), True),  # the gold quote
        (citation(0, 28), True),  # a letter of it
        (citation(0, 26), False),
        (citation(0, 27, FRENCH), True),  # elsewhere, but it holds the answer
        (citation(28, 40, FRENCH), False),
        (citation(41, 57, FRENCH), False),
    ],
)
def test_a_citation_states_the_fact(cited: Citation, *, expected: bool) -> None:
    assert states_the_fact(cited, QUESTION) is expected


def test_a_citation_may_state_the_second_fact() -> None:
    assert states_the_fact(citation(41, 57, FRENCH), replace(QUESTION, also=("2019",)))


def test_citation_precision_and_recall_look_at_answers_to_answerable_questions() -> None:
    outcomes = [
        measured(stating=2, citations=3),
        measured(stating=0, citations=2),
        measured(stating=1, citations=1, answer_right=False),
        measured(stating=0, citations=0),
        measured(stating=4, citations=4, abstained=True),
        measured(stating=4, citations=4, answerable=False),
    ]
    assert citation_precision(outcomes) == Share(3, 6)
    assert citation_recall(outcomes) == Share(2, 4)
    assert (citation_precision([]), citation_recall([])) == (Share(0, 0), Share(0, 0))


def test_verbatim_means_the_stored_text_to_the_letter() -> None:
    assert is_verbatim(citation(*COST_AT), ARTICLE)
    changed = Article(id="a1", text=TEXT.replace("12", "13"), title="")
    assert not is_verbatim(citation(*COST_AT), changed)
    assert not is_verbatim(citation(5, 5), ARTICLE)


def test_language_of_an_answer() -> None:
    assert language_is_right("Le viaduc a été inauguré par le président de la République.", "fr")
    assert not language_is_right("The viaduct was opened by the president of the republic.", "fr")
    assert language_is_right("343 [1]", "vi")
    assert language_is_right("Philippe Jost. [1] [2]", "fr")
    assert not language_is_right("文章中没有这个问题的答案。", "fr")


def test_measure_puts_them_together() -> None:
    measured = measure(
        QUESTION, answer("It cost 12 million. [1]", citation(*COST_AT), supported=(True, False)), [ARTICLE]
    )
    assert measured == Measured(
        id="q1",
        language="en",
        answerable=True,
        near_miss=False,
        abstained=False,
        answer_right=True,
        quote_right=True,
        language_right=True,
        supported=1,
        sentences=2,
        verbatim=1,
        stating=1,
        citations=1,
        retrieve_s=0.1,
        first_token_s=1.0,
        total_s=2.0,
    )


def test_a_right_answer_gives_both_things_that_were_asked() -> None:
    both = replace(QUESTION, also=("2019", "twenty nineteen"))
    assert answer_is_right("It cost 12 million in 2019.", both)
    assert answer_is_right("It cost twelve million in twenty nineteen.", both)
    assert not answer_is_right("It cost 12 million in 2018.", both)
    assert not answer_is_right("It was 2019.", both)
    assert answer_is_right("It cost 12 million in 2018.", QUESTION)
    assert not measure(both, answer("It cost 12 million. [1]"), []).answer_right


def test_an_abstention_holds_no_answer_even_when_it_names_one() -> None:
    assert not measure(QUESTION, answer("No 12 million here.", abstained=True), []).answer_right


def measured(**changes: object) -> Measured:
    values: dict[str, object] = {
        "id": "q",
        "language": "en",
        "answerable": True,
        "near_miss": False,
        "abstained": False,
        "answer_right": True,
        "quote_right": True,
        "language_right": True,
        "supported": 1,
        "sentences": 1,
        "verbatim": 1,
        "stating": 1,
        "citations": 1,
        "retrieve_s": 0.1,
        "first_token_s": 1.0,
        "total_s": 2.0,
    }
    return Measured(**(values | changes))  # type: ignore[arg-type]


def test_summary_counts_each_measure_over_the_questions_it_is_about() -> None:
    summary = summarise(
        [
            measured(),
            measured(answer_right=False, sentences=3, stating=0, first_token_s=3.0, total_s=4.0),
            measured(abstained=True, answer_right=False, quote_right=False, first_token_s=None, supported=0),
            measured(answerable=False, answer_right=False, quote_right=False, language_right=False, total_s=9.0),
            measured(answerable=False, abstained=True, answer_right=False, quote_right=False, citations=3),
            measured(answerable=False, near_miss=True, answer_right=False, quote_right=False),
            measured(answerable=False, near_miss=True, abstained=True, answer_right=False, quote_right=False),
        ]
    )
    assert summary.questions == 7
    assert summary.answer_right == Share(1, 3)
    assert summary.quote_right == Share(2, 3)
    assert summary.false_answers == Share(2, 4)
    assert summary.near_misses == Share(1, 2)
    assert summary.false_abstentions == Share(1, 3)
    assert summary.language_right == Share(6, 7)
    assert summary.supported == Share(6, 9)
    assert summary.verbatim == Share(7, 9)
    assert summary.citation_precision == Share(1, 2)
    assert summary.citation_recall == Share(1, 2)
    assert summary.retrieve_s == 0.1
    assert summary.first_token_s == 1.0  # of five times 1, and 3
    assert summary.total_s == 2.0  # of five times 2, 4 and 9


def test_summary_of_nothing_claims_nothing() -> None:
    summary = summarise([])
    assert (summary.questions, summary.total_s) == (0, None)
    assert str(summary.answer_right) == "-"


def test_a_share_shows_its_counts() -> None:
    assert str(Share(12, 14)) == "86% 12/14"
    assert str(Share(0, 4)) == "0% 0/4"
