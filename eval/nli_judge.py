"""A judge that was trained to tell whether one text follows from another: an NLI cross-encoder."""

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from rag import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_HELP = "Name a cross-encoder for natural language inference: nli:ORG/NAME on the hub, or nli: and its folder."


class NliJudge:
    """Asks a cross-encoder of sentence-transformers; the quote is the premise, the sentence the hypothesis.

    Which of its outputs means entailment is read from the model's own configuration. Its log-odds are those of
    entailment against everything else. A model with one output alone gives them directly.

    Args:
        name: an id on the hub, fetched when it is not here, or a local folder.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """The name that it was asked for by."""
        return f"nli:{self._name}"

    def log_odds(self, title: str, quote: str, sentence: str) -> float:
        """The logarithm of the odds of entailment; see `Judge`.

        Raises:
            ModelError: the model cannot be fetched or loaded, or its outputs have no meaning.
        """
        import torch  # noqa: PLC0415 - slow to import

        premise = f"{title}. {quote}" if title else quote
        raw = self._model.predict([(premise, sentence)], activation_fn=torch.nn.Identity(), show_progress_bar=False)
        outputs = np.asarray(raw, np.float64).reshape(-1)
        if self._entailment is None:
            return float(outputs[0])
        others = np.delete(outputs, self._entailment)
        return float(outputs[self._entailment] - np.logaddexp.reduce(others))

    @cached_property
    def _entailment(self) -> int | None:
        """Which output means entailment, None when there is only one."""
        labels = {int(number): str(label) for number, label in self._model.config.id2label.items()}
        if len(labels) == 1:
            return None
        found = [number for number, label in labels.items() if _means_entailment(label)]
        if len(found) != 1:
            raise ModelError(
                f"{self._name} does not say which of its outputs means entailment: {', '.join(labels.values())}.",
                help=_HELP,
            )
        return found[0]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 - imports torch, seconds
        from transformers.utils import logging  # noqa: PLC0415 - as above

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            return CrossEncoder(self._name)
        except (OSError, ValueError, KeyError, RuntimeError) as problem:
            reason = str(problem).strip().partition("\n")[0]
            raise ModelError(f"The judge {self._name} cannot be loaded: {reason}", help=_HELP) from problem


def _means_entailment(label: str) -> bool:
    said = label.casefold()
    return said in ("entailment", "entailed", "entail", "supported", "consistent")
