"""What a library promises its users, with models whose answers can be computed by hand."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from filelock import FileLock
from numpy.typing import NDArray

from documents import Article
from documents.errors import (
    EmbeddingMismatch,
    LibraryBusy,
    LibraryDamaged,
    LibraryEmpty,
    LibraryError,
    QuestionError,
)
from rag import Library, Outcome, PassageSize, Progress, SearchSettings
from tests.fakes import FakeEncoder, FakeGenerator
from tests.rag.parts import RIVER, SCHOOL, open_library, write_articles


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", river=RIVER, school=SCHOOL)


def _index_ids(library: Library) -> list[int]:
    keeper = library._index()
    keeper.refresh()
    assert keeper._index is not None
    return [int(i) for i in keeper._index.ids()]


def test_the_passages_of_an_article_cover_its_text_in_order(tmp_path: Path, articles: Path) -> None:
    size = PassageSize(10, 15)
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator(), passages=size) as library:
        (first, second) = library.add(articles).added
        passages = library.passages(first)
        assert len(passages) > 1
        assert {passage.article.id for passage in passages} == {first}
        assert "".join("".join(p.text for p in passages).split()) == "".join(library.article(first).text.split())
        assert passages[0].start < passages[1].start
        assert library.passages(second)[0].article.id == second
        with pytest.raises(LibraryError, match="no article nonsense"):
            library.passages("nonsense")


def test_what_is_near_enough_is_a_setting(tmp_path: Path, encoder: FakeEncoder) -> None:
    model = FakeGenerator("The river rose by two metres in 2024.")
    question = "By how much did the river rise?"
    for least, abstains in ((0.99, True), (0.1, False)):
        search = SearchSettings(min_score=least)
        with Library.open(tmp_path / "library", encoder=encoder, generator=model, search=search) as library:
            library.add(Article(id="", title="", text=RIVER, language="en"))
            assert library.ask(question).abstained is abstains
    assert len(model.prompts) == 1


def test_added_articles_are_listed_shown_and_found(library: Library, articles: Path) -> None:
    report = library.add(articles)
    assert len(report.added) == 2
    assert (report.replaced, report.unchanged, report.problems) == ((), (), ())
    assert [summary.id for summary in library.articles()] == list(report.added)
    assert library.article(report.added[0]).text == RIVER
    assert library.article(report.added[0]).path == str(articles / "river.txt")
    (best,) = library.retrieve("Who closed the bridge over the river?", k=1)
    assert best.passage.article.id == report.added[0]
    assert best.passage.text in RIVER


def test_unchanged_articles_are_skipped_without_any_model(
    library: Library, articles: Path, encoder: FakeEncoder
) -> None:
    added = library.add(articles).added
    encoder.encoded.clear()
    stamp = library._store.stamp()
    report = library.add(articles, articles / "river.txt")  # each file once
    assert report.unchanged == added
    assert encoder.encoded == []
    assert library._store.stamp() == stamp


def test_skipping_a_folder_loads_nothing_slow(tmp_path: Path, articles: Path) -> None:
    with open_library(tmp_path / "library") as library:
        library.add(articles)
    program = (
        "import sys; from rag import Library\n"
        f"print(len(Library.open({str(tmp_path / 'library')!r}).add({str(articles)!r}).unchanged))\n"
        "print([name for name in ('torch', 'faiss', 'sentence_transformers', 'llama_cpp') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["2", "[]"]


def test_a_changed_article_takes_the_place_of_the_old_one(library: Library, articles: Path) -> None:
    added = library.add(articles).added
    old = _index_ids(library)
    write_articles(articles, river="The river fell\n\nThe river fell again, and a train crossed the bridge.")
    report = library.add(articles)
    assert (report.replaced, report.unchanged) == (added[:1], added[1:])
    assert "metres" not in library.article(added[0]).text
    assert library._store.search_words(["metres"], 5) == []
    assert library._store.passages(old[:1]) == {}
    assert _index_ids(library) == library._store.passage_ids().tolist()
    assert old[0] not in _index_ids(library)


def test_one_bad_file_stops_nothing(library: Library, articles: Path) -> None:
    (articles / "broken.txt").write_bytes(b"\x00\x01\x02" * 50)
    events: list[Progress] = []
    report = library.add(articles, articles / "missing.txt", progress=events.append)
    assert len(report.added) == 2
    assert len(report.problems) == 2
    assert [event.outcome for event in events] == [Outcome.PROBLEM, Outcome.ADDED, Outcome.ADDED, Outcome.PROBLEM]
    assert [event.done for event in events] == [1, 2, 3, 4]
    assert {event.total for event in events} == {4}
    assert "broken.txt" in str(events[0].problem)
    assert events[3].path == str(articles / "missing.txt")


def _link_to_itself(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


@pytest.mark.parametrize(
    "name", ["", " \n", "~no-such-user/x", "a\0b", "\ud800", "http://xn--/", "http://\udcff.example/"]
)
def test_a_name_that_names_nothing_stops_nothing(library: Library, articles: Path, name: str) -> None:
    report = library.add(name, articles)
    assert len(report.added) == 2
    assert len(report.problems) == 1


@pytest.mark.parametrize("name", ["", " \n", "~no-such-user/x", "a\0b", "http://\udcff.example/"])
def test_removing_a_name_that_names_nothing(
    library: Library, articles: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    library.add(articles)
    monkeypatch.chdir(articles)
    with pytest.raises(LibraryError, match=r"is empty|cannot be read|has no article"):
        library.remove(name)
    assert len(library.articles()) == 2
    assert len(library.remove(".")) == 2


def test_a_link_to_itself_stops_nothing(library: Library, articles: Path) -> None:
    for name in ("loop", "loop.txt"):
        report = library.add(articles, _link_to_itself(articles / name))
        assert len(report.problems) >= 1
    assert len(library.articles()) == 2


def test_a_file_that_is_gone_when_it_is_read_stops_nothing(library: Library, articles: Path) -> None:
    (articles / "later.txt").write_text(SCHOOL)
    report = library.add(articles, progress=lambda _: (articles / "river.txt").unlink(missing_ok=True))
    assert len(report.added) == 2
    (problem,) = report.problems
    assert "river.txt cannot be read: No such file" in str(problem)


@pytest.mark.parametrize("field", ["text", "title", "url", "source", "path"])
def test_an_article_with_half_a_character_stops_nothing(library: Library, articles: Path, field: str) -> None:
    fields: dict[str, Any] = {"text": RIVER, "title": "Flood", field: "half \ud800 of one"}
    article = Article("", **fields)
    report = library.add(article, articles)
    assert len(report.added) == 2
    (problem,) = report.problems
    assert "half a character" in str(problem)


def test_a_headline_longer_than_the_encoder_reads(library: Library, encoder: FakeEncoder) -> None:
    title = "a b " * 50
    report = library.add(Article("", f"{title}\n\n{RIVER}", title.strip()), Article("", RIVER, title))
    assert report.problems == ()
    assert max(encoder.count_tokens(text) for text in encoder.encoded) <= encoder.max_tokens
    assert library.retrieve("river bridge", k=1)


def test_a_text_that_cannot_be_cut_stops_nothing(
    library: Library, articles: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = encoder.count_tokens
    monkeypatch.setattr(encoder, "count_tokens", lambda text: count(text) + 100 * text.count("§"))
    report = library.add(Article("odd", "§", "Odd"), articles)
    assert len(report.added) == 2
    assert "cannot be cut" in str(report.problems[0])


def test_files_of_other_kinds_are_counted_and_are_no_problem(library: Library, articles: Path) -> None:
    for name in ("a.png", "b.PNG", "c.xlsx", "Makefile"):
        (articles / name).write_text("?")
    report = library.add(articles)
    assert report.problems == ()
    assert list(report.passed_over.items()) == [(".png", 2), ("", 1), (".xlsx", 1)]
    assert library.add(articles, articles).passed_over == report.passed_over
    assert library.add(articles / "river.txt").passed_over == {}


def test_an_article_is_on_the_disk_when_it_is_reported(library: Library, articles: Path, tmp_path: Path) -> None:
    seen: list[bool] = []

    def look(event: Progress) -> None:
        with open_library(tmp_path / "library") as other:
            seen.append(any(summary.id == event.article_id for summary in other.articles()))

    library.add(articles, progress=look)
    assert seen == [True, True]


def test_a_file_keeps_its_id_however_it_is_named(
    library: Library, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = library.add(articles / "river.txt").added
    monkeypatch.chdir(articles)
    assert library.add("river.txt", "../articles/river.txt", articles / "." / "river.txt").unchanged == (first,)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_a_file_name_that_is_no_unicode(library: Library, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "odd")
    for name in (b"\xff.txt", b"\xfe.txt"):
        (folder / os.fsdecode(name)).write_text(RIVER)
    assert len(library.add(folder).added) == 2
    assert len(library.add(folder).unchanged) == 2
    assert len(library.remove(folder / os.fsdecode(b"\xff.txt"))) == 1


def test_articles_made_elsewhere_can_be_added(library: Library) -> None:
    article = Article("", RIVER, "The river rose", url="https://news.example/river", language="en")
    (article_id,) = library.add(article).added
    assert library.add(article).unchanged == (article_id,)
    assert library.article(article_id).url == "https://news.example/river"
    assert len(library.remove("https://news.example/river")) == 1


def test_no_passage_is_longer_than_the_models_allow(tmp_path: Path) -> None:
    text = "Long article\n\n" + " ".join(f"The mayor of town {n} opened a bridge." for n in range(80))
    folder = write_articles(tmp_path / "long", long=text)
    with Library.open(
        tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator(), passages=PassageSize(20, 30)
    ) as library:
        (article_id,) = library.add(folder).added
        ids = library._store.passage_ids().tolist()
        passages = library._store.passages(ids).values()
        assert len(passages) > 10
        assert all(len(passage.text.split()) <= 30 for passage in passages)
        assert {passage.article.id for passage in passages} == {article_id}


def test_removing_by_id_path_and_folder(library: Library, articles: Path) -> None:
    river, school = library.add(articles).added
    assert [removed.article.id for removed in library.remove(river)] == [river]
    assert [removed.article.id for removed in library.remove(articles / "school.txt")] == [school]
    library.add(articles)
    assert len(library.remove(articles)) == 2
    assert library.articles() == []
    assert _index_ids(library) == []


def test_removing_something_unknown_removes_nothing(library: Library, articles: Path) -> None:
    river = library.add(articles).added[0]
    with pytest.raises(LibraryError, match="no article nonsense"):
        library.remove(river, "nonsense")
    assert len(library.articles()) == 2
    with pytest.raises(LibraryError, match="no article 123"):
        library.article("123")


def test_status_counts(library: Library, articles: Path, encoder: FakeEncoder, tmp_path: Path) -> None:
    empty = library.status()
    assert (empty.articles, empty.passages, empty.languages, empty.embedding) == (0, 0, {}, None)
    library.add(articles)
    status = library.status()
    assert (status.articles, status.languages) == (2, {"en": 2})
    assert status.passages == len(library._store.passage_ids())
    assert status.embedding == encoder.fingerprint
    assert status.folder == (tmp_path / "library").resolve()
    assert status.store_bytes > 0
    assert status.index_bytes > 0


def test_an_empty_library_says_how_to_fill_it(library: Library) -> None:
    for ask in (lambda: library.retrieve("who?"), lambda: next(iter(library.stream("who?")))):
        with pytest.raises(LibraryEmpty, match="dossier add"):
            ask()


def test_questions_that_cannot_be_searched_for(library: Library, articles: Path) -> None:
    library.add(articles)
    with pytest.raises(QuestionError):
        library.retrieve(" \n")
    with pytest.raises(ValueError, match="k is 0"):
        library.retrieve("who?", k=0)


def test_a_second_writer_is_told_so_and_readers_are_not_disturbed(
    library: Library, articles: Path, tmp_path: Path
) -> None:
    library.add(articles / "river.txt")
    program = (
        "import sys, filelock\n"
        f"with filelock.FileLock({str(tmp_path / 'library' / 'writing.lock')!r}):\n"
        "    print('writing', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        for write in (lambda: library.add(articles), lambda: library.remove(articles)):
            with pytest.raises(LibraryBusy, match=r"Another process is writing.*try again"):
                write()
        assert library.retrieve("river")
        other.kill()
    assert len(library.add(articles).added) == 1


def test_two_threads_do_not_write_at_once(library: Library, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.folder.WAIT_S", 0)
    problems: list[BaseException] = []

    def add_meanwhile(_: Progress) -> None:
        def run() -> None:
            try:
                library.add(articles)
            except LibraryBusy as error:
                problems.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()

    assert len(library.add(articles, progress=add_meanwhile).added) == 2
    assert len(problems) == 2


def test_threads_may_ask_while_one_adds(library: Library, tmp_path: Path) -> None:
    library.add(write_articles(tmp_path / "first", river=RIVER))
    many = write_articles(
        tmp_path / "many", **{f"a{n}": f"Bridge {n}\n\nThe mayor crossed bridge {n}." for n in range(30)}
    )
    done, problems = threading.Event(), []

    def keep_asking() -> None:
        try:
            while not done.is_set():
                assert library.retrieve("Who crossed the bridge?", k=3)
        except BaseException as error:  # noqa: BLE001 - the test must hear of whatever a thread dies of
            problems.append(error)

    threads = [threading.Thread(target=keep_asking) for _ in range(3)]
    for thread in threads:
        thread.start()
    library.add(many)
    done.set()
    for thread in threads:
        thread.join()
    assert problems == []
    assert _index_ids(library) == library._store.passage_ids().tolist()


def test_what_another_process_adds_is_found(library: Library, articles: Path, tmp_path: Path) -> None:
    library.add(articles / "river.txt")
    assert library.retrieve("school train 2019", k=1)[0].passage.text in RIVER
    with open_library(tmp_path / "library") as other:
        other.add(articles)
    assert library.retrieve("school train 2019", k=1)[0].passage.text in SCHOOL


def test_another_encoder_is_refused_by_name(library: Library, articles: Path, tmp_path: Path) -> None:
    library.add(articles)
    with pytest.raises(EmbeddingMismatch, match=r"'fake-encoder', not by 'newer'.*reembed=True"):
        open_library(tmp_path / "library", FakeEncoder("newer"))


def test_other_weights_under_the_same_name_are_refused(library: Library, articles: Path, tmp_path: Path) -> None:
    library.add(articles)
    changed = FakeEncoder()
    changed.fingerprint = FakeEncoder("x").fingerprint.__class__("fake-encoder", "other weights", "", "", 9)
    with pytest.raises(EmbeddingMismatch, match="other weights of 'fake-encoder'"):
        open_library(tmp_path / "library", changed)


class Reversed(FakeEncoder):
    """Another model: the same numbers in another order."""

    def __init__(self) -> None:
        super().__init__("reversed")

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ascontiguousarray(super().encode_passages(texts)[:, ::-1])


def test_vectors_can_be_made_anew_and_a_stopped_attempt_goes_on(
    library: Library, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(articles)
    library.close()
    monkeypatch.setattr("rag.entries._REEMBED_BATCH", 1)

    class Dies(Reversed):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if self.encoded:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    def reembed(encoder: FakeEncoder) -> Library:
        return Library.open(tmp_path / "library", encoder=encoder, generator=FakeGenerator(), reembed=True)

    with pytest.raises(KeyboardInterrupt):
        reembed(Dies())
    with open_library(tmp_path / "library") as old:  # the old vectors serve on
        assert old.retrieve("school train")[0].passage.text in SCHOOL
    encoder = Reversed()
    with reembed(encoder) as new:
        assert len(encoder.encoded) == new.status().passages - 1
        assert new.status().embedding == encoder.fingerprint
        (best,) = new.retrieve("school train", k=1)
        assert best.passage.text in SCHOOL
        new._store.check()


def test_reembedding_with_the_same_encoder_does_nothing(library: Library, articles: Path, encoder: FakeEncoder) -> None:
    library.add(articles)
    encoder.encoded.clear()
    library.reembed()
    assert encoder.encoded == []


def test_a_file_is_no_library(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("text")
    for path in (file, file / "below"):
        with pytest.raises(LibraryError, match=r"file\.txt"):
            Library.open(path)
    assert file.read_text() == "text"


@pytest.mark.parametrize("name", ["", "  ", "~no-such-user/library", "a\0b", "\ud800"])
def test_a_folder_that_cannot_be(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LibraryError, match=r"is empty|cannot be made"):
        Library.open(name)
    if name.strip():
        monkeypatch.setenv("DOSSIER_LIBRARY", "~no-such-user/library")
        with pytest.raises(LibraryError, match="DOSSIER_LIBRARY cannot be made"):
            Library.open()
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_itself_is_no_library(tmp_path: Path) -> None:
    loop = _link_to_itself(tmp_path / "loop")
    for path in (loop, loop / "below"):
        with pytest.raises(LibraryError, match="loop"):
            Library.open(path)


def test_a_library_put_back_from_a_copy_finds_what_it_holds(tmp_path: Path, articles: Path) -> None:
    file, copy = tmp_path / "library" / "library.sqlite", tmp_path / "copy.sqlite"
    more = write_articles(tmp_path / "more", mayor="The mayor\n\nThe mayor won 2 million.", train="A train stood.")
    for source in (articles / "river.txt", articles / "school.txt"):
        with open_library(tmp_path / "library") as library:
            library.add(source)
        if not copy.exists():
            shutil.copy(file, copy)
    shutil.copy(copy, file)
    with open_library(tmp_path / "library") as library:
        library.add(more)
        ids, vectors = library._store.vectors(library._store.passage_ids().tolist())
        scores, found = library._index().search(vectors, 1)
        np.testing.assert_allclose(scores, 1.0, atol=1e-5)
        assert found[:, 0].tolist() == ids.tolist()


def test_a_damaged_library_is_told_apart(library: Library, articles: Path, tmp_path: Path) -> None:
    library.add(articles)
    library.close()
    file = tmp_path / "library" / "library.sqlite"
    file.write_bytes(file.read_bytes()[:9000])
    with pytest.raises(LibraryDamaged, match=r"damaged.*copy"):
        open_library(tmp_path / "library")


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", None])
def test_a_broken_index_is_made_anew(library: Library, articles: Path, tmp_path: Path, rubbish: bytes | None) -> None:
    library.add(articles)
    library.close()
    index = tmp_path / "library" / "vectors.index"
    whole = index.read_bytes()
    index.write_bytes(whole[:-20] if rubbish is None else rubbish)
    with open_library(tmp_path / "library") as again:
        assert again.retrieve("school", k=1)[0].passage.text in SCHOOL
        assert index.stat().st_size == len(whole)


def test_the_default_library_is_where_the_variable_says(tmp_path: Path) -> None:
    with Library.open(encoder=FakeEncoder(), generator=FakeGenerator()) as library:
        assert library.status().folder == (tmp_path / "library").resolve()


def test_a_stream_begins_with_the_evidence_and_ask_gives_its_end(tmp_path: Path, articles: Path) -> None:
    generator = FakeGenerator("The mayor closed the old bridge for a week.")
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=generator) as library:
        library.add(articles)
        answer = library.ask("Who closed the bridge over the river in 2024?")
        assert json.loads(json.dumps(answer.to_dict()))["evidence"][0]["text"] in RIVER
        for citation in answer.citations:
            assert citation.quote in RIVER


def test_a_lock_left_by_a_killed_writer_holds_nobody(library: Library, articles: Path, tmp_path: Path) -> None:
    with FileLock(tmp_path / "library" / "writing.lock"):
        pass
    (tmp_path / "library" / "writing.lock").touch()
    assert len(library.add(articles).added) == 2
