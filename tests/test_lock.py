"""The lock files pin everything that pyproject.toml asks for, and name no machine."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_setup import ROOT, pins

LOCKS = (ROOT / "requirements.lock", ROOT / ".ci/build.lock")
CUDA_ONLY = ("nvidia-", "cuda-", "triton")
"""What the build of torch for NVIDIA cards brings; set-up leaves it to pip."""


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _requirements(section: str) -> list[Requirement]:
    project = _project()
    asked = project["project"]["dependencies"] if section == "project" else project["dependency-groups"][section]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize(("lock", "section"), [(LOCKS[0], "project"), (LOCKS[0], "dev"), (LOCKS[1], "build")], ids=str)
def test_every_requirement_is_pinned_to_a_version_it_allows(lock: Path, section: str) -> None:
    pinned = pins(lock)
    for requirement in _requirements(section):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {lock.name}: make lock"
        assert requirement.specifier.contains(version, prereleases=True), f"{requirement} but =={version}"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_names_and_versions_only(lock: Path) -> None:
    for line in lock.read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[a-z0-9-]+==[0-9][0-9a-z.]* *(#.*)?", line), line
        assert "://" not in line
        assert "/" not in line.replace(".ci/build.lock", ""), line


def test_what_the_pinned_packages_require_is_pinned_too() -> None:
    pinned = pins(LOCKS[0])
    for name in pinned:
        try:
            needed = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:
            pytest.fail(f"{name} is in the lock and not installed: make setup")
        for requirement in needed:
            if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
                continue
            other = canonicalize_name(requirement.name)
            if not other.startswith(CUDA_ONLY):
                assert other in pinned, f"{name} requires {requirement}"


def test_torch_is_pinned_without_the_name_of_a_build() -> None:
    pinned = pins(LOCKS[0])
    assert pinned["torch"] == "2.13.0"
    assert not [name for name in pinned if name.startswith(CUDA_ONLY)]
