"""A deadline for everything that is asked of a server, whichever way it spends the time."""

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self


class Watch:
    """Cuts connections when the time is over.

    A limit for each step is not enough: a server that sends a byte in time, again and again, even of a header,
    could keep a reader for days.

    Args:
        whole_s: seconds from entering on.
    """

    def __init__(self, whole_s: float) -> None:
        self.over = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(whole_s, self._cut)
        self._timer.daemon = True

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of a connection: the `trace` extension of httpx calls this with all that it does."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            found = info["return_value"].get_extra_info("socket")
            with self._lock:
                self._sockets.append(found)
            if self.over:
                self._cut()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for each in self._sockets:
                with suppress(OSError):  # closed by now, or handed on to TLS, whose own follows in the list
                    # Of the plain socket: that of TLS would first forget its state, which the reader still uses.
                    socket.socket.shutdown(each, socket.SHUT_RDWR)
