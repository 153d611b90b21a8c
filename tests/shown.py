"""A table as a terminal shows it."""

from rich.console import Console
from rich.table import Table


def shown(table: Table) -> str:
    """The table's text, in a terminal wide enough for it."""
    console = Console(record=True, width=160, file=None, quiet=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()
