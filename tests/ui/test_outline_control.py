"""Deeds on one or several sections: what they do, and that one undo takes them back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.outline_control import OutlineControl
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import Clock
from tests.ui.documents import ids, lighthouses, written
from tests.ui.scripted_engine import ScriptedEngine


@pytest.fixture
def control(session: Session, clock: Clock) -> OutlineControl:
    session.new_document("A history of lighthouses", 1000, "en")
    return OutlineControl(session, clock)


def hold(session: Session, document: Document) -> Document:
    held = replace(session.document, sections=document.sections, word_target=document.word_target, trash=())
    session.put(held, outdated=True)
    session.history.clear()
    return session.document


def order(session: Session) -> list[str]:
    return [section.id for section in session.document.sections]


def bare(*words: int) -> Document:
    """`lighthouses` without headings, so that no section begins a chapter."""
    document = lighthouses(*words)
    return replace(document, sections=tuple(replace(each, heading="") for each in document.sections))


def told(session: Session) -> list[str]:
    heard: list[str] = []
    session.noticed.connect(lambda notice: heard.append(notice.text))
    return heard


def test_sections_move_together_and_come_back_with_one_undo(session: Session, control: OutlineControl) -> None:
    hold(session, bare(100, 200, 300, 400))
    control.move(["s4", "s2"], 0)
    assert order(session) == ["s2", "s4", "s1", "s3"]
    session.put(session.document.with_text("s4", "arrived since"))
    session.undo()
    assert order(session) == ["s1", "s2", "s3", "s4"]
    assert session.document.section("s4").text == "arrived since"
    session.redo()
    assert order(session) == ["s2", "s4", "s1", "s3"]


def test_a_move_to_where_they_stand_is_no_step(session: Session, control: OutlineControl) -> None:
    hold(session, bare(100, 200, 300))
    control.move(["s1", "s2"], 0)
    assert not session.history.can_undo()


def test_the_heading_of_a_chapter_stays_when_its_first_section_moves_out(
    session: Session, control: OutlineControl
) -> None:
    document = bare(100, 200, 300)
    hold(session, document.with_section(replace(document.section("s1"), heading="Storms")))
    control.move(["s1"], 1)
    assert [(each.id, each.heading) for each in session.document.sections] == [("s2", "Storms"), ("s1", ""), ("s3", "")]
    session.undo()
    assert [each.heading for each in session.document.sections] == ["Storms", "", ""]
    control.move(["s3"], 0, opens=True)
    assert [(each.id, each.heading) for each in session.document.sections] == [("s3", "Storms"), ("s1", ""), ("s2", "")]


def test_several_sections_are_deleted_at_once_and_come_back_to_their_places(
    session: Session, control: OutlineControl
) -> None:
    before = hold(session, bare(100, 200, 300, 400).with_text("s2", "precious"))
    heard = told(session)
    control.delete(["s3", "s2"])
    assert order(session) == ["s1", "s4"]
    assert [each.id for each in session.document.trash] == ["s2", "s3"]
    assert heard == ["2 sections were deleted. Write > Deleted sections brings them back."]
    session.undo()
    assert session.document.sections == before.sections
    assert session.document.trash == ()


def test_deleting_the_first_section_of_a_chapter_leaves_the_heading(session: Session, control: OutlineControl) -> None:
    document = bare(100, 200)
    before = hold(session, document.with_section(replace(document.section("s1"), heading="Storms")))
    control.delete(["s1"])
    assert [(each.id, each.heading) for each in session.document.sections] == [("s2", "Storms")]
    session.undo()
    assert session.document.sections == before.sections


def test_locking_locks_all_where_one_is_open_and_else_unlocks(session: Session, control: OutlineControl) -> None:
    document = bare(100, 200, 300)
    hold(session, document.with_section(replace(document.section("s2"), locked=True)))
    control.toggle_lock(["s1", "s2"])
    assert [each.locked for each in session.document.sections] == [True, True, False]
    control.toggle_lock(["s1", "s2"])
    assert [each.locked for each in session.document.sections] == [False, False, False]
    session.undo()
    session.undo()
    assert [each.locked for each in session.document.sections] == [False, True, False]


def test_stale_sections_are_kept_as_they_are_and_undo_marks_them_again(
    session: Session, control: OutlineControl
) -> None:
    document = written(written(bare(100, 200, 300), "s1", "Storms came in."), "s2", "Lamps were lit.")
    hold(session, document.with_text("s1", "No storm came in."))
    stale, heard = session.document.stale_sections(), told(session)
    assert stale == ["s2"]
    control.accept(["s1", "s2", "s3"])
    assert session.document.statuses()["s2"] is Status.WRITTEN
    assert heard == ["Section 2 is no longer marked as stale."]
    session.undo()
    assert session.document.stale_sections() == stale
    session.redo()
    assert session.document.stale_sections() == []
    session.put(session.document.with_text("s1", "No storm at all."), outdated=True)
    assert session.document.stale_sections() == stale
    control.accept(["s1"])
    assert heard[-1] == "None of the chosen sections is stale, so nothing was changed."


def test_a_split_section_is_two_that_undo_makes_one_again(session: Session, control: OutlineControl) -> None:
    text = "Storms came in. Ships went down."
    before = hold(session, written(bare(100, 200), "s1", text))
    control.split("s1", 15)
    assert [each.text for each in session.document.sections] == ["Storms came in.", "Ships went down.", ""]
    assert list(session.document.statuses().values())[:2] == [Status.WRITTEN, Status.WRITTEN]
    session.undo()
    assert session.document.sections == before.sections
    assert session.document.trash == ()
    session.redo()
    assert [each.text for each in session.document.sections] == ["Storms came in.", "Ships went down.", ""]


def test_text_that_arrives_elsewhere_survives_the_undo_of_a_split(session: Session, control: OutlineControl) -> None:
    hold(session, written(bare(100, 200), "s1", "Storms came in. Ships went down."))
    control.split("s1", 15)
    session.put(session.document.with_text("s2", "streamed in"))
    session.undo()
    assert [each.text for each in session.document.sections] == ["Storms came in. Ships went down.", "streamed in"]


def test_alternatives_of_the_second_half_are_in_the_trash_when_the_split_is_undone(
    session: Session, control: OutlineControl
) -> None:
    hold(session, written(bare(100), "s1", "Storms came in. Ships went down."))
    control.split("s1", 15)
    second = session.document.sections[1]
    session.put(session.document.with_section(replace(second, text="Other words.").with_text_kept(5.0)))
    session.undo()
    assert order(session) == ["s1"]
    assert [each.text for each in session.document.trash] == ["Other words."]


def test_the_second_half_is_opened_for_editing(session: Session, control: OutlineControl, qtbot: QtBot) -> None:
    document = bare(100)
    hold(session, document.with_section(replace(document.section("s1"), main_point="Storms on the northern coast")))
    with qtbot.waitSignal(control.half_made) as made:
        control.split("s1")
    assert made.args == [order(session)[1]]
    assert [each.word_target for each in session.document.sections] == [50, 50]


def test_a_section_is_joined_with_the_next_and_undo_parts_them(session: Session, control: OutlineControl) -> None:
    document = written(written(bare(100, 200, 300), "s1", "One."), "s2", "Two.")
    before = hold(session, document)
    heard = told(session)
    control.join(["s1"])
    assert order(session) == ["s1", "s3"]
    assert session.document.section("s1").text == "One.\n\nTwo."
    assert "Sections 1 to 2 are one section now." in heard[-1]
    session.undo()
    assert session.document.sections == before.sections
    session.redo()
    assert session.document.section("s1").word_target == 300


def test_joining_what_does_not_stand_together_says_why_not(session: Session, control: OutlineControl) -> None:
    before = hold(session, bare(100, 200, 300))
    heard = told(session)
    control.join(["s1", "s3"])
    control.join(["s3"])
    assert session.document is before
    assert "next to each other" in heard[0]
    assert "no section behind" in heard[1]


def test_copies_are_chosen_and_undo_takes_them_away(session: Session, control: OutlineControl, qtbot: QtBot) -> None:
    before = hold(session, written(bare(100, 200), "s1", "One."))
    with qtbot.waitSignal(control.sections_made) as made:
        control.duplicate(["s1"])
    assert made.args == [(order(session)[1],)]
    assert [each.text for each in session.document.sections] == ["One.", "One.", ""]
    session.undo()
    assert session.document.sections == before.sections


def test_another_total_moves_the_targets_with_one_undo(session: Session, control: OutlineControl) -> None:
    before = hold(session, bare(200, 400, 400))
    heard = told(session)
    control.set_total(2000)
    assert [each.word_target for each in session.document.sections] == [400, 800, 800]
    assert session.document.word_target == 2000
    assert heard == ["The word targets of 3 sections follow, to 2,000 words in all."]
    session.undo()
    assert session.document == before


def test_locked_sections_keep_their_target_when_the_total_changes(session: Session, control: OutlineControl) -> None:
    document = bare(200, 400)
    hold(session, document.with_section(replace(document.section("s1"), locked=True)))
    heard = told(session)
    control.set_total(1000)
    assert [each.word_target for each in session.document.sections] == [200, 800]
    assert heard[-1].endswith("1 locked or finished one keeps its own.")


def test_nothing_is_done_to_sections_that_are_gone(session: Session, control: OutlineControl) -> None:
    before = hold(session, bare(100))
    for do in (control.delete, control.join, control.duplicate, control.toggle_lock):
        do(["gone"])
    control.split("gone")
    control.begin_chapter("gone")
    control.move(["gone"], 0)
    assert session.document is before


def do(control: OutlineControl, what: int, sections: list[str], place: int) -> None:
    match what:
        case 0:
            control.move(sections, place, opens=place % 2 == 0)
        case 1:
            control.delete(sections)
        case 2:
            control.split(sections[0], place)
        case 3:
            control.join(sections)
        case 4:
            control.duplicate(sections)
        case 5:
            control.toggle_lock(sections)
        case _:
            control.set_total(place * 500)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 6), st.lists(ids, min_size=1, max_size=3), st.integers(0, 4)), max_size=7))
def test_undoing_everything_gives_the_document_of_the_beginning(
    session: Session, clock: Clock, deeds: list[tuple[int, list[str], int]]
) -> None:
    if not session.has_document:
        session.new_document("A history of lighthouses", 1000, "en")
    made = OutlineControl(session, clock)
    document = written(written(lighthouses(100, 200, 300, 400), "s1", "One. Two.\n\nThree."), "s2", "Four. Five.")
    document = document.with_section(replace(document.section("s3"), heading=""))
    before = hold(session, document)
    for what, sections, place in deeds:
        do(made, what, sections, place)
    while session.history.can_redo():  # Joining what was split last has taken the split back.
        session.redo()
    after = session.document
    while session.history.can_undo():
        session.undo()
    assert session.document == before
    while session.history.can_redo():
        session.redo()
    assert session.document == after


def test_a_total_that_the_plan_has_already_is_asked_for_and_moves_no_target(
    session: Session, control: OutlineControl
) -> None:
    hold(session, replace(bare(333, 222, 111, 164), word_target=500))
    heard = told(session)
    control.set_total(830)
    assert session.document.word_target == 830
    assert [section.word_target for section in session.document.sections] == [333, 222, 111, 164]
    assert heard == ["The plan already has 830 words."]


def test_nothing_is_said_to_be_written_where_nothing_could_be_begun(
    session: Session, control: OutlineControl, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    document = bare(100, 200, 300)
    hold(session, document.with_section(replace(document.section("s2"), locked=True)))
    engine.hold()
    session.write_alternatives("s1")
    qtbot.waitUntil(lambda: session.activity is Activity.TRYING)
    heard = told(session)
    control.write(["s1", "s2", "s3"], again=False)
    assert len(heard) == 1
    assert "nothing else was begun" in heard[0]
    session.pause_and_wait()


def test_targets_that_stay_by_chance_are_not_called_locked_or_finished(
    session: Session, control: OutlineControl
) -> None:
    hold(session, bare(200, 200, 980))
    heard = told(session)
    control.set_total(1390)
    assert [each.word_target for each in session.document.sections] == [200, 200, 990]
    assert heard == ["The word target of 1 section follows, to 1,390 words in all."]


def test_that_locked_sections_are_left_alone_is_told_beside_a_single_one_too(
    session: Session, control: OutlineControl
) -> None:
    document = bare(100, 200)
    hold(session, document.with_section(replace(document.section("s2"), locked=True)))
    heard = told(session)
    control.write(["s1", "s2"], again=False)
    assert heard == ["1 section is written; locked ones are left as they are."]
    session.pause_and_wait()
