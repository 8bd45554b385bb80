from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import PromptProgress
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui import writing_menu
from longwriter_desktop.ui.run_notices import done_sentence
from longwriter_desktop.ui.status_bar import MAIN_BUTTON_TEXTS, MainButton, StatusBar
from longwriter_desktop.ui.theme import LIGHT
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Clock, Desk
from tests.ui.reading_ahead import idle, outlined
from tests.ui.scripted_engine import text_reply

CTRL = Qt.KeyboardModifier.ControlModifier


def press_write(desk: Desk, again: bool = False) -> None:
    """Ctrl+Return; ``again``: as the key repeats itself while it is held down."""
    focus = QApplication.focusWidget() or desk.window
    if again:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "\r", autorep=True)
        QApplication.sendEvent(focus, event)
    else:
        QTest.keyClick(focus, Qt.Key.Key_Return, CTRL)


def activity(desk: Desk) -> Activity:
    return desk.session.activity


def test_a_second_press_on_the_start_page_does_not_stop_the_plan(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClicks(desk.window.start_page.instruction, "Write a 1,200-word history of lighthouses")
    desk.engine.hold()
    press_write(desk)
    assert activity(desk) is Activity.PLANNING
    press_write(desk)
    press_write(desk)
    assert activity(desk) is Activity.PLANNING
    monkeypatch.setattr(writing_menu, "SECOND_PRESS_MS", 0)
    press_write(desk)  # Later it does what it says.
    assert activity(desk) is not Activity.PLANNING
    desk.engine.go_on()


def test_stop_by_the_mouse_stops_a_plan_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.engine.hold()
    QTest.keyClicks(desk.window.start_page.instruction, "Write a 1,200-word history of lighthouses")
    press_write(desk)
    assert desk.window.status.button.text() == "Stop"
    desk.window.status.button.click()
    assert activity(desk) is not Activity.PLANNING
    desk.engine.go_on()


def test_the_key_held_down_does_not_write_and_pause_by_turns(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.engine.hold()
    press_write(desk)
    for _ in range(5):
        press_write(desk, again=True)
    assert activity(desk) is Activity.WRITING
    press_write(desk)
    assert activity(desk) is not Activity.WRITING
    desk.engine.go_on()


def test_the_main_button_stays_where_it_is_whatever_it_says(desk: Desk) -> None:
    outlined(desk.session)
    status = desk.window.status
    places = set()
    for text in MAIN_BUTTON_TEXTS:
        status.offer(MainButton(text, "play"))
        QApplication.processEvents()
        places.add(status.button.geometry().getRect())
    assert len(places) == 1


def test_write_from_here_leaves_what_is_before(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.window.workspace.outline.list.choose_section(desk.session.document.sections[1].id)
    desk.window.menus.write_from_here.trigger()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=10_000)
    statuses = list(desk.session.document.statuses().values())
    assert statuses[0] is Status.PLANNED
    assert Status.PLANNED not in statuses[1:]
    texts = [section.text for section in desk.session.document.sections]
    desk.window.menus.write_from_here.trigger()
    assert "From section 2 on, everything is written" in desk.window.notice.text
    assert [section.text for section in desk.session.document.sections] == texts
    again = next(each for each in desk.window.notice.findChildren(QPushButton) if each.text() == "Write them again")
    again.click()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=10_000)
    assert [len(section.versions) > 0 for section in desk.session.document.sections] == [False, True, True]


def test_write_from_here_says_that_all_is_locked(desk: Desk) -> None:
    outlined(desk.session)
    last = desk.session.document.sections[2].id
    desk.session.toggle_lock(last)
    desk.window.workspace.outline.list.choose_section(last)
    desk.window.menus.write_from_here.trigger()
    assert "From section 3 on, all sections are locked" in desk.window.notice.text
    assert idle(desk.session)


# -- what the bar tells ------------------------------------------------------------------------------


def test_the_bar_tells_the_section_and_what_is_left_of_the_plan(desk: Desk, qtbot: QtBot, clock: Clock) -> None:
    outlined(desk.session)
    session, status = desk.session, desk.window.status
    session.put(replace(session.document, word_target=300))
    desk.engine.delay_s = 0.01
    status.button.click()
    qtbot.waitUntil(lambda: session.document.words > 10, timeout=10_000)
    desk.engine.hold()
    qtbot.wait(100)
    clock.now += 60
    desk.window._progress.refresh()
    words = session.document.words
    assert status.doing.text() == f"writing section 1 of 3: {words} / 60"
    # 300 were asked for, but the plan has 210: they are what will be written.
    assert "/ 210 words" in status.words.text()
    assert status.words.toolTip() == "300 were asked for; the plan adds up to 210."
    assert f"{words} words/min" in status.speed.text()
    minutes = round((210 - words) / words)
    assert f"{minutes} min" in status.end.text() or f"{minutes + 1} min" in status.end.text()
    assert status.bar.accessibleDescription().startswith(f"{words} of 210 words, ")
    desk.engine.go_on()
    desk.session.pause()


def test_after_a_pause_the_bar_says_where_and_after_the_end_when(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    status = desk.window.status
    desk.engine.delay_s = 0.01
    status.button.click()
    qtbot.waitUntil(lambda: desk.session.document.words > 5, timeout=10_000)
    status.button.click()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=3000)
    assert status.doing.text() == "paused in section 1"
    assert "kept" in status.doing.toolTip()
    desk.engine.delay_s = 0
    status.button.click()
    qtbot.waitUntil(lambda: status.doing.text().startswith("finished at "), timeout=20_000)
    assert status.bar.value() == status.bar.maximum()
    assert status.button.text() == "Written"


def test_typing_in_the_section_says_why_it_has_paused(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.engine.delay_s = 0.01
    desk.window.status.button.click()
    qtbot.waitUntil(lambda: desk.session.document.words > 5, timeout=10_000)
    manuscript = desk.window.workspace.manuscript
    manuscript.show_section(desk.session.document.sections[0].id)
    manuscript.setFocus()
    QTest.keyClicks(manuscript, "X")
    qtbot.waitUntil(lambda: idle(desk.session), timeout=3000)
    assert desk.window.status.doing.text() == "paused in section 1: you changed it"


def test_reading_the_prompt_has_a_bar_and_a_time_of_its_own(desk: Desk, qtbot: QtBot, clock: Clock) -> None:
    outlined(desk.session)
    status = desk.window.status

    def reading() -> object:
        for read in range(0, 8001, 400):
            yield PromptProgress(read, 8000, 0)
            clock.now += 1
            if read == 4000:
                desk.engine.hold()
        yield from text_reply("Lamps were lit.")

    desk.engine.replies.append(reading())  # type: ignore[arg-type] # events, made one by one
    desk.engine.delay_s = 0.04
    status.button.click()
    qtbot.waitUntil(lambda: desk.engine.held, timeout=5000)
    qtbot.wait(100)
    assert status.reading.isVisible()
    assert status.reading.accessibleName() == "Reading the prompt"
    assert status.doing.text() == "reading 4,000 of 8,000 tokens, 10 s"
    assert status.reading.value() == status.reading.maximum() // 2
    desk.engine.go_on()
    qtbot.waitUntil(lambda: not status.reading.isVisible(), timeout=5000)
    desk.session.pause()


def test_a_section_that_ran_into_a_loop_is_told_at_the_end(desk: Desk) -> None:
    outlined(desk.session)
    first, _, third = desk.session.document.sections
    looped = [replace(each, text="Short.", complete=True, stop_reason="repetition") for each in (first, third)]
    one = desk.session.document.with_section(looped[0])
    run, tally = desk.session.run, desk.session.tally
    assert done_sentence(one, run, tally).endswith(
        "Section 1 ended early, because the model repeated itself. Read it, or write it again."
    )
    assert "Sections 1 and 3 ended early" in done_sentence(one.with_section(looped[1]), run, tally)
    assert "early" not in done_sentence(desk.session.document, run, tally)


def test_a_narrow_bar_leaves_out_what_matters_least_and_cuts_nothing_off(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = StatusBar(LIGHT, window)
    bar.show_document()
    bar.resize(1600, 44)
    window.show()
    bar.show_words(12_345, 100_000, "words")
    bar.show_doing("writing section 112 of 142: 596 / 600")
    bar.show_speed(340, "words", 8.1)
    bar.show_end("4 h 25 min", "tomorrow 06:15")
    bar.show_model("LongWriter-8B · CPU, 4 threads · 5.6 GB")
    labels = (bar.doing, bar.words, bar.speed, bar.end, bar.model)
    told = []
    for width in (1600, 1280, 1100, 980, 880):
        bar.resize(width, 44)
        QApplication.processEvents()
        shown = [label for label in labels if label.isVisible()]
        assert all(label.width() >= label.sizeHint().width() for label in shown), width
        assert bar.bar.width() >= 60
        assert bar.doing in shown
        told.append(len(shown))
    assert told[0] == len(labels)
    assert told == sorted(told, reverse=True)
    assert told[-1] < len(labels)
