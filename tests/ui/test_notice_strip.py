"""The strip with notices, in a whole window: what goes by itself, and what waits for the person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui import notice_strip
from longwriter_desktop.ui.notice import Notice, NoticeAction
from tests.ui.conftest import Desk

SOON_MS = 30
UNDO = NoticeAction("Undo", lambda: None)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_strip, "INFO_STAYS_MS", SOON_MS)


def test_a_notice_without_a_button_goes_by_itself(desk: Desk, qtbot: QtBot) -> None:
    desk.window.notice.show_notice(Notice("Said in passing."))
    qtbot.waitUntil(lambda: not desk.window.notice.text)


def test_a_notice_with_a_button_stays_until_the_next_deed(desk: Desk, qtbot: QtBot) -> None:
    session, notice = desk.session, desk.window.notice
    session.new_document_with_outline("Lighthouses", 600, "en", (Step(1, "Storms", 300), Step(2, "Lamps", 300)))
    notice.show_notice(Notice("Section 2 was deleted.", actions=(UNDO,)))
    qtbot.wait(4 * SOON_MS)
    assert notice.text == "Section 2 was deleted."
    session.set_main_point(session.document.sections[0].id, "Storms at sea")
    assert not notice.text


def test_a_notice_after_one_with_a_button_goes_by_itself_again(desk: Desk, qtbot: QtBot) -> None:
    notice = desk.window.notice
    notice.show_notice(Notice("First.", actions=(UNDO,)))
    notice.show_notice(Notice("Second."))
    qtbot.waitUntil(lambda: not notice.text)


def test_the_cross_takes_a_notice_with_a_button_away(desk: Desk) -> None:
    notice = desk.window.notice
    notice.show_notice(Notice("Section 2 was deleted.", actions=(UNDO,)))
    cross = notice.findChild(QToolButton)
    assert cross is not None
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert not notice.text


def test_a_notice_about_a_document_goes_when_the_document_is_closed(desk: Desk) -> None:
    session, notice = desk.session, desk.window.notice
    session.new_document_with_outline("Lighthouses", 600, "en", (Step(1, "Storms", 300),))
    notice.show_notice(Notice("Section 2 was deleted.", actions=(UNDO,)))
    desk.window.close_document()
    assert not notice.text
