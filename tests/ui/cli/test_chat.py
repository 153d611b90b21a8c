"""`dossier chat`: where it listens, who may sign in, and what it says of that."""

import os
import sys
from pathlib import Path
from threading import Event
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from rag import Library
from tests.ui.cli.shell import Ended, Shell
from ui.web.access import HOST, Access

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens


class Launched:
    """Stands where the server would be, and keeps what it was told."""

    def __init__(self) -> None:
        self.access = Access()
        self.articles = -1
        self.interrupted = self.closed = False

    def __call__(self, library: Library, access: Access, *, on_ready: Any, wait: bool) -> "Launched":
        assert not wait
        self.articles, self.access = len(library.articles()), access
        on_ready(f"http://{access.host}:{access.port or 7860}/")
        return self

    @property
    def is_running(self) -> bool:
        if self.interrupted:
            raise KeyboardInterrupt
        return False

    def close(self, *, verbose: bool) -> None:
        assert not verbose
        self.closed = True


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> Launched:
    stand_in = Launched()
    monkeypatch.setitem(sys.modules, "ui.web.serve", SimpleNamespace(launch=stand_in))
    monkeypatch.setattr("socket.gethostname", lambda: "newsroom")
    monkeypatch.delenv("DOSSIER_AUTH", raising=False)
    return stand_in


def test_it_starts_on_the_library_and_tells_the_address(shell: Shell, launched: Launched) -> None:
    shell.run("add", shell.write("bridge.txt", "The bridge opened in 2019."))
    ended = shell.run("chat", "--port", "8123")
    assert (ended.code, launched.articles) == (0, 1)
    assert ended.out == "The chat is at http://127.0.0.1:8123/\n"
    assert ended.err.splitlines()[-1] == "Ctrl-C ends it."


def test_ctrl_c_ends_it_with_one_line(shell: Shell, launched: Launched) -> None:
    launched.interrupted = True
    ended = shell.run("chat")
    assert (ended.code, launched.closed) == (130, True)
    assert ended.out == "The chat is at http://127.0.0.1:7860/\n"
    assert ended.err.splitlines()[-2:] == ["Ctrl-C ends it.", "Closing the chat."]


def test_ctrl_c_before_it_is_served_says_the_same(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "ui.web.serve", SimpleNamespace(launch=interrupted))
    ended = shell.run("chat")
    assert (ended.code, ended.out, ended.err) == (130, "", "Closing the chat.\n")


def test_ctrl_c_does_not_wait_for_browsers(shell: Shell, launched: Launched, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = Event()
    monkeypatch.setattr(launched, "close", lambda **_: answered.wait(60))
    launched.interrupted, began = True, monotonic()
    assert shell.run("chat").code == 130
    assert monotonic() - began < 30
    answered.set()


def test_it_says_whether_a_password_is_set(shell: Shell, launched: Launched) -> None:
    assert launched.access == Access()
    assert "No password is set: whoever uses this machine can open it. --auth NAME" in shell.run("chat").err
    named = shell.run("chat", "--auth", "ana:one", "--auth", "linh:two").err
    assert "It asks for a name and a password: 2 users can sign in, as --auth, --auth-file or DOSSIER_AUTH say" in named
    assert "No password" not in named


def test_without_options_only_this_machine_reaches_it(shell: Shell, launched: Launched) -> None:
    assert shell.run("chat").code == 0
    assert launched.access == Access(HOST, None, (), None)
    assert launched.access.is_local


def test_beyond_this_machine_it_warns_unless_users_are_named(shell: Shell, launched: Launched) -> None:
    ended = shell.run("chat", "--host", EVERYWHERE)
    assert not launched.access.is_local
    assert "On the network it is at http://newsroom:7860/" in ended.err
    assert "Warning: everybody who can reach this machine can read your articles" in ended.err
    assert "Warning" not in shell.run("chat", "--host", EVERYWHERE, "--auth", "ana:one").err


def test_users_come_from_options_a_file_and_the_environment(
    shell: Shell, launched: Launched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOSSIER_AUTH", "env:three")
    file = shell.write("users", "linh:two\n")
    ended = shell.run("chat", "--auth", "ana:one", "--auth-file", file, "--name", "archive.example.org")
    allowed = launched.access.users
    assert allowed is not None
    assert all(allowed(*pair) for pair in (("ana", "one"), ("linh", "two"), ("env", "three")))
    assert launched.access.names == ("archive.example.org",)
    assert "3 users can sign in" in ended.err
    assert not any(word in ended.out + ended.err for word in ("one", "two", "three"))


def test_the_password_of_a_name_alone_is_asked_for(
    shell: Shell, launched: Launched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.prompt", lambda text, **options: f"{text} {options['hide_input']}")
    shell.run("chat", "--auth", "ana")
    assert launched.access.users is not None
    assert launched.access.users("ana", "Password for ana True")


@pytest.mark.parametrize("options", [("--auth", ":x"), ("--auth", "ana:"), ("--auth-file", os.devnull)])
def test_a_slip_in_the_users_starts_nothing(shell: Shell, launched: Launched, options: tuple[str, str]) -> None:
    assert shell.run("chat", *options).code == 1
    assert launched.articles == -1


def _taken(*_: object, **__: object) -> None:
    raise OSError("in use")


def test_a_port_that_is_taken(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ui.web.serve", SimpleNamespace(launch=_taken))
    ended: Ended = shell.run("chat", "--port", "8123")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "Error: Port 8123 of this machine is taken.",
        "Choose another with --port, or leave it out.",
    ]


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid", ""])
def test_an_address_that_this_machine_does_not_have(host: str, tmp_path: Path) -> None:
    from documents import DossierError
    from tests.fakes import FakeEncoder, FakeGenerator
    from ui.web.serve import launch

    with (
        Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=FakeGenerator()) as library,
        pytest.raises(DossierError, match="has no address"),
    ):
        launch(library, Access(host), wait=False)
