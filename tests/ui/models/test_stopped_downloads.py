"""What becomes of downloads that have stopped, what is asked before one, and entries that have no file."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.models.questions import DELETE_IT, KEEP_IT, TAKE_IT_OFF
from longwriter_desktop.ui.session import Session
from tests.ui.models.scripted_shelf import STORM, ScriptedShelf, to_download
from tests.ui.models.test_models_menu import (
    GATED,
    OFFLINE,
    STORM_PATH,
    Menu,
    agreeing,
    asking_for_token,
    menu_in_a_window,
)


@pytest.fixture
def models(session: Session, qtbot: QtBot) -> Iterator[Menu]:
    made = menu_in_a_window(session, ScriptedShelf(rows=[to_download(STORM)]), qtbot)
    yield made
    made.menu.close()


def test_what_has_come_of_a_stopped_download_is_deleted_only_after_asking(models: Menu) -> None:
    models.half_of_storm()
    models.shelf.network.put(OFFLINE)
    details = models.dialog.details
    models.until(lambda: details.problem.text() == str(OFFLINE))
    details.cancel.click()
    models.answer(KEEP_IT)
    assert set(models.menu.downloads.transfers) == {STORM.name}
    details.cancel.click()
    models.answer(DELETE_IT)
    models.until(lambda: models.shelf.discarded == [STORM.name])
    assert models.menu.downloads.transfers == {}


def test_an_entry_of_ones_own_without_a_file_is_taken_off_the_list(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, is_own_entry=True, may_remove=True)]
    models.open(STORM.name).details.remove.click()
    models.answer(TAKE_IT_OFF)
    models.until(lambda: models.shelf.taken_off == [STORM.name])


def test_the_dialog_says_that_a_file_has_come(models: Menu) -> None:
    models.half_of_storm()
    models.shelf.network.put(STORM_PATH)
    models.until(lambda: models.dialog.message.text().startswith("Storm 3B is on this computer now"))


def test_what_is_to_be_given_has_the_focus_when_something_is_asked(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, must_agree=True)]
    models.open(STORM.name).details.download.click()
    licence = agreeing(models)
    assert licence.focusWidget() is licence.agrees
    licence.agrees.setChecked(True)
    licence.go_on.click()
    models.shelf.network.put(GATED)
    token = asking_for_token(models)
    assert token.focusWidget() is token.field
    assert "only to people who have asked" not in token.what.text()  # The refusal says so.
