from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.library import Model
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.model_combo import MORE_MODELS, OPEN_FILE, ModelChoice
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from longwriter_desktop.ui.recent_list import day_words, length_words
from longwriter_desktop.ui.start_page import StartPage, Wish
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.conftest import NOON, show_active

STARTER = ModelChoice(Model("starter", "SmolLM2 135M", Path("/a")), "fits", fits=True, for_trying=True)
LARGE = ModelChoice(
    Model("large", "LongWriter 9B", Path("/b")), "too large", fits=False, reason="Needs 20 GB, this computer has 16 GB."
)
FITTING = ModelChoice(Model("storm", "Storm 3B", Path("/c")), "fits", fits=True, languages=("en",))


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage(LIGHT)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show_models([STARTER, LARGE], "starter")
    made.show_recent([], NOON)
    show_active(made, qtbot)
    made.instruction.setFocus()
    return made


def test_it_shows_what_it_understands_while_the_person_types(page: StartPage) -> None:
    QTest.keyClicks(page.instruction, "A 10,000-word history of lighthouses")
    assert page.words.placeholderText() == "10,000 found"
    assert page.language.currentText() == "Auto: English"
    page.instruction.setPlainText("写一篇3000字的旅游指南")
    assert page.words.placeholderText() == "3,000 found"
    assert page.language.currentText() == "Auto: 中文"


def test_the_person_overrides_length_and_language(page: StartPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.instruction, "A 10,000-word history of lighthouses")
    QTest.keyClicks(page.words, "2500")
    page.language.setFocus()
    QTest.keyClick(page.language, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.plan_requested) as asked:
        QTest.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)
    assert asked.args == [Wish("A 10,000-word history of lighthouses", 2500, "en")]


def test_ctrl_return_makes_the_plan_from_the_box(page: StartPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.instruction, "A history")
    with qtbot.waitSignal(page.plan_requested) as asked:
        QTest.keyClick(page.instruction, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [Wish("A history", None, "auto")]


def test_without_an_instruction_nothing_is_planned(page: StartPage) -> None:
    assert not page.plan_button.isEnabled()
    heard: list[Wish] = []
    page.plan_requested.connect(heard.append)
    QTest.keyClick(page.words, Qt.Key.Key_Return)
    assert heard == []


@pytest.mark.parametrize("typed", ["0", "999999999", "12x", "-5"])
def test_nonsense_in_the_words_field_never_reaches_the_plan(page: StartPage, typed: str) -> None:
    QTest.keyClicks(page.words, typed)
    assert page.words.words is None or 1 <= page.words.words <= 100_000


def test_the_starter_says_what_it_is_for_and_what_does_not_fit_says_why(page: StartPage, qtbot: QtBot) -> None:
    assert "trying things out" in page.hint.text()
    assert "LongWriter-8B" in page.hint.text()
    with qtbot.waitSignal(page.model_chosen) as chosen:
        page.model.activated.emit(1)
    assert chosen.args == [LARGE]
    assert page.hint.text() == LARGE.reason


def test_the_model_field_leads_to_all_models(page: StartPage, qtbot: QtBot) -> None:
    entries = [page.model.itemText(at) for at in range(page.model.count())]
    with qtbot.waitSignal(page.models_requested):
        page.model.activated.emit(entries.index(MORE_MODELS))
    assert page.model.choice == STARTER
    with qtbot.waitSignal(page.models_requested):
        QTest.mouseClick(page.get_model, Qt.MouseButton.LeftButton)


def test_without_a_model_the_person_is_led_to_one_and_the_instruction_stays(page: StartPage, qtbot: QtBot) -> None:
    page.show_models([], "")
    assert page.hint.text().startswith("Nothing can be written without a model.")
    assert page.hint.property("role") == "warning"
    assert page.get_model.text() == "Get a model…"
    QTest.keyClicks(page.instruction, "A history of lighthouses")
    with qtbot.waitSignal(page.models_requested), qtbot.assertNotEmitted(page.plan_requested):
        QTest.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)
    assert page.wish.instruction == "A history of lighthouses"
    page.show_models([FITTING], FITTING.model.name)
    assert not page.hint.isVisible()
    assert not page.get_model.isVisible()
    with qtbot.waitSignal(page.plan_requested):
        QTest.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)


def test_a_model_that_was_not_made_for_the_language_says_so(page: StartPage) -> None:
    page.show_models([FITTING], FITTING.model.name)
    page.instruction.setPlainText("写一篇3000字的旅游指南")
    assert page.hint.text().startswith("Storm 3B was not made for Chinese")
    page.language.setCurrentIndex(page.language.findData("en"))
    assert page.hint.text() == ""
    page.instruction.setPlainText("A travel guide")
    page.language.setCurrentIndex(page.language.findData("zh"))
    assert page.hint.isVisible()
    page.show_models([replace(FITTING, languages=("en", "zh"))], FITTING.model.name)
    assert page.hint.text() == ""


def test_the_last_entry_of_the_models_opens_a_file_and_keeps_the_choice(page: StartPage, qtbot: QtBot) -> None:
    last = page.model.count() - 1
    assert page.model.itemText(last) == OPEN_FILE
    with qtbot.waitSignal(page.model_file_requested):
        page.model.activated.emit(last)
    assert page.model.choice == STARTER


def test_recent_documents_are_opened_by_click_and_by_key(page: StartPage, qtbot: QtBot) -> None:
    entries = [
        RecentDocument(Path("/d/elbe.longwriter"), "Annual report", 7940, 8000, "en", NOON - 86_400),
        RecentDocument(Path("/d/guide.longwriter"), "", 3120, 10_000, "zh", NOON - 86_400 * 9),
    ]
    page.show_recent(entries, NOON)
    assert page.recent.shown == 2
    first, second = (page.recent.model().index(row, 0) for row in range(2))
    with qtbot.waitSignal(page.recent.open_requested) as opened:
        QTest.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=page.recent.visualRect(first).center())
    assert opened.args == [entries[0].path]
    page.recent.setCurrentIndex(second)
    with qtbot.waitSignal(page.recent.open_requested) as opened:
        QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert opened.args == [entries[1].path]
    with qtbot.waitSignal(page.recent.forget_requested) as forgotten:
        QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    assert forgotten.args == [entries[1].path]
    spoken = second.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("guide, 3,120 / 10,000 字")


def test_days_and_lengths_are_told_for_people() -> None:
    assert day_words(NOON, NOON) == "today"
    assert day_words(NOON - 86_400, NOON) == "yesterday"
    assert day_words(NOON - 86_400 * 400, NOON).endswith("2022")
    assert length_words(RecentDocument(Path("x"), "", 12, 0, "en", NOON)) == "12 words"


def test_an_outline_of_ones_own_is_understood_while_it_is_pasted(qtbot: QtBot) -> None:
    dialog = OwnOutlineDialog()
    qtbot.addWidget(dialog)
    assert not dialog.start.isEnabled()
    dialog.text.setPlainText("1. Storms (600 words)\n2. Lamps (800 words)")
    assert dialog.found.text() == "2 sections, 1,400 words"
    assert [step.main_point for step in dialog.steps] == ["Storms", "Lamps"]
    assert dialog.start.isEnabled()
