"""Deleted sections and versions, through the window: real menus, real buttons."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.document.version_cleanup import version_count
from longwriter_desktop.project.json_form import to_json
from longwriter_desktop.ui.trash_dialog import TrashDialog
from longwriter_desktop.ui.version_cleanup_dialog import VersionCleanupDialog
from tests.ui.conftest import Desk, show_active

STEPS = (Step(1, "Storms", 60), Step(2, "Lamps", 60), Step(3, "Keepers", 60))


def version(text: str) -> Version:
    return Version(text, 1.0, "generated")


@pytest.fixture
def outlined(desk: Desk) -> Desk:
    """A document of three sections, the second with three versions, of which the last stands in it."""
    session = desk.session
    session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    two = session.document.sections[1]
    kept = (version("Oil."), version("Gas."), version("Light."))
    session.put(session.document.with_section(replace(two, text="Light.", versions=kept)), outdated=True)
    return desk


def points(desk: Desk) -> list[str]:
    return [each.main_point for each in desk.session.document.sections]


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def trash_of(desk: Desk) -> TrashDialog:
    desk.window.menus.deleted_sections.trigger()
    dialog = desk.window.history.trash
    assert dialog is not None
    return dialog


def test_a_deleted_section_is_read_and_brought_back_below_the_section_in_hand(outlined: Desk) -> None:
    session, rows = outlined.session, outlined.window.workspace.outline.list
    session.delete_sections([session.document.sections[1].id])
    rows.choose_section(session.document.sections[1].id)
    dialog = trash_of(outlined)
    assert dialog.list.count() == 1
    assert dialog.text.toPlainText() == "Light."
    assert "3 versions" in dialog.about.text()
    click(dialog.bring_back)
    assert points(outlined) == ["Storms", "Keepers", "Lamps"]
    assert session.document.sections[2].versions[0].text == "Oil."
    assert session.document.trash == ()
    assert not dialog.isVisible()  # Nothing is left to be done in it.
    session.undo()
    assert points(outlined) == ["Storms", "Keepers"]
    session.undo()
    assert points(outlined) == ["Storms", "Lamps", "Keepers"]


def test_the_trash_stays_open_as_long_as_something_is_in_it(outlined: Desk) -> None:
    session = outlined.session
    session.delete_sections([each.id for each in session.document.sections[:2]])
    dialog = trash_of(outlined)
    click(dialog.bring_back)
    assert dialog.isVisible()
    assert dialog.list.count() == 1
    click(dialog.delete)
    assert not dialog.isVisible()
    assert session.document.trash == ()


def test_deleted_sections_are_found_in_both_menus_and_grey_while_there_are_none(outlined: Desk) -> None:
    menus = outlined.window.menus
    for menu in (menus.section_menu, menus.write_menu):
        assert menus.deleted_sections in menu.actions()
        menu.aboutToShow.emit()
        assert not menus.deleted_sections.isEnabled()
        menu.aboutToHide.emit()
    outlined.session.delete_sections([outlined.session.document.sections[1].id])
    for menu in (menus.section_menu, menus.write_menu):
        menu.aboutToShow.emit()
        assert menus.deleted_sections.isEnabled()
        menu.aboutToHide.emit()


def test_a_section_deleted_for_good_comes_back_with_undo_alone(outlined: Desk) -> None:
    session = outlined.session
    session.delete_sections([session.document.sections[1].id])
    before = session.document.trash
    dialog = trash_of(outlined)
    click(dialog.delete)
    assert session.document.trash == ()
    assert "deleted for good" in outlined.window.notice.text
    assert not dialog.isVisible()
    session.undo()
    assert session.document.trash == before
    assert trash_of(outlined).list.count() == 1
    session.redo()
    assert session.document.trash == ()


def test_what_was_typed_before_a_section_was_deleted_and_brought_back_from_the_trash_is_still_undone(
    outlined: Desk,
) -> None:
    session, manuscript = outlined.session, outlined.window.workspace.manuscript
    one = session.document.sections[0].id
    manuscript.show_section(one)
    QTest.keyClicks(manuscript, "Typed")
    session.delete_sections([one])
    session.restore_section(session.document.trash[0], 2)
    assert manuscript.section_text(one) == "Typed"
    for _ in range(3):
        QTest.keyClick(manuscript, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert points(outlined) == ["Storms", "Lamps", "Keepers"]
    assert session.document.sections[0].text == ""


def test_versions_are_cleaned_up_and_undo_brings_them_back(
    outlined: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session = outlined.session
    before = session.document

    def clean(dialog: VersionCleanupDialog) -> int:
        dialog.all.setChecked(True)
        dialog.newest.setValue(0)
        assert dialog.found.text().startswith("Versions now: 3, afterwards: 1.")
        assert dialog.delete.text() == "Delete 2 versions"
        click(dialog.delete)
        return dialog.result()

    monkeypatch.setattr(VersionCleanupDialog, "exec", clean)
    outlined.window.menus.clean_up_versions.trigger()
    assert [each.text for each in session.document.sections[1].versions] == ["Light."]
    assert session.document.sections[1].text == "Light."
    assert "2 versions were deleted" in outlined.window.notice.text
    undo = next(each for each in outlined.window.notice.findChildren(QPushButton) if each.text() == "Undo")
    click(undo)
    assert session.document == before


def test_versions_that_come_about_after_a_clean_up_survive_its_undo(outlined: Desk) -> None:
    session = outlined.session
    two = session.document.sections[1]
    session.clean_up_versions(session.document.with_section(replace(two, versions=two.versions[1:])))
    now = session.document.section(two.id)
    session.put(session.document.with_section(replace(now, versions=(*now.versions, version("New.")))))
    session.undo()
    assert [each.text for each in session.document.section(two.id).versions] == ["Oil.", "Gas.", "Light.", "New."]
    session.redo()
    assert [each.text for each in session.document.section(two.id).versions] == ["Gas.", "Light.", "New."]


def test_the_clean_up_counts_what_remains_of_the_section_in_hand_or_of_all(outlined: Desk, qtbot: QtBot) -> None:
    document = outlined.session.document
    dialog = VersionCleanupDialog(document, document.sections[0].id)
    qtbot.addWidget(dialog)
    assert dialog.one.text() == "Section 1"
    assert not dialog.delete.isEnabled()
    of_one = len(document.sections[0].versions)
    assert dialog.found.text().startswith(f"Versions now: {of_one}, afterwards: {of_one}.")
    dialog.all.setChecked(True)
    assert f"now: {version_count(document)}," in dialog.found.text()
    dialog.newest.setValue(0)
    assert dialog.delete.text() == "Delete 2 versions"
    dialog.newest.setValue(2)
    assert dialog.delete.text() == "Delete 1 version"
    dialog.newest.setValue(3)
    assert dialog.delete.text() == "Nothing to delete"
    assert not dialog.delete.isEnabled()
    elsewhere = VersionCleanupDialog(document, "")
    qtbot.addWidget(elsewhere)
    assert not elsewhere.one.isEnabled()
    assert elsewhere.all.isChecked()
    assert elsewhere.result() == QDialog.DialogCode.Rejected


def test_whoever_opens_the_clean_up_and_presses_enter_deletes_nothing(outlined: Desk, qtbot: QtBot) -> None:
    dialog = VersionCleanupDialog(outlined.session.document, "")
    qtbot.addWidget(dialog)
    show_active(dialog, qtbot)
    assert dialog.newest.value() == 3
    dialog.newest.setFocus()
    QTest.keyClicks(dialog.newest, "0")
    dialog.newest.selectAll()
    QTest.keyClicks(dialog.newest, "1")
    assert dialog.delete.isEnabled()
    QTest.keyClick(dialog.newest, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_document_exported_as_json_is_opened_as_a_new_one(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    document = Document("Lighthouses", "Write", sections=(Section("Storms", 60, text="Wind.", id="a"),))
    path = tmp_path / "lighthouses.json"
    path.write_bytes(to_json(document))
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.has_document, timeout=8000)
    assert desk.session.document == document
    assert desk.session.path == desk.paths.documents / "lighthouses.longwriter"


def test_json_that_is_no_document_is_told(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}")
    desk.window.open(path)
    qtbot.waitUntil(lambda: "cannot be read as a document" in desk.window.notice.text, timeout=8000)
    assert not desk.session.has_document


def test_a_document_leaves_the_window_as_json(outlined: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "out.json"
    outlined.window.export(target)
    qtbot.waitUntil(lambda: outlined.window.notice.text.startswith("Exported"), timeout=8000)
    assert target.read_bytes() == to_json(outlined.session.document)


def test_the_menu_edit_says_what_undo_and_redo_would_do(outlined: Desk, qtbot: QtBot) -> None:
    session, menus = outlined.session, outlined.window.menus

    def entries() -> tuple[str, str]:
        menus.edit_menu.popup(outlined.window.mapToGlobal(outlined.window.rect().center()))
        names = menus.undo.text(), menus.redo.text()
        menus.edit_menu.close()
        return names

    session.delete_sections([session.document.sections[1].id])
    assert entries()[0] == "&Undo: Delete section"
    outlined.window.workspace.manuscript.setFocus()
    QTest.keyClicks(outlined.window.workspace.manuscript, "x")
    assert entries()[0] == "&Undo: Typing"
    session.undo()
    assert entries() == ("&Undo: Delete section", "&Redo: Typing")
    assert (menus.undo.text(), menus.redo.text()) == ("&Undo", "&Redo")


def test_undo_in_the_menu_takes_back_what_is_half_typed_in_a_field_for_numbers(outlined: Desk) -> None:
    session, panel = outlined.session, outlined.window.workspace.section
    session.set_main_point(session.document.sections[0].id, "Gales")
    outlined.window.workspace.outline.list.choose_section(session.document.sections[0].id)
    panel.target.setFocus()
    panel.target.selectAll()
    QTest.keyClicks(panel.target, "75")
    outlined.window.menus.undo.trigger()
    assert session.document.sections[0].main_point == "Gales"
    assert panel.target.text() != "75"
    outlined.window.menus.redo.trigger()
    assert panel.target.text() == "75"
