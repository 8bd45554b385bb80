"""The session while the model writes: pausing, typing meanwhile, writing again, and what can go wrong."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import TextChunk
from longwriter_desktop.agentwrite.events import TextOmitted
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.section import Status
from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.reading_ahead import idle, notices, outlined
from tests.ui.scripted_engine import ScriptedEngine, text_reply
from tests.ui.sessions import section_of, stored, write_until


def test_writing_fills_every_section_and_says_so(session: Session, qtbot: QtBot) -> None:
    heard = notices(session)
    outlined(session)
    session.write()
    assert session.activity is Activity.WRITING
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}
    assert heard[-1].text.startswith("Done:")
    assert session.section_in_work == ""
    session.file.save_now()
    assert stored(session) == session.document


def test_what_the_window_is_told_adds_up_to_the_document(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    texts = {section.id: "" for section in session.document.sections}

    def cut(section_id: str, characters: int) -> None:
        texts[section_id] = texts[section_id][: len(texts[section_id]) - characters]

    session.text_written.connect(lambda section_id, text: texts.update({section_id: texts[section_id] + text}))
    session.text_cut.connect(cut)
    session.text_cleared.connect(lambda section_id: texts.update({section_id: ""}))
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    session.write_again(section_of(session, 2))
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert texts == {section.id: section.text for section in session.document.sections}


@pytest.mark.alone
def test_pausing_is_at_once_and_writing_goes_on_from_there(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.005
    write_until(session, qtbot, 20)
    began = time.monotonic()
    session.pause()
    assert time.monotonic() - began < 0.15
    assert not session.is_busy
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    half = session.document.sections[0].text
    assert half
    engine.delay_s = 0
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[0].text.startswith(half)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_write_right_after_pause_waits_for_the_engine_and_then_goes_on(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.002
    write_until(session, qtbot, 10)
    session.pause()
    session.write()
    qtbot.waitUntil(lambda: idle(session) and session.document.words >= 200, timeout=10_000)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_typing_elsewhere_while_writing_goes_on_undisturbed(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.003
    write_until(session, qtbot, 10)
    last = section_of(session, 3)
    for length in range(1, 20):
        session.set_text(last, "Typed by hand. "[:length])
        qtbot.wait(5)
    assert session.is_busy
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    assert session.document.sections[2].text == "Typed by hand. "
    assert session.document.sections[0].words >= 10


def test_writing_again_keeps_the_old_text_as_a_version(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    old = session.document.sections[1].text
    session.set_text(section_of(session, 1), session.document.sections[0].text + " More.")
    session.write_again(section_of(session, 2))
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    section = session.document.sections[1]
    assert old in [version.text for version in section.versions]
    assert section.complete
    session.use_version(section.id, section.versions[0])
    assert session.document.sections[1].text == section.versions[0].text


def test_writing_one_section_leaves_the_others_alone(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    session.write_section(section_of(session, 2))
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert [bool(section.text) for section in session.document.sections] == [False, True, False]


def test_a_locked_section_is_not_written_and_the_person_is_told(session: Session, qtbot: QtBot) -> None:
    heard = notices(session)
    outlined(session)
    session.toggle_lock(section_of(session, 2))
    session.write_again(section_of(session, 2))
    assert idle(session)
    assert "locked" in heard[-1].text
    assert heard[-1].actions[0].label == "Unlock"
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[1].text == ""
    heard[-2].actions[0].do()
    assert not session.document.sections[1].locked


@pytest.mark.parametrize("what", ["delete", "move", "lock"])
def test_changing_the_section_being_written_pauses_first(
    session: Session, qtbot: QtBot, engine: ScriptedEngine, what: str
) -> None:
    outlined(session)
    engine.delay_s = 0.005
    write_until(session, qtbot, 10)
    first = section_of(session, 1)
    assert session.section_in_work == first
    match what:
        case "delete":
            session.delete_sections([first])
        case "move":
            session.move_sections([first], 2)
        case "lock":
            session.toggle_lock(first)
    assert not session.is_busy
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    session.undo()
    assert session.document.index(first) == 0
    assert session.document.sections[0].words >= 10


def test_changing_another_section_does_not_pause(session: Session, qtbot: QtBot, engine: ScriptedEngine) -> None:
    outlined(session)
    engine.delay_s = 0.003
    write_until(session, qtbot, 10)
    session.set_target(section_of(session, 3), 90)
    session.delete_sections([section_of(session, 2)])
    assert session.is_busy
    engine.delay_s = 0
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert [section.main_point for section in session.document.sections] == ["Storms", "Keepers"]
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_a_problem_of_the_engine_is_told_in_its_own_words_and_the_text_is_kept(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    heard = notices(session)
    outlined(session)
    sentence = "The model ran out of memory at section 1. Everything up to there is saved."
    half = "The lamp was lit in the evening, and the keeper wrote down the hour. The wind rose before midnight. "
    engine.replies.append([*text_reply(half)[:-1], OutOfMemory(sentence)])
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert heard[-1] == Notice(sentence, "problem")
    assert half.startswith(session.document.sections[0].text)
    assert session.document.words > 10
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_a_fault_of_the_app_is_told_calmly_with_the_place_of_the_log(
    session: Session, qtbot: QtBot, engine: ScriptedEngine, paths: AppPaths, caplog: pytest.LogCaptureFixture
) -> None:
    heard = notices(session)
    outlined(session)
    engine.replies.append([TextChunk("The", 1), ZeroDivisionError("oops")])
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert "fault of the app" in heard[-1].text
    assert str(paths.log) in heard[-1].text
    assert "oops" not in heard[-1].text
    assert "oops" in caplog.text


def test_closing_while_writing_stops_the_thread_and_keeps_the_text(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.005
    write_until(session, qtbot, 10)
    path = session.path
    session.close()
    assert engine.closed
    assert path is not None
    with Project.open(path, read_only=True) as project:
        assert project.document.words >= 10


def test_another_model_stops_the_old_one_and_ends_its_process(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.005
    write_until(session, qtbot, 10)
    session.choose_model(Model("other", "Other", Path("/nowhere/other.gguf")))
    assert not session.is_busy
    qtbot.waitUntil(lambda: engine.closed, timeout=2000)
    assert session.document.words >= 10


def test_many_tokens_are_few_signals(session: Session, qtbot: QtBot, engine: ScriptedEngine) -> None:
    signals: list[str] = []
    session.text_written.connect(lambda _, text: signals.append(text))
    outlined(session)
    began = time.monotonic()
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    seconds = time.monotonic() - began
    assert session.document.words > 150
    assert len(signals) <= 31 * seconds + 2 * len(session.document.sections) + 2


def test_what_the_writer_says_after_the_person_has_typed_is_not_taken_over(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.03
    write_until(session, qtbot, 5)
    first = section_of(session, 1)
    session.pause_for_typing()
    typed = session.document.sections[0].text + " Typed."
    session.set_text(first, typed)
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    assert session.document.sections[0].text == typed
    engine.delay_s = 0
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[0].text.startswith(typed)
    assert set(session.document.statuses().values()) == {Status.WRITTEN}


def test_a_text_too_long_for_the_context_is_mentioned(session: Session) -> None:
    heard = notices(session)
    outlined(session)
    session._record([TextOmitted(2, 4)])
    assert "of sections 2 to 4 it reads short summaries" in heard[-1].text


def test_a_run_over_one_section_tells_of_that_one(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    heard = notices(session)
    session.write_section(section_of(session, 2))
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    words, target = session.document.sections[1].words, session.document.sections[1].word_target
    assert heard[-1].text == f"Section 2 is written: {words:,} of {target:,} words."
    session.write_again(section_of(session, 2))
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    words = session.document.sections[1].words
    assert heard[-1].text == f"Section 2 is written again: {words:,} of {target:,} words."
    ids = [section_of(session, number) for number in (1, 2)]
    session.write_sections(ids, again=True)
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert heard[-1].text.startswith("2 sections are written again: ")


def test_what_is_stopped_while_a_passage_is_rewritten_is_no_pause_in_a_section(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    outlined(session)
    engine.delay_s = 0.02
    write_until(session, qtbot, 5)
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.run.why_stopped(session.document) == "paused in section 1"
    first = session.document.sections[0]
    session.rewrite(Passage(first.id, 0, first.text), Wish("shorten"))
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.run.why_stopped(session.document) == ""
