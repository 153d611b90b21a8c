from pathlib import Path

from documents import parse
from tests.documents.stories import zipped

_TEXT = (
    '<?xml version="1.0"?><o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:text>{}</o:text></o:body></o:document-content>'
)


def read(body: str) -> str:
    """The text of a document with this body."""
    return parse(zipped({"content.xml": _TEXT.format(body).encode()}), path=Path("a.odt")).text


def test_a_note_stands_behind_the_paragraph_that_refers_to_it() -> None:
    note = "<t:note><t:note-citation>i</t:note-citation><t:note-body><t:p>By the king.</t:p></t:note-body></t:note>"
    source = f"<t:p>The bridge was opened{note} in May.</t:p><t:p>It was closed.</t:p>"
    assert read(source) == "The bridge was opened[1] in May.\n\n[1] By the king.\n\nIt was closed."


def test_a_declared_header_of_a_table_is_ruled_off() -> None:
    def line(*cells: str) -> str:
        return f"<b:table-row>{''.join(f'<b:table-cell><t:p>{c}</t:p></b:table-cell>' for c in cells)}</b:table-row>"

    table = (
        f"<b:table><b:table-header-rows>{line('Name', 'Town')}</b:table-header-rows>{line('Eva', 'Falun')}</b:table>"
    )
    assert read(table) == "| Name | Town |\n|---|---|\n| Eva | Falun |"


def test_a_table_in_a_cell_is_told_once() -> None:
    def table(words: str) -> str:
        return f"<b:table><b:table-row><b:table-cell>{words}</b:table-cell></b:table-row></b:table>"

    assert read(table(table("<t:p>Falun</t:p>"))) == "| Falun |"
