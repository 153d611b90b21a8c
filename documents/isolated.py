"""Reading in a process of its own, with a limit of time and memory (`documents/reader_process.py`)."""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

from documents.display import printable
from documents.errors import ArticleError

_SCRIPT = Path(__file__).with_name("reader_process.py")
_TIME_LIMIT = 60.0  # seconds for one file
_OCR_TIME_LIMIT = 900.0


def has_ocr() -> bool:
    """Whether pictures of text can be read: the extra `ocr` and the program tesseract are there."""
    return importlib.util.find_spec("pytesseract") is not None and shutil.which("tesseract") is not None


def read_apart(
    kind: str, data: bytes, *, name: str, url: str | None = None, ocr: bool = False, seconds: float | None = None
) -> dict[str, Any]:
    """Read a file in another process.

    Args:
        kind: "pdf" or "rtf"; any other kind is read by the reader that the project has for it.
        data: the whole file.
        name: what to call it in an error message.
        url: where it came from.
        ocr: recognise the text of pages that are pictures.
        seconds: the limit of time, another than the usual one.

    Returns:
        What the process printed.

    Raises:
        ArticleError: when it took too long, needed too much memory, or crashed.
    """
    limit = seconds or (_OCR_TIME_LIMIT if ocr else _TIME_LIMIT)
    command = [sys.executable, "-P", "-s", str(_SCRIPT), kind, printable(name), url or "", *(["--ocr"] if ocr else [])]
    try:
        done = subprocess.run(  # noqa: S603 - our own script; what is untrusted goes in as its input
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ArticleError(
            f"{printable(name)} was not read within {limit:.0f} s.", help="It may be damaged."
        ) from error
    if done.returncode:
        read_as = kind.upper() or "a page"  # without a suffix, as most addresses are
        raise ArticleError(
            f"{printable(name)} is damaged: reading it as {read_as} ended with code {done.returncode}.",
            help="Open it in its own program and save it anew.",
        )
    return cast("dict[str, Any]", json.loads(done.stdout))
