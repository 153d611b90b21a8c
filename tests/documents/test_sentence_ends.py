"""How many sentence ends are found and how many that are found are ends, on a set labelled by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import sentences

MARK = "‖"
SET = Path(__file__).parent / "data" / "sentence_ends.txt"


def labelled() -> Iterator[tuple[str, str, set[int]]]:
    """Language, paragraph and the offsets behind its sentences' last characters."""
    language = ""
    for line in SET.read_text("utf-8").splitlines():
        if line.startswith("## "):
            language = line[3:]
        elif line and not line.startswith("#"):
            parts = line.split(MARK)
            ends = {len("".join(parts[: count + 1])) for count in range(len(parts) - 1)}
            yield language, "".join(parts), ends


def scores(language: str | None = None, *, inner: bool = False) -> tuple[int, int, int]:
    """Ends that are right, found, and labelled; `inner` leaves out the last of each paragraph, which is easy."""
    right = found = wanted = 0
    for code, text, ends in labelled():
        if language in (None, code):
            last = {len(text)} if inner else set()
            got = {end for _, end in sentences(text, code)} - last
            right, found, wanted = right + len(got & ends), found + len(got), wanted + len(ends - last)
    return right, found, wanted


def f1(counts: tuple[int, int, int]) -> float:
    right, found, wanted = counts
    return 2 * right / (found + wanted)


def test_there_are_enough() -> None:
    assert scores(inner=True)[2] >= 340
    assert scores()[2] >= 400


def test_ends_are_found() -> None:
    assert f1(scores()) >= 0.98
    assert f1(scores(inner=True)) >= 0.98


@pytest.mark.parametrize("language", sorted({code for code, _, _ in labelled()}))
def test_no_language_is_left_behind(language: str) -> None:
    assert f1(scores(language)) >= 0.95
