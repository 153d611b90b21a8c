"""Hard facts: the numbers, dates, names and codes of a sentence, and whether a text holds them.

A fluent sentence with one wrong number is worse than none, so these are compared by value, not by likeness:
`1 100` and `1,100` agree, `22 décembre 2024` and `December 22, 2024` agree, `74` and `47` do not.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import regex

from documents import Article, words
from documents.dates import DateMention, find_dates
from rag.names import NameMention, NameSource, find_names
from rag.numbers import NumberMention, find_numbers

Kind = Literal["number", "date", "name", "code"]

_CODE = regex.compile(r"(?<![\w/-])(?=[\p{L}\d/-]*\d)(?=[\p{L}\d/-]*\p{Lu})[\p{L}\d]+(?:[/-][\p{L}\d]+)*")
_YEARS = range(1000, 2100)
_LONGEST_CODE = 6  # words that a code is parted into: 57, nq, tw


@dataclass(frozen=True, slots=True)
class Fact:
    """A hard fact as it is written in a sentence, with what it is compared by."""

    kind: Kind
    text: str
    value: NumberMention | DateMention | NameMention | str

    @property
    def is_year(self) -> bool:
        """Whether this may be a bare year, which many sentences of an article share."""
        return self.kind == "number" and self.text.isdigit() and int(self.text) in _YEARS


def find_facts(sentence: str, language: str) -> list[Fact]:
    """The hard facts of a sentence, in no particular order."""
    dates = find_dates(sentence, language)
    facts = [Fact("date", sentence[d.start : d.end], d) for d in dates]
    rest = blank(sentence, [(d.start, d.end) for d in dates])
    numbers = find_numbers(rest, language)
    # "12M" before a euro sign is a number.
    spans = [(n.start, n.end) for n in numbers]
    codes = [c for c in _CODE.finditer(rest) if not any(a <= c.start() and c.end() <= b for a, b in spans)]
    facts += [Fact("code", code.group(), "".join(words(code.group()))) for code in codes]
    rest = blank(rest, [code.span() for code in codes])
    facts += [Fact("number", rest[n.start : n.end], n) for n in find_numbers(rest, language)]
    facts += [Fact("name", name.text, name) for name in find_names(rest, language)]
    return facts


def blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans made spaces, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


class FactSource:
    """A text that may hold facts: a quote with its neighbours, or a passage.

    Args:
        text: the words.
        language: ISO 639-1, of the text.
        context: title and source of the article; names, codes and numbers may be found there.
        date: of the article, or its beginning: "2024-11"; a date may be this one, or lack its year.
        wider: the passage around the text, where a name may be written in full.
    """

    def __init__(self, text: str, language: str, context: str = "", date: str | None = None, wider: str = "") -> None:
        self._text = text
        self._language = language
        self._context = f"{text}\n{context}"
        self._date = date
        self._names = NameSource(text, language, context, wider)

    def holds(self, fact: Fact, language: str) -> bool:
        """Whether the text says the same; `language` is that of the sentence with the fact."""
        match fact.value:
            case NumberMention():
                return not fact.value.values.isdisjoint(self._numbers)
            case DateMention():
                return any(self._same_date(fact.value, date) for date in self._dates)
            case NameMention():
                return self._names.holds(fact.value, language)
            case code:
                return code in self._codes

    def swapped(self, fact: Fact, language: str) -> bool:
        """Whether the text has another name in the place of this one."""
        return isinstance(fact.value, NameMention) and self._names.swapped(fact.value, language)

    @cached_property
    def _numbers(self) -> frozenset[object]:
        numbers = find_numbers(self._context, self._language)
        own = frozenset(value for number in numbers for value in number.values)
        years = find_numbers((self._date or "")[:4], "en")
        return own | {value for year in years for value in year.values}

    @cached_property
    def _dates(self) -> list[DateMention]:
        year, month, day = (int(part) for part in f"{self._date or '0'}-0-0".split("-")[:3])
        own = [DateMention(0, 0, year, month or None, day or None)] if year else []
        return find_dates(self._text, self._language) + own

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Every run of whole words, joined: "A 1" may be the code A1, "via 1" is not."""
        found = words(self._context)
        ends = range(1, _LONGEST_CODE + 1)
        return frozenset("".join(found[i : i + length]) for i in range(len(found)) for length in ends)

    def _same_date(self, claimed: DateMention, found: DateMention) -> bool:
        known = (
            claimed.year is None or claimed.year == found.year or (found.year is None and self._has_year(claimed.year))
        )
        pairs = ((claimed.month, found.month), (claimed.day, found.day))
        return known and all(mine is None or mine == theirs for mine, theirs in pairs)

    def _has_year(self, year: int) -> bool:
        """Whether the text, or the date of its article, names a year: "that year" may be meant."""
        return Decimal(year) in self._numbers


def source_in(article: Article, text: str, wider: str = "") -> FactSource:
    """A stretch of an article as a source of facts, with what the article's head says."""
    context = " ".join(part for part in (article.title, article.source) if part)
    return FactSource(text, article.language, context, article.date, wider)
