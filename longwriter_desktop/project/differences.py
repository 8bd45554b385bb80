"""What differs between two states of a document, in pieces of its text that can be shown one after another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section

Kind = Literal["both", "then", "now"]

_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
_MOST_WORDS = 4000
"""Of a changed passage; longer ones are shown whole, for comparing takes the square of their length at worst."""


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
    for same, old, new in _matched(_PARAGRAPH.findall(then), _PARAGRAPH.findall(now)):
        old_words, new_words = _WORD.findall(old), _WORD.findall(new)
        if same:
            yield Piece("both", old)
        elif not old or not new or len(old_words) + len(new_words) > _MOST_WORDS:
            yield from (Piece("now", new), Piece("then", old))
        else:
            for alike, old_part, new_part in _readable(list(_matched(old_words, new_words))):
                yield from (Piece("both", old_part),) if alike else (Piece("now", new_part), Piece("then", old_part))


def _matched(then: list[str], now: list[str]) -> Iterator[tuple[bool, str, str]]:
    """The two texts side by side: whether a part is the same, and what it is in each."""
    for what, i1, i2, j1, j2 in SequenceMatcher(None, then, now).get_opcodes():
        yield what == "equal", "".join(then[i1:i2]), "".join(now[j1:j2])


def _readable(parts: list[tuple[bool, str, str]]) -> Iterator[tuple[bool, str, str]]:
    """The same with changes that only space lies between as one: nobody reads every other word struck out."""
    old = new = ""
    for at, (same, old_part, new_part) in enumerate(parts):
        joins = same and not old_part.strip() and (old or new) and at + 1 < len(parts)
        if same and not joins:
            if old or new:
                yield False, old, new
            yield True, old_part, new_part
            old = new = ""
        else:
            old, new = old + old_part, new + new_part
    if old or new:
        yield False, old, new


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, empty ones left out."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined
