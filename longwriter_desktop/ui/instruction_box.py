"""The box in which the person says what is to be written. It grows, and leads from one place to fill in to the next."""

import math

from PySide6.QtGui import QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from longwriter_desktop.ui.templates import places
from longwriter_desktop.ui.theme import book_font

_LEAST_LINES, _MOST_LINES = 5, 10
_FRAME_PX = 28
"""Padding and border of the style sheet, above and below together."""


class InstructionBox(QPlainTextEdit):
    """Tab goes to the next place of a template that is not filled in, and leaves the box when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("instruction")
        self.setTabChangesFocus(True)
        self.setFont(book_font(17))
        self.given: frozenset[str] = frozenset()
        """The places of all templates that were put in, as they were given."""
        self.textChanged.connect(self._fit)
        self._fit()

    def put_in(self, text: str) -> None:
        """Puts ``text`` in the place of what is there, and chooses its first place; undo brings back what was there."""
        # Undo may bring back an earlier template, whose places are then open again.
        self.given |= {text[begin:end] for begin, end in places(text)}
        self.bring_back(text)
        self.go_to_open_place()

    def bring_back(self, text: str) -> None:
        """Puts what the person has typed in the place of what is there, in one step of undo."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    @property
    def open_places(self) -> list[tuple[int, int]]:
        """The places of the template that still stand as they were given; positions as Qt counts them.

        Brackets that the person has typed are the person's.
        """
        text = self.toPlainText()
        return [
            (_units(text[:begin]), _units(text[:end])) for begin, end in places(text) if text[begin:end] in self.given
        ]

    def go_to_open_place(self) -> bool:
        """Chooses the first place that is not filled in; False when there is none."""
        return self._choose(self.open_places)

    def _choose(self, spans: list[tuple[int, int]]) -> bool:
        if not spans:
            return False
        begin, end = spans[0]
        cursor = self.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _fit(self) -> None:
        """As high as its text, within bounds."""
        lines = max(_LEAST_LINES, min(_MOST_LINES, round(self.document().size().height())))
        margin, block = self.document().documentMargin(), self.document().firstBlock()
        # A line is higher than the font says where some of its signs are taken from another one.
        height_px = self.blockBoundingRect(block).height()
        if not block.next().isValid():
            height_px -= margin  # Qt counts the lower margin of the text to its last block.
        line_px = max(self.fontMetrics().lineSpacing(), math.ceil(height_px / max(1, block.lineCount())))
        self.setFixedHeight(lines * line_px + round(2 * margin) + _FRAME_PX)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()  # Only now does the style sheet's font hold.

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        at = self.textCursor().selectionEnd()
        if next and self._choose([span for span in self.open_places if span[1] > at]):
            return True
        return super().focusNextPrevChild(next)


def _units(text: str) -> int:
    """The length of ``text`` as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
