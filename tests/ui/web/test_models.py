"""The models in the settings: what is here, what is fetched, which one answers; nothing waits for any of it."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from embeddings import list_models
from rag import Database, DossierError, Library
from tests.fakes import FakeEncoder, LoadableGenerator
from ui.web import preferences
from ui.web.memory import open_memory
from ui.web.models import Model, Models, memory_in_use, use_chosen

USUAL, OTHER = (state.entry.name for state in list_models()[:2])


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Database]:
    opened = open_memory(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    generator = LoadableGenerator("a-model-of-ones-own")
    with Library.open(tmp_path / "library", encoder=FakeEncoder(), generator=generator) as opened:
        yield opened


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The models that this machine has, as a test says."""
    names: set[str] = set()

    def local(name: str | None = None) -> Path | None:
        return Path(f"/models/{name}.gguf") if name in names else None

    monkeypatch.setattr("ui.web.models.local_generator", local)
    monkeypatch.setattr("ui.web.models.load_generator", LoadableGenerator)
    return names


def named(models: Models, name: str) -> Model:
    return next(model for model in models.listed() if model.name == name)


def wait_for(holds: Callable[[], bool]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.02)
    pytest.fail("it did not come to that")


def test_the_model_that_runs_comes_first_where_it_is_in_no_list(library: Library, memory: Database) -> None:
    first, *others = Models(library, memory).listed()
    assert (first.name, first.running, first.stage) == ("a-model-of-ones-own", True, "idle")
    assert {model.name for model in others} == {s.entry.name for s in list_models() if s.entry.kind == "generator"}
    assert not any(model.running for model in others)
    assert [model.name for model in others if model.usual] == [USUAL]


def test_another_model_is_put_to_use_and_remembered(library: Library, memory: Database, here: set[str]) -> None:
    here.add(OTHER)
    models = Models(library, memory)
    models.use(OTHER)
    wait_for(lambda: named(models, OTHER).stage == "ready")
    assert named(models, OTHER).running
    assert named(models, OTHER).weights == 500
    assert library.running.name == OTHER
    assert preferences.load(memory, preferences.MACHINE).model == OTHER


@pytest.mark.parametrize("name", [USUAL, "no-such-model", "", "../../etc/passwd", "multilingual-e5-small"])
def test_what_is_not_here_or_no_generator_is_not_used(
    library: Library, memory: Database, here: set[str], name: str
) -> None:
    here -= {name}
    models = Models(library, memory)
    models.use(name)
    for thread in threading.enumerate():
        if thread.name == "dossier-changes-models":
            thread.join(10)
    assert library.running.name == "a-model-of-ones-own"


def test_a_fetch_tells_how_far_it_is(library: Library, memory: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[Any] = []

    def pull(name: str, progress: Callable[[str, int, int | None], None]) -> None:
        progress(name, 25, 100)
        steps.append(name)
        wait_for(lambda: len(steps) > 1)

    monkeypatch.setattr("ui.web.models.pull", pull)
    models = Models(library, memory)
    models.fetch(OTHER)
    models.fetch(OTHER)  # pressed twice
    wait_for(lambda: steps == [OTHER])
    assert (named(models, OTHER).stage, named(models, OTHER).share) == ("fetching", 0.25)
    steps.append("on")
    wait_for(lambda: named(models, OTHER).stage != "fetching")
    assert steps == [OTHER, "on"]


@pytest.mark.parametrize("error", [DossierError("The disk is full.", help="Make room."), ZeroDivisionError("a bug")])
def test_what_goes_wrong_is_told_and_can_be_tried_again(
    library: Library, memory: Database, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("ui.web.models.pull", fail)
    models = Models(library, memory)
    models.fetch(OTHER)
    wait_for(lambda: bool(named(models, OTHER).problem))
    assert str(error).split(".", maxsplit=1)[0] in named(models, OTHER).problem
    monkeypatch.setattr("ui.web.models.pull", lambda *_: None)
    models.fetch(OTHER)
    wait_for(lambda: not named(models, OTHER).problem)


def test_a_model_that_does_not_load_is_told(library: Library, memory: Database, here: set[str]) -> None:
    here.add(OTHER)
    models = Models(library, memory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LoadableGenerator, "load", _refuse)
        models.use(OTHER)
        wait_for(lambda: bool(named(models, OTHER).problem))
    assert "no memory" in named(models, OTHER).problem


def _refuse(_: object) -> None:
    raise DossierError("There is no memory for it.")


def test_what_was_chosen_is_used_again_when_the_chat_starts(
    library: Library, memory: Database, here: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIER_MODEL", raising=False)
    preferences.change(memory, preferences.MACHINE, model=OTHER)
    use_chosen(library, memory)
    assert library.running.name == "a-model-of-ones-own", "it is no longer on this machine"
    here.add(OTHER)
    monkeypatch.setenv("DOSSIER_MODEL", "something else")
    use_chosen(library, memory)
    assert library.running.name == "a-model-of-ones-own", "the environment says otherwise"
    monkeypatch.delenv("DOSSIER_MODEL")
    use_chosen(library, memory)
    assert library.running.name == OTHER


def test_memory_is_told_in_bytes() -> None:
    assert (memory_in_use() or 0) > 10_000_000
