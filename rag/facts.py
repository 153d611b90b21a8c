"""Hard facts: the numbers, dates, names and codes of a sentence, and whether a text holds them.

A fluent sentence with one wrong number is worse than none, so these are compared by value, not by likeness:
`1 100` and `1,100` agree, `22 décembre 2024` and `December 22, 2024` agree, `74` and `47` do not.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import regex

from documents import words
from documents.dates import DateMention, find_dates
from rag.numbers import NumberMention, find_numbers

Kind = Literal["number", "date", "name", "code"]

_CODE = regex.compile(r"(?<![\w/-])(?=[\p{L}\d/-]*\d)(?=[\p{L}\d/-]*\p{Lu})[\p{L}\d]+(?:[/-][\p{L}\d]+)*")
_CAPITALISED = r"\p{Lu}[\p{L}\p{M}]+"  # a lone capital is an initial or an article: "D.", "L'"
_NAME = regex.compile(rf"{_CAPITALISED}(?:[ -]{_CAPITALISED})*")
_MIN_STEM, _STEM_SHARE = 4, 0.6
_ACRONYM_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """A hard fact as it is written in a sentence, with what it is compared by."""

    kind: Kind
    text: str
    value: NumberMention | DateMention | tuple[str, ...]


def find_facts(sentence: str, language: str) -> list[Fact]:
    """The hard facts of a sentence, in no particular order."""
    dates = find_dates(sentence, language)
    facts = [Fact("date", sentence[d.start : d.end], d) for d in dates]
    rest = _blank(sentence, [(d.start, d.end) for d in dates])
    codes = list(_CODE.finditer(rest))
    facts += [Fact("code", code.group(), (_compact(code.group()),)) for code in codes]
    rest = _blank(rest, [code.span() for code in codes])
    facts += [Fact("number", rest[n.start : n.end], n) for n in find_numbers(rest, language)]
    if language != "de":  # every German noun is written like a name
        facts += _names(rest)
    return facts


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans made spaces, so that offsets stay."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _names(sentence: str) -> Iterator[Fact]:
    first = regex.search(r"[\p{L}\d]", sentence)
    for match in _NAME.finditer(sentence):
        tokens = regex.split(r"[ -]", match.group())
        # The first word of a sentence is capital whatever it is.
        if first and match.start() == first.start() and not _is_acronym(tokens[0]):
            tokens = tokens[1:]
        if tokens:
            yield Fact("name", " ".join(tokens), tuple(tokens))


def _is_acronym(token: str) -> bool:
    return token.isupper() and 1 < len(token) <= _ACRONYM_LENGTH


class FactSource:
    """A text that may hold facts: a quote with its neighbours, or a passage.

    Args:
        text: the words.
        language: ISO 639-1, of the text.
        context: title, source and date of the article; names may be found there, and a date's year.
    """

    def __init__(self, text: str, language: str, context: str = "", date: str | None = None) -> None:
        self._text = text
        self._language = language
        self._context = f"{text}\n{context}"
        self._date = date

    def holds(self, fact: Fact, language: str) -> bool:
        """Whether the text says the same; `language` is that of the sentence with the fact."""
        match fact.value:
            case NumberMention():
                return not fact.value.values.isdisjoint(self._numbers)
            case DateMention():
                return any(self._same_date(fact.value, date) for date in self._dates)
            case tuple() if fact.kind == "code":
                return fact.value[0] in self._compact
            case tokens:
                return self._holds_name(tokens, language)

    @cached_property
    def _numbers(self) -> frozenset[object]:
        numbers = find_numbers(self._text, self._language)
        own = frozenset(value for number in numbers for value in number.values)
        years = find_numbers((self._date or "")[:4], "en")
        return own | {value for year in years for value in year.values}

    @cached_property
    def _dates(self) -> list[DateMention]:
        return find_dates(self._text, self._language)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(words(self._context))

    @cached_property
    def _compact(self) -> str:
        return _compact(self._context)

    def _same_date(self, claimed: DateMention, found: DateMention) -> bool:
        year = found.year or int((self._date or "0")[:4])
        pairs = ((claimed.year, year), (claimed.month, found.month), (claimed.day, found.day))
        return all(mine is None or mine == theirs for mine, theirs in pairs)

    def _holds_name(self, tokens: tuple[str, ...], language: str) -> bool:
        found = sum(self._holds_token(token, language) for token in tokens)
        return found * 2 >= len(tokens) or _territories(" ".join(tokens), language) <= self._territories != frozenset()

    def _holds_token(self, token: str, language: str) -> bool:
        folded = "".join(words(token)) or token.casefold()
        if folded in self._words:
            return True
        if _is_acronym(token):
            return language != self._language and self._holds_letters(folded)
        stem = max(_MIN_STEM, round(len(folded) * _STEM_SHARE))
        alike = len(folded) >= _MIN_STEM and any(word.startswith(folded[:stem]) for word in self._words)
        return alike or (len(folded) >= _MIN_STEM and folded in self._compact)

    def _holds_letters(self, acronym: str) -> bool:
        """Acronyms change their order between languages: AI and IA, NATO and OTAN."""
        return any(Counter(acronym) == Counter(word) for word in self._words if len(word) == len(acronym))

    @cached_property
    def _territories(self) -> frozenset[str]:
        return _territories(self._context, self._language)


def _compact(text: str) -> str:
    return "".join(words(text))


def _territories(text: str, language: str) -> frozenset[str]:
    """CLDR codes of the countries and regions that a text names, so that Chine and China agree."""
    padded = f" {' '.join(words(text))} "
    return frozenset(code for name, code in _territory_names(language) if f" {name} " in padded)


@lru_cache(maxsize=32)
def _territory_names(language: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - loading CLDR takes a while

    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple((" ".join(words(name)), code) for code, name in names.items() if not code.isdigit())
