"""Undone and redone, a document is exactly what it was: also which sections are complete, stale or half-written."""

import random
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.outline_groups import accepted_sections
from tests.ui.conftest import Desk
from tests.ui.scripted_engine import text_reply
from tests.ui.test_undo import (
    do_at_random,
    idle,
    in_paragraphs,
    manuscript,
    outlined,
    put_caret,
    redo,
    section,
    shows_the_document,
    text,
    type_into,
    undo,
)

__all__ = ["outlined"]


def statuses(desk: Desk) -> list[Status]:
    return list(desk.session.document.statuses().values())


def pause(desk: Desk, qtbot: QtBot) -> None:
    desk.session.pause()
    idle(desk.session, qtbot)
    manuscript(desk).flush()


def write_a_part(desk: Desk, section_id: str, qtbot: QtBot) -> None:
    """Two paragraphs of a section, and a pause within the second."""
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.engine.delay_s = 0.01
    desk.session.write_section(section_id)
    qtbot.waitUntil(lambda: len(text(desk, section_id).partition("\n\n")[2].split()) > 4, timeout=8000)
    pause(desk, qtbot)
    desk.engine.delay_s = 0


def test_a_half_written_section_is_half_written_again_when_its_last_paragraph_is_redone(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, one = outlined, section(outlined, 1)
    write_a_part(desk, one, qtbot)
    before = desk.session.document
    assert statuses(desk)[0] is Status.PARTIAL
    undo(desk)
    assert text(desk, one).count("\n\n") == 0
    redo(desk)
    assert statuses(desk)[0] is Status.PARTIAL
    assert desk.session.document == before


def test_what_is_left_of_a_finished_section_after_undo_is_half_written_and_redo_finishes_it(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    before = desk.session.document
    undo(desk)
    assert statuses(desk)[0] is Status.PARTIAL
    redo(desk)
    assert desk.session.document == before
    assert statuses(desk)[0] is Status.WRITTEN


def test_a_section_of_the_persons_own_that_was_written_again_is_what_it_was_after_undo(
    outlined: Desk, qtbot: QtBot
) -> None:
    desk, (one, three) = outlined, (section(outlined, 1), section(outlined, 3))
    type_into(desk, three, "My own words, not finished")
    before = statuses(desk)
    type_into(desk, one, "Above it.")
    desk.engine.replies.append(text_reply(in_paragraphs(1701, 1702)))
    desk.session.write_again(three)
    idle(desk.session, qtbot)
    assert statuses(desk)[2] is Status.WRITTEN
    undo(desk)
    assert text(desk, three) == "My own words, not finished"
    assert desk.session.document.section(three).versions[-1].origin == "generated"
    undo(desk)
    assert statuses(desk) == before
    assert before[2] is Status.PARTIAL


def test_a_finished_text_brought_back_is_finished_and_what_stood_there_is_kept(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    desk.engine.replies.append(text_reply(in_paragraphs(1803, 1804)))
    desk.session.write_section(one)
    idle(desk.session, qtbot)
    finished = desk.session.document
    desk.engine.replies.append(
        text_reply("Fog came in before the daughter had lit the lamp, and all night long she rang a bell.")
    )
    desk.engine.delay_s = 0.01
    desk.session.write_again(one)
    qtbot.waitUntil(lambda: 4 < desk.session.document.section(one).words < 15, timeout=8000)
    pause(desk, qtbot)
    partial = desk.session.document
    undo(desk)
    assert differences(desk.session.document, finished) == [
        ("versions", desk.session.document.section(one).versions, finished.section(one).versions)
    ]
    assert text(desk, one) == finished.section(one).text
    assert partial.section(one).text in {version.text for version in desk.session.document.section(one).versions}
    redo(desk)
    assert desk.session.document == partial


def test_a_typed_paragraph_is_no_version_after_it_was_undone_and_redone(outlined: Desk, qtbot: QtBot) -> None:
    desk, one = outlined, section(outlined, 1)
    write_a_part(desk, one, qtbot)
    before = desk.session.document
    assert before.section(one).versions == ()
    put_caret(desk, one, 20)
    for _ in range(5):
        QTest.keyClick(manuscript(desk), Qt.Key.Key_Backspace)
    assert [each.text for each in desk.session.document.section(one).versions] == [before.section(one).text]
    undo(desk)
    assert desk.session.document == before
    put_caret(desk, one, 20)
    QTest.keyClick(manuscript(desk), Qt.Key.Key_Backspace)
    assert [each.text for each in desk.session.document.section(one).versions] == [before.section(one).text]


def essence(document: Document) -> Document:
    """A document without what is no step: the length asked for, the plan of the first run, and what was put away."""
    sections = tuple(replace(each, versions=()) for each in document.sections)
    return replace(document, sections=sections, trash=(), plan_at_start=(), word_target=0)


def differences(one: Document, other: Document) -> list[tuple[str, object, object]]:
    """What is another in the sections of two documents."""
    assert [each.id for each in one.sections] == [each.id for each in other.sections]
    return [
        (each.name, getattr(a, each.name), getattr(b, each.name))
        for a, b in zip(one.sections, other.sections, strict=True)
        for each in fields(a)
        if getattr(a, each.name) != getattr(b, each.name)
    ]


def do_anything(rng: random.Random, desk: Desk, number: int, qtbot: QtBot) -> None:
    """Something that a person does, who also has the writer at work."""
    session = desk.session
    chosen = rng.choice(session.document.sections).id
    match rng.choice(["do", "do", "do", "write", "again", "part", "keep", "take"]):
        case "do":
            do_at_random(rng, desk, number)
        case "write":
            desk.engine.replies.append(text_reply(in_paragraphs(number, number + 1)))
            session.write_section(chosen)
        case "again":
            desk.engine.replies.append(text_reply(in_paragraphs(number, number + 1)))
            session.write_again(chosen)
        case "part":
            desk.engine.delay_s = 0.001
            session.write()
            qtbot.wait(rng.randint(1, 60))
            session.pause()
        case "keep":
            session.push(accepted_sections(session.document, [chosen]))
        case _ if session.document.section(chosen).text:
            whole = session.document.section(chosen).text
            session.take_passages(chosen, whole, f"{whole}\n\nTaken {number}.")
    idle(session, qtbot)
    desk.engine.delay_s = 0
    manuscript(desk).flush()


@pytest.mark.parametrize("seed", range(8))
def test_all_that_was_done_at_random_and_undone_is_exactly_as_it_was_when_it_is_redone(
    outlined: Desk, qtbot: QtBot, seed: int
) -> None:
    rng, desk, session = random.Random(seed), outlined, outlined.session
    before = session.document
    for number in range(16):
        do_anything(rng, desk, number, qtbot)
    passed = [session.document]
    while session.history.can_undo():
        undo(desk)
        assert shows_the_document(desk)
        passed.append(session.document)
    assert essence(session.document) == essence(before)
    assert len(passed) > 8
    for document in passed[-2::-1]:
        redo(desk)
        assert session.document.statuses() == document.statuses()
        assert differences(session.document, document) == []
    assert replace(session.document, plan_at_start=()) == replace(passed[0], plan_at_start=())
