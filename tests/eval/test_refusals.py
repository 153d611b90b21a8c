"""Which sentences say only that there is no answer."""

import pytest

from eval.claims import claims_of
from eval.refusals import is_refusal
from rag.prompt import NOT_FOUND, otherwise, refusal


@pytest.mark.parametrize(
    "sentence",
    [
        "I don't know.",
        "I don’t know who signed it.",
        "I cannot answer this question based on the passages.",
        "Unfortunately, the provided context does not contain this information.",
        "I'm sorry, but the article doesn't mention the price.",
        "Based on the documents, there is no information about it.",
        "The text does not say in which year.",
        "Not found.",
        "N/A",
        "Je ne sais pas.",
        "L'article ne précise pas le prix.",
        "Les documents ne contiennent aucune réponse.",
        "Ich weiß es nicht.",
        "Der Text nennt keinen Preis.",
        "Los documentos no mencionan el precio.",
        "Il testo non specifica il prezzo.",
        "O texto não menciona o preço.",
        "De tekst vermeldt geen prijs.",
        "Artikeln nämner inte priset.",
        "Jag vet inte.",
        "Teksten nevner ikke prisen.",
        "Tôi không biết.",
        "Bài viết không đề cập đến giá.",
        "文章没有提到价格。",
        NOT_FOUND,
        refusal("vi"),
        refusal("ja"),
        otherwise("fr"),
    ],
)
def test_a_sentence_that_says_that_there_is_no_answer_claims_nothing(sentence: str) -> None:
    assert is_refusal(sentence, "What did it cost?")


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge cost 12 million.",
        "The article does not give the price, but the bridge cost a fortune.",
        "The article does not give the price; the mayor paid it.",
        "The text does not mention that it cost 12 million.",
        "There is no evidence that the mayor stole the money.",
        "The treaty contains no ban on ships.",
        "The mayor does not know who paid.",
        "He said that he does not mention it.",
        "Le maire ne sait pas.",
        "Der Bürgermeister nennt keinen Preis.",
        "Không có gì quý hơn độc lập, tự do.",
    ],
)
def test_a_claim_is_no_refusal(sentence: str) -> None:
    assert not is_refusal(sentence, "What did it cost?")


def test_a_number_of_the_question_may_be_repeated() -> None:
    said = "The text does not mention the budget of 2019."
    assert is_refusal(said, "What was the budget of 2019?")
    assert not is_refusal(said, "What was the budget?")


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("", []),
        (" \n ", []),
        ("...", []),
        (refusal("en"), []),
        ("I don't know. It may rain.", ["It may rain."]),
        ("It cost 12 million [1]. It is old[2, 3] [^4].", ["It cost 12 million.", "It is old."]),
        ("It opened【4†source】.", ["It opened."]),
        ("It was so in [2019].", ["It was so in [2019]."]),
        (
            "Here is what I found:\n\n1. **It cost 12 million.**\n2. It is _old_.\n\nDo you want more?",
            ["It cost 12 million.", "It is old."],
        ),
        ("- It is old.\n* It is long.", ["It is old.", "It is long."]),
        ("It has 3 parts:", ["It has 3 parts:"]),
        ("<p>It is&nbsp;old.</p><p>It is long.</p>", ["It is old.", "It is long."]),
        (["It is old. It is long.", "NOT FOUND", "It is new [1]."], ["It is old. It is long.", "It is new."]),
    ],
)
def test_the_claims_of_an_answer(answer: str | list[str], claims: list[str]) -> None:
    assert claims_of(answer, "What did it cost?", "en") == claims


def test_a_lone_number_with_a_dot_is_no_sign_of_a_list() -> None:
    assert claims_of("12. Mai 2020", "Wann wurde die Brücke eröffnet?", "de") == ["12. Mai 2020"]
