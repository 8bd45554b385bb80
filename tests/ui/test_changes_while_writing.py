"""What the person changes while the writer writes stands, and nothing of the writer's lands behind it."""

import threading
from collections.abc import Iterator

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import EngineEvent, TextChunk, Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepPlanned
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status, Version
from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.outline_changes import new_plan
from longwriter_desktop.ui.outline_control import OutlineControl
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Clock, Desk
from tests.ui.documents import written
from tests.ui.scripted_engine import ScriptedEngine

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 80), Step(3, "Keepers", 70))


def outlined(session: Session) -> str:
    """Starts a document of three sections; returns the first one's id."""
    session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return session.document.sections[0].id


def until_idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=8000)


def until_words(session: Session, section_id: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.document.section(section_id).words > 5, timeout=8000)


def test_a_version_taken_while_its_section_is_written_stands_alone(
    session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    one = outlined(session)
    engine.delay_s = 0.01
    session.write()
    until_words(session, one, qtbot)
    session.use_version(one, Version("My own version of it.", 1.0, "edited"))
    until_idle(session, qtbot)
    assert session.document.section(one).text == "My own version of it."


def test_undoing_the_adding_of_a_section_stops_the_writing_of_it(
    session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    outlined(session)
    new = session.insert_section(0, "Inserted")
    engine.delay_s = 0.01
    session.write_section(new)
    until_words(session, new, qtbot)
    session.undo()
    until_idle(session, qtbot)
    assert not session.document.has_section(new)


def test_what_is_typed_before_the_engine_has_answered_a_pause_stays_last(desk: Desk, qtbot: QtBot) -> None:
    session = desk.session
    one = outlined(session)
    gate = threading.Event()

    def reply() -> Iterator[EngineEvent]:
        for word in "The lamp keeper guarded the coast near the harbour in the long dark winter of storms".split():
            yield TextChunk(f"{word} ", 1)
        gate.wait(5)
        yield TextChunk("late " * 80, 80)

    desk.engine.replies.append(reply())
    session.write_section(one)
    qtbot.waitUntil(lambda: session.document.section(one).words > 10, timeout=8000)
    session.pause()
    assert session.activity is Activity.STOPPING
    session.set_text(one, session.document.section(one).text + "TYPED BY ME")
    gate.set()
    until_idle(session, qtbot)
    assert session.document.section(one).text.endswith("TYPED BY ME")


def test_what_is_cut_from_several_sections_before_the_engine_has_answered_stays_cut(desk: Desk, qtbot: QtBot) -> None:
    session = desk.session
    one = outlined(session)
    gate = threading.Event()

    def reply() -> Iterator[EngineEvent]:
        yield TextChunk("The lamp keeper guarded the coast near the harbour in the long dark winter. ", 14)
        gate.wait(5)
        yield TextChunk("late " * 80, 80)

    desk.engine.replies.append(reply())
    session.write_section(one)
    until_words(session, one, qtbot)
    session.pause()
    assert session.activity is Activity.STOPPING
    two = session.document.sections[1].id
    session.set_texts([(one, "The lamp"), (two, "keeper.")])
    gate.set()
    until_idle(session, qtbot)
    assert [each.text for each in session.document.sections[:2]] == ["The lamp", "keeper."]


def test_a_text_stays_in_place_when_writing_it_again_fails(
    session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    one = outlined(session)
    session.write_section(one)
    until_idle(session, qtbot)
    before = session.document.section(one)
    engine.replies.append([OutOfMemory("There was no memory.")])
    session.write_again(one)
    until_idle(session, qtbot)
    assert session.document.section(one) == before


def test_a_plan_undone_and_redone_brings_back_what_was_written_under_it(session: Session) -> None:
    one = outlined(session)
    session.set_text(one, "typed in the old plan")
    planned = PlanFinished("Title", (StepPlanned(Step(1, "New", 100), "New"),), Usage())
    session.push(new_plan(session.document, planned))
    session.set_text(session.document.sections[0].id, "written under the new plan")
    session.undo()
    assert session.document.sections[0].text == "typed in the old plan"
    session.set_text(one, "typed in the old plan, and more")
    session.redo()
    assert session.document.sections[0].text == "written under the new plan"
    assert "typed in the old plan, and more" in {section.text for section in session.document.trash}


def test_no_two_entries_of_a_menu_have_the_same_letter(desk: Desk) -> None:
    for menu in desk.window.findChildren(QMenu):
        names = [action.text().replace("&&", "") for action in menu.actions()]
        letters = [name[name.index("&") + 1].casefold() for name in names if "&" in name]
        assert len(letters) == len(set(letters)), names


def test_a_split_above_the_section_in_work_makes_nothing_stale_nor_does_its_undo(
    session: Session, clock: Clock, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    one = outlined(session)
    two = session.document.sections[1].id
    session.put(written(session.document, one, "Storms came in. Ships went down."), outdated=True)
    engine.delay_s = 0.005
    session.write_section(two)
    until_words(session, two, qtbot)
    OutlineControl(session, clock).split(one, 15)
    assert session.is_busy
    engine.delay_s = 0
    until_idle(session, qtbot)
    assert session.document.index(two) == 2
    assert session.document.statuses()[two] is Status.WRITTEN
    session.undo()
    assert session.document.index(two) == 1
    session.redo()
    assert session.document.statuses()[two] is Status.WRITTEN


def test_a_section_written_below_a_split_is_fresh_when_the_split_is_taken_back(
    session: Session, clock: Clock, qtbot: QtBot
) -> None:
    one = outlined(session)
    two = session.document.sections[1].id
    session.put(written(session.document, one, "Storms came in. Ships went down."), outdated=True)
    notices: list[Notice] = []
    session.noticed.connect(notices.append)
    OutlineControl(session, clock).split(one, 15)
    session.write_section(two)
    until_idle(session, qtbot)
    next(each for each in notices if "two sections now" in each.text).actions[0].do()
    assert len(session.document.sections) == 3
    assert session.document.statuses()[two] is Status.WRITTEN
