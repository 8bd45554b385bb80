"""The field for the asked length of a document."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from longwriter_desktop.agentwrite.request import MAX_WORDS
from longwriter_desktop.ui.theme import scaled


class WordsField(QLineEdit):
    """The asked length. Empty, it shows what the instruction says; a number overrides that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Words"))
        self.setValidator(QIntValidator(1, MAX_WORDS, self))
        self.setFixedWidth(max(scaled(126), self.fontMetrics().horizontalAdvance(self.tr("{words} found")) + 48))
        self.show_found(None)

    def show_found(self, words: int | None) -> None:
        """Shows the length that was found in the instruction."""
        found = self.tr("{words} found").format(words=f"{words:,}") if words else self.tr("none found")
        self.setPlaceholderText(found)
        as_found = self.tr("Empty: {words} words, as the instruction says.").format(words=f"{words or 0:,}")
        self.setAccessibleDescription(as_found if words else self.tr("Empty: the app decides."))

    @property
    def words(self) -> int | None:
        """The number that the person has typed."""
        digits = "".join(sign for sign in self.text() if sign.isdigit())
        return min(MAX_WORDS, int(digits)) if digits and int(digits) else None
