"""What every test may rely on: a library folder of its own, no network but this machine, no silent skips.

Tests marked `model` or `browser` share the user's model cache; the others get an empty one, so that none of
them needs a model without saying so. A marked test whose model or browser is missing fails and says what to do:
a skipped test looks too much like a passed one.

`make test` runs two processes, each with a core and ports of its own.
"""

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Before any library is imported that would report home.
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

CHROMIUM = Path("/usr/bin/chromium")

settings.register_profile("dossier", deadline=10_000)  # the usual 200 ms are too short where others have the core
settings.load_profile("dossier")


class NetworkRefusedError(ConnectionRefusedError):
    """A test tried to reach another machine."""


def pytest_configure() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _keep_apart(int(worker.removeprefix("gw")))


def _keep_apart(number: int) -> None:
    """Give one of several processes its own core and its own ports.

    Models that use all cores at the same time mostly wait for each other, and Gradio looks for a free port
    before it takes it.
    """
    os.environ["GRADIO_SERVER_PORT"] = str(7860 + 100 * number)
    if hasattr(os, "sched_setaffinity"):  # a Mac has no such thing
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("model") and (missing := _missing_models()):
        pytest.fail(f"Missing models: {', '.join(missing)}. `make test` fetches them.", pytrace=False)
    if item.get_closest_marker("browser") and not os.access(CHROMIUM, os.X_OK):
        pytest.fail(f"There is no {CHROMIUM}. On Debian: apt-get install chromium", pytrace=False)


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_LIBRARY", str(tmp_path / "library"))
    if not any(request.node.get_closest_marker(name) for name in ("model", "browser")):
        monkeypatch.setenv("DOSSIER_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session", autouse=True)
def _this_machine_only() -> Iterator[None]:
    """Let sockets reach this machine and no other."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        _refuse_others(self.family, address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_others(self.family, address)
        return connect_ex(self, address)

    def checked_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_local(host):
            raise NetworkRefusedError(f"A test asked for the address of {host!r}.")
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket, "getaddrinfo", checked_getaddrinfo)
        yield


def is_local(host: str | bytes | None) -> bool:
    """Whether a host name or address is this machine; 0.0.0.0 and :: stand for it when a server listens."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_others(family: int, address: Any) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
        raise NetworkRefusedError(f"A test tried to reach {address!r}.")


def _missing_models() -> list[str]:
    """The models that `model` tests use and that are not on this machine."""
    from embeddings.catalogue import DEFAULT_EMBEDDINGS, DEFAULT_GENERATOR, find
    from embeddings.fetch import is_cached

    def is_here(name: str) -> bool:
        entry = find(name)
        return entry is not None and is_cached(entry)

    missing = [name for name in (DEFAULT_GENERATOR, "qwen2.5-coder-0.5b-instruct") if not is_here(name)]
    if not any(is_here(name) for name in DEFAULT_EMBEDDINGS):
        missing.append(" or ".join(DEFAULT_EMBEDDINGS))
    return missing
