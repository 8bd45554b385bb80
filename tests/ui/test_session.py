import sqlite3
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.events import SectionSummarised
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import InputProblem, NotAProject, ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.reading_ahead import idle, notices, outlined
from tests.ui.scripted_engine import PLAN_LINES, TITLE, ScriptedEngine
from tests.ui.sessions import section_of, stored

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
    session.undo()
    assert session.document.title == "History of lighthouses"
    session.redo()
    assert session.document.title == TITLE


def test_a_plan_leaves_a_title_of_ones_own(session: Session, qtbot: QtBot) -> None:
    session.new_document("Write a 2,000-word history of lighthouses", None, "auto")
    session.set_title("Light on the water")
    session.make_plan()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.title == "Light on the water"


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
    assert session.document.title == "History of lighthouses"  # as the file is called, and with it the window


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


def test_an_empty_instruction_is_refused_in_one_sentence(session: Session) -> None:
    with pytest.raises(InputProblem):
        session.new_document("   ", None, "auto")
    assert not session.has_document


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
