"""An open menu shows what can be done; what cannot is grey there, and its key is heard again when it is closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Version
from tests.ui.conftest import Desk
from tests.ui.documents import written

STEPS = (Step(1, "Storms", 100), Step(2, "Lamps", 100), Step(3, "Keepers", 100))


def opened(desk: Desk, *steps: Step) -> Desk:
    desk.session.new_document_with_outline("Lighthouses", 300, "en", steps)
    return desk


@contextmanager
def open_menu(menu: QMenu) -> Iterator[None]:
    menu.popup(QPoint(0, 0))
    try:
        yield
    finally:
        menu.close()


def grey(menu: QMenu) -> set[str]:
    """The entries that are grey while the menu is open."""
    with open_menu(menu):
        return {each.text().replace("&", "") for each in menu.actions() if not each.isEnabled()}


def enabled(*actions: QAction) -> bool:
    return all(action.isEnabled() for action in actions)


def test_with_an_empty_outline_no_section_can_be_changed_and_after_the_menu_all_keys_are_heard(desk: Desk) -> None:
    menus = opened(desk, STEPS[0]).window.menus
    desk.session.delete_sections([desk.session.document.sections[0].id])
    with open_menu(menus.section_menu):
        assert not any(each.isEnabled() for each in menus.changing_sections())
        assert menus.add_section.isEnabled()
    assert enabled(*menus.changing_sections())
    assert {"Write this section again", "Rewrite stale sections", "Rewrite selection"} <= grey(menus.write_menu)
    assert "Deleted sections…" not in grey(menus.write_menu)
    assert enabled(menus.write_again, menus.write_stale, menus.rewrite_menu.menuAction())


def test_the_first_section_cannot_go_up_nor_the_last_one_down(desk: Desk) -> None:
    window = opened(desk, *STEPS).window
    rows, ids = window.workspace.outline.list, [each.id for each in desk.session.document.sections]
    never = {"Keep as it is: not stale", "Deleted sections…"}
    rows.choose_section(ids[0])
    assert grey(window.menus.section_menu) == {"Move up", *never}
    rows.choose_section(ids[1])
    assert grey(window.menus.section_menu) == never
    rows.choose_section(ids[2])
    assert grey(window.menus.section_menu) == {"Move down", "Join chosen sections, or with the next", *never}


def test_what_is_written_or_locked_is_offered_to_be_written_only_where_that_does_something(desk: Desk) -> None:
    session, window = opened(desk, *STEPS).session, desk.window
    ids = [each.id for each in session.document.sections]
    again, only = "Write this section again", "Write this section only"
    going_on, alternatives = "Go on writing", "Write alternatives of this section"
    row, rows = window.workspace.outline.list, window.workspace.outline.list.outline
    session.put(written(session.document, ids[0], "Storms came."), outdated=True)
    row.choose_section(ids[0])
    assert {again, only, going_on} & grey(window.menus.write_menu) == {only}
    assert {again, only} & grey(row.menu_at(rows.index_of(ids[0]))) == {only}
    row.choose_section(ids[1])
    assert {again, only, going_on, alternatives} & grey(window.menus.write_menu) == {again}
    assert {again, only} & grey(row.menu_at(rows.index_of(ids[1]))) == {again}
    session.toggle_lock(ids[1])
    assert {again, only, alternatives} <= grey(window.menus.write_menu)
    assert not window.workspace.section.versions.again.isEnabled()
    document = written(written(session.document, ids[1], "Lamps burned."), ids[2], "Keepers slept.")
    session.put(document, outdated=True)
    assert {going_on, "Write all sections at the same time"} <= grey(window.menus.write_menu)
    assert enabled(window.menus.write, window.menus.write_parallel)


def test_keeping_is_offered_for_what_is_stale(desk: Desk) -> None:
    session, menus = opened(desk, *STEPS).session, desk.window.menus
    first, second = (each.id for each in session.document.sections[:2])
    session.put(written(written(session.document, first, "Storms came."), second, "Lamps burned."), outdated=True)
    desk.window.workspace.outline.list.choose_section(second)
    assert "Keep as it is: not stale" in grey(menus.section_menu)
    session.set_main_point(second, "Quite another thing")
    assert session.document.stale_sections() == [second]
    assert "Keep as it is: not stale" not in grey(menus.section_menu)


def test_undo_and_redo_are_grey_until_there_is_something(desk: Desk) -> None:
    menus, session = opened(desk, *STEPS).window.menus, desk.session
    session.set_main_point(session.document.sections[0].id, "Storms at sea")
    with open_menu(menus.edit_menu):
        assert (menus.undo.isEnabled(), menus.redo.isEnabled()) == (True, False)
    session.undo()
    with open_menu(menus.edit_menu):
        assert (menus.undo.isEnabled(), menus.redo.isEnabled()) == (False, True)
    assert enabled(menus.undo, menus.redo)


def test_versions_trash_and_stale_sections_are_offered_where_there_are_any(desk: Desk) -> None:
    menus, session = opened(desk, *STEPS).window.menus, desk.session
    entries = {"Compare versions of this section…", "Clean up versions…", "Deleted sections…", "Rewrite stale sections"}
    assert entries <= grey(menus.write_menu)
    one = written(session.document, session.document.sections[0].id, "Storms came.").sections[0]
    old = Version("An older text.", 1.0, "generated")
    session.put(session.document.with_section(replace(one, versions=(old,))), outdated=True)
    session.delete_sections([session.document.sections[2].id])
    assert grey(menus.write_menu) & entries == {"Rewrite stale sections"}


@pytest.mark.parametrize("in_between", ["close", "nothing"])
def test_a_document_that_is_closed_while_a_menu_is_open_leaves_nothing_turned_on(desk: Desk, in_between: str) -> None:
    window = opened(desk).window
    with open_menu(window.menus.section_menu):
        if in_between == "close":
            window.close_document()
    assert window.menus.delete_sections.isEnabled() == (in_between == "nothing")
    assert enabled(window.menus.undo, window.menus.redo)


def test_a_key_goes_on_to_work_after_its_entry_was_grey(desk: Desk) -> None:
    window = opened(desk, *STEPS).window
    rows, ids = window.workspace.outline.list, [each.id for each in desk.session.document.sections]
    rows.choose_section(ids[2])
    assert "Move down" in grey(window.menus.section_menu)
    rows.choose_section(ids[0])
    QTest.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert [each.main_point for each in desk.session.document.sections] == ["Lamps", "Storms", "Keepers"]


def test_on_the_start_page_nothing_of_the_closed_document_is_offered_to_be_rewritten(desk: Desk) -> None:
    opened(desk, *STEPS)
    first = desk.session.document.sections[0].id
    desk.session.set_text(first, "One two three.")
    manuscript = desk.window.workspace.manuscript
    manuscript.set_document(desk.session.document)
    manuscript.show_section(first)
    QTest.keyClick(
        manuscript, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert manuscript.selected_passage() is not None
    assert "Rewrite selection" not in grey(desk.window.menus.write_menu)
    desk.window.menus.close.trigger()
    assert "Rewrite selection" in grey(desk.window.menus.write_menu)
