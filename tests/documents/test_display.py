from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from documents.display import LONGEST, printable
from tests.documents.texts import law


@law
@given(st.text())
def test_everything_shown_can_be_printed_on_one_line(text: str) -> None:
    shown = printable(text)
    assert shown.isprintable()
    assert len(shown) <= LONGEST + 1
    shown.encode()


def test_escapes_are_those_of_python() -> None:
    assert printable("a\nb\x1b[2J\u202e\udcff.txt") == "a\\nb\\x1b[2J\\u202e\\udcff.txt"


def test_readable_text_stays_as_it_is() -> None:
    assert printable(Path("Hà Nội/北京 – été.txt")) == str(Path("Hà Nội/北京 – été.txt"))


def test_a_long_text_keeps_both_ends() -> None:
    assert printable("a" * 300 + ".txt") == "a" * 100 + "…" + "a" * 96 + ".txt"
