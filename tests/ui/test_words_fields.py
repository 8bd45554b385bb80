"""The fields for numbers of words: what they take, what they say of the rest, and whose Ctrl+Z is."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui.instruction_dialog import InstructionDialog
from longwriter_desktop.ui.words_field import WordsField
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses

STEPS = (Step(1, "Storms", 40), Step(2, "Lamps", 40))
CTRL = Qt.KeyboardModifier.ControlModifier
LIMIT = "Whole numbers up to 100,000 only; the rest was not taken."


@pytest.fixture
def outlined(desk: Desk) -> Desk:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    desk.window.workspace.outline_control.set_total(200)
    return desk


def retype(field: QWidget, text: str, qtbot: QtBot) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)


def said(desk: Desk) -> str:
    notes = [each for each in desk.window.findChildren(QLabel, "fieldNote") if each.isVisible()]
    assert len(notes) <= 1
    return notes[0].text() if notes else ""


def test_ctrl_z_in_the_asked_field_takes_back_the_length_that_was_asked(outlined: Desk, qtbot: QtBot) -> None:
    field = outlined.window.workspace.outline.total
    retype(field, "300", qtbot)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert outlined.session.document.word_target == 300
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert outlined.session.document.word_target == 200
    assert field.value() == 200
    QTest.keySequence(field, outlined.window.menus.redo.shortcut())
    assert outlined.session.document.word_target == 300


def test_ctrl_z_while_a_length_is_half_typed_takes_back_the_typing(outlined: Desk, qtbot: QtBot) -> None:
    field = outlined.window.workspace.outline.total
    retype(field, "30", qtbot)
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert outlined.session.document.word_target == 200
    assert field.text() != "30"


@pytest.mark.parametrize(("typed", "becomes"), [("99999999", 99_999), ("abc-5", 5)])
def test_what_a_length_cannot_be_is_not_taken_and_that_is_said(
    outlined: Desk, qtbot: QtBot, typed: str, becomes: int
) -> None:
    field = outlined.window.workspace.outline.total
    for at in range(len(typed)):
        retype(field, typed[: at + 1], qtbot)
        if said(outlined):
            break
    assert said(outlined) == LIMIT
    retype(field, typed, qtbot)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert outlined.session.document.word_target == becomes


def test_a_pasted_length_that_is_none_leaves_the_field_as_it_was(outlined: Desk, qtbot: QtBot) -> None:
    field = outlined.window.workspace.outline.total
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QGuiApplication.clipboard().setText("abc-5")
    QTest.keyClick(field, Qt.Key.Key_V, CTRL)
    assert said(outlined) == LIMIT
    assert field.value() == 200


def test_a_document_of_no_words_is_refused_with_a_sentence(outlined: Desk, qtbot: QtBot) -> None:
    field = outlined.window.workspace.outline.total
    retype(field, "0", qtbot)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert said(outlined) == "A document cannot have 0 words. It stays at 200."
    assert field.value() == 200
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert outlined.session.document.word_target != 200, "what was refused is no step of undo"


def test_the_note_lies_inside_the_window_beside_its_field_and_goes_with_the_next_sign(
    outlined: Desk, qtbot: QtBot
) -> None:
    panel = outlined.window.workspace.section
    outlined.window.workspace.outline.list.choose_section(outlined.session.document.sections[0].id)
    for field in (panel.target, outlined.window.workspace.outline.total):
        retype(field, "x", qtbot)
        note = next(each for each in outlined.window.findChildren(QLabel, "fieldNote") if each.isVisible())
        assert note.text() == LIMIT
        assert outlined.window.rect().contains(note.geometry())
        box = note.geometry().translated(outlined.window.mapToGlobal(outlined.window.rect().topLeft()))
        own = field.rect().translated(field.mapToGlobal(field.rect().topLeft()))
        assert not box.intersects(own)
        assert note.sizeHint().height() <= note.height() or note.heightForWidth(note.width()) <= note.height()
        QTest.keyClicks(field, "7")
        assert said(outlined) == ""
        retype(field, "x", qtbot)
        assert said(outlined) == LIMIT
        outlined.window.workspace.manuscript.setFocus()
        assert said(outlined) == ""


def test_the_start_page_says_what_its_field_of_words_takes(desk: Desk, qtbot: QtBot) -> None:
    field = desk.window.start_page.words
    retype(field, "2000", qtbot)
    assert said(desk) == ""
    retype(field, "many", qtbot)
    assert said(desk) == LIMIT
    retype(field, "0", qtbot)
    assert said(desk) == "Nothing can be written in 0 words: type another number, or leave the field empty."
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert said(desk) == ""


def test_a_length_is_shown_with_its_thousands_set_apart_and_typed_either_way(desk: Desk, qtbot: QtBot) -> None:
    page = desk.window.start_page
    for typed in ("12500", "12,500", "12 500", "12’500", "12，500"):
        page.words.setFocus()
        page.words.clear()
        page.words.insert(typed)  # QTest has no keys for signs such as ’.
        assert page.words.words == 12_500
        page.instruction.setFocus()
        assert page.words.text() == "12,500"
    retype(page.words, "2.", qtbot)
    assert said(desk) == LIMIT
    assert page.words.text() == "2"
    dialog = InstructionDialog(lighthouses(2000, 3000))
    qtbot.addWidget(dialog)
    assert dialog.words.text() == "5,000"
    assert dialog.asked == 5000


@given(number=st.integers(0, 300_000), apart=st.sampled_from(["", ",", " ", "'", "，", "\u00a0"]))
@hypothesis_settings(max_examples=60, deadline=None)
def test_any_number_that_the_field_takes_is_the_number_it_has(qapp: QApplication, number: int, apart: str) -> None:
    field = WordsField()
    field.insert(f"{number:,}".replace(",", apart))
    assert field.words is None or field.words <= 100_000
    if 0 < number <= 100_000:
        assert field.words == number
        assert field.hasAcceptableInput()
