"""A deadline for everything that is asked of a server, whichever way it spends the time."""

import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Watch:
    """Cuts connections when the time is over.

    A limit for each step is not enough: a server that sends a byte in time, again and again, even of a header,
    could keep a reader for days.

    It may be entered several times; what is done in between does not count.

    Args:
        whole_s: seconds for all that is done within.
    """

    def __init__(self, whole_s: float) -> None:
        self.over = False
        self._left = whole_s
        self._begun = 0.0
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection: the `trace` extension of httpx calls this with all that it does."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            found = info["return_value"].get_extra_info("socket")
            with self._lock:
                self._sockets.append(found)
            if self.over:
                self._cut()

    def __enter__(self) -> Self:
        self._begun = time.monotonic()
        self._timer = threading.Timer(max(self._left, 0.0), self._cut)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._left -= time.monotonic() - self._begun
        self._sockets.clear()

    def _cut(self) -> None:
        self.over = True
        with self._lock:
            for each in self._sockets:
                with suppress(OSError):  # closed by now, or handed on to TLS, whose own follows in the list
                    # Of the plain socket: that of TLS would first forget its state, which the reader still uses.
                    socket.socket.shutdown(each, socket.SHUT_RDWR)
