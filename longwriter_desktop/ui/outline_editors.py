"""The fields in which rows of the outline are edited in place."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QTextLayout
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from longwriter_desktop.ui.manuscript.fields import characters_in
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.word_target_field import WordTargetField

SIDE_PX = 14
"""Between the edge of the outline and its texts."""
NUMBER_PX = 29
"""The width of the numbers in front of main points."""
_TARGET_WIDTH = 76
_EDITOR_FRAME = 44
"""Borders, padding and margins around the text of the editor, in pixels."""


def broken_into_lines(text: str, font: QFont, width: int) -> list[str]:
    """``text`` broken into lines of at most ``width`` pixels."""
    layout = QTextLayout(text, font)
    ends = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        ends.append(characters_in(text, line.textStart() + line.textLength()))
    layout.endLayout()
    return [text[begin:end].rstrip() for begin, end in pairwise((0, *ends))] or [""]


class StepEditor(QWidget):
    """A main point and its word target, edited in place. Enter takes them, Escape does not, Tab goes between."""

    finished = Signal(bool)  # the person is done; True to take what was typed

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.main_point = QPlainTextEdit(self)
        self.main_point.setAccessibleName(self.tr("Main point"))
        self.main_point.setTabChangesFocus(True)
        self.main_point.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.target = WordTargetField(self)
        self.target.setFixedWidth(scaled(_TARGET_WIDTH))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SIDE_PX + NUMBER_PX - 9, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.main_point, 1)
        layout.addWidget(self.target, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.main_point)
        for field in (self.main_point, self.target):
            field.installEventFilter(self)
        self._done = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        if event.type() == QEvent.Type.FocusOut and not self._done:
            # A popup menu takes the focus only for a while; another field of the editor is no end either.
            focus = QApplication.focusWidget()
            if QApplication.activePopupWidget() is None and (focus is None or not self.isAncestorOf(focus)):
                self._finish(take=True)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._finish(take=True)
            case Qt.Key.Key_Escape:
                self._finish(take=False)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                other = self.target if watched is self.main_point else self.main_point
                other.setFocus(Qt.FocusReason.TabFocusReason)
            case _:
                return False
        return True

    def height_for(self, main_point: str, width: int) -> int:
        """The height in pixels in which ``main_point`` and one more line can be seen at ``width``."""
        font = self.main_point.font()
        lines = len(broken_into_lines(main_point, font, width - scaled(_TARGET_WIDTH) - NUMBER_PX - _EDITOR_FRAME)) + 1
        return lines * QFontMetrics(font).lineSpacing() + _EDITOR_FRAME

    def _finish(self, take: bool) -> None:
        if not self._done:
            self._done = True
            self.finished.emit(take)


class HeadingEditor(QLineEdit):
    """The heading of a chapter, edited in place. Enter and leaving take it, Escape does not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Chapter heading"))
