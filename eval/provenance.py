"""What a run was made with: the program, the packages, the models, the machine."""

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from documents import Article
from embeddings import Encoder, gguf_hash, local_generator
from eval.datasets import Dataset, fingerprint_of
from eval.intervals import SEED
from eval.questions import Question
from eval.records import RunSettings
from rag import Generator, PassageSize, SearchSettings

_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = ("dossier", "llama-cpp-python", "sentence-transformers", "torch", "faiss-cpu", "numpy")
"""What answers and figures depend on."""


def settings_of(  # noqa: PLR0913 - each is a setting of its own
    dataset: Dataset,
    questions: Sequence[Question],
    encoder: Encoder,
    generator: Generator,
    *,
    articles: Iterable[Article | Path],
    weights: str,
    k: int,
    passages: PassageSize | None,
    search: SearchSettings,
    judge: str,
) -> RunSettings:
    """All that the answers of a run depend on.

    Args:
        dataset: what the questions are from.
        questions: those that are asked.
        encoder: makes the vectors.
        generator: writes the drafts.
        articles: what is asked: the dataset's, or those of the library that was there before.
        weights: sha256 of the generator's file, see `weights_hash`.
        k: how many passages the model reads.
        passages: how long passages are; None where the library was there before.
        search: how they are ranked.
        judge: the name of what the scorer asks, "" for nothing.
    """
    embedding = encoder.fingerprint
    return RunSettings(
        dataset=dataset.name,
        fingerprint=fingerprint_of(dataset.questions, articles),
        questions=tuple(question.id for question in questions),
        model={"name": generator.name, "hash": weights},
        embedding={"name": embedding.name, "hash": embedding.weights},
        k=k,
        passages={} if passages is None else {"target": passages.target, "maximum": passages.maximum},
        search=asdict(search),
        states=not generator.why_plain,
        judge=judge,
        seed=SEED,
        versions=versions(),
        commit=commit(),
        machine=machine(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def weights_hash(model: str | None) -> str:
    """sha256 of a generator's file, "" where the generator is not a file on this machine."""
    path = local_generator(model)
    return gguf_hash(path) if path else ""


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that answers and figures depend on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def commit(root: Path = _ROOT) -> str:
    """The commit that the program's source is at, with "+changes" where files differ from it; "" outside of git."""
    git = shutil.which("git")
    if git is None or not (root / ".git").exists():
        return ""
    head, changes = (
        subprocess.run([git, "-C", str(root), *what], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
        for what in (("rev-parse", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
    )
    return f"{head}+changes" if head and changes else head


def machine() -> dict[str, int]:
    """The cores that this process may use, and the memory in bytes (0 where the system does not say)."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    known = hasattr(os, "sysconf") and {"SC_PAGE_SIZE", "SC_PHYS_PAGES"} <= set(os.sysconf_names)
    return {"cores": cores, "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if known else 0}
