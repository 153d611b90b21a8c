"""Why another machine cannot be reached, in plain words; what the system says of it is for those who look into it."""

import errno
import socket
from collections.abc import Iterator

CHECK = "Check how the address is spelled, and that this machine is online."

_REASONS = {
    errno.ECONNREFUSED: "the host takes no connections there",
    errno.ECONNRESET: "the host broke off the connection",
    errno.ENETUNREACH: "no network leads to the host",
    errno.EHOSTUNREACH: "no network leads to the host",
    errno.ETIMEDOUT: "the host does not answer",
}


def why_unreachable(error: BaseException) -> str:
    """What went wrong on the way to another machine, as the second half of a sentence.

    Args:
        error: of whatever library; the system's own error may lie behind it.
    """
    for each in _causes(error):
        if isinstance(each, socket.gaierror):
            return "the host name was not found"
        if isinstance(each, OSError) and each.errno in _REASONS:
            return _REASONS[each.errno]
    return str(error).rstrip(".") or type(error).__name__


def is_unreachable(error: BaseException) -> bool:
    """Whether the spelling of the address, or the network, is to blame."""
    return any(isinstance(each, socket.gaierror) or getattr(each, "errno", None) in _REASONS for each in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, and what it was raised for."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
