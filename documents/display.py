"""Untrusted names and texts, made safe to show in a message."""

LONGEST = 200


def printable(text: object) -> str:
    """Show a name or a text on one line, without anything a terminal would obey.

    A file name may hold line breaks, escape sequences, marks that turn the writing direction and
    undecodable bytes. Each such character is shown as its escape, and a long text is shortened in the
    middle, so that both the folder and the suffix of a path stay readable.

    Args:
        text: what to show; a path is shown as its text.

    Returns:
        Characters that can be printed anywhere.
    """
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in str(text))
    if len(shown) <= LONGEST:
        return shown
    half = LONGEST // 2
    return f"{shown[:half]}…{shown[-half:]}"
