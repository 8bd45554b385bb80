"""What is drawn beside and between the text: the writing mark, the quiet mark of the section in hand, placeholders."""

from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTextCursor

from longwriter_desktop.ui.manuscript.fields import Kind
from longwriter_desktop.ui.manuscript.page import Field, Page
from longwriter_desktop.ui.manuscript.placeholder import BASELINE
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH

_LINE_PX = 2
_DISTANCE_PX = 18
"""From the mark in the margin to the text."""


@dataclass(frozen=True, slots=True)
class MarkedSections:
    """The ids of the section being written and of the one the cursor is in, or ""."""

    writing: str
    current: str


class Marks:
    """Paints over a page that is scrolled by ``offset`` pixels."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def paint(self, painter: QPainter, clip: QRect, offset: int, sections: MarkedSections) -> None:
        painter.translate(0, -offset)
        area = QRectF(clip.translated(0, offset))
        for field in self._fields_in(area):
            self._paint_placeholder(painter, field)
            if field.key.kind is Kind.TEXT and field.key.section_id in (sections.writing, sections.current):
                self._paint_mark(painter, field, field.key.section_id == sections.writing)
        painter.translate(0, offset)

    def text_rect(self, field: Field) -> QRectF:
        """Where a field's lines are on the page, in pixels of the unscrolled page."""
        page = self._page
        layout = page.document.documentLayout()
        first = page.document.findBlock(field.start.position())
        last = page.document.findBlock(page.end_of(field))
        top = layout.blockBoundingRect(first).top()
        line_px = page.typography.line_px_of(field.key.kind)
        bottom = layout.blockBoundingRect(last).top() + max(1, last.layout().lineCount()) * line_px
        placeholder = page.placeholder(field)
        if placeholder is not None:
            bottom = top + placeholder.height
        return QRectF(MARK_WIDTH, top, page.document.textWidth() - 2 * MARK_WIDTH, bottom - top)

    def placeholder_at(self, y: float) -> QRectF | None:
        """The place of the placeholder that shows at a height of the unscrolled page."""
        for field in self._fields_in(QRectF(0, y, 1, 1)):
            if self._page.placeholder(field) is not None:
                rect = self.text_rect(field)
                if rect.top() <= y < rect.bottom():
                    return rect
        return None

    def end_rect(self, field: Field) -> QRectF:
        """Where the next letter of a field will stand, as high as a caret."""
        page = self._page
        block = page.document.findBlock(page.end_of(field))
        top = page.document.documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(block.length() - 1)
        x, number = 0.0, 0
        if line.isValid():
            x, _ = cast(tuple[float, int], line.cursorToX(block.length() - 1))
            number = line.lineNumber()
        size, line_px = page.typography.size_px, page.typography.line_px
        baseline = top + (number + BASELINE) * line_px
        return QRectF(MARK_WIDTH + x, baseline - size * 0.95, _LINE_PX, size * 1.15)

    def _fields_in(self, area: QRectF) -> list[Field]:
        """The fields that show in a strip of the page."""
        page = self._page
        layout = page.document.documentLayout()
        position = layout.hitTest(QPointF(MARK_WIDTH + 1, area.top()), Qt.HitTestAccuracy.FuzzyHit)
        order = page.field_at(max(0, position)).order
        found = []
        for field in page.fields[max(0, order - 1) :]:
            if layout.blockBoundingRect(page.document.findBlock(field.start.position())).top() > area.bottom():
                break
            found.append(field)
        return found

    def _paint_placeholder(self, painter: QPainter, field: Field) -> None:
        page = self._page
        placeholder = page.placeholder(field)
        if placeholder is None or QTextCursor(field.start).block().layout().preeditAreaText():
            return
        colour = QColor(page.typography.palette.muted)
        placeholder.draw(painter, self.text_rect(field).topLeft(), colour)

    def _paint_mark(self, painter: QPainter, field: Field, is_written: bool) -> None:
        palette = self._page.typography.palette
        rect = self.text_rect(field)
        colour = QColor(palette.accent if is_written else palette.line)
        painter.fillRect(QRectF(rect.left() - _DISTANCE_PX, rect.top(), _LINE_PX, rect.height()), colour)
        if is_written:
            painter.fillRect(self.end_rect(field), colour)
