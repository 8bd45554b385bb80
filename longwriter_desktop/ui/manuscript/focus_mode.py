"""Focus mode: all but the paragraph or the sentence in hand steps back, and its line stays in the middle."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.settings import FocusDims
from longwriter_desktop.ui.manuscript.fields import characters_in, utf16_length
from longwriter_desktop.ui.manuscript.lines import pieces
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.manuscript.placeholder import BASELINE

VEIL = {"light": 0.35, "dark": 0.45}
"""How much paper lies over what steps back, by theme: as much as leaves 4.5:1 of contrast."""
LINE_AT = 0.45
"""Where in the window's height the line in hand stays."""


class FocusMode(QObject):
    """Does nothing until `set_on`. ``dims`` is what stays clear; with ``typewriter`` the line stays in the middle."""

    def __init__(self, manuscript: Manuscript) -> None:
        super().__init__(manuscript)
        self._manuscript = manuscript
        self._page = manuscript.page
        self._on = False
        self.dims: FocusDims = "paragraph"
        self.typewriter = True
        manuscript.over.append(self)
        manuscript.cursorPositionChanged.connect(self._cursor_moved)
        manuscript.viewport().installEventFilter(self)

    @property
    def is_on(self) -> bool:
        return self._on

    def set_on(self, on: bool) -> None:
        """Begins or ends it; also called when ``dims`` or ``typewriter`` has changed."""
        self._on = on
        self._make_room()
        self._manuscript.viewport().update()
        if on:
            self._centre()

    def _make_room(self) -> None:
        """Below the end there has to be so much paper that the last line can come to the middle."""
        is_centred = self._on and self.typewriter
        height = self._manuscript.viewport().height()
        with self._manuscript.holding_view():
            self._page.set_bottom(round(height * (1 - LINE_AT)) if is_centred else 0)
        self._manuscript.set_room_below(1 - LINE_AT if is_centred else None)

    def _cursor_moved(self) -> None:
        if not self._on:
            return
        if self.dims != "nothing":
            self._manuscript.viewport().update()
        # Nothing moves below the person's hand.
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._centre()

    def _centre(self) -> None:
        if not (self._on and self.typewriter) or self._manuscript.is_held or self._manuscript.is_following:
            return
        rect, bar = self._manuscript.cursorRect(), self._manuscript.verticalScrollBar()
        bar.setValue(round(bar.value() + rect.center().y() - self._manuscript.viewport().height() * LINE_AT))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._on and self.typewriter:
            self._make_room()
            self._centre()
        return super().eventFilter(watched, event)

    # -- what stays clear ----------------------------------------------------------------------------

    def clear(self) -> tuple[int, int]:
        """The positions of the document that stay clear: around the cursor, or where the writing is followed."""
        cursor = self._manuscript.textCursor()
        begin, end = cursor.selectionStart(), cursor.selectionEnd()
        if self._manuscript.is_following:
            begin = end = self._manuscript.end_of_writing()
        first, last = self._page.document.findBlock(begin), self._page.document.findBlock(end)
        if self.dims != "sentence":
            return first.position(), last.position() + last.length() - 1
        begin = first.position() + _sentence(first.text(), begin - first.position())[0]
        end = last.position() + _sentence(last.text(), end - last.position())[1]
        return begin, end

    def paint(self, painter: QPainter, area: QRectF) -> None:
        if not self._on or self.dims == "nothing":
            return
        typography = self._page.typography
        region = QRegion(area.toAlignedRect())
        begin, end = self.clear()
        line_px = typography.line_px_of(self._page.field_at(begin).key.kind)
        for piece in pieces(self._page, begin, end, area):
            top = piece.baseline - BASELINE * line_px
            left, width = piece.rect.left(), piece.rect.width()
            if self.dims == "paragraph":
                left, width = area.left(), area.width()
            region -= QRegion(QRectF(left, top, width, line_px).toAlignedRect())
        veil = QColor(typography.palette.paper)
        veil.setAlphaF(VEIL[typography.palette.name])
        painter.setClipRegion(region)
        painter.fillRect(area, veil)


def _sentence(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around ``at`` begins and ends; both and ``at`` in UTF-16 units of ``text``."""
    place = characters_in(text, at)
    ends = [0, *sentence_ends(text), len(text)]
    begin = max(end for end in ends if end <= place)
    if begin == len(text) and len(text) > 0:  # behind the last sentence the cursor still belongs to it
        begin = max(end for end in ends if end < place)
    after = min(end for end in ends if end > begin or end == len(text))
    return utf16_length(text[:begin]), utf16_length(text[:after])
