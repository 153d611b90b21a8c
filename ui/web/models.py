"""The models that can answer: which are here, which is fetched, which one runs, and putting another in its place."""

import logging
import os
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from embeddings import ModelState, list_models, local_generator, pull
from rag import Database, DossierError, Fetching, Library, load_generator
from ui.web import preferences

logger = logging.getLogger(__name__)

Stage = Literal["ready", "loading", "idle", "fetching", "here", "absent"]
"""ready, loading, idle and fetching are the running model's; others are here, absent, or fetched as well."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model and what can be done with it.

    Attributes:
        name: what it is called.
        stage: see `Stage`.
        running: whether it is the one that answers.
        usual: whether it answers where no other was chosen.
        size: bytes of its files, None where unknown.
        licence: of its weights, "" where unknown.
        note: what it is good for, in English.
        weights: bytes of memory that it takes now.
        share: how much of it is fetched, 0 to 1; None where unknown.
        left_s: seconds until it is there, None where unknown.
        problem: what went wrong when it was fetched or put to use last.
    """

    name: str
    stage: Stage
    running: bool = False
    usual: bool = False
    size: int | None = None
    licence: str = ""
    note: str = ""
    weights: int = 0
    share: float | None = None
    left_s: float | None = None
    problem: str = ""


class Models:
    """What is known of all models, and what is done with them in the background; for all browsers.

    Args:
        library: whose model it is about.
        memory: keeps which one was chosen.
    """

    def __init__(self, library: Library, memory: Database) -> None:
        self._library = library
        self._memory = memory
        self._lock = threading.Lock()
        self._fetches: dict[str, Fetching] = {}
        self._problems: dict[str, str] = {}
        self._changing = ""

    def listed(self) -> tuple[Model, ...]:
        """The models that answer: those of the catalogue, and first the one that runs where it is none of them."""
        models = [self._model(state) for state in list_models() if state.entry.kind == "generator"]
        if not any(model.running for model in models):
            models.insert(0, self._as_it_runs(Model(self._library.running.name, "here", running=True)))
        return tuple(models)

    def fetch(self, name: str) -> None:
        """Fetch a model of the catalogue in the background, unless that is being done."""
        with self._lock:
            if name in self._fetches or not _is_known(name):
                return
            self._fetches[name] = Fetching()
            self._problems.pop(name, None)
        threading.Thread(target=self._fetch, args=[name], name="dossier-fetches", daemon=True).start()

    def use(self, name: str) -> None:
        """Let another model answer from now on, for everybody; it is loaded in the background.

        The answer that is being written is finished by the model before. What is not on this machine is not used.
        """
        with self._lock:
            if self._changing or not _is_known(name) or local_generator(name) is None:
                return
            self._changing = name
            self._problems.pop(name, None)
        threading.Thread(target=self._use, args=[name], name="dossier-changes-models", daemon=True).start()

    def _fetch(self, name: str) -> None:
        try:
            pull(name, self._fetches[name])
        except DossierError as error:
            self._problems[name] = f"{error.message} {error.help}".strip()
        except Exception as error:
            logger.exception("a model was not fetched")
            self._problems[name] = f"{type(error).__name__}: {error}"
        finally:
            del self._fetches[name]

    def _use(self, name: str) -> None:
        try:
            self._library.use(load_generator(name))
            preferences.change(self._memory, preferences.MACHINE, model=name)
            self._library.load()
        except DossierError as error:
            self._problems[name] = f"{error.message} {error.help}".strip()
        except Exception as error:
            logger.exception("a model could not be used")
            self._problems[name] = f"{type(error).__name__}: {error}"
        finally:
            self._changing = ""

    def _model(self, state: ModelState) -> Model:
        entry, name = state.entry, state.entry.name
        model = Model(
            name,
            "here" if state.cached else "absent",
            usual=state.default,
            size=state.size,
            licence=entry.licence,
            note=entry.note,
            problem=self._problems.get(name, ""),
        )
        if (fetching := self._fetches.get(name)) is not None:
            return replace(model, stage="fetching", share=fetching.share, left_s=fetching.left_s)
        if name == self._changing:
            return replace(model, stage="loading")
        # The generator is known by its file, the catalogue's entry by its name.
        if self._library.running.name in (name, state.path.stem):
            return self._as_it_runs(model)
        return model

    def _as_it_runs(self, model: Model) -> Model:
        now = self._library.running
        return replace(model, running=True, stage=now.state, weights=now.weights, share=now.share, left_s=now.left_s)


def _is_known(name: str) -> bool:
    return any(state.entry.name == name and state.entry.kind == "generator" for state in list_models())


def use_chosen(library: Library, memory: Database) -> None:
    """Let the model answer that was chosen last, where it is still here and the environment names no other."""
    chosen = preferences.load(memory, preferences.MACHINE).model
    if chosen and not os.environ.get("DOSSIER_MODEL") and _is_known(chosen) and local_generator(chosen) is not None:
        library.use(load_generator(chosen))


def load_soon(library: Library) -> None:
    """Load both models in the background, so that the first question need not wait for them."""

    def load() -> None:
        try:
            library.load()
        except DossierError as error:
            logger.warning("The model is not loaded yet: %s", error)  # the first question says it where it is read

    threading.Thread(target=load, name="dossier-loads-models", daemon=True).start()


def memory_in_use() -> int | None:
    """Bytes of memory that this process takes, None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return None
    return pages * os.sysconf("SC_PAGE_SIZE")
