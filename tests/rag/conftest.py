"""A library of fake models, for tests that have no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import Library
from tests.fakes import FakeEncoder
from tests.rag.parts import open_library


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def library(tmp_path: Path, encoder: FakeEncoder) -> Iterator[Library]:
    with open_library(tmp_path / "library", encoder) as opened:
        yield opened
