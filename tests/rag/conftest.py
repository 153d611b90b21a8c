"""A library of fake models, for tests that have no other, and a site of two pages and a feed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Library
from tests.fakes import FakeEncoder
from tests.rag.parts import FLOOD, TRAIN, open_library
from tests.site import MONDAY, FakeClock, Site, fetcher, page, rss, running


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: FakeEncoder) -> Iterator[Library]:
    with open_library(tmp_path / "library", encoder) as opened:
        yield opened


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    clock = FakeClock()
    monkeypatch.setattr("rag.pages.new_fetcher", lambda: fetcher(clock))
    with running(monkeypatch) as started:
        started.pages["/river"] = page(FLOOD, "The river")
        started.pages["/train"] = page(TRAIN, "The train")
        started.pages["/rss"] = rss(("/river", MONDAY))
        yield started
