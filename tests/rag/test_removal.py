"""What is removed is gone: from answers, from the disk, and from what the model kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from documents import Article
from rag import Library
from rag.prompt import SYSTEM, passage_text
from tests.fakes import FakeEncoder, FakeGenerator
from tests.rag.parts import files_in, open_library, write_articles

RARE = "Zwischenlagerungsgenehmigung"
TEXT = f"A letter\n\nThe {RARE} was signed by the mayor at the bridge. " * 5
OTHER = "A train\n\nThe train was late again, and nobody was told why."


@pytest.fixture
def generator() -> FakeGenerator:
    return FakeGenerator()


@pytest.fixture
def library(tmp_path: Path, generator: FakeGenerator) -> Iterator[Library]:
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=generator) as opened:
        yield opened
        opened._store.check()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", letter=TEXT, train=OTHER)


def on_disk(folder: Path, word: str) -> list[str]:
    """Files below a folder that hold a word, as it is written or folded."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in found if word.encode().lower() in path.read_bytes().lower()]


def test_removing_says_what_went(library: Library, folder: Path, generator: FakeGenerator) -> None:
    letter, train = library.add(folder).added
    library.warm()
    passages = library.passages(letter)
    (removed,) = library.remove(letter)
    assert removed.article.id == letter
    assert (removed.vectors, removed.states) == (len(passages), len(passages))
    assert not any(generator.is_prepared(SYSTEM, passage_text(passage)) for passage in passages)
    assert all(generator.is_prepared(SYSTEM, passage_text(passage)) for passage in library.passages(train))
    (removed,) = library.remove(train)
    assert removed.states == len(generator.prepared) + 1


def test_no_word_of_a_removed_article_stays_on_the_disk(library: Library, folder: Path, tmp_path: Path) -> None:
    (letter, _) = library.add(folder).added
    library.edit(letter, author=f"Doctor {RARE}")
    assert on_disk(tmp_path / "library", RARE)
    library.remove(letter)
    assert on_disk(tmp_path / "library", RARE) == []
    assert on_disk(tmp_path / "library", "nobody was told why")


def test_nor_of_one_that_a_sync_removes(library: Library, folder: Path, tmp_path: Path) -> None:
    library.sync(folder)
    library.warm()
    (folder / "letter.txt").unlink()
    library.sync(folder)
    assert on_disk(tmp_path / "library", RARE) == []
    assert len(library.articles()) == 1


def test_vectors_of_the_sentences_of_what_is_removed_go_too(library: Library, folder: Path, tmp_path: Path) -> None:
    library.sync(folder)
    library.warm()
    both = set(files_in(tmp_path / "cache"))
    assert len(both) == sum(len(library.passages(each.id)) for each in library.articles())
    (folder / "letter.txt").unlink()
    library.sync(folder)
    left = set(files_in(tmp_path / "cache"))
    assert left < both
    (train,) = library.articles()
    assert len(left) == len(library.passages(train.id))
    library.remove(train.id)
    assert files_in(tmp_path / "cache") == []


def test_those_that_an_earlier_encoder_made_too(library: Library, folder: Path, tmp_path: Path) -> None:
    library.add(folder)
    library.warm()
    assert files_in(tmp_path / "cache")
    newer = FakeEncoder("newer")
    with Library.open(tmp_path / "library", encoder=newer, generator=FakeGenerator(), reembed=True) as again:
        again.remove(folder)
    assert files_in(tmp_path / "cache") == []


@pytest.mark.parametrize("sync", [False, True])
def test_of_a_version_that_is_replaced_nothing_is_kept_but_what_the_new_one_has(
    library: Library, folder: Path, tmp_path: Path, generator: FakeGenerator, *, sync: bool
) -> None:
    take = library.sync if sync else library.add
    take(folder)
    library.warm()
    before = set(generator.prepared)
    (folder / "train.txt").write_text(OTHER.replace("nobody was", "everybody was"), encoding="utf-8")
    (train,) = take(folder).replaced
    now = {(SYSTEM, passage_text(each)) for article in library.articles() for each in library.passages(article.id)}
    assert generator.prepared == before & now
    assert 0 < len(generator.prepared) < len(before)
    assert len(files_in(tmp_path / "cache")) == len(generator.prepared)
    library.warm()
    library.remove(train)
    assert len(files_in(tmp_path / "cache")) == len(generator.prepared)


