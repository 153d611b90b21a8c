import io
import zipfile
from pathlib import Path

from documents import parse
from tests.documents.stories import zipped

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REFERS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


def test_a_table_in_a_cell_is_told_once() -> None:
    from docx import Document

    document = Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Name"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "Falun"
    made = io.BytesIO()
    document.save(made)
    assert parse(made.getvalue(), path=Path("a.docx")).text == "| Name | Falun |"


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
