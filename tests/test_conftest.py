"""The net that the other tests hang in."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NetworkRefusedError, is_local


def test_a_test_has_a_library_and_a_cache_of_its_own(tmp_path: Path) -> None:
    assert Path(os.environ["DOSSIER_LIBRARY"]).parent == tmp_path
    assert Path(os.environ["DOSSIER_CACHE"]).parent == tmp_path


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_another_machine_is_out_of_reach(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(NetworkRefusedError, match=address[0]):
        connection.connect(address)


def test_names_of_other_machines_are_not_looked_up() -> None:
    with pytest.raises(NetworkRefusedError, match=r"example\.org"):
        socket.create_connection(("example.org", 443))


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as peer:
        assert peer.getpeername() == server.getsockname()


@given(st.ip_addresses(v=4).map(str))
def test_only_loopback_addresses_are_local(address: str) -> None:
    assert is_local(address) == (address.startswith("127.") or address == "0.0.0.0")  # noqa: S104


def test_the_loopback_of_ipv6_is_local() -> None:
    assert is_local("::1")
    assert not is_local("2001:db8::1")
