"""What an article says about itself: title, date, source and address, in plain text.

Articles saved from news sites carry this in lines of their own: the site's name, a ` date 2024-11 ` marker in front
of the headline, a source's name with the date stuck to it, an agency in brackets, a line with the address. A
line that might be something else is left alone: a missing date does less harm than a wrong one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import regex

from documents.article import Span
from documents.dates import find_dates
from documents.lines import SENTENCE_END
from documents.published import iso_date, standing_date
from documents.site_name import is_site_name


@dataclass(frozen=True)
class Metadata:
    """What is known about an article; None where nothing is.

    Attributes:
        title: the headline.
        date: ISO 8601, as precise as it was given.
        source: who published it.
        language: ISO 639-1 code that the article declares.
        url: where it was published.
        author: who wrote it.
        modified: when it was last changed, as `date`.
        rubric: the part of the publication it appeared in.
        headline: where the title stands in the text.
        others: where lines stand that are not part of the story (site name, date, address).
        provenance: pairs of a field's name and where its value comes from, such as ("date", "line 5").
    """

    title: str | None = None
    date: str | None = None
    source: str | None = None
    language: str | None = None
    url: str | None = None
    author: str | None = None
    modified: str | None = None
    rubric: str | None = None
    headline: Span | None = None
    others: tuple[Span, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()


_MARKER = regex.compile(r"\s*date\s+(?P<date>\d{4}(?:-\d{2}){0,2})\s+")
_SITE = regex.compile(r"(?P<name>(?:[\p{L}\d-]+\.)+\p{L}{2,10})(?:\s+[-–—|:]\s+.{1,80})?\s*$")
_CAPTION = regex.compile(
    r"(?:photos?|foto|ảnh|bild|image|légende|bildtext|caption|illustration)\b.{0,40}$|.*\b(?:photo|foto|ảnh)\s?:",
    regex.IGNORECASE,
)
_ADDRESS = regex.compile(
    r"[ \t]*(?:source|sources|lien|url|link|källa|länk|quelle|nguồn|fuente|fonte|bron|kilde|lähde|źródło|zdroj|"
    r"forrás|kaynak|sumber|источник|джерело|来源|來源|出典|출처|المصدر)\s*[::]\s*(?P<url>https?://[^\s<>\"]+)[ \t]*$",
    regex.IGNORECASE,
)
_WORD = r"\p{Lu}[\p{L}\p{M}.’'\-]*"
_PARTICLE = r"(?:de|du|von|van|der|den|la|le|al|el|bin|af|da|dos|di)"
_FULL_NAME = rf"{_WORD}(?:\s(?:{_PARTICLE}\s)*{_WORD}){{1,4}}"
_BY = regex.compile(
    r"(?i:by|par|av|von|por|door|af|di|text|texte|auteur|author|tác giả|författare|autor|автор)\s*[::]?\s+"
    rf"(?P<name>{_FULL_NAME}(?:(?:,|\s(?:and|et|och|und|y|e|en|og|và|&))\s{_FULL_NAME}){{0,3}})"
    r"(?:\s?[,|·•–—(-].{0,60}|\s+\d.{0,40})?$"
)
_TWICE = regex.compile(r"(?P<name>\p{L}.{2,60}?)\s?(?P=name)\s?\d{1,2}[./-]\d{1,2}[./-]\d{4}")
_UPDATED = regex.compile(
    r"(?:last )?(?:updated|modified)|mis(?:e)? à jour|modifié|actualisé|uppdatera[dt]|senast ändrad|cập nhật|"
    r"aktualisiert|opdateret|oppdatert|bijgewerkt|actualizado|atualizado|aggiornato|päivitetty|zaktualizowano|обновлено|оновлено|"
    r"更新|تحديث|آخر تحديث",
    regex.IGNORECASE,
)
_AGENCY = regex.compile(r"[\p{L}\d ,.’'\-]{2,50}\((?P<name>\p{Lu}[\p{L}./\-]{1,20})\)\s*[-–—:]")
_SIGNATURE = regex.compile(r"[-–—]?\s*(?P<name>\p{Lu}{2,8}(?:/\p{Lu}{2,8})*)\s*$")
# An address; an end that headlines do not have; several whole sentences.
_PROSE = regex.compile(r"^https?://|(?<!\.\.)[.;,。।]$|[.!?…]\s+\p{Lu}.*[!?！？؟]$")
_HEADLINE = 250  # characters; longer first lines are paragraphs
_NAME = 80  # characters; a longer line names nobody
_TOP = 12  # lines that are not blank
_BESIDE = 2  # words next to a date that is all a line gives: "Publié le", "Paris, le", a day of the week


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    words: str

    @property
    def span(self) -> Span:
        return self.start, self.end


def read_plain(text: str, language: str) -> Metadata:
    """Read the metadata of a plain text.

    Args:
        text: the whole article.
        language: its ISO 639-1 code, for the names of months.

    Returns:
        What the text gives; the title keeps its exact place in the text as `headline`.
    """
    lines = list(_lines(text))
    return _metadata(text, _told(text, lines, language)) if lines else Metadata()


_Value = tuple[_Line, str]
"""What a line says, with the line."""


@dataclass(frozen=True)
class _Told:
    """What the lines of a text say of it; None where none does.

    Attributes:
        marker: the date before the headline.
        site: the name of the site, alone on the first line.
        named: lines that name the site elsewhere.
        headline: the line with the title.
        dated: when it appeared.
        changed: when it was changed.
        byline: who wrote it.
        signed: the letters that the author or an agency signs with, on the last line.
        agency: whose news it is, in brackets.
        address: where it was published.
        publisher: lines about the publisher, beside the address.
    """

    marker: tuple[Span, _Value] | None
    site: _Value | None
    named: list[_Line]
    headline: _Line | None
    dated: _Value | None
    changed: _Value | None
    byline: _Value | None
    signed: _Value | None
    agency: _Value | None
    address: _Value | None
    publisher: list[_Line]


def _told(text: str, lines: list[_Line], language: str) -> _Told:
    """Ask every line what it may say."""
    first = lines[0]
    lines, marked = _without_marker(lines)
    address = _found(_ADDRESS, reversed(lines), "url")
    publisher = list(_publisher(lines, lines.index(address[0]))) if address else []
    site = _found(_SITE, lines[:1], "name") if len(lines) > 1 else None
    below = _headline_below(text, lines[1:], language)
    named = _named(lines, publisher, address[1] if address else None, below)
    headline = below if site or lines[0] in named else _headline(text, lines)
    top = [line for line in lines[1:_TOP] if line != headline]
    return _Told(
        marker=((first.start, lines[0].start - 1), (first, marked)) if marked else None,
        site=site,
        named=named,
        headline=headline,
        dated=_dated((line for line in top if not _UPDATED.match(line.words)), language),
        changed=_dated((line for line in top if _UPDATED.match(line.words)), language),
        byline=_byline(top),
        signed=_found(_SIGNATURE, lines[-1:], "name") if len(lines) > 2 else None,  # noqa: PLR2004 - title and body
        agency=_found(_AGENCY, lines[:_TOP], "name"),
        address=address,
        publisher=publisher,
    )


def _found(pattern: regex.Pattern[str], lines: Iterable[_Line], name: str) -> _Value | None:
    """The first line that is of a form, and the part of it that counts."""
    return next(((line, match[name]) for line in lines if (match := pattern.match(line.words))), None)


def _metadata(text: str, told: _Told) -> Metadata:
    """What was told, each value with the place that it comes from."""
    found = {
        "title": (told.headline, told.headline.words) if told.headline else None,
        "date": told.marker[1] if told.marker else told.dated,
        "modified": told.changed,
        "source": _source(told),
        "author": told.byline,
        "url": told.address,
    }
    values: dict[str, Any] = {field: value[1] for field, value in found.items() if value}
    headline = told.headline.span if told.headline else None
    return Metadata(
        **values,
        provenance=tuple((field, _place(text, value[0])) for field, value in found.items() if value),
        headline=headline,
        others=tuple(sorted({span for span in _beside_the_story(told) if span != headline})),
    )


def _source(told: _Told) -> _Value | None:
    """Who published it: the surest of those who are named."""
    named = (told.named[0], told.named[0].words) if told.named else None
    return next(filter(None, (told.site, named, told.agency, told.signed)), None)


def _beside_the_story(told: _Told) -> Iterator[Span]:
    """Where lines stand that tell of the article and are no part of it."""
    if told.marker:
        yield told.marker[0]
    for value in (told.site, told.byline, told.address, told.signed):
        if value:
            yield value[0].span
    for value in (told.dated, told.changed):
        if value and len(value[0].words) < _HEADLINE:
            yield value[0].span
    yield from (line.span for line in (*told.publisher, *told.named))


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = position + line.index(words)
            yield _Line(start, start + len(words), words)
        position += len(line) + 1


def _without_marker(lines: list[_Line]) -> tuple[list[_Line], str | None]:
    first = lines[0]
    match = _MARKER.match(first.words)
    marked = iso_date(match["date"]) if match else None
    if match is None or marked is None:
        return lines, None
    rest = _Line(first.start + match.end(), first.end, first.words[match.end() :])
    return [rest, *lines[1:]], marked


def _headline(text: str, lines: list[_Line]) -> _Line | None:
    """The first line, where it reads like a headline and something follows it."""
    if not lines:
        return None
    first, following = lines[0], lines[1:2]
    if len(first.words) > _HEADLINE or _CAPTION.match(first.words) or _ADDRESS.match(first.words):
        return None
    if _PROSE.search(first.words) or not regex.search(r"\p{L}", first.words):
        return None
    if following and _continues(text, first, following[0]):
        return None
    return first


def _headline_below(text: str, lines: list[_Line], language: str) -> _Line | None:
    """The headline under a first line that may name the site: not when or by whom, which stand under a headline."""
    found = _headline(text, lines)
    return None if found is None or _byline([found]) or _is_date(found.words, language) else found


def _is_date(words: str, language: str) -> bool:
    """Whether a line gives a date and hardly anything else: "Retour sur le 3 mai 2019" is a headline."""
    date = next((mention for mention in find_dates(words, language) if mention.year), None)
    if date is None:
        return False
    beside = regex.findall(r"\p{L}{2,}", f"{words[: date.start]} {words[date.end :]}")
    return len(beside) <= _BESIDE or _UPDATED.match(words) is not None


def _continues(text: str, first: _Line, second: _Line) -> bool:
    """Whether the second line goes on with the first one's sentence, as in text of a fixed width."""
    return text.count("\n", first.end, second.start) == 1 and second.words[0].islower()


