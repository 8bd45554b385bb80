"""The field in which a word target is typed, in the outline and in the section panel."""

from PySide6.QtWidgets import QWidget

from longwriter_desktop.ui.calm_fields import CalmSpinBox
from longwriter_desktop.ui.field_note import FieldNote
from longwriter_desktop.ui.translation import translate

MOST_WORDS = 100_000
"""The largest word target of one section."""
STEP_WORDS = 50


class WordTargetField(CalmSpinBox):
    """Words, with thousands set apart. The wheel changes it only while it has the focus.

    What is typed and cannot stand there is not taken, and ``note`` says so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Word target"))
        self.setRange(0, MOST_WORDS)
        self.setSingleStep(STEP_WORDS)
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)
        # The stylesheet cannot pad the field inside a spin box.
        self.lineEdit().setTextMargins(6, 0, 0, 0)
        self.note = FieldNote(self)
        self.lineEdit().inputRejected.connect(self._say_what_is_taken)

    def _say_what_is_taken(self) -> None:
        self.note.say(numbers_only(self.maximum()))


def numbers_only(most: int) -> str:
    """Says what a field for a number of words takes."""
    told = translate("WordTargetField", "Whole numbers up to {most} only; the rest was not taken.")
    return told.format(most=f"{most:,}")
