"""The field for the asked length of a document."""

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.request import MAX_WORDS
from longwriter_desktop.ui.field_note import FieldNote
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.word_target_field import numbers_only

_BETWEEN_THOUSANDS = re.compile("[,，'’\\s]")
"""What people set thousands apart with. Not the point: of "2.5" nobody knows what was meant."""


class _Words(QValidator):
    """A number of words, its thousands set apart or not."""

    @override
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = _BETWEEN_THOUSANDS.sub("", text)
        if not digits:
            state = QValidator.State.Intermediate
        elif not digits.isdecimal() or int(digits) > MAX_WORDS:
            state = QValidator.State.Invalid
        else:
            state = QValidator.State.Acceptable if int(digits) else QValidator.State.Intermediate
        return state, text, position


class WordsField(QLineEdit):
    """The asked length. Empty, it shows what the instruction says; a number overrides that.

    What is typed there is shown with its thousands set apart when it is complete.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Words"))
        self.setValidator(_Words(self))
        widest = max(
            self.fontMetrics().horizontalAdvance(text)
            for text in (self.tr("{words} found"), self.tr("the app decides"))
        )
        self.setFixedWidth(max(scaled(126), widest + 48))
        self.note = FieldNote(self)
        self.inputRejected.connect(lambda: self.note.say(numbers_only(MAX_WORDS)))
        self.textChanged.connect(lambda _: self._say_about_none())  # after the note of before has gone
        self.editingFinished.connect(lambda: self.show_words(self.words))
        self.show_found(None)

    def _say_about_none(self) -> None:
        if self.is_unusable and self.hasFocus():
            self.explain()

    @property
    def is_unusable(self) -> bool:
        """Whether something stands there that is no length."""
        return bool(self.text()) and self.words is None

    def explain(self) -> None:
        """Says why what stands there is no length."""
        self.note.say(self.tr("Nothing can be written in 0 words: type another number, or leave the field empty."))

    def show_found(self, words: int | None) -> None:
        """Shows the length that was found in the instruction."""
        found = self.tr("{words} found").format(words=f"{words:,}") if words else self.tr("the app decides")
        self.setPlaceholderText(found)
        as_found = self.tr("Empty: {words} words, as the instruction says.").format(words=f"{words or 0:,}")
        self.setAccessibleDescription(as_found if words else self.tr("Empty: the app decides."))

    def show_words(self, words: int | None) -> None:
        """Puts a number into the field; None or 0 leaves it as it is."""
        if words and self.text() != f"{words:,}":
            self.setText(f"{words:,}")

    @property
    def words(self) -> int | None:
        """The number that the person has typed."""
        digits = _BETWEEN_THOUSANDS.sub("", self.text())
        return min(MAX_WORDS, int(digits)) or None if digits.isdecimal() else None
