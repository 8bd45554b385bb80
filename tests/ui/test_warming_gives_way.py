"""What is asked while the model reads ahead begins at once, and nothing is lost by it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, TextChunk
from longwriter_desktop.document.section import Status
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.warming import Warming
from longwriter_desktop.ui.writing import Activity
from tests.ui.reading_ahead import (
    GIVEN_WAY_S,
    PAUSE_MS,
    Ahead,
    idle,
    outlined,
    quiet,
    slowly,
    until_warm,
    until_warming,
)
from tests.ui.scripted_engine import READ, ScriptedEngine, text_reply


@pytest.mark.parametrize("what", ["write again", "one section", "plan"])
def test_what_is_asked_in_the_midst_begins_at_once(ahead: Ahead, qtbot: QtBot, what: str) -> None:
    session, engine = ahead.session, ahead.engine
    document = outlined(session)
    session.set_text(document.sections[0].id, "Written by hand, and well.")
    engine.hold_warming()
    until_warming(ahead, qtbot)
    began = time.monotonic()
    match what:
        case "write again":
            session.write_again(document.sections[0].id)
        case "one section":
            session.write_section(document.sections[2].id)
        case "plan":
            session.make_plan()
    assert session.is_busy
    qtbot.waitUntil(lambda: bool(engine.prompts), timeout=5000)
    assert time.monotonic() - began < GIVEN_WAY_S
    assert engine.finished_warmings == 0
    engine.warming_held = False
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    if what == "plan":
        assert len(session.document.sections) > 1
        assert session.document.sections[0].id != document.sections[0].id
    else:
        written = session.document.sections[0 if what == "write again" else 2]
        assert written.complete
        assert abs(written.words - written.word_target) < 12


def test_write_in_the_midst_lets_the_same_prompt_be_read_to_its_end(ahead: Ahead, qtbot: QtBot) -> None:
    """A piece of 512 tokens that is broken off would have to be read once more."""
    session, engine = ahead.session, ahead.engine
    outlined(session)
    engine.hold_warming()
    until_warming(ahead, qtbot)
    session.write()
    assert session.activity is Activity.WRITING
    qtbot.wait(100)
    assert session.activity is Activity.WRITING
    assert engine.prompts == []
    engine.go_on()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert engine.finished_warmings == 1
    assert engine.prompts[0] == engine.warmed[0]
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_an_edit_while_write_waits_makes_it_begin(ahead: Ahead, qtbot: QtBot) -> None:
    session, engine = ahead.session, ahead.engine
    outlined(session)
    engine.hold_warming()
    until_warming(ahead, qtbot)
    session.write()
    session.set_text(session.document.sections[1].id, "Typed meanwhile")
    qtbot.waitUntil(lambda: bool(engine.prompts), timeout=2000)
    assert engine.finished_warmings == 0
    engine.warming_held = False
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[1].text.startswith("Typed meanwhile")
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_pause_while_write_waits_is_at_once(ahead: Ahead, qtbot: QtBot) -> None:
    session, engine = ahead.session, ahead.engine
    outlined(session)
    engine.hold_warming()
    until_warming(ahead, qtbot)
    session.write()
    session.pause()
    assert idle(session)
    engine.go_on()
    until_warm(ahead, qtbot)
    assert engine.prompts == []
    session.write()
    session.pause()
    session.write()
    qtbot.waitUntil(lambda: idle(session) and session.document.words > 150, timeout=10_000)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_a_model_that_is_being_loaded_is_loaded_whoever_wants_it(ahead: Ahead, qtbot: QtBot) -> None:
    session, engine = ahead.session, ahead.engine
    loading = [ModelLoading(step / 20) for step in range(21)]
    loaded: list[bool] = []

    def load_and_read() -> Iterator[EngineEvent]:
        yield from slowly(*loading)
        loaded.append(True)
        yield from READ

    engine.warmings.append(load_and_read())
    document = outlined(session)
    told: list[float] = []
    session.writing.model_loading.connect(lambda loading: told.append(loading.fraction))
    until_warming(ahead, qtbot)
    engine.hold_warming()
    session.write_section(document.sections[2].id)
    session.set_text(document.sections[0].id, "Typed meanwhile")
    assert session.activity is Activity.WRITING
    qtbot.waitUntil(lambda: bool(engine.prompts), timeout=5000)
    assert told
    assert session.writing.engine is engine
    assert loaded == [True]
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[2].complete


@pytest.mark.parametrize("loading", [False, True], ids=["reading", "loading"])
def test_closing_in_the_midst_ends_thread_and_engine(ahead: Ahead, qtbot: QtBot, loading: bool) -> None:
    engine = ahead.engine
    engine.hold_warming()
    if loading:
        engine.warmings.append(slowly(*[ModelLoading(0.1)] * 1000))
    outlined(ahead.session)
    until_warming(ahead, qtbot)
    began = time.monotonic()
    ahead.session.close()
    assert time.monotonic() - began < 1.0
    assert engine.closed
    assert not ahead.session.writing.is_warming
    assert engine.finished_warmings == 0


def test_putting_the_document_away_ends_it_without_waiting(ahead: Ahead, qtbot: QtBot) -> None:
    ahead.engine.hold_warming()
    outlined(ahead.session)
    until_warming(ahead, qtbot)
    ahead.session.close_document()
    qtbot.waitUntil(lambda: not ahead.session.writing.is_warming, timeout=2000)
    quiet(qtbot)
    assert len(ahead.engine.warmed) == 1


def test_another_model_in_the_midst_ends_the_old_one_and_is_read_with(session: Session, qtbot: QtBot) -> None:
    engines = [ScriptedEngine(), ScriptedEngine()]
    unused = iter(engines)
    session.writing._open_engine = lambda _model: next(unused)
    Warming(session, may_load=lambda _: True, least_percent=lambda: 40, battery=lambda: None, pause_ms=PAUSE_MS)
    engines[0].hold_warming()
    outlined(session)
    qtbot.waitUntil(lambda: bool(engines[0].warmed), timeout=2000)
    session.choose_model(Model("other", "Other", Path("/nowhere/other.gguf")))
    qtbot.waitUntil(lambda: engines[0].closed, timeout=2000)
    qtbot.waitUntil(lambda: engines[1].finished_warmings == 1, timeout=2000)
    assert engines[0].finished_warmings == 0
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert engines[1].prompts
    assert engines[0].prompts == []


def test_a_written_text_is_the_same_with_and_without_reading_ahead(ahead: Ahead, qtbot: QtBot) -> None:
    """Write, pause, edit and go on, with reading ahead at every chance: nothing is lost or doubled."""
    session, engine = ahead.session, ahead.engine
    outlined(session)
    engine.delay_s = 0.002
    texts = {section.id: "" for section in session.document.sections}
    session.text_written.connect(lambda section_id, text: texts.update({section_id: texts[section_id] + text}))
    session.text_cut.connect(lambda section_id, count: texts.update({section_id: texts[section_id][:-count]}))
    for _ in range(6):
        session.write()
        words = session.document.words
        qtbot.waitUntil(lambda: idle(session) or session.document.words > words + 8, timeout=5000)  # noqa: B023 - run at once
        session.pause()
        qtbot.wait(PAUSE_MS // 2)
    session.write()
    qtbot.waitUntil(lambda: idle(session) and session.document.words > 150, timeout=10_000)
    assert texts == {section.id: section.text for section in session.document.sections}
    assert set(session.document.statuses().values()) == {Status.WRITTEN}
    assert len(engine.warmed) > 2


def test_text_that_comes_is_never_that_of_another_run(ahead: Ahead, qtbot: QtBot) -> None:
    """Write and pause in quick turns while the engine reads ahead: one thing at a time, and every word in its place."""
    session, engine = ahead.session, ahead.engine
    outlined(session)
    for turn in range(12):
        engine.replies.append([TextChunk(f"Turn {turn} ", 2), *text_reply("goes on. " * 3)])
        session.write()
        qtbot.wait((turn * 7) % 23)
        session.pause()
        qtbot.wait((turn * 5) % 19)
    qtbot.waitUntil(lambda: idle(session), timeout=5000)
    engine.replies.clear()
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}
