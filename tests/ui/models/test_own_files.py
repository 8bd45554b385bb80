"""Files of the person's own in the whole window, with real files and a scripted engine."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.places import models_folder
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.models.loaded_line import LoadedLine, loaded_words
from longwriter_desktop.ui.models.models_dialog import ModelsDialog
from longwriter_desktop.ui.models.own_details import OwnDetails
from tests.ui.conftest import Desk
from tests.ui.models.small_files import small_model
from tests.ui.models.test_gguf_drop import dragged, drop_on
from tests.ui.test_accessibility import lint

TEXT = " ".join(f"The keeper wound the clockwork on night {night} and wrote the log." for night in range(10))


def models_dialog(desk: Desk, qtbot: QtBot, path: Path) -> tuple[ModelsDialog, OwnDetails]:
    """The models dialog, looking at the file at ``path``, which is in the app's models folder."""
    models = desk.window.models
    with qtbot.waitSignal(models.models_changed):
        models.show()
    dialog, details = models.dialog, desk.window.own_files.details
    assert dialog is not None
    assert details is not None
    dialog.choose(str(path))
    assert dialog.row is not None
    assert dialog.row.path == path
    return dialog, details


@pytest.fixture
def own(desk: Desk) -> Path:
    return small_model(models_folder(desk.paths) / "own.gguf")


def test_a_file_dropped_on_the_start_page_is_shown_added_and_used(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = small_model(tmp_path / "dropped.gguf")
    assert drop_on(desk.window.start_page.instruction.viewport(), dragged(path.as_uri()))
    dialog = desk.window.own_files.file_dialog
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.use.isEnabled)
    with qtbot.waitSignal(desk.window.models.models_changed):
        dialog.use.click()
    assert desk.session.model is not None
    assert desk.session.model.path == path
    assert desk.window.start_page.model.choice is not None
    assert desk.window.start_page.model.choice.model.name == desk.session.model.name
    assert load_settings(desk.paths).model == desk.session.model.name
    assert desk.session.model.name in load_catalogue(desk.paths).own_names
    assert desk.window.own_files.file_dialog is None


def test_open_a_model_file_shows_what_it_says_first(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = desk.session.model
    path = small_model(tmp_path / "other.gguf", template="")
    monkeypatch.setattr(file_dialogs, "ask_model_file", lambda *_: path)
    desk.window.menus.open_model.trigger()
    dialog = desk.window.own_files.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.name.isVisible)
    assert "no chat template" in dialog.template.problem.text()
    assert desk.session.model == before
    dialog.cancel.click()
    assert load_catalogue(desk.paths).own_names == frozenset()


def test_a_model_is_tried_from_the_dialog_and_its_speed_is_in_the_list(desk: Desk, own: Path, qtbot: QtBot) -> None:
    desk.engine.answer, desk.engine.delay_s = (lambda _prompt: TEXT), 0.001
    dialog, details = models_dialog(desk, qtbot, own)
    with qtbot.waitSignal(details.trial.tried), qtbot.waitSignal(desk.window.models.models_changed):
        dialog.details.trial.click()
    assert details.trial.figures[2].text().startswith("about ")
    assert dialog.row is not None
    assert dialog.row.speed_source == "measured here with this model"
    assert not desk.session.has_document


def test_writing_ends_a_trial_and_says_so(desk: Desk, own: Path, qtbot: QtBot) -> None:
    _, details = models_dialog(desk, qtbot, own)
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    desk.engine.hold()
    details.trial.start()
    qtbot.waitUntil(lambda: bool(desk.engine.prompts))
    desk.session.make_plan()
    qtbot.waitUntil(lambda: not details.trial.is_running)
    assert details.trial.doing.text() == "Stopped, because the model in use was asked for something."
    desk.engine.go_on()
    desk.session.pause_and_wait()


