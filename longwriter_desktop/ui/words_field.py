"""The field for the asked length of a document."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from longwriter_desktop.agentwrite.request import MAX_WORDS


class WordsField(QLineEdit):
    """The asked length. Empty, it shows what the instruction says; a number overrides that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Words")
        self.setValidator(QIntValidator(1, MAX_WORDS, self))
        self.setFixedWidth(126)
        self.show_found(None)

    def show_found(self, words: int | None) -> None:
        """Shows the length that was found in the instruction."""
        self.setPlaceholderText(f"{words:,} found" if words else "none found")
        self.setAccessibleDescription(
            f"Empty: {words:,} words, as the instruction says." if words else "Empty: the app decides."
        )

    @property
    def words(self) -> int | None:
        """The number that the person has typed."""
        digits = "".join(sign for sign in self.text() if sign.isdigit())
        return min(MAX_WORDS, int(digits)) if digits and int(digits) else None
