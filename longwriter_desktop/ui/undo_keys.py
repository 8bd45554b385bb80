"""Whose the keys of undo and redo are: a field's while something is half typed in it, else the document's."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override


def is_half_typed(widget: QWidget | None) -> bool:
    """Whether ``widget`` is a field of its own in which typing can be taken back.

    A field that shows a text anew, as after it was taken over, forgets what was typed before.
    """
    widget = line_of(widget)
    if isinstance(widget, QLineEdit):
        return not widget.isReadOnly() and (widget.isUndoAvailable() or widget.isRedoAvailable())
    if isinstance(widget, QPlainTextEdit):
        document = widget.document()
        return not widget.isReadOnly() and (document.isUndoAvailable() or document.isRedoAvailable())
    return False


def line_of(widget: QWidget | None) -> QWidget | None:
    """The line inside a field for numbers, in which one types; any other widget as it is."""
    return widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox) else widget


def forget_typing(*fields: QWidget) -> None:
    """Called when what is in the fields was taken over: from now on it is the document's undo that takes it back."""
    for field in fields:
        line = line_of(field)
        if isinstance(line, QLineEdit) and is_half_typed(line):
            at = line.cursorPosition()
            was_blocked = line.blockSignals(True)
            line.setText(line.text())  # the one way to empty the undo of a QLineEdit
            line.setCursorPosition(at)
            line.blockSignals(was_blocked)
        elif isinstance(field, QPlainTextEdit):
            field.document().clearUndoRedoStacks()


class UndoKeys(QObject):
    """Watches fields: where nothing is half typed, Ctrl+Z goes to the menu instead of to the field."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def watch(self, *fields: QWidget) -> None:
        for field in fields:
            field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo))
            and not is_half_typed(watched if isinstance(watched, QWidget) else None)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
