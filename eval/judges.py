"""Judges by their names: Dossier's own model, another one, a server, a model that was trained to tell."""

from collections.abc import Callable

from embeddings import Encoder, local_generator
from rag import Generator, Judge, ModelJudge, Signals, in_doubt, is_open, judges, load_generator

NOBODY = "none"
"""The name that asks nobody: facts, words and vectors decide alone."""

_NLI = "nli:"


def default_judge(encoder: Encoder) -> Judge | None:
    """The judge that the product asks: its model, if it is on this machine and its word has a known weight.

    Args:
        encoder: see `ModelJudge`.

    Raises:
        ModelError: `DOSSIER_MODEL` names no model.
    """
    return None if local_generator() is None else known_judge(load_generator(), encoder)


def known_judge(generator: Generator, encoder: Encoder) -> Judge | None:
    """A generator as a judge, None where its word has no known weight."""
    return ModelJudge(generator, encoder) if generator.name in judges() else None


def load_judge(name: str | None, encoder: Encoder) -> Judge | None:
    """The judge of a name.

    Args:
        name: "none"; an address such as `http://localhost:8080/v1#model`; `nli:` and the id or folder of a
            cross-encoder; or a generator's name, `.gguf` file or hub id. None takes the default one.
        encoder: see `ModelJudge`.

    Raises:
        ModelError: there is no such model, or it cannot be fetched or loaded.
    """
    if name is None:
        return default_judge(encoder)
    if name == NOBODY:
        return None
    if name.startswith(("http://", "https://")):
        from eval.server_judge import ServerJudge  # noqa: PLC0415 - only what is asked for

        return ServerJudge(name)
    if name.startswith(_NLI):
        from eval.nli_judge import NliJudge  # noqa: PLC0415 - as above

        return NliJudge(name.removeprefix(_NLI))
    return ModelJudge(load_generator(name), encoder)


def when_asked(name: str | None) -> Callable[[Signals], bool]:
    """Which sentences a judge is asked about: the default one those in doubt, a named one all that are open."""
    return in_doubt if name is None else is_open
