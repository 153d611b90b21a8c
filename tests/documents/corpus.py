"""Small files over all formats, with what is right for each; made by the libraries that write the formats.

A file holds a story in one of several languages and, where its format has a place for it, noise: menus, running
headers, page numbers, styles. Each paragraph has a number of its own, so that none is like another.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import matplotlib as mpl

from tests.documents.texts import paragraph

_FONT = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"  # holds the letters of all these languages


@dataclass(frozen=True)
class Story:
    """What a file tells."""

    title: str
    paragraphs: tuple[str, ...]
    date: str
    language: str
    author: str

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(frozen=True)
class Sample:
    """A file, the story in it, and what must be found: fields it can say, and pages of paragraphs (from 1)."""

    name: str
    data: bytes
    story: Story
    fields: tuple[str, ...]
    pages: tuple[int, ...] = ()
    member: str = ""


_TITLES = {
    "fr": "Un nouveau pont relie les deux rives",
    "sv": "En ny bro förbinder de båda stränderna",
    "en": "A new bridge joins the two banks",
    "vi": "Cây cầu mới nối liền hai bờ sông",
    "de": "Eine neue Brücke verbindet die beiden Ufer",
}
LANGUAGES = tuple(_TITLES)
_DAYS = {"fr": "2024-11-20", "sv": "2023-05-03", "en": "2025-01-31", "vi": "2024-02-29", "de": "2022-12-24"}


def story(language: str, count: int = 4) -> Story:
    numbered = tuple(f"{paragraph(language)} ({n}/{count})" for n in range(1, count + 1))
    return Story(_TITLES[language], numbered, _DAYS[language], language, "Eva Lindström")


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


def _docx(told: Story) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = told.title, told.author
    document.core_properties.created = datetime.fromisoformat(told.date).replace(tzinfo=UTC)
    document.sections[0].header.paragraphs[0].text = "Example Media, internal"
    document.add_heading(told.title, 0)
    for words in told.paragraphs:
        document.add_paragraph(words)
    return _saved(document.save)


def _docx_table(told: Story) -> bytes:
    """The story in lists and in a table; the headline is a heading, the properties are empty."""
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = "", told.author
    document.core_properties.created = datetime.fromisoformat(told.date).replace(tzinfo=UTC)
    document.add_heading(told.title, 1)
    for words in told.paragraphs[:2]:
        document.add_paragraph(words, style="List Bullet")
    table = document.add_table(1, 2)
    for cell, words in zip(table.rows[0].cells, told.paragraphs[2:], strict=True):
        cell.text = words
    return _saved(document.save)


def _odt(told: Story) -> bytes:
    from odf import dc, meta
    from odf.opendocument import OpenDocumentText
    from odf.text import H, List, ListItem, P

    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text=told.title))
    document.meta.addElement(meta.InitialCreator(text=told.author))
    document.meta.addElement(meta.CreationDate(text=f"{told.date}T08:00:00"))
    document.text.addElement(H(outlinelevel=1, text=told.title))
    for words in told.paragraphs[:-1]:
        document.text.addElement(P(text=words))
    items = List()
    items.addElement(item := ListItem())
    item.addElement(P(text=told.paragraphs[-1]))
    document.text.addElement(items)
    return _saved(document.save)


def _rtf(told: Story) -> bytes:
    """Written by hand, as Word writes it: no library does."""
    year, month, day = (int(part) for part in told.date.split("-"))
    info = rf"{{\info{{\title {_rtf_words(told.title)}}}{{\author {_rtf_words(told.author)}}}"
    info += rf"{{\creatim\yr{year}\mo{month}\dy{day}\hr8\min0}}}}"
    fonts = r"{\fonttbl{\f0\fswiss Helvetica;}}{\stylesheet{\s0 Normal;}}"
    body = "".join(rf"\pard\f0 {_rtf_words(words)}\par " for words in (told.title, *told.paragraphs))
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{info}{{\header Example Media\par}}{body}}}".encode("ascii")


def _rtf_words(words: str) -> str:
    return "".join(c if c.isascii() else rf"\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in words)


def _epub(told: Story) -> bytes:
    """Written by hand, as the library for it is AGPL."""
    chapters = [told.paragraphs[:2], told.paragraphs[2:]]
    head = '<?xml version="1.0" encoding="utf-8"?>'
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in (1, 2))
    package = (
        f'{head}<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'version="3.0"><metadata><dc:title>{told.title}</dc:title><dc:creator>{told.author}</dc:creator>'
        f"<dc:date>{told.date}</dc:date><dc:language>{told.language}</dc:language></metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine></package>'
    )
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'{head}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": "<html><body><nav>Contents</nav></body></html>",
    }
    for number, words in enumerate(chapters, 1):
        inner = (f"<h1>{told.title}</h1>" if number == 1 else "") + "".join(f"<p>{each}</p>" for each in words)
        files[f"OEBPS/text/c{number}.xhtml"] = f"{head}<html><head><title>x</title></head><body>{inner}</body></html>"
    return zipped({name: text.encode() for name, text in files.items()})


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


def pdf(told: Story, columns: int = 1, page: int = 100) -> bytes:
    """Set in columns, with a running header and page numbers, `page` paragraphs to a page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(TTFont("Body", str(_FONT)))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4)
    canvas.setTitle(told.title)
    canvas.setAuthor(told.author)
    width = (A4[0] - 100 - 24 * (columns - 1)) / columns
    groups = [told.paragraphs[at : at + page] for at in range(0, len(told.paragraphs), page)]
    for number, group in enumerate(groups, 1):
        lines: list[str] = []
        for words in group:
            lines += [*_wrapped(words, width, lambda text: stringWidth(text, "Body", 10)), ""]
        if number == 1:
            canvas.setFont("Body", 17)
            canvas.drawString(50, 760, told.title)
            canvas.setFont("Body", 9)
            canvas.drawString(50, 735, told.date)
        canvas.setFont("Body", 10)
        tall = -(-len(lines) // columns)
        for row in range(tall):  # across the columns: the order of writing is not that of reading
            for column in range(columns):
                words = lines[column * tall + row] if column * tall + row < len(lines) else ""
                canvas.drawString(50 + column * (width + 24), 700 - 13 * row, words)
        canvas.setFont("Body", 8)
        canvas.drawString(50, 815, f"Example Media No. {number}")
        canvas.drawString(280, 25, f"{number} / {len(groups)}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _wrapped(words: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in words.split():
        wider = f"{lines[-1]} {word}".strip()
        if measure(wider) > width:
            lines.append(word)
        else:
            lines[-1] = wider
    return lines


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


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def _saved(save: Callable[[Any], Any]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


_ALL = ("title", "date", "language")
_LETTER = (*_ALL, "author")
_MAKERS: tuple[tuple[Callable[[Story], bytes], str, tuple[str, ...]], ...] = (
    (_text, ".txt", _ALL),
    (_text16, ".txt", _ALL),
    (_markdown, ".md", _ALL),
    (page, ".html", _ALL),
    (_mhtml, ".mhtml", _ALL),
    (_docx, ".docx", _LETTER),
    (_docx_table, ".docx", _LETTER),
    (_odt, ".odt", _LETTER),
    (_rtf, ".rtf", _LETTER),
    (_epub, ".epub", _LETTER),
    (_letter, ".eml", _LETTER),
    (_html_letter, ".eml", _LETTER),
    (_record, ".json", _LETTER),
)
