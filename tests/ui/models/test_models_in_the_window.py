"""How the window leads to its models, and what it does about them when it opens and closes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.model_combo import MORE_MODELS
from tests.ui.conftest import Desk
from tests.ui.models.scripted_shelf import BREEZE, GALE, STORM, ScriptedShelf, bytes_of, here, to_download
from tests.ui.test_main_window import CTRL, press

LEFT = Qt.MouseButton.LeftButton
STORM_PATH = Path("/models/storm.gguf")


@pytest.fixture
def shelf() -> ScriptedShelf:
    return ScriptedShelf(rows=[to_download(STORM), to_download(GALE), here(BREEZE, Path("/models/breeze.gguf"))])


@pytest.fixture(autouse=True)
def _who_is_asked_quits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("longwriter_desktop.ui.models.questions.ask_about_quitting", lambda *_: True)


def is_shown(desk: Desk) -> bool:
    dialog = desk.window.models.dialog
    return dialog is not None and dialog.isVisible()


def test_the_menu_opens_the_models(desk: Desk) -> None:
    desk.window.menus.models.trigger()
    assert is_shown(desk)


def test_a_key_opens_the_models(desk: Desk) -> None:
    press(desk, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert is_shown(desk)


def test_the_field_of_the_model_leads_to_more(desk: Desk) -> None:
    field = desk.window.start_page.model
    field.activated.emit(field.findText(MORE_MODELS))
    assert is_shown(desk)


def test_a_download_is_told_at_the_bottom_and_a_click_there_shows_it(
    desk: Desk, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    models, button = desk.window.models, desk.window.status.downloads[0]
    assert not button.isVisible()
    models.downloads.start(STORM)
    shelf.network.put(bytes_of(STORM, 0.25))
    qtbot.waitUntil(lambda: button.text() == "Downloading Storm 3B: 25 % · 2 min left")
    QTest.mouseClick(button, LEFT)
    assert is_shown(desk)
    shelf.network.put(STORM_PATH)
    qtbot.waitUntil(lambda: not button.isVisible())


def test_a_model_that_has_come_can_be_used_from_the_notice(desk: Desk, shelf: ScriptedShelf, qtbot: QtBot) -> None:
    desk.window.models.downloads.start(STORM)
    shelf.network.put(STORM_PATH)
    qtbot.waitUntil(lambda: "whole and verified" in desk.window.notice.text)
    desk.window.models.model_wanted.emit(here(STORM, STORM_PATH).model)
    assert desk.session.model is not None
    assert desk.session.model.path == STORM_PATH


def test_closing_the_window_closes_the_dialog_and_keeps_the_part(
    desk: Desk, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    desk.window.menus.models.trigger()
    desk.window.models.downloads.start(STORM)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    assert desk.window.close()
    assert not is_shown(desk)
    assert shelf.discarded == []


def test_who_stays_keeps_the_window_and_the_download(
    desk: Desk, shelf: ScriptedShelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.ui.models.questions.ask_about_quitting", lambda *_: False)
    desk.window.models.downloads.start(STORM)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    assert not desk.window.close()
    assert desk.window.isVisible()
    assert desk.window.models.downloads.is_running
    monkeypatch.setattr("longwriter_desktop.ui.models.questions.ask_about_quitting", lambda *_: True)


def test_the_dialog_does_not_hold_up_writing(desk: Desk, qtbot: QtBot) -> None:
    desk.window.menus.models.trigger()
    desk.window.activateWindow()
    desk.window.start_page.instruction.setFocus()
    QTest.keyClicks(desk.window.start_page.instruction, "Lighthouses")
    assert desk.window.start_page.instruction.toPlainText() == "Lighthouses"
    assert is_shown(desk)


def test_the_dialog_takes_over_another_theme(desk: Desk, qtbot: QtBot) -> None:
    desk.window.menus.models.trigger()
    dialog = desk.window.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.row is not None)
    before = dialog.grab().toImage().pixelColor(3, 3)
    desk.window._parts.theme.choose("dark")
    assert dialog.grab().toImage().pixelColor(3, 3).lightness() < before.lightness() / 2


def test_the_key_that_quits_does_so_from_the_models_too(desk: Desk, qtbot: QtBot) -> None:
    desk.window.menus.models.trigger()
    dialog = desk.window.models.dialog
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.list, Qt.Key.Key_Q, CTRL)
    qtbot.waitUntil(lambda: not desk.window.isVisible())
