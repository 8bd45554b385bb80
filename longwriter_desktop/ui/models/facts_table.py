"""Facts in two columns: what, and the value."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from longwriter_desktop.ui.models.labels import with_links, wrapped
from longwriter_desktop.ui.theme import with_tabular_numbers


class FactsTable(QWidget):
    """Shows names and values; with ``rich``, a value is HTML made of escaped text, and may have links."""

    def __init__(self, *, rich: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rich = rich
        self._labels: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._add_line()
        self.hide()

    @property
    def shown(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._labels if name.text()}

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Shows these; none hides the table."""
        while len(self._labels) < len(facts):
            self._add_line()
        for at, (name, value) in enumerate(self._labels):
            told, said = facts[at] if at < len(facts) else ("", "")
            name.setText(told)
            value.setText(said)
            value.setAccessibleName(told)
            name.setVisible(bool(told))
            value.setVisible(bool(told))
        self.setVisible(bool(facts))

    def _add_line(self) -> None:
        name, value = QLabel(), with_links("") if self._rich else wrapped()
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "muted")
        value.setFont(with_tabular_numbers(self.font()))
        at = len(self._labels)
        self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, at, 1)
        if self._labels:
            # Else Tab would go to lines that come later after all that is below them.
            QWidget.setTabOrder(self._labels[-1][1], value)
        self._labels.append((name, value))
