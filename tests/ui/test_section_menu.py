"""The menu Section and its keys, in a whole window: what is chosen in the outline, wherever the focus is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.ui.manuscript.fields import text_key
from longwriter_desktop.ui.outline_control import NEW_CHAPTER, NEW_CHINESE_CHAPTER
from longwriter_desktop.ui.outline_editors import HeadingEditor, StepEditor
from tests.ui.conftest import Desk
from tests.ui.documents import written

KEYS = Qt.Key
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
TEXT = "Storms came in. Ships went down."


@pytest.fixture
def planned(desk: Desk) -> Desk:
    steps = (Step(1, "Storms on the coast", 100), Step(2, "Lamps and oil", 200), Step(3, "What keepers ate", 300))
    desk.session.new_document_with_outline("A history of lighthouses", 600, "en", steps)
    return desk


def section(desk: Desk, number: int) -> str:
    return desk.session.document.sections[number - 1].id


def points(document: Document) -> list[str]:
    return [each.main_point for each in document.sections]


def put_cursor(desk: Desk, section_id: str, at: int) -> None:
    manuscript = desk.window.workspace.manuscript
    field = manuscript.page.field(text_key(section_id))
    assert field is not None
    cursor = QTextCursor(manuscript.document())
    cursor.setPosition(manuscript.page.position(field, at))
    manuscript.setTextCursor(cursor)


def test_a_section_is_split_where_the_cursor_stands_in_its_text(planned: Desk) -> None:
    window, session = planned.window, planned.session
    session.put(written(session.document, section(planned, 1), TEXT), outdated=True)
    window.workspace.go_to_manuscript()
    put_cursor(planned, section(planned, 1), 15)
    QTest.keyClick(window, KEYS.Key_K, CTRL_SHIFT)
    assert [each.text for each in session.document.sections][:2] == ["Storms came in.", "Ships went down."]
    assert window.workspace.manuscript.section_text(section(planned, 2)) == "Ships went down."
    assert window.workspace.current_section == section(planned, 2)
    manuscript = window.workspace.manuscript
    assert manuscript.current_section() == section(planned, 2)
    assert manuscript.textCursor().block().text() == "Ships went down."
    assert manuscript.textCursor().atBlockStart()
    session.undo()
    assert [each.text for each in session.document.sections] == [TEXT, "", ""]
    assert window.workspace.manuscript.section_text(section(planned, 1)) == TEXT


def test_several_chosen_sections_are_joined_copied_locked_and_deleted_by_keys(planned: Desk) -> None:
    window, session = planned.window, planned.session
    rows = window.workspace.outline.list
    rows.setFocus()
    rows.choose_sections((section(planned, 1), section(planned, 2)))
    QTest.keyClick(window, KEYS.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert [each.locked for each in session.document.sections] == [True, True, False]
    QTest.keyClick(window, KEYS.Key_D, CTRL_SHIFT)
    assert points(session.document)[:4] == ["Storms on the coast", "Lamps and oil"] * 2
    assert rows.selected_sections == (section(planned, 3), section(planned, 4))
    QTest.keyClick(window, KEYS.Key_J, CTRL_SHIFT)
    assert points(session.document)[2] == "Storms on the coast; Lamps and oil"
    QTest.keyClick(rows, KEYS.Key_Delete)
    assert points(session.document) == ["Storms on the coast", "Lamps and oil", "What keepers ate"]
    for _ in range(4):
        session.undo()
    assert points(session.document) == ["Storms on the coast", "Lamps and oil", "What keepers ate"]
    assert not any(each.locked for each in session.document.sections)


def test_chosen_sections_move_with_a_key_of_the_window_and_stay_chosen(planned: Desk) -> None:
    window = planned.window
    rows = window.workspace.outline.list
    moved = (section(planned, 1), section(planned, 2))
    rows.choose_sections(moved)
    window.menus.move_down.trigger()
    assert points(planned.session.document) == ["What keepers ate", "Storms on the coast", "Lamps and oil"]
    assert rows.selected_sections == moved


def test_a_chapter_begins_where_the_person_wants_and_is_named_at_once(planned: Desk) -> None:
    window, session = planned.window, planned.session
    rows = window.workspace.outline.list
    rows.choose_section(section(planned, 2))
    window.menus.begin_chapter.trigger()
    assert [each.heading for each in session.document.sections] == ["", NEW_CHAPTER, ""]
    editor = rows.findChild(HeadingEditor)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Light")
    QTest.keyClick(editor, KEYS.Key_Return)
    # The editor hands its text over a moment later.
    QTest.qWait(1)
    assert [each.heading for each in session.document.sections] == ["", "Light", ""]


def test_a_new_chapter_of_a_chinese_document_has_a_chinese_name(planned: Desk) -> None:
    session = planned.session
    session.put(replace(session.document, language="zh"), outdated=True)
    planned.window.workspace.outline.list.choose_section(section(planned, 2))
    planned.window.menus.begin_chapter.trigger()
    assert session.document.sections[1].heading == NEW_CHINESE_CHAPTER


def test_only_the_chosen_sections_are_written(planned: Desk, qtbot: QtBot) -> None:
    window, session = planned.window, planned.session
    rows = window.workspace.outline.list
    rows.choose_sections((section(planned, 1), section(planned, 2)))
    window.menus.write_section.trigger()
    qtbot.waitUntil(lambda: not session.is_busy and bool(session.document.sections[1].text), timeout=10_000)
    assert [bool(each.text) for each in session.document.sections] == [True, True, False]


def test_of_chosen_sections_the_locked_ones_are_left_as_they_are_and_that_is_told(planned: Desk) -> None:
    window, session = planned.window, planned.session
    rows = window.workspace.outline.list
    session.toggle_lock(section(planned, 2))
    rows.choose_sections(tuple(each.id for each in session.document.sections))
    window.menus.write_section.trigger()
    assert "locked ones are left as they are" in window.notice.text
    session.pause_and_wait()


def test_changing_the_total_in_the_outline_moves_the_targets(planned: Desk) -> None:
    pane, session = planned.window.workspace.outline, planned.session
    pane.total.setFocus()
    pane.total.selectAll()
    QTest.keyClicks(pane.total, "1200")
    QTest.keyClick(pane.total, KEYS.Key_Return)
    assert [each.word_target for each in session.document.sections] == [200, 400, 600]
    session.undo()
    assert [each.word_target for each in session.document.sections] == [100, 200, 300]
    assert pane.total.value() == 600


def test_a_split_without_a_joint_opens_the_second_half_for_typing(planned: Desk) -> None:
    rows = planned.window.workspace.outline.list
    rows.choose_section(section(planned, 1))
    planned.window.menus.split_section.trigger()
    editor = rows.findChild(StepEditor)
    assert editor is not None
    QTest.keyClicks(editor.main_point, "Wrecks")
    QTest.keyClick(editor.main_point, KEYS.Key_Return)
    assert points(planned.session.document)[:2] == ["Storms on the coast", "Wrecks"]


def test_a_split_at_a_joint_opens_the_second_half_for_typing_as_well(planned: Desk) -> None:
    rows, session = planned.window.workspace.outline.list, planned.session
    session.set_main_point(section(planned, 1), "How storms came over the coast, and how ships were lost in them")
    rows.choose_section(section(planned, 1))
    rows.setFocus()
    planned.window.menus.split_section.trigger()
    editor = rows.findChild(StepEditor)
    assert editor is not None
    assert editor.main_point.toPlainText() == points(session.document)[1]
    assert points(session.document)[1].startswith("How ships")


def test_a_chapter_passes_a_whole_one_by_the_keys_of_the_window(planned: Desk) -> None:
    session, rows = planned.session, planned.window.workspace.outline.list
    session.set_heading(section(planned, 1), "Storms")
    session.set_heading(section(planned, 2), "Light")
    rows.choose_section(section(planned, 1))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(planned.window, KEYS.Key_Down, keys)
    assert [each.heading for each in session.document.sections] == ["Light", "", "Storms"]
    assert points(session.document) == ["Lamps and oil", "What keepers ate", "Storms on the coast"]
    QTest.keyClick(planned.window, KEYS.Key_Down, keys)
    QTest.keyClick(planned.window, KEYS.Key_Up, keys)
    assert [each.heading for each in session.document.sections] == ["Storms", "Light", ""]


def test_a_chapter_that_would_take_in_what_stands_under_no_heading_stays_and_it_is_told(planned: Desk) -> None:
    session, rows = planned.session, planned.window.workspace.outline.list
    session.set_heading(section(planned, 2), "Light")
    before = session.document
    rows.choose_section(section(planned, 2))
    planned.window.menus.move_up.trigger()
    assert session.document == before
    assert "stand under no heading" in planned.window.notice.text


def test_joining_right_after_a_split_takes_the_split_back(planned: Desk) -> None:
    window, session = planned.window, planned.session
    session.put(written(session.document, section(planned, 1), TEXT), outdated=True)
    before = session.document.sections
    window.workspace.outline.list.choose_section(section(planned, 1))
    QTest.keyClick(window, KEYS.Key_K, CTRL_SHIFT)
    assert window.workspace.current_section == section(planned, 2)
    QTest.keyClick(window, KEYS.Key_J, CTRL_SHIFT)
    assert session.document.sections == before
    assert window.notice.text == "Section 1 is one section again, as before."
    session.redo()
    assert [each.text for each in session.document.sections] == ["Storms came in.", "Ships went down.", "", ""]


def test_the_second_half_of_a_split_is_joined_with_the_first_when_something_was_typed_since(planned: Desk) -> None:
    window, session = planned.window, planned.session
    session.put(written(session.document, section(planned, 1), TEXT), outdated=True)
    window.workspace.outline.list.choose_section(section(planned, 1))
    QTest.keyClick(window, KEYS.Key_K, CTRL_SHIFT)
    window.workspace.go_to_manuscript()
    QTest.keyClicks(window.workspace.manuscript, "All ")
    QTest.keyClick(window, KEYS.Key_J, CTRL_SHIFT)
    assert [each.text for each in session.document.sections] == ["Storms came in.\n\nAll Ships went down.", "", ""]


def test_a_chapter_that_has_a_name_keeps_it_when_it_is_begun_once_more(planned: Desk) -> None:
    session, rows = planned.session, planned.window.workspace.outline.list
    session.set_heading(section(planned, 2), "Light")
    rows.choose_section(section(planned, 2))
    planned.window.menus.begin_chapter.trigger()
    assert session.document.sections[1].heading == "Light"
    editor = rows.findChild(HeadingEditor)
    assert editor is not None
    assert editor.text() == "Light"
    rows.edit_chapter(section(planned, 2))
    assert rows.findChildren(HeadingEditor) == [editor]


def test_a_chapter_of_one_section_is_named_in_the_text(planned: Desk) -> None:
    session, manuscript = planned.session, planned.window.workspace.manuscript
    planned.window.workspace.outline.list.choose_section(section(planned, 3))
    planned.window.menus.begin_chapter.trigger()
    QTest.keyClicks(manuscript, "Food")
    assert session.document.sections[2].heading == "Food"


def test_what_is_half_typed_in_the_outline_counts_when_a_menu_does_something(planned: Desk) -> None:
    window, session = planned.window, planned.session
    outline = window.workspace.outline
    outline.total.setFocus()
    outline.total.selectAll()
    QTest.keyClicks(outline.total, "1200")
    window.menus.add_section.trigger()
    assert session.document.word_target == 1200
    editor = outline.list.findChild(StepEditor)
    assert editor is not None
    QTest.keyClicks(editor.main_point, "Wrecks")
    window.menus.add_section.trigger()
    assert points(session.document)[1:3] == ["Wrecks", ""]


def test_what_is_half_typed_stays_when_the_document_is_put_away(planned: Desk) -> None:
    window, session, path = planned.window, planned.session, planned.session.path
    assert path is not None
    window.workspace.outline.list.edit_section(section(planned, 1))
    editor = window.workspace.outline.list.findChild(StepEditor)
    assert editor is not None
    QTest.keyClicks(editor.main_point, "Gales")
    window.menus.close.trigger()
    session.open(path)
    assert points(session.document)[0] == "Gales"
    panel = window.workspace.section
    panel.target.setFocus()
    panel.target.selectAll()
    QTest.keyClicks(panel.target, "750")
    window.workspace.commit()
    assert session.document.sections[0].word_target == 750


def test_a_summary_stays_with_its_section_when_another_is_added_while_a_field_is_typed_in(planned: Desk) -> None:
    window, session = planned.window, planned.session
    one = replace(session.document.sections[0], text="Text.", complete=True, summary="In short.")
    session.put(session.document.with_section(one), outdated=True)
    panel = window.workspace.section
    window.workspace.outline.list.choose_section(one.id)
    panel.main_point.setFocus()
    panel.main_point.selectAll()
    QTest.keyClicks(panel.main_point, "Gales")
    window.workspace.outline.list.choose_section(section(planned, 2))
    assert session.document.section(one.id).main_point == "Gales"
    assert session.document.section(one.id).summary == "In short."
