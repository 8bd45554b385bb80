"""The field in which the model is chosen: its name on the left, how it fits this machine on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter, QWidget
from typing_extensions import override

from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.calm_fields import CalmComboBox
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

MORE_MODELS = QT_TRANSLATE_NOOP("ModelCombo", "Get more models…")
OPEN_FILE = QT_TRANSLATE_NOOP("ModelCombo", "Open a model file (GGUF)…")
_KEYS_THAT_CHOOSE = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model on this machine. ``fit`` is a word or two, ``reason`` the sentence behind it when it does not fit.

    ``for_trying`` marks the starter, which is too small for real writing. ``languages`` are the codes of those
    that it was made for, () when that is not known.
    """

    model: Model
    fit: str
    fits: bool
    reason: str = ""
    for_trying: bool = False
    languages: tuple[str, ...] = ()


def is_made_for(choice: ModelChoice, language: str) -> bool:
    """Whether a model was made for ``language``, "en" or "zh"; True where either is not known."""
    return not language or not choice.languages or language in choice.languages


class ModelCombo(CalmComboBox):
    """Offers the models that are here, getting more, and opening another file."""

    choice_made = Signal(object)  # the person has picked another model; a ModelChoice
    more_requested = Signal()  # the person wants to see all models
    file_requested = Signal()  # the person wants to open a GGUF file

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._choices: list[ModelChoice] = []
        self._current = -1
        self._language = ""
        self.setAccessibleName(self.tr("Model"))
        self.setMinimumWidth(200)
        self.activated.connect(self._activated)

    @property
    def choice(self) -> ModelChoice | None:
        """The model in the field."""
        return self._choices[self._current] if 0 <= self._current < len(self._choices) else None

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def show_choices(self, choices: Sequence[ModelChoice], current: str) -> None:
        """Offers ``choices``; ``current`` is the name of the model in use."""
        self._choices = list(choices)
        self.clear()
        for choice in self._choices:
            self.addItem(self._item(choice))
        self.addItem(translate("ModelCombo", MORE_MODELS))
        self.addItem(translate("ModelCombo", OPEN_FILE))
        names = [choice.model.name for choice in self._choices]
        self._current = names.index(current) if current in names else -1
        self.setCurrentIndex(self._current)

    def show_language(self, language: str) -> None:
        """Says beside each model whether it was made for the document's language; "" where that is not known yet."""
        if language != self._language:
            self._language = language
            for at, choice in enumerate(self._choices):
                self.setItemText(at, self._item(choice))
            self.update()

    def _item(self, choice: ModelChoice) -> str:
        told = self._told(choice)
        return f"{choice.model.title}  ·  {told}" if told else choice.model.title

    def _told(self, choice: ModelChoice) -> str:
        """What stands beside a model: what speaks against it, else how it fits the computer."""
        if is_made_for(choice, self._language):
            return choice.fit
        return self.tr("not made for Chinese") if self._language == "zh" else self.tr("not made for English")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page also with the focus: each choice opens a model or a dialog."""
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the list for keys that would choose in the closed field: each choice opens a model or a dialog."""
        text = event.text().strip()
        if event.key() in _KEYS_THAT_CHOOSE or (text and text.isprintable()):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def _activated(self, index: int) -> None:
        if index >= len(self._choices):
            self.setCurrentIndex(self._current)
            wish = self.more_requested if index == len(self._choices) else self.file_requested
            wish.emit()
        elif index != self._current:
            self._current = index
            self.choice_made.emit(self._choices[index])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        area: QRect = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        choice = self.choice
        name = choice.model.title if choice is not None else self.tr("No model on this computer yet")
        metrics = QFontMetrics(self.font())
        # Where there is no room for both, the name comes first.
        room = area.width() - min(metrics.horizontalAdvance(name), 2 * area.width() // 3) - 16
        told = self._told(choice) if choice is not None else ""
        fit = metrics.elidedText(told, Qt.TextElideMode.ElideRight, room)
        fit_width = metrics.horizontalAdvance(fit)
        painter.setPen(QColor(self._palette.ink if choice is not None else self._palette.muted))
        left = area.adjusted(2, 0, -fit_width - 12, 0)
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        if choice is not None:
            is_well = choice.fits and is_made_for(choice, self._language)
            painter.setPen(QColor(self._palette.accent if is_well else self._palette.warning))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, fit)
