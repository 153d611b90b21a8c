"""Sets of questions on the Hugging Face hub, through its package `datasets`, which is an extra.

Only when a user asks for one: nothing else here reaches for the network. Its data are read as rows and nothing of it
is run: `datasets` runs no code of a repository from version 4 on.
"""

import importlib
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import regex

from eval import beir
from eval.loaded import Loaded
from eval.loaders import ROW_FORM, from_rows
from eval.rows import DatasetError, Row

REQUIREMENT = "datasets>=4.4"
"""As in the extra of pyproject.toml; a test compares them."""

FORM = "A set on the hub is named hub:OWNER/NAME, hub:OWNER/NAME:CONFIGURATION or hub:OWNER/NAME:CONFIGURATION:SPLIT."

MOST_ROWS = 10_000
"""Questions are taken from so many rows, the first ones: they are fetched one by one."""

_NAME = regex.compile(r"(?P<repo>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)(:(?P<config>[^:]*)(:(?P<split>[^:]+))?)?")
_SPLITS = ("test", "validation", "dev", "train")


def hub(name: str, language: str = "") -> Loaded:
    """The questions of a set on the hub, in any form of rows that files may have, or as BEIR in three parts.

    Args:
        name: OWNER/NAME[:CONFIGURATION[:SPLIT]]; without a split the first that is there of test, validation, dev
            and train.
        language: of the questions; "" tells it from their words.

    Raises:
        DatasetError: the package is not installed, the hub cannot be reached, or the set has no form that is known.
    """
    named = _NAME.fullmatch(name)
    if named is None:
        raise DatasetError(f"{name!r} names no set on the hub.", help=FORM)
    source = _Source(_package(name), named["repo"])
    try:
        configs = source.configs()
        if not named["config"] and {"corpus", "queries"} <= set(configs):
            return _beir(source, configs, language)
        config = named["config"] or _only(configs, source.repo)
        found = from_rows(source.rows(config, named["split"], MOST_ROWS), f"hub:{name}", language)
    except DatasetError:
        raise
    except Exception as problem:  # the package and those below it raise whatever they like
        reason = " ".join(str(problem).split())[:300]
        raise DatasetError(f"hub:{name} cannot be read ({type(problem).__name__}: {reason}).", help=FORM) from problem
    note = f"only the first {MOST_ROWS:,} rows are taken" if len(found.questions) >= MOST_ROWS else ""
    return Loaded(found.questions, found.articles, note)


class _Source:
    """One repository, read through the package."""

    def __init__(self, package: Any, repo: str) -> None:  # noqa: ANN401 - a package that may not be there
        self._package = package
        self.repo = repo

    def configs(self) -> list[str]:
        return [str(name) for name in self._package.get_dataset_config_names(self.repo)]

    def rows(self, config: str, split: str | None = None, most: int | None = None) -> Iterator[Row]:
        there = [str(name) for name in self._package.get_dataset_split_names(self.repo, config)]
        chosen = split or next((name for name in _SPLITS if name in there), there[0])
        stream = self._package.load_dataset(self.repo, config, split=chosen, streaming=True)
        for number, fields in enumerate(islice(stream, most), start=1):
            yield Row.of(f"hub:{self.repo}:{config}:{chosen}, row {number}", fields, ROW_FORM, number)

    def beside(self, ending: str) -> "_Source":
        return _Source(self._package, self.repo + ending)


def _beir(source: _Source, configs: Sequence[str], language: str) -> Loaded:
    """A BEIR set: its judgements are a third part, or stand in a repository of their own."""
    config = next((name for name in ("qrels", "default") if name in configs), None)
    judged = source.rows(config) if config else _alone(source.beside("-qrels"))
    return beir.loaded(source.rows("queries"), beir.relevant_of(judged), source.rows("corpus"), language)


def _alone(source: _Source) -> Iterator[Row]:
    return source.rows(_only(source.configs(), source.repo))


def _only(configs: Sequence[str], repo: str) -> str:
    """The configuration that is meant when none is named."""
    if "default" in configs or len(configs) == 1:
        return "default" if "default" in configs else configs[0]
    several = ", ".join(map(repr, configs[:20])) or "none"
    raise DatasetError(f"hub:{repo} has several configurations, {several}.", help=f"Name one: hub:{repo}:CONFIGURATION")


def _package(name: str) -> Any:  # noqa: ANN401 - a package that may not be there
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # nobody is told who measures what
    try:
        return importlib.import_module("datasets")
    except ImportError as problem:
        command = f"{shlex.quote(sys.executable)} -m pip install {shlex.quote(REQUIREMENT)}"
        raise DatasetError(f"hub:{name} needs the package datasets: {command}") from problem
