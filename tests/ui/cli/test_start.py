"""How the command line starts and ends as a process, and its page of documentation."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.main import get_command

from tests.ui.cli.shell import BRIDGE, Shell
from ui.cli import docs, main
from ui.cli.app import app

HEAVY = {"torch", "gradio", "llama_cpp", "faiss", "sentence_transformers", "transformers", "lingua"}
PACKAGES = ("documents", "embeddings", "rag", "ui")
ROOT = Path(__file__).parents[3]

LOADED = """
import sys
from ui.cli import main
assert main(sys.argv[1:]) == 0
print(*sys.modules, file=sys.stderr)
"""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    made = Shell(monkeypatch, capsys, tmp_path)
    made.write("bridge.txt", BRIDGE)
    made.run("add", made.folder)
    return made


def start(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, env=env
    )


def test_the_process_ends_without_threads_that_still_load_something(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(sys, "argv", ["dossier", "--version"])
    loaded = Event()
    Thread(target=loaded.wait, args=[60], daemon=True).start()
    assert (main(), ended) == (0, [0])
    loaded.set()
    assert capsys.readouterr().out.startswith("dossier ")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["list", "--json"], ["status"], ["models", "list"]]
)
def test_small_commands_load_nothing_heavy(shell: Shell, arguments: list[str]) -> None:
    assert shell.ids()
    ended = start("-c", LOADED, *arguments)
    assert ended.returncode == 0, ended.stderr
    assert not HEAVY & set(ended.stderr.split())


def test_adding_what_is_there_loads_nothing_heavy(shell: Shell) -> None:
    ended = start("-c", LOADED, "add", str(shell.folder))
    assert ended.stdout == "0 added, 1 unchanged\n"
    assert not HEAVY & set(ended.stderr.split())


def test_the_chat_turns_telemetry_off_before_its_libraries_look() -> None:
    silenced = ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_DISABLE_TELEMETRY")
    env = {name: value for name, value in os.environ.items() if name not in silenced}
    told = "import ui.web.serve, gradio.analytics as g, huggingface_hub.constants as h"
    ended = start("-c", f"{told}; print(g.analytics_enabled(), h.HF_HUB_DISABLE_TELEMETRY)", env=env)
    assert ended.stdout == "False True\n", ended.stderr


def test_a_reader_that_has_gone_is_no_error(shell: Shell) -> None:
    read, write = os.pipe()
    os.close(read)
    article_id = shell.ids()[0]
    for arguments in (["show", article_id], ["show", article_id, "--json"], ["--help"]):
        ended = subprocess.run(
            [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())", *arguments],
            cwd=ROOT,
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
        assert ended.stderr == ""
        assert ended.returncode in {0, 1}
    os.close(write)


def test_the_page_says_what_the_commands_say() -> None:
    page = (ROOT / docs.PAGE).read_text(encoding="utf-8")
    assert page == docs.page(), "run: python -m ui.cli.docs"


def test_the_page_names_every_variable_that_the_program_reads() -> None:
    modules = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    read = {name for path in modules for name in re.findall(r'"(DOSSIER_[A-Z_]+)"', path.read_text(encoding="utf-8"))}
    assert {"DOSSIER_CACHE", "DOSSIER_STATES"} <= read
    assert [name for name in sorted(read) if f"| `{name}` |" not in docs.page()] == []


def make_chat(folder: Path, dossier: str, articles: str = "") -> subprocess.CompletedProcess[str]:
    """Run what `make chat` runs, with a set-up that only says so and a `dossier` that does what is written here."""
    for name, body in {".ci/setup.sh": 'echo "set up"', ".venv/bin/dossier": dossier}.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    script = folder / ".ci" / "chat.sh"
    shutil.copy(ROOT / ".ci" / "chat.sh", script)
    env = {**os.environ, "ARTICLES": articles}
    return subprocess.run([script], capture_output=True, text=True, check=False, timeout=60, env=env)


@pytest.mark.parametrize(("added", "opens"), [(0, True), (3, True), (1, False), (70, False), (130, False)])
def test_make_chat_opens_the_chat_only_when_there_is_something_to_ask(
    tmp_path: Path, added: int, *, opens: bool
) -> None:
    ended = make_chat(tmp_path, f'echo "$1"; [ "$1" != add ] || exit {added}')
    assert (ended.stdout.splitlines()[-1] == "chat") == opens
    assert (ended.returncode == 0) == opens


def test_make_chat_looks_for_the_folder_before_it_sets_anything_up(tmp_path: Path) -> None:
    assert "set up" in make_chat(tmp_path / "samples", "true").stdout
    ended = make_chat(tmp_path / "nowhere", "true", "nope")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == 'There is no file or folder "nope".\n'


def test_every_command_in_the_readme_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    shown = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("    dossier ")]
    shown += [shlex.split(each) for line in lines for each in re.findall(r"`dossier ((?:chat|models) [^`]+)`", line)]
    assert len(shown) >= 8
    monkeypatch.chdir(tmp_path)
    for folder in ("my-articles", "before", "after"):
        Path(folder).mkdir()
    Path("answers.jsonl").touch()
    for words in shown:
        command, at = get_command(app), 0
        while found := getattr(command, "commands", {}).get(words[at] if at < len(words) else ""):
            command, at = found, at + 1
        assert not hasattr(command, "commands") or words[at:][0].startswith("--"), words
        command.make_context("dossier", words[at:])  # ends here where there is no such option


def test_every_command_has_a_worked_example() -> None:
    for name, text in docs.helps():
        assert f"  {name} " in text or f"  {name}\n" in text or name == "dossier models", name


def test_the_page_holds_nothing_of_this_machine() -> None:
    assert str(Path.home()) not in docs.page()
