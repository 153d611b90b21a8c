"""The page as it is built, before any browser sees it."""

import re
from pathlib import Path

import gradio as gr
import httpx

from rag import Library
from tests.fakes import FakeEncoder, FakeGenerator
from ui.web.context import Context
from ui.web.head import renamed
from ui.web.memory import open_memory
from ui.web.page import build
from ui.web.serve import launch
from ui.web.turns import Turns


def test_no_field_begins_as_nothing(tmp_path: Path) -> None:
    """A browser under load asks before its fields are drawn, and sends what they began with."""
    memory = open_memory(tmp_path)
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        page = build(Context(library, memory, Turns()))
        fields = [block for block in page.blocks.values() if isinstance(block, gr.Textbox)]
        assert fields
        assert [field.elem_id for field in fields if field.value is None] == []
    memory.close()


def test_the_page_has_our_name_before_any_script_runs(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        served = launch(library, wait=False)
        page = httpx.get(served.local_url, trust_env=False).text
        served.close()
    head, _, body = page.partition("</head>")
    assert "<title>Dossier</title>" in head
    assert re.findall(r'"((?:og|twitter):[^"]*)"', head) == ["og:title"]
    assert 'property="og:title" content="Dossier"' in head
    assert "Gradio" not in re.sub(r"(?s)<(script|style)\b.*?</\1>", "", head)
    assert "</html>" in body


def test_what_is_no_page_is_left_as_it_is() -> None:
    assert renamed(b"<p>no head</p>") == b"<p>no head</p>"


def test_pages_that_were_closed_do_not_stay_in_memory(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        served = launch(library, wait=False)
        capacity = served.app.state_holder.capacity
        served.close()
    assert capacity <= 1_000, "each takes a tenth of a MB"
