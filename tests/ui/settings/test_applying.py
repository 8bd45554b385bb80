from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.library import Model
from longwriter_desktop.settings import SamplingChoice, Settings, load_settings
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.settings.appearance_page import AppearancePage
from longwriter_desktop.ui.settings.goals_page import GoalsPage
from longwriter_desktop.ui.settings.sampling_page import PRESETS, SamplingPage
from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog
from longwriter_desktop.ui.settings.spelling_page import SpellingPage
from longwriter_desktop.ui.settings.writing_page import WritingPage
from tests.ui.conftest import MODEL, Desk
from tests.ui.scripted_engine import ScriptedEngine
from tests.ui.settings.conftest import opened, page_of

OTHER = Model("other", "Other 3B", Path("/nowhere/other.gguf"))


def field(page: QWidget, name: str, kind: type[QWidget]) -> QWidget:
    return next(each for each in page.findChildren(kind) if each.accessibleName() == name)


def choose(page: QWidget, name: str, text: str) -> None:
    """Chooses an entry of a combo box, as a person does with the keyboard."""
    combo = field(page, name, QComboBox)
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    place = combo.findText(text)
    assert place >= 0, [combo.itemText(at) for at in range(combo.count())]
    while combo.currentIndex() != place:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < place else Qt.Key.Key_Up)


def set_number(page: QWidget, name: str, text: str) -> None:
    spin = field(page, name, QSpinBox)
    assert isinstance(spin, QSpinBox)
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Qt.Key.Key_Return)


def test_theme_and_menu_agree(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, AppearancePage)
    choose(page, "Theme", "Dark")
    assert desk.window.start_page.palette().window().color().lightness() < 100
    assert [each.text() for each in desk.window.menus.themes.actions() if each.isChecked()] == ["&Dark"]
    next(each for each in desk.window.menus.themes.actions() if each.text() == "&Light").trigger()
    assert load_settings(desk.paths).theme == "light"
    combo = field(page, "Theme", QComboBox)
    assert isinstance(combo, QComboBox)
    assert combo.currentText() == "Light"


def test_the_text_is_set_anew_at_once(desk: Desk, dialog: SettingsDialog) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    manuscript = desk.window.workspace.manuscript
    width = manuscript.page.typography.measure_px
    page = page_of(dialog, AppearancePage)
    set_number(page, "Size", "23")
    assert manuscript.type_size == 23
    set_number(page, "Line height", "2.1")
    assert manuscript.page.typography.line_height == pytest.approx(2.1)
    set_number(page, "Width of the page", "50")
    assert manuscript.page.typography.measure_px < width * 1.2
    assert manuscript.page.typography.measure == 50
    desk.window.menus.larger.trigger()
    spin = field(page, "Size", QSpinBox)
    assert isinstance(spin, QSpinBox)
    assert spin.value() == 24
    assert load_settings(desk.paths) == Settings(manuscript_font_size=24, line_height=2.1, measure=50)


def test_a_chinese_document_is_as_wide_in_proportion(desk: Desk) -> None:
    desk.session.new_document_with_outline("灯塔的历史", 300, "zh", (Step(1, "风暴", 100),))
    manuscript = desk.window.workspace.manuscript
    before = manuscript.page.typography.measure_px
    desk.window.workspace.use_settings(Settings(measure=144))
    assert manuscript.page.typography.measure_px == 2 * before


def test_marks_and_focus_are_ticked_in_the_menu_too(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, AppearancePage)
    menus = desk.window.menus
    next(each for each in page.findChildren(QCheckBox) if each.text().startswith("Mark generated")).click()
    assert menus.show_origins.isChecked()
    choose(page, "What stays clear", "The sentence")
    assert desk.window.text_menu.focus.focus.dims == "sentence"
    assert [each.data() for each in menus.focus_dims if each.isChecked()] == ["sentence"]


def test_the_goal_shows_in_the_statistics(desk: Desk, dialog: SettingsDialog) -> None:
    desk.session.new_document_with_outline("A history", 300, "en", (Step(1, "Storms", 100),))
    desk.window.menus.statistics.trigger()
    statistics = desk.window.statistics.dialog
    assert statistics is not None
    page = page_of(dialog, GoalsPage)
    set_number(page, "Words a day", "750")
    assert statistics.days.goal.words == 750
    statistics.days.words.setValue(800)
    spin = field(page, "Words a day", QSpinBox)
    assert isinstance(spin, QSpinBox)
    assert spin.value() == 800


