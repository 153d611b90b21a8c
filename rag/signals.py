"""What speaks for and against a sentence, given its quote: likeness, and everything that must agree to the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from documents import words
from rag.facts import Fact, FactSource
from rag.name_words import ORDINARY
from rag.negation import contradicts
from rag.quotes import Quote, stems_of
from rag.scope import wider
from rag.units import other_unit

_SUBJECT = 2  # words of a quoted sentence that may be another name of its subject: "It", "The bridge"
_LABEL = 3  # words; what has no more may be a name below a picture, and says nothing
_COUNTED = 2  # facts beyond the second tell nothing more


@dataclass(frozen=True, slots=True)
class Signals:
    """One sentence beside one quote.

    Attributes:
        foreign: whether the two are in different languages; likeness then means something else.
        cosine: of their vectors.
        overlap: the share of the sentence's telling words that the quote or its title has.
        held: numbers, dates and codes of the sentence that were found.
        held_names: names that were found.
        lacking: numbers, dates and codes that were not.
        lacking_names: names that were not.
        swapped: whether the quote has another name in the place of one.
        denied: whether a word of negation stands in one of the two only.
        unit: whether a number counts something else in the quote.
        scope: whether the sentence says "only", "all", "first" or "must", and the quote does not.
        copied: whether the sentence is one of the quote's, word for word, but for its subject, taken from the title.
    """

    foreign: bool
    cosine: float
    overlap: float
    held: int
    held_names: int
    lacking: int
    lacking_names: int
    swapped: bool
    denied: bool
    unit: bool
    scope: bool
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to be checked, with the facts that it states."""

    text: str
    language: str
    facts: Sequence[Fact]


def read_signals(
    claim: Claim, quote: Quote, *, cosine: float, missing: Sequence[Fact], source: FactSource, likest: str
) -> Signals:
    """Compare a sentence with a quote.

    Args:
        claim: the sentence.
        quote: what it is compared with.
        cosine: of their vectors.
        missing: the facts of the sentence that neither the quote nor its neighbours hold.
        source: the quote with its neighbours, as a source of facts.
        likest: the sentence of the quote that is most like the claim; denial is looked for in it alone.
    """
    language, theirs = claim.language, quote.article.language
    held = [fact for fact in claim.facts if fact not in missing]
    return Signals(
        foreign=theirs != language,
        cosine=cosine,
        overlap=_overlap(claim, quote),
        held=_hard(held),
        held_names=_names(held),
        lacking=_hard(missing),
        lacking_names=_names(missing),
        swapped=any(source.swapped(fact, language) for fact in missing),
        denied=contradicts(claim.text, language, likest, theirs),
        unit=other_unit(claim.text, language, quote.text, theirs),
        scope=wider(claim.text, language, quote.text, theirs),
        copied=_is_copied(words(claim.text), words(likest), words(quote.head.title)),
    )


def _overlap(claim: Claim, quote: Quote) -> float:
    small = ORDINARY.get(claim.language, frozenset())
    telling = stems_of(" ".join(word for word in words(claim.text) if word not in small))
    return len(telling & stems_of(f"{quote.text}\n{quote.head.title}")) / max(1, len(telling))


def _is_copied(claimed: Sequence[str], quoted: Sequence[str], title: Sequence[str]) -> bool:
    """Whether the claim ends like the quoted sentence, and words of the title stand for its first one or two.

    All of the sentence, since "it is not true that ..." and "according to opponents ..." stand before what they change.
    """
    match = SequenceMatcher(a=claimed, b=quoted, autojunk=False).find_longest_match()
    ends = match.a + match.size == len(claimed) and match.b + match.size == len(quoted)
    return len(claimed) > _LABEL and ends and match.b <= _SUBJECT and set(claimed[: match.a]) <= set(title)


def _hard(facts: Sequence[Fact]) -> int:
    return min(_COUNTED, sum(fact.kind != "name" for fact in facts))


def _names(facts: Sequence[Fact]) -> int:
    return min(_COUNTED, sum(fact.kind == "name" for fact in facts))
