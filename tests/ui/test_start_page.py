from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.library import Model
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.model_combo import MORE_MODELS, OPEN_FILE, ModelChoice
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog
from longwriter_desktop.ui.recent_list import length_words, progress_of, when_words
from longwriter_desktop.ui.start_page import StartPage, Wish
from longwriter_desktop.ui.templates import beginnings
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


def green_pixels(widget: QWidget) -> int:
    """How many pixels are of the accent's hue; letters are too thin to have the colour itself."""
    image = widget.grab().toImage()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(colour.green() - colour.red() > 20 for colour in colours)


def test_undo_brings_back_what_was_typed_before_the_page_was_emptied(page: StartPage) -> None:
    QTest.keyClicks(page.instruction, "A history of lighthouses")
    page.start_afresh()
    assert page.instruction.toPlainText() == ""
    QTest.keyClick(page.instruction, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.instruction.toPlainText() == "A history of lighthouses"


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
        page.model.activated.emit(entries.index(str(MORE_MODELS)))
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
    assert when_words(NOON, NOON) == "today"
    assert when_words(NOON - 86_400, NOON) == "yesterday"
    assert when_words(NOON - 86_400 * 400, NOON).endswith("2022")
    assert length_words(RecentDocument(Path("x"), "", 12, 0, "en", NOON)) == "12 words"


def test_an_outline_of_ones_own_is_understood_while_it_is_pasted(qtbot: QtBot) -> None:
    dialog = OwnOutlineDialog()
    qtbot.addWidget(dialog)
    assert not dialog.start.isEnabled()
    dialog.text.setPlainText("1. Storms (600 words)\n2. Lamps (800 words)")
    assert dialog.found.text() == "2 sections, 1,400 words"
    assert [step.main_point for step in dialog.steps] == ["Storms", "Lamps"]
    assert dialog.start.isEnabled()


def test_a_click_puts_a_template_in_the_box_and_its_places_are_filled_in_by_typing(
    page: StartPage, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.templates.templates.buttons[0], Qt.MouseButton.LeftButton)
    assert page.instruction.toPlainText() == beginnings("en").templates["report"]
    assert page.words.placeholderText() == "4,000 found"
    assert page.instruction.hasFocus()
    QTest.keyClicks(page.instruction, "lighthouses")
    assert "report on lighthouses for [readers]" in page.instruction.toPlainText()


def test_a_plan_waits_until_the_places_of_a_template_are_filled_in(page: StartPage, qtbot: QtBot) -> None:
    page.templates.templates.buttons[1].click()
    with qtbot.assertNotEmitted(page.plan_requested):
        QTest.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)
    assert "brackets" in page.hint.text()
    assert page.hint.property("role") == "warning"
    assert page.instruction.textCursor().selectedText() == "[your claim]"
    page.instruction.setPlainText("An essay of 2,000 words [with a bracket of my own]")
    assert "brackets" not in page.hint.text()
    with qtbot.waitSignal(page.plan_requested):
        QTest.mouseClick(page.plan_button, Qt.MouseButton.LeftButton)


def test_templates_follow_the_language_of_the_document(page: StartPage) -> None:
    page.templates.examples.buttons[0].click()
    page.language.setFocus()
    QTest.keyClick(page.language, Qt.Key.Key_End)
    assert page.instruction.toPlainText() == beginnings("zh").examples[0].text
    assert page.language.hasFocus()
    assert page.templates.examples.buttons[0].text() == "历史读物"
    page.language.setCurrentIndex(0)
    page.instruction.setPlainText("A history of my own")
    assert page.templates.examples.buttons[0].text() == "A history"
    page.language.setCurrentIndex(page.language.findData("zh"))
    assert page.instruction.toPlainText() == "A history of my own"


def test_an_empty_box_invites_with_an_example(page: StartPage) -> None:
    assert beginnings("en").examples[0].text in page.instruction.placeholderText()
    page.language.setCurrentIndex(page.language.findData("zh"))
    assert beginnings("zh").examples[0].text in page.instruction.placeholderText()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_in_a_small_window(qtbot: QtBot, scale: float, qapp: QApplication) -> None:
    before, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(before.pointSizeF() * scale)
    qapp.setFont(larger)
    try:
        page = StartPage(LIGHT)
        qtbot.addWidget(page)
        page.resize(880, 520)
        page.show_models([STARTER, LARGE], "starter")
        page.show_recent([RecentDocument(Path("/d/a.longwriter"), "A" * 200, 10, 20, "en", NOON)], NOON)
        page.templates.templates.buttons[0].click()
        show_active(page, qtbot)
        scroll = page.findChild(QScrollArea)
        inner = None if scroll is None else scroll.widget()
        assert scroll is not None
        assert inner is not None
        assert inner.width() <= scroll.viewport().width()  # Nobody has to scroll sideways.
        texts: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
        for each in texts:
            if each.isVisible():
                assert inner.rect().contains(QRect(each.mapTo(inner, QPoint()), each.size())), each.text()
                wraps = isinstance(each, QLabel) and each.wordWrap()
                needed = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
                assert each.height() >= needed - 1, each.text()
                assert wraps or each.width() >= each.sizeHint().width() - 1, each.text()
        assert not page.instruction.verticalScrollBar().isVisible()
    finally:
        qapp.setFont(before)


