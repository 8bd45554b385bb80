"""The parts of the manuscript's text (title, count, headings, texts) and a change of one of them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from longwriter_desktop.document.difference import differing_span


class Kind(StrEnum):
    """What a field is. COUNT, the line under the title, cannot be edited; only TEXT may have several lines."""

    TITLE = "title"
    COUNT = "count"
    HEADING = "heading"
    TEXT = "text"


class FieldKey(NamedTuple):
    """Names a field for as long as the document lives. ``section_id`` is "" for the title and the count."""

    section_id: str
    kind: Kind

    @property
    def is_editable(self) -> bool:
        return self.kind is not Kind.COUNT

    @property
    def is_single_line(self) -> bool:
        return self.kind is not Kind.TEXT


TITLE = FieldKey("", Kind.TITLE)
COUNT = FieldKey("", Kind.COUNT)


def text_key(section_id: str) -> FieldKey:
    return FieldKey(section_id, Kind.TEXT)


def heading_key(section_id: str) -> FieldKey:
    return FieldKey(section_id, Kind.HEADING)


@dataclass(frozen=True, slots=True)
class Change:
    """At character ``at`` of a field, ``removed`` gave way to ``inserted``. Counted in Python characters."""

    field: FieldKey
    at: int
    removed: str
    inserted: str

    @property
    def inverse(self) -> "Change":
        return Change(self.field, self.at, self.inserted, self.removed)

    @property
    def is_empty(self) -> bool:
        return self.removed == self.inserted

    @property
    def characters(self) -> int:
        """How many characters it holds on to."""
        return len(self.removed) + len(self.inserted)


_FOREIGN_LINE_ENDS = re.compile("\r\n|[\r\u2029]")
# QTextDocument marks the beginning and end of frames with these two and takes them for line ends.
_UNSHOWABLE = re.compile("[\ud800-\udfff\ufdd0\ufdd1]")
_LINE_ENDS = re.compile("[\n\u2028\x0b\x0c\x85]+")


def clean(text: str) -> str:
    """``text`` as a QTextDocument can hold it: every line end is "\\n", no lone surrogates, no byte order mark.

    Everything else stays exactly as it is. The mark gives way to U+2060, which Unicode has put in its
    place inside of text: on the way from Python to Qt a text loses it where it comes first.
    """
    text = _UNSHOWABLE.sub("\ufffd", _FOREIGN_LINE_ENDS.sub("\n", text))
    return text.replace("\ufeff", "\u2060")


def fitted(text: str, key: FieldKey) -> str:
    """``text`` cleaned for a field: in a field of one line, line ends become single spaces."""
    text = clean(text)
    return _LINE_ENDS.sub(" ", text) if key.is_single_line else text


def difference(field: FieldKey, old: str, new: str) -> Change:
    """The smallest single change that makes ``new`` out of ``old``."""
    begin, old_end, new_end = differing_span(old, new)
    return Change(field, begin, old[begin:old_end], new[begin:new_end])


def utf16_length(text: str) -> int:
    """The length of ``text`` in UTF-16 units, in which Qt counts."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters_in(text: str, units: int) -> int:
    """How many Python characters of ``text`` the first ``units`` UTF-16 units are; half of a pair counts as none."""
    if text.isascii():
        return min(units, len(text))
    encoded = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(encoded.decode("utf-16-le", "ignore"))
