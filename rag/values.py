"""The numbers and dates of a sentence as values that another sentence may give otherwise.

A number is compared only with one that counts the same, and differs only where rounding cannot explain it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from documents import words
from documents.dates import DateMention
from rag.facts import Fact, find_facts
from rag.name_words import ORDINARY
from rag.numbers import NumberMention, readings
from rag.units import unit_at

DATE = "date"
"""The kind of all dates and years."""

_STEM = 5
_BEFORE = regex.compile(r"([\p{L}\p{M}]+)[^\p{L}\d]*$")
_BEHIND = regex.compile(r"[\s-]{1,2}([\p{L}\p{M}]+)")
_TIME = frozenset("in since until by i år sedan till en depuis dès năm từ đến seit im jahr".split())
_LABELS = regex.compile(
    r"(?:articles?|artikel|sections?|chapters?|chapitres?|kapitel|paragraph\w*|n[or]?|numbers?|numéros?|nummer|số|điều"
    r"|chương|khoản|resolutions?|résolutions?|lines?|lignes?|linje|tuyến|phases?|rules?|routes?|loi|law|lag|act|"
    r"protocol\w*|annex\w*)",
    regex.IGNORECASE,
)
_ABOUT = regex.compile(
    r"(?<!\w)(?:about|around|nearly|almost|some|roughly|approximately|circa|close to|environ|près d|presque|quelque|autour d"
    r"|omkring|cirka|ca|ungefär|nästan|runt|knappt|khoảng|gần|chừng|xấp xỉ|etwa|rund|ungefähr|fast|knapp)(?!\w)",
    regex.IGNORECASE,
)
_BOUND = regex.compile(
    r"(?<!\w)(?:over|more than|at least|at most|up to|less than|fewer than|under|below|above|plus d|moins d|au moins|au plus"
    r"|jusqu|över|mer än|fler än|minst|mest|högst|upp till|under|mindre än|drygt|hơn|trên|ít nhất|tối đa|dưới|không quá"
    r"|über|mehr als|mindestens|höchstens|bis zu|unter)(?!\w)",
    regex.IGNORECASE,
)
_HEDGE = 24  # characters before a number in which it may be called a rough one
_ROUNDED, _ROUGH = Decimal("0.05"), Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a date of a sentence.

    Attributes:
        kind: what it counts; only values of one kind are compared.
        written: as the sentence has it.
        number: None for a date.
        date: None for a number.
        rough: whether it is said to be about so much.
        bound: whether it is said to be at least or at most so much.
    """

    kind: str
    written: str
    number: NumberMention | None = None
    date: DateMention | None = None
    rough: bool = False
    bound: bool = False


def find_values(sentence: str, language: str) -> list[Value]:
    """The values of a sentence that can be compared; numbers in codes, laws and names are none."""
    return [value for fact in find_facts(sentence, language) for value in _values(fact, sentence, language)]


def _values(fact: Fact, sentence: str, language: str) -> Iterator[Value]:
    match fact.value:
        case DateMention() as date:
            yield Value(DATE, fact.text, date=date)
        case NumberMention() as number:
            before = _BEFORE.search(sentence[: number.start])
            word = before.group(1) if before else ""
            if fact.is_year and _is_year(sentence, number, word, language):
                yield Value(DATE, fact.text, date=DateMention(number.start, number.end, int(fact.text), None, None))
            elif kind := _kind(sentence, number, word, language):
                hedge = sentence[max(0, number.start - _HEDGE) : number.start]
                yield Value(
                    kind, fact.text, number=number, rough=bool(_ABOUT.search(hedge)), bound=bool(_BOUND.search(hedge))
                )


def _is_year(sentence, number, before, language) -> bool:
    if unit_at(sentence, number.start, number.end):
        return False
    behind = _BEHIND.match(sentence, number.end)
    return before.casefold() in _TIME or behind is None or behind.group(1).casefold() in ORDINARY.get(language, ())


def _kind(sentence, number, before, language):
    if unit := unit_at(sentence, number.start, number.end):
        return unit
    if _LABELS.fullmatch(before):
        return None
    behind = _BEHIND.match(sentence, number.end)
    if behind:
        noun = behind.group(1).casefold()
        if noun in ORDINARY.get(language, ()):
            return None
        return f"{''.join(words(noun))[:_STEM]}"
    return f"{''.join(words(before))[:_STEM]} -" if before else None


def agree(one: Value, other: Value) -> bool:
    """Whether two values of one kind may be the same, one of them rounded or said in part."""
    if one.date and other.date:
        return _same_date(one.date, other.date)
    if one.number is None or other.number is None or one.bound != other.bound:
        return True
    rough = one.rough or other.rough or one.bound
    return any(_near(a, b, one, other, rough) for a in one.number.values for b in other.number.values)


def _same_date(one, other) -> bool:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _near(a: Decimal, b: Decimal, one: Value, other: Value, rough: bool) -> bool:
    apart, most = abs(a - b), max(a, b)
    sure, loose = max(_steps(a, one), _steps(b, other), key=lambda s: s)
    sure = max(_steps(a, one)[0], _steps(b, other)[0])
    loose = max(_steps(a, one)[1], _steps(b, other)[1])
    if apart == 0 or (sure and apart * 2 <= sure and sure < most):
        return True
    return apart < most * (_ROUGH if rough else _ROUNDED) and (rough or apart * 2 <= loose)


def _steps(value: Decimal, written: Value) -> tuple[Decimal, Decimal]:
    """How fine a number is written: the place of its last digit, and of its last digit that is not nought."""
    match = regex.match(r"\d+(?:[., \u00a0\u202f]\d+)*", written.written)
    bases = [base for base in readings(match.group()) if base and value % base == 0 or base and True] if match else []
    base = max(bases, default=value)
    scale = value / base if base else Decimal(1)
    digits = -int(base.as_tuple().exponent)
    sure = scale * Decimal(10) ** -max(digits, 0)
    whole = int(base) if base == int(base) else 0
    zeros = len(str(whole)) - len(str(whole).rstrip("0")) if whole and digits <= 0 else 0
    return sure, sure * Decimal(10) ** zeros
