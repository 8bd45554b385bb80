"""The fields of the settings. The wheel changes only the one that has the focus, so that a page can be scrolled."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QFocusEvent, QValidator
from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from longwriter_desktop.ui.calm_fields import CalmComboBox, CalmSpinBox
from longwriter_desktop.ui.theme import with_tabular_numbers

LETTERS = 22
"""The width of a field of choices, in letters."""
_LEFT_PX = 8


class ChoiceField(CalmComboBox):
    """One of several. What does not fit into the field is seen when it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)

    def offer(self, choices: Sequence[tuple[str, object]]) -> None:
        """Offers ``choices``, each of what is shown and its value; the value that was chosen stays so."""
        value = self.currentData()
        self.clear()
        for text, data in choices:
            self.addItem(text, data)
        self.setCurrentIndex(self.findData(value))

    @override
    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 2 * self.view().fontMetrics().height())
        super().showPopup()


class NumberField(CalmSpinBox):
    """A whole number. It counts when it is complete: at Enter, at leaving the field, or by arrow keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(with_tabular_numbers(self.font()))
        self.lineEdit().setTextMargins(_LEFT_PX, 0, _LEFT_PX, 0)  # Qt leaves the style's padding out here.
        self.setGroupSeparatorShown(True)
        self.setKeyboardTracking(False)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.specialValueText() and self.value() == self.minimum():
            # A word such as "never" stands there, and Qt takes no figure inside it. After the click has set the cursor.
            QTimer.singleShot(0, self, self.selectAll)


class HundredthsField(NumberField):
    """A number with up to two places behind the point, such as 0.8; `value` is in hundredths."""

    def __init__(self, least: float, most: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(round(least * 100), round(most * 100))
        self.setSingleStep(5)

    def set_number(self, number: float) -> None:
        """Shows a number."""
        self.setValue(round(number * 100))

    @override
    def textFromValue(self, value: int) -> str:
        return self.locale().toString(value / 100, "f", 2)

    @override
    def valueFromText(self, text: str) -> int:
        number = _number(self.locale(), text)
        return self.value() if number is None else round(number * 100)

    @override
    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = _number(self.locale(), text)
        if number is None:
            part = all(each.isdigit() or each in ".," for each in text.strip())
            state = QValidator.State.Intermediate if part else QValidator.State.Invalid
        elif self.minimum() <= round(number * 100) <= self.maximum():
            state = QValidator.State.Acceptable
        else:
            state = QValidator.State.Intermediate
        return state, text, position


def _number(locale: QLocale, text: str) -> float | None:
    """The number that a text says, with the point or the comma; None where it says none."""
    for each in (locale, QLocale.c()):
        number, is_one = each.toDouble(text.strip())
        if is_one:
            return number
    return None
