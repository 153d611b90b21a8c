"""Writes docs/cli.md from the commands themselves: `python -m ui.cli.docs`, from the repository's folder.

A test compares the page with what this module makes, so that the two cannot drift apart.
"""

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.main import get_command

from ui.cli.app import app

PAGE = Path("docs") / "cli.md"

_WIDTH = 100

_HEAD = """\
# The command line

Made by `python -m ui.cli.docs` from the commands themselves; change their help texts instead.

Results go to standard output, everything else (titles of what is being read, progress, warnings, errors) to
standard error. With `--json` standard output holds one JSON value and nothing else; characters that a terminal
would obey are written as `\\uXXXX`.

| exit code | meaning |
|---:|---|
| 0 | done; also when the articles do not hold the answer: that is an answer, with `"abstained": true` |
| 1 | could not be done: the message says why and what helps |
| 2 | wrong usage, such as an unknown option or an empty question |
| 3 | from `add`, `sync`, `update`: some could not be added, and standard error names it; the rest is in the library |
| 4 | from `eval compare` and `eval gate`: something is worse than it was, or below its floor |
| 70 | an error of Dossier's own; with `DOSSIER_DEBUG=1` it shows where |
| 130 | interrupted |

| variable | meaning |
|---|---|
| `DOSSIER_LIBRARY` | folder of the library, where `--library` does not say otherwise |
| `DOSSIER_MODEL` | the generator: a name from `dossier models list`, a `.gguf` file, or `org/repo/file.gguf` |
| `DOSSIER_EMBEDDING` | the embedding model: a name from the list, a sentence-transformers folder, or `org/repo` |
| `DOSSIER_CACHE` | folder of the models and of everything else that can be had again |
| `DOSSIER_STATES` | `off` keeps neither what the model has read nor vectors of sentences, for comparison |
| `DOSSIER_STATES_LIMIT` | bytes on disk that both may take; the least recently used goes first |
| `DOSSIER_AUTH` | `USER:PASSWORD` of somebody who may sign in to the chat; see `dossier chat` |
| `DOSSIER_ALLOW_PRIVATE` | `1` lets pages be fetched from addresses of this machine and of private networks |
| `DOSSIER_ARTICLES` | folder of the articles of `eval` that do not come with Dossier |
| `DOSSIER_XQUAD` | folder of the XQuAD files, for `eval --set xquad:es` |
| `OPENAI_API_KEY` | the key that a server gets which `eval --judge` names; nobody else does |
| `DOSSIER_OCR` | languages of pages that are pictures, as Tesseract names them: `swe+fra`; without it `eng` |
| `DOSSIER_DEBUG` | `1` shows the traceback of an error |
"""


def page() -> str:
    """The whole page."""
    return _HEAD + "".join(f"\n## {name}\n\n```text\n{text}\n```\n" for name, text in helps())


def helps() -> Iterator[tuple[str, str]]:
    """Every command's full name and its help, the same on every terminal."""
    yield from _helps(typer.Context(get_command(app), info_name="dossier", terminal_width=_WIDTH))


def _helps(context: typer.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, context.get_help().strip()
    for name, command in getattr(context.command, "commands", {}).items():
        yield from _helps(typer.Context(command, info_name=name, parent=context, terminal_width=_WIDTH))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
