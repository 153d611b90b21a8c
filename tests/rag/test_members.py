"""Files with several articles in a library: each member an article of its own, known again by its name."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Library
from tests.documents.stories import story, zipped
from tests.documents.writers import pdf
from tests.fakes import FakeEncoder
from tests.rag.parts import open_library

WORDS = "The mayor opened bridge number {} on Monday, before a large crowd of people."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library", FakeEncoder()) as opened:
        yield opened


def write(path: Path, *numbers: int) -> Path:
    rows = ({"id": f"n{number}", "title": f"Bridge {number}", "text": WORDS.format(number)} for number in numbers)
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_each_member_is_an_article_that_names_its_place(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "press.jsonl", 1, 2)
    assert len(library.add(file).added) == 2
    found = {article.title: article.path for article in library.articles()}
    assert found == {"Bridge 1": f"{file}::n1", "Bridge 2": f"{file}::n2"}


def test_members_stay_the_same_when_others_come(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "press.jsonl", 1, 2)
    library.add(file)
    report = library.add(write(file, 3, 2, 1))
    assert (len(report.added), len(report.unchanged), len(report.replaced)) == (1, 2, 0)


def test_a_bad_member_stops_nothing(library: Library, tmp_path: Path) -> None:
    archive = tmp_path / "press.zip"
    members = {
        "a.txt": WORDS.format(1),
        "../b.txt": WORDS.format(2),
        "c.txt": "",
        "d.jsonl": "{",
        "e.txt": WORDS.format(3),
    }
    archive.write_bytes(zipped({name: text.encode() for name, text in members.items()}))
    report = library.add(archive)
    assert len(report.added) == 2
    assert len(report.problems) == 3
    assert all(f"{archive}" in str(problem) for problem in report.problems)


def test_a_file_that_cannot_be_parted_is_one_problem(library: Library, tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    report = library.add(tmp_path / "bad.zip")
    assert [str(problem).partition(" is ")[0] for problem in report.problems] == [f"{tmp_path}/bad.zip"]


def test_members_that_left_a_file_leave_with_the_folder(library: Library, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    file = write(tmp_path / "folder/press.jsonl", 1, 2)
    library.sync(tmp_path / "folder")
    write(file, 2)
    library.sync(tmp_path / "folder")
    assert [article.title for article in library.articles()] == ["Bridge 2"]


def test_a_passage_of_a_paper_tells_its_page(library: Library, tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(pdf(story("en", 9), columns=2, page=3))
    (article_id,) = library.add(tmp_path / "paper.pdf").added
    assert len(library.article(article_id).pages) == 3
    assert {passage.page for passage in library.passages(article_id)} == {1, 2, 3}
