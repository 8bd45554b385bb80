"""Which addresses in the text may become links that can be clicked."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_SCHEMES = frozenset(("http", "https", "ftp", "mailto"))
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>,;()\[\]\"\\:]+@[A-Za-z0-9][A-Za-z0-9.-]*")
_LONGEST = 2000  # characters; Word refuses to open a file with a link of 2,084


def web_address(target: str) -> str | None:
    """``target`` as an address that every reader takes, or None when it is not one of the web.

    Word calls a file damaged that has a link which is no URI, so an address is written in ASCII with its
    odd characters as %XX, and scripts, paths on the disk and half-written addresses become no link.
    """
    bare = target.strip()
    if bare.lower().startswith("www."):
        bare = f"https://{bare}"
    try:
        parts = urlsplit(bare)
        host = parts.netloc.encode("idna").decode("ascii") if not parts.netloc.isascii() else parts.netloc
    except ValueError:  # includes UnicodeError: a host that no name server could know
        return None
    if parts.scheme not in _SCHEMES:
        return None
    if parts.scheme == "mailto":
        if _MAIL.fullmatch(parts.path) is None or not parts.path.isascii():
            return None
    elif _HOST.fullmatch(host) is None:
        return None
    path, query, fragment = (_ascii(part) for part in (parts.path, parts.query, parts.fragment))
    address = urlunsplit((parts.scheme, host, path, query, fragment))
    return address if len(address) <= _LONGEST else None


def _ascii(part: str) -> str:
    lone_percent = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", part)
    return quote(lone_percent, safe="/%:=&?~+!$,;'@()*-._")
