"""A site of two pages, for tests that have no other."""

from collections.abc import Iterator

import pytest

from tests.documents.texts import CANAL
from tests.site import Site, page, running


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with running(monkeypatch) as started:
        started.pages["/a"] = started.pages["/b"] = page(CANAL)
        yield started
