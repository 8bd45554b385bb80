"""Enter presses the button that has the focus, wherever it stands, as Space does."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QPushButton, QRadioButton, QWidget
from typing_extensions import override


class EnterKey(QObject):
    """Watches whichever button has the focus, in all windows of the app.

    Of itself Qt does this only for push buttons of dialogs; elsewhere Enter does nothing, or, on a tool button in a
    dialog, presses the dialog's main button. Boxes to tick in a dialog keep that: there Enter closes it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def _watch(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QAbstractButton):
            old.removeEventFilter(self)
        if isinstance(new, QAbstractButton) and not _is_pressed_by_qt(new):
            new.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_plain_enter(event):
            # Held down, the key must not press again and again.
            if isinstance(watched, QAbstractButton) and not event.isAutoRepeat():
                watched.click()
            return True
        return super().eventFilter(watched, event)


def _is_pressed_by_qt(button: QAbstractButton) -> bool:
    """Whether Qt itself knows what Enter does on ``button``."""
    if isinstance(button, QPushButton) and (button.autoDefault() or button.isDefault()):
        return True
    return isinstance(button, QCheckBox | QRadioButton) and isinstance(button.window(), QDialog)


def _is_plain_enter(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held == Qt.KeyboardModifier.NoModifier
