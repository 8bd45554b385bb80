"""What differs between two states of a document, in pieces of its text that can be shown one after another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.document.word_difference import compared_words, matched

Kind = Literal["both", "then", "now"]

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stands in both states, only in the one of ``then``, or only in the one of ``now``."""

    kind: Kind
    text: str


def differences(then: Document, now: Document) -> list[Piece]:
    """The text of ``then`` in pieces, with what only ``now`` has in between; section by section, word by word.

    A section that has moved is compared at its place of then. Without the pieces of "now" the rest reads as
    `reading_text` of ``then``.
    """
    present = {each.id: each for each in now.sections}
    pieces = list(_compared(_title(then), _title(now)))
    for mark, section in _in_order(then, now):
        if mark == "now":
            pieces.append(Piece("now", _text_of(section)))
        elif section.id in present:
            pieces.extend(_compared(_text_of(section), _text_of(present[section.id])))
        else:
            pieces.append(Piece("then", _text_of(section)))
    return _joined(pieces)


def reading_text(document: Document) -> str:
    """Title, headings and texts as one reads them; the main point of a section that has no text yet."""
    return _title(document) + "".join(_text_of(section) for section in document.sections)


def _title(document: Document) -> str:
    return f"{document.title}\n\n" if document.title else ""


def _text_of(section: Section) -> str:
    heading = f"{section.heading}\n\n" if section.heading else ""
    text = section.text.strip("\n")
    return f"{heading}{text or f'[{section.main_point}]'}\n\n"


def _in_order(then: Document, now: Document) -> Iterator[tuple[Literal["then", "now"], Section]]:
    """The sections of then in their order, and between them those that are only in ``now``."""
    old, new = [each.id for each in then.sections], [each.id for each in now.sections]
    before = set(old)
    for _, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for section in then.sections[i1:i2]:
            yield "then", section
        for section in now.sections[j1:j2]:
            if section.id not in before:
                yield "now", section


def _compared(then: str, now: str) -> Iterator[Piece]:
    """By paragraphs first, then by words in those that differ."""
    if then == now:
        yield Piece("both", then)
        return
    for same, old, new in matched(_PARAGRAPH.findall(then), _PARAGRAPH.findall(now)):
        if same:
            yield Piece("both", old)
            continue
        for alike, old_part, new_part in compared_words(old, new):
            yield from (Piece("both", old_part),) if alike else (Piece("now", new_part), Piece("then", old_part))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, empty ones left out."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined
