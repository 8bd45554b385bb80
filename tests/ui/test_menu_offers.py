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
    rows.choose_section(ids[0])
    assert grey(window.menus.section_menu) == {"Move up"}
    rows.choose_section(ids[1])
    assert grey(window.menus.section_menu) == set()
    rows.choose_section(ids[2])
    assert grey(window.menus.section_menu) == {"Move down", "Join chosen sections, or with the next"}


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
