import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.outline_editors import HeadingEditor, StepEditor, broken_into_lines
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.outline_pane import OutlinePane
from longwriter_desktop.ui.outline_view import OutlineView
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.conftest import show_active
from tests.ui.documents import lighthouses

KEYS = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def pane(qtbot: QtBot) -> OutlinePane:
    model = OutlineModel(Tally())
    made = OutlinePane(model, LIGHT)
    qtbot.addWidget(made)
    made.resize(296, 600)
    show(made, lighthouses(600, 800, 900))
    show_active(made, qtbot)
    made.list.setFocus()
    return made


def show(pane: OutlinePane, document: Document) -> None:
    pane.list.outline.set_document(document)
    pane.show_totals(document)


def editor_of(rows: OutlineView) -> StepEditor:
    found = rows.findChild(StepEditor)
    assert found is not None
    return found


def test_alt_up_and_down_wish_the_section_elsewhere(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.choose_section("s2")
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Up, ALT)
    assert moved.args == [("s2",), 0, False]
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Down, ALT)
    assert moved.args == [("s2",), 2, False]


def test_delete_and_insert_are_keys(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.choose_section("s2")
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        QTest.keyClick(pane.list, KEYS.Key_Delete)
    assert deleted.args == [("s2",)]
    with qtbot.waitSignal(pane.list.insert_wished) as inserted:
        QTest.keyClick(pane.list, KEYS.Key_Insert)
    assert inserted.args == [2]


@pytest.mark.parametrize("key", [KEYS.Key_F2, KEYS.Key_Return, KEYS.Key_Enter])
def test_f2_and_enter_open_the_row_and_enter_takes_what_was_typed(pane: OutlinePane, qtbot: QtBot, key: Qt.Key) -> None:
    pane.list.choose_section("s1")
    QTest.keyClick(pane.list, key)
    editor = editor_of(pane.list)
    assert editor.main_point.toPlainText() == "Point 1: what it is about"
    QTest.keyClicks(editor.main_point, "Storms and wrecks")
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        QTest.keyClick(editor.main_point, KEYS.Key_Return)
    assert edited.args == ["s1", "Storms and wrecks"]


def test_tab_goes_to_the_word_target_and_escape_changes_nothing(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    QTest.keyClick(editor.main_point, KEYS.Key_Tab)
    qtbot.waitUntil(editor.target.hasFocus)
    QTest.keyClicks(editor.target, "750")
    heard: list[object] = []
    pane.list.delegate.target_edited.connect(lambda *args: heard.append(args))
    QTest.keyClick(editor.target, KEYS.Key_Escape)
    assert heard == []
    qtbot.waitUntil(lambda: pane.list.findChild(StepEditor) is None)


def test_a_double_click_on_the_numbers_edits_the_word_target(pane: OutlinePane, qtbot: QtBot) -> None:
    row = pane.list.visualRect(pane.list.outline.index(1))
    place = QPoint(row.right() - 24, row.bottom() - 30)
    QTest.mouseDClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = editor_of(pane.list)
    qtbot.waitUntil(editor.target.hasFocus)
    editor.target.selectAll()
    QTest.keyClicks(editor.target, "1200")
    with qtbot.waitSignal(pane.list.delegate.target_edited) as edited:
        QTest.keyClick(editor.target, KEYS.Key_Return)
    assert edited.args == ["s2", 1200]


def test_clicking_elsewhere_takes_what_was_typed(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    editor.main_point.setPlainText("Typed")
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        third = pane.list.visualRect(pane.list.outline.index(2))
        QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=third.center())
    assert edited.args == ["s1", "Typed"]


def test_text_that_arrives_does_not_disturb_what_is_being_typed(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor = editor_of(pane.list)
    editor.main_point.setPlainText("In the middle of typ")
    pane.list.outline.set_document(lighthouses(600, 800, 900).with_text("s1", "many new words"))
    pane.list.outline.refresh()
    assert editor_of(pane.list) is editor
    assert editor.main_point.toPlainText() == "In the middle of typ"


def test_the_row_in_hand_stays_in_hand_when_rows_move(pane: OutlinePane) -> None:
    document = lighthouses(600, 800, 900)
    pane.list.choose_section("s2")
    show(pane, document.moved("s2", 0))
    assert pane.list.current_section == "s2"
    assert pane.list.currentIndex().row() == 0


def test_a_long_main_point_wraps_over_eight_lines_at_most(pane: OutlinePane) -> None:
    rows = pane.list
    short = rows.visualRect(rows.outline.index(0)).height()
    document = lighthouses(600, 800)
    section = document.section("s1")
    long = type(section)("word " * 60, 600, id="s1")
    show(pane, document.with_section(long))
    rows.doItemsLayout()
    high = rows.visualRect(rows.outline.index(0)).height()
    assert short + 60 < high < short + 200


def test_an_empty_outline_invites(pane: OutlinePane) -> None:
    show(pane, lighthouses())
    assert not pane.list.isVisible()
    assert "Make a plan" in pane._empty.text()
    show(pane, lighthouses(100))
    assert pane.list.isVisible()


def test_totals_say_when_planned_and_asked_part(pane: OutlinePane) -> None:
    document = lighthouses(600, 800, 900)
    assert pane.total.value() == 2300
    assert LIGHT.warning not in pane._planned.text()
    pane.show_totals(document.deleted("s3"))
    assert "1,400<br>−900" in pane._planned.text()
    assert LIGHT.warning in pane._planned.text()


def test_everything_in_the_menu_of_a_row_is_there_by_key_or_by_another_menu(pane: OutlinePane, qtbot: QtBot) -> None:
    menu = pane.list.menu_at(pane.list.outline.index_of("s2"))
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [
        *(
            "Edit",
            "Add section below",
            "Split at the cursor",
            "Join with the next",
            "Duplicate",
            "Move up",
            "Move down",
        ),
        *("Write this section only", "Write this section again", "Lock", "Delete"),
    ]
    delete = next(action for action in menu.actions() if action.text() == "Delete")
    assert delete.shortcut() == QKeySequence("Del")
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        delete.trigger()
    assert deleted.args == [("s2",)]
    menu.deleteLater()
    assert QApplication.activePopupWidget() is None


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def with_chapter(document: Document) -> Document:
    """The document with its first two sections in one chapter."""
    return document.with_section(replace(document.section("s2"), heading=""))


def chapter_row(pane: OutlinePane) -> QModelIndex:
    return pane.list.outline.chapters()[0]


def test_shift_and_arrows_choose_several_that_are_moved_deleted_and_locked_together(
    pane: OutlinePane, qtbot: QtBot
) -> None:
    rows = pane.list
    rows.choose_section("s1")
    QTest.keyClick(rows, KEYS.Key_Down, SHIFT)
    assert list(rows.selected_sections) == ["s1", "s2"]
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Down, ALT)
    assert moved.args == [("s1", "s2"), 1, False]
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        QTest.keyClick(pane.list, KEYS.Key_Delete)
    assert deleted.args == [("s1", "s2")]
    QTest.keyClick(pane.list, KEYS.Key_Escape)
    assert list(rows.selected_sections) == ["s2"]


def test_ctrl_and_a_click_choose_sections_that_do_not_stand_together(pane: OutlinePane) -> None:
    for section_id, keys in (("s1", Qt.KeyboardModifier.NoModifier), ("s3", CTRL)):
        place = pane.list.visualRect(pane.list.outline.index_of(section_id)).center()
        QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, keys, place)
    assert pane.list.selected_sections == ("s1", "s3")
    menu = pane.list.menu_at(pane.list.outline.index_of("s3"))
    texts = {action.text(): action for action in menu.actions()}
    assert not texts["Join 2 sections"].isEnabled()
    assert not texts["Split at the cursor"].isEnabled()
    assert {
        "Duplicate 2 sections",
        "Write these 2 sections only",
        "Write these 2 sections again",
        "Delete 2 sections",
    } <= {*texts}
    menu.deleteLater()


def test_the_menu_of_a_row_outside_of_what_is_chosen_is_about_that_row(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.choose_sections(("s1", "s2"))
    menu = pane.list.menu_at(pane.list.outline.index_of("s3"))
    delete = next(action for action in menu.actions() if action.text() == "Delete")
    with qtbot.waitSignal(pane.list.delete_wished) as deleted:
        delete.trigger()
    assert deleted.args == [("s3",)]
    menu.deleteLater()


def test_what_is_chosen_stays_chosen_when_it_moves(pane: OutlinePane) -> None:
    document = lighthouses(600, 800, 900)
    pane.list.choose_sections(("s1", "s2"))
    show(pane, document.moved("s3", 0))
    assert pane.list.selected_sections == ("s1", "s2")


def test_a_chapter_stands_for_its_sections_and_left_and_right_close_and_open_it(
    pane: OutlinePane, qtbot: QtBot
) -> None:
    show(pane, with_chapter(lighthouses(600, 800, 900)))
    assert pane.list.isExpanded(chapter_row(pane))
    pane.list.choose_section("s2")
    pane.list.setCurrentIndex(chapter_row(pane))
    assert (pane.list.current_section, pane.list.selected_sections) == ("s1", ("s1", "s2"))
    QTest.keyClick(pane.list, KEYS.Key_Left)
    assert not pane.list.isExpanded(chapter_row(pane))
    show(pane, with_chapter(lighthouses(600, 800, 900)).deleted("s3"))
    assert not pane.list.isExpanded(chapter_row(pane))
    QTest.keyClick(pane.list, KEYS.Key_Right)
    assert pane.list.isExpanded(chapter_row(pane))


def test_closing_a_chapter_by_its_mark_leaves_nothing_chosen_out_of_sight(pane: OutlinePane, qtbot: QtBot) -> None:
    show(pane, with_chapter(lighthouses(600, 800, 900)))
    pane.list.choose_section("s2")
    row = pane.list.visualRect(chapter_row(pane))
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(6, row.center().y()))
    assert not pane.list.isExpanded(chapter_row(pane))
    assert pane.list.currentIndex() == chapter_row(pane)


def test_a_chapter_is_renamed_in_place_and_moved_past_whole_chapters(pane: OutlinePane, qtbot: QtBot) -> None:
    document = with_chapter(lighthouses(600, 800, 900, 500))
    show(pane, document.with_section(replace(document.section("s4"), heading="")))
    pane.list.setCurrentIndex(chapter_row(pane))
    with qtbot.waitSignal(pane.list.move_wished) as moved:
        QTest.keyClick(pane.list, KEYS.Key_Down, ALT)
    assert moved.args == [("s1", "s2"), 2, False]
    QTest.keyClick(pane.list, KEYS.Key_F2)
    editor = pane.list.findChild(HeadingEditor)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "Beginnings")
    with qtbot.waitSignal(pane.list.delegate.heading_edited) as edited:
        QTest.keyClick(editor, KEYS.Key_Return)
    assert edited.args == ["s1", "Beginnings"]


