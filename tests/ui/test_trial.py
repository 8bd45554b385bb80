"""Alternatives that are being written, while the person does something else with their section."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.session import Session
from tests.ui.reading_ahead import idle, outlined
from tests.ui.scripted_engine import ScriptedEngine


def type_in(session: Session, section_id: str) -> None:
    session.set_text(section_id, "Typed by hand.")


def nothing(_session: Session, _section_id: str) -> None:
    pass


@pytest.mark.parametrize(
    ("do", "stays", "text"),
    [(type_in, True, "Typed by hand."), (Session.toggle_lock, True, ""), (nothing, False, "")],
)
def test_the_first_becomes_the_text_of_a_section_that_was_left_alone(
    session: Session,
    engine: ScriptedEngine,
    qtbot: QtBot,
    do: Callable[[Session, str], None],
    stays: bool,
    text: str,
) -> None:
    first = outlined(session).sections[0].id
    engine.hold()
    session.write_alternatives(first)
    qtbot.waitUntil(lambda: bool(engine.prompts), timeout=5000)
    do(session, first)
    engine.go_on()
    qtbot.waitUntil(lambda: idle(session), timeout=20_000)
    section = session.document.section(first)
    assert (section.text == text) is stays
    assert any(each.origin == "generated" for each in section.versions)
