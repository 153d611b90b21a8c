"""A folder that is watched: each change is taken in once it has come to rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from rag import AddReport, Library
from rag.watching import look
from tests.rag.parts import open_library, write_articles

PAUSE_S = 0.02


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", river="The river rose by two metres in 2024.")


def test_each_change_is_synced(library: Library, folder: Path) -> None:
    stop = False
    reports = library.watch(folder, pause_s=PAUSE_S, should_stop=lambda: stop)
    assert len(next(reports).added) == 1
    write_articles(folder, train="The train was late again, and nobody was told why.")
    assert len(next(reports).added) == 1
    (folder / "river.txt").rename(folder / "flood.txt")
    assert len(next(reports).moved) == 1
    (folder / "flood.txt").unlink()
    assert len(next(reports).removed) == 1
    stop = True
    assert list(reports) == []


def test_an_empty_folder_is_reported_once_and_the_next_change_is_taken_in(library: Library, folder: Path) -> None:
    reports = library.watch(folder, pause_s=PAUSE_S)
    next(reports)
    away = (folder / "river.txt").rename(folder.parent / "river.txt")
    (problem,) = next(reports).problems
    assert "dossier remove" in problem.help
    away.rename(folder / "river.txt")
    assert len(next(reports).unchanged) == 1


def test_another_writer_is_waited_for(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.folder.WAIT_S", 0.01)
    asked = 0

    def should_stop() -> bool:
        nonlocal asked
        asked += 1
        if asked == 20:
            lock.release()
        return False

    lock = FileLock(tmp_path / "library" / "writing.lock")
    lock.acquire()
    report: AddReport = next(library.watch(folder, pause_s=PAUSE_S, should_stop=should_stop))
    assert len(report.added) == 1
    assert asked >= 20


def test_a_look_sees_what_changes(folder: Path) -> None:
    looks = [look(folder)]
    assert look(folder) == looks[0]
    write_articles(folder, river="The river rose by ten metres in 2024.")
    looks.append(look(folder))
    (folder / "notes.xyz").write_text("not read")
    assert look(folder) == looks[1]
    (folder / "river.txt").unlink()
    looks.append(look(folder))
    assert len(set(looks)) == 3
    assert look(folder / "missing") == look(folder)
