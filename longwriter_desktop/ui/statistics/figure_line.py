"""A few figures side by side, in two lines where there is no room for one, each with what it is below it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from longwriter_desktop.ui.flow_layout import FlowLayout
from longwriter_desktop.ui.theme import small_font, with_tabular_numbers


class FigureLine(QWidget):
    """Shows as many figures as there are names."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self.values = tuple(QLabel("–") for _ in names)
        row = FlowLayout(40, self, line_gap_px=8)
        for value, name in zip(self.values, names, strict=True):
            font = with_tabular_numbers(self.font())
            font.setPixelSize(round(QFontInfo(self.font()).pixelSize() * 1.4))
            value.setFont(font)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setAccessibleName(name)
            below = QLabel(name)
            below.setProperty("role", "muted")
            below.setFont(small_font(self.font()))
            figure = QWidget()
            column = QVBoxLayout(figure)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(value)
            column.addWidget(below)
            row.addWidget(figure)

    def show_values(self, *values: str) -> None:
        """Shows these, in the order of the names."""
        for label, name, value in zip(self.values, self._names, values, strict=True):
            label.setText(value)
            label.setAccessibleName(self.tr("{name}: {value}").format(name=name, value=value))