@pytest.mark.parametrize("field", ["title", "date"])
def test_nor_behind_a_header_that_was_corrected(
    library: Library, folder: Path, generator: FakeGenerator, field: str
) -> None:
    letter, train = library.add(folder).added
    library.warm()
    library.edit(letter, **{field: "2020"})
    assert generator.prepared == {(SYSTEM, passage_text(passage)) for passage in library.passages(train)}


def test_what_is_read_while_an_article_is_being_removed_goes_too(
    library: Library, folder: Path, generator: FakeGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, _ = library.add(folder).added
    passages, remove = library.passages(letter), library._store.remove

    def read_just_before(ids: Sequence[str]) -> None:
        for passage in passages:
            generator.prepare(SYSTEM, passage_text(passage))
        remove(ids)

    monkeypatch.setattr(library._store, "remove", read_just_before)
    library.remove(letter)
    assert generator.prepared == set()


def test_an_id_stands_for_all_places_of_a_text_and_a_file_for_itself(library: Library, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "articles", one=TEXT, two=TEXT, three=TEXT)
    one, two, three = library.add(folder).added
    (summary,) = library.articles()
    file = library.article(two).path
    assert file is not None
    assert [removed.article.id for removed in library.remove(file)] == [two]
    assert {removed.article.id for removed in library.remove(summary.id)} == {one, three} - {two}
    assert library.articles() == []


def test_nothing_is_removed_where_nothing_is_named(library: Library, folder: Path) -> None:
    library.add(folder)
    assert library.remove() == ()
    assert len(library.articles()) == 2


def test_an_article_made_elsewhere_goes_by_its_address(tmp_path: Path) -> None:
    with open_library(tmp_path / "library") as library:
        article = replace(Article("", TEXT, "A letter"), url="https://a.example/1")
        library.add(article)
        assert len(library.remove("https://a.example/1")) == 1


def test_what_is_restored_is_as_it_was_and_needs_no_model(library: Library, folder: Path) -> None:
    letter, train = library.add(folder).added
    library.edit(letter, author="Edna Ray", date="2020-02")
    article, passages = library.article(letter), library.passages(letter)
    summaries = {each.id: each for each in library.articles()}
    found = library.retrieve(RARE, k=9)
    encoder = library.encoder
    assert isinstance(encoder, FakeEncoder)
    encoded = len(encoder.encoded)
    removed = library.remove(letter)
    assert library.restore(removed) == (letter,)
    assert len(encoder.encoded) == encoded
    assert library.article(letter) == article
    assert [each.text for each in library.passages(letter)] == [each.text for each in passages]
    assert {each.id: each for each in library.articles()} == summaries
    assert [each.passage for each in library.retrieve(RARE, k=9)] == [each.passage for each in found]
    assert library.add(folder).unchanged == (letter, train)
    assert library.edit(letter, undo=["author"]).author is None


def test_a_file_that_is_gone_costs_nothing_that_would_bring_it_back(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter, _ = library.sync(folder).added
    (folder / "letter.txt").unlink()
    monkeypatch.delattr("rag.removal.entry_in")
    assert library.sync(folder).removed == (letter,)


def test_all_places_of_a_text_come_back_with_their_leader(library: Library, tmp_path: Path) -> None:
    library.add(write_articles(tmp_path / "articles", one=TEXT, two=TEXT, three=TEXT))
    (before,) = library.articles()
    assert len(library.restore(library.remove(before.id))) == 3
    (after,) = library.articles()
    assert {after.id, *(place.id for place in after.places)} == {before.id, *(place.id for place in before.places)}


def test_an_article_that_was_moved_comes_back_with_its_id(library: Library, folder: Path) -> None:
    letter, _ = library.sync(folder).added
    (folder / "letter.txt").rename(folder / "moved.txt")
    assert library.sync(folder).moved == (letter,)
    assert library.restore(library.remove(letter)) == (letter,)
    assert library.sync(folder).changed is False


def test_what_was_added_again_is_not_overwritten_by_what_is_restored(library: Library, folder: Path) -> None:
    (letter, _) = library.add(folder).added
    removed = library.remove(letter)
    (folder / "letter.txt").write_text("A letter\n\nIt says something else now.", encoding="utf-8")
    (again,) = library.add(folder).added
    assert library.restore(removed) == ()
    assert "something else" in library.article(again).text


def test_a_version_stays_while_nothing_is_written(library: Library, folder: Path) -> None:
    (letter, _) = library.add(folder).added
    version = library.version
    library.articles()
    library.article(letter)
    library.add(folder)
    assert library.version == version
    library.edit(letter, author="Edna Ray")
    assert library.version != version
