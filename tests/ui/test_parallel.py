"""All sections written at the same time, through the window."""

from collections.abc import Collection, Iterator, Sequence

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import (
    BranchEvent,
    BranchFinished,
    BranchText,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Desk
from tests.ui.scripted_engine import ScriptedEngine, text_reply

STEPS = tuple(Step(number, point, 60) for number, point in enumerate(("Storms", "Lamps", "Keepers"), start=1))
FIRST_WORDS, HELD_AT = 5, 30


class BranchingScript(ScriptedEngine):
    """A scripted engine that writes several replies in turns; when held, it waits after a few words of each."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def generate_branches(
        self, asked: Sequence[tuple[Prompt, Sampling]], ended: Collection[int] = ()
    ) -> Iterator[BranchEvent]:
        with self._alone():
            self.widths.append(len(asked))
            self.prompts += [prompt for prompt, _ in asked]
            replies = {number: iter(text_reply(self.answer(prompt))) for number, (prompt, _) in enumerate(asked)}
            rounds = 0
            while replies:
                while self.held and rounds == HELD_AT:
                    yield self._heartbeat()
                rounds += 1
                for number, events in list(replies.items()):
                    event = ReplyFinished("cancelled", Usage()) if number in ended else next(events)
                    if isinstance(event, TextChunk):
                        yield BranchText(number, event.text, event.tokens)
                    elif isinstance(event, ReplyFinished):
                        del replies[number]
                        yield BranchFinished(number, event.reason, 1)
            yield ReplyFinished("end", Usage())


@pytest.fixture
def engine() -> BranchingScript:
    return BranchingScript()


@pytest.fixture
def planned(desk: Desk) -> Desk:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return desk


def words(desk: Desk) -> list[int]:
    return [section.words for section in desk.session.document.sections]


def test_the_menu_writes_all_at_the_same_time_and_says_what_that_costs(
    planned: Desk, engine: BranchingScript, qtbot: QtBot
) -> None:
    session, window = planned.session, planned.window
    engine.hold()
    window.menus.write_parallel.trigger()
    assert "6 % less coherent" in window.notice.text
    qtbot.waitUntil(lambda: min(words(planned)) >= FIRST_WORDS)
    assert not window.menus.write_parallel.isEnabled()
    assert len(session.sections_in_work) == 3
    qtbot.waitUntil(lambda: {row.status for row in window.workspace.outline_model.rows} == {Status.WRITING})
    assert window.status.doing.text() == "writing 3 sections at the same time"
    engine.go_on()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=10_000)
    assert engine.widths[0] == 3
    document = session.document
    assert all(54 <= count <= 66 for count in words(planned))
    assert set(document.statuses().values()) == {Status.WRITTEN}
    shown = window.workspace.manuscript.toPlainText()
    assert all(section.text.strip() in shown for section in document.sections)
    assert all(document.sections[0].text[:40] not in str(prompt.messages) for prompt in engine.prompts)


def test_typing_in_any_of_the_sections_stops_the_writing_and_both_texts_stay(
    planned: Desk, engine: BranchingScript, qtbot: QtBot
) -> None:
    session, manuscript = planned.session, planned.window.workspace.manuscript
    engine.hold()
    planned.window.menus.write_parallel.trigger()
    qtbot.waitUntil(lambda: min(words(planned)) >= FIRST_WORDS)
    qtbot.waitUntil(lambda: all(each.text in manuscript.toPlainText() for each in session.document.sections))
    middle = session.document.sections[1]
    cursor = manuscript.textCursor()
    cursor.setPosition(manuscript.toPlainText().index(middle.text))
    manuscript.setTextCursor(cursor)
    QTest.keyClicks(manuscript, "So: ")
    engine.go_on()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE)
    assert session.document.sections[1].text == f"So: {middle.text}"
    shown = manuscript.toPlainText()
    assert all(section.text in shown for section in session.document.sections)
    session.write()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=10_000)
    assert session.document.sections[1].text.startswith(f"So: {middle.text}")
    assert all(section.complete for section in session.document.sections)


def test_a_pause_leaves_every_section_where_it_was_and_writing_goes_on_from_there(
    planned: Desk, engine: BranchingScript, qtbot: QtBot
) -> None:
    session = planned.session
    engine.hold()
    planned.window.menus.write_parallel.trigger()
    qtbot.waitUntil(lambda: min(words(planned)) >= FIRST_WORDS)
    session.pause()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE)
    begun = [section.text for section in session.document.sections]
    assert session.sections_in_work == frozenset()
    engine.go_on()
    planned.window.menus.write_parallel.trigger()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=10_000)
    after = session.document.sections
    assert all(section.text.startswith(text) for section, text in zip(after, begun, strict=True))
    assert all(section.complete for section in after)
