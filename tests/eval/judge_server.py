"""A server of the OpenAI protocol on this machine, with answers and faults to order."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.local_server import listening


@dataclass
class Site:
    """What a server answers and what it was asked.

    Attributes:
        text: what the model writes.
        places: for each token of it, the likeliest tokens and their chances; empty gives no probabilities.
        refusals: statuses that are answered before anything else.
        knows_odds: whether logprobs are a field it knows.
        raw: answered in place of everything.
        asked: the bodies that came.
        keys: the Authorization header of each request.
    """

    address: str = ""
    text: str = "Yes"
    places: list[dict[str, float]] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    knows_odds: bool = True
    raw: bytes | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def answer(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.asked.append(body)
        if self.refusals:
            return self.refusals.pop(0), b"<b>too\nmuch</b>"
        if body.get("logprobs") and not self.knows_odds:
            return 400, b"unknown field logprobs"
        choice: dict[str, Any] = {"message": {"role": "assistant", "content": self.text}}
        if body.get("logprobs") and self.places:
            choice["logprobs"] = {"content": [_place(place) for place in self.places]}
        return 200, self.raw if self.raw is not None else json.dumps({"choices": [choice]}).encode()


@contextmanager
def serve() -> Iterator[Site]:
    """A server on a free port of this machine."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with listening(handler) as address:
        site.address = f"{address}/v1"
        yield site


def _place(chances: dict[str, float]) -> dict[str, Any]:
    listed = [{"token": token, "logprob": math.log(chance)} for token, chance in chances.items()]
    return {**listed[0], "top_logprobs": listed}


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        self._send(200, b'{"data": [{"id": "first"}, {"id": "second"}]}' if self.path == "/v1/models" else b"{}")

    def do_POST(self) -> None:
        self.site.keys.append(self.headers.get("Authorization"))
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._send(*(self.site.answer(body) if self.path == "/v1/chat/completions" else (404, b"no such page")))

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""
