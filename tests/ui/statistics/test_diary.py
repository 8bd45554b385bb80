"""What counts as typed and what as generated, and when: through the window, with real keys and a scripted engine."""

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.outline import Step
from longwriter_desktop.project.writing_days import Day, WritingDays
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.statistics.diary import IDLE_S, SAVE_AFTER_MS, Diary
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import NOON, Clock, Desk
from tests.ui.scripted_engine import text_reply

CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = datetime.fromtimestamp(NOON).date()  # noqa: DTZ006 - a person's day is a local one


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A document of two planned sections, the cursor in the first."""
    desk.session.new_document_with_outline("A history", None, "en", (Step(1, "Storms", 40), Step(2, "Lamps", 40)))
    manuscript(desk).setFocus()
    manuscript(desk).show_section(desk.session.document.sections[0].id)
    return desk


def manuscript(desk: Desk) -> Manuscript:
    return desk.window.workspace.manuscript


def diary(desk: Desk) -> Diary:
    return desk.window.statistics.diary


def counted(desk: Desk) -> tuple[int, int]:
    """Typed and generated today."""
    return diary(desk).today.typed, diary(desk).today.generated


def idle(desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desk.session.activity is Activity.IDLE)


def test_typed_words_are_counted_and_what_is_deleted_again_is_not(planned: Desk) -> None:
    QTest.keyClicks(manuscript(planned), "One two three four")
    assert counted(planned) == (4, 0)
    for _ in " four":
        QTest.keyClick(manuscript(planned), Qt.Key.Key_Backspace)
    assert counted(planned) == (3, 0)


def test_undo_and_redo_take_and_give_what_was_counted(planned: Desk) -> None:
    QTest.keyClicks(manuscript(planned), "One two three.")
    QTest.keyClick(manuscript(planned), Qt.Key.Key_Z, CONTROL)
    assert counted(planned) == (0, 0)
    planned.session.redo()
    assert counted(planned) == (3, 0)
    QTest.keyClicks(manuscript(planned), " Four.")
    assert counted(planned) == (4, 0)


def test_deleting_a_text_of_other_days_takes_nothing_away_and_undo_adds_nothing(planned: Desk) -> None:
    document = planned.session.document
    old = replace(document.sections[0], text="Five words of another day.")
    planned.session.put(document.with_section(old), outdated=True)
    assert counted(planned) == (0, 0)
    manuscript(planned).show_section(old.id)
    cursor = manuscript(planned).textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    manuscript(planned).setTextCursor(cursor)
    QTest.keyClick(manuscript(planned), Qt.Key.Key_Delete)
    assert planned.session.document.sections[0].text == ""
    assert counted(planned) == (0, 0)
    planned.session.undo()
    assert planned.session.document.sections[0].text == old.text
    assert counted(planned) == (0, 0)


def test_what_the_model_writes_is_counted_apart_and_writing_again_adds_to_it(planned: Desk, qtbot: QtBot) -> None:
    session = planned.session
    session.write_section(session.document.sections[0].id)
    idle(planned, qtbot)
    first = session.document.sections[0].words
    assert first > 20
    assert counted(planned) == (0, first)
    session.write_again(session.document.sections[0].id)
    idle(planned, qtbot)
    assert counted(planned) == (0, first + session.document.sections[0].words)


def test_versions_put_back_and_sections_moved_count_for_nothing(planned: Desk, qtbot: QtBot) -> None:
    session = planned.session
    section = session.document.sections[0]
    for _ in range(2):
        session.write_again(section.id)
        idle(planned, qtbot)
    before = counted(planned)
    session.use_version(section.id, session.document.section(section.id).versions[0])
    session.delete_sections([section.id])
    session.undo()
    session.undo()
    assert counted(planned) == before


def test_a_rewritten_passage_that_is_taken_counts_as_generated(planned: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(manuscript(planned), "The lamp was lit.")
    planned.engine.replies.append(text_reply("The old brass lamp was lit at dusk by the keeper."))
    manuscript(planned).selectAll()
    cursor = manuscript(planned).textCursor()
    start = manuscript(planned).toPlainText().index("The lamp")
    cursor.setPosition(start)
    cursor.setPosition(start + len("The lamp was lit."), QTextCursor.MoveMode.KeepAnchor)
    manuscript(planned).setTextCursor(cursor)
    planned.window.workspace.rewrite_selection(Wish("expand"))
    panel = planned.window.workspace.rewriting
    qtbot.waitUntil(panel.take.isEnabled)
    panel.take.click()
    more = planned.session.document.sections[0].words - 4
    assert more > 0
    assert counted(planned) == (4, more)


def test_an_alternative_that_becomes_the_text_counts_as_generated(planned: Desk, qtbot: QtBot) -> None:
    planned.session.write_alternatives(planned.session.document.sections[0].id)
    idle(planned, qtbot)
    assert counted(planned) == (0, planned.session.document.sections[0].words)


def test_time_at_work_leaves_long_pauses_out(planned: Desk, clock: Clock) -> None:
    for pause in (10.0, 20.0, IDLE_S + 1, 5.0):
        clock.now += pause
        QTest.keyClick(manuscript(planned), Qt.Key.Key_Right)
    assert diary(planned).session.seconds == pytest.approx(25.0)
    assert diary(planned).today.seconds == pytest.approx(25.0)


def test_after_midnight_it_is_another_day_of_the_same_session(planned: Desk, clock: Clock) -> None:
    QTest.keyClicks(manuscript(planned), "Late. ")
    clock.now += 86_400
    QTest.keyClicks(manuscript(planned), "Early.")
    assert [(on, day.typed) for on, day in diary(planned).days().items()] == [
        (TODAY, 1),
        (date.fromordinal(TODAY.toordinal() + 1), 1),
    ]
    assert diary(planned).session.typed == 2


def test_the_words_are_on_the_disk_when_the_document_is_closed(planned: Desk) -> None:
    WritingDays(planned.paths).add({TODAY: Day(10, 5, 60.0)})
    QTest.keyClicks(manuscript(planned), "One two")
    assert counted(planned) == (12, 5)
    planned.window.close_document()
    assert WritingDays(planned.paths).load() == {TODAY: Day(12, 5, 60.0)}
    assert counted(planned) == (12, 5)
    assert diary(planned).session.typed == 2


def test_the_words_are_saved_now_and_then_while_the_document_is_open(
    planned: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SAVE_AFTER_MS >= 1000
    diary(planned)._save_timer.setInterval(20)
    QTest.keyClicks(manuscript(planned), "One two")
    qtbot.waitUntil(lambda: WritingDays(planned.paths).load().get(TODAY) == Day(2, 0, 0.0))
    QTest.keyClicks(manuscript(planned), " three")
    assert counted(planned) == (3, 0)
    planned.window.close_document()
    assert WritingDays(planned.paths).load()[TODAY].typed == 3


def test_words_that_cannot_be_saved_are_kept_until_they_can(planned: Desk, qtbot: QtBot) -> None:
    blocked = planned.paths.data / "writing-days.json"
    blocked.mkdir(parents=True)
    diary(planned)._save_timer.setInterval(20)
    QTest.keyClicks(manuscript(planned), "One two")
    qtbot.waitUntil(lambda: diary(planned)._thread is not None or not diary(planned)._save_timer.isActive())
    assert counted(planned) == (2, 0)
    blocked.rmdir()
    planned.window.close_document()
    assert WritingDays(planned.paths).load()[TODAY].typed == 2


def test_the_words_of_today_are_told_while_the_disk_takes_its_time(
    planned: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()
    add = WritingDays.add

    def slow(days: WritingDays, more: Mapping[date, Day]) -> bool:
        may_end.wait(20)
        return add(days, more)

    assert counted(planned) == (0, 0)
    monkeypatch.setattr(WritingDays, "add", slow)
    diary(planned)._save_timer.setInterval(20)
    QTest.keyClicks(manuscript(planned), "One two")
    qtbot.waitUntil(lambda: diary(planned)._thread is not None)
    QTest.keyClicks(manuscript(planned), " three")
    before = time.monotonic()
    assert counted(planned) == (3, 0)
    assert time.monotonic() - before < 5
    may_end.set()
    planned.window.close_document()
    assert WritingDays(planned.paths).load()[TODAY].typed == 3
