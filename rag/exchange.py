"""Exchanged roles: whether a sentence says that A chose B where its source says that B chose A.

Asked for its yes or no, a small model hardly sees this. But what a source says it finds far likelier than what the
source does not say. So a sentence is compared with what it becomes when two of its facts, or two words that mean
something alike, change places: where that is clearly likelier behind the source, the sentence has them the wrong way
round.

When tried, of 129 supported dev pairs none looked exchanged by the margin below, and of 620 exchanges made in them 593
did (docs/decisions/0013-exchanged-roles-by-likelihood.md). What it does not see: roles that are told in other words
("the seller", for who sold), and a fact in the place of one which the sentence does not have. What it sees and is
none: "Ruth met Anna", for "Anna met Ruth".
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice

import regex

from documents import detect, language_name
from embeddings import Encoder
from rag.facts import Fact, find_facts
from rag.generate import Generator, Prompt
from rag.name_words import ORDINARY
from rag.names import NameMention
from rag.prompt import one_line

MARGIN = 6.0
"""By how much the logarithm of the likelihood must grow. In two supported dev pairs it grows, by less than 4; in four
of the eight that have exchanged roles by 8 and more."""

TELL = "You report what an article says, precisely."

_FACTS = 6  # exchanges of facts that are looked at
_WORDS = 4  # exchanges of words
_LETTERS = 4  # of a word that may have a role; shorter ones are mostly small words
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}-]+")
_JOINED = regex.compile(r"\s*(?:,|&|and|or|et|ou|och|eller|và|hay|hoặc)\s*", regex.IGNORECASE)
"""What stands between two members of a list, whose order means nothing."""
_SYLLABLES = frozenset({"vi"})  # written with a space after each syllable, so that words cannot be told by spaces

Span = tuple[int, int]


def is_exchanged(generator: Generator, encoder: Encoder, title: str, quote: str, sentence: str) -> bool:
    """Whether a quote says a sentence with two of its parts exchanged, rather than as it stands.

    Args:
        generator: says how likely each is.
        encoder: tells which words mean something alike.
        title: of the article that is quoted, "" where it has none.
        quote: the words.
        sentence: what is checked.

    Raises:
        ModelError: the model failed.
    """
    language = detect(sentence, default="en")
    others = list(dict.fromkeys(exchanges(sentence, language, encoder)))
    if not others:
        return False
    told = generator.log_likelihoods(_prompt(title, quote, language), [one_line(text) for text in (sentence, *others)])
    return told is not None and max(told[1:]) >= told[0] + MARGIN


def _prompt(title: str, quote: str, language: str) -> Prompt:
    source = "\n".join(one_line(part) for part in (f"Article: {title}" if title else "Article:", quote))
    name = language_name(language) or "the language of the article"
    return Prompt(TELL, (), f"{source}\n\nSay in {name}, in one sentence, something that the article says.")


def exchanges(sentence: str, language: str, encoder: Encoder) -> Iterator[str]:
    """A sentence with two of its parts in each other's place: names, numbers and dates first, then words.

    Args:
        sentence: see above.
        language: ISO 639-1, of the sentence.
        encoder: its vectors choose the words; those that mean something alike may have each other's role.
    """
    facts = [(fact, span) for fact in find_facts(sentence, language) if (span := _span(sentence, fact.text))]
    pairs = ((a, b) for (one, a), (other, b) in combinations(facts, 2) if _may_replace(one, other))
    yield from islice(_exchanged(sentence, pairs), _FACTS)
    if language not in _SYLLABLES:
        words = _places_of_words(sentence, language, [span for fact, span in facts if not _may_be_a_word(fact)])
        yield from islice(_exchanged(sentence, _alike(sentence, words, encoder)), _WORDS)


def _exchanged(sentence: str, pairs: Iterable[tuple[Span, Span]]) -> Iterator[str]:
    """The sentence with the stretches of each pair exchanged, where that may change what it says."""
    for one, other in pairs:
        text = _exchange(sentence, one, other)
        between = sentence[min(one[1], other[1]) : max(one[0], other[0])]
        if text != sentence and not _JOINED.fullmatch(between):
            yield text


def _span(sentence: str, text: str) -> Span | None:
    """Where a fact stands, as a word of its own."""
    found = regex.search(rf"(?<!\w){regex.escape(text)}(?!\w)", sentence)
    return found.span() if found else None


def _may_replace(one: Fact, other: Fact) -> bool:
    """Names and years may have each other's role, and all other numbers, dates and codes."""
    return (one.kind == "name", one.is_year) == (other.kind == "name", other.is_year)


def _may_be_a_word(fact: Fact) -> bool:
    """Whether it is capital only because it opens the sentence, as any word would be."""
    return isinstance(fact.value, NameMention) and fact.value.opens and len(fact.value.tokens) == 1


def _places_of_words(sentence: str, language: str, taken: Sequence[Span]) -> list[Span]:
    """The first place of each word that may have a role, outside the places that are taken."""
    small = ORDINARY.get(language, frozenset())
    first: dict[str, Span] = {}
    for match in _WORD.finditer(sentence):
        word = match.group()
        free = all(match.end() <= start or end <= match.start() for start, end in taken)
        if free and len(word) >= _LETTERS and word.casefold() not in small:
            first.setdefault(word.casefold(), match.span())
    return list(first.values())


def _alike(sentence: str, words: Sequence[Span], encoder: Encoder) -> list[tuple[Span, Span]]:
    """All pairs of words, those whose vectors are most alike first."""
    if len(words) < 2:  # noqa: PLR2004 - it takes two
        return []
    vectors = encoder.encode_queries([sentence[start:end] for start, end in words])
    pairs = combinations(range(len(words)), 2)
    best = sorted(pairs, key=lambda pair: -float(vectors[pair[0]] @ vectors[pair[1]]))
    return [(words[a], words[b]) for a, b in best]


def _exchange(sentence: str, one: Span, other: Span) -> str:
    """The sentence with two stretches in each other's place; itself where they overlap.

    A word that comes to stand first takes over the capital of the one that goes.
    """
    (a, b), (c, d) = sorted((one, other))
    if b > c:
        return sentence
    first, second = sentence[a:b], sentence[c:d]
    if a == 0 and second[:1].islower() and first[:1].isupper():
        first, second = first[:1].lower() + first[1:], second[:1].upper() + second[1:]
    return sentence[:a] + second + sentence[b:c] + first + sentence[d:]
