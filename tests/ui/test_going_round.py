"""Going through the window with keys alone: panels, notices, the list of documents, focus mode; and dragging."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.instruction_dialog import InstructionDialog
from longwriter_desktop.ui.models.model_words import recommended_word
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.outline_drag import BESIDE_POINTER
from longwriter_desktop.ui.theme import DARK, LIGHT, contrast
from longwriter_desktop.ui.words_field import WordsField
from tests.ui.conftest import Desk

STEPS = tuple(Step(number, f"The {number}. thing that there is to say about lighthouses", 40) for number in range(1, 7))


@pytest.fixture
def outlined(desk: Desk) -> Desk:
    desk.session.new_document_with_outline("A history of lighthouses", None, "en", STEPS)
    return desk


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_next_panel_goes_to_the_notice_and_to_the_rewriting_too(outlined: Desk, qtbot: QtBot) -> None:
    workspace, notice = outlined.window.workspace, outlined.window.notice
    notice.show_notice(Notice("Saved.", "info", (NoticeAction("Open", lambda: None),)))
    workspace.rewriting.show()
    workspace.go_to_outline()
    places = (workspace.writing_page, workspace.section, workspace.rewriting, notice, workspace.outline)
    for place in places:
        QTest.keySequence(outlined.window, QKeySequence("F6"))
        assert place.isAncestorOf(focus()) or place is focus(), place
    workspace.rewriting.hide()
    notice.dismiss()
    for place in (*places[:2], workspace.outline):
        QTest.keySequence(outlined.window, QKeySequence("F6"))
        assert place.isAncestorOf(focus()), place


def test_tab_goes_through_a_notice_as_it_is_read_and_to_the_cross_last(outlined: Desk) -> None:
    notice = outlined.window.notice
    deeds = (NoticeAction("Open", lambda: None), NoticeAction("Show in folder", lambda: None))
    notice.show_notice(Notice("Exported.", "info", deeds))
    notice.go_to()
    gone: list[str] = []
    for _ in range(3):
        widget = focus()
        assert isinstance(widget, QPushButton | QToolButton)
        gone.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert gone == ["Open", "Show in folder", "Dismiss"]


def test_tab_into_the_recent_documents_stands_on_the_first(desk: Desk, qtbot: QtBot) -> None:
    recent = desk.window.start_page.recent
    entries = [RecentDocument(Path(f"/nowhere/{name}.longwriter"), name, 100, 1000, "en", 0.0) for name in "abc"]
    desk.window.start_page.show_recent(entries, 10.0)
    recent.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(recent.hasFocus)
    assert recent.currentIndex().row() == 0
    assert recent.selectionModel().isSelected(recent.currentIndex())
    QTest.keyClick(recent, Qt.Key.Key_Down)
    assert recent.currentIndex().row() == 1


def test_escape_leaves_focus_mode_after_the_notice_has_gone(outlined: Desk) -> None:
    menus, workspace = outlined.window.menus, outlined.window.workspace
    menus.focus_mode.trigger()
    assert not workspace.outline.isVisible()
    outlined.window.notice.show_notice(Notice("Saved.", "info"))
    QTest.keyClick(workspace.manuscript, Qt.Key.Key_Escape)
    assert menus.focus_mode.isChecked()
    QTest.keyClick(workspace.manuscript, Qt.Key.Key_Escape)
    assert not menus.focus_mode.isChecked()
    assert workspace.outline.isVisible()


def test_each_theme_in_the_menu_has_a_letter_of_its_own(desk: Desk) -> None:
    texts = [action.text() for action in desk.window.menus.themes.actions()]
    letters = [text[text.index("&") + 1].lower() for text in texts]
    assert len(set(letters)) == len(texts) == 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ring_of_the_main_button_is_seen_on_its_colour(desk: Desk, palette: object, qtbot: QtBot) -> None:
    colours = DARK if palette is DARK else LIGHT
    desk.window.menus.themes.actions()[2 if palette is DARK else 1].trigger()
    page = desk.window.start_page
    QTest.keyClicks(page.instruction, "Fog")
    plain = page.plan_button.grab().toImage()
    page.plan_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(page.plan_button.hasFocus)
    image = page.plan_button.grab().toImage()
    assert plain.size() == image.size()
    ring = image.pixelColor(1, image.height() // 2).name()
    assert plain.pixelColor(1, plain.height() // 2).name().upper() == colours.accent
    assert contrast(ring, colours.paper) >= 4.5, "a ring on the page"


def test_what_is_dragged_is_a_slip_beside_the_pointer(outlined: Desk) -> None:
    rows = outlined.window.workspace.outline.list
    first = rows.outline.index_of(outlined.session.document.sections[0].id)
    drag = rows.drag_of([first])
    assert drag is not None
    slip = drag.pixmap().deviceIndependentSize()
    assert slip.height() < rows.visualRect(first).height()
    assert slip.width() < rows.viewport().width()
    assert drag.hotSpot() == BESIDE_POINTER
    assert BESIDE_POINTER.x() < 0
    assert BESIDE_POINTER.y() < 0


def test_after_a_drop_the_manuscript_shows_the_section_that_is_selected(outlined: Desk, qtbot: QtBot) -> None:
    workspace, session = outlined.window.workspace, outlined.session
    for section in session.document.sections:
        session.set_text(section.id, "Fog over the sea.\n\n" * 12)
    workspace.manuscript.set_document(session.document)
    first = session.document.sections[0].id
    workspace.outline.list.choose_section(first)
    rows = workspace.outline.list.outline
    data = rows.mimeData([rows.index_of(first)])
    rows.dropMimeData(data, Qt.DropAction.MoveAction, 5, 0, workspace.outline.list.rootIndex())
    qtbot.waitUntil(lambda: session.document.sections[0].id != first)
    assert workspace.current_section == first
    qtbot.waitUntil(lambda: workspace.manuscript.current_section() == first)
    top = workspace.manuscript.cursorRect().top()
    assert 0 <= top < workspace.manuscript.viewport().height()


def test_the_words_of_small_fields_and_buttons_say_what_happens(outlined: Desk, qtbot: QtBot) -> None:
    assert InstructionDialog(outlined.session.document, outlined.window).keep.text() == "OK"
    field = WordsField()
    qtbot.addWidget(field)
    assert field.placeholderText() == "the app decides"
    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) + 24 <= field.width()
    assert recommended_word("fits") == "recommended"
    assert recommended_word("slow") == "best choice here"
