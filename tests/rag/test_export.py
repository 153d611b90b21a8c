"""Articles leave a library as they are, with all that is known of them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article
from documents.errors import LibraryError
from rag import Library
from rag.export import as_json, as_markdown, file_name
from tests.rag.parts import open_library

RIVER = "The river rose\n\nThe river rose by two metres in 2024.\n---\nThe mayor closed the old bridge for a week."
HOSTILE = Article(
    "x",
    f"{RIVER} It fell\u2028\x85",
    "../../etc/passwd\n---\ndate: 1999",
    url="https://a.example/1",
    source='A "B" \\ #: C',
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library") as opened:
        opened.add(
            Article("r", RIVER, "Flut in Köln", date="2024-11", source="AFP", language="de", author="A. B."), HOSTILE
        )
        yield opened


def test_lines_hold_everything(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    assert library.export(file) == 2
    lines = file.read_bytes().decode().split("\n")
    assert lines.pop() == ""
    for line, summary in zip(lines, library.articles(), strict=True):
        assert json.loads(line) == json.loads(json.dumps(asdict(library.article(summary.id))))
        assert len(line.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_folder_of_markdown_can_be_added_again(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert library.export(folder) == 2
    assert {path.parent for path in folder.rglob("*")} == {folder}
    with open_library(tmp_path / "again") as again:
        assert len(again.add(folder).added) == 2
        texts = [again.article(summary.id).text for summary in again.articles()]
        assert all(any(RIVER.split("\n---", maxsplit=1)[0] in text for text in texts) for _ in texts)
        known = {summary.title: summary for summary in again.articles()}
        assert known["Flut in Köln"].date == "2024-11"
        assert known["Flut in Köln"].source == "AFP"


def test_copies_are_written_too_and_name_each_other(library: Library, tmp_path: Path) -> None:
    library.add(Article("copy", RIVER, "Flood", source="DN", url="https://dn.example/1"))
    library.export(tmp_path / "all.jsonl")
    written = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text().splitlines()]
    assert {article["source"] for article in written if article["text"] == RIVER} == {"AFP", "DN"}
    assert all(article["places"] for article in written if article["text"] == RIVER)


def test_exporting_again_replaces_and_touches_nothing_else(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    library.export(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    library.export(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert before["mine.txt"] == b"mine"


@pytest.mark.parametrize("name", ["missing/all.jsonl", "file/folder", "a\0b.jsonl"])
def test_where_nothing_can_be_written(library: Library, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="cannot be written"):
        library.export(tmp_path / name)


@given(st.text(), st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(max_size=20))
def test_no_title_leads_out_of_the_folder_or_ends_the_front_matter(title: str, text: str, article_id: str) -> None:
    name = file_name(Article(article_id, text, title))
    assert Path(name).name == name
    assert len(name.encode("utf-8", "replace")) < 255
    assert not name.startswith(".")
    sound = title.encode("utf-8", "replace").decode()
    page = as_markdown(Article("x", text, sound))
    head = page.removesuffix(text).splitlines()
    assert head[0] == head[-2] == "---"
    assert head.count("---") == 2
    assert page.endswith(text)
    assert json.loads(as_json(Article("x", text, sound)))["title"] == sound