def test_typing_another_total_wishes_for_it_and_shows_the_old_one_for_none(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.total.setFocus()
    pane.total.selectAll()
    QTest.keyClicks(pane.total, "4600")
    with qtbot.waitSignal(pane.total_edited) as edited:
        QTest.keyClick(pane.total, KEYS.Key_Return)
    assert edited.args == [4600]
    pane.total.selectAll()
    QTest.keyClicks(pane.total, "0")
    with qtbot.assertNotEmitted(pane.total_edited):
        QTest.keyClick(pane.total, KEYS.Key_Return)
    assert pane.total.value() == 2300


def test_another_total_can_be_typed_while_text_arrives(pane: OutlinePane) -> None:
    pane.total.setFocus()
    pane.total.selectAll()
    QTest.keyClicks(pane.total, "46")
    pane.show_totals(lighthouses(600, 800, 900).with_text("s1", "many new words"))
    assert pane.total.text() == "46"
    pane.show_totals(lighthouses(600, 800))
    assert pane.total.text() == "1,400"


def test_an_open_editor_takes_what_was_typed_when_another_row_is_chosen(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s1")
    editor_of(pane.list).main_point.setPlainText("Typed")
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        pane.list.choose_section("s3")
    assert edited.args == ["s1", "Typed"]


def test_the_outline_of_a_very_long_document_is_quick_while_text_arrives(pane: OutlinePane) -> None:
    document = lighthouses(*[400] * 250)
    for at in range(250):
        if at % 6:
            document = document.with_section(replace(document.section(f"s{at + 1}"), heading=""))
    show(pane, document)
    QApplication.processEvents()
    spent = []
    for number in range(9):
        document = document.with_text("s249", "word " * number)
        begun = time.thread_time()
        pane.list.outline.set_document(document)
        pane.list.outline.refresh()
        QApplication.processEvents()
        spent.append(time.thread_time() - begun)
    assert sorted(spent)[4] < 0.016


def test_a_section_that_is_chosen_for_the_person_is_the_only_one_whatever_keys_are_held(pane: OutlinePane) -> None:
    pane.list.choose_section("s1")
    # As when text is being selected in the manuscript, from one section into the next.
    QTest.keyPress(pane, KEYS.Key_Shift, SHIFT)
    pane.list.choose_section("s3")
    QTest.keyRelease(pane, KEYS.Key_Shift)
    assert pane.list.selected_sections == ("s3",)


def test_the_row_being_written_looks_other_than_the_selected_one(pane: OutlinePane) -> None:
    rows = pane.list
    rows.outline.set_writing("s2")
    rows.choose_section("s1")
    picture = rows.viewport().grab().toImage()

    def ground(section_id: str) -> str:
        row = rows.visualRect(rows.outline.index_of(section_id))
        return picture.pixelColor(row.right() - 3, row.bottom() - 4).name().upper()

    assert ground("s1") == LIGHT.selected
    assert ground("s2") == ground("s3") != LIGHT.selected


def test_a_row_that_is_opened_and_left_as_it_is_changes_nothing(pane: OutlinePane) -> None:
    document = lighthouses(600, 800)
    section = replace(document.section("s1"), main_point="Two  spaces", word_target=150_000)
    show(pane, document.with_section(section))
    heard: list[object] = []
    for signal in (pane.list.delegate.point_edited, pane.list.delegate.target_edited):
        signal.connect(lambda *told: heard.append(told))
    pane.list.edit_section("s1")
    QTest.keyClick(editor_of(pane.list).main_point, KEYS.Key_Return)
    assert heard == []


def test_an_open_row_is_taken_over_although_other_rows_have_gone_meanwhile(pane: OutlinePane, qtbot: QtBot) -> None:
    pane.list.edit_section("s3")
    editor_of(pane.list).main_point.setPlainText("Typed")
    show(pane, lighthouses(600, 800, 900).deleted("s1"))
    assert pane.list.is_editing
    with qtbot.waitSignal(pane.list.delegate.point_edited) as edited:
        pane.commit()
    assert edited.args == ["s3", "Typed"]
    assert not pane.list.is_editing


def test_the_row_that_is_edited_makes_room_for_its_editor(pane: OutlinePane, qtbot: QtBot) -> None:
    rows = pane.list
    below = rows.outline.index_of("s2")
    before = rows.visualRect(below).top()
    rows.edit_section("s1")
    editor = editor_of(rows)
    qtbot.waitUntil(lambda: rows.visualRect(below).top() > before)
    assert editor.geometry().bottom() <= rows.visualRect(below).top()
    QTest.keyClick(editor.main_point, KEYS.Key_Escape)
    qtbot.waitUntil(lambda: rows.visualRect(below).top() == before)


def test_a_row_that_is_opened_at_the_lower_edge_is_seen_whole(pane: OutlinePane, qtbot: QtBot) -> None:
    show(pane, lighthouses(*[400] * 30))
    pane.list.edit_section("s30")
    qtbot.waitUntil(lambda: editor_of(pane.list).geometry().bottom() <= pane.list.viewport().height())


def test_no_line_of_a_plan_in_the_making_is_in_hand_and_the_section_before_is_when_nothing_comes_of_it(
    pane: OutlinePane,
) -> None:
    rows = pane.list
    rows.choose_section("s2")
    for steps in ([DraftStep("First", 300, settled=True)], [DraftStep("First", 300, settled=True), DraftStep("Sec")]):
        rows.outline.set_draft(steps)
        assert rows.selectionModel().selectedIndexes() == []
    QTest.keyClick(rows, KEYS.Key_Down)
    assert rows.outline.rows[0].spoken.startswith("Section 1: First")
    assert rows.selected_sections == ()
    rows.outline.set_draft([])
    assert rows.current_section == "s2"


def test_the_mark_of_a_chapter_is_for_the_left_button_and_a_fast_second_click_closes_it_again(
    pane: OutlinePane,
) -> None:
    show(pane, with_chapter(lighthouses(600, 800, 900)))
    rows = pane.list
    mark = QPoint(6, rows.visualRect(chapter_row(pane)).center().y())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, pos=mark)
    assert rows.isExpanded(chapter_row(pane))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=mark)
    assert rows.isExpanded(chapter_row(pane))
    assert rows.findChild(HeadingEditor) is None


