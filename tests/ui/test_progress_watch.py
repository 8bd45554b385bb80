"""The counts of the bar at the bottom, held against those that stand in the outline and below the title."""

import re
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import PromptProgress
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui.session import Session
from tests.ui.conftest import Desk
from tests.ui.reading_ahead import idle, outlined
from tests.ui.scripted_engine import text_reply


def test_all_say_the_same_number_at_each_moment(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    outline, status = desk.window.workspace.outline_model, desk.window.status
    desk.engine.delay_s = 0.02
    status.button.click()
    seen: set[int] = set()
    while len(seen) < 4:
        qtbot.wait(15)
        words = outline.rows[0].words
        if told := re.search(r"writing section 1 of 3: (\d+) / 60", status.doing.text()):
            assert int(told[1]) == words
            assert f">{words}<" in status.words.text()
            assert f"\n{words} of 210 words\n" in desk.window.workspace.manuscript.toPlainText()
            seen.add(words)
        if outline.rows[1].words or idle(desk.session):
            break
    assert len(seen) > 2
    desk.session.pause()


def test_the_bar_counts_what_is_typed_while_nothing_is_written(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    desk.session.set_text(desk.session.document.sections[0].id, "Three words here.")
    qtbot.waitUntil(lambda: ">3<" in desk.window.status.words.text(), timeout=3000)
    assert desk.window.workspace.outline_model.rows[0].words == 3


def alternatives(session: Session) -> None:
    session.write_alternatives(session.document.sections[0].id)


def rewriting(session: Session) -> None:
    section = session.document.sections[0]
    session.set_text(section.id, "Storms sank many ships.")
    session.rewrite(Passage(section.id, 0, "Storms sank many ships."), Wish("shorten"))


@pytest.mark.parametrize("begin", [alternatives, rewriting])
def test_the_bar_of_reading_goes_with_the_first_word(
    desk: Desk, begin: Callable[[Session], None], qtbot: QtBot
) -> None:
    """Also where the last that was heard of the reading is not quite its end."""
    outlined(desk.session)
    reading = desk.window.status.reading
    reply = [*(PromptProgress(700 + part, 710, 0) for part in range(9)), *text_reply("Gales sank ships. " * 9)]
    desk.engine.replies.append(reply)
    desk.engine.delay_s = 0.02
    begin(desk.session)
    qtbot.waitUntil(reading.isVisible, timeout=5000)
    desk.engine.delay_s = 0.1
    qtbot.waitUntil(lambda: not reading.isVisible(), timeout=5000)
    assert desk.session.is_busy
    desk.session.pause()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)


def test_the_total_says_that_it_is_the_plans_where_another_length_was_asked_for(desk: Desk, qtbot: QtBot) -> None:
    desk.session.new_document_with_outline("A history of lighthouses", 200, "en", (Step(1, "Storms", 150),))
    two = desk.session.insert_section(1, "Lamps")
    desk.session.set_target(two, 30)
    qtbot.waitUntil(lambda: "180 words planned" in desk.window.status.words.text(), timeout=3000)
    desk.session.set_target(two, 50)
    qtbot.waitUntil(lambda: "200 words" in desk.window.status.words.text(), timeout=3000)
    assert "planned" not in desk.window.status.words.text()


def test_the_model_is_shown_as_soon_as_a_document_is_open(desk: Desk) -> None:
    outlined(desk.session)
    assert desk.window.status.model.text() == "Scripted 1B"
