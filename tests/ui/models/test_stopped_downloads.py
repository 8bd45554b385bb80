"""What becomes of downloads that have stopped, what is asked before one, and entries that have no file."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import LicenceNotAccepted
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import Verified
from longwriter_desktop.ui.models.model_rows import Transfer
from longwriter_desktop.ui.models.questions import DELETE_IT, KEEP_IT, TAKE_IT_OFF
from longwriter_desktop.ui.session import Session
from tests.ui.models.menu import (
    GATED,
    OFFLINE,
    STORM_PATH,
    Menu,
    agreeing,
    asking_for_token,
    menu_in_a_window,
)
from tests.ui.models.scripted_shelf import BREEZE, STORM, ScriptedShelf, here, to_download


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


def test_what_had_come_outlives_the_question_about_a_licence_that_is_asked_for_anew(models: Menu) -> None:
    models.shelf.come[STORM.name] = 500_000_000
    models.menu.downloads.show_paused(STORM.name, 500_000_000, STORM.size_bytes)
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(LicenceNotAccepted("Agree first."))
    agreeing(models).leave.click()
    assert models.menu.downloads.transfers == {STORM.name: Transfer("paused", 500_000_000, STORM.size_bytes)}
    models.menu.close()
    assert models.shelf.discarded == []


def test_a_file_that_is_put_in_the_place_of_a_damaged_one_can_be_used(models: Menu) -> None:
    damaged, nothing = here(BREEZE, Path("/models/breeze.gguf")), to_download(BREEZE)
    models.shelf.rows = [damaged]
    models.shelf.verdict = Verified(False, "a" * 64, "b" * 64, "It is damaged. Delete it.")
    details = models.open(BREEZE.name).details
    details.verify.click()
    models.until(lambda: details.problem.text() == "It is damaged. Delete it.")
    for rows in ([nothing], [damaged]):
        models.shelf.rows = rows
        models.menu.refresh()
        models.until(lambda rows=rows: models.menu.rows == rows)  # type: ignore[misc]  # rows is bound
    assert details.use.isVisible()
    assert details.problem.text() == ""


def test_the_model_in_use_is_not_deleted_by_another_name_of_its_file(
    models: Menu, session: Session, tmp_path: Path
) -> None:
    file, link = tmp_path / "breeze.gguf", tmp_path / "link.gguf"
    file.touch()
    link.symlink_to(file)
    models.shelf.rows = [here(BREEZE, link)]
    models.open(BREEZE.name)
    session.choose_model(Model(str(file), "Breeze 1B", file))
    models.dialog.details.remove.click()
    models.until(lambda: "is the model in use" in models.dialog.message.text())
    assert models.menu.question is None


def test_an_entry_of_ones_own_without_a_file_is_taken_off_the_list(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, is_own_entry=True, may_remove=True)]
    models.open(STORM.name).details.remove.click()
    models.answer(TAKE_IT_OFF)
    models.until(lambda: models.shelf.taken_off == [STORM.name])


def test_the_dialog_says_that_a_file_has_come(models: Menu) -> None:
    models.half_of_storm()
    models.shelf.network.put(STORM_PATH)
    models.until(lambda: models.dialog.message.text().startswith("Storm 3B is on this computer now"))


def test_a_keyring_that_waits_for_the_person_does_not_hold_up_closing(
    models: Menu, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def keep_token(_token: str) -> None:
        asked.set()
        answered.wait(20)

    monkeypatch.setattr(models.shelf, "keep_token", keep_token)
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    token = asking_for_token(models)
    token.field.setText("hf_secret")
    token.go_on.click()
    assert asked.wait(5)
    began = time.monotonic()
    models.menu.close()
    assert time.monotonic() - began < 10
    answered.set()


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
