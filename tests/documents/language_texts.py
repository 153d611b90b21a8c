"""A text of about 20 words in each of 39 languages."""

from pathlib import Path

_LINES = (Path(__file__).parent / "data" / "languages.tsv").read_text("utf-8").splitlines()

TEXTS: dict[str, str] = dict(line.split("\t") for line in _LINES if not line.startswith("#"))
"""ISO 639-1 code to text."""
