"""Who may sign in: names and passwords as they are given on the command line, in a file or in the environment."""

import hmac
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from documents import DossierError

VARIABLE = "DOSSIER_AUTH"

_FORM = "Write USER:PASSWORD; the password may hold colons, too."


class Users:
    """Names and passwords; shown anywhere, it tells neither.

    Args:
        passwords: by name.
    """

    def __init__(self, passwords: dict[str, str]) -> None:
        self._passwords = {name: _digest(password) for name, password in passwords.items()}

    def __call__(self, name: str, password: str) -> bool:
        """Whether this is the password of that name; takes as long for a name that nobody has."""
        known = self._passwords.get(name)
        return hmac.compare_digest(known or _digest(""), _digest(password)) and known is not None

    def __len__(self) -> int:
        return len(self._passwords)

    def __repr__(self) -> str:
        return f"Users({len(self)})"


def users(
    pairs: Iterable[str],
    *,
    file: Path | None = None,
    variable: str = "",
    ask: Callable[[str], str] | None = None,
) -> Users | None:
    """Everybody who may sign in; None where nobody is named, so that nobody has to.

    Args:
        pairs: `USER:PASSWORD`, as given on the command line.
        file: holds one such pair on each line; empty lines and those that begin with # do not count.
        variable: one such pair, from the environment.
        ask: asks for the password of a name that stands alone among `pairs`.

    Raises:
        DossierError: a pair is none, or the file cannot be read or names nobody.
    """
    named = [_pair(pair if ":" in pair or ask is None else f"{pair}:{ask(pair)}", "--auth") for pair in pairs]
    if variable:
        named.append(_pair(variable, VARIABLE))
    if file is not None:
        named += _read(file)
    return Users(dict(named)) if named else None


def _read(file: Path) -> list[tuple[str, str]]:
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8-sig").splitlines()]
    except (OSError, UnicodeError) as error:
        raise DossierError(f"The file {file} cannot be read.", help="It holds USER:PASSWORD on each line.") from error
    found = [_pair(line, f"{file}, line {i}") for i, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not found:
        # An empty file must not open the chat to everybody.
        raise DossierError(f"The file {file} names nobody.", help="Write USER:PASSWORD on each line.")
    return found


def _pair(text: str, where: str) -> tuple[str, str]:
    name, colon, password = text.partition(":")
    if not (colon and name.strip() and password):
        raise DossierError(f"{where} is not a name and a password.", help=_FORM)
    return name.strip(), password


def _digest(password: str) -> bytes:
    return sha256(password.encode("utf-8", "surrogatepass")).digest()
