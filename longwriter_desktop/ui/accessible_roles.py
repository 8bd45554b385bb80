"""What a screen reader calls the widgets of which Qt knows nothing but a name, and what it says by itself."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QKeySequenceEdit, QWidget


def install_roles() -> None:
    """From now on a widget whose class has an ``accessible_role`` is presented as that."""
    QAccessible.installFactory(_with_role)


def read_aloud(widget: QWidget) -> None:
    """Has a screen reader say what a widget shows now, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def _with_role(_class_name: str, presented: QObject) -> QAccessibleInterface | None:
    if isinstance(presented, QKeySequenceEdit):
        role: object = QAccessible.Role.HotkeyField  # Qt itself presents it as nothing in particular.
    else:
        role = getattr(type(presented), "accessible_role", None)
    if isinstance(role, QAccessible.Role) and isinstance(presented, QWidget):
        return QAccessibleWidget(presented, role, presented.accessibleName())
    return None
