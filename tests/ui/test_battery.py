import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.battery import Battery, BatteryWatch
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Desk
from tests.ui.reading_ahead import Charge, idle, notices, outlined
from tests.ui.scripted_engine import ScriptedEngine

CHECK_MS = 30


@pytest.fixture
def charge() -> Charge:
    return Charge(80)


@pytest.fixture
def watch(session: Session, engine: ScriptedEngine, charge: Charge) -> Iterator[BatteryWatch]:
    """Of a session whose engine writes slowly enough for the battery to be asked meanwhile."""
    made = watched(session, charge)
    engine.delay_s = 0.01
    outlined(session)
    yield made
    made.close()


def watched(session: Session, charge: Charge, least_percent: float = 10) -> BatteryWatch:
    def battery() -> Battery:
        assert threading.current_thread() is not threading.main_thread()
        charge.asked += 1
        return charge

    return BatteryWatch(session, least_percent=lambda: least_percent, battery=battery, check_ms=CHECK_MS)


def asked(charge: Charge, qtbot: QtBot) -> None:
    """Until the battery was asked twice more, so that at least one answer has been heard."""
    before = charge.asked
    qtbot.waitUntil(lambda: charge.asked >= before + 3, timeout=5000)


def test_writing_pauses_when_the_charge_falls_below_the_limit_and_says_so(
    watch: BatteryWatch, session: Session, charge: Charge, qtbot: QtBot
) -> None:
    heard = notices(session)
    session.write()
    asked(charge, qtbot)
    assert session.activity is Activity.WRITING
    charge.percent = 9.4
    qtbot.waitUntil(lambda: idle(session), timeout=5000)
    assert [notice.kind for notice in heard] == ["problem"]
    assert "paused, because the battery is at 9 %" in heard[0].text
    assert session.run.why_stopped(session.document) == "paused in section 1: battery at 9 %"
    words = session.document.words
    assert words > 0
    (go_on,) = heard[0].actions
    go_on.do()
    asked(charge, qtbot)
    assert session.activity is Activity.WRITING  # Who goes on all the same is not stopped again,
    assert len(heard) == 1
    charge.power_plugged = True
    asked(charge, qtbot)
    charge.power_plugged, charge.percent = False, 8
    qtbot.waitUntil(lambda: idle(session), timeout=5000)  # but after the next charging is.
    assert session.document.words > words
    assert len(heard) == 2


def test_who_begins_on_a_low_battery_is_told_and_not_stopped(
    watch: BatteryWatch, session: Session, charge: Charge, qtbot: QtBot
) -> None:
    heard = notices(session)
    charge.percent = 7
    session.write()
    qtbot.waitUntil(lambda: bool(heard), timeout=5000)
    asked(charge, qtbot)
    assert session.activity is Activity.WRITING
    assert [notice.kind for notice in heard] == ["info"]
    assert "battery is at 7 %" in heard[0].text
    session.pause()


@pytest.mark.parametrize("state", [Charge(5, power_plugged=True), Charge(10), Charge(100)])
def test_on_mains_or_with_charge_enough_nothing_happens(
    watch: BatteryWatch, session: Session, charge: Charge, state: Charge, qtbot: QtBot
) -> None:
    charge.percent, charge.power_plugged = state.percent, state.power_plugged
    heard = notices(session)
    session.write()
    asked(charge, qtbot)
    assert session.activity is Activity.WRITING
    assert heard == []
    session.pause()


def test_a_limit_of_nothing_never_asks(session: Session, engine: ScriptedEngine, charge: Charge, qtbot: QtBot) -> None:
    made = watched(session, charge, least_percent=0)
    charge.percent = 1
    outlined(session)
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert charge.asked == 0
    made.close()


def test_the_strip_says_it_and_offers_to_go_on(desk: Desk, charge: Charge, qtbot: QtBot) -> None:
    made = watched(desk.session, charge)
    desk.engine.delay_s = 0.01
    outlined(desk.session)
    desk.window.status.button.click()
    asked(charge, qtbot)
    charge.percent = 3
    qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)
    assert "battery is at 3 %" in desk.window.notice.text
    assert "battery at 3 %" in desk.window.status.doing.text()
    assert desk.window.status.button.text() in ("Write", "Go on")
    button = next(each for each in desk.window.notice.findChildren(QPushButton) if "Go on" in each.text())
    button.click()
    assert desk.window.status.button.text() == "Pause"
    assert "battery" not in desk.window.status.doing.text()
    desk.session.pause()
    made.close()
