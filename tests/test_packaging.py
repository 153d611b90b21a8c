"""What a package needs beside its modules is installed with it."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_every_file_that_is_no_module_is_package_data(package: str) -> None:
    folder = ROOT / package
    listed = {path for pattern in SETUPTOOLS["package-data"].get(package, ()) for path in folder.glob(pattern)}
    beside = {path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".typed")}
    assert beside <= listed
