"""Where the chat listens, and for whom."""

import ipaddress
from dataclasses import dataclass

from ui.web.auth import Users

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Access:
    """Where the chat listens, and who may use it.

    Attributes:
        host: an address of this machine; other machines reach any but its loopback.
        port: None takes the first free one from 7860.
        names: others by which browsers call it, such as that of a proxy before it.
        users: who may sign in; None lets everybody in who reaches it.
    """

    host: str = HOST
    port: int | None = None
    names: tuple[str, ...] = ()
    users: Users | None = None

    @property
    def is_local(self) -> bool:
        """Whether no other machine reaches it."""
        return self.host == "localhost" or (is_address(self.host) and ipaddress.ip_address(self.host).is_loopback)

    @property
    def is_open(self) -> bool:
        """Whether other machines reach it and nobody has to sign in."""
        return self.users is None and not self.is_local


LOCAL = Access()
"""This machine only, on the first free port."""


def is_address(text: str) -> bool:
    """Whether this is an IP address, not a name."""
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
