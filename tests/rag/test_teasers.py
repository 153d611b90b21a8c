"""A teaser beside an article is found and cited as what it is, and never passes for the article's own news."""

from documents import Article, Passage, Section, SectionKind
from rag.answer import Citation, Evidence, _citation_dict
from rag.cite import Checker
from rag.prompt import passage_text
from rag.retrieve import searchable
from tests.fakes import FakeEncoder

BODY = "The council of Brightwater met in the old school. The meeting heard of a new plan."
TEASER = "Digital week opens\n\nTony Blair will give a speech at the opening ceremony."
TEXT = f"Brightwater plans\n\n{BODY}\n\nRead more\n\n{TEASER}"
START = TEXT.index(BODY)
AT = TEXT.index(TEASER)
OF = Article(
    id="a",
    text=TEXT,
    title="Brightwater plans",
    source="ABC",
    date="2024-05-03",
    language="en",
    sections=(
        Section(SectionKind.HEADLINE, "", 0, 17),
        Section(SectionKind.BODY, "", START, START + len(BODY)),
        Section(SectionKind.OTHER, "", AT - 11, AT - 2),
        Section(SectionKind.TEASER, "Digital week opens", AT, len(TEXT)),
    ),
)
OWN, ANNOUNCED = Passage(OF, 0, START + len(BODY)), Passage(OF, AT, len(TEXT))


def test_the_prompt_says_that_a_passage_is_a_teaser() -> None:
    assert passage_text(OWN).startswith("Article: Brightwater plans, ABC, 2024-05-03\n")
    assert passage_text(ANNOUNCED).startswith("Article: Digital week opens (announced beside: Brightwater plans)\n")


def test_a_teaser_is_found_under_its_own_headline() -> None:
    assert searchable(ANNOUNCED) == TEASER


def test_what_a_teaser_says_did_not_happen_in_the_article() -> None:
    question = "When did Tony Blair speak at the Brightwater meeting?"
    for sentence in (
        "Tony Blair spoke at the Brightwater meeting on 3 May 2024.",
        "Tony Blair gave a speech at the meeting of Brightwater in 2024.",
        "Tony Blair met the council of Brightwater in the old school.",
    ):
        items = (Evidence(OWN, 1.0), Evidence(ANNOUNCED, 0.9))
        verdict = Checker(items, FakeEncoder(), "en", question=question).check(sentence)
        assert not verdict.supported, sentence


def test_what_a_teaser_does_say_is_cited_as_a_teaser() -> None:
    items = (Evidence(OWN, 1.0), Evidence(ANNOUNCED, 0.9))
    verdict = Checker(items, FakeEncoder(), "en").check("Tony Blair will give a speech at the opening ceremony.")
    assert verdict.supported
    assert verdict.quote
    citation = Citation(1, verdict.quote.article, verdict.quote.start, verdict.quote.end)
    assert citation.article is OF
    assert _citation_dict(citation)["teaser"] == "Digital week opens"
    assert "teaser" not in _citation_dict(Citation(2, OF, START, START + 5))
