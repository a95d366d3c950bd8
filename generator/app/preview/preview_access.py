"""Who may ask the preview: pages of its own, on this machine.

A page elsewhere could otherwise read drafts through a name that it lets point here (DNS rebinding), or listen
to the socket.
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit


def is_own_host(header: str, *, host: str, port: int) -> bool:
    """Whether a Host header names the address that is listened on.

    Listening on every address, any address in numbers is its own: it is no name that could point elsewhere.
    """
    try:
        parts = urlsplit(f"//{header}")
        name, asked = (parts.hostname or "").lower(), parts.port or 80
    except ValueError:
        return False
    if asked != port or parts.username is not None or f"{parts.path}{parts.query}{parts.fragment}":
        return False
    address, listening = _parse_address(name), _parse_address(host)
    if listening is not None and listening.is_unspecified:
        return address is not None or name in ("localhost", socket.gethostname().lower())
    if name == host.lower() or (address is not None and address == listening):
        return True
    is_loopback = host == "localhost" or (listening is not None and listening.is_loopback)
    return is_loopback and (name == "localhost" or (address is not None and address.is_loopback))


def is_own_origin(origin: str | None, *, host: str, port: int) -> bool:
    """Whether a request comes from a page of the preview's, or from no page at all."""
    if origin is None:
        return True
    scheme, mark, rest = origin.partition("://")
    return scheme == "http" and bool(mark) and is_own_host(rest, host=host, port=port)


def _parse_address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
