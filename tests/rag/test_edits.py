"""What the user corrects stays corrected, whatever happens to the file."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import Article
from documents.errors import LibraryError
from rag import Filters, Library
from rag.edits import FIELDS, checked, edited
from rag.store import Edit
from tests.fakes import FakeEncoder
from tests.rag.parts import RIVER, write_articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", river=RIVER)


def test_a_corrected_value_is_shown_found_and_says_where_it_comes_from(
    library: Library, folder: Path, encoder: FakeEncoder
) -> None:
    (river,) = library.add(folder).added
    encoder.encoded.clear()
    article = library.edit(river, date="2024-11-20", source="Le Monde", author="A. B.", rubric="Local", modified="2025")
    assert encoder.encoded == []  # nothing that passages depend on
    assert article == library.article(river)
    assert (article.date, article.source, article.author) == ("2024-11-20", "Le Monde", "A. B.")
    assert (article.rubric, article.modified, article.text) == ("Local", "2025", RIVER)
    assert dict(article.provenance)["date"] == "edited"
    assert library.articles()[0].source == "Le Monde"
    assert library.retrieve("river", k=1, filters=Filters(sources=("le monde",), date_to="2024-12"))


def test_a_new_title_is_what_the_article_is_found_by(library: Library, folder: Path) -> None:
    (river,) = library.add(folder).added
    assert library.edit(river, title="A school opens").title == "A school opens"
    passage_ids = library._store.passage_ids().tolist()
    assert all("school" in words for words in library._store.words(passage_ids).values())
    assert all(passage.article.title == "A school opens" for passage in library.passages(river))
    library._store.check()


def test_edits_outlive_changes_and_moves_of_the_file(library: Library, folder: Path) -> None:
    (river,) = library.sync(folder).added
    library.edit(river, title="Flood", date="2024-11")
    write_articles(folder, river=RIVER + " It rained.")
    assert library.sync(folder).replaced == (river,)
    (folder / "river.txt").rename(folder / "flood.txt")
    assert library.sync(folder).moved == (river,)
    article = library.article(river)
    assert (article.title, article.date) == ("Flood", "2024-11")
    assert article.text.endswith("It rained.")
    assert dict(article.provenance)["title"] == "edited"


def test_undoing_gives_what_was_read_the_last_time(library: Library, folder: Path) -> None:
    (river,) = library.add(folder).added
    before = library.article(river)
    library.edit(river, title="Flood", source="AFP")
    library.edit(river, title="A flood", undo=("source",))
    assert library.article(river).source == before.source
    write_articles(folder, river="The lake rose" + RIVER.removeprefix("The river rose"))
    library.add(folder)
    assert library.article(river).title == "A flood"
    after = library.edit(river, undo=("title",))
    assert after.title == "The lake rose"
    assert "edited" not in dict(after.provenance).values()


def test_removing_an_article_forgets_its_edits(library: Library, folder: Path) -> None:
    (river,) = library.add(folder).added
    library.edit(river, title="Flood")
    library.remove(river)
    library.add(folder)
    assert library.article(river).title == "The river rose"


def test_unknown_is_a_value_too(library: Library, folder: Path) -> None:
    (river,) = library.add(folder).added
    library.edit(river, date="2024")
    article = library.edit(river, date=None, language="")
    assert (article.date, article.language) == (None, "und")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "other"),
        ("title", " "),
        ("title", "half \ud800 of one"),
        ("title", "a\x1b[31m"),
        ("title", "x" * 5000),
        ("date", "20/11/2024"),
        ("date", "2024-13"),
        ("date", "2024-02-30"),
        ("modified", "yesterday"),
        ("language", "Swedish"),
        ("language", "xx"),
        ("url", "javascript:alert(1)"),
        ("url", "http://[::1"),
        ("url", "https://"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(library: Library, folder: Path, field: str, value: str) -> None:
    (river,) = library.add(folder).added
    before = library.article(river)
    with pytest.raises(LibraryError, match=field):
        library.edit(river, source="AFP", **{field: value})
    assert library.article(river) == before


def test_undoing_what_there_is_not(library: Library, folder: Path) -> None:
    (river,) = library.add(folder).added
    with pytest.raises(LibraryError, match="nonsense"):
        library.edit(river, undo=("nonsense",))
    assert library.edit(river, undo=FIELDS) == library.article(river)
    with pytest.raises(LibraryError, match="no article"):
        library.edit("nobody", title="x")


@given(st.sampled_from(FIELDS), st.text(max_size=30))
def test_a_value_is_refused_or_one_line_that_stays(field: str, value: str) -> None:
    kept = None
    with suppress(LibraryError):
        kept = checked(field, value)
    if kept is not None:
        assert len(kept.splitlines()) == 1
        assert kept.encode().decode() == checked(field, kept)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text("abc", min_size=1)))
def test_edits_hold_what_was_read(values: dict[str, str]) -> None:
    article = Article("i", "text", "title", date="2024", provenance=(("title", "line 1"),))
    now, edits = edited(article, [Edit(field, value, None, "") for field, value in values.items()])
    assert all(getattr(now, field) == value for field, value in values.items())
    assert {(each.field, each.read) for each in edits} == {(field, getattr(article, field)) for field in values}
