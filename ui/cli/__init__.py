"""The command line `dossier`."""

from ui.cli.app import main

__all__ = ["main"]
