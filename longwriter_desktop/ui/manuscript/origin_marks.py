"""Marks in the margin that tell generated, edited and own text apart; off until the person asks for them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QTextBlock
from PySide6.QtWidgets import QToolTip
from typing_extensions import override

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.provenance import Provenance, TextOrigin
from longwriter_desktop.document.section import Version
from longwriter_desktop.ui.manuscript.fields import Kind
from longwriter_desktop.ui.manuscript.lines import LONGEST_LINE, blocks_in
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

_DISTANCE_PX = 10
"""From the mark to the text."""
_LINE_PX = 2
PATTERNS = {TextOrigin.GENERATED: [1.0, 2.0], TextOrigin.EDITED: [4.0, 2.0], TextOrigin.OWN: []}
"""Dots, dashes, a whole line: told apart by form, not by colour. Lengths in widths of the line."""
NAMES = {
    TextOrigin.GENERATED: QT_TRANSLATE_NOOP("OriginMarks", "Generated, as the model wrote it"),
    TextOrigin.EDITED: QT_TRANSLATE_NOOP("OriginMarks", "Generated, then edited"),
    TextOrigin.OWN: QT_TRANSLATE_NOOP("OriginMarks", "Your own"),
}


class OriginMarks(QObject):
    """Draws a mark beside each line while it is on; pointing at one says what it means.

    ``document`` gives the document as it stands. What a half-written section has is no version yet, so nothing is
    known of it, and it has no marks.
    """

    def __init__(self, manuscript: Manuscript, document: Callable[[], Document]) -> None:
        super().__init__(manuscript)
        self._document = document
        self._manuscript = manuscript
        self._page = manuscript.page
        self._known: dict[str, tuple[tuple[Version, ...], Provenance]] = {}
        self._on = False
        manuscript.under.append(self)
        manuscript.viewport().installEventFilter(self)

    def set_on(self, on: bool) -> None:
        self._on = on
        self._known.clear()
        self._manuscript.viewport().update()

    def of(self, block: QTextBlock) -> TextOrigin | None:
        """The origin of a line; None for one that is blank or no text of a section, or where it is not known."""
        key = self._page.field_at(block.position()).key
        document = self._document()
        if (
            block.length() > LONGEST_LINE
            or key.kind is not Kind.TEXT
            or not block.text().strip()
            or not document.has_section(key.section_id)
        ):
            return None
        section = document.section(key.section_id)
        versions, provenance = self._known.get(section.id, (None, None))
        if provenance is None or versions is not section.versions:
            provenance = Provenance(section.versions)
            self._known[section.id] = (section.versions, provenance)
        if not section.complete and provenance.is_empty:
            return None
        return provenance.of(block.text())

    def paint(self, painter: QPainter, area: QRectF) -> None:
        if not self._on:
            return
        palette = self._page.typography.palette
        colours = {
            TextOrigin.GENERATED: palette.muted,
            TextOrigin.EDITED: palette.accent,
            TextOrigin.OWN: palette.ink,
        }
        layout = self._page.document.documentLayout()
        for block in blocks_in(self._page, area):
            origin = self.of(block)
            if origin is None:
                continue
            pen = QPen(QColor(colours[origin]), _LINE_PX)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            if PATTERNS[origin]:
                pen.setDashPattern(PATTERNS[origin])
            painter.setPen(pen)
            top = layout.blockBoundingRect(block).top()
            line_px = self._page.typography.line_px
            x, bottom = MARK_WIDTH - _DISTANCE_PX + 1, top + block.layout().lineCount() * line_px
            painter.drawLine(QPointF(x, top + line_px * 0.15), QPointF(x, bottom - line_px * 0.15))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._on and isinstance(event, QHelpEvent) and event.x() < MARK_WIDTH:
            offset = self._manuscript.verticalScrollBar().value()
            at = QRectF(0, event.y() + offset, 1, 1)
            origin = next((self.of(block) for block in blocks_in(self._page, at)), None)
            name = translate("OriginMarks", NAMES[origin]) if origin else ""
            QToolTip.showText(event.globalPos(), name, self._manuscript.viewport())
            return True
        return super().eventFilter(watched, event)
