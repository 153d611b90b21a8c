import io
import zipfile
from pathlib import Path

from documents import parse
from tests.documents.stories import zipped

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REFERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TEXT = (
    '<?xml version="1.0"?><o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:text>{}</o:text></o:body></o:document-content>'
)


def _note(number: int, words: str, kind: str = "") -> str:
    return f'<w:footnote w:id="{number}"{kind}><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'


def with_notes() -> bytes:
    """Two paragraphs with a footnote each, of which the second stands first in the file of notes."""
    from docx import Document

    document = Document()
    for number, words in ((2, "The bridge was opened in May."), (1, "It was closed again in June.")):
        run = document.add_paragraph(words).add_run()
        run._r.append(run._r.makeelement(f"{{{_WORD}}}footnoteReference", {f"{{{_WORD}}}id": str(number)}))
    made = io.BytesIO()
    document.save(made)
    separator = _note(-1, "----", ' w:type="separator"')
    notes = (
        f'<w:footnotes xmlns:w="{_WORD}">{separator}{_note(1, "For repairs.")}{_note(2, "By the king.")}</w:footnotes>'
    )
    relation = f'<Relationship Id="notes" Type="{_REFERS}/footnotes" Target="footnotes.xml"/></Relationships>'
    with zipfile.ZipFile(made) as before:
        members = {name: before.read(name) for name in before.namelist()}
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", relation.encode())
    members["word/footnotes.xml"] = notes.encode()
    kind = b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'  # noqa: E501
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", kind)
    return zipped(members)


def test_a_footnote_stands_behind_the_paragraph_that_refers_to_it() -> None:
    assert parse(with_notes(), path=Path("a.docx")).text == (
        "The bridge was opened in May.[1]\n\n[1] By the king.\n\nIt was closed again in June.[2]\n\n[2] For repairs."
    )


def test_a_note_of_an_odt_stands_behind_its_paragraph_too() -> None:
    note = "<t:note><t:note-citation>i</t:note-citation><t:note-body><t:p>By the king.</t:p></t:note-body></t:note>"
    source = _TEXT.format(f"<t:p>The bridge was opened{note} in May.</t:p><t:p>It was closed.</t:p>")
    article = parse(zipped({"content.xml": source.encode()}), path=Path("a.odt"))
    assert article.text == "The bridge was opened[1] in May.\n\n[1] By the king.\n\nIt was closed."


def test_a_declared_header_of_a_table_is_ruled_off() -> None:
    def line(*cells: str) -> str:
        return f"<b:table-row>{''.join(f'<b:table-cell><t:p>{c}</t:p></b:table-cell>' for c in cells)}</b:table-row>"

    table = (
        f"<b:table><b:table-header-rows>{line('Name', 'Town')}</b:table-header-rows>{line('Eva', 'Falun')}</b:table>"
    )
    article = parse(zipped({"content.xml": _TEXT.format(table).encode()}), path=Path("a.odt"))
    assert article.text == "| Name | Town |\n|---|---|\n| Eva | Falun |"


def test_a_table_in_a_cell_is_told_once() -> None:
    from docx import Document

    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Name"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Falun"
    made = io.BytesIO()
    document.save(made)
    assert parse(made.getvalue(), path=Path("a.docx")).text == "| Name | Falun |"

    def table(words: str) -> str:
        return f"<b:table><b:table-row><b:table-cell>{words}</b:table-cell></b:table-row></b:table>"

    source = _TEXT.format(table(table("<t:p>Falun</t:p>")))
    assert parse(zipped({"content.xml": source.encode()}), path=Path("a.odt")).text == "| Falun |"


def test_a_repeated_header_row_of_word_is_ruled_off() -> None:
    from docx import Document

    document = Document()
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Name", "Town", "Eva", "Falun"), strict=True):
        cell.text = words
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(f"{{{_WORD}}}tblHeader"))
    made = io.BytesIO()
    document.save(made)
    assert parse(made.getvalue(), path=Path("a.docx")).text.endswith("| Name | Town |\n|---|---|\n| Eva | Falun |")
