"""A document whose every text looks like HTML: the window shows it as text, and fetches nothing."""

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QTextEdit
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.plain_tip import plain_tip
from tests.ui.conftest import Desk

PICTURE = "//evil.example/share/a.png"
HOSTILE = f'<img src="{PICTURE}"><a href="file:///etc/passwd">x</a><script>y</script>'


def _hostile_document() -> Document:
    versions = (Version(HOSTILE, 1_699_999_000.0, "generated", HOSTILE, 7, 0.5, HOSTILE),)
    sections = tuple(
        Section(
            f"{number} {HOSTILE}",
            200,
            heading=HOSTILE,
            direction=HOSTILE,
            text=f"{HOSTILE}\n\n![a]({PICTURE}) [b](file:///etc/passwd) <{PICTURE}>",
            summary=HOSTILE,
            versions=versions,
            id=f"s{number}",
        )
        for number in (1, 2)
    )
    # Two main points that say the same: the plan check quotes them.
    return Document(HOSTILE, HOSTILE, "en", 400, (*sections, Section(f"1 {HOSTILE}", 3000, id="s3")))


def _would_be_html() -> list[str]:
    """The texts on the screen that Qt would take for HTML, other than the window's own."""
    found = []
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            found.append(widget.text())
        found.append(widget.toolTip())
        found += [action.toolTip() for action in widget.actions()]
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _tips(widget.model())
    return [text for text in found if "<img" in text or "<script" in text or "<a " in text]


def _tips(model: QAbstractItemModel) -> list[str]:
    tips = (
        model.index(row, 0, QModelIndex()).data(Qt.ItemDataRole.ToolTipRole)
        for row in range(model.rowCount(QModelIndex()))
    )
    return [cast("str", tip) for tip in tips if tip]


def _shown(desk: Desk, folder: Path, qtbot: QtBot) -> None:
    path = folder / "hostile.longwriter"
    Project.create(path, _hostile_document()).close()
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.document.title == HOSTILE)
    desk.window.workspace.outline.list.choose_section("s1")


def test_no_text_of_a_document_is_taken_for_html_anywhere_in_the_window(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = desk.window
    _shown(desk, tmp_path, qtbot)
    window.status.show_doing(f"Loading {HOSTILE}")
    window.status.show_model(HOSTILE)
    window.notice.show_notice(Notice(f"“{HOSTILE}” could not be saved.", "problem"))
    qtbot.wait(700)  # The plan check looks half a second after a change.
    assert HOSTILE in window.windowTitle()
    assert not _would_be_html()


def test_the_manuscript_holds_neither_pictures_nor_links(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _shown(desk, tmp_path, qtbot)
    manuscript = desk.window.workspace.manuscript
    assert HOSTILE in manuscript.toPlainText()
    assert _kinds(manuscript.document()) == set()


def test_html_that_is_pasted_comes_as_its_words(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    _shown(desk, tmp_path, qtbot)
    manuscript = desk.window.workspace.manuscript
    source = QTextDocument()
    source.setHtml(f'<p>pasted<img src="{PICTURE}"><a href="http://evil.example/">link</a></p>')
    manuscript.show_section("s1")
    other = QTextEdit()
    other.setDocument(source)
    other.selectAll()
    other.copy()
    manuscript.paste()
    manuscript.flush()
    assert "pasted" in manuscript.toPlainText()
    assert _kinds(manuscript.document()) == set()


def _kinds(document: QTextDocument) -> set[str]:
    """What of pictures and links is in a text document."""
    found = set()
    block = document.begin()
    while block.isValid():
        for piece in block.textFormats():
            if piece.format.isAnchor() or piece.format.anchorHref():
                found.add("link")
            if piece.format.isImageFormat():
                found.add("picture")
        block = block.next()
    if document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(PICTURE)) is not None:
        found.add("resource")
    return found


def test_a_question_about_a_file_shows_its_name_as_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[QMessageBox] = []

    def look(box: QMessageBox) -> int:
        asked.append(box)
        assert not [text for text in _would_be_html() if HOSTILE in text]
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    file_dialogs.ask_about_unsaved(desk.window, f"“{HOSTILE}” is not saved.")
    file_dialogs.ask_about_discarding(desk.window, HOSTILE)
    assert [box.textFormat() for box in asked] == [Qt.TextFormat.PlainText] * 2


def test_a_tip_stays_as_it_is_unless_qt_would_take_it_for_html() -> None:
    assert plain_tip("Tom & Jerry") == "Tom & Jerry"
    assert "<img" not in plain_tip(HOSTILE)
    assert "&lt;img" in plain_tip(HOSTILE)
