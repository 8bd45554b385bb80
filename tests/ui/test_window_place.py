import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.window_place import kept_place, restore_place


def window(qtbot: QtBot, *, framed: bool) -> QWidget:
    made = QWidget(None, Qt.WindowType.Window if framed else Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(made)
    return made


def shown_at(qtbot: QtBot, place: tuple[int, int, int, int], *, framed: bool = False) -> str:
    """What is kept of a window that was closed there."""
    one = window(qtbot, framed=framed)
    one.setGeometry(*place)
    with qtbot.waitExposed(one):
        one.show()
    return kept_place(one)


@pytest.mark.parametrize("place", [(0, 0, 500, 400), (60, 40, 500, 400), (0, 0, 798, 800)])
def test_a_window_without_a_frame_comes_again_where_it_was(qtbot: QtBot, place: tuple[int, int, int, int]) -> None:
    kept = shown_at(qtbot, place)
    other = window(qtbot, framed=False)
    restore_place(other, kept)
    other.show()
    assert other.geometry().getRect() == place


def test_a_window_with_a_frame_has_its_title_bar_in_sight(qtbot: QtBot) -> None:
    kept = shown_at(qtbot, (60, 60, 500, 400), framed=True)
    other = window(qtbot, framed=True)
    restore_place(other, kept)
    other.show()
    assert other.geometry().getRect() == (60, 60, 500, 400)


def test_a_window_that_was_on_another_screen_comes_onto_this_one(qtbot: QtBot) -> None:
    kept = shown_at(qtbot, (5000, 3000, 500, 400))
    other = window(qtbot, framed=False)
    restore_place(other, kept)
    assert other.screen().availableGeometry().intersects(other.geometry())


@pytest.mark.parametrize(
    "kept", ["", "not base64 at all", "AAAA", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa="]
)
def test_what_cannot_be_read_leaves_the_window_where_it_is(qtbot: QtBot, kept: str) -> None:
    one = window(qtbot, framed=False)
    one.setGeometry(60, 40, 500, 400)
    restore_place(one, kept)
    assert one.geometry().getRect() == (60, 40, 500, 400)
