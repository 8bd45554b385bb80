from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend, tick_step
from longwriter_desktop.ui.theme import DARK, LIGHT
from tests.ui.conftest import show_active

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def plot(qtbot: QtBot) -> BarPlot:
    made = BarPlot(LIGHT, "Words", Legend(("typed", "generated"), "asked", "goal"))
    qtbot.addWidget(made)
    made.resize(640, 240)
    made.set_bars([Bar(str(at), (100.0 * at, 50.0), f"Section {at}: {100 * at}", 200.0) for at in range(4)], 300.0)
    show_active(made, qtbot)
    return made


def pixels(plot: BarPlot) -> Callable[[QPoint], str]:
    image = plot.grab().toImage()
    return lambda place: image.pixelColor(place).name()


def test_keys_go_from_bar_to_bar_and_a_screen_reader_hears_each(plot: BarPlot, qtbot: QtBot) -> None:
    plot.setFocus()
    assert plot.accessibleDescription() == "4 bars. Section 0: 0"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.accessibleDescription() == "4 bars. Section 1: 100"
    QTest.keyClick(plot, Qt.Key.Key_End)
    assert plot.current == 3
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.current == 3
    QTest.keyClick(plot, Qt.Key.Key_Left)
    with qtbot.waitSignal(plot.bar_chosen) as chosen:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [2]
    QTest.keyClick(plot, Qt.Key.Key_Home)
    assert plot.current == 0


def test_a_click_chooses_the_bar_below_it(plot: BarPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.bar_chosen) as chosen:
        QTest.mouseClick(plot, LEFT, pos=plot.bar_centre(2).toPoint())
    assert chosen.args == [2]
    with qtbot.assertNotEmitted(plot.bar_chosen):
        QTest.mouseClick(plot, LEFT, pos=QPoint(2, 100))


def test_bars_are_drawn_in_the_colours_of_the_theme(plot: BarPlot) -> None:
    bottom = QPoint(plot.bar_centre(3).toPoint().x(), plot.height() - 40)
    assert pixels(plot)(bottom) == LIGHT.accent.lower()
    plot.set_palette(DARK)
    assert pixels(plot)(bottom) == DARK.accent.lower()


def test_a_longer_bar_is_higher(plot: BarPlot) -> None:
    colour = pixels(plot)

    def filled(place: int) -> int:
        x = plot.bar_centre(place).toPoint().x()
        return sum(colour(QPoint(x, y)) == LIGHT.accent.lower() for y in range(30, plot.height() - 20))

    assert filled(0) == 0
    assert filled(3) == pytest.approx(3 * filled(1), abs=4)


def test_the_current_bar_stays_when_its_words_change_and_goes_back_when_there_are_fewer(plot: BarPlot) -> None:
    plot.set_current(3)
    plot.set_bars([Bar("0", (1.0,), "Section 0: 1"), Bar("1", (2.0,), "Section 1: 2")])
    assert plot.current == 1
    assert "Section 1: 2" in plot.accessibleDescription()
    plot.set_bars([])
    assert plot.current == -1
    plot.grab()


@given(st.floats(0, 1e7))
@hypothesis_settings(max_examples=100)
def test_there_are_a_few_lines_across_at_round_numbers(most: float) -> None:
    step = tick_step(most)
    assert most / step <= 5
    assert step >= 1
    assert f"{step:.0f}".rstrip("0") in ("1", "2", "5")
