"""What the start page says of a model is what the models dialog says of it, also after it has written something."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import MODEL, Desk
from tests.ui.models.scripted_shelf import BREEZE, ScriptedShelf, here


@pytest.fixture
def shelf() -> ScriptedShelf:
    row = here(BREEZE, MODEL.path, words_a_minute=(2500, 2500))
    return ScriptedShelf(rows=[replace(row, model=MODEL)])


def test_the_start_page_tells_the_speed_that_was_measured_meanwhile(
    desk: Desk, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    field = desk.window.start_page.model
    desk.window.models.refresh()
    qtbot.waitUntil(lambda: "4 minutes" in field.itemText(0))
    desk.session.new_document("A history of lighthouses", 300, "en")
    shelf.rows = [replace(each, words_a_minute=(333, 333)) for each in shelf.rows]
    desk.window.close_document()
    qtbot.waitUntil(lambda: "30 minutes" in field.itemText(0))


def test_closing_the_window_looks_for_no_models(desk: Desk, shelf: ScriptedShelf, tmp_path: Path) -> None:
    desk.session.new_document("A history of lighthouses", 300, "en")
    shelf.threads.clear()
    desk.window.close()
    assert not shelf.threads
