"""Every word of the interface, in the languages it speaks.

The words stand in `assets/texts/LANGUAGE/PLACE.ftl`, in Fluent's format (https://projectfluent.org): each text has a
key and may hold values, and says itself how it changes with a number. What an answer says, an abstention included,
stays in the language of its question and is none of this.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource

FOLDER = Path(__file__).parent.with_name("assets") / "texts"

LANGUAGES = ("en", "fr", "sv", "vi")
"""What the interface speaks; the first one where nobody asks for another."""

_DAY = {"en": "d MMM y"}  # Babel's own is American; the other languages' own are right
_MEGA, _GIGA = 10**6, 10**9
_MINUTES_FROM = 90  # seconds; fewer are told in seconds
_WISH = re.compile(r"([A-Za-z]{1,8})[A-Za-z0-9-]*\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?))?\s*(?:,|$)")

Value = str | int | float
"""What a text may hold; numbers are written as the language does."""


@dataclass(frozen=True)
class Texts:
    """The words of one language: `t("chat-ask")`, `t("page-articles", count=3)`.

    Attributes:
        language: ISO 639-1, one of `LANGUAGES`.
    """

    language: str

    @staticmethod
    def of(language: str | None) -> "Texts":
        """The words of a language, of the first one where the interface does not speak it."""
        return _texts(language if language in LANGUAGES else LANGUAGES[0])

    def __call__(self, key: str, **values: Value) -> str:
        """One text.

        Raises:
            LookupError: there is no such text, or it needs a value that is not given.
        """
        if not self._bundle.has_message(key):
            raise LookupError(f"There is no text {key!r} in {self.language!r}.")
        message = self._bundle.get_message(key)
        if message.value is None:
            raise LookupError(f"The text {key!r} in {self.language!r} has no value.")
        text, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise LookupError(f"The text {key!r} in {self.language!r}: {errors[0]}")
        return str(text)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return bool(self._bundle.has_message(key))

    def day(self, iso: str | None) -> str:
        """A date in words, as precise as it is known: 2024, Nov 2024 or 20 Nov 2024; what is no date as it is."""
        try:
            if iso and len(iso) == len("2024-11"):
                return str(format_skeleton("yMMM", date.fromisoformat(f"{iso}-01"), locale=self._locale))
            return str(format_date(date.fromisoformat(iso or ""), _DAY.get(self.language, "medium"), self._locale))
        except ValueError:
            return iso or ""

    def moment(self, when: datetime) -> str:
        """A day and the time of it, to the minute."""
        return f"{self.day(when.date().isoformat())}, {when:%H:%M}"

    def language_name(self, code: str | None) -> str | None:
        """The name of a language, None when the code names none."""
        return self._locale.languages.get(code) if code and code != "und" else None

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the language's own separators, and this many digits behind the comma."""
        return str(format_decimal(value, "#,##0" + ("." + "0" * digits if digits else ""), self._locale))

    def percent(self, share: float) -> str:
        """A share of 1 as per cent, rounded down: what is not over is never 100."""
        return str(format_percent(int(share * 100) / 100, locale=self._locale))

    def size(self, count: float) -> str:
        """So many bytes, in MB or, from 1,000 MB, in GB."""
        if count >= _GIGA:
            return f"{self.number(count / _GIGA, 1)} {self('unit-gigabytes')}"
        return f"{self.number(count / _MEGA)} {self('unit-megabytes')}"

    def duration(self, seconds: float) -> str:
        """A time to wait, as roughly as it is known: 15 seconds, 3 minutes."""
        if seconds > _MINUTES_FROM:
            return self("unit-minutes", count=round(seconds / 60))
        return self("unit-seconds", count=max(5, 5 * round(seconds / 5)))

    @cached_property
    def _locale(self) -> Locale:
        return Locale(self.language)

    @cached_property
    def _bundle(self) -> FluentBundle:
        # No marks of direction around values: they would be copied with the text. Templates isolate names with <bdi>.
        bundle = FluentBundle([self.language], use_isolating=False)
        for path in sorted((FOLDER / self.language).glob("*.ftl")):
            bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
        return bundle


@cache
def _texts(language: str) -> Texts:
    return Texts(language)


def preferred(accept_language: str | None) -> str:
    """The language of the interface that a browser would rather have.

    Args:
        accept_language: the header of its request.
    """
    wishes = [(float(share or 1), code.lower()) for code, share in _WISH.findall(accept_language or "")]
    spoken = [(share, code) for share, code in wishes if share > 0 and code in LANGUAGES]
    return max(spoken, key=lambda wish: wish[0], default=(0, LANGUAGES[0]))[1]


def own_name(language: str) -> str:
    """A language's name in itself, as people look for it in a list."""
    name: str = Locale(language).get_display_name(language) or language
    return name[:1].upper() + name[1:]
