"""Broken and hostile files: cut off, damaged, of another kind than their name says, and made to do harm."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from tests.documents.corpus import corpus
from tests.documents.stories import Story, story, zipped
from tests.documents.writers import pdf

Case = tuple[str, bytes]

_CUTS = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 0.999)
_DAMAGES = 8
_SLOW = (".pdf", ".rtf")  # read in a process of their own: fewer of them, for the sake of time
_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_DEEP = 20_000


def cases() -> Iterator[Case]:
    """All of them, each with a name that is its own."""
    whole = _whole()
    for number, (name, data) in enumerate((*_cut(whole), *_damaged(whole), *_mistaken(whole), *by_hand())):
        yield f"{number}-{name}", data


def _whole() -> dict[str, bytes]:
    """One good file of each kind."""
    found: dict[str, bytes] = {}
    for sample in corpus():
        found.setdefault(f".{sample.name.rpartition('.')[2]}", sample.data)
    return found


def _cut(whole: dict[str, bytes]) -> Iterator[Case]:
    for suffix, data in whole.items():
        for share in _CUTS[:: 2 if suffix in _SLOW else 1]:
            yield f"cut-{share}{suffix}", data[: int(len(data) * share)]


def _damaged(whole: dict[str, bytes]) -> Iterator[Case]:
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    for suffix, data in whole.items():
        for number in range(_DAMAGES // (2 if suffix in _SLOW else 1)):
            broken = bytearray(data)
            for _ in range(1 + number * 3):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            at = chance.randrange(len(broken))
            yield f"damaged-{number}{suffix}", bytes(broken[:at] + broken[at + number :])


def _mistaken(whole: dict[str, bytes]) -> Iterator[Case]:
    contents = {
        "empty": b"",
        "blank": b" \n\t ",
        "nul": b"\0" * 1_000,
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "zip": zipped({"a.bin": b"x"}),
    }
    for suffix in whole:
        for what, data in contents.items():
            if suffix not in _SLOW or what in ("empty", "picture"):
                yield f"{what}{suffix}", data


def by_hand() -> Iterator[Case]:
    """Each made to do one kind of harm."""
    yield from _archives()
    yield from _documents()
    yield from _texts()
    yield from _pdfs()
    yield from _costly()
    yield from _attached()


def _costly() -> Iterator[Case]:
    """Small on the disk, or soon written, and hours of work for the libraries."""
    yield "tiny.html", b"<html><body><p>The words of a page.</p>" + b"<b>x</b> " * 1_000_000
    yield "links.html", b"<html><body><p>The words of a page.</p>" + b"<p><a href=/x>y</a></p>" * 400_000
    yield "tiny.docx", _replaced(_docx(story("en")), "word/document.xml", _within(b"<w:p/>" * 3_000_000))
    pages = {f"{n}.xhtml": b"<p>The words of a book.</p>" * 700_000 for n in range(10)}
    items = "".join(f'<item id="i{n}" href="{n}.xhtml" media-type="text/html"/>' for n in range(10))
    order = "".join(f'<itemref idref="i{n}"/>' for n in range(10))
    package = f"<package><manifest>{items}</manifest><spine>{order}</spine></package>".encode()
    container = b'<c><rootfile full-path="b.opf"/></c>'
    yield "bomb.epub", zipped({"META-INF/container.xml": container, "b.opf": package, **pages})


def _within(body: bytes) -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return b'<w:document xmlns:w="' + space + b'"><w:body>' + body + b"</w:body></w:document>"


def _attached() -> Iterator[Case]:
    message = EmailMessage()
    message["Subject"] = "See what I send"
    message.set_content("The words of a letter.")
    for name, data in _archives():
        message.add_attachment(data[:1_000_000], "application", "zip", filename=f"../../{name}")
    yield "archives.eml", message.as_bytes()
    yield "names.eml", message.as_bytes().replace(b'filename="', b'filename*0*="\xff\x1b[31m\0')
    yield "types.eml", message.as_bytes().replace(b"application/zip", b"message/rfc822")


def _archives() -> Iterator[Case]:
    bomb = zipped({f"{n}.txt": b"\x89PNG" * 4_800_000 for n in range(11)})
    yield "bomb.zip", bomb
    yield "one-large.zip", zipped({"a.txt": b"a " * 15_000_000})
    yield "bomb-in-word.docx", zipped({"[Content_Types].xml": b" " * 30_000_000})
    yield "bomb-in-text.odt", zipped({"content.xml": b" " * 30_000_000})
    nested = zipped({"a.txt": b"deep"})
    for _ in range(12):
        nested = zipped({"a.zip": nested})
    yield "nested.zip", nested
    bad = ("../../escape.txt", "/etc/escape.txt", "C:\\escape.txt", "..\\..\\escape.txt", "a/../../escape.txt")
    yield "paths.zip", zipped(dict.fromkeys((*bad, "a\nb\x1b[31m.txt", "good.txt"), b"The words of a file."))
    locked = bytearray(zipped({"a.txt": b"secret"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    yield "locked.zip", bytes(locked)
    yield "locked.docx", bytes(locked)
    liar = bytearray(zipped({"a.txt": b"a" * 1_000_000}))
    struct.pack_into("<L", liar, liar.index(b"PK\x01\x02") + 24, 10)
    yield "liar.zip", bytes(liar)
    yield "method.zip", zipped({"a.txt": b"a"}).replace(b"\x08\x00\x00\x00", b"\x63\x00\x00\x00")
    yield "many.zip", _many(100_100)
    yield "itself.zip", zipped({"itself.zip": b"PK\x05\x06" + b"\0" * 18})


def _many(count: int) -> bytes:
    """An archive whose directory lists one small file again and again."""
    archive = zipped({"a.txt": b"a"})
    at = archive.index(b"PK\x01\x02")
    end = archive.index(b"PK\x05\x06")
    entry = archive[at:end]
    tail = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, count, count, len(entry) * count, at)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, at + len(entry) * count, 1)
    last = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return archive[:at] + entry * count + tail + locator + last


def _documents() -> Iterator[Case]:
    told = story("en")
    for number, xml in enumerate(
        (
            _ENTITIES + b"]><x>&j;</x>",
            b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
            b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
            b"<x>" * _DEEP + b"</x>" * _DEEP,
            b"<x",
            b"",
            b"\xff\xfe\x00",
        )
    ):
        yield f"xml-{number}.odt", zipped({"content.xml": xml})
        yield f"meta-{number}.odt", zipped({"content.xml": b"<x><text>a</text></x>", "meta.xml": xml})
        yield f"xml-{number}.epub", zipped({"META-INF/container.xml": xml})
        yield f"xml-{number}.docx", _replaced(_docx(told), "word/document.xml", xml)
        yield f"types-{number}.docx", _replaced(_docx(told), "[Content_Types].xml", xml)
    spaces = '<x xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:text><text:p>a<text:s text:c="{}"/>b'
    yield "spaces.odt", zipped({"content.xml": (spaces.format(10**9) + "</text:p></text:text></x>").encode()})
    outside = b'<c><rootfile full-path="../../../../etc/passwd"/></c>'
    yield "outside.epub", zipped({"META-INF/container.xml": outside})


def _docx(told: Story) -> bytes:
    from docx import Document

    target = io.BytesIO()
    document = Document()
    document.add_paragraph(told.body)
    document.save(target)
    return target.getvalue()


def _replaced(archive: bytes, name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        return zipped({each: data if each == name else file.read(each) for each in file.namelist()})


def _texts() -> Iterator[Case]:
    yield "deep.json", b"[" * 1_000_000
    yield "deep-object.json", b'{"text":' * 200_000
    yield "deep-line.jsonl", b'{"text": "A line of words."}\n' + b"[" * 100_000 + b"\n{\n"
    yield "number.json", b'{"text": ' + b"9" * 100_000 + b"}"
    yield "surrogate.json", b'{"text": "half \\ud800 of a letter", "title": "\\udfff", "url": "https://\\ud800"}'
    yield "nan.json", b'{"text": NaN}'
    yield "kinds.json", json.dumps({"text": ["a", None, {"b": [1]}], "date": {}, "author": [[[]]]}).encode()
    yield "no-text.json", b'{"a": 1, "b\\n": 2}'
    yield "quote.csv", b'text,title\n"' + b"a,\n" * 20_000
    yield "columns.csv", b"a\n1\n"
    yield "wide.csv", b"a," * 9_000 + b"a\n" + b"1\n" * 100_000
    yield "menus.txt", b"Read more\na\n" * 4_000
    yield "entries.txt", b"Read more\n" + b"A one.\n" * 40_000
    yield "ragged.csv", b"text,title\n1\n1,2,3,4\n\n"
    yield "nul.csv", b"text\na\0b\n"
    yield "twice.csv", b"id,text\n1,one\n1,two\n../../x,three\n\x1b[31m,four\n"
    part = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n'
    yield "deep.eml", b"Subject: x\n" + b"".join(part % (n, n) for n in range(3_000))
    yield "messages.eml", b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 3_000
    yield "headers.eml", b"".join(b"X-%d: y\n" % n for n in range(50_000)) + b"\nbody"
    yield "long-header.eml", b"Subject: " + b"=?utf-8?q?a?= " * 5_000 + b"\nFrom: " + b"<" * 5_000 + b"\n\nbody"
    yield "charset.eml", b"Subject: x\nContent-Type: text/plain; charset=no-such\n\nbody \xff\n"
    yield "base64.eml", b"Subject: x\nContent-Transfer-Encoding: base64\n\n!!!!\n"
    yield "path.mhtml", b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Location: ../../../x\n\nx\n--b--"
    yield "froms.mbox", b"From a\n\n" * 2_000
    yield "none.mbox", b"no letters here"
    yield "fields.rtf", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 20_000
    yield "braces.rtf", b"{\\rtf1 " + b"{" * 300_000
    yield "closing.rtf", b"{\\rtf1 a" + b"}" * 300_000
    yield "binary.rtf", b"{\\rtf1 {\\pict\\bin99999999999999 x}}"
    yield "codepage.rtf", b"{\\rtf1\\ansicpg99999 \\'ff\\u99999999? \\uc-5 text}"
    yield "deep.html", b"<div>" * 100_000 + b"words"
    yield "deep.md", b"> " * 100_000 + b"words"
    yield "entities.xhtml", _ENTITIES + b"]><html><body><p>&j;</p></body></html>"


def _pdfs() -> Iterator[Case]:
    told = story("en")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(50, 700, "hidden words")
    canvas.save()
    yield "encrypted.pdf", target.getvalue()
    whole = pdf(told)
    yield "huge-page.pdf", whole.replace(b"/MediaBox [ 0 0", b"/MediaBox [ 0 9")
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>"
    )
    yield "loop.pdf", loop
    yield "no-end.pdf", b"%PDF-1.7\n" + b"1 0 obj<<" * 50_000
    yield "xref.pdf", b"%PDF-1.7\nxref\n0 99999999\ntrailer<</Size 99999999/Prev 9>>\nstartxref\n9\n%%EOF"
