"""The key that writes and pauses works in Chinese too, where both Enter keys have one name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.menus import Menus


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enter_keys_write(qtbot: QtBot, key: Qt.Key) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window.menuBar(), window)
    menus.show_activity(busy=False, stops=False, has_document=True)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(menus.write.triggered, timeout=2000):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.usefixtures("chinese")
def test_the_two_are_told_apart(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window.menuBar(), window)
    menus.show_activity(busy=False, stops=False, has_document=True)
    keys = [key.toString(QKeySequence.SequenceFormat.PortableText) for key in menus.write.shortcuts()]
    assert keys == ["Ctrl+Return", "Ctrl+Enter"]
