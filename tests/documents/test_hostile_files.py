"""Whatever a file holds, it becomes articles or problems with its name: no crash, no hang, nothing written."""

import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import Article, ArticleError, isolated, parse, read, unpack
from documents.isolated import read_apart
from tests.documents.hostile import by_hand, cases
from tests.documents.stories import story, zipped
from tests.documents.texts import law
from tests.documents.writers import pdf

_SECONDS = 20.0  # for one file, on a busy machine
_MEMORY = 300_000_000  # bytes that Python may hold at once


@cache
def made_by_hand() -> dict[str, bytes]:
    return dict(by_hand())


def outcomes(name: str, data: bytes) -> Iterator[Article | ArticleError]:
    """What becomes of a file: articles and problems."""
    try:
        for part in unpack(data, Path(name)):
            try:
                yield part.article()
            except ArticleError as error:
                yield error
    except ArticleError as error:
        yield error


def check(name: str, data: bytes) -> int:
    """Hold a file to what must be true of any, and count its problems."""
    start, problems = time.monotonic(), 0
    for outcome in outcomes(name, data):
        if isinstance(outcome, ArticleError):
            problems += 1
            assert name in str(outcome)
            assert str(outcome).isprintable()
        else:
            outcome.text.encode()
            assert outcome.text.strip()
            assert all(0 <= s.start < s.end <= len(outcome.text) for s in outcome.sections)
            assert all(0 <= start <= len(outcome.text) for start in outcome.pages)
    assert time.monotonic() - start < _SECONDS, name
    return problems


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which a test runs."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_more_than_300_broken_and_hostile_files(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_TIME_LIMIT", 4.0)
    count = problems = 0
    for name, data in cases():
        count += 1
        problems += bool(check(name, data))
    assert count >= 300
    assert problems > count / 2  # the others have enough left to read
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("suffix", [".zip", ".docx", ".odt", ".epub", ".eml", ".mbox", ".mhtml", ".json", ".csv"])
def test_any_bytes(suffix: str) -> None:
    @settings(law, max_examples=40)
    @given(
        st.binary(max_size=300),
        st.sampled_from([b"", b"PK\x03\x04", b"From a\n", b"A: b\n\n", b'{"text":"', b"text\n"]),
    )
    def holds(data: bytes, start: bytes) -> None:
        check(f"x{suffix}", start + data)

    holds()


def test_what_harms_most_is_told_in_its_own_words() -> None:
    made = made_by_hand()
    for name, words in {
        "bomb.zip": "unpacks to too much",
        "one-large.zip": "unpacks to too much",
        "bomb-in-word.docx": "unpacks to too much",
        "locked.zip": "is encrypted",
        "many.zip": "holds 100,100 files; the limit is 100,000",
        "nested.zip": "nested too deep",
        "paths.zip": "a name that leads out of it",
        "xml-0.odt": "declares entities",
        "xml-1.odt": "declares entities",
        "deep.json": "nested too deep",
        "encrypted.pdf": "is encrypted",
        "no-text.json": "has no field with text, only: a, b\\n",
        "columns.csv": "has no column with text, only: a.",
    }.items():
        told = [str(outcome) for outcome in outcomes(name, made[name]) if isinstance(outcome, ArticleError)]
        assert any(words in each for each in told), (name, told)


def test_a_bomb_takes_bounded_memory() -> None:
    bomb = made_by_hand()["bomb.zip"]
    tracemalloc.start()
    try:
        for part in unpack(bomb, Path("bomb.zip")):
            assert part.name
        assert tracemalloc.get_traced_memory()[1] < _MEMORY
    finally:
        tracemalloc.stop()


def test_good_members_of_an_archive_are_read_though_others_are_bad() -> None:
    made = made_by_hand()["paths.zip"]
    read_well = [outcome.path for outcome in outcomes("paths.zip", made) if isinstance(outcome, Article)]
    assert read_well == ["paths.zip::a\nb\x1b[31m.txt", "paths.zip::good.txt"]


@pytest.mark.parametrize("suffix", [".pdf", ".zip", ".txt", ".mbox", ".json"])
def test_a_sparse_file_of_a_gigabyte_is_refused_unread(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sparse{suffix}"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(ArticleError, match="has 1,000,000,000 bytes; the limit is"):
        read(path)


def test_names_with_line_breaks_and_bytes_that_are_no_text() -> None:
    for name in ("a\nb.pdf", os.fsdecode(b"\xff.docx"), "x\x1b[2J.eml"):
        with pytest.raises(ArticleError) as caught:
            parse(b"?", path=Path(name))
        assert str(caught.value).isprintable()


def test_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(ArticleError, match=r"slow\.pdf was not read within 0 s"):
        read_apart("pdf", pdf(story("en")), name="slow.pdf", seconds=0.001)


@pytest.mark.parametrize(("program", "code"), [("import os; os.kill(os.getpid(), 11)", -11), ("1 / 0", 1)])
def test_reading_that_crashes_is_a_problem_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: int
) -> None:
    script = tmp_path / "crash.py"
    script.write_text(program)
    monkeypatch.setattr(isolated, "_SCRIPT", script)
    with pytest.raises(ArticleError, match=rf"a\.pdf is damaged: reading it as PDF ended with code {code}"):
        read_apart("pdf", b"", name="a.pdf")


@pytest.mark.parametrize("harm", ["open('written', 'wb', 0).write(b'x')", "bytearray(4_000_000_000)"])
def test_the_reading_process_can_neither_write_nor_take_all_memory(here: Path, harm: str) -> None:
    program = f"from documents import reader_process; reader_process._bound(writing=False); {harm}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert done.returncode != 0
    assert all(file.stat().st_size == 0 for file in here.iterdir())


def test_nothing_of_an_archive_is_written(here: Path) -> None:
    assert check("x.zip", zipped({"../up.txt": b"words", "down/a.txt": b"Some words of a text."})) == 1
    assert list(here.iterdir()) == []
    assert not (here.parent / "up.txt").exists()
