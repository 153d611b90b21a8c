"""What a package needs beside its modules is installed with it, and its own packages are."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
TOP = [package for package in SETUPTOOLS["packages"] if "." not in package]


@pytest.mark.parametrize("package", TOP)
def test_every_file_that_is_no_module_is_package_data(package: str) -> None:
    folder = ROOT / package
    listed = {path for pattern in SETUPTOOLS["package-data"].get(package, ()) for path in folder.glob(pattern)}
    beside = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".typed")}
    assert beside <= listed


@pytest.mark.parametrize("package", TOP)
def test_every_folder_with_modules_is_installed(package: str) -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / package).rglob("*.py")}
    assert {".".join(folder.parts) for folder in folders} <= set(SETUPTOOLS["packages"])
