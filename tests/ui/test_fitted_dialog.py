"""Dialogs on small screens."""

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui import fitted_dialog
from longwriter_desktop.ui.fitted_dialog import EDGE_PX, FittedDialog, room_for
from tests.ui.conftest import show_active

SMALL = QRect(8, 30, 640, 400)


@pytest.fixture(autouse=True)
def _small_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitted_dialog, "room_for", lambda _window: SMALL)


def asked(qtbot: QtBot, size: QSize, parent: QWidget | None = None) -> FittedDialog:
    """A dialog that asks for a size."""
    dialog = FittedDialog(parent)
    qtbot.addWidget(dialog)
    dialog.resize(size)
    return dialog


def shown(dialog: FittedDialog, qtbot: QtBot) -> FittedDialog:
    show_active(dialog, qtbot)
    return dialog


def test_a_dialog_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    assert shown(asked(qtbot, QSize(2000, 1500)), qtbot).geometry() == SMALL


def test_a_dialog_that_has_room_is_as_large_as_it_asks(qtbot: QtBot) -> None:
    dialog = shown(asked(qtbot, QSize(300, 200)), qtbot)
    assert dialog.size() == QSize(300, 200)
    assert SMALL.contains(dialog.geometry())


@pytest.mark.parametrize("corner", [QPoint(-700, -500), QPoint(900, 700)])
def test_a_dialog_of_a_window_at_the_edge_is_in_sight(qtbot: QtBot, corner: QPoint) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(QRect(corner, QSize(800, 600)))
    window.show()
    dialog = asked(qtbot, QSize(500, 300), window)
    assert SMALL.contains(shown(dialog, qtbot).geometry())
    dialog.reject()
    window.setGeometry(SMALL)  # The next time it is put over its window again, not where it had been moved to.
    assert abs(shown(dialog, qtbot).geometry().center().x() - SMALL.center().x()) <= 16


def test_a_dialog_that_was_made_larger_than_the_screen_fits_when_it_is_shown_again(qtbot: QtBot) -> None:
    dialog = shown(asked(qtbot, QSize(300, 200)), qtbot)
    dialog.resize(900, 700)
    dialog.reject()
    assert shown(dialog, qtbot).geometry() == SMALL


def test_parts_that_have_no_room_at_their_smallest_are_reached_by_scrolling(qtbot: QtBot) -> None:
    dialog = asked(qtbot, QSize(300, 200))
    column, row = QVBoxLayout(dialog), QHBoxLayout()
    lines = [QLineEdit() for _ in range(8)]
    for line in lines:
        line.setMinimumHeight(80)
        column.addWidget(line)
    button = QPushButton("Last")
    row.addWidget(QLabel("A label before it"))
    row.addWidget(button)
    column.addLayout(row)
    shown(dialog, qtbot)
    assert dialog.size().boundedTo(SMALL.size()) == dialog.size()
    order = [dialog.focusWidget()]
    for _ in lines:
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        order.append(dialog.focusWidget())
    assert order == [*lines, button]
    assert dialog.rect().contains(QRect(button.mapTo(dialog, QPoint()), button.size()))
    dialog.reject()
    shown(dialog, qtbot)
    assert len(dialog.findChildren(QScrollArea)) == 1


def test_a_dialog_that_comes_to_need_more_than_the_screen_while_it_is_shown_scrolls(qtbot: QtBot) -> None:
    dialog = asked(qtbot, QSize(300, 200))
    column = QVBoxLayout(dialog)
    shown(dialog, qtbot)
    wide = QLabel("A sentence that comes late")
    wide.setMinimumSize(900, 100)
    column.addWidget(wide)
    qtbot.waitUntil(lambda: dialog.findChild(QScrollArea) is not None)
    assert SMALL.contains(dialog.geometry())
    assert wide.isVisible()


def test_the_frame_of_the_window_and_a_margin_are_left_free(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    free = window.screen().availableGeometry()
    room = room_for(FittedDialog(window))
    assert free.marginsRemoved(QMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)).contains(room)
