"""A library made equal to a folder, whatever happens to its files and whenever the process is killed."""

import os
import shutil
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from documents.errors import LibraryError
from rag import Library, Outcome, Progress
from tests.fakes import FakeEncoder
from tests.rag.parts import RIVER, SCHOOL, open_library, write_articles

TRAIN = "A train\n\nThe train was late again, and nobody was told why."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL)


def held(library: Library, folder: Path) -> dict[str, str]:
    """The text of each file that the library has from a folder."""
    articles = (library.article(article_id) for article_id in library._store.within(str(folder.resolve())))
    return {os.path.relpath(article.path or "", folder.resolve()): article.text for article in articles}


def lies_in(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.txt")}


def test_files_are_added_replaced_and_removed(library: Library, folder: Path) -> None:
    river, school = library.sync(folder).added
    (folder / "school.txt").unlink()
    write_articles(folder, river=RIVER + " It rained.", train=TRAIN)
    report = library.sync(folder)
    assert (report.replaced, report.removed, report.moved) == ((river,), (school,), ())
    assert len(report.added) == 1
    assert held(library, folder) == lies_in(folder)
    assert library.sync(folder).unchanged == (river, *report.added)
    library._store.check()


def test_a_moved_file_keeps_its_id_and_is_not_encoded_again(
    library: Library, folder: Path, encoder: FakeEncoder
) -> None:
    river, school = library.sync(folder).added
    (folder / "below").mkdir()
    (folder / "river.txt").rename(folder / "below" / "flood.txt")
    encoder.encoded.clear()
    report = library.sync(folder)
    assert (report.moved, report.unchanged, report.added, report.removed) == ((river,), (school,), (), ())
    assert encoder.encoded == []
    assert library.article(river).path == str(folder.resolve() / "below" / "flood.txt")
    assert library._store.known(str(folder.resolve() / "river.txt")) is None


def test_the_title_of_a_moved_file_is_its_new_name_where_the_text_has_none(library: Library, folder: Path) -> None:
    text = "it rained all day and nobody went out, so that the streets were empty until the evening came at last. " * 3
    write_articles(folder, rain=text)
    library.sync(folder)
    (rain,) = [summary for summary in library.articles() if summary.title == "rain"]
    (folder / "rain.txt").rename(folder / "storm.txt")
    assert library.sync(folder).moved == (rain.id,)
    assert library.article(rain.id).title == "storm"


def test_a_renamed_folder_is_moved_whole(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    write_articles(folder / "old", river=RIVER, school=SCHOOL)
    ids = library.sync(folder).added
    (folder / "old").rename(folder / "new")
    assert set(library.sync(folder).moved) == set(ids)
    assert held(library, folder) == lies_in(folder)


def test_a_file_at_the_old_place_of_a_moved_one_is_another_article(library: Library, folder: Path) -> None:
    river, _ = library.sync(folder).added
    (folder / "river.txt").rename(folder / "flood.txt")
    library.sync(folder)
    write_articles(folder, river=TRAIN)
    (added,) = library.sync(folder).added
    assert added != river
    assert held(library, folder) == lies_in(folder)


def test_articles_from_elsewhere_stay(library: Library, folder: Path, tmp_path: Path) -> None:
    other = write_articles(tmp_path / "articles-too", train=TRAIN)
    (train,) = library.add(other).added
    library.sync(folder)
    (folder / "river.txt").unlink()
    library.sync(folder)
    assert library.article(train).text == TRAIN


def test_a_bad_file_stops_nothing_and_what_it_held_before_stays(library: Library, folder: Path) -> None:
    river, school = library.sync(folder).added
    (folder / "river.txt").write_bytes(b"\x00\x01\x02" * 50)
    write_articles(folder, train=TRAIN)
    events: list[Progress] = []
    report = library.sync(folder, progress=events.append)
    assert (report.unchanged, report.removed) == ((school,), ())
    assert "river.txt" in str(report.problems)
    assert library.article(river).text == RIVER
    assert len(report.added) == 1
    assert [event.done for event in events] == list(range(1, events[-1].total + 1))


@pytest.mark.parametrize("name", ["", " ", "missing", "river.txt", "~no-such-user/x", "a\0b", "\ud800"])
def test_what_is_no_folder_is_refused(
    library: Library, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(folder)
    monkeypatch.chdir(folder)
    with pytest.raises(LibraryError, match="cannot be made equal to"):
        library.sync(name)
    assert len(library.articles()) == 2


def test_a_folder_that_is_suddenly_empty_removes_nothing(library: Library, folder: Path) -> None:
    library.sync(folder)
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(LibraryError, match=r"2 articles from it.*dossier remove"):
        library.sync(folder)
    assert len(library.articles()) == 2


def test_what_lies_in_a_folder_that_may_not_be_looked_into_stays(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = write_articles(folder / "below", train=TRAIN)
    library.sync(folder)
    stat, is_dir = Path.stat, Path.is_dir

    def closed(path: Path, **how: bool) -> os.stat_result:
        if path.is_relative_to(below):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", closed)  # root, who runs the tests in containers, may look everywhere
    monkeypatch.setattr(Path, "is_dir", lambda path: not path.is_relative_to(below) and is_dir(path))
    (folder / "river.txt").unlink()
    report = library.sync(folder)
    assert (len(report.removed), len(library.articles())) == (1, 2)


def _pack(file: Path, **texts: str) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"{name}.txt", text)
    return file


def test_the_articles_of_an_archive_come_and_go_with_it(library: Library, folder: Path) -> None:
    file = _pack(folder / "press.zip", train=TRAIN, school="The school closed\n\nNobody was left to teach there.")
    assert len(library.sync(folder).added) == 4
    whole = file.read_bytes()
    file.write_bytes(whole[:60])  # half-copied: what it held before stays
    report = library.sync(folder)
    assert (len(report.problems), report.removed) == (1, ())
    _pack(file, train=TRAIN)
    report = library.sync(folder)
    assert (len(report.removed), len(report.unchanged)) == (1, 3)
    file.rename(folder / "older.zip")
    assert len(library.sync(folder).moved) == 1
    assert len(library.remove(folder / "older.zip")) == 1
    library.sync(folder)
    (folder / "older.zip").unlink()
    assert len(library.sync(folder).removed) == 1
    assert len(library.articles()) == 2


NAMES = st.sampled_from(["a.txt", "b.txt", "x/a.txt", "x/y/c.txt", "z/d.txt"])
TEXTS = st.integers(0, 5).map(lambda n: f"Article {n}\n\nThe river rose {n} times and the bridge held.")


class FolderAndLibrary(RuleBasedStateMachine):
    """Any history of a folder: after each sync the library holds what lies in it, and a moved file keeps its id."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=Path(os.environ["DOSSIER_LIBRARY"]).parent))
        self.folder = self.root / "articles"
        write_articles(self.folder, always="Always\n\nThis file is never touched by anybody.")
        self.library = open_library(self.root / "library")

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(name=NAMES, new=NAMES)
    def move(self, name: str, new: str) -> None:
        old = self.folder / name
        if old.exists():
            (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
            old.rename(self.folder / new)

    @rule(stop_after=st.integers(0, 6))
    def sync_and_stop(self, stop_after: int) -> None:
        def stop(event: Progress) -> None:
            if event.done > stop_after:
                raise KeyboardInterrupt

        with suppress(KeyboardInterrupt):
            self.library.sync(self.folder, progress=stop)

    @rule()
    def sync(self) -> None:
        before = self.library._store.origins(str(self.folder))
        report = self.library.sync(self.folder)
        assert held(self.library, self.folder) == lies_in(self.folder)
        after = self.library._store.origins(str(self.folder))
        for origin, (article_id, content_hash) in after.items():
            if article_id in report.moved:
                assert (article_id, content_hash) in before.values()
                assert origin not in before
        again = self.library.sync(self.folder)
        assert not again.changed
        assert len(again.unchanged) == len(after)

    @invariant()
    def the_index_holds_what_the_store_holds(self) -> None:
        keeper = self.library._index()
        keeper.refresh()
        assert keeper._index is not None
        assert keeper._index.ids().tolist() == self.library._store.passage_ids().tolist()

    @invariant()
    def one_text_is_one_article(self) -> None:
        shown = self.library.articles()
        texts = [self.library.article(each.id).text for each in shown]
        assert len(texts) == len(set(texts))
        everything = {*(each.id for each in shown), *(place.id for each in shown for place in each.places)}
        assert everything == set(self.library._store.within(str(self.folder)))
        for each in shown:
            places = [self.library.article(place.id).places for place in each.places]
            assert all(each.id in {other.id for other in others} for others in places)

    def teardown(self) -> None:
        self.library._store.check()
        self.library.close()
        shutil.rmtree(self.root)


FolderAndLibrary.TestCase.settings = settings(
    max_examples=25, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_history_of_a_folder = FolderAndLibrary.TestCase


def test_every_step_is_reported(library: Library, folder: Path) -> None:
    library.sync(folder)
    (folder / "river.txt").rename(folder / "flood.txt")
    (folder / "school.txt").unlink()
    write_articles(folder, train=TRAIN)
    events: list[Progress] = []
    library.sync(folder, progress=events.append)
    assert [event.outcome for event in events] == [Outcome.MOVED, Outcome.ADDED, Outcome.REMOVED]
    assert [event.done for event in events] == [1, 2, 3]
    assert events[-1].total == 3
