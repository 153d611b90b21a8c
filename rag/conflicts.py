"""What another article says otherwise: the same of the same, with another number or another date.

A false alarm is worse than a miss. So everything must agree but one value: names, other numbers, what is said of the
subject, and nearly the words, or across languages the vectors. A value that the other article gives elsewhere too is
no conflict; rounding and "about" are none either (`rag/values.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from embeddings import Encoder
from rag.answer import Checked, Conflict, Evidence
from rag.cite import CitationList, Verdict
from rag.facts import Fact
from rag.negation import contradicts
from rag.prompt import otherwise
from rag.quotes import Quote, candidates
from rag.statements import Statement
from rag.values import Value, agree, find_values, holds, tells

SAME_WORDS = 0.5
"""Share of the words of two sentences, both languages being the same, that both must have."""

ALIKE = 0.92
"""Cosine of two sentences in one language."""

ALIKE_ACROSS, ALIKE_ACROSS_UNSURE = 0.85, 0.9
"""Cosine across languages: where both say the same aspect of their subject, and where no list says so."""


class Rivals:
    """Finds what the other articles of the evidence say otherwise than a quote; each pair of sentences once.

    Args:
        evidence: the passages that the answer was made from.
        encoder: for likeness; asked only where all else fits.
        language: ISO 639-1, of the answer.
    """

    def __init__(self, evidence: Sequence[Evidence], encoder: Encoder, language: str) -> None:
        self._evidence = evidence
        self._encoder = encoder
        self._language = language
        self._found: set[frozenset[tuple[str, int]]] = set()

    def notices(self, sentence: str, verdict: Verdict, citations: CitationList) -> Iterator[Checked]:
        """A sentence that says so for each article that contradicts a supported one, with its quote.

        Args:
            sentence: of the answer.
            verdict: what its check found.
            citations: gives the quotes their numbers.
        """
        if verdict.quote is None or not verdict.supported:
            return
        stated, _ = citations.cite_alone(verdict.quote)
        for quote in self.find(sentence, verdict.quote):
            notice, new = citations.cite_alone(quote)
            conflict = Conflict(*stated.citations, *notice.citations)
            yield Checked(replace(notice, text=otherwise(self._language)), new, conflict)

    def find(self, sentence: str, quote: Quote) -> list[Quote]:
        """Sentences of other articles that contradict what an answer takes from a quote, one of each article.

        Args:
            sentence: of the answer.
            quote: what supports it.
        """
        stated = find_values(sentence, self._language)
        found: dict[str, Quote] = {}
        for mine in self._statements if stated else ():
            inside = quote.start <= mine.quote.start and mine.quote.end <= quote.end
            if inside and mine.quote.article.id == quote.article.id:
                for theirs in self._contradicting(mine, stated):
                    found.setdefault(theirs.article.id, theirs)
        return list(found.values())

    def _contradicting(self, mine: Statement, stated: Sequence[Value]) -> Iterator[Quote]:
        for theirs in self._statements:
            pair = differ(mine, theirs)
            both = frozenset((one.quote.article.id, one.quote.start) for one in (mine, theirs))
            if pair is None or both in self._found or not any(tells(value, *pair) for value in stated):
                continue
            if self._cosine(mine, theirs) >= needed_cosine(mine, theirs):
                self._found.add(both)
                yield theirs.quote

    def _cosine(self, mine: Statement, theirs: Statement) -> float:
        one, other = self._encoder.encode_passages([mine.text, theirs.text])
        return float(one @ other)

    @cached_property
    def _statements(self) -> list[Statement]:
        """Every sentence of the evidence, once where passages overlap."""
        single = [
            Statement(quote, item.passage.text)
            for i, item in enumerate(self._evidence)
            for quote in candidates(item, i)
            if quote.first == quote.last
        ]
        return list({(one.quote.article.id, one.quote.start): one for one in single}.values())


def differ(mine: Statement, theirs: Statement) -> tuple[Value, Value] | None:
    """The one value that two sentences of different articles give otherwise, where all else agrees.

    Likeness of vectors is not looked at; see `needed_cosine`.
    """
    if mine.quote.article.id == theirs.quote.article.id:
        return None
    pair = _only_difference(mine.values, theirs.values)
    if pair is None or not _same_matter(mine, theirs) or not _same_names(mine, theirs):
        return None
    elsewhere = _gives(theirs, pair[0]) or _gives(mine, pair[1])
    return None if elsewhere else pair


def needed_cosine(mine: Statement, theirs: Statement) -> float:
    """How alike two sentences must be to say the same."""
    if mine.language == theirs.language:
        return ALIKE
    return ALIKE_ACROSS if mine.aspects == theirs.aspects != frozenset() else ALIKE_ACROSS_UNSURE


def _only_difference(mine: Sequence[Value], theirs: Sequence[Value]) -> tuple[Value, Value] | None:
    """The two values that differ, if in all that both sentences count or date there is just one on each side."""
    pairs = []
    for kind in {value.kind for value in mine} & {value.kind for value in theirs}:
        one, other = ([value for value in values if value.kind == kind] for values in (mine, theirs))
        alone = [value for value in one if not any(agree(value, found) for found in other)]
        others = [value for value in other if not any(agree(value, found) for found in one)]
        if alone and others:
            pairs.append((alone, others))
    if len(pairs) != 1 or any(len(values) != 1 for values in pairs[0]):
        return None
    ((mine_only, theirs_only),) = pairs
    return mine_only[0], theirs_only[0]


def _same_matter(mine: Statement, theirs: Statement) -> bool:
    """Whether two sentences speak of one thing, by their words: what is listed, and in one language nearly all."""
    exchanged = mine.aspects - theirs.aspects and theirs.aspects - mine.aspects
    denied = contradicts(mine.text, mine.language, theirs.text, theirs.language)
    if exchanged or denied or mine.qualifiers != theirs.qualifiers:
        return False
    if _lacking(mine.codes, mine, theirs) and _lacking(theirs.codes, theirs, mine):
        return False
    if mine.language != theirs.language:
        return True
    # Where each has words of its own, one may well be the bridge and the other the school.
    other_words = mine.own_stems(theirs) and theirs.own_stems(mine)
    return not other_words and len(mine.stems & theirs.stems) >= SAME_WORDS * len(mine.stems | theirs.stems)


def _same_names(mine: Statement, theirs: Statement) -> bool:
    """Whether two sentences have a name in common, with their headlines, and none in place of another."""
    lacking = [_lacking(one.all_names, one, other) for one, other in ((mine, theirs), (theirs, mine))]
    named = len(mine.all_names) + len(theirs.all_names)
    if not named:
        return _same_passage_names(mine, theirs)
    if named == len(lacking[0]) + len(lacking[1]):
        return False
    if mine.language != theirs.language:
        return not any(_foreign(*pair) for pair in ((mine, theirs), (theirs, mine)))
    other_subject = any(_headline_lacks(*pair) for pair in ((mine, theirs), (theirs, mine)))
    return not other_subject and not (lacking[0] and lacking[1])


def _headline_lacks(one: Statement, other: Statement) -> bool:
    """Whether no name of a headline is in the other sentence or headline, where names could well be."""
    names = one.title_names
    shared = len(_lacking(one.names, one, other)) < len(one.names)
    told = other.title_names or not shared
    return bool(names and told) and len(_lacking(names, one, other)) == len(names)


def _foreign(one: Statement, other: Statement) -> bool:
    """Whether most names and codes of a sentence are not in one of another language, or a name is exchanged."""
    said = [*one.names, *one.codes]
    swapped = any(other.source.swapped(name, one.language) for name in said)
    return swapped or 2 * len(_lacking(said, one, other)) > len(said)


def _same_passage_names(mine: Statement, theirs: Statement) -> bool:
    """Where neither sentence nor headline has a name: whether the passages have one in common, or none either."""
    named, others = mine.passage_names, theirs.passage_names
    shared = any(theirs.passage_source.holds(name, mine.language) for name in named)
    return shared if named or others else True


def _lacking(facts: Sequence[Fact], mine: Statement, theirs: Statement) -> list[Fact]:
    """The facts of one sentence that the other, with its headline, does not hold."""
    return [fact for fact in facts if not theirs.source.holds(fact, mine.language)]


def _gives(statement: Statement, value: Value) -> bool:
    """Whether a value stands elsewhere in a sentence's article."""
    return any(found.kind == value.kind and holds(found, value) for found in statement.said_around)
