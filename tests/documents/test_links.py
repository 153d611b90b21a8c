"""Addresses in texts."""

import pytest

from documents import listed_addresses, web_address
from tests.documents.lists import FEED


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://a.example/1\n\n# later\n  https://a.example/2#x  \nhttps://a.example/1", 2),
        ("\ufeffhttp://a.example/å", 1),
        ("See https://a.example/1", 0),
        ("https://a.example/1\nand more", 0),
        ("https://a.example/1\nfile:///etc/passwd", 0),
        ("# only a remark", 0),
        ("", 0),
    ],
)
def test_a_list_of_addresses_is_nothing_else(text: str, found: int) -> None:
    assert len(listed_addresses(text.encode())) == found
    assert listed_addresses(text.encode("utf-16")) == ()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/a", "https://news.example/a"),
        ("//b.example/a#x", "https://b.example/a"),
        ("HTTP://B.example/A", "http://B.example/A"),
        ("mailto:x@a.example", None),
        ("http://a.example:99999/", None),
        ("http://a.example/a b", None),
        ("http://a.example/\x1b[2J", None),
        ("http:///a", None),
        ("http://a.example/" + "x" * 2_000, None),
    ],
)
def test_an_address_in_full(written: str, address: str | None) -> None:
    assert web_address(written, FEED) == address
