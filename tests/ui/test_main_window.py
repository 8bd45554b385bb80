import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import ModelLoading, ReplyFinished, Usage
from longwriter_desktop.document.document import DocumentSettings
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status
from longwriter_desktop.models.library import Model
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings, load_settings
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.instruction_dialog import InstructionDialog
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from longwriter_desktop.ui.theme import DARK
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Clock, Desk
from tests.ui.documents import lighthouses
from tests.ui.scripted_engine import PLAN_LINES, TITLE

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 80), Step(3, "Keepers", 70))


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)


def press(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.window.activateWindow()
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, modifiers)


def outlined(desk: Desk) -> None:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)


def idle(desk: Desk) -> bool:
    return desk.session.activity is Activity.IDLE


def test_from_an_instruction_to_a_written_document(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = desk.window
    QTest.keyClicks(window.start_page.instruction, "Write a 1,200-word history of lighthouses")
    click(window.start_page.plan_button)
    assert window.workspace.isVisible()
    assert window.status.button.text() == "Stop"
    qtbot.waitUntil(lambda: idle(desk), timeout=10_000)
    rows = window.workspace.outline_model.rows
    assert rows[0].main_point == PLAN_LINES[0]
    assert window.windowTitle().startswith(TITLE)
    assert window.status.button.text() == "Write"
    press(desk, Qt.Key.Key_Return, CTRL)
    assert window.status.button.text() == "Pause"
    qtbot.waitUntil(lambda: idle(desk), timeout=20_000)
    assert window.status.button.text() == "Written"
    assert window.notice.text.startswith("Done:")
    for section in desk.session.document.sections:
        assert window.workspace.manuscript.section_text(section.id) == section.text
    target = tmp_path / "lighthouses.docx"
    window.export(target)
    qtbot.waitUntil(lambda: window.notice.text.startswith("Exported"), timeout=10_000)
    assert docx.Document(str(target)).paragraphs[0].text == TITLE


@pytest.mark.alone
def test_pause_is_visible_at_once(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.engine.delay_s = 0.01
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: desk.session.document.words > 5, timeout=10_000)
    began = time.monotonic()
    click(desk.window.status.button)
    assert desk.window.status.button.text() == "Go on"
    assert time.monotonic() - began < 0.15
    qtbot.waitUntil(lambda: idle(desk), timeout=2000)
    window = desk.window
    section = desk.session.document.sections[0]
    window.workspace.manuscript.flush()
    assert window.workspace.manuscript.section_text(section.id) == section.text
    window.workspace.outline_model.refresh()
    assert window.workspace.outline_model.rows[0].status is Status.PARTIAL


def test_deleting_a_section_is_undone_from_the_strip(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    rows = desk.window.workspace.outline.list
    rows.choose_section(desk.session.document.sections[1].id)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert [section.main_point for section in desk.session.document.sections] == ["Storms", "Keepers"]
    undo = next(button for button in desk.window.notice.findChildren(QPushButton) if button.text() == "Undo")
    click(undo)
    assert [section.main_point for section in desk.session.document.sections] == ["Storms", "Lamps", "Keepers"]
    assert desk.window.notice.text == ""


def test_alt_down_moves_a_section_and_ctrl_z_in_the_outline_moves_it_back(desk: Desk) -> None:
    outlined(desk)
    rows = desk.window.workspace.outline.list
    rows.setFocus()
    rows.choose_section(desk.session.document.sections[0].id)
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [section.main_point for section in desk.session.document.sections] == ["Lamps", "Storms", "Keepers"]
    press(desk, Qt.Key.Key_Z, CTRL)
    assert [section.main_point for section in desk.session.document.sections] == ["Storms", "Lamps", "Keepers"]


def test_adding_a_section_opens_it_for_typing(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.window.workspace.outline.list.setFocus()
    desk.window.menus.add_section.trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Foghorns")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert [section.main_point for section in desk.session.document.sections][1] == "Foghorns"


def test_escape_in_a_new_empty_row_takes_it_out_again(desk: Desk) -> None:
    outlined(desk)
    before = desk.session.document
    rows = desk.window.workspace.outline.list
    rows.choose_section(before.sections[0].id)
    for _ in range(2):  # the second time it is the same row
        desk.window.menus.add_section.trigger()
    assert len(desk.session.document.sections) == len(before.sections) + 1
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Fog")
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert desk.session.document.sections == before.sections
    assert not desk.session.document.trash
    assert not rows.is_editing


def test_escape_leaves_a_row_that_is_not_new_as_it_is(desk: Desk) -> None:
    outlined(desk)
    rows = desk.window.workspace.outline.list
    desk.window.menus.add_section.trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Foghorns")
    QTest.keyClick(focus, Qt.Key.Key_Return)
    before = desk.session.document
    for each in before.sections:
        rows.edit_section(each.id)
        opened = QApplication.focusWidget()
        assert opened is not None
        QTest.keyClick(opened, Qt.Key.Key_Escape)
    assert desk.session.document.sections == before.sections


def test_typing_in_the_manuscript_reaches_the_document_and_the_outline(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    workspace = desk.window.workspace
    section = desk.session.document.sections[1]
    workspace.manuscript.show_section(section.id)
    press(desk, Qt.Key.Key_2, CTRL)
    QTest.keyClicks(workspace.manuscript, "Oil lamps came first.")
    assert desk.session.document.section(section.id).text == "Oil lamps came first."
    qtbot.waitUntil(lambda: workspace.outline_model.rows[1].words == 4)
    assert workspace.outline.list.current_section == section.id
    assert workspace.section.title.text() == "Section 2"


def test_typing_in_the_section_being_written_pauses_and_keeps_both_texts(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.engine.delay_s = 0.02
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: desk.session.document.words > 12, timeout=10_000)
    first = desk.session.document.sections[0].id
    manuscript = desk.window.workspace.manuscript
    manuscript.show_section(first)
    manuscript.setFocus()
    QTest.keyClicks(manuscript, "HERE ")
    assert not desk.session.is_busy
    qtbot.waitUntil(lambda: idle(desk), timeout=2000)
    qtbot.wait(60)
    text = desk.session.document.section(first).text
    assert "HERE" in text
    assert len(text.split()) > 12
    assert manuscript.section_text(first) == text


def test_typing_in_another_section_goes_on_while_the_writer_writes(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.engine.delay_s = 0.005
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: desk.session.document.words > 5, timeout=10_000)
    last = desk.session.document.sections[2].id
    manuscript = desk.window.workspace.manuscript
    manuscript.show_section(last)
    manuscript.setFocus()
    for sign in "Keepers kept logs.":
        QTest.keyClicks(manuscript, sign)
        qtbot.wait(5)
    assert desk.session.activity is Activity.WRITING
    assert desk.session.document.section(last).text == "Keepers kept logs."
    desk.session.pause()
    qtbot.waitUntil(lambda: idle(desk), timeout=2000)
    for section in desk.session.document.sections:
        manuscript.flush()
        assert manuscript.section_text(section.id) == section.text


def test_a_half_typed_direction_counts_when_write_is_pressed(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    press(desk, Qt.Key.Key_3, CTRL)
    direction = desk.window.workspace.section.direction
    direction.setFocus()
    QTest.keyClicks(direction, "Begin with a scene.")
    press(desk, Qt.Key.Key_Return, CTRL)
    assert desk.session.is_busy
    assert desk.session.document.sections[0].direction == "Begin with a scene."
    qtbot.waitUntil(lambda: bool(desk.engine.prompts), timeout=5000)
    prompt = desk.engine.prompts[0]
    assert "Begin with a scene." in prompt.messages[-1].content + prompt.reply_prefix
    desk.session.pause()


def test_a_foreign_file_is_told_in_the_strip_and_the_window_stays_as_it_was(desk: Desk, tmp_path: Path) -> None:
    outlined(desk)
    before = desk.session.document
    foreign = tmp_path / "letter.longwriter"
    foreign.write_bytes(b"PK\x03\x04 not ours")
    desk.window.open(foreign)
    assert "letter.longwriter" in desk.window.notice.text
    assert desk.session.document == before
    press(desk, Qt.Key.Key_Escape)
    assert desk.window.notice.text == ""


def test_the_start_page_lists_what_was_written_and_opens_it(desk: Desk, clock: Clock) -> None:
    outlined(desk)
    desk.session.set_title("Lighthouses")
    desk.window.menus.close.trigger()
    recent = desk.window.start_page.recent
    assert recent.isVisible()
    assert recent.shown == 1
    index = recent.model().index(0, 0)
    assert index.data() == "Lighthouses"
    QTest.mouseClick(recent.viewport(), LEFT, pos=recent.visualRect(index).center())
    assert desk.session.document.title == "Lighthouses"
    assert desk.window.workspace.isVisible()


def test_an_outline_of_ones_own_starts_a_document_without_a_model(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def accept(dialog: OwnOutlineDialog) -> int:
        dialog.text.setPlainText("1. Storms (300 words)\n2. Lamps")
        dialog.accept()
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(OwnOutlineDialog, "exec", accept)
    QTest.keyClicks(desk.window.start_page.instruction, "A 1,000-word history")
    click(desk.window.start_page.outline_button)
    assert [section.word_target for section in desk.session.document.sections] == [300, 700]
    assert desk.engine.prompts == []


def test_the_theme_changes_everything_without_a_restart(desk: Desk) -> None:
    outlined(desk)
    dark = next(action for action in desk.window.menus.themes.actions() if action.data() == "dark")
    dark.trigger()
    picture = desk.window.grab().toImage()
    ratio = picture.devicePixelRatio()
    paper = desk.window.workspace.manuscript.mapTo(desk.window, desk.window.workspace.manuscript.rect().topRight())
    colour = picture.pixelColor(round((paper.x() - 40) * ratio), round((paper.y() + 20) * ratio))
    assert colour.name().upper() == DARK.paper
    assert load_settings(desk.paths).theme == "dark"


def test_panels_and_text_size_are_remembered(desk: Desk, open_window: Callable[[Settings], Desk]) -> None:
    outlined(desk)
    desk.window.menus.show_section_panel.trigger()
    assert not desk.window.workspace.section.isVisible()
    desk.window.menus.larger.trigger()
    desk.window.close()
    settings = load_settings(desk.paths)
    assert not settings.show_section_panel
    assert settings.manuscript_font_size == 18
    again = open_window(settings)
    outlined(again)
    assert not again.window.workspace.section.isVisible()
    assert again.window.workspace.size_px == 18


def test_an_outline_that_was_hidden_stays_so_until_something_is_typed_in_it(
    open_window: Callable[[Settings], Desk],
) -> None:
    desk = open_window(Settings(theme="light", show_outline=False))
    outlined(desk)
    outline, menus = desk.window.workspace.outline, desk.window.menus
    assert not outline.isVisible()
    assert desk.window.workspace.manuscript.hasFocus()
    menus.add_section.trigger()
    assert outline.isVisible()
    assert menus.show_outline.isChecked()


def test_f6_goes_from_panel_to_panel_and_passes_hidden_ones_over(desk: Desk) -> None:
    outlined(desk)
    workspace = desk.window.workspace
    workspace.go_to_outline()
    press(desk, Qt.Key.Key_F6)
    assert workspace.manuscript.hasFocus()
    press(desk, Qt.Key.Key_F6)
    assert workspace.section.main_point.hasFocus()
    press(desk, Qt.Key.Key_F6)
    assert workspace.outline.list.hasFocus()
    desk.window.menus.show_section_panel.trigger()
    press(desk, Qt.Key.Key_F6)
    press(desk, Qt.Key.Key_F6)
    assert workspace.outline.list.hasFocus()


def test_closing_while_writing_saves_and_ends_everything(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.engine.delay_s = 0.01
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: desk.session.document.words > 5, timeout=10_000)
    desk.window.close()
    assert not desk.window.isVisible()
    assert desk.engine.closed
    assert not desk.session.has_document


def test_a_document_that_cannot_be_saved_is_not_closed_behind_the_persons_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    outlined(desk)
    assert desk.session.path is not None
    desk.session.path.unlink()
    desk.session.set_text(desk.session.document.sections[0].id, "Only in the window.")
    asked: list[str] = []

    def answer(button: QMessageBox.StandardButton) -> None:
        def ask(_parent: object, sentence: str, _kept: bool) -> QMessageBox.StandardButton:
            asked.append(sentence)
            return button

        monkeypatch.setattr(file_dialogs, "ask_about_unsaved", ask)

    answer(QMessageBox.StandardButton.Cancel)
    desk.window.close()
    assert desk.window.isVisible()
    assert asked
    copy = tmp_path / "saved.longwriter"
    monkeypatch.setattr(file_dialogs, "ask_copy_target", lambda *_: copy)
    answer(QMessageBox.StandardButton.Save)
    desk.window.close()
    assert not desk.window.isVisible()
    assert copy.is_file()


def test_a_problem_and_an_offer_stay_and_a_note_goes_by_itself(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = desk.window.notice
    strip._timer.setInterval(30)
    desk.window._tell("A note.")
    qtbot.waitUntil(lambda: strip.text == "", timeout=2000)
    strip.show_notice(Notice("An offer.", "offer", (NoticeAction("Take it", lambda: None),)))
    qtbot.wait(80)
    assert strip.text == "An offer."
    desk.window._tell("A problem.", "problem")
    qtbot.wait(80)
    assert strip.text == "A problem."


def test_the_bar_tells_speed_and_end_while_writing(desk: Desk, qtbot: QtBot, clock: Clock) -> None:
    outlined(desk)
    desk.engine.delay_s = 0.01
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: desk.session.document.words > 10, timeout=10_000)
    clock.now += 10
    desk.window._progress.refresh()
    assert "words/min" in desk.window.status.speed.text()
    assert "tokens/s" in desk.window.status.speed.text()
    assert "done about" in desk.window.status.end.text()
    assert "writing section 1 of 3" in desk.window.status.doing.text()
    assert "/ 210 words" in desk.window.status.words.text()
    desk.session.pause()
    assert desk.window.status.speed.text() == ""


def test_the_instruction_and_the_asked_length_can_be_changed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    outlined(desk)
    text = desk.session.document.sections[0].id
    desk.session.set_text(text, "Stays.")

    def edit(dialog: InstructionDialog) -> int:
        assert dialog.text == "A history of lighthouses"
        dialog.instruction.setPlainText("A 900-word history of foghorns")
        dialog.words.clear()
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(InstructionDialog, "exec", edit)
    desk.window.menus.instruction.trigger()
    assert desk.session.document.instruction == "A 900-word history of foghorns"
    assert desk.session.document.word_target == 900
    assert desk.session.document.section(text).text == "Stays."
    assert desk.window.workspace.outline.total.value() == 900


def test_a_narrow_window_leaves_the_model_out(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.window.resize(desk.window.minimumSize())
    qtbot.waitUntil(lambda: not desk.window.status.model.isVisible())
    assert desk.window.status.words.isVisible()
    desk.window.resize(1280, 800)
    qtbot.waitUntil(desk.window.status.model.isVisible)


def test_a_document_goes_on_with_the_model_that_it_was_begun_with(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "own.longwriter"
    begun = replace(lighthouses(100), settings=DocumentSettings(model="/models/other.gguf"))
    with Project.create(path, begun):
        pass
    desk.window.open(path)
    assert desk.session.model is not None
    assert desk.session.model.name == "/models/other.gguf"


def test_a_model_chosen_for_an_open_document_is_kept_in_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "own.longwriter"
    with Project.create(path, lighthouses(100)):
        pass
    desk.window.open(path)
    desk.window.use_model(Model("another", "Another 3B", Path("/nowhere/another.gguf")))
    desk.window.close()
    with Project.open(path, read_only=True) as project:
        assert project.document.settings.model == "another"


def test_while_a_model_is_loaded_the_bar_says_what_it_needs_and_the_strip_what_else_is_open(
    desk: Desk, qtbot: QtBot
) -> None:
    outlined(desk)
    sentence = "The model LongWriter-8B is open already, in another window or on the command line."
    loading = [
        ModelLoading(0.0),
        *(ModelLoading(n / 100, 7_100_000_000, 9_300_000_000, (sentence,)) for n in range(30)),
    ]
    desk.engine.replies.append([*loading, ReplyFinished("end", Usage())])
    desk.engine.delay_s = 0.05
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: "needs 7.1 GB, 9.3 GB free" in desk.window.status.doing.text(), timeout=10_000)
    assert "loading the model" in desk.window.status.doing.text()
    assert desk.window.notice.text == sentence
    desk.session.pause()


def test_a_shorter_context_than_wished_is_told_in_the_strip(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk)
    desk.engine.remarks = ("The context is 4,096 tokens instead of 8,192: more memory is not free.",)
    desk.engine.delay_s = 0.01
    click(desk.window.status.button)
    qtbot.waitUntil(lambda: "4,096 tokens" in desk.window.notice.text, timeout=10_000)
    desk.session.pause()
