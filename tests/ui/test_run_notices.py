from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.run_notices import kept_lines_sentence
from longwriter_desktop.ui.session import Session
from tests.ui.reading_ahead import idle, notices, outlined
from tests.ui.scripted_engine import ScriptedEngine


def alternatives(session: Session) -> None:
    session.write_alternatives(session.document.sections[0].id)


@pytest.mark.parametrize("ask", [Session.write, Session.make_plan, Session.write_parallel, alternatives])
def test_without_a_model_each_wish_is_answered_and_nothing_is_begun(
    paths: AppPaths, qtbot: QtBot, ask: Callable[[Session], None]
) -> None:
    session = Session(DocumentFile(paths), lambda _: ScriptedEngine(), lambda _: load_templates("en", paths))
    heard = notices(session)
    before = outlined(session)
    ask(session)
    assert heard[-1].text.startswith("No model is chosen, so nothing was begun.")
    assert idle(session)
    assert session.document == before
    session.close()


def test_a_stopped_plan_of_one_line_is_told_as_one(session: Session, engine: ScriptedEngine, qtbot: QtBot) -> None:
    heard = notices(session)
    session.new_document("Write a 4,000-word history of lighthouses", None, "auto")
    engine.delay_s = 0.02
    session.make_plan()
    qtbot.waitUntil(lambda: sum(step.settled for step in session.draft) >= 1, timeout=10_000)
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    assert heard[-1].text == kept_lines_sentence(len(session.document.sections))
    assert kept_lines_sentence(1) == "Planning was stopped. The 1 line made so far is kept."
    assert kept_lines_sentence(2) == "Planning was stopped. The 2 lines made so far are kept."
