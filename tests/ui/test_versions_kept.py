"""Whatever takes a text's place, the text stays: among the versions of its section, or in the trash."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepPlanned
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import RewriteFinished
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.outline_changes import new_plan
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Desk

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 60), Step(3, "Keepers", 60))
CTRL = Qt.KeyboardModifier.ControlModifier
OWN = "I wrote this paragraph myself on a wet evening in June and I would be sorry to lose a single word of it today."


@pytest.fixture
def outlined(desk: Desk) -> Desk:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return desk


def idle(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=8000)


def first(desk: Desk) -> Section:
    return desk.session.document.sections[0]


def texts(desk: Desk) -> set[str]:
    """Every text that the document holds."""
    document = desk.session.document
    sections = (*document.sections, *document.trash)
    return {each.text for each in sections} | {kept.text for each in sections for kept in each.versions}


def half_written(desk: Desk, qtbot: QtBot) -> str:
    """Has the writer begin the first section and pauses; returns what stands there."""
    desk.engine.delay_s = 0.003
    desk.session.write()
    qtbot.waitUntil(lambda: first(desk).words > 8, timeout=8000)
    desk.session.pause()
    idle(desk.session, qtbot)
    desk.engine.delay_s = 0
    manuscript(desk).flush()
    return first(desk).text


def manuscript(desk: Desk) -> Manuscript:
    return desk.window.workspace.manuscript


def write_again(desk: Desk, qtbot: QtBot) -> None:
    desk.session.write_again(first(desk).id)
    idle(desk.session, qtbot)


def make_another_plan(desk: Desk, qtbot: QtBot) -> None:
    plan = PlanFinished("Title", (StepPlanned(Step(1, "New", 100), ""),), Usage())
    desk.session.push(new_plan(desk.session.document, plan))


def delete(desk: Desk, qtbot: QtBot) -> None:
    desk.session.delete_sections([first(desk).id])


def use_a_version(desk: Desk, qtbot: QtBot) -> None:
    desk.session.use_version(first(desk).id, Version("Another.", 1.0, "generated"))


def type_over_all(desk: Desk, qtbot: QtBot) -> None:
    manuscript(desk).setFocus()
    manuscript(desk).selectAll()
    QTest.keyClicks(manuscript(desk), "x")


def cut_all(desk: Desk, qtbot: QtBot) -> None:
    manuscript(desk).setFocus()
    manuscript(desk).selectAll()
    QTest.keyClick(manuscript(desk), Qt.Key.Key_X, CTRL)


def take_a_rewritten_passage(desk: Desk, qtbot: QtBot) -> None:
    section = first(desk)
    passage = Passage(section.id, 0, section.text.split(" ")[0])
    desk.session.take_rewrite(RewriteFinished(passage, "Otherwise", "end", "scripted", 1, 0.5, "", passage))
    assert first(desk).text.startswith("Otherwise")


def choose_an_alternative(desk: Desk, qtbot: QtBot) -> None:
    desk.session.write_alternatives(first(desk).id)
    idle(desk.session, qtbot)
    desk.session.use_version(first(desk).id, first(desk).versions[-1])


WAYS: list[Callable[[Desk, QtBot], None]] = [
    *(write_again, make_another_plan, delete, use_a_version, type_over_all, cut_all),
    *(take_a_rewritten_passage, choose_an_alternative),
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_half_written_text_stays(outlined: Desk, qtbot: QtBot, way: Callable[[Desk, QtBot], None]) -> None:
    text = half_written(outlined, qtbot)
    way(outlined, qtbot)
    assert text not in [each.text for each in outlined.session.document.sections]
    assert text in texts(outlined)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_text_of_the_persons_own_stays(outlined: Desk, qtbot: QtBot, way: Callable[[Desk, QtBot], None]) -> None:
    manuscript(outlined).show_section(first(outlined).id)
    QTest.keyClicks(manuscript(outlined), OWN)
    way(outlined, qtbot)
    assert OWN not in [each.text for each in outlined.session.document.sections]
    assert OWN in texts(outlined)


def test_a_finished_text_stays_when_it_is_corrected(outlined: Desk, qtbot: QtBot) -> None:
    outlined.session.write_section(first(outlined).id)
    idle(outlined.session, qtbot)
    written = first(outlined).text
    QTest.keyClick(manuscript(outlined), Qt.Key.Key_Backspace)
    outlined.session.set_text(first(outlined).id, written[:-1])
    assert written in texts(outlined)


def test_a_half_written_text_stays_when_it_is_corrected_after_opening_it_again(outlined: Desk, qtbot: QtBot) -> None:
    written = half_written(outlined, qtbot)
    path = outlined.session.path
    assert path is not None
    outlined.session.close_document()
    outlined.session.open(path)
    outlined.session.set_text(first(outlined).id, written[:-1])
    outlined.session.set_text(first(outlined).id, written[:-2])
    assert [each.text for each in first(outlined).versions] == [written]


def test_a_repair_of_the_plan_puts_no_text_away(outlined: Desk, qtbot: QtBot) -> None:
    session = outlined.session
    session.set_text(first(outlined).id, OWN)
    session.put(replace(session.document, word_target=3000), outdated=True)
    before = len(session.document.sections)
    session.repair_plan(None)
    assert len(session.document.sections) >= before - 1
    assert OWN in texts(outlined)
