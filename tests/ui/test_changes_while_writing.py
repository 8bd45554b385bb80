"""What the person changes while the writer writes stands, and nothing of the writer's lands behind it."""

import threading
from collections.abc import Iterator

from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import EngineEvent, TextChunk, Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepPlanned
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.ui.outline_changes import new_plan
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Desk
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


def test_a_finished_text_brought_back_is_finished_and_what_stood_there_is_kept(
    session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    one = outlined(session)
    session.write_section(one)
    until_idle(session, qtbot)
    finished = session.document.section(one).text
    engine.delay_s = 0.01
    session.write_again(one)
    qtbot.waitUntil(lambda: session.document.section(one).text != finished, timeout=8000)
    session.pause()
    until_idle(session, qtbot)
    partial = session.document.section(one).text
    session.set_text(one, finished)  # as the manuscript's undo does
    section = session.document.section(one)
    assert section.complete
    assert partial in {version.text for version in section.versions}


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
