"""One undo for all that is done in a window: typed, generated and changed in the outline, in the order of it."""

import random
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepPlanned
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Version
from longwriter_desktop.ui.manuscript.fields import Change, text_key
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.outline_changes import new_plan
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Desk
from tests.ui.scripted_engine import text_reply

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 60), Step(3, "Keepers", 60))
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PARAGRAPHS = (
    "The lamp keeper guarded the coast near the harbour in the long dark winter of storms.",
    "Every captain who passed the headland measured the hours by the flash of that light.",
)


@pytest.fixture
def outlined(desk: Desk) -> Desk:
    """A window with a document of three sections that are still to be written."""
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return desk


def section(desk: Desk, number: int) -> str:
    return desk.session.document.sections[number - 1].id


def text(desk: Desk, section_id: str) -> str:
    return desk.session.document.section(section_id).text


def manuscript(desk: Desk) -> Manuscript:
    return desk.window.workspace.manuscript


def put_caret(desk: Desk, section_id: str, at: int) -> None:
    shown = manuscript(desk)
    field = shown.page.field(text_key(section_id))
    assert field is not None
    cursor = QTextCursor(shown.document())
    cursor.setPosition(shown.page.position(field, at))
    shown.setTextCursor(cursor)
    shown.setFocus()


def type_into(desk: Desk, section_id: str, words: str) -> None:
    put_caret(desk, section_id, len(text(desk, section_id)))
    QTest.keyClicks(manuscript(desk), words)


def undo(desk: Desk) -> None:
    QTest.keyClick(manuscript(desk), Qt.Key.Key_Z, CTRL)


def redo(desk: Desk) -> None:
    QTest.keyClick(manuscript(desk), Qt.Key.Key_Z, CTRL | SHIFT)


def outline_of(document: Document) -> list[tuple[str, str, str, int, str]]:
    return [(each.id, each.heading, each.main_point, each.word_target, each.text) for each in document.sections]


def shows_the_document(desk: Desk) -> bool:
    shown, document = manuscript(desk), desk.session.document
    texts = [shown.section_text(each.id) for each in document.sections]
    return texts == [each.text for each in document.sections] and shown.page.section_ids == [
        each.id for each in document.sections
    ]


def idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=8000)


def test_typing_and_outline_are_undone_in_the_order_in_which_they_were_done(outlined: Desk) -> None:
    desk, (one, two) = outlined, (section(outlined, 1), section(outlined, 2))
    type_into(desk, one, "First.")
    desk.session.move_sections([one], 2)
    type_into(desk, two, "Second.")
    desk.session.set_main_point(two, "Another point")
    undo(desk)
    assert desk.session.document.section(two).main_point == "Lamps"
    undo(desk)
    assert text(desk, two) == ""
    undo(desk)
    assert desk.session.document.index(one) == 0
    undo(desk)
    assert text(desk, one) == ""
    for _ in range(4):
        redo(desk)
    assert (text(desk, one), text(desk, two)) == ("First.", "Second.")
    assert desk.session.document.index(one) == 2
    assert desk.session.document.section(two).main_point == "Another point"


def test_undo_goes_on_through_a_deleted_section_into_what_was_typed_in_it(outlined: Desk) -> None:
    desk, two = outlined, section(outlined, 2)
    type_into(desk, two, "One sentence. Another")
    desk.session.delete_sections([two])
    undo(desk)
    assert text(desk, two) == "One sentence. Another"
    undo(desk)
    assert text(desk, two) == "One sentence. "
    undo(desk)
    assert text(desk, two) == ""
    assert desk.session.document.trash == ()


def test_undo_goes_on_through_another_plan_into_what_was_typed_under_the_old_one(outlined: Desk) -> None:
    desk, one = outlined, section(outlined, 1)
    type_into(desk, one, "Old")
    plan = PlanFinished("Title", (StepPlanned(Step(1, "New", 100), ""),), Usage())
    desk.session.push(new_plan(desk.session.document, plan))
    type_into(desk, section(desk, 1), "Fresh")
    undo(desk)
    undo(desk)
    assert text(desk, one) == "Old"
    undo(desk)
    assert text(desk, one) == ""
    for _ in range(3):
        redo(desk)
    assert [each.text for each in desk.session.document.sections] == ["Fresh"]


def test_undo_goes_on_through_a_version_put_in_place(outlined: Desk) -> None:
    desk, one = outlined, section(outlined, 1)
    type_into(desk, one, "Mine")
    desk.session.use_version(one, Version("Another text.", 1.0, "generated"))
    type_into(desk, one, " More")
    undo(desk)
    assert text(desk, one) == "Another text."
    undo(desk)
    assert text(desk, one) == "Mine"
    undo(desk)
    assert text(desk, one) == ""


