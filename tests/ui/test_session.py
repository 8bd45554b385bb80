import sqlite3
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import TextChunk
from longwriter_desktop.agentwrite.events import SectionSummarised, TextOmitted
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Status, Version
from longwriter_desktop.errors import InputProblem, NotAProject, OutOfMemory, ProjectProblem
from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.scripted_engine import PLAN_LINES, TITLE, ScriptedEngine, text_reply

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 80), Step(3, "Keepers", 70))


def idle(session: Session) -> bool:
    return session.activity is Activity.IDLE


def outlined(session: Session) -> Document:
    session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return session.document


def section_of(session: Session, number: int) -> str:
    return session.document.sections[number - 1].id


def stored(session: Session) -> Document:
    """What is on the disk."""
    assert session.path is not None
    with Project.open(session.path, read_only=True) as project:
        return project.document


def notices(session: Session) -> list[Notice]:
    heard: list[Notice] = []
    session.noticed.connect(heard.append)
    return heard


def write_until(session: Session, qtbot: QtBot, words: int) -> None:
    session.write()
    qtbot.waitUntil(lambda: session.document.words >= words, timeout=10_000)


# -- documents -------------------------------------------------------------------------------------


def test_a_new_document_has_its_file_at_once(session: Session, paths: AppPaths) -> None:
    session.new_document("Write a 1,200-word history of lighthouses", None, "auto")
    assert session.document.word_target == 1200
    assert session.document.language == "en"
    assert session.path is not None
    assert session.path.parent == paths.documents
    assert "lighthouses" in session.path.stem.lower()
    assert stored(session).instruction == "Write a 1,200-word history of lighthouses"


def test_words_and_language_of_the_person_override_the_instruction(session: Session) -> None:
    session.new_document("Write a 1,200-word history of lighthouses", 800, "zh")
    assert (session.document.word_target, session.document.language) == (800, "zh")


def test_an_outline_of_the_person_gets_targets_that_add_up(session: Session) -> None:
    steps = (Step(1, "Storms", 400), Step(2, "Lamps", 0), Step(3, "Keepers", 0))
    session.new_document_with_outline("", 1000, "auto", steps)
    assert [section.word_target for section in session.document.sections] == [400, 300, 300]
    assert "Storms; Lamps; Keepers" in session.document.instruction
    assert session.writing.engine is None  # no model was asked


