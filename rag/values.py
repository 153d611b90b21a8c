"""The numbers and dates of a sentence, as values that another sentence may give otherwise.

Numbers are compared only when they count the same, and dates part by part. Rounding is no difference: "about 1,200"
and "1,203" agree, "12 million" and "12.4 million" too, "12" and "13 million" do not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from documents import words
from documents.dates import DateMention
from rag.facts import Fact, find_facts
from rag.hedges import is_bound, is_rough
from rag.name_words import ORDINARY
from rag.numbers import NumberMention, readings
from rag.units import unit_at

DATE = "date"
"""The kind of all dates and years."""

_STEM = 5
_WINDOW = 40  # characters before a number in which the word before it stands
_WORD_BEFORE = regex.compile(r"([\p{L}\p{M}]+)[^\p{L}\d]*$")
_WORDS_BEHIND = regex.compile(r"[\s-]{1,2}([\p{L}\p{M}]+)(?:\s([\p{L}\p{M}]+))?")
_IN_A_YEAR = regex.compile("in|since|until|by|i|år|sedan|till|en|depuis|dès|năm|từ|đến|seit|im|jahr")
# What is numbered rather than counted: "article 29", "line 1".
_NUMBERED = regex.compile(
    "articles?|artikel|section|chapter|chapitre|kapitel|n[or]?|o|number|numéro|nummer|rule|line|ligne|linje|phase|route"
    "|annex|loi|lag|résolution|resolution|protokoll|paragraf|số|điều|chương|khoản|tuyến|luật"
)
_ROUNDED, _ROUGH = Decimal("0.05"), Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a date of a sentence.

    Attributes:
        kind: what it counts, a unit or the stem of a noun; DATE for dates.
        written: as the sentence has it.
        what: the date or the number.
        more: the stem of the word behind the noun, if it tells anything: "galleries" of which kind?
        rough: whether it is said to be about so much.
        bound: whether it is said to be at least or at most so much.
    """

    kind: str
    written: str
    what: DateMention | NumberMention
    more: str = ""
    rough: bool = False
    bound: bool = False


def find_values(text: str, language: str) -> list[Value]:
    """The values of a text that can be compared; numbers in codes and names, and those of laws, are none.

    Args:
        text: any text.
        language: ISO 639-1.
    """
    return [value for fact in find_facts(text, language) for value in _values(fact, text, language)]


def agree(one: Value, other: Value) -> bool:
    """Whether two values may be the same, one of them rounded or said in part; True if they cannot be compared."""
    match one.what, other.what:
        case DateMention() as mine, DateMention() as theirs:
            return all(a is None or b is None or a == b for a, b in zip(_parts(mine), _parts(theirs), strict=True))
        case NumberMention() as mine, NumberMention() as theirs:
            comparable = one.bound == other.bound and not (one.more and other.more and one.more != other.more)
            return not comparable or any(_near(a, one, b, other) for a in mine.values for b in theirs.values)
    return True


def holds(found: Value, value: Value) -> bool:
    """Whether one value says all that the other says: "6 May" does of "6 May 1994", "1994" does not."""
    match found.what, value.what:
        case DateMention() as mine, DateMention() as theirs:
            same_day = (mine.month, mine.day) == (theirs.month, theirs.day) or theirs.month is None
            return same_day and (mine.year == theirs.year or (mine.year is None and theirs.month is not None))
        case NumberMention() as mine, NumberMention() as theirs:
            return not mine.values.isdisjoint(theirs.values)
    return False


def tells(value: Value, given: Value, otherwise: Value) -> bool:
    """Whether a value, perhaps of another language, is one of two that differ and not the other."""
    match value.what, given.what, otherwise.what:
        case NumberMention() as mine, NumberMention() as one, NumberMention() as other:
            return bool(mine.values & one.values) and not mine.values & other.values
        case DateMention(), DateMention(), DateMention():
            return agree(value, given) and not agree(value, otherwise)
    return False


def _values(fact: Fact, text: str, language: str) -> Iterator[Value]:
    match fact.value:
        case DateMention() as date:
            yield Value(DATE, fact.text, date)
        case NumberMention() as number:
            before = text[max(0, number.start - _WINDOW) : number.start]
            word = _WORD_BEFORE.search(before)
            last = word.group(1).casefold() if word else ""
            behind = _WORDS_BEHIND.match(text, number.end)
            noun, more = (_telling(behind.group(i), language) if behind else "" for i in (1, 2))
            unit = unit_at(text, number.start, number.end)
            if fact.is_year and not unit and (_IN_A_YEAR.fullmatch(last) or not noun):
                yield Value(DATE, fact.text, DateMention(number.start, number.end, int(fact.text), None, None))
            elif unit or (not _NUMBERED.fullmatch(last) and (noun or (last and not behind))):
                kind, more = (unit, "") if unit else (noun or f"{last} -", more)
                hedged = {"rough": is_rough(before), "bound": is_bound(before)}
                yield Value(kind, fact.text, number, more, **hedged)


def _telling(word: str | None, language: str) -> str:
    """The stem of a word, nothing for a small word."""
    if not word or word.casefold() in ORDINARY.get(language, ()):
        return ""
    return "".join(words(word))[:_STEM]


def _parts(date: DateMention) -> tuple[int | None, ...]:
    return date.year, date.month, date.day


def _near(a: Decimal, one: Value, b: Decimal, other: Value) -> bool:
    """Whether rounding explains what two numbers differ by."""
    apart, most = abs(a - b), max(a, b)
    steps = zip(_steps(a, one.written), _steps(b, other.written), strict=True)
    sure, loose = (max(pair) for pair in steps)
    if apart * 2 <= sure and (apart == 0 or sure < most):
        return True
    if one.rough or other.rough or one.bound:
        return apart <= most * _ROUGH
    return apart < most * _ROUNDED and apart * 2 <= loose


def _steps(value: Decimal, written: str) -> tuple[Decimal, Decimal]:
    """How finely a number is written: the place of its last digit, and of its last digit that is not nought.

    Exact numbers end in noughts too, so only the first is sure: the step of "12.4 million" is 100,000, that of
    "1,200" is 1 or 100.
    """
    digits = regex.match(r"\d(?:[.,\s]?\d)*", written)
    bases = [base for base in readings(digits.group()) if 0 < base <= value] if digits else []
    base = max(bases, default=value)
    exponent = min(0, int(base.as_tuple().exponent))
    sure = (value / base if base else 1) * Decimal(10) ** exponent
    noughts = 0 if exponent or not base else len(str(int(base))) - len(str(int(base)).rstrip("0"))
    return sure, sure * Decimal(10) ** noughts
