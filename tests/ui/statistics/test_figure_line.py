from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.statistics.figure_line import FigureLine

NAMES = ("delivered of asked", "length score of the document", "mean score of the sections", "sections on target")


def test_figures_stand_in_one_line_and_go_on_in_the_next_where_it_is_narrow(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    line = FigureLine(NAMES)
    line.show_values("1,234 / 10,000 words", "91.5", "88.0", "12 of 14")
    column.addWidget(line)
    column.addWidget(QLabel("below"))
    window.resize(1200, 300)
    window.show()

    def at(label: QLabel) -> QPoint:
        return label.mapTo(window, QPoint(0, 0))

    assert len({at(label).y() for label in line.values}) == 1
    window.resize(420, 300)
    assert window.width() == 420  # The figures do not ask for more.
    qtbot.waitUntil(lambda: len({at(label).y() for label in line.values}) > 1)
    for label in line.values:
        assert at(label).x() + label.width() <= 420
        assert label.width() >= label.sizeHint().width()
