"""A package index and a model hub on this machine, with faults to order."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from embeddings.catalogue import Wheel
from tests.local_server import listening

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Site:
    """What a server has, what it was asked, and how it fails.

    Attributes:
        files: path to bytes.
        etags: path to the hash a hub promises for it; only those paths are files of the hub.
        requests: (method, path, Range header) in the order they came.
        allowance: body bytes that may still be sent before every connection is cut; None is no limit.
        ranges: whether Range is honoured.
    """

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    allowance: int | None = None
    ranges: bool = True

    def add_wheel(self, project: str, member: str, content: bytes) -> Wheel:
        filename = f"{project.replace('-', '_')}-1.0-py3-none-any.whl"
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(member, content)
        wheel = buffer.getvalue()
        self.files[f"/files/{filename}"] = wheel
        page = {"files": [{"filename": filename, "url": f"../../files/{filename}", "size": len(wheel)}]}
        self.files[f"/simple/{project}/"] = json.dumps(page).encode()
        return Wheel(project, filename, hashlib.sha256(wheel).hexdigest(), member)

    def add_hub_file(self, repo: str, revision: str, name: str, content: bytes, *, large: bool = True) -> None:
        path = f"/{repo}/resolve/{revision}/{name}"
        self.files[path] = content
        header = f"blob {len(content)}\0".encode()
        git = hashlib.sha1(header + content, usedforsecurity=False).hexdigest()
        self.etags[path] = hashlib.sha256(content).hexdigest() if large else git

    def asked(self, part: str, method: str = "GET") -> list[str]:
        """The Range headers of the requests for paths that contain `part`."""
        return [ranged for verb, path, ranged in self.requests if verb == method and part in path]


@contextmanager
def serve() -> Iterator[Site]:
    """A site on a free port of this machine."""
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with listening(handler) as address:
        site.address = address
        yield site


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        site, asked = self.site, self.headers.get("Range", "")
        site.requests.append((self.command, self.path, asked))
        content = site.files.get(self.path)
        if content is None:
            self.send_error(404)
            return
        start = int(re.sub(r"\D", "", asked)) if asked and site.ranges else 0
        if start >= len(content) > 0 and start:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self._hub_headers(len(content))
        self.send_header("Content-Length", str(len(content) - start))
        if self.path.startswith("/simple/"):
            self.send_header("Content-Type", "application/vnd.pypi.simple.v1+json")
        self.end_headers()
        if body:
            self._send(content[start:])

    def _hub_headers(self, size: int) -> None:
        if (etag := self.site.etags.get(self.path)) is not None:
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("ETag", f'"{etag}"')
            self.send_header("X-Linked-Etag", f'"{etag}"')
            self.send_header("X-Linked-Size", str(size))

    def _send(self, content: bytes) -> None:
        site = self.site
        counted = site.allowance is not None and not self.path.startswith("/simple/")
        allowed = content[: site.allowance] if counted else content
        self.wfile.write(allowed)
        if counted:
            site.allowance = (site.allowance or 0) - len(allowed)
            if len(allowed) < len(content):
                self.close_connection = True
                self.connection.close()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""