def test_what_is_typed_while_the_writer_writes_elsewhere_is_undone_without_touching_the_writing(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, (one, three) = outlined, (section(outlined, 1), section(outlined, 3))
    desk.engine.delay_s = 0.005
    desk.session.write()
    qtbot.waitUntil(lambda: desk.session.document.section(one).words > 5, timeout=8000)
    type_into(desk, three, "Typed meanwhile")
    words = desk.session.document.words
    qtbot.waitUntil(lambda: desk.session.document.words > words + 5, timeout=8000)
    undo(desk)
    assert text(desk, three) == ""
    assert desk.session.activity is Activity.WRITING
    desk.session.pause()
    idle(desk.session, qtbot)
    assert shows_the_document(desk)


def test_undo_of_the_paragraph_being_written_pauses_and_takes_it_out_and_writing_goes_on_from_there(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, one = outlined, section(outlined, 1)
    type_into(desk, one, "Mine.")
    desk.engine.replies.append(text_reply(" " + " ".join(PARAGRAPHS)))
    desk.engine.delay_s = 0.01
    desk.session.write()
    qtbot.waitUntil(lambda: desk.session.document.section(one).words > 6, timeout=8000)
    undo(desk)
    assert text(desk, one) == "Mine."
    idle(desk.session, qtbot)
    assert text(desk, one) == "Mine."
    assert shows_the_document(desk)
    desk.engine.delay_s = 0
    desk.session.write()
    idle(desk.session, qtbot)
    assert text(desk, one).startswith("Mine.")
    assert desk.session.document.section(one).complete
    assert shows_the_document(desk)


def test_what_was_undone_of_the_writing_can_be_redone_after_a_pause_and_stays_a_version(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.delay_s = 0.005
    desk.session.write()
    qtbot.waitUntil(lambda: desk.session.document.section(one).words > 10, timeout=8000)
    desk.session.pause()
    idle(desk.session, qtbot)
    manuscript(desk).flush()
    written = text(desk, one)
    undo(desk)
    assert text(desk, one) == ""
    redo(desk)
    assert text(desk, one) == written
    undo(desk)
    type_into(desk, one, "My own beginning")
    assert written in [version.text for version in desk.session.document.section(one).versions]


def test_each_paragraph_of_a_finished_section_is_undone_by_itself(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    paragraphs = "\n\n".join(
        f"{sentence} It was year {number} of the tower, and nobody in the village remembered another night like it."
        for number, sentence in zip((1701, 1702), PARAGRAPHS, strict=True)
    )
    desk.engine.replies.append(text_reply(paragraphs))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    whole = text(desk, one)
    assert whole.count("\n\n") == 1
    undo(desk)
    assert text(desk, one) == whole.split("\n\n")[0]
    undo(desk)
    assert text(desk, one) == ""
    redo(desk)
    redo(desk)
    assert text(desk, one) == whole
    assert desk.session.document.section(one).complete


def in_paragraphs(*years: int) -> str:
    """A text in as many paragraphs."""
    again = "and nobody in the village remembered another night like it."
    return "\n\n".join(f"{PARAGRAPHS[year % 2]} It was year {year} of the tower, {again}" for year in years)


def test_a_section_written_again_is_undone_at_once(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    old = text(desk, one)
    desk.engine.replies.append(text_reply(in_paragraphs(1803, 1804)))
    desk.session.write_again(one)
    idle(desk.session, qtbot)
    new = text(desk, one)
    assert new.count("\n\n") == 1
    assert new != old
    undo(desk)
    assert text(desk, one) == old
    assert desk.session.document.section(one).complete
    assert [each.origin for each in desk.session.document.section(one).versions] == ["generated", "generated"]
    redo(desk)
    assert text(desk, one) == new


def test_what_was_typed_into_a_section_written_again_is_undone_before_it(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    old = text(desk, one)
    desk.engine.replies.append(text_reply(in_paragraphs(1803, 1804)))
    desk.session.write_again(one)
    idle(desk.session, qtbot)
    new = text(desk, one)
    type_into(desk, one, " Typed.")
    undo(desk)
    assert text(desk, one) == new
    undo(desk)
    assert text(desk, one) == old


def test_replacing_everywhere_and_undoing_it_leaves_no_version_behind(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    whole = text(desk, one)
    versions = desk.session.document.section(one).versions
    assert len(versions) == 1
    places = [at for at in range(len(whole)) if whole.startswith("the ", at)]
    manuscript(desk).make_changes([Change(text_key(one), at, "the", "THE") for at in reversed(places)])
    assert "THE" in text(desk, one)
    undo(desk)
    assert text(desk, one) == whole
    redo(desk)
    undo(desk)
    assert desk.session.document.section(one).versions == versions


def test_the_caret_goes_to_where_something_was_undone(outlined: Desk) -> None:
    desk, (one, three) = outlined, (section(outlined, 1), section(outlined, 3))
    type_into(desk, three, "Typed.")
    desk.session.set_main_point(one, "Another point")
    put_caret(desk, section(desk, 2), 0)
    undo(desk)
    assert manuscript(desk).current_section() == one
    undo(desk)
    assert manuscript(desk).current_section() == three


def test_a_heading_taken_over_is_undone_in_the_document_and_one_half_typed_in_its_field(outlined: Desk) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.window.workspace.outline.list.choose_section(one)
    field: QLineEdit = desk.window.workspace.section.heading
    field.setFocus()
    QTest.keyClicks(field, "Wind")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.session.document.section(one).heading == "Wind"
    QTest.keyClicks(field, "mill")
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == "Wind"
    assert desk.session.document.section(one).heading == "Wind"
    desk.window.workspace.commit()
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert desk.session.document.section(one).heading == ""
    assert field.text() == ""


def test_the_strips_undo_is_of_what_it_tells_also_after_typing_elsewhere(outlined: Desk) -> None:
    desk, (one, two) = outlined, (section(outlined, 1), section(outlined, 2))
    desk.session.delete_sections([two])
    (button,) = [each for each in desk.window.notice.findChildren(QPushButton) if each.text() == "Undo"]
    type_into(desk, one, "Typed since")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.session.document.has_section(two)
    assert text(desk, one) == "Typed since"
    undo(desk)
    assert text(desk, one) == ""


def test_nothing_of_one_document_is_undone_into_another(outlined: Desk) -> None:
    desk = outlined
    type_into(desk, section(desk, 1), "Typed")
    desk.session.delete_sections([section(desk, 2)])
    desk.session.new_document_with_outline("Another one", None, "en", STEPS)
    before = desk.session.document
    undo(desk)
    assert desk.session.document == before


def test_another_instruction_is_undone(outlined: Desk) -> None:
    outlined.session.set_instruction("A history of foghorns", 500)
    outlined.session.undo()
    assert outlined.session.document.instruction == "A history of lighthouses"


@pytest.mark.parametrize("seed", range(12))
def test_undoing_all_that_was_done_at_random_gives_the_beginning_and_redoing_it_the_end(
    outlined: Desk, seed: int
) -> None:
    rng, desk, session = random.Random(seed), outlined, outlined.session
    before = session.document
    for number in range(25):
        do_at_random(rng, desk, number)
        assert shows_the_document(desk)
    after = session.document
    for _ in range(200):
        if not session.history.can_undo():
            break
        undo(desk)
        assert shows_the_document(desk)
    assert outline_of(session.document) == outline_of(before)
    while session.history.can_redo():
        redo(desk)
        assert shows_the_document(desk)
    assert outline_of(session.document) == outline_of(after)


def do_at_random(rng: random.Random, desk: Desk, number: int) -> None:
    """One thing that a person does."""
    session, sections = desk.session, desk.session.document.sections
    chosen = rng.choice(sections)
    match rng.choice(["type", "type", "rub out", "insert", "delete", "move", "point", "heading", "version", "plan"]):
        case "type":
            put_caret(desk, chosen.id, rng.randint(0, len(chosen.text)))
            QTest.keyClicks(manuscript(desk), rng.choice(["words. ", "x", "Some more text"]))
        case "rub out" if chosen.text:
            put_caret(desk, chosen.id, len(chosen.text))
            QTest.keyClick(manuscript(desk), Qt.Key.Key_Backspace)
        case "insert":
            session.insert_section(rng.randint(0, len(sections)), f"Point {number}")
        case "delete" if len(sections) > 1:
            session.delete_sections([chosen.id])
        case "move":
            session.move_sections([chosen.id], rng.randint(0, len(sections)))
        case "point":
            session.set_main_point(chosen.id, f"Point {number}")
        case "heading":
            session.set_heading(chosen.id, rng.choice(["", f"Heading {number}"]))
        case "version":
            session.use_version(chosen.id, Version(f"Version {number} 😀", 1.0, "generated"))
        case "plan" if rng.random() < 0.5:
            steps = (StepPlanned(Step(1, f"Plan {number}", 100), "Heading"), StepPlanned(Step(2, "Two", 100), ""))
            session.push(new_plan(session.document, PlanFinished("", steps, Usage())))
        case _:
            session.put(replace(session.document, word_target=number))


@pytest.mark.parametrize("seed", range(8))
def test_at_random_with_the_writer_at_work_the_text_on_screen_is_always_that_of_the_document(
    outlined: Desk, qtbot: QtBot, seed: int
) -> None:
    rng, desk, session = random.Random(100 + seed), outlined, outlined.session
    desk.engine.delay_s = 0.001
    for number in range(40):
        match rng.choice(["do", "do", "undo", "undo", "redo", "write", "pause", "wait"]):
            case "do":
                do_at_random(rng, desk, number)
            case "undo":
                undo(desk)
            case "redo":
                redo(desk)
            case "write":
                session.write()
            case "pause":
                session.pause()
            case _:
                qtbot.wait(rng.randint(1, 25))
        assert shows_the_document(desk)
    session.pause()
    idle(session, qtbot)
    manuscript(desk).flush()
    assert shows_the_document(desk)
    assert manuscript(desk).page.adopt() == []
    for _ in range(300):
        if not session.history.can_undo():
            break
        undo(desk)
        assert shows_the_document(desk)
    assert not session.history.can_undo()
