"""A question that asks when is not answered by a sentence without a time."""

import pytest

from rag.asked_when import lacks_time
from rag.cite import Checker
from tests.fakes import FakeEncoder
from tests.rag.test_judge import evidence

ASKED = {
    "en": "When did the ship sink?",
    "fr": "Quand le navire a-t-il coulé ?",
    "sv": "När sjönk skeppet?",
    "vi": "Con tàu chìm khi nào?",
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The ship sank in the harbour."),
        ("fr", "Le navire a coulé devant une grande foule."),
        ("sv", "Skeppet sjönk inför en stor folkmassa."),
        ("vi", "Con tàu chìm ở cảng."),
    ],
)
def test_a_place_is_no_time(language: str, sentence: str) -> None:
    assert lacks_time(ASKED[language], sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The ship sank in 1628."),
        ("en", "It sank on a Sunday."),
        ("en", "It sank in the seventeenth century."),
        ("en", "It never sank."),
        ("fr", "Il a coulé un dimanche."),
        ("fr", "Il a coulé pendant la guerre."),
        ("fr", "Il a coulé le 10 août."),
        ("sv", "Det sjönk på 1600-talet."),
        ("sv", "Det sjönk i augusti."),
        ("sv", "Det sjönk under kriget."),
        ("vi", "Con tàu chìm vào tháng tám."),
        ("vi", "Con tàu chìm sau chiến tranh."),
        ("de", "Es sank im Hafen."),
    ],
)
def test_a_time_may_be_told_in_many_ways(language: str, sentence: str) -> None:
    assert not lacks_time(ASKED.get(language, "Wann sank das Schiff?"), sentence, language)


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Where did the ship sink?"),
        ("en", "When the mine closed, who lost his work?"),
        ("fr", "Quand la mine a fermé, qui a perdu son travail ?"),
        ("sv", "När gruvan stängde, vem förlorade arbetet?"),
        ("vi", "Con tàu chìm ở đâu?"),
    ],
)
def test_other_questions_need_no_time(language: str, question: str) -> None:
    assert not lacks_time(question, "Anna Lind.", language)


@pytest.mark.parametrize(
    ("question", "supported"), [("Who spoke at the school?", True), ("When did the mayor speak at the school?", False)]
)
def test_a_true_sentence_without_a_time_does_not_answer_when(question: str, *, supported: bool) -> None:
    verdict = Checker([evidence()], FakeEncoder(), "en", question).check("The mayor spoke at the school.")
    assert verdict.supported is supported
