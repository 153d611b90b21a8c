"""Asking whether a quote supports a sentence: what a judge must do, and the one that is the language model.

The model is not asked for a text, only how likely a yes is. The instructions and examples are the head of the
prompt, read once and kept like any other state; what is read for a sentence is the quote and the sentence, about a
hundred tokens.
"""

from typing import Protocol

from rag.generate import Generator, Prompt
from rag.prompt import one_line

_EXAMPLES = (
    (
        "Town hall of Brevik",
        "The council chose Anna Lind over Per Holm in March.",
        "Per Holm was chosen over Anna Lind.",
        "no",
    ),
    (
        "Le pont de Sainte-Claire",
        "Le pont, long de 12 kilomètres, a coûté 40 millions d'euros.",
        "The bridge of Sainte-Claire is 12 kilometres long.",
        "yes",
    ),
    (
        "Hamnen i Ekvik",
        "Hamnen får inte ta emot fartyg längre än 80 meter.",
        "The harbour of Ekvik may receive ships longer than 80 metres.",
        "no",
    ),
    (
        "Reservoir at Loch Arn",
        "Most of the water goes to the city; the farms get a tenth.",
        "Toute l'eau du réservoir va à la ville.",
        "no",
    ),
    (
        "Nhà máy An Phú",
        "Nhà máy sản xuất 300 tấn thép mỗi ngày, bắt đầu từ năm 1987.",
        "Fabriken i An Phú började tillverka stål 1987.",
        "yes",
    ),
    (
        "Gruvan i Norrfors",
        "Gruvan ger 500 ton malm om dagen.",
        "Gruvan i Norrfors ger 500 kilo malm om dagen.",
        "no",
    ),
    (
        "Festival de Valmont",
        "Le festival aura peut-être lieu en juin, selon le maire.",
        "Selon le maire, le festival de Valmont pourrait se tenir en juin.",
        "yes",
    ),
    (
        "Library of Westbury",
        "The library opened in 1912 with a gift from the Carlow family.",
        "The library of Westbury was designed by the architect John Hale.",
        "no",
    ),
    (
        "The Dover school",
        "Pupils in the upper classes must wear a uniform.",
        "Elever i de högre klasserna vid skolan måste bära uniform.",
        "yes",
    ),
    (
        "Thư viện Hòa Bình",
        "Thư viện do bà Mai thành lập, sau đó ông Tuấn điều hành.",
        "Thư viện Hòa Bình do ông Tuấn thành lập.",
        "no",
    ),
)
_TASK = (
    "You check whether a source supports a statement. Answer yes only if the source says all of it. Answer no if a "
    "number, a date, a name or a unit differs, if the roles are exchanged, if something is denied that the source "
    "affirms, if it says more, or more surely, than the source, or if the source is about something else."
)
_YES = ("Yes", "yes", " Yes", " yes", "YES")
_NO = ("No", "no", " No", " no", "NO")


def _item(title: str, quote: str, sentence: str) -> str:
    """One line each, so that nothing in an article can look like another source or like an answer."""
    lines = (f"Source: {title}. {quote}" if title else f"Source: {quote}", f"Statement: {sentence}")
    return "\n".join(map(one_line, lines))


HEAD = "\n\n".join((_TASK, *(f"{_item(*example[:3])}\nSupported: {example[3]}" for example in _EXAMPLES)))


def judge_prompt(title: str, quote: str, sentence: str) -> Prompt:
    """What a language model is asked: the task and examples, then the sentence beside its source.

    Args:
        title: of the article that is quoted, "" where it has none.
        quote: the words.
        sentence: what is checked; the answer is to be yes or no.
    """
    return Prompt(HEAD, (), f"{_item(title, quote, sentence)}\nSupported, yes or no?")


class Judge(Protocol):
    """Whoever can say how likely it is that a quote supports a sentence."""

    @property
    def name(self) -> str:
        """Its name; `rag/support.py` has weights for the word of some."""

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """How much likelier it is that the quote supports the sentence than not.

        Args:
            title: of the article that is quoted, "" where it has none.
            quote: the words.
            sentence: what is checked.

        Returns:
            The logarithm of the odds, None when the judge cannot tell.

        Raises:
            ModelError: it failed.
        """


class ModelJudge:
    """Asks a language model on this machine.

    Args:
        generator: the model.
    """

    def __init__(self, generator: Generator) -> None:
        self._generator = generator

    @property
    def name(self) -> str:
        """The model's name."""
        return self._generator.name

    def log_odds(self, title: str, quote: str, sentence: str) -> float | None:
        """How much likelier the model finds a yes than a no; see `Judge`.

        Raises:
            ModelError: the model failed.
        """
        return self._generator.log_odds(judge_prompt(title, quote, sentence), _YES, _NO)
