"""A document that is open for reading only: nothing in its panels can be changed, and whoever tries is told why."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from typing_extensions import override

_Key = QKeySequence.StandardKey
_READING = (_Key.Copy, _Key.SelectAll, _Key.Find)
_MOVING = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape),
        *(Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
        *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock),
    }
)
_CHANGING = frozenset(
    {Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}
)
_DROPPING = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
_Field = QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox


class ReadingOnly(QObject):
    """Keeps the manuscript, the outline and the fields of a section as they are, while it is on.

    In ``texts``, the views that do their own editing, moving about, marking and copying stays; in ``panels``
    the fields take no keys.
    """

    refused = Signal()  # the person has tried to change something

    def __init__(
        self,
        texts: tuple[QTextEdit | QAbstractItemView, ...],
        panels: tuple[QWidget, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._panels = panels
        self._on = False
        self._fields: list[_Field] = []

    def set_on(self, on: bool) -> None:
        """Begins or ends it."""
        if self._on == on:
            return
        self._on = on
        for text in self._texts:
            for watched in (text, text.viewport()):
                (watched.installEventFilter if on else watched.removeEventFilter)(self)
        if on:
            self._fields = [
                child
                for panel in self._panels
                for child in panel.findChildren(QWidget)
                if isinstance(child, (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox))
                and not child.isReadOnly()
            ]
        for field in self._fields:
            field.setReadOnly(on)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._changes(event):
            return super().eventFilter(watched, event)
        text = next(each for each in self._texts if watched in (each, each.viewport()))
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(text, QTextEdit):
            return super().eventFilter(watched, event)  # marks a word
        event.ignore()
        if isinstance(event, QContextMenuEvent):
            self._show_menu(text, event)
        elif event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove):
            self.refused.emit()
        return True

    @staticmethod
    def _changes(event: QEvent) -> bool:
        """Whether an event would change what is shown; the text's own menu does, as a whole."""
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                if any(event.matches(each) for each in _READING):
                    return False
                if event.modifiers() == Qt.KeyboardModifier.NoModifier and not event.text():
                    return event.key() in _CHANGING  # and not one that sets the loudness, or takes a picture
                # Alt with an arrow moves a section; the keys of the window's menus come to it before this.
                moves = event.key() in _MOVING and not event.modifiers() & Qt.KeyboardModifier.AltModifier
                return not moves
            case QInputMethodEvent():
                return bool(event.commitString() or event.preeditString() or event.replacementLength())
            case QContextMenuEvent():
                return True
        return event.type() in (*_DROPPING, QEvent.Type.MouseButtonDblClick)

    def _show_menu(self, text: QTextEdit | QAbstractItemView, event: QContextMenuEvent) -> None:
        if not isinstance(text, QTextEdit):
            return
        menu = QMenu(text)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Copy"), text.copy).setEnabled(text.textCursor().hasSelection())
        menu.addAction(self.tr("Select &All"), text.selectAll)
        menu.popup(event.globalPos())
