"""Before a document goes, its person hears what stopping the model would lose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import MODEL, Desk
from tests.ui.reading_ahead import idle, outlined
from tests.ui.test_file_dialogs import press, when_a_dialog_opens

STOP, STAY = "Stop it", "Let it go on"


def alternatives(session: Session) -> None:
    session.write_alternatives(session.document.sections[0].id)


def rewriting(session: Session) -> None:
    section = session.document.sections[0]
    session.set_text(section.id, "Storms sank many ships.")
    session.rewrite(Passage(section.id, 0, "Storms"), Wish("shorten"))


BEGIN = (alternatives, rewriting, Session.make_plan)


def busy(desk: Desk, begin: Callable[[Session], None]) -> None:
    """The model is at work on something, and does not come to an end."""
    outlined(desk.session)
    desk.engine.hold()
    begin(desk.session)
    assert desk.session.is_busy


def is_open(desk: Desk) -> bool:
    return desk.session.has_document


@pytest.mark.parametrize("begin", BEGIN)
def test_who_would_lose_what_is_being_made_is_asked_and_may_stay(
    desk: Desk, begin: Callable[[Session], None], qtbot: QtBot
) -> None:
    busy(desk, begin)
    when_a_dialog_opens(press(STAY))
    desk.window.menus.quit.trigger()
    assert desk.window.isVisible()
    assert desk.session.is_busy
    when_a_dialog_opens(press(STAY))
    desk.window.menus.close.trigger()
    assert desk.session.has_document
    assert desk.session.is_busy
    when_a_dialog_opens(press(STOP))
    desk.window.menus.quit.trigger()
    assert not desk.window.isVisible()
    assert not desk.session.has_document


def test_the_question_is_answered_with_escape(desk: Desk, qtbot: QtBot) -> None:
    busy(desk, alternatives)
    when_a_dialog_opens(lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    desk.window.menus.quit.trigger()
    assert desk.window.isVisible()
    assert desk.session.activity is Activity.TRYING
    desk.session.pause()
    desk.engine.go_on()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)


def another_section(session: Session) -> None:
    session.write_again(session.document.sections[1].id)


def another_passage(session: Session) -> None:
    session.rewrite(Passage(session.document.sections[1].id, 0, "Lamps"), Wish("expand"))


@pytest.mark.parametrize("begin", BEGIN)
@pytest.mark.parametrize("other", [another_section, another_passage, alternatives])
def test_nothing_else_is_begun_in_the_middle_of_it_without_a_word(
    desk: Desk, begin: Callable[[Session], None], other: Callable[[Session], None], qtbot: QtBot
) -> None:
    busy(desk, begin)
    before = desk.session.activity
    other(desk.session)
    assert desk.session.activity is before
    assert "So nothing else was begun." in desk.window.notice.text
    (stop,) = (
        each for each in desk.window.notice.findChildren(QPushButton) if each.text() == STOP and each.isVisible()
    )
    stop.click()
    desk.engine.go_on()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)


def test_another_model_is_not_chosen_in_the_middle_of_it_without_a_question(desk: Desk, qtbot: QtBot) -> None:
    busy(desk, alternatives)
    other = Model("other", "Other 3B", Path("/nowhere/other.gguf"))
    when_a_dialog_opens(press(STAY))
    desk.window.use_model(other)
    assert desk.session.activity is Activity.TRYING
    assert desk.session.model == MODEL
    assert desk.window.settings.model == MODEL.name
    when_a_dialog_opens(press(STOP))
    desk.window.use_model(other)
    assert desk.session.model == other
    desk.engine.go_on()
    qtbot.waitUntil(lambda: idle(desk.session), timeout=5000)


def test_nobody_is_asked_where_all_is_kept(desk: Desk, qtbot: QtBot) -> None:
    """What was written is text, and the lines of a first plan become the plan."""
    outlined(desk.session)
    desk.engine.hold()
    desk.session.write()
    desk.window.menus.close.trigger()
    assert not desk.session.has_document
    desk.session.new_document("A history of lighthouses", 900, "en")
    desk.session.make_plan()
    desk.window.menus.close.trigger()
    assert not desk.session.has_document


def test_a_new_passage_that_is_not_taken_yet_is_not_left_without_a_question(desk: Desk, qtbot: QtBot) -> None:
    outlined(desk.session)
    section, workspace = desk.session.document.sections[0], desk.window.workspace
    desk.session.set_text(section.id, "Storms sank many ships.")
    workspace.manuscript.set_document(desk.session.document)
    desk.engine.answer = lambda _: "Gales sank ships."
    workspace.rewriting.begin(Passage(section.id, 0, "Storms sank many ships."), Wish("shorten"), "en")
    qtbot.waitUntil(lambda: workspace.rewriting.has_new_passage and idle(desk.session), timeout=5000)
    when_a_dialog_opens(press("Back to it"))
    desk.window.menus.close.trigger()
    assert is_open(desk)
    assert workspace.rewriting.has_new_passage
    when_a_dialog_opens(press("Leave it"))
    desk.window.menus.close.trigger()
    assert not is_open(desk)
    outlined(desk.session)
    desk.window.menus.close.trigger()  # Nothing of it is left to be asked about.
    assert not is_open(desk)
