"""What a package's `__all__` lists is what it shows, and each of it says what it is."""

import importlib
import inspect
from types import ModuleType

import pytest

from tests.test_imports import ORDER, exported


def visible(module: ModuleType) -> set[str]:
    """The names of ours that a reader takes for public: not private, not submodules, not borrowed (`Path`)."""
    return {
        name
        for name, value in vars(module).items()
        if not name.startswith("_")
        and not inspect.ismodule(value)
        and getattr(value, "__module__", module.__name__).partition(".")[0] in ORDER
    }


@pytest.mark.parametrize("package", ORDER)
def test_all_lists_what_is_visible(package: str) -> None:
    module = importlib.import_module(package)
    assert visible(module) <= exported(package), "visible, but not in __all__"
    for name in sorted(exported(package)):
        assert hasattr(module, name), f"{name} is in __all__, but not there"


@pytest.mark.parametrize("package", ORDER)
def test_all_names_nothing_twice(package: str) -> None:
    names = list(getattr(importlib.import_module(package), "__all__", []))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("package", "name"), [(package, name) for package in ORDER for name in sorted(exported(package))]
)
def test_what_is_exported_is_documented(package: str, name: str) -> None:
    value = getattr(importlib.import_module(package), name)
    if inspect.isclass(value):
        own = vars(value).get("__doc__") or ""
        # A dataclass without a docstring gets its signature as one.
        assert own, f"{name} has no docstring"
        assert not own.startswith(f"{name}("), f"{name} has no docstring"
    elif inspect.isroutine(value):
        assert inspect.getdoc(value), f"{name} has no docstring"


@pytest.mark.parametrize("package", ORDER)
def test_a_package_says_what_it_is(package: str) -> None:
    assert importlib.import_module(package).__doc__
