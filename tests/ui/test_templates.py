from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.document.counting import chinese_share
from longwriter_desktop.ui.instruction_box import InstructionBox
from longwriter_desktop.ui.templates import KINDS, beginnings, kind_name, places
from longwriter_desktop.ui.templates_row import ButtonRow, TemplatesRow
from tests.ui.conftest import show_active

LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_template_names_a_length_and_its_language_and_has_places_to_fill_in(language: str) -> None:
    texts = beginnings(language)
    for kind in KINDS:
        request = understand(texts.templates[kind])
        assert request.language == language
        assert request.words is not None
        assert 2_000 <= request.words <= 10_000
        found = [texts.templates[kind][begin:end] for begin, end in places(texts.templates[kind])]
        assert len(found) >= 2
        assert len(set(found)) == len(found)  # A place is told from another by its words.


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_is_whole(language: str) -> None:
    for example in beginnings(language).examples:
        assert places(example.text) == []
        request = understand(example.text)
        assert (request.language, bool(request.words)) == (language, True)
        assert example.name


def test_both_languages_offer_the_same() -> None:
    english, chinese = (beginnings(language) for language in LANGUAGES)
    assert len(english.texts) == len(chinese.texts)
    for one, other in zip(english.texts, chinese.texts, strict=True):
        assert understand(one).words == understand(other).words
        assert len(places(one)) == len(places(other))
        assert chinese_share(one) == 0
        assert chinese_share(other) > 0.9
    assert beginnings("fr") == english


@settings(max_examples=80)
@given(st.lists(st.sampled_from(["[a]", "【甲】", "[", "]", "b ", "\n", "[]", "丙", "😀"]), max_size=12))
def test_places_are_brackets_with_words_in_one_line(parts: list[str]) -> None:
    text = "".join(parts)
    end_before = 0
    for begin, end in places(text):
        assert end_before <= begin < end
        end_before = end
        inside = text[begin + 1 : end - 1]
        assert (text[begin], text[end - 1]) in {("[", "]"), ("【", "】")}
        assert inside
        assert "\n" not in inside


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[InstructionBox]:
    """A box with a field behind it, to which Tab leads."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    made = InstructionBox()
    layout.addWidget(made)
    layout.addWidget(QLineEdit())
    qtbot.addWidget(holder)
    holder.resize(720, 500)
    show_active(holder, qtbot)
    made.setFocus()
    yield made  # While the test goes on, the holder is kept.
    holder.close()


def test_typing_fills_the_first_place_and_tab_goes_to_the_next_and_then_out(box: InstructionBox) -> None:
    box.put_in("A text on [subject] 😀 for [readers], with care.")
    assert box.textCursor().selectedText() == "[subject]"
    QTest.keyClicks(box, "storms")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.textCursor().selectedText() == "[readers]"
    QTest.keyClicks(box, "sailors")
    assert box.toPlainText() == "A text on storms 😀 for sailors, with care."
    assert box.open_places == []
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_shift_tab_and_places_behind_the_cursor_do_not_hold_the_focus(box: InstructionBox) -> None:
    box.put_in("On [subject] for [readers].")
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert box.textCursor().selectedText() == "[readers]"
    QTest.keyClick(box, Qt.Key.Key_Tab)  # [subject] is left open, and Tab goes on all the same.
    assert not box.hasFocus()
    box.setFocus()
    box.go_to_open_place()
    QTest.keyClick(box, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert not box.hasFocus()


def test_brackets_that_the_person_typed_are_no_places(box: InstructionBox) -> None:
    QTest.keyClicks(box, "A text with [brackets]")
    assert box.open_places == []
    box.put_in("On [subject].")
    box.appendPlainText("Cite as [number].")
    assert [box.toPlainText()[begin:end] for begin, end in box.open_places] == ["[subject]"]


def test_undo_brings_back_what_a_template_replaced(box: InstructionBox) -> None:
    QTest.keyClicks(box, "My own words")
    box.put_in(beginnings("en").templates["report"])
    box.undo()
    assert box.toPlainText() == "My own words"


def test_places_that_undo_brings_back_are_places_still_to_be_filled_in(box: InstructionBox) -> None:
    box.put_in("A report on [subject].")
    box.put_in("An essay on [question].")
    box.undo()
    assert box.toPlainText() == "A report on [subject]."
    assert len(box.open_places) == 1


def test_the_box_grows_with_its_text_up_to_a_bound(box: InstructionBox) -> None:
    small = box.height()
    box.setPlainText("line\n" * 8)
    grown = box.height()
    box.setPlainText("line\n" * 60)
    most = box.height()
    box.clear()
    assert small < grown < most < 400
    assert box.height() == small


def test_the_buttons_go_on_in_the_next_line_where_the_width_ends(qtbot: QtBot) -> None:
    row = ButtonRow()
    qtbot.addWidget(row)
    row.show_entries("Templates", [(f"Entry number {number}", "tip") for number in range(8)])
    row.resize(2000, 40)
    row.show()
    assert len({button.y() for button in row.buttons}) == 1
    row.resize(300, row.heightForWidth(300))
    assert len({button.y() for button in row.buttons}) > 2
    assert all(row.rect().contains(button.geometry()) for button in row.buttons)
    assert all(button.width() >= button.sizeHint().width() for button in row.buttons)


def test_arrows_go_from_button_to_button_and_tab_comes_back_to_the_same(qtbot: QtBot) -> None:
    row = TemplatesRow()
    qtbot.addWidget(row)
    show_active(row, qtbot)
    first, second, *_, last = row.templates.buttons
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert row.examples.buttons[0].hasFocus()
    QTest.keyClick(row.examples.buttons[0], Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Left)
    QTest.keyClick(first, Qt.Key.Key_Left)
    assert last.hasFocus()
    with qtbot.waitSignal(row.chosen) as chosen:
        QTest.keyClick(last, Qt.Key.Key_Space)
    assert chosen.args == [beginnings("en").templates[KINDS[-1]]]


def test_the_texts_are_offered_in_the_language_asked_for(qtbot: QtBot) -> None:
    row = TemplatesRow()
    qtbot.addWidget(row)
    row.show_language("zh")
    assert [button.text() for button in row.templates.buttons] == [kind_name(kind) for kind in KINDS]
    assert row.examples.buttons[0].text() == "历史读物"
    with qtbot.waitSignal(row.chosen) as chosen:
        row.templates.buttons[0].click()
    assert chosen.args == [beginnings("zh").templates["report"]]
    assert row.counterpart(beginnings("zh").templates["report"], "en") == beginnings("en").templates["report"]
    assert row.counterpart(beginnings("en").examples[2].text, "zh") == beginnings("zh").examples[2].text
    assert row.counterpart("My own words", "zh") == ""
