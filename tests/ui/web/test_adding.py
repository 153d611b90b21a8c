"""Jobs that add articles: each ends, and none takes a file from under another."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rag import Library, Outcome
from ui.web.adding import Adder
from ui.web.shelf import Shelf
from ui.web.texts import Texts
from ui.web.uploads import Uploads

T = Texts.of("en")
Send = Callable[[str, str], tuple[str, str]]


@pytest.fixture
def send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Put a file where Gradio puts what browsers send; its name and where it is."""
    folder = tmp_path / "gradio"
    folder.mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder))

    def sent(name: str, text: str) -> tuple[str, str]:
        path = folder / f"{len(list(folder.iterdir()))}.bin"
        path.write_text(text, encoding="utf-8")
        return name, str(path)

    return sent


def wait_for_jobs() -> None:
    for thread in threading.enumerate():
        if thread.name == "dossier-adds":
            thread.join(20)
            assert not thread.is_alive()


def test_a_file_that_is_no_article_ends_each_job_that_has_it(library: Library, send: Send) -> None:
    adder = Adder(library, Uploads(library.folder))
    with adder._turn:
        jobs = [adder.files([send("broken.pdf", "no PDF")], T) for _ in range(2)]
    wait_for_jobs()
    for job in jobs:
        assert job.over
        assert [step.outcome for step in job.steps] == [Outcome.PROBLEM]
        assert "broken.pdf" in job.steps[0].problem + job.steps[0].name
    assert not list(adder._uploads.folder.iterdir())


def test_a_job_that_is_stopped_leaves_a_file_that_another_still_means_to_read(library: Library, send: Send) -> None:
    adder = Adder(library, Uploads(library.folder))
    with adder._turn:
        stopped, added = (adder.files([send("river.txt", "The river rose by 3 metres.")], T) for _ in range(2))
        adder.stop(stopped.id)
    wait_for_jobs()
    assert stopped.stopped
    assert [step.outcome for step in added.steps] == [Outcome.ADDED]
    (article,) = library.articles()
    assert article.path
    assert Path(article.path).exists()


def test_a_file_is_let_go_of_only_when_no_job_wants_it(library: Library, send: Send) -> None:
    adder = Adder(library, Uploads(library.folder))
    with adder._turn:
        adder.files([send("river.txt", "The river rose by 3 metres.")], T)
        (kept,) = adder._uploads.folder.rglob("river.txt")
        adder.forget([str(kept)])
        assert kept.exists()
    wait_for_jobs()
    (article,) = library.articles()
    library.remove(article.id)
    adder.forget([str(kept)])
    assert not kept.exists()


def test_a_job_ends_also_where_its_files_cannot_be_tidied(
    library: Library, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    adder = Adder(library, Uploads(library.folder))

    def fail(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(adder._uploads, "forget", fail)
    job = adder.files([send("broken.pdf", "no PDF")], T)
    wait_for_jobs()
    assert job.over


def test_what_cannot_be_read_is_told_in_the_language_of_the_page_with_its_reason(library: Library, send: Send) -> None:
    adder = Adder(library, Uploads(library.folder))
    job = adder.files([send("broken.pdf", "no PDF")], Texts.of("vi"))
    wait_for_jobs()
    (step,) = job.steps
    assert step.problem == Texts.of("vi")("problem-article")
    assert "broken.pdf" in step.said
    assert str(library.folder) not in step.said


def test_what_was_kept_to_bring_an_article_back_is_gone_after_the_next_start(library: Library, send: Send) -> None:
    """An article that was removed and one that stays, when the chat was stopped before the first had lapsed."""
    adder = Adder(library, Uploads(library.folder))
    adder.files([send("river.txt", "The river rose by 3 metres."), send("bridge.txt", "The bridge opened in 2019.")], T)
    wait_for_jobs()
    (river,) = library.folder.rglob("river.txt")
    (bridge,) = library.folder.rglob("bridge.txt")
    for file in (river, bridge):
        os.utime(file, (time.time() - 86_400,) * 2)
    library.remove(*(article.id for article in library.articles() if article.path == str(river)))
    assert len(library.articles()) == 1
    assert river.exists()
    Shelf(library)
    assert not river.exists()
    assert bridge.exists()


def test_a_file_that_cannot_be_deleted_is_in_the_way_of_no_page_and_no_other_file(
    library: Library, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = Shelf(library)
    names = ("river", "bridge")
    shelf._adder.files([send(f"{name}.txt", f"The {name} is wide.") for name in names], T)
    wait_for_jobs()
    river, bridge = (next(library.folder.rglob(f"{name}.txt")) for name in names)
    for file in (river, bridge):
        ids = [article.id for article in library.articles() if article.path == str(file)]
        assert "notice" in shelf.asked({"deed": "remove", "language": "en", "ids": ids})
    delete = Path.unlink

    def refuses(self: Path, *, missing_ok: bool = False) -> None:
        if self == river:
            raise PermissionError(self)
        delete(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuses)
    monkeypatch.setattr(shelf._undo, "_clock", lambda: time.monotonic() + 3_600)
    assert "table" in shelf.asked({"deed": "table", "language": "en"})
    assert river.exists()
    assert not bridge.exists()