def test_an_own_word_counts_as_spelt_right_at_once_and_is_undone(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, SpellingPage)
    page.word.setFocus()
    QTest.keyClicks(page.word, "Kowhai")
    QTest.keyClick(page.word, Qt.Key.Key_Return)
    assert [page.words.item(at).text() for at in range(page.words.count())] == ["Kowhai"]
    assert "Kowhai" in desk.window.text_menu.spelling._own
    assert dialog.isVisible()
    page.words.setCurrentRow(0)
    page.remove_button.click()
    assert page.words.count() == 0
    page.word.setText("Kowhai")
    page.add_button.click()
    dialog.undo_button.click()
    assert page.words.count() == 0
    assert desk.window.text_menu.spelling._own == frozenset()


def test_dictionaries_are_offered_by_the_name_of_their_language(
    open_window: Callable[..., Desk], tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("de_DE.aff", "de_DE.dic"):
        (tmp_path / name).write_text("SET UTF-8\n")
    desk = open_window(Settings(theme="light"), lambda: [tmp_path])
    page = page_of(opened(desk), SpellingPage)
    choose(page, "Language", "Deutsch (de_DE)")
    assert load_settings(desk.paths).spelling_language == "de_DE"


# -- sampling --------------------------------------------------------------------------------------


def test_a_preset_sets_the_three_values_and_any_other_value_is_the_persons_own(
    desk: Desk, dialog: SettingsDialog
) -> None:
    page = page_of(dialog, SamplingPage)
    assert page.preset.currentText() == "As the model's makers recommend"
    assert (page.temperature.text(), page.top_p.text(), page.top_k.text()) == ("0.50", "0.80", "50")
    choose(page, "Style of writing", "Lively: more variety, more slips")
    assert desk.window.settings.sampling == SamplingChoice(0.9, 0.95, 100)
    assert (page.temperature.text(), page.top_k.text()) == ("0.90", "100")
    set_number(page, "Temperature", "0.7")
    assert page.preset.currentText() == "My own values"
    assert desk.window.settings.sampling == SamplingChoice(0.7, 0.95, 100)
    choose(page, "Style of writing", "As the model's makers recommend")
    assert desk.window.settings.sampling == SamplingChoice()


def test_a_value_that_a_field_rounds_stays_while_another_one_is_changed(desk: Desk, dialog: SettingsDialog) -> None:
    desk.window.change_settings({"temperature": 0.5, "top_p": 0.925, "top_k": 50})
    page = page_of(dialog, SamplingPage)
    set_number(page, "Temperature", "0.7")
    assert desk.window.settings.sampling == SamplingChoice(0.7, 0.925, 50)


def test_presets_can_be_told_apart() -> None:
    assert len({tuple(each.values.items()) for each in PRESETS}) == len(PRESETS)


class Listening(ScriptedEngine):
    """Keeps the sampling that it is asked with."""

    def __init__(self) -> None:
        super().__init__()
        self.sampled: list[Sampling] = []

    def generate(self, prompt: Prompt, sampling: Sampling):  # type: ignore[no-untyped-def]  # as the base class
        self.sampled.append(sampling)
        return super().generate(prompt, sampling)


def test_all_three_reach_the_model_and_a_documents_temperature_comes_first(session: Session, qtbot: QtBot) -> None:
    engine = Listening()
    session.writing._open_engine = lambda _: engine
    session._chosen_sampling = lambda: SamplingChoice(0.9, 0.95, 100)
    session.new_document_with_outline("A history", 60, "en", (Step(1, "Storms", 60),))
    session.put(replace(session.document, settings=replace(session.document.settings, temperature=0.2)))
    session.write()
    qtbot.waitUntil(lambda: bool(engine.sampled), timeout=5000)
    first = engine.sampled[0]
    assert (first.temperature, first.top_p, first.top_k) == (0.2, 0.95, 100)
    qtbot.waitUntil(lambda: not session.is_busy, timeout=10_000)


# -- the model ---------------------------------------------------------------------------------------


def test_what_doctor_says_of_the_computer_is_told_in_words(desk: Desk, dialog: SettingsDialog, qtbot: QtBot) -> None:
    page = page_of(dialog, WritingPage)
    qtbot.waitUntil(lambda: "9.3 GB" in page.memory.text(), timeout=5000)
    told = page.memory.text()
    assert "The model needs 7.1 GB of memory." in told
    assert "20 of its 32 layers lie on CUDA0." in told
    assert "The context is shorter than was wished." in told
    assert "AMD Radeon is not used" in told
    choose(page, "Device", "CUDA0: RTX 4070, 7.9 GB free")
    assert load_settings(desk.paths).device == "CUDA0"


def test_a_device_that_is_not_there_now_stays_chosen(open_window: Callable[[Settings], Desk], qtbot: QtBot) -> None:
    desk = open_window(Settings(device="Vulkan1"))
    page = page_of(opened(desk), WritingPage)
    qtbot.waitUntil(lambda: "9.3 GB" in page.memory.text(), timeout=5000)
    assert page.device.currentText() == "Vulkan1 (not found now)"
    assert desk.window.settings.device == "Vulkan1"


def test_another_device_has_the_model_loaded_anew(desk: Desk, dialog: SettingsDialog, qtbot: QtBot) -> None:
    session = desk.session
    session.new_document_with_outline("A history", 60, "en", (Step(1, "Storms", 60),))
    session.write()
    qtbot.waitUntil(lambda: not session.is_busy, timeout=10_000)
    page = page_of(dialog, WritingPage)
    assert not desk.engine.closed
    choose(page, "Device", "Processor only")
    assert session.writing.engine is None
    qtbot.waitUntil(lambda: desk.engine.closed, timeout=5000)


def test_another_device_lets_what_is_being_written_end_first(desk: Desk, dialog: SettingsDialog, qtbot: QtBot) -> None:
    session = desk.session
    session.new_document_with_outline("A history", 60, "en", (Step(1, "Storms", 60),))
    desk.engine.hold()
    session.write()
    qtbot.waitUntil(lambda: bool(desk.engine.prompts), timeout=5000)
    page = page_of(dialog, WritingPage)
    choose(page, "Device", "Processor only")
    assert not desk.engine.closed
    desk.engine.go_on()
    qtbot.waitUntil(lambda: not session.is_busy, timeout=10_000)
    assert session.document.words > 0
    qtbot.waitUntil(lambda: desk.engine.closed, timeout=5000)


def model_page(dialog: SettingsDialog) -> WritingPage:
    """The page with two models to choose from."""
    page = page_of(dialog, WritingPage)
    page._choices = lambda: [ModelChoice(MODEL, "fits", fits=True), ModelChoice(OTHER, "fits", fits=True)]
    page.show_models()
    return page


def test_another_model_is_used_from_now_on(desk: Desk, dialog: SettingsDialog) -> None:
    page = model_page(dialog)
    assert page.model.currentText() == "Scripted 1B"
    choose(page, "Write with", "Other 3B")
    assert desk.session.model == OTHER
    assert load_settings(desk.paths).model == "other"


def test_sounds_of_the_battery_and_paper_are_kept(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, WritingPage)
    set_number(page, "Pause when the battery is below", "25")
    choose(page, "Paper size", "A4")
    next(each for each in page.findChildren(QCheckBox) if each.text() == "Keep the computer awake").click()
    saved = load_settings(desk.paths)
    assert (saved.pause_battery_percent, saved.paper_size, saved.keep_awake) == (25, "a4", False)


def test_a_model_in_use_that_is_not_among_those_of_the_app_is_the_one_shown(desk: Desk) -> None:
    own = Model("/sticks/own.gguf", "Own 7B", Path("/sticks/own.gguf"))
    desk.session.choose_model(own)
    page = page_of(opened(desk), WritingPage)
    assert page.model.currentText() == "Own 7B"
    assert page.model.findText("Scripted 1B") >= 0


def test_undoing_changes_takes_back_the_choice_of_a_model(desk: Desk, dialog: SettingsDialog) -> None:
    page = model_page(dialog)
    page.model.setFocus()
    QTest.keyClick(page.model, Qt.Key.Key_Down)
    assert desk.session.model == OTHER
    assert dialog.undo_button.isEnabled()
    dialog.undo_button.click()
    assert desk.session.model == MODEL
    assert load_settings(desk.paths).model == ""
    assert page.model.currentText() == "Scripted 1B"
    assert not dialog.undo_button.isEnabled()


def test_a_number_can_be_typed_over_the_word_that_stands_for_none(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, GoalsPage)
    field = page.findChildren(QSpinBox)[0]
    assert field.text() == "no goal"
    line = field.lineEdit()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(line.width() // 8, line.height() // 2))
    QTest.qWait(1)
    QTest.keyClicks(line, "500")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert load_settings(desk.paths).daily_word_goal == 500


def test_words_that_were_chosen_stay_chosen_while_something_else_is_set(desk: Desk, dialog: SettingsDialog) -> None:
    page = page_of(dialog, SpellingPage)
    for word in ("kowhai", "pohutukawa", "rata"):
        page.word.setText(word)
        page.add_button.click()
    page.words.setCurrentRow(1)
    desk.window.menus.larger.trigger()
    page.remove_button.click()
    assert [page.words.item(at).text() for at in range(page.words.count())] == ["kowhai", "rata"]