def _dated(lines: Iterable[_Line], language: str) -> _Value | None:
    for line in lines:
        found = standing_date(line.words, language)
        if found and not _CAPTION.match(line.words):
            return line, found
    return None


def _publisher(lines: list[_Line], address: int) -> Iterator[_Line]:
    """The line before the address that names a desk or an office, between the story's last sentence and it."""
    if address > 1 and len(lines[address - 1].words) <= _NAME:
        before, line = lines[address - 2], lines[address - 1]
        if SENTENCE_END.search(before.words) and line.words[0].isupper() and not SENTENCE_END.search(line.words):
            yield line


def _named(lines: list[_Line], publisher: list[_Line], address: str | None, below: _Line | None) -> list[_Line]:
    """The lines at the ends of the text that hold nothing but the name of its site.

    Args:
        lines: those that are not blank.
        publisher: the line that names a desk or an office, if there is one.
        address: where the text says that it was published.
        below: the headline under the first line; without one, that line is the headline and names nobody.
    """
    if len(lines) <= 2:  # noqa: PLR2004 - title and body
        return []
    ends = [*(lines[:1] if below else []), *publisher, lines[-1]]
    ends = [line for at, line in enumerate(ends) if line not in ends[:at]]
    words = [line.words for line in ends]
    return [
        line
        for at, line in enumerate(ends)
        if is_site_name(line.words, words[:at] + words[at + 1 :], address, opens=line is lines[0])
    ]


def _byline(lines: Iterable[_Line]) -> _Value | None:
    """A line that says who wrote: "By Jane Doe", or a name that stands twice before a date, as some sites print it."""
    for line in lines:
        match = _BY.match(line.words) or _TWICE.match(line.words)
        if match:
            return line, match["name"].strip()
    return None


def _place(text: str, line: _Line) -> str:
    return f"line {text.count(chr(10), 0, line.start) + 1}"
