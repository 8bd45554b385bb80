"""The field in which the model is chosen: its name on the left, how it fits this machine on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget
from typing_extensions import override

from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

MORE_MODELS = QT_TRANSLATE_NOOP("ModelCombo", "Get more models…")
OPEN_FILE = QT_TRANSLATE_NOOP("ModelCombo", "Open a model file (GGUF)…")


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


class ModelCombo(QComboBox):
    """Offers the models that are here, getting more, and opening another file."""

    choice_made = Signal(object)  # the person has picked another model; a ModelChoice
    more_requested = Signal()  # the person wants to see all models
    file_requested = Signal()  # the person wants to open a GGUF file

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._choices: list[ModelChoice] = []
        self._current = -1
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
            self.addItem(f"{choice.model.title}  ·  {choice.fit}" if choice.fit else choice.model.title)
        self.addItem(translate("ModelCombo", MORE_MODELS))
        self.addItem(translate("ModelCombo", OPEN_FILE))
        names = [choice.model.name for choice in self._choices]
        self._current = names.index(current) if current in names else -1
        self.setCurrentIndex(self._current)

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
        fit = metrics.elidedText(choice.fit, Qt.TextElideMode.ElideRight, room) if choice is not None else ""
        fit_width = metrics.horizontalAdvance(fit)
        painter.setPen(QColor(self._palette.ink if choice is not None else self._palette.muted))
        left = area.adjusted(2, 0, -fit_width - 12, 0)
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        if choice is not None:
            painter.setPen(QColor(self._palette.accent if choice.fits else self._palette.warning))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, fit)
