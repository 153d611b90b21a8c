"""Where a library lives when nobody says, and how long its passages are."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

LIBRARY_VARIABLE = "DOSSIER_LIBRARY"


@dataclass(frozen=True, slots=True)
class PassageSize:
    """How long passages are, in tokens of the model that reads them.

    Attributes:
        target: what splitting aims at. Four passages of it are read in about a second from their kept
            states, and in some twenty seconds without.
        maximum: what no passage exceeds.
    """

    target: int = 120
    maximum: int = 240


PASSAGE_SIZE = PassageSize()


def default_folder() -> Path:
    """The folder in DOSSIER_LIBRARY, else `library` in the user's data folder."""
    named = os.environ.get(LIBRARY_VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("dossier", appauthor=False)) / "library"
