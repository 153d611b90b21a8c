"""Small files over all formats, with what is right for each; made by the libraries that write the formats.

A file holds a story in one of several languages and, where its format has a place for it, noise: menus, running
headers, page numbers, styles. Each paragraph has a number of its own, so that none is like another.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from tests.documents.stories import LANGUAGES, Story, story, zipped
from tests.documents.writers import docx, docx_table, epub, odt, pdf, rtf


@dataclass(frozen=True)
class Sample:
    """A file, the story in it, and what must be found: fields it can say, and pages of paragraphs (from 1)."""

    name: str
    data: bytes
    story: Story
    fields: tuple[str, ...]
    pages: tuple[int, ...] = ()
    member: str = ""


def corpus() -> Iterator[Sample]:
    """All of them: every maker with every language, and archives of several."""
    for number, (maker, suffix, fields) in enumerate(_MAKERS, 1):
        for language in LANGUAGES:
            told = story(language)
            yield Sample(f"{number}-{language}{suffix}", maker(told), told, fields)
    for language in LANGUAGES:
        told = story(language, 9)
        yield Sample(f"pages-{language}.pdf", pdf(told, columns=2, page=3), told, _ALL, (1, 1, 1, 2, 2, 2, 3, 3, 3))
        yield Sample(f"one-page-{language}.pdf", pdf(story(language)), story(language), _ALL, (1, 1, 1, 1))
    stories = [story(language) for language in LANGUAGES]
    for name, data, members in _several(stories):
        for told, member in zip(stories, members, strict=True):
            yield Sample(name, data, told, _ALL if name.endswith((".jsonl", ".csv", ".json")) else _LETTER, (), member)


def _text(told: Story) -> bytes:
    return f"{told.title}\n\n{told.date}\n\n{told.body}\n".encode()


def _text16(told: Story) -> bytes:
    return _text(told).decode().encode("utf-16")


def _markdown(told: Story) -> bytes:
    front = f"---\ntitle: {told.title}\ndate: {told.date}\nlanguage: {told.language}\n---\n"
    return f"{front}# {told.title}\n\n{told.body}\n".encode()


def page(told: Story) -> bytes:
    """A web page with a menu, a footer and a script around the story."""
    meta = f'<meta property="article:published_time" content="{told.date}T08:00:00Z"><meta charset="utf-8">'
    inner = "".join(f"<p>{words}</p>" for words in told.paragraphs)
    return (
        f'<!doctype html><html lang="{told.language}"><head><title>{told.title}</title>{meta}</head><body>'
        "<nav><a href='/a'>Start</a> <a href='/b'>Sport</a></nav><script>var x = 1;</script>"
        f"<article><h1>{told.title}</h1>{inner}</article><footer>© Example Media 2021</footer></body></html>"
    ).encode()


def _mhtml(told: Story) -> bytes:
    message = EmailMessage()
    message["Subject"] = told.title
    message["Snapshot-Content-Location"] = "https://press.example/bridge"
    message.set_content(page(told).decode(), subtype="html", cte="quoted-printable")
    message.add_related(b"\x89PNG....", "image", "png", filename="../../logo.png")
    return message.as_bytes()


def letter(told: Story, *, html: bool = False) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = told.title, f"{told.author} <eva@press.example>"
    message["Date"] = datetime.fromisoformat(f"{told.date}T08:00:00+01:00")
    message["Message-ID"] = f"<{told.language}@press.example>"
    message.set_content("" if html else told.body, cte="base64")
    if html:
        message.clear_content()
        inner = "".join(f"<p>{words}</p>" for words in told.paragraphs)
        message.set_content(f"<style>p {{ color: red }}</style>{inner}", subtype="html", cte="base64")
    message.add_attachment(b"not of the letter", "application", "octet-stream", filename="../a.bin")
    return message.as_bytes()


def _letter(told: Story) -> bytes:
    return letter(told)


def _html_letter(told: Story) -> bytes:
    return letter(told, html=True)


def record(told: Story) -> dict[str, Any]:
    named = {"id": f"n-{told.language}", "headline": told.title, "published": f"{told.date}T08:00:00Z"}
    return {**named, "body": told.body, "lang": told.language, "author": {"name": told.author}}


def _record(told: Story) -> bytes:
    return json.dumps(record(told)).encode()


def _several(stories: list[Story]) -> Iterator[tuple[str, bytes, list[str]]]:
    ids = [f"n-{told.language}" for told in stories]
    yield "all.jsonl", b"\n".join(_record(told) for told in stories), ids
    yield "all.json", json.dumps({"articles": [record(told) for told in stories]}).encode(), ids
    table = io.StringIO()
    rows = csv.writer(table, delimiter=";")
    rows.writerow(("id", "Title", "Date", "Text"))
    rows.writerows((f"n-{told.language}", told.title, told.date, told.body) for told in stories)
    yield "all.csv", table.getvalue().encode("utf-8-sig"), ids
    opened = (b"From eva@press.example Mon Nov 20 08:00:00 2024\n" + letter(told) + b"\n\n" for told in stories)
    yield "all.mbox", b"".join(opened), [f"{told.language}@press.example" for told in stories]
    names = [f"2024/{told.language}.eml" for told in stories]
    yield "all.zip", zipped(dict(zip(names, map(letter, stories), strict=True))), names


_ALL = ("title", "date", "language")
_LETTER = (*_ALL, "author")
_MAKERS: tuple[tuple[Callable[[Story], bytes], str, tuple[str, ...]], ...] = (
    (_text, ".txt", _ALL),
    (_text16, ".txt", _ALL),
    (_markdown, ".md", _ALL),
    (page, ".html", _ALL),
    (_mhtml, ".mhtml", _ALL),
    (docx, ".docx", _LETTER),
    (docx_table, ".docx", _LETTER),
    (odt, ".odt", _LETTER),
    (rtf, ".rtf", _LETTER),
    (epub, ".epub", _LETTER),
    (_letter, ".eml", _LETTER),
    (_html_letter, ".eml", _LETTER),
    (_record, ".json", _LETTER),
)
