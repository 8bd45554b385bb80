"""Another theme in a window that is in use: nothing moves, and no widget is styled over and over."""

from collections import Counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from longwriter_desktop.ui.theme import DARK
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses, written

TEXT = "The lamp was lit in the evening, and the keeper wrote down the hour.\n\n" * 60


class Counting(QObject):
    """Counts the events of a widget by their kinds."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.counts: Counter[QEvent.Type] = Counter()
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.counts[event.type()] += 1
        return False


def choose(desk: Desk, theme: str) -> None:
    next(each for each in desk.window.menus.themes.actions() if each.data() == theme).trigger()
    QApplication.processEvents()


def places(window: QWidget) -> list[tuple[str, object]]:
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    return [(type(each).__name__, each.geometry().getRect()) for each in shown]


def test_everything_stays_where_it_is(desk: Desk, qtbot: QtBot) -> None:
    document = written(lighthouses(300, 300), "s1", TEXT)
    desk.session.take(desk.file.create(document))
    manuscript = desk.window.workspace.manuscript
    choose(desk, "dark")
    choose(desk, "light")
    bar: QScrollBar = manuscript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.wait(20)
    before, scrolled = places(desk.window), bar.value()
    assert scrolled > 0
    choose(desk, "dark")
    assert desk.window.palette().window().color().name() == DARK.ground.lower()
    qtbot.waitUntil(lambda: places(desk.window) == before)
    assert bar.value() == scrolled
    choose(desk, "light")
    qtbot.waitUntil(lambda: places(desk.window) == before)
    assert bar.value() == scrolled


def test_a_widget_is_not_styled_once_more_for_each_that_it_is_in(desk: Desk) -> None:
    desk.session.take(desk.file.create(lighthouses(300)))
    page = desk.window.workspace.writing_page
    counting, sizes = Counting(page), Counting(desk.window.workspace.manuscript.viewport())
    choose(desk, "dark")
    assert 1 <= counting.counts[QEvent.Type.StyleChange] <= 2
    assert sizes.counts[QEvent.Type.Resize] == 0, "the whole text would be laid out anew"


def test_the_focus_stays_where_it_is(desk: Desk) -> None:
    desk.session.take(desk.file.create(lighthouses(300)))
    field = desk.window.workspace.section.main_point
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    choose(desk, "dark")
    assert QApplication.focusWidget() is field
