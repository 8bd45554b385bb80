"""Models in a real window: looked up, downloaded, agreed to, used, verified, deleted."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.manage import Removal, Verified
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.models.model_rows import Transfer
from longwriter_desktop.ui.models.questions import (
    DELETE,
    DELETE_PART,
    KEEP_PART,
    QUIT_LATER,
    STAY,
    TAKE_OFF,
    ask_about_quitting,
)
from longwriter_desktop.ui.models.shelf import Unfinished
from longwriter_desktop.ui.session import Session
from tests.ui.conftest import Clock
from tests.ui.models.menu import OFFLINE, STORM_PATH, Menu, menu_in_a_window
from tests.ui.models.scripted_shelf import BREEZE, GALE, STORM, ScriptedShelf, here, to_download
from tests.ui.scripted_engine import ScriptedEngine


@pytest.fixture
def shelf() -> ScriptedShelf:
    return ScriptedShelf(rows=[to_download(STORM), to_download(GALE), here(BREEZE, Path("/models/breeze.gguf"))])


@pytest.fixture
def models(shelf: ScriptedShelf, session: Session, qtbot: QtBot) -> Iterator[Menu]:
    made = menu_in_a_window(session, shelf, qtbot)
    yield made
    made.menu.close()


# -- the list --------------------------------------------------------------------------------------------


def test_the_dialog_opens_at_once_while_the_disk_is_still_being_searched(models: Menu) -> None:
    models.shelf.look_gate.clear()
    models.menu.show()
    assert models.dialog.isVisible()
    assert models.dialog.message.text() == "Looking for models on this computer…"
    models.shelf.look_gate.set()
    models.until(lambda: len(models.dialog.list.rows) == 3)
    assert models.dialog.message.text() == ""


def test_nothing_slow_is_done_on_the_main_thread(models: Menu) -> None:
    models.half_of_storm()
    models.menu.begin()
    models.shelf.planned = Removal("models folder", (STORM_PATH,), 5)
    models.menu.remove(here(BREEZE, Path("/models/breeze.gguf")))
    models.question(QMessageBox)
    models.answer("Cancel")
    assert models.shelf.threads
    assert "MainThread" not in models.shelf.threads


def test_the_window_goes_on_while_a_thousand_models_are_shown(models: Menu) -> None:
    models.shelf.rows = [replace(to_download(STORM), key=str(number)) for number in range(1000)]
    beats = [time.thread_time()]
    heart = QTimer()
    heart.setInterval(1)
    heart.timeout.connect(lambda: beats.append(time.thread_time()))
    heart.start()
    models.open()
    models.until(lambda: len(models.dialog.list.rows) == 1000)
    longest = max(later - earlier for earlier, later in itertools.pairwise(beats))
    assert longest < 0.1  # seconds that the main thread computed without looking up


def test_the_model_in_use_is_marked_when_another_is_chosen(models: Menu, session: Session) -> None:
    dialog = models.open(BREEZE.name)
    assert dialog.details.use.isEnabled()
    row = dialog.row
    assert row is not None
    assert row.model is not None
    session.choose_model(row.model)
    assert dialog.details.use.text() == "In use"
    assert not dialog.details.use.isEnabled()


def test_use_this_model_asks_the_window_for_it(models: Menu) -> None:
    models.open(BREEZE.name).details.use.click()
    assert models.used == [BREEZE.name]


# -- downloading -----------------------------------------------------------------------------------------


def test_a_download_is_seen_in_the_list_beside_it_and_in_the_status_bar(models: Menu) -> None:
    models.half_of_storm()
    assert models.dialog.details.progress.text() == "1.0 / 2.0 GB · 10 MB/s · 2 min left"
    assert models.told[-1] == ("Downloading Storm 3B: 50 % · 2 min left", "Download 50 % · 2 min left")


def test_a_download_goes_on_when_the_dialog_is_closed_and_its_end_is_told_in_the_window(models: Menu) -> None:
    models.half_of_storm()
    models.dialog.close()
    models.shelf.rows = [here(STORM, STORM_PATH)]
    models.shelf.network.put(STORM_PATH)
    models.until(lambda: bool(models.notices))
    assert models.notices[0].text == "Storm 3B is on this computer now, whole and verified."
    models.notices[0].actions[0].do()
    assert models.used == [STORM.name]
    models.until(lambda: [row.key for row in models.menu.rows] == [STORM.name])
    assert models.told[-1] == ("", "")


def test_the_first_model_of_all_is_used_as_soon_as_it_is_here(
    shelf: ScriptedShelf, paths: AppPaths, clock: Clock, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    session = Session(
        file=DocumentFile(paths, clock),
        open_engine=lambda _: engine,
        templates=lambda _: load_templates("en", paths),
        clock=clock,
    )
    models = menu_in_a_window(session, shelf, qtbot)
    models.half_of_storm()
    shelf.network.put(STORM_PATH)
    models.until(lambda: models.used == [STORM.name])
    models.menu.close()
    session.close()


def test_pause_and_go_on(models: Menu) -> None:
    models.half_of_storm()
    details = models.dialog.details
    details.pause.click()
    assert details.progress.text() == "Paused · 1.0 / 2.0 GB"
    assert details.download.text() == "Go on"
    models.until(lambda: models.menu.downloads.current is None)
    details.download.click()
    models.until(lambda: len(models.shelf.fetched) == 2)


@pytest.mark.parametrize(("label", "discarded"), [(KEEP_PART, []), (DELETE_PART, [STORM.name])])
def test_who_cancels_chooses_what_becomes_of_the_part(models: Menu, label: str, discarded: list[str]) -> None:
    models.half_of_storm()
    models.dialog.details.cancel.click()
    models.answer(label)
    models.until(lambda: models.menu.downloads.current is None and models.shelf.discarded == discarded)
    paused = models.menu.downloads.transfers
    assert set(paused) == (set() if discarded else {STORM.name})


def test_a_problem_is_told_beside_the_model_and_the_list_still_works(models: Menu) -> None:
    models.half_of_storm()
    models.shelf.network.put(OFFLINE)
    details = models.dialog.details
    models.until(lambda: details.problem.text() == str(OFFLINE))
    assert details.download.text() == "Try again"
    assert models.notices == []
    models.dialog.choose(BREEZE.name)
    assert details.problem.text() == ""


def test_a_problem_is_told_in_the_window_when_the_dialog_is_closed(models: Menu) -> None:
    models.half_of_storm()
    models.dialog.close()
    models.shelf.network.put(OFFLINE)
    models.until(lambda: [each.text for each in models.notices] == [str(OFFLINE)])
    models.notices[0].actions[0].do()
    assert models.dialog.isVisible()
    assert models.dialog.row is not None
    assert models.dialog.row.key == STORM.name


def test_an_unfinished_download_is_offered_after_a_restart(models: Menu) -> None:
    models.shelf.left = [Unfinished(STORM, 500_000_000, STORM.size_bytes)]
    models.menu.begin()
    models.until(lambda: bool(models.notices))
    assert models.notices[0].text == "The download of Storm 3B is not finished (0.5 of 2.0 GB)."
    assert models.notices[0].kind == "offer"
    assert models.shelf.fetched == []
    models.notices[0].actions[0].do()
    models.until(lambda: models.shelf.fetched == [(STORM.name, None)])


def test_where_something_else_is_told_an_unfinished_download_waits_in_the_list(models: Menu) -> None:
    models.shelf.left = [Unfinished(STORM, 500_000_000, STORM.size_bytes)]
    models.menu.begin(tell=False)
    models.until(lambda: STORM.name in models.menu.downloads.transfers)
    assert models.notices == []
    assert models.open(STORM.name).details.progress.text() == "Paused · 0.5 / 2.0 GB"


@pytest.mark.parametrize("leaves", [True, False])
def test_closing_the_window_in_a_download_is_asked_about(
    models: Menu, leaves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, title: str, _transfer: object) -> bool:
        asked.append(title)
        return leaves

    monkeypatch.setattr("longwriter_desktop.ui.models.questions.ask_about_quitting", answer)
    assert models.menu.may_close()
    models.half_of_storm()
    assert models.menu.may_close() is leaves
    assert asked == ["Storm 3B"]


@pytest.mark.parametrize(("label", "leaves"), [(QUIT_LATER, True), (STAY, False)])
def test_the_question_before_quitting_says_what_is_kept(models: Menu, label: str, leaves: bool) -> None:
    told: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if button.text() == label).click()

    dialog = models.open()
    QTimer.singleShot(50, answer)
    transfer = Transfer("downloading", 500_000_000, STORM.size_bytes)
    assert ask_about_quitting(dialog, STORM.title, transfer) is leaves
    assert told == [
        "Storm 3B is being downloaded (0.5 of 2.0 GB). What has come is kept, and the next start goes on with it."
    ]


# -- files that are here ---------------------------------------------------------------------------------


@pytest.mark.parametrize("ok", [True, False])
def test_verifying_tells_how_far_it_is_and_then_what_it_found(models: Menu, ok: bool) -> None:
    models.shelf.verdict = Verified(ok, "a", "b", "What was found.")
    models.shelf.may_verify.clear()
    dialog = models.open(BREEZE.name)
    dialog.details.verify.click()
    models.until(lambda: dialog.details.progress.text() == "Checking the file · 1.0 / 2.0 GB")
    models.shelf.may_verify.set()
    label = dialog.details.progress if ok else dialog.details.problem
    models.until(lambda: label.text() == "What was found.")
    assert dialog.details.use.isVisible() is ok


def test_verifying_can_be_stopped(models: Menu) -> None:
    models.shelf.may_verify.clear()
    dialog = models.open(BREEZE.name)
    dialog.details.verify.click()
    models.until(dialog.details.cancel.isVisible)
    dialog.details.cancel.click()
    assert not dialog.details.bar.isVisible()
    assert dialog.details.verify.isVisible()


def test_a_model_is_deleted_after_asking(models: Menu) -> None:
    models.shelf.planned = Removal("Hugging Face cache", (Path("/models/breeze.gguf"),), 100_000_000)
    models.open(BREEZE.name).details.remove.click()
    box = models.question(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "Other programs" in box.informativeText()
    assert models.shelf.removed == []
    models.answer(DELETE)
    models.until(lambda: models.shelf.removed == [(BREEZE.name, False)])
    models.until(lambda: BREEZE.name not in [row.key for row in models.dialog.list.rows])
    assert models.dialog.message.text() == "Breeze 1B is deleted."


def test_a_file_of_somebody_else_is_deleted_only_with_its_own_question(models: Menu) -> None:
    models.shelf.planned = Removal("elsewhere", (Path("/models/breeze.gguf"),), 5, asks="It is your own file.")
    models.open(BREEZE.name).details.remove.click()
    box = models.question(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "It is your own file." in box.informativeText()
    models.answer(DELETE)
    models.until(lambda: models.shelf.removed == [(BREEZE.name, True)])


def test_an_entry_of_ones_own_can_be_taken_off_the_list_and_the_file_stays(models: Menu) -> None:
    models.shelf.rows = [here(BREEZE, Path("/models/breeze.gguf"), is_own_entry=True)]
    models.shelf.planned = Removal("elsewhere", (Path("/models/breeze.gguf"),), 5, asks="It is your own file.")
    models.open(BREEZE.name).details.remove.click()
    models.answer(TAKE_OFF)
    models.until(lambda: models.shelf.taken_off == [BREEZE.name])
    assert models.shelf.removed == []


def test_what_may_not_be_deleted_is_told_with_the_reason(models: Menu) -> None:
    models.shelf.planned = Removal("the app", (), 0, refused="It came with the app.")
    models.open(BREEZE.name).details.remove.click()
    models.until(lambda: models.dialog.message.text() == "It came with the app.")


def test_the_model_in_use_is_not_deleted(models: Menu, session: Session) -> None:
    dialog = models.open(BREEZE.name)
    row = dialog.row
    assert row is not None
    assert row.model is not None
    session.choose_model(row.model)
    dialog.details.remove.click()
    assert "is the model in use" in dialog.message.text()
