"""File names for documents: from a title to a name that every system accepts and no other file has."""

import re
import unicodedata
from pathlib import Path

from longwriter_desktop.project.schema import SUFFIX

_MOST_BYTES = 120
"""Of the name without suffix, in UTF-8. The strictest common limit is 143 (an encrypted home folder)."""
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)
"""Names of devices on Windows, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""


def proposed_name(title: str, otherwise: str = "Document") -> str:
    """A file name without suffix made from ``title``; ``otherwise`` when nothing of the title is left.

    Letters of all scripts stay. What Windows, macOS or Linux refuse in a name becomes a space, and the
    name is cut, at a word where there is one, to 120 bytes.
    """
    text = unicodedata.normalize("NFC", "".join(_visible(character) for character in title))
    text = _NOT_IN_NAMES.sub(" ", text)
    name = _shortened(_tidy(text))
    if _RESERVED.match(name):
        name = f"_{name}"
    return name or otherwise


def new_document_path(folder: Path, title: str, suffix: str = SUFFIX, otherwise: str = "Document") -> Path:
    """A path in ``folder`` that no file has yet: “Essay.longwriter”, “Essay 2.longwriter”, …

    Names that differ in case or in the spelling of accents count as the same, because on some systems
    they are, and folders are synchronised between systems. Raises OSError when the folder cannot be read.
    """
    taken = {_same(entry.name) for entry in folder.iterdir()} if folder.is_dir() else set()
    name = proposed_name(title, otherwise)
    number = 1
    candidate = f"{name}{suffix}"
    while _same(candidate) in taken:
        number += 1
        candidate = f"{name} {number}{suffix}"
    return folder / candidate


def _visible(character: str) -> str:
    """The character, or a space for one that has no place in a name (controls, lone surrogates, line ends)."""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs", "Co", "Cn"):
        return ""
    return " " if category[0] in "CZ" else character


def _tidy(text: str) -> str:
    """Single spaces; no dot or space at either end (hidden on Unix, dropped on Windows), no dash in front."""
    return " ".join(text.split()).lstrip(" .-~").rstrip(" .")


def _shortened(text: str) -> str:
    if len(text.encode()) <= _MOST_BYTES:
        return text
    start, space, _ = text.encode()[: _MOST_BYTES + 1].decode("utf-8", "ignore").rpartition(" ")
    if not space or len(start.encode()) <= _MOST_BYTES // 2:  # one long word, or a script without spaces
        start = text.encode()[:_MOST_BYTES].decode("utf-8", "ignore")
    return _tidy(start)


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
