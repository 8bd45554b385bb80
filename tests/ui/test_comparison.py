"""Comparing versions and taking passages, through the window with real clicks and keys."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.comparison import compared
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.comparison_dialog import LOOK_AFTER_MS, ComparisonDialog
from longwriter_desktop.ui.comparison_model import shown_rows
from longwriter_desktop.ui.comparison_table import ComparisonTable
from longwriter_desktop.ui.theme import DARK, LIGHT, book_font
from tests.ui.conftest import NOON, Desk, show_active
from tests.ui.test_accessibility import lint

LEFT = Qt.MouseButton.LeftButton
OLD = "The lamp was lit at dusk. The keeper slept little. Nobody came."
NEW = "The lamp was lit at dawn. The keeper slept little. A ship went by at noon."
VERSIONS = (
    Version(OLD, NOON - 7200, "generated", "Scripted 1B", 7, 0.5, "Begin with the lamp."),
    Version(NEW, NOON - 60, "edited"),
)


@pytest.fixture
def versioned(desk: Desk) -> Desk:
    """A document whose first section has two versions, the newer one in place."""
    desk.session.new_document_with_outline("A history", None, "en", (Step(1, "Storms", 40), Step(2, "Lamps", 40)))
    document = desk.session.document
    section = replace(document.sections[0], text=NEW, complete=True, versions=VERSIONS)
    desk.session.put(document.with_section(section), outdated=True)
    desk.window.workspace.outline.list.choose_section(section.id)
    return desk


def first(desk: Desk) -> Section:
    return desk.session.document.sections[0]


def opened(desk: Desk, qtbot: QtBot) -> ComparisonDialog:
    """The dialog, opened by its button, when it has compared."""
    QTest.mouseClick(desk.window.workspace.section.versions.compare, LEFT)
    dialog = desk.window.workspace.comparing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_compared)
    return dialog


def click(table: ComparisonTable, row: int, column: int) -> None:
    place = table.visualRect(table.rows.index(row, column)).center()
    QTest.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def test_the_text_in_place_stands_beside_the_newest_other_version(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    assert dialog.windowTitle() == "Compare versions of section 1"
    assert dialog.version == VERSIONS[0]
    assert "Begin with the lamp." in dialog.origin.text()
    assert [row.texts for row in dialog.table.rows.rows] == [
        ("The lamp was lit at dawn.", "The lamp was lit at dusk."),
        ("The keeper slept little.", "The keeper slept little."),
        ("A ship went by at noon.", "Nobody came."),
    ]
    assert not dialog.take.isEnabled()
    assert not dialog.isModal()


def test_one_passage_is_taken_by_a_click_and_one_undo_takes_it_back(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    click(dialog.table, 0, 1)
    assert dialog.take.text() == "Take 1 passage"
    QTest.mouseClick(dialog.take, LEFT)
    mixed = NEW.replace("dawn", "dusk")
    assert first(versioned).text == mixed
    assert first(versioned).complete
    assert mixed in versioned.window.workspace.manuscript.toPlainText()
    assert NEW in [version.text for version in first(versioned).versions]
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert first(versioned).text == NEW
    assert mixed in [version.text for version in first(versioned).versions]
    versioned.session.redo()
    assert first(versioned).text == mixed


def test_what_was_taken_is_told_with_how_to_take_it_back(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    assert dialog.take_all.text().startswith("Take the whole version of ")
    click(dialog.table, 0, 1)
    QTest.mouseClick(dialog.take, LEFT)
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert dialog.about.text() == "1 passage was taken. Ctrl+Z brings the text before it back."
    qtbot.wait(LOOK_AFTER_MS + 100)
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert dialog.about.text().startswith("1 passage was taken.")
    QTest.mouseClick(dialog.take_all, LEFT)
    assert dialog.about.text().startswith("The whole version of ")


def test_a_passage_that_has_moved_is_taken_from_both_places(versioned: Desk, qtbot: QtBot) -> None:
    moved = "The keeper slept little. A ship went by at noon. The lamp was lit at dawn."
    section = replace(first(versioned), versions=(replace(VERSIONS[0], text=moved), VERSIONS[1]))
    versioned.session.put(versioned.session.document.with_section(section))
    dialog = opened(versioned, qtbot)
    rows = dialog.table.rows
    assert len(rows.changes) == 2
    spoken = rows.data(rows.index(rows.changes[0], 0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).endswith("Taken together with change 2.")
    click(dialog.table, rows.changes[0], 1)
    assert sorted(rows.taken) == rows.changes
    assert dialog.about.text().endswith("What has moved to another place is taken with both places.")
    QTest.mouseClick(dialog.take, LEFT)
    assert first(versioned).text == moved


def test_it_begins_with_what_the_model_wrote_last_and_tells_its_direction(versioned: Desk, qtbot: QtBot) -> None:
    typed = Version("Something was typed, and then another thing.", NOON - 30, "edited")
    versioned.session.put(
        versioned.session.document.with_section(replace(first(versioned), versions=(*VERSIONS, typed)))
    )
    dialog = opened(versioned, qtbot)
    assert dialog.version == VERSIONS[0]
    assert dialog.choice.currentText().startswith("Version 1 of 3")
    assert "“Begin with the lamp.”" in dialog.choice.currentText()
    assert dialog.origin.text().startswith("Direction: Begin with the lamp. Written by")


def test_versions_are_numbered_as_in_the_panel(versioned: Desk, qtbot: QtBot) -> None:
    versioned.session.set_text(first(versioned).id, f"{NEW} Typed.")
    dialog = opened(versioned, qtbot)
    assert versioned.window.workspace.section.versions.label.text().startswith("3 of 3")
    listed = [dialog.choice.itemText(at).split(" · ")[0] for at in range(dialog.choice.count())]
    assert listed == ["Version 2 of 3", "Version 1 of 3"]


def test_keys_alone_go_from_change_to_change_and_choose(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    table = dialog.table
    assert table.hasFocus()
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_F7)
    assert table.currentIndex().row() == 2
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.rows.taken == {2}
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.rows.taken == frozenset()
    QTest.keyClick(table, Qt.Key.Key_F7)
    assert table.currentIndex().row() == 0
    QTest.keyClick(table, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert table.currentIndex().row() == 2
    QTest.keyClick(table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_row_that_is_the_same_in_both_has_nothing_to_choose(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    click(dialog.table, 1, 1)
    assert dialog.table.rows.taken == frozenset()


def test_all_of_a_version_is_taken(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    QTest.mouseClick(dialog.take_all, LEFT)
    assert first(versioned).text == OLD
    qtbot.waitUntil(lambda: dialog.version == VERSIONS[1] and dialog.is_compared)
    versioned.session.undo()
    assert first(versioned).text == NEW


def test_another_version_is_chosen_in_the_list(versioned: Desk, qtbot: QtBot) -> None:
    third = Version("Something else entirely stood here.", NOON - 86_400 * 400, "generated")
    section = replace(first(versioned), versions=(third, *VERSIONS))
    versioned.session.put(versioned.session.document.with_section(section))
    dialog = opened(versioned, qtbot)
    listed = [dialog.choice.itemText(at).split(" · ")[0] for at in range(dialog.choice.count())]
    assert listed == ["Version 2 of 3", "Version 1 of 3"]
    assert "2022" in dialog.choice.itemText(1)
    dialog.choice.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert dialog.table.rows.rows[0].texts[1] == third.text


def test_the_version_that_is_looked_at_is_compared(versioned: Desk, qtbot: QtBot) -> None:
    third = Version("Something else entirely stood here.", NOON - 9000, "generated")
    section = replace(first(versioned), versions=(third, *VERSIONS))
    versioned.session.put(versioned.session.document.with_section(section))
    browser = versioned.window.workspace.section.versions
    QTest.mouseClick(browser.older, LEFT)
    QTest.mouseClick(browser.older, LEFT)
    assert opened(versioned, qtbot).version == third


def test_a_change_of_the_text_meanwhile_is_told_and_nothing_is_replaced(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    dialog.table.rows.choose(0, 1)
    versioned.session.set_text(first(versioned).id, f"{NEW} Typed.")
    QTest.mouseClick(dialog.take, LEFT)
    assert first(versioned).text == f"{NEW} Typed."
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert dialog.table.rows.taken == frozenset()
    assert "has changed" in dialog.about.text()
    assert dialog.table.rows.rows[-1].texts[0].endswith("Typed.")


def test_the_text_is_compared_anew_a_moment_after_it_has_changed(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    versioned.session.set_text(first(versioned).id, f"{NEW} Typed.")
    qtbot.waitUntil(lambda: dialog.is_compared and dialog.table.rows.rows[-1].texts[0].endswith("Typed."))


def test_the_text_is_compared_anew_while_another_section_is_being_written(versioned: Desk, qtbot: QtBot) -> None:
    dialog, session = opened(versioned, qtbot), versioned.session
    other, writing = session.document.sections[1].id, QTimer()
    writing.timeout.connect(lambda: session.put(session.document.with_text(other, f"{time.monotonic()}")))
    writing.start(LOOK_AFTER_MS // 10)
    session.set_text(first(versioned).id, f"{NEW} Typed.")
    qtbot.waitUntil(lambda: dialog.is_compared and dialog.table.rows.rows[-1].texts[0].endswith("Typed."))
    writing.stop()


def test_it_closes_with_its_section_and_with_the_document(versioned: Desk, qtbot: QtBot) -> None:
    opened(versioned, qtbot)
    versioned.session.delete_sections([first(versioned).id])
    qtbot.waitUntil(lambda: versioned.window.workspace.comparing.dialog is None)
    versioned.session.undo()
    opened(versioned, qtbot)
    versioned.window.close_document()
    assert versioned.window.workspace.comparing.dialog is None


def test_without_another_version_the_button_is_off_and_the_wish_is_answered(versioned: Desk) -> None:
    versioned.window.workspace.outline.list.choose_section(versioned.session.document.sections[1].id)
    assert not versioned.window.workspace.section.versions.compare.isEnabled()
    versioned.window.workspace.comparing.show(versioned.session.document.sections[1].id)
    assert versioned.window.workspace.comparing.dialog is None
    assert "Section 2 has no other version yet" in versioned.window.notice.text


@pytest.fixture
def _screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("_screen_reader")
def test_a_screen_reader_hears_which_side_is_chosen(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    assert lint(dialog, least=6) == []
    rows = dialog.table.rows
    role = Qt.ItemDataRole.AccessibleTextRole
    assert rows.data(rows.index(0, 0), role) == "Change 1 of 2, in place now, chosen: The lamp was lit at dawn."
    assert rows.data(rows.index(0, 1), role) == "Change 1 of 2, the other version: The lamp was lit at dusk."
    assert str(rows.data(rows.index(1, 0), role)).startswith("The same in both")


def test_words_that_differ_are_marked_and_other_texts_are_not_marked_all_over() -> None:
    close, other = shown_rows(compared(NEW, OLD))[0], shown_rows(compared("Paper burns.", "The sea froze."))[0]
    begin, end = close.marks[0][0]
    assert close.texts[0][begin:end] == "dawn"
    assert other.marks == ((), ())


def colours(widget: QWidget) -> Callable[[int, int], str]:
    image = widget.grab().toImage()
    return lambda x, y: image.pixelColor(x, y).name()


def test_a_long_text_is_measured_in_slices_and_drawn_in_both_themes(qtbot: QtBot) -> None:
    table = ComparisonTable(LIGHT, book_font(15))
    qtbot.addWidget(table)
    table.resize(900, 600)
    show_active(table, qtbot)
    old = "\n\n".join(f"Line {at} of the old text, which says a little of this." for at in range(300))
    new = "\n\n".join(f"Line {at} of the new text 𝄞, which says a little of that." for at in range(300))
    table.rows.set_rows(shown_rows(compared(old, new)), ("Old", "New"))
    assert not table.is_measured
    qtbot.waitUntil(lambda: table.is_measured)
    narrow = table.rowHeight(299)
    assert colours(table.viewport())(440, 5) == LIGHT.raised.lower()
    table.set_look(DARK, book_font(15))
    table.resize(400, 600)
    qtbot.waitUntil(lambda: table.is_measured and table.rowHeight(299) > narrow)
    assert colours(table.viewport())(190, 5) == DARK.raised.lower()
    assert table.rowAt(QPoint(10, 10).y()) == 0


def test_it_compares_again_when_versions_that_were_cleaned_up_come_back(versioned: Desk, qtbot: QtBot) -> None:
    dialog, session = opened(versioned, qtbot), versioned.session
    session.clean_up_versions(session.document.with_section(replace(first(versioned), versions=VERSIONS[1:])))
    qtbot.waitUntil(lambda: "no other version" in dialog.about.text())
    session.undo()
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert dialog.version == VERSIONS[0]
    assert dialog.take_all.isEnabled()


def test_in_a_document_for_reading_nothing_is_said_to_have_been_taken(versioned: Desk, qtbot: QtBot) -> None:
    session, path = versioned.session, versioned.session.path
    assert path is not None
    session.close_document()
    session.open(path, read_only=True)
    versioned.window.workspace.comparing.show(first(versioned).id)
    dialog = versioned.window.workspace.comparing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_compared)
    QTest.mouseClick(dialog.take_all, LEFT)
    assert first(versioned).text == NEW
    assert dialog.about.text().startswith("Nothing was taken")


def test_it_is_no_larger_than_the_screen(versioned: Desk, qtbot: QtBot) -> None:
    dialog = opened(versioned, qtbot)
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()


def test_a_stretch_of_either_side_is_selected_with_the_mouse_and_copied(versioned: Desk, qtbot: QtBot) -> None:
    table = opened(versioned, qtbot).table
    first_cell, last_cell = (table.visualRect(table.rows.index(row, 1)) for row in (0, 2))
    begin, end = QPoint(first_cell.left() + 38, first_cell.center().y()), last_cell.bottomRight() - QPoint(2, 2)
    QTest.mousePress(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(table.viewport(), end)
    QTest.mouseRelease(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert table.selected_text == OLD
    assert table.rows.taken == frozenset()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == OLD
    click(table, 0, 1)
    assert table.selected_text == ""
    assert table.rows.taken == {0}


def test_keys_copy_the_cell_in_hand_or_all_of_its_side(versioned: Desk, qtbot: QtBot) -> None:
    table = opened(versioned, qtbot).table
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "The lamp was lit at dawn."
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == NEW


def test_underlining_is_spoken_of_only_where_there_is_some(versioned: Desk, qtbot: QtBot) -> None:
    assert opened(versioned, qtbot).about.text().endswith("Where the two sides are alike, what differs is underlined.")
    versioned.session.set_text(first(versioned).id, "Paper burns. Ink dries. Glue holds.")
    dialog = versioned.window.workspace.comparing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_compared)
    qtbot.waitUntil(lambda: len(dialog.table.rows.changes) == 3)
    dialog.choice.setCurrentIndex(dialog.choice.findText("Version 1 of", Qt.MatchFlag.MatchStartsWith))
    qtbot.waitUntil(lambda: dialog.is_compared)
    assert "underlined" not in dialog.about.text()
