"""The title in the menu bar: the menus stand still whatever it is, and all of them are to be seen."""

import pytest

from tests.ui.conftest import Desk
from tests.ui.reading_ahead import outlined

LONG = "A history of lighthouses, of their keepers, and of the lamps that they lit on many coasts, " * 3


def places(desk: Desk) -> list[int]:
    """Where each menu begins, in px."""
    bar = desk.window.menuBar()
    return [bar.actionGeometry(each).x() for each in bar.actions()]


@pytest.mark.parametrize("title", ["A", LONG, "灯塔的历史" * 30])
def test_no_menu_moves_when_the_title_becomes_another(desk: Desk, title: str) -> None:
    before = places(desk)
    outlined(desk.session)
    desk.session.set_title(title)
    assert places(desk) == before
    desk.window.menus.close.trigger()
    assert places(desk) == before


def test_a_long_title_leaves_the_menus_their_room_however_narrow_the_window_is(desk: Desk) -> None:
    window, bar = desk.window, desk.window.menuBar()
    outlined(desk.session)
    desk.session.set_title(LONG)
    title = bar.cornerWidget()
    last = bar.actions()[-1]
    window.setMinimumSize(1, 1)
    for width in (1280, 880, 620, 520, 900):
        bar.resize(width, bar.height())
        assert bar.actionGeometry(last).right() < title.x(), width
        assert title.geometry().right() < width
    assert title.toolTip()
