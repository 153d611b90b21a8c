"""The laws of a store, and what SQLite in particular must survive."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import Article, Passage, Section, SectionKind, content_hash, words
from documents.errors import EmbeddingMismatch, LibraryDamaged, LibraryError, QuestionError
from embeddings import Fingerprint
from rag.database import Database
from rag.migrations import MIGRATIONS
from rag.sqlite_store import SqliteStore
from rag.store import Entry, Filters, Stamp, Store
from tests.rag.parts import FINGERPRINT, entry, unit, unit_rows

# A store of another kind joins the battery with a line here.
STORES: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: SqliteStore(folder / "library.sqlite")}

OTHER = Fingerprint("other", "1" * 64, "", "", 4)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with closing(STORES[request.param](tmp_path)) as made:
        yield made
        made.check()


def test_an_article_comes_back_as_it_was_written(store: Store) -> None:
    sections = (Section(SectionKind.HEADLINE, "", 0, 5), Section(SectionKind.BODY, "At length", 5, 10))
    article = Article("", "Höhe\n北京 ok", "Höhe", "2024-11", "AFP", "de", "https://a.example/1", "/x", sections)
    provenance = (("title", "line 1"), ("date", "og:date"))
    article = replace(
        article, author="Ngô Văn", modified="2024-12-01", rubric="Wirtschaft", provenance=provenance, pages=(0, 5)
    )
    passages = (Passage(article, 0, 4), Passage(article, 5, 10, "zh"))
    written = Entry(article, "/x", "h", passages, ("hohe", "北京 ok"), unit_rows(2), FINGERPRINT)
    article_id = store.put(written)
    found = store.article(article_id)
    assert found is not None
    assert found.id == article_id
    assert found == replace(article, id=article_id)
    ids = store.passage_ids().tolist()
    assert [store.passages(ids)[i].language for i in ids] == ["", "zh"]
    assert [store.passages(ids)[i].text for i in ids] == ["Höhe", "北京 ok"]
    np.testing.assert_array_equal(store.vectors(ids)[1], written.vectors)
    assert store.words(ids) == {ids[0]: {"hohe"}, ids[1]: {"北京", "ok"}}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, title=TEXT, data=st.data())
def test_any_text_comes_back_exactly(tmp_path: Path, text: str, title: str, data: st.DataObject) -> None:
    with closing(SqliteStore(tmp_path / "any.sqlite")) as store:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        article_id = store.put(entry(text, spans=[(start, end)], title=title))
        found = store.article(article_id)
        assert found is not None
        assert (found.text, found.title) == (text, title)
        (passage,) = store.passages(store.passage_ids().tolist()).values()
        assert passage.text == text[start:end]
        for word in words(passage.text):
            assert store.search_words([word], 5), word
        store.check()


def test_no_word_has_a_meaning_of_its_own_in_the_query_language(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "query.sqlite")) as store:
        store.put(entry("harmless words only"))

        @given(st.lists(st.text(min_size=1).filter(str.isprintable), max_size=8))
        def holds(asked: list[str]) -> None:
            store.search_words(asked, 3)

        holds()


@pytest.mark.parametrize("word", ['"', "*", "AND", "NEAR(a b)", "words:a", "-a", "^a", "a OR b", "{a}:b", "'"])
def test_operators_are_words(store: Store, word: str) -> None:
    store.put(entry("a b c"))
    store.put(entry("x", origin="/2"))
    assert store.search_words([word], 3) == []


def test_replacing_leaves_nothing_of_the_old_passages(store: Store) -> None:
    first = store.put(entry("old bridge"))
    old = set(store.passage_ids().tolist())
    assert store.put(entry("new school")) == first
    assert not old & set(store.passage_ids().tolist())
    assert store.search_words(["bridge"], 5) == []
    assert len(store.search_words(["school"], 5)) == 1
    assert store.passages(list(old)) == {}
    assert store.frequencies(["bridge", "school"]) == {"school": 1}
    assert store.known("/articles/river.txt") == (first, content_hash(b"new school"))


def test_removing_forgets_an_article_and_ids_never_come_back(store: Store) -> None:
    article_id = store.put(entry())
    (old,) = store.passage_ids().tolist()
    store.remove([article_id, "unknown"])
    assert store.article(article_id) is None
    assert store.count() == 0
    assert store.search_words(["river"], 5) == []
    store.put(entry())
    assert store.passage_ids().tolist() > [old]


def test_every_write_makes_a_new_state_and_no_reading_does(store: Store) -> None:
    stamps = [store.stamp()]
    article_id = store.put(entry())
    stamps.append(store.stamp())
    store.articles()
    assert store.stamp() == stamps[-1]
    store.remove([article_id])
    stamps.append(store.stamp())
    assert len({stamp.write for stamp in stamps}) == 3
    assert all(store.grew_from(stamp) for stamp in stamps)
    assert not store.grew_from(Stamp("of another store", FINGERPRINT))
    assert stamps[0].fingerprint is None
    assert stamps[1].fingerprint == FINGERPRINT


@pytest.mark.parametrize("spans", [[(-1, 3)], [(3, 3)], [(4, 2)], [(0, 99)], []])
def test_wrong_offsets_are_refused_and_leave_nothing(store: Store, spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        store.put(entry(spans=spans))
    assert store.articles() == []


@pytest.mark.parametrize(
    "vectors",
    [
        np.ones((1, 4), np.float32),
        np.full((1, 4), np.nan, np.float32),
        np.array([[1, 0, 0, 0]], np.float64),
        np.array([[1, 0, 0]], np.float32),
        np.eye(4, dtype=np.float32)[:2],
    ],
)
def test_wrong_vectors_are_refused(store: Store, vectors: np.ndarray) -> None:
    with pytest.raises(ValueError, match="vectors"):
        store.put(entry(vectors=vectors))
    assert store.count() == 0


def test_vectors_of_another_encoder_are_refused(store: Store) -> None:
    store.put(entry())
    with pytest.raises(EmbeddingMismatch):
        store.put(entry("other", origin="/other", fingerprint=OTHER))
    assert len(store.articles()) == 1


def test_two_origins_whose_hashes_begin_alike_get_two_ids(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.writes._ID_LENGTH", 0)
    ids = [store.put(entry(origin=f"/{name}")) for name in "abc"]
    assert ids == ["", "-2", "-3"]


def test_an_article_that_comes_back_is_called_as_it_was_while_the_name_is_free(store: Store) -> None:
    assert store.put(entry("a", origin="/1"), article_id="old name") == "old name"
    assert store.put(entry("b", origin="/1"), article_id="new name") == "old name"
    assert store.put(entry("c", origin="/2"), article_id="old name") not in ("old name", "")


def test_staged_vectors_take_over_all_at_once(store: Store) -> None:
    for name in "ab":
        store.put(entry(name, origin=f"/{name}", vectors=np.array([unit(1, 0, 0, 0)])))
    ids = store.passage_ids().tolist()
    assert store.unstaged(OTHER, 9) == ids
    store.stage(OTHER, ids[:1], np.array([unit(0, 1, 0, 0)]))
    assert store.unstaged(OTHER, 9) == ids[1:]
    assert not store.adopt(OTHER)
    assert store.stamp().fingerprint == FINGERPRINT
    store.stage(OTHER, ids[1:], np.array([unit(0, 0, 1, 0)]))
    assert store.adopt(OTHER)
    assert store.stamp().fingerprint == OTHER
    np.testing.assert_array_equal(store.vectors(ids)[1], [unit(0, 1, 0, 0), unit(0, 0, 1, 0)])


def test_within_finds_a_folder_and_not_its_namesakes(store: Store) -> None:
    ids = {origin: store.put(entry(origin=origin)) for origin in ("/a/x.txt", "/a/b/y.txt", "/ab/z.txt", "/a%")}
    assert store.within("/a") == [ids["/a/x.txt"], ids["/a/b/y.txt"]]
    assert store.within("/a/x.txt") == [ids["/a/x.txt"]]
    assert store.within("/none") == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "abc"),
        (Filters(sources=("afp",)), "a"),
        (Filters(sources=("ĐÀI",)), "b"),
        (Filters(languages=("vi", "xx")), "b"),
        (Filters(date_from="2024"), "ab"),
        (Filters(date_from="2024-06"), "ab"),
        (Filters(date_from="2024-11-21"), "b"),
        (Filters(date_to="2024-11"), "ab"),
        (Filters(date_to="2024-11-19"), "b"),
        (Filters(date_from="2025"), ""),
        (Filters(languages=("fr",), sources=("Đài",)), ""),
    ],
)
def test_filters_hold_for_vectors_and_words_alike(store: Store, filters: Filters, expected: str) -> None:
    store.put(entry("word a", origin="/a", source="AFP", language="fr", date="2024-11-20"))
    store.put(entry("word b", origin="/b", source="Đài", language="vi", date="2024"))
    store.put(entry("word c", origin="/c"))
    by_id = store.passages(store.passage_ids(filters).tolist())
    assert sorted(passage.text[-1] for passage in by_id.values()) == list(expected)
    assert sorted(i for i, _ in store.search_words(["word"], 9, filters)) == sorted(by_id)


def test_filters_name_articles_by_id(store: Store) -> None:
    article_id = store.put(entry("one", origin="/1"))
    store.put(entry("two", origin="/2"))
    (passage,) = store.passages(store.passage_ids(Filters(articles=(article_id,))).tolist()).values()
    assert passage.text == "one"


def test_a_filter_with_another_form_of_date_is_refused() -> None:
    with pytest.raises(QuestionError, match="20/11/2024"):
        Filters(date_from="20/11/2024")


def _between_reads(monkeypatch: pytest.MonkeyPatch, store: SqliteStore, write: Callable[[], object]) -> None:
    """Let another process write after every read of several rows."""
    read = store._all

    def read_then_write(sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        found = read(sql, *parameters)
        write()
        return found

    monkeypatch.setattr(store, "_all", read_then_write)


def test_passages_are_never_of_two_versions_of_an_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    with closing(SqliteStore(path)) as store, closing(SqliteStore(path)) as other:
        store.put(entry("A long text, which has more characters than the next version."))
        ids = store.passage_ids().tolist()
        _between_reads(monkeypatch, store, lambda: other.put(entry("Short")))
        (passage,) = store.passages(ids).values()
        assert passage.text == "A long text, which has more characters than the next version."
        assert store.passages(ids) == {}


def test_vectors_are_never_of_two_encoders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    longer = replace(OTHER, dimension=6)
    with closing(SqliteStore(path)) as store, closing(SqliteStore(path)) as other:
        store.put(entry())
        ids = store.passage_ids().tolist()
        other.stage(longer, ids, unit_rows(1, 6))
        _between_reads(monkeypatch, store, lambda: other.adopt(longer))
        assert store.vectors(ids)[1].shape == (1, 4)
        assert store.vectors(ids)[1].shape == (1, 6)


def test_a_library_of_the_first_format_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    with monkeypatch.context() as patch:
        patch.setattr("rag.migrations.MIGRATIONS", MIGRATIONS[:1])
        with closing(Database(path)) as old, old.writing() as db:
            values = "1, 'i', '/o', 'h', 't', 't', NULL, NULL, 'en', NULL, NULL, '[]', ''"
            db.execute(f"INSERT INTO articles VALUES ({values})")  # noqa: S608 - constants
    with closing(SqliteStore(path)) as store:
        assert [summary.id for summary in store.articles()] == ["i"]
        assert store.article("i") == Article("i", "t", "t", language="en")
        assert len(store.stamp().write) == 32


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(LibraryError, match=r"newer Dossier \(format 999") as caught:
        SqliteStore(path)
    assert not isinstance(caught.value, LibraryDamaged)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_file_is_damaged(tmp_path: Path, share: float) -> None:
    path = tmp_path / "library.sqlite"
    with closing(SqliteStore(path)) as store:
        for number in range(40):
            store.put(entry("words " * 50, origin=f"/{number}"))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(LibraryDamaged, match=r"library\.sqlite"):
        SqliteStore(path)


def test_a_file_of_something_else_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no database at all, " * 400)
    with pytest.raises(LibraryDamaged):
        SqliteStore(path)


def test_check_sees_words_that_are_missing(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(SqliteStore(path)) as store:
        store.put(entry())
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("DELETE FROM passage_words")
        with pytest.raises(LibraryDamaged, match="1 passages"):
            store.check()