def test_the_progress_of_a_document_is_never_more_than_all_of_it() -> None:
    assert progress_of(RecentDocument(Path("x"), "", 50, 200, "en", NOON)) == 0.25
    assert progress_of(RecentDocument(Path("x"), "", 500, 200, "en", NOON)) == 1.0
    assert progress_of(RecentDocument(Path("x"), "", 50, 0, "en", NOON)) == 0.0


def test_the_row_of_a_document_shows_how_far_it_is(page: StartPage, qtbot: QtBot) -> None:
    def accent_pixels(words: int) -> int:
        page.show_recent([RecentDocument(Path("/d/a.longwriter"), "A", words, 1000, "en", NOON)], NOON)
        page.recent.clearFocus()
        image = page.recent.grab().toImage()
        row = image.height() // 2
        return sum(image.pixelColor(at, row).name() == LIGHT.accent.lower() for at in range(image.width()))

    assert accent_pixels(0) == 0
    assert 0 < accent_pixels(300) < accent_pixels(1000)


def test_pressing_delete_again_takes_the_next_document_off_the_list(page: StartPage) -> None:
    entries = [RecentDocument(Path(f"/d/{name}.longwriter"), name, 1, 2, "en", NOON) for name in "abc"]
    page.show_recent(entries, NOON)

    def forget(path: Path) -> None:
        entries[:] = [each for each in entries if each.path != path]
        page.show_recent(entries, NOON)

    page.recent.forget_requested.connect(forget)
    page.recent.setFocus()
    page.recent.setCurrentIndex(page.recent.model().index(1, 0))
    QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    assert [each.title for each in entries] == ["a"]
    QTest.keyClick(page.recent, Qt.Key.Key_Delete)
    assert entries == []


def test_choosing_a_template_leaves_the_buttons_where_they_are(page: StartPage) -> None:
    before = page.plan_button.mapTo(page, QPoint(0, 0)).y()
    for number, button in enumerate(page.templates.templates.buttons):
        button.click()
        QApplication.processEvents()
        assert page.plan_button.mapTo(page, QPoint(0, 0)).y() == before, number


def test_a_length_of_no_words_is_asked_about_before_a_plan_is_made(page: StartPage, qtbot: QtBot) -> None:
    page.instruction.setPlainText("A history of lighthouses")
    page.words.setText("0")
    with qtbot.assertNotEmitted(page.plan_requested):
        page.plan_button.click()
    assert page.words.hasFocus()
    assert page.words.note.text.startswith("Nothing can be written in 0 words")
    page.words.clear()
    with qtbot.waitSignal(page.plan_requested):
        page.plan_button.click()


def test_tab_goes_through_what_a_document_needs_before_what_is_offered_beside(page: StartPage) -> None:
    page.instruction.setPlainText("A history of lighthouses")
    page.recent.show()
    wanted = (page.words, page.language, page.model, page.plan_button, page.outline_button)
    for field in (*wanted, page.templates.templates.buttons[0], page.templates.examples.buttons[0], page.get_model):
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, Qt.Key.Key_Tab)
        assert field.hasFocus(), field.accessibleName()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_return_makes_the_plan_once_from_anywhere_on_the_page(page: StartPage, qtbot: QtBot, key: Qt.Key) -> None:
    page.instruction.setPlainText("A history")
    page.show_recent([RecentDocument(Path("/d/a.longwriter"), "A", 10, 20, "en", NOON)], NOON)
    page.recent.setCurrentIndex(page.recent.model().index(0, 0))
    asked: list[Wish] = []
    page.plan_requested.connect(asked.append)
    fields = (page.instruction, page.words, page.language, page.model, page.templates.templates.buttons[0], page.recent)
    with qtbot.assertNotEmitted(page.recent.open_requested):
        for field in fields:
            field.setFocus()
            QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
            assert asked == [Wish("A history", None, "auto")], field.accessibleName()
            asked.clear()


def test_a_template_that_takes_the_place_of_typed_text_says_so_and_gives_it_back(page: StartPage) -> None:
    told: list[Notice] = []
    page.noticed.connect(told.append)
    page.templates.templates.buttons[0].click()
    page.templates.templates.buttons[1].click()
    assert told == []  # Nothing of the person's was lost.
    page.instruction.setPlainText("A history of lighthouses")
    page.templates.templates.buttons[0].click()
    assert "made room" in told[0].text
    QTest.keyClicks(page.instruction, "lamps")
    told[0].actions[0].do()
    assert page.instruction.toPlainText() == "A history of lighthouses"
    assert page.instruction.hasFocus()
    QTest.keyClick(page.instruction, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "report on lamps" in page.instruction.toPlainText()


def test_the_field_of_the_model_does_not_praise_one_that_was_not_made_for_the_language(page: StartPage) -> None:
    page.show_models([FITTING], FITTING.model.name)
    assert page.model.itemText(0) == "Storm 3B  ·  fits"
    assert green_pixels(page.model) > 0
    page.instruction.setPlainText("写一篇3000字的旅游指南")
    assert page.model.itemText(0) == "Storm 3B  ·  not made for Chinese"
    assert green_pixels(page.model) == 0
    page.instruction.setPlainText("")
    assert page.model.itemText(0) == "Storm 3B  ·  fits"
    assert not page.hint.isVisible()


@pytest.mark.parametrize("text", ["A history", "写一篇3000字的旅游指南"])
def test_the_box_has_the_same_height_with_its_first_words(page: StartPage, text: str) -> None:
    before = page.instruction.height()
    page.instruction.setPlainText(text)
    QApplication.processEvents()
    assert page.instruction.height() == before
