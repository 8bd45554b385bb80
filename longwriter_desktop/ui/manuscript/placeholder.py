"""Muted lines that stand where nothing has been written yet; drawn on the page, never part of its text."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

BASELINE = 0.8
"""Where QTextDocument puts the baseline in a line of fixed height, from its top."""


class Placeholder:
    """A text broken into lines of ``line_px`` pixels for a width in pixels."""

    def __init__(self, text: str, font: QFont, width: float, line_px: int) -> None:
        self._line_px = line_px
        self._layout = QTextLayout(" ".join(text.split()), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        while True:
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(1.0, width))
            top = (line.lineNumber() + BASELINE) * line_px - line.ascent()
            line.setPosition(QPointF(0, top))
        self._layout.endLayout()

    @property
    def height(self) -> int:
        """In pixels; at least one line."""
        return max(1, self._layout.lineCount()) * self._line_px

    def draw(self, painter: QPainter, at: QPointF, colour: QColor) -> None:
        painter.setPen(colour)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._layout.draw(painter, at)
