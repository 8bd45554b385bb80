"""Reading ahead: when it begins, and that nobody notices but by Write's first word."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import (
    ModelLoading,
    PromptProgress,
    ReplyFinished,
    Usage,
)
from longwriter_desktop.document.section import Status
from longwriter_desktop.errors import BackendCrashed, ModelProblem
from longwriter_desktop.models.fit import Machine
from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.app import _has_room, make_window
from longwriter_desktop.ui.battery import battery_of_this_computer
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.progress_watch import READING_AHEAD
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.warming import Warming
from tests.ui.conftest import Desk
from tests.ui.reading_ahead import (
    PAUSE_MS,
    Ahead,
    Charge,
    activities,
    idle,
    notices,
    outlined,
    quiet,
    slowly,
    until_warm,
    until_warming,
)
from tests.ui.scripted_engine import READ, ScriptedEngine

# -- when ------------------------------------------------------------------------------------------


def test_what_write_needs_is_read_a_moment_after_the_document_is_there(ahead: Ahead, qtbot: QtBot) -> None:
    heard = activities(ahead.session)
    outlined(ahead.session)
    until_warm(ahead, qtbot)
    quiet(qtbot)
    assert len(ahead.engine.warmed) == 1
    assert ahead.engine.prompts == []
    assert heard == []
    assert ahead.session.document.words == 0


def test_what_was_read_is_what_write_asks_first(ahead: Ahead, qtbot: QtBot) -> None:
    outlined(ahead.session)
    until_warm(ahead, qtbot)
    ahead.session.write()
    qtbot.waitUntil(lambda: idle(ahead.session) and ahead.session.document.words > 150, timeout=10_000)
    assert ahead.engine.prompts[0] == ahead.engine.warmed[0]


def test_after_a_pause_it_is_read_at_once_and_again_after_each_edit(ahead: Ahead, qtbot: QtBot) -> None:
    session, engine = ahead.session, ahead.engine
    outlined(session)
    engine.delay_s = 0.005
    session.write()
    qtbot.waitUntil(lambda: session.document.words > 10, timeout=10_000)
    session.pause()
    until_warm(ahead, qtbot)
    assert engine.warmed[-1].reply_prefix.endswith(session.document.sections[0].text.rstrip())
    session.set_text(session.document.sections[0].id, session.document.sections[0].text + " and then I")
    until_warm(ahead, qtbot)
    assert engine.warmed[-1].reply_prefix.endswith(" and then I")


def test_while_the_person_types_nothing_is_read_and_then_once(ahead: Ahead, qtbot: QtBot) -> None:
    outlined(ahead.session)
    until_warm(ahead, qtbot)
    first = ahead.session.document.sections[0].id
    before = len(ahead.engine.warmed)
    longest, last = 0.0, time.monotonic()
    for length in range(1, 12):
        ahead.session.set_text(first, "Typed by hand."[:length])
        qtbot.wait(PAUSE_MS // 8)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    until_warm(ahead, qtbot)
    # Where another program had the processor in between, that was a pause.
    assert len(ahead.engine.warmed) == before + 1 or longest > 0.8 * PAUSE_MS / 1000


def test_an_edit_in_the_midst_begins_anew_with_the_new_text(ahead: Ahead, qtbot: QtBot) -> None:
    ahead.engine.hold_warming()
    outlined(ahead.session)
    until_warming(ahead, qtbot)
    ahead.session.set_text(ahead.session.document.sections[0].id, "My own beginning")
    qtbot.waitUntil(lambda: len(ahead.engine.warmed) == 2, timeout=2000)
    assert ahead.engine.finished_warmings == 0
    ahead.engine.go_on()
    until_warm(ahead, qtbot)
    assert ahead.engine.warmed[-1].reply_prefix.endswith("My own beginning")


def test_nothing_is_read_without_a_plan_or_when_all_is_written_or_locked(ahead: Ahead, qtbot: QtBot) -> None:
    session = ahead.session
    session.new_document("A history of lighthouses", None, "en")
    quiet(qtbot)
    document = outlined(session)
    session.put(replace(document, sections=tuple(replace(each, locked=True) for each in document.sections)))
    quiet(qtbot)
    done = tuple(replace(each, text="All of it.", complete=True) for each in document.sections)
    session.put(replace(document, sections=done))
    quiet(qtbot)
    assert ahead.engine.warmed == []
    assert session.writing.engine is None


def test_after_the_last_section_nothing_is_read(ahead: Ahead, qtbot: QtBot) -> None:
    outlined(ahead.session)
    ahead.session.write()
    qtbot.waitUntil(lambda: idle(ahead.session), timeout=10_000)
    before = len(ahead.engine.warmed)
    quiet(qtbot)
    assert set(ahead.session.document.statuses().values()) == {Status.WRITTEN}
    assert len(ahead.engine.warmed) == before


def test_a_model_that_would_crowd_the_memory_is_not_loaded_for_it(ahead: Ahead, qtbot: QtBot) -> None:
    ahead.may_load = False
    ahead.engine.context_tokens = 0
    outlined(ahead.session)
    qtbot.waitUntil(lambda: ahead.loads_asked > 0, timeout=5000)
    assert ahead.session.writing.engine is None
    ahead.engine.delay_s = 0.005
    ahead.session.write()
    qtbot.waitUntil(lambda: ahead.session.document.words > 20, timeout=10_000)
    ahead.engine.context_tokens = 8192  # as when it has been loaded
    ahead.session.pause()
    until_warm(ahead, qtbot)


# -- failing ---------------------------------------------------------------------------------------


def test_a_failure_is_not_told_and_not_tried_again_until_write_tells_it(
    ahead: Ahead, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    session, engine = ahead.session, ahead.engine
    heard = notices(session)
    engine.warmings.append([BackendCrashed("The model ended. Try again.")])
    outlined(session)
    qtbot.waitUntil(lambda: len(engine.warmed) == 1, timeout=2000)
    session.set_text(session.document.sections[0].id, "Typed")
    quiet(qtbot)
    assert len(engine.warmed) == 1
    assert heard == []
    assert "The model ended." in caplog.text
    engine.replies.append([BackendCrashed("The model ended. Try again.")])
    session.write()
    qtbot.waitUntil(lambda: idle(session) and bool(heard), timeout=5000)
    assert heard[-1].text == "The model ended. Try again."
    engine.delay_s = 0.005
    session.write()
    qtbot.waitUntil(lambda: session.document.words > 20, timeout=5000)
    session.pause()
    until_warm(ahead, qtbot)


def test_a_fault_of_the_app_is_logged_and_write_still_works(
    ahead: Ahead, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    heard = notices(ahead.session)
    ahead.engine.warmings.append([ZeroDivisionError("oops")])
    outlined(ahead.session)
    qtbot.waitUntil(lambda: "oops" in caplog.text, timeout=2000)
    ahead.session.write()
    qtbot.waitUntil(lambda: idle(ahead.session) and ahead.session.document.words > 150, timeout=10_000)
    assert [notice.text for notice in heard] == [heard[-1].text]
    assert heard[-1].text.startswith("Done")


def test_an_engine_that_cannot_be_made_is_told_by_write_alone(
    session: Session, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def none(_model: Model) -> ScriptedEngine:
        raise ModelProblem("The file is gone. Choose another model.")

    session.writing._open_engine = none
    Warming(session, may_load=lambda _: True, least_percent=lambda: 40, battery=lambda: None, pause_ms=PAUSE_MS)
    heard = notices(session)
    outlined(session)
    quiet(qtbot)
    assert caplog.text.count("The file is gone") == 1
    assert heard == []
    session.write()
    assert heard[-1].text == "The file is gone. Choose another model."


def test_what_should_not_wait_until_the_model_is_open_is_told(ahead: Ahead, qtbot: QtBot) -> None:
    heard = notices(ahead.session)
    sentence = "Another window has this model open too."
    ahead.engine.warmings.append(
        [ModelLoading(0.5, remarks=(sentence,)), ModelLoading(1.0, remarks=(sentence,)), *READ]
    )
    outlined(ahead.session)
    until_warm(ahead, qtbot)
    assert [notice.text for notice in heard] == [sentence]


# -- battery ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("plugged", [False, None])
def test_on_a_low_battery_nothing_is_read_until_it_is_charged(ahead: Ahead, qtbot: QtBot, plugged: bool | None) -> None:
    ahead.battery = Charge(39, plugged)
    outlined(ahead.session)
    charge = ahead.battery
    qtbot.waitUntil(lambda: charge.asked > 1, timeout=5000)
    assert ahead.engine.warmed == []
    ahead.battery.power_plugged = True
    until_warm(ahead, qtbot)
    asked = ahead.battery.asked
    quiet(qtbot)
    assert ahead.battery.asked == asked  # nobody asks while there is nothing to read


def test_a_charge_that_falls_below_the_limit_stops_it(ahead: Ahead, qtbot: QtBot) -> None:
    ahead.battery = Charge(40)
    ahead.engine.hold_warming()
    outlined(ahead.session)
    until_warming(ahead, qtbot)
    ahead.battery.percent = 39.5
    qtbot.waitUntil(lambda: not ahead.session.writing.is_warming, timeout=2000)
    quiet(qtbot)
    assert len(ahead.engine.warmed) == 1
    ahead.engine.go_on()
    ahead.battery.percent = 80
    until_warm(ahead, qtbot)


def test_a_battery_that_answers_slowly_does_not_hold_up_the_window(session: Session, qtbot: QtBot) -> None:
    asked: list[bool] = []

    def battery() -> None:
        asked.append(threading.current_thread() is threading.main_thread())

    Warming(session, may_load=lambda _: True, least_percent=lambda: 40, battery=battery, pause_ms=PAUSE_MS)
    outlined(session)
    qtbot.waitUntil(lambda: bool(asked), timeout=5000)
    assert asked == [False]


def test_a_low_battery_does_not_keep_anybody_from_writing(ahead: Ahead, qtbot: QtBot) -> None:
    ahead.battery = Charge(5)
    outlined(ahead.session)
    ahead.session.write()
    qtbot.waitUntil(lambda: idle(ahead.session), timeout=10_000)
    assert set(ahead.session.document.statuses().values()) == {Status.WRITTEN}
    assert ahead.engine.warmed == []


def test_a_computer_that_does_not_tell_its_charge_counts_as_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> None:
        raise FileNotFoundError("/sys/class/power_supply")

    monkeypatch.setattr(psutil, "sensors_battery", unreadable)
    assert battery_of_this_computer() is None
    monkeypatch.delattr(psutil, "sensors_battery")
    assert battery_of_this_computer() is None


# -- in the window ---------------------------------------------------------------------------------


def test_the_window_only_hints_at_it(desk: Desk, qtbot: QtBot) -> None:
    session, status = desk.session, desk.window.status
    Warming(session, may_load=lambda _: True, least_percent=lambda: 40, battery=lambda: None, pause_ms=PAUSE_MS)
    desk.engine.hold_warming()
    outlined(session)
    qtbot.waitUntil(lambda: status.doing.text() == READING_AHEAD, timeout=3000)
    assert status.button.text() == "Write"
    assert status.button.isEnabled()
    assert not session.is_busy
    status.button.click()
    assert status.button.text() == "Pause"
    assert status.doing.text() != READING_AHEAD
    status.button.click()
    assert status.button.text() == "Write"
    desk.engine.go_on()
    qtbot.waitUntil(lambda: status.doing.text() == "", timeout=3000)
    assert desk.window.notice.text == ""


def test_how_far_the_reading_is_shows_once_write_waits_for_it(desk: Desk, qtbot: QtBot) -> None:
    session, status = desk.session, desk.window.status
    Warming(session, may_load=lambda _: True, least_percent=lambda: 40, battery=lambda: None, pause_ms=PAUSE_MS)
    parts = [PromptProgress(35 * part, 7_000, 0) for part in range(200)]
    desk.engine.warmings.append(slowly(*parts, ReplyFinished("end", Usage())))
    outlined(session)
    qtbot.waitUntil(lambda: session.writing.is_warming, timeout=3000)
    status.button.click()
    qtbot.waitUntil(lambda: status.doing.text().startswith("reading "), timeout=3000)
    assert status.doing.text().endswith("of 7,000 tokens")


def test_closing_the_window_in_the_midst(desk: Desk, qtbot: QtBot) -> None:
    Warming(desk.session, may_load=lambda _: True, least_percent=lambda: 40, battery=lambda: None, pause_ms=PAUSE_MS)
    desk.engine.hold_warming()
    outlined(desk.session)
    qtbot.waitUntil(lambda: bool(desk.engine.warmed), timeout=3000)
    desk.window.close()
    assert desk.engine.closed
    assert not desk.session.writing.is_warming


@pytest.fixture
def real_window(paths: AppPaths, starter_model: Path, qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Opens windows with everything real behind them; closes them after the test."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        made.append(make_window(paths))
        return made[-1]

    yield make
    for window in made:
        window.close()
        window.deleteLater()


def test_the_setting_switches_it_off_and_on_at_once(desk: Desk, qtbot: QtBot) -> None:
    wished = [False]
    warming = Warming(
        desk.session,
        may_load=lambda _: True,
        least_percent=lambda: 40,
        is_wanted=lambda: wished[0],
        battery=lambda: None,
        pause_ms=PAUSE_MS,
    )
    outlined(desk.session)
    quiet(qtbot)
    assert desk.engine.warmed == []
    desk.engine.hold_warming()
    wished[0] = True
    warming.consider()
    qtbot.waitUntil(lambda: desk.session.writing.is_warming, timeout=3000)
    wished[0] = False
    warming.consider()
    qtbot.waitUntil(lambda: not desk.session.writing.is_warming, timeout=3000)


def test_a_model_larger_than_the_free_memory_has_no_room(
    paths: AppPaths, real_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = real_window().session.model
    assert model is not None
    assert _has_room(model, paths)
    small = replace(Machine.of_this(paths.data), available_ram_bytes=100_000_000)
    monkeypatch.setattr(Machine, "of_this", lambda *_: small)
    assert not _has_room(model, paths)


def test_with_the_real_model_write_begins_with_its_first_word(
    real_window: Callable[[], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A document is opened, and left alone for a moment: nothing is left to read when Write is pressed."""
    monkeypatch.setattr(psutil, "sensors_battery", lambda: None)
    window = real_window()
    session = window.session
    done = []
    session.writing.warming_ended.connect(lambda ending: done.append(ending.done))
    outlined(session)
    qtbot.waitUntil(lambda: done == [True], timeout=60_000)
    engine = session.writing.engine
    assert engine is not None
    before = engine.usage
    assert before.prompt_tokens_read > 100
    assert before.tokens_written == 0
    session.write()
    qtbot.waitUntil(lambda: session.document.words > 8, timeout=30_000)
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=5000)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=30_000)
    used = engine.usage - before
    assert used.prompt_tokens_read < 80
    assert used.tokens_written > 8
    assert window.status.button.text() == "Go on"
