"""Where letters stand on the page: the pieces of lines that a stretch of the text covers, in pixels."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QTextBlock

from longwriter_desktop.ui.manuscript.fields import utf16_length
from longwriter_desktop.ui.manuscript.page import Page
from longwriter_desktop.ui.manuscript.placeholder import BASELINE
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH

LONGEST_LINE = 20_000
"""A line of more letters is a model gone astray; looking at each of its words would take too long."""
_ABOVE, _BELOW = 0.98, 0.32
"""How far a piece of a line reaches above and below its baseline, as multiples of the size of the type."""


class Layer(Protocol):
    """Something that is painted below or above the text."""

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Paints what shows in ``area``, both in pixels of the unscrolled page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of one line: the rectangle around its letters, and its baseline, in pixels of the unscrolled page."""

    rect: QRectF
    baseline: float


def blocks_in(page: Page, area: QRectF) -> Iterator[QTextBlock]:
    """The lines (paragraphs to Qt) that show in a strip of the page."""
    layout = page.document.documentLayout()
    position = layout.hitTest(QPointF(MARK_WIDTH + 1, area.top()), Qt.HitTestAccuracy.FuzzyHit)
    block = page.document.findBlock(max(0, position))
    while block.isValid() and layout.blockBoundingRect(block).top() <= area.bottom():
        yield block
        block = block.next()


def pieces(page: Page, begin: int, end: int, within: QRectF | None = None) -> list[Piece]:
    """What the positions ``begin`` to ``end`` of the document cover, line by line; no width where both are one.

    Of lines outside of ``within`` nothing is said.
    """
    found: list[Piece] = []
    layout = page.document.documentLayout()
    block = page.document.findBlock(begin)
    if within is not None and layout.blockBoundingRect(block).bottom() < within.top():
        block = next((shown for shown in blocks_in(page, within) if shown.position() > begin), block)
    while block.isValid() and block.position() <= end:
        if within is not None and layout.blockBoundingRect(block).top() > within.bottom():
            break
        first = max(0, begin - block.position())
        last = min(block.length() - 1, end - block.position())
        found += _pieces_of(page, block, first, last, within)
        block = block.next()
    return found


def _pieces_of(page: Page, block: QTextBlock, first: int, last: int, within: QRectF | None) -> Iterator[Piece]:
    kind = page.field_at(block.position()).key.kind
    size, line_px = page.typography.font_of(kind).pixelSize(), page.typography.line_px_of(kind)
    top = page.document.documentLayout().blockBoundingRect(block).top()
    layout = block.layout()
    # What an input method is composing stands in the line, but is no text yet.
    composed, composed_at = utf16_length(layout.preeditAreaText()), layout.preeditAreaPosition()
    first += composed if first > composed_at else 0
    last += composed if last > composed_at else 0
    numbers = range(layout.lineCount())
    if within is not None:
        numbers = range(
            max(0, int((within.top() - top) / line_px) - 1),
            min(layout.lineCount(), int((within.bottom() - top) / line_px) + 2),
        )
    for number in numbers:
        line = layout.lineAt(number)
        line_begin, line_end = line.textStart(), line.textStart() + line.textLength()
        if line_begin > last or (line_end <= first and number + 1 < layout.lineCount()):
            continue
        left, _ = cast(tuple[float, int], line.cursorToX(max(first, line_begin)))
        right, _ = cast(tuple[float, int], line.cursorToX(min(last, line_end)))
        if (left != right or first == last) and line_end >= first:
            baseline = top + (number + BASELINE) * line_px
            rect = QRectF(MARK_WIDTH + min(left, right), baseline - _ABOVE * size, abs(right - left), 0)
            rect.setHeight((_ABOVE + _BELOW) * size)
            yield Piece(rect, baseline)