def test_what_changes_is_on_the_disk_within_a_second(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    session.set_text(section_of(session, 2), "Typed by hand.")
    qtbot.waitUntil(lambda: stored(session).sections[1].text == "Typed by hand.", timeout=3000)


def test_the_list_of_recent_documents_follows_the_text_while_it_is_open(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.words > 0
    qtbot.waitUntil(lambda: session.file.recent()[0].words == session.document.words, timeout=2000)
    session.set_title("Beacons")
    assert session.file.save_now()
    qtbot.waitUntil(lambda: session.file.recent()[0].title == "Beacons", timeout=2000)


def test_closing_saves_and_opening_brings_everything_back(session: Session) -> None:
    outlined(session)
    session.set_text(section_of(session, 1), "Not lost.")
    path, before = session.path, session.document
    session.close_document()
    assert not session.has_document
    assert path is not None
    session.open(path)
    assert session.document == before


def test_a_foreign_file_is_refused_and_the_document_in_hand_stays(session: Session, tmp_path: Path) -> None:
    before = outlined(session)
    foreign = tmp_path / "holiday.longwriter"
    foreign.write_text("not a project", "utf-8")
    with pytest.raises(NotAProject):
        session.open(foreign)
    assert session.document == before
    assert foreign.read_text("utf-8") == "not a project"


def test_a_folder_that_cannot_be_written_leaves_the_document_in_hand(
    session: Session, paths: AppPaths, tmp_path: Path
) -> None:
    before = outlined(session)
    paths.documents.rename(tmp_path / "elsewhere")
    paths.documents.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ProjectProblem):
        session.new_document("Another text", None, "auto")
    assert session.document == before
    paths.documents.unlink()
    (tmp_path / "elsewhere").rename(paths.documents)


def test_a_save_that_fails_is_told_and_the_text_stays(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    assert session.path is not None
    with sqlite3.connect(session.path) as other:
        other.execute("drop table sections" if _has_table(other, "sections") else "select 1")
    with qtbot.waitSignal(session.file.saving_failed, timeout=15_000) as failed:
        session.set_text(section_of(session, 1), "Precious.")
    assert failed.args
    assert len(str(failed.args[0])) > 20
    assert session.document.sections[0].text == "Precious."


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute("select 1 from sqlite_master where name = ?", (name,)).fetchone()
    return found is not None


# -- planning --------------------------------------------------------------------------------------


def test_a_plan_grows_line_by_line_and_becomes_the_outline(session: Session, qtbot: QtBot) -> None:
    drafts: list[tuple[DraftStep, ...]] = []
    session.draft_changed.connect(drafts.append)
    session.new_document("Write a 2,000-word history of lighthouses", None, "auto")
    session.make_plan()
    assert session.activity is Activity.PLANNING
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.title == TITLE
    assert session.document.words_planned == 2000
    assert session.document.sections[0].main_point == PLAN_LINES[0]
    assert drafts[-1] == ()
    assert any(draft and not draft[-1].settled for draft in drafts)


def test_a_stopped_plan_keeps_its_settled_lines(session: Session, qtbot: QtBot, engine: ScriptedEngine) -> None:
    heard = notices(session)
    session.new_document("Write a 4,000-word history of lighthouses", None, "auto")
    engine.delay_s = 0.01
    session.make_plan()
    qtbot.waitUntil(lambda: sum(step.settled for step in session.draft) >= 2, timeout=10_000)
    session.pause()
    qtbot.waitUntil(lambda: idle(session), timeout=2000)
    assert len(session.document.sections) >= 2
    assert session.document.sections[0].main_point == PLAN_LINES[0]
    assert "kept" in heard[-1].text


def test_planning_again_keeps_what_was_written_and_can_be_undone(session: Session, qtbot: QtBot) -> None:
    outlined(session)
    session.set_text(section_of(session, 1), "Written by hand.")
    before = session.document.sections
    session.make_plan()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.sections[0].main_point == PLAN_LINES[0]
    assert [section.text for section in session.document.trash] == ["Written by hand."]
    session.undo()
    assert session.document.sections == before


def test_an_asked_length_that_nobody_named_comes_from_the_plan(session: Session, qtbot: QtBot) -> None:
    session.new_document("A history of lighthouses", None, "auto")
    assert session.document.word_target == 0
    session.make_plan()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.word_target == session.document.words_planned > 0


# -- writing ---------------------------------------------------------------------------------------


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


def test_an_empty_instruction_is_refused_in_one_sentence(session: Session) -> None:
    with pytest.raises(InputProblem):
        session.new_document("   ", None, "auto")
    assert not session.has_document


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


def test_a_wish_about_a_section_that_is_gone_changes_nothing(session: Session) -> None:
    outlined(session)
    gone = section_of(session, 2)
    session.delete_sections([gone])
    before = session.document
    session.set_main_point(gone, "x")
    session.set_target(gone, 5)
    session.set_text(gone, "x")
    session.set_heading_in_manuscript(gone, "x")
    session.toggle_lock(gone)
    session.move_sections([gone], 0)
    session.delete_sections([gone])
    session.use_version(gone, Version("x", 0.0, "edited"))
    session.write_again(gone)
    assert session.document is before
    assert idle(session)


def test_a_plan_that_replaces_text_says_so_and_offers_undo(session: Session, qtbot: QtBot) -> None:
    heard = notices(session)
    outlined(session)
    session.set_text(section_of(session, 1), "Written by hand.")
    session.make_plan()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert "1 section was put away" in heard[-1].text
    heard[-1].actions[0].do()
    assert session.document.sections[0].text == "Written by hand."


def test_a_chinese_document_is_planned_and_written_with_chinese_prompts(
    session: Session, qtbot: QtBot, engine: ScriptedEngine
) -> None:
    session.new_document("写一篇600字的灯塔历史", None, "auto")
    session.make_plan()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.language == "zh"
    assert session.document.word_target == 600
    assert all("Word Count" not in message.content for prompt in engine.prompts for message in prompt.messages)


def test_a_summary_of_the_persons_own_is_theirs_and_can_be_undone(session: Session) -> None:
    outlined(session)
    first = section_of(session, 1)
    session._record([SectionSummarised(first, "The model's.", "f")])
    assert session.document.section(first).summary == "The model's."
    session.set_summary(first, " Mine. ")
    assert (session.document.section(first).summary, session.document.section(first).summary_of) == ("Mine.", "")
    session._record([SectionSummarised(first, "The model's again.", "f")])
    assert session.document.section(first).summary == "Mine."
    session.undo()
    section = session.document.section(first)
    assert (section.summary, section.summary_of) == ("The model's.", "f")


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
