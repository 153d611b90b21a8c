"""Which machines a web address leads to, and which of them may be asked.

A page that is fetched for its text must not reach services on the reader's own machine or network, whatever name
or redirect it hides behind. So names are resolved here, every address is checked, and the connection is made
to the checked address itself: a name that resolves differently a moment later gains nothing.
"""

import ipaddress
import os
import socket
from urllib.request import getproxies, proxy_bypass

from documents.display import printable
from documents.errors import ArticleError
from documents.unreachable import CHECK

ALLOW_PRIVATE = "DOSSIER_ALLOW_PRIVATE"

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def addresses(host: str, port: int, scheme: str) -> list[str | None]:
    """Resolve a host to addresses that may be asked.

    Args:
        host: a name or a literal address.
        port: where to connect.
        scheme: "http" or "https"; a proxy may be set for one of them.

    Returns:
        Addresses in the system's order; [None] behind a proxy, which resolves names itself.

    Raises:
        ArticleError: when the name is unknown, or any of its addresses is private.
    """
    if _proxied(host, scheme) and _literal(host) is None and host != "localhost":
        return [None]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ArticleError(f"The host {printable(host)} was not found.", help=CHECK) from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if os.environ.get(ALLOW_PRIVATE) != "1":
        for address in found:
            if not is_public(address):
                raise ArticleError(
                    f"{printable(host)} is on this machine or a private network ({printable(address)}).",
                    help=f"Set {ALLOW_PRIVATE}=1 to fetch it all the same.",
                )
    return list(found)


def is_public(address: str) -> bool:
    """Whether an address belongs to the open internet, also when IPv6 wraps an IPv4 address."""
    found = _literal(address)
    if found is None:
        return False
    found = _unwrapped(found)
    return found.is_global and not found.is_multicast and not found.is_reserved


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.split("%", maxsplit=1)[0])
    except ValueError:
        return None


def _unwrapped(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address


def _proxied(host: str, scheme: str) -> bool:
    proxies = getproxies()
    return (scheme in proxies or "all" in proxies) and not proxy_bypass(host)
