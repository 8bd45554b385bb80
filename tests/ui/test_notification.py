import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.ui.notification import EndNotification, TrayNotes
from tests.ui.conftest import Desk
from tests.ui.reading_ahead import idle, outlined


@pytest.fixture
def shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to show; the window is behind another one."""
    notes: list[str] = []
    EndNotification(desk.session, desk.window, lambda: True, notes.append)
    monkeypatch.setattr(desk.window, "isActiveWindow", lambda: False)
    return notes


def test_the_end_of_writing_is_told_when_another_window_is_in_front(desk: Desk, shown: list[str], qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.session.write()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=10_000)
    qtbot.waitUntil(lambda: bool(shown), timeout=2000)
    assert shown == ["The writing is done."]  # No word of the document.


def test_nothing_is_told_to_who_has_the_window_in_front_or_does_not_wish_it(desk: Desk, qtbot: QtBot) -> None:
    notes: list[str] = []
    EndNotification(desk.session, desk.window, lambda: True, notes.append)
    outlined(desk.session)
    desk.session.write()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=10_000)
    assert notes == []


def test_a_pause_of_the_persons_own_is_not_told_but_one_for_the_battery_is(
    desk: Desk, shown: list[str], qtbot: QtBot
) -> None:
    desk.engine.delay_s = 0.01
    outlined(desk.session)
    for cause in ("", "battery at 9 %"):
        desk.session.write()
        qtbot.waitUntil(lambda: desk.session.document.words > 2, timeout=5000)
        desk.session.pause(cause)
        qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)
        qtbot.wait(20)
    assert shown == ["The writing is paused: the battery is low."]


def test_a_failure_is_told_without_its_details(desk: Desk, shown: list[str], qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.engine.replies.append([OutOfMemory("The model ran out of memory in /home/anna/letters.")])
    desk.session.write()
    qtbot.waitUntil(lambda: bool(shown), timeout=5000)
    assert shown == ["The writing has stopped. The window says why."]
    assert desk.window.status.doing.text() == "stopped in section 1 by a problem"
    assert "letters" in desk.window.notice.text


def test_the_icon_beside_the_clock_goes_with_its_note(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda _icon: shown.append(True))
    monkeypatch.setattr(QSystemTrayIcon, "hide", lambda _icon: shown.append(False))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *_: None)
    TrayNotes(desk.window, stays_ms=20)("The writing is done.")
    assert shown == [True]
    qtbot.waitUntil(lambda: shown == [True, False], timeout=3000)
