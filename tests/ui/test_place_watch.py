import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui import place_watch
from tests.ui.conftest import Desk


def begin(desk: Desk, *texts: str, language: str = "en") -> None:
    steps = tuple(Step(number, f"Point {number}", 100) for number in range(1, len(texts) + 1))
    desk.session.new_document_with_outline("A history of fog", None, language, steps)
    desk.session.set_title("")
    for section, text in zip(desk.session.document.sections, texts, strict=True):
        desk.session.set_text(section.id, text)
    desk.window.workspace.manuscript.set_document(desk.session.document)
    desk.window.workspace.go_to_manuscript()


def says(desk: Desk, text: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.window.status.place.text() == text, timeout=8000)


def test_the_words_of_the_section_in_hand_and_of_a_selection_are_counted(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "One two three.", "Four five.")
    manuscript = desk.window.workspace.manuscript
    manuscript.show_section(desk.session.document.sections[1].id)
    says(desk, "section 2: 2 / 100", qtbot)
    QTest.keyClicks(manuscript.viewport(), "New ")
    says(desk, "section 2: 3 / 100", qtbot)
    QTest.keyClick(
        manuscript.viewport(),
        Qt.Key.Key_Right,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    says(desk, "1 word selected", qtbot)
    manuscript.selectAll()
    says(desk, "6 words selected", qtbot)
    desk.window.close_document()
    says(desk, "", qtbot)


def test_a_selection_without_words_is_not_told(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(desk, "One two three.", "Four five.")
    manuscript = desk.window.workspace.manuscript
    section_id = desk.session.document.sections[1].id
    manuscript.show_section(section_id)
    says(desk, "section 2: 2 / 100", qtbot)
    told: list[str] = []
    monkeypatch.setattr(desk.window.status, "show_place", told.append)
    cursor = manuscript.document().find(" five")
    cursor.setPosition(cursor.selectionStart())
    cursor.setPosition(cursor.position() + 1, QTextCursor.MoveMode.KeepAnchor)
    manuscript.setTextCursor(cursor)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["section 2: 2 / 100"]


def test_a_chinese_text_is_counted_in_characters(desk: Desk, qtbot: QtBot) -> None:
    begin(desk, "灯塔的历史", language="zh")
    desk.window.workspace.manuscript.selectAll()
    says(desk, "5 字 selected", qtbot)


def test_a_long_selection_is_counted_in_turns_and_right(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_watch, "_SLICE_S", 0.0)
    begin(desk, "word and " * 30_000, "end")
    desk.window.workspace.manuscript.selectAll()
    says(desk, "60,001 words selected", qtbot)


def test_while_a_section_is_written_the_count_of_another_says_that_it_is_where_the_cursor_is(
    desk: Desk, qtbot: QtBot
) -> None:
    begin(desk, "", "Four five.")
    desk.window.workspace.manuscript.show_section(desk.session.document.sections[1].id)
    says(desk, "section 2: 2 / 100", qtbot)
    desk.engine.delay_s = 0.01
    desk.session.write()
    says(desk, "cursor in section 2: 2 / 100", qtbot)
    assert "writing section 1" in desk.window.status.doing.text()
    desk.window.workspace.manuscript.show_section(desk.session.document.sections[0].id)
    says(desk, "", qtbot)  # Its words are told already.
    desk.session.pause()
    qtbot.waitUntil(lambda: desk.window.status.place.text().startswith("section 1: "), timeout=8000)
