"""Runs the command line inside the test, on a library whose models are fakes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag import Library
from tests.fakes import FakeEncoder, FakeGenerator
from ui.cli import common, main

BRIDGE = "The bridge over the river opened in 2019. The mayor spoke at the school. It cost 12 million."
TRAIN = "The train to the school has run since 2024."


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands.

    Args:
        monkeypatch: puts libraries with fakes in the place of real ones.
        capsys: takes what is printed.
        folder: for articles.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.folder = folder / "articles"
        self.folder.mkdir()
        self.encoder = FakeEncoder()
        self.generator = FakeGenerator()
        self._capsys = capsys
        monkeypatch.setattr(common, "open_library", self._open)

    def run(self, *arguments: str | Path) -> Ended:
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Ended(code, out, err)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def ask(self, question: str, reply: str, *options: str) -> Ended:
        self.generator.replies = [reply]
        return self.run("ask", question, *options)

    def ids(self) -> list[str]:
        return [article["id"] for article in self.run("list", "--json").json]

    def empty_library(self) -> None:
        """Make the default library, with nothing in it."""
        self._open(None).close()

    def _open(self, folder: Path | None) -> Library:
        return Library.open(folder, encoder=self.encoder, generator=self.generator)
