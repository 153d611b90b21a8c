import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import huggingface_hub.constants
import pytest

from embeddings.catalogue import Entry, ModelFile, PackageSource
from tests.embeddings.servers import Site, serve

CLOSED = "http://127.0.0.1:9"
"""Nobody listens there."""

PARTS = tuple(bytes([65 + i]) * (400_000 + i) for i in range(3))
WHOLE = b"".join(PARTS)


def set_hub(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """HF_ENDPOINT, which huggingface_hub reads when it is imported: here it is imported already."""
    monkeypatch.setenv("HF_ENDPOINT", address)
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", address)
    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(huggingface_hub.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A package index that pip is set up with; the hub is not reachable; nobody waits between tries."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("PIP_CERT", raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.setattr("embeddings.packages._pip_setting", lambda _name: "")
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    set_hub(monkeypatch, CLOSED)
    with serve() as server:
        monkeypatch.setenv("PIP_INDEX_URL", f"{server.address}/simple/")
        yield server


@pytest.fixture
def joined(site: Site) -> Entry:
    """A generator cut into three wheels."""
    wheels = tuple(site.add_wheel(f"tiny-part{i}", f"tiny/part{i}.bin", part) for i, part in enumerate(PARTS, start=1))
    return one_file_entry(PackageSource(wheels))


def one_file_entry(*sources: Any, sha256_hex: str | None = sha256(WHOLE).hexdigest()) -> Entry:
    file = ModelFile("tiny.gguf", sources, sha256_hex, len(WHOLE))
    return Entry("tiny", "generator", "MIT", (file,), "for tests")
