"""What the tests of reading ahead share."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import EngineEvent
from longwriter_desktop.agentwrite.next_prompt import next_prompt
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.scripted_engine import HEARTBEAT_S, ScriptedEngine

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 80), Step(3, "Keepers", 70))
PAUSE_MS = 40
GIVEN_WAY_S = 2.0
"""An engine takes 0.1 s to stop; the rest is for a machine that does other things. What is held would last for ever."""


@dataclass
class Charge:
    """A battery that a test charges; ``asked`` counts."""

    percent: float = 100.0
    power_plugged: bool | None = False
    asked: int = 0


@dataclass
class Ahead:
    """A session that reads ahead, and what a test turns about it."""

    session: Session
    engine: ScriptedEngine
    battery: Charge | None
    may_load: bool = True
    loads_asked: int = 0


def outlined(session: Session) -> Document:
    session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return session.document


def wanted(session: Session) -> object:
    """The prompt that Write would need now."""
    model = session.model
    assert model is not None
    return next_prompt(
        session.document, lambda _: load_templates("en", AppPaths.of_this_machine()), layout=model.layout
    )


def idle(session: Session) -> bool:
    return session.activity is Activity.IDLE


def until_warm(ahead: Ahead, qtbot: QtBot) -> None:
    """Until what Write would need has been read, and not before."""
    qtbot.waitUntil(
        lambda: (
            not ahead.session.writing.is_warming
            and ahead.engine.warmed[-1:] == [wanted(ahead.session)]
            and ahead.engine.finished_warmings > 0
        ),
        timeout=5000,
    )


def until_warming(ahead: Ahead, qtbot: QtBot) -> None:
    """Until the engine is in the middle of it."""
    before = len(ahead.engine.warmed)
    qtbot.waitUntil(lambda: ahead.session.writing.is_warming and len(ahead.engine.warmed) > before, timeout=5000)


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def activities(session: Session) -> list[Activity]:
    heard: list[Activity] = []
    session.activity_changed.connect(heard.append)
    return heard


def quiet(qtbot: QtBot) -> None:
    """Long enough for anything that is going to begin."""
    qtbot.wait(6 * PAUSE_MS)


def slowly(*events: EngineEvent) -> Iterator[EngineEvent]:
    """The events with the pace of a slow machine."""
    for event in events:
        time.sleep(HEARTBEAT_S)
        yield event