def test_a_status_of_many_words_goes_over_several_lines(pane: OutlinePane, qtbot: QtBot) -> None:
    document = lighthouses(600, 800).with_text("s1", "half")
    show(pane, document)
    rows = pane.list
    rows.outline.refresh()
    rows.doItemsLayout()
    before = rows.visualRect(rows.outline.index_of("s1")).height()
    show(pane, document.with_section(replace(document.section("s1"), locked=True, complete=False)))
    pane.setFixedWidth(140)
    rows.outline.set_writing("s1")
    rows.doItemsLayout()
    row = rows.outline.rows[0]
    assert row.status_words == "writing · locked"
    assert rows.visualRect(rows.outline.index_of("s1")).height() > before


@given(st.text(st.sampled_from("ab é守😀𝄞"), max_size=60), st.integers(20, 200))
@settings(max_examples=60, deadline=None)
def test_a_text_that_is_broken_into_lines_loses_nothing(text: str, width: int) -> None:
    lines = broken_into_lines(text, QApplication.font(), width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if width == 200 and len(text) < 5:
        assert len(lines) == 1


def test_lines_with_signs_beyond_the_first_plane_break_between_words(qapp: object) -> None:
    text = "😀😀😀 one two three four five six seven eight nine ten"
    lines = broken_into_lines(text, QApplication.font(), 100)
    assert len(lines) > 2
    assert " ".join(lines) == text
