"""The field for the asked length of a document."""

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from longwriter_desktop.agentwrite.request import MAX_WORDS
from longwriter_desktop.ui.field_note import FieldNote
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.word_target_field import numbers_only


class WordsField(QLineEdit):
    """The asked length. Empty, it shows what the instruction says; a number overrides that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Words"))
        self.setValidator(QIntValidator(1, MAX_WORDS, self))
        widest = max(
            self.fontMetrics().horizontalAdvance(text)
            for text in (self.tr("{words} found"), self.tr("the app decides"))
        )
        self.setFixedWidth(max(scaled(126), widest + 48))
        self.note = FieldNote(self)
        self.inputRejected.connect(lambda: self.note.say(numbers_only(MAX_WORDS)))
        self.textChanged.connect(self._say_about_none)  # after the note of before has gone
        self.show_found(None)

    def _say_about_none(self, typed: str) -> None:
        if typed and self.words is None and self.hasFocus():
            self.note.say(self.tr("Nothing can be written in 0 words: type another number, or leave the field empty."))

    def show_found(self, words: int | None) -> None:
        """Shows the length that was found in the instruction."""
        found = self.tr("{words} found").format(words=f"{words:,}") if words else self.tr("the app decides")
        self.setPlaceholderText(found)
        as_found = self.tr("Empty: {words} words, as the instruction says.").format(words=f"{words or 0:,}")
        self.setAccessibleDescription(as_found if words else self.tr("Empty: the app decides."))

    @property
    def words(self) -> int | None:
        """The number that the person has typed."""
        digits = "".join(sign for sign in self.text() if sign.isdigit())
        return min(MAX_WORDS, int(digits)) if digits and int(digits) else None