def test_a_file_without_a_template_says_so_in_the_dialog(desk: Desk, qtbot: QtBot) -> None:
    path = small_model(models_folder(desk.paths) / "bare.gguf", template="")
    _, details = models_dialog(desk, qtbot, path)
    qtbot.waitUntil(details.remark.isVisible)
    assert "no chat template" in details.remark.text()
    assert details.set_up.text() == "Choose a template…"
    details.set_up.click()
    dialog = desk.window.own_files.file_dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.name.isVisible)
    dialog.template.choice.setCurrentIndex(dialog.template.choice.findData("chatml"))
    with qtbot.waitSignal(desk.window.models.models_changed):
        dialog.add.click()
    assert [entry.template for entry in load_catalogue(desk.paths).entries if entry.path] == ["chatml"]
    assert not details.remark.isVisible()


def test_a_folder_that_is_named_is_looked_into(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = small_model(tmp_path / "stick" / "storm.gguf")
    desk.window.own_files.show_folders()
    dialog = desk.window.own_files.folders_dialog
    assert dialog is not None
    with qtbot.waitSignal(desk.window.models.models_changed) as changed:
        dialog.add_folder(path.parent)
    assert load_settings(desk.paths).model_folders == (str(path.parent),)
    assert changed.args is not None
    assert path in [row.path for row in changed.args[0]]


def test_moving_the_folder_takes_the_model_in_use_along(desk: Desk, own: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk.window.use_model(Model(str(own), "Own", own))
    desk.window.own_files.show_folders()
    dialog = desk.window.own_files.folders_dialog
    assert dialog is not None
    new = tmp_path / "larger disk"
    dialog.move_panel.ask(new)
    with qtbot.waitSignal(desk.window.own_files.models_outdated):
        dialog.move_panel.confirm.click()
    assert (new / "own.gguf").is_file()
    assert not own.exists()
    assert desk.session.model == Model(str(new / "own.gguf"), "Own", new / "own.gguf")
    desk.window.menus.themes.actions()[1].trigger()  # anything that saves the settings
    settings = load_settings(desk.paths)
    assert (settings.models_folder, settings.model) == (str(new), str(new / "own.gguf"))


def test_nothing_is_moved_while_the_model_is_at_work(desk: Desk, own: Path, tmp_path: Path) -> None:
    desk.engine.hold()
    desk.session.new_document("A history of lighthouses", 300, "en")
    desk.session.make_plan()
    assert "Pause it" in desk.window.own_files.refusal()
    desk.engine.go_on()
    desk.session.pause_and_wait()
    assert desk.window.own_files.refusal() == ""


def test_what_is_loaded_is_said_in_the_dialog_and_in_the_tip(desk: Desk, own: Path, qtbot: QtBot) -> None:
    assert loaded_words(desk.session) == "Scripted 1B is chosen. It is loaded when you make a plan or write."
    desk.session.new_document("A history of lighthouses", 300, "en")
    desk.session.make_plan()
    qtbot.waitUntil(lambda: not desk.session.is_busy)
    words = "Loaded now: Scripted 1B · CPU · 0.2 GB of memory · context of 8,192 tokens"
    assert loaded_words(desk.session) == words
    assert desk.window.status.model.toolTip() == words
    dialog, _ = models_dialog(desk, qtbot, own)
    assert [line.text() for line in dialog.findChildren(LoadedLine)] == [words]
    desk.engine.device, desk.engine.memory_bytes = "", 2**20  # its process has begun, and reads the file
    assert "0.0 GB" not in loaded_words(desk.session)
    desk.session.model_changed.emit(desk.session.model)
    assert "0.0 GB" not in desk.window.status.model.text()


def test_every_control_has_a_name_and_return_presses_none_by_chance(desk: Desk, own: Path, qtbot: QtBot) -> None:
    models_dialog(desk, qtbot, own)
    own_files = desk.window.own_files
    own_files.show_file(own)
    own_files.show_folders()
    assert own_files.file_dialog is not None
    assert own_files.folders_dialog is not None
    qtbot.waitUntil(own_files.file_dialog.use.isEnabled)
    for dialog in (own_files.file_dialog, own_files.folders_dialog):
        assert lint(dialog, least=3) == []
        assert not any(button.autoDefault() for button in dialog.findChildren(QPushButton))
