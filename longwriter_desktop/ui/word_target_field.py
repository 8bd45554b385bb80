"""The field in which a word target is typed, in the outline and in the section panel."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget
from typing_extensions import override

MOST_WORDS = 100_000
"""The largest word target of one section."""
STEP_WORDS = 50


class WordTargetField(QSpinBox):
    """Words, with thousands set apart. The wheel changes it only while it has the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Word target"))
        self.setRange(0, MOST_WORDS)
        self.setSingleStep(STEP_WORDS)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        # The stylesheet cannot pad the field inside a spin box.
        self.lineEdit().setTextMargins(6, 0, 0, 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            # The wheel scrolls the panel; it must not change a target that happens to lie under it.
            event.ignore()
