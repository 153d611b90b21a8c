import io
import time
import zipfile
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import ArticleError, isolated, parse
from documents.content import Content
from documents.costly import LARGE_DOCUMENT, LARGE_PAGE, from_json, is_costly, to_json
from documents.metadata import Metadata
from documents.parse import read_content
from tests.documents.corpus import corpus, page
from tests.documents.stories import story, zipped
from tests.documents.texts import law

_WORDS = "The river rose by two metres in the night, and the mayor closed the bridge. "


@pytest.fixture(autouse=True)
def _free(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with other work on it reads slowly."""
    monkeypatch.setattr(isolated, "_TIME_LIMIT", 300.0)


def large_page() -> bytes:
    """An article, with more of a script in its head than a page usually has of anything."""
    return page(story("sv")).replace(b"var x = 1;", b"var x = 1; " * (LARGE_PAGE // 10))


def test_files_of_a_usual_size_are_read_at_once() -> None:
    assert not any(is_costly(sample.data, Path(sample.name).suffix) for sample in corpus())


def test_a_large_page_says_the_same_in_a_process_of_its_own() -> None:
    data = large_page()
    assert is_costly(data, ".html")
    article = parse(data, path=Path("bro.html"))
    small = parse(page(story("sv")), path=Path("bro.html"))
    assert article == small


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
def test_a_large_document_is_told_by_what_it_unpacks_to(suffix: str) -> None:
    data = zipped({"word/document.xml": b" " * (LARGE_DOCUMENT + 1)})
    assert len(data) < LARGE_DOCUMENT / 100
    assert is_costly(data, suffix)
    assert not is_costly(zipped({"picture.png": b" " * (LARGE_DOCUMENT + 1)}), suffix)
    assert not is_costly(data[:-30], suffix)


def test_what_is_wrong_with_a_large_file_is_told_as_of_a_small_one() -> None:
    data = zipped({"word/document.xml": b"<w>" + b" " * LARGE_DOCUMENT + b"</w>"})
    with pytest.raises(ArticleError) as large:
        parse(data, path=Path("a.docx"))
    with pytest.raises(ArticleError) as small:
        read_content(data, ".docx", "a.docx")
    assert str(large.value) == str(small.value)


def _hours() -> bytes:
    """A page of tiny elements, for which the libraries would take minutes."""
    tiny = "<b>x</b> " * 1_900_000
    return f"<html><body><article><p>{_WORDS * 20}</p>{tiny}</article></body></html>".encode()


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_TIME_LIMIT", 2.0)
    start = time.monotonic()
    with pytest.raises(ArticleError, match="not read within 2 s"):
        parse(_hours(), path=Path("a.html"))
    assert time.monotonic() - start < 30


def test_a_document_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_TIME_LIMIT", 1.0)
    space = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    source = f'<o><t:text xmlns:t="{space}">{"<t:p>a</t:p>" * 1_500_000}</t:text></o>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", source)
    with pytest.raises(ArticleError, match="not read within 1 s"):
        parse(made.getvalue(), path=Path("a.odt"))


def test_a_page_of_an_address_that_ends_its_process_is_told_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_SCRIPT", Path("no such script"))
    with pytest.raises(ArticleError, match="reading it as a page ended with code"):
        isolated.read_apart("", large_page(), name="https://a.example/1")


def test_more_text_than_a_library_of_novels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("documents.parse"), "_MOST_CHARACTERS", 100)
    with pytest.raises(ArticleError, match=r"152 characters; the limit is 100"):
        parse((_WORDS * 2).encode(), path=Path("a.txt"))


spans = st.tuples(st.integers(0, 9), st.integers(0, 9))
words = st.text(st.characters(exclude_categories=["Cs"]))
metadata = st.builds(
    Metadata,
    title=st.none() | words,
    date=st.none() | words,
    headline=st.none() | spans,
    others=st.lists(spans).map(tuple),
    provenance=st.lists(st.tuples(words, words)).map(tuple),
)
contents = st.builds(
    Content,
    text=words,
    known=metadata,
    pages=st.lists(st.integers(0, 9)).map(tuple),
    chapters=st.lists(st.tuples(spans, words)).map(tuple),
)


@law
@given(content=contents)
def test_what_a_process_gives_arrives_as_it_was(content: Content) -> None:
    import json

    assert from_json(json.loads(json.dumps(to_json(content)))) == content
