"""Imports go one way, and the outer packages use only what the inner ones offer.

documents <- embeddings <- rag <- eval <- ui. Read from the source, so imports inside functions count too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
ORDER = ("documents", "embeddings", "rag", "eval", "ui")
PUBLIC_ONLY = {"eval": ("documents", "embeddings", "rag"), "ui": ("documents", "embeddings", "rag")}
"""Who may use only the names that a package itself exports: users of the Python API get the same."""


class Import(NamedTuple):
    """One imported name; `name` is None for `import module`."""

    line: int
    module: str
    name: str | None


def imports(source: str, package: str) -> Iterator[Import]:
    """Every import of our own packages in a module's source; `package` is where the module stands, dotted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found = [Import(node.lineno, alias.name, None) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            parents = parts[: len(parts) - node.level + 1] if node.level else []
            module = ".".join([*parents, *([node.module] if node.module else [])])
            found = [Import(node.lineno, module, alias.name) for alias in node.names]
        else:
            continue
        yield from (each for each in found if _package(each.module) in ORDER)


def breaches(source: str, package: str, offered: dict[str, set[str]]) -> list[str]:
    """What in a module's source breaks the law; `offered` is what each package exports."""
    own = _package(package)
    problems = []
    for line, module, name in imports(source, package):
        other = _package(module)
        if ORDER.index(other) > ORDER.index(own):
            problems.append(f"line {line}: {own} imports {other}, which stands after it")
        elif other in PUBLIC_ONLY.get(own, ()) and (module != other or name not in offered[other]):
            wanted = f"{module}.{name}" if name else module
            problems.append(f"line {line}: {own} uses {wanted}, which {other} does not export")
    return problems


def _package(module: str) -> str:
    return module.partition(".")[0]


def exported(package: str) -> set[str]:
    """The strings of a package's `__all__`, without importing it."""
    for node in ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")).body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id="__all__")], value=value)
                | ast.AnnAssign(target=ast.Name(id="__all__"), value=ast.expr() as value)
            ):
                return set(ast.literal_eval(value))
    return set()


MODULES = sorted(path for package in ORDER for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    package = ".".join(path.parent.relative_to(ROOT).parts)
    offered = {name: exported(name) for name in ORDER}
    assert breaches(path.read_text(encoding="utf-8"), package, offered) == []


@pytest.mark.parametrize(
    ("package", "source", "problem"),
    [
        ("documents", "import rag", "line 1: documents imports rag, which stands after it"),
        ("rag", "def f():\n    from ui.web import x", "line 2: rag imports ui, which stands after it"),
        ("eval", "from rag.store import Store", "line 1: eval uses rag.store.Store, which rag does not export"),
        ("ui", "from rag import store", "line 1: ui uses rag.store, which rag does not export"),
        ("ui", "import rag", "line 1: ui uses rag, which rag does not export"),
        ("ui", "import numpy, rag.ask", "line 1: ui uses rag.ask, which rag does not export"),
    ],
)
def test_the_law_sees_a_breach(package: str, source: str, problem: str) -> None:
    assert breaches(source, package, {"rag": {"ask"}}) == [problem]


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("ui", "from rag import ask\nfrom eval.runs import load_run"),
        ("rag", "from documents.words import words\nfrom . import store\nfrom .store import Store"),
        ("rag.deep", "from ..store import Store\nfrom ragged import x"),
        ("documents", "import json, html.parser"),
    ],
)
def test_the_law_lets_good_imports_pass(package: str, source: str) -> None:
    assert breaches(source, package, {"rag": {"ask"}}) == []
