"""Files of word processors and books, and PDF, with a story in each; made by the libraries that write the formats."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib as mpl

from tests.documents.stories import Story, zipped

_FONT = Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"  # holds the letters of all these languages


def docx(told: Story) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title, document.core_properties.author = told.title, told.author
    document.core_properties.created = datetime.fromisoformat(told.date).replace(tzinfo=UTC)
    document.sections[0].header.paragraphs[0].text = "Example Media, internal"
    document.add_heading(told.title, 0)
    for words in told.paragraphs:
        document.add_paragraph(words)
    return _saved(document.save)


def docx_table(told: Story) -> bytes:
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


def odt(told: Story) -> bytes:
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


def rtf(told: Story) -> bytes:
    """Written by hand, as Word writes it: no library does."""
    year, month, day = (int(part) for part in told.date.split("-"))
    info = rf"{{\info{{\title {_rtf_words(told.title)}}}{{\author {_rtf_words(told.author)}}}"
    info += rf"{{\creatim\yr{year}\mo{month}\dy{day}\hr8\min0}}}}"
    fonts = r"{\fonttbl{\f0\fswiss Helvetica;}}{\stylesheet{\s0 Normal;}}"
    body = "".join(rf"\pard\f0 {_rtf_words(words)}\par " for words in (told.title, *told.paragraphs))
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{info}{{\header Example Media\par}}{body}}}".encode("ascii")


def _rtf_words(words: str) -> str:
    return "".join(c if c.isascii() else rf"\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in words)


def epub(told: Story) -> bytes:
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


def _saved(save: Callable[[Any], Any]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
