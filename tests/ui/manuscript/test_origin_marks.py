from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent, QTextBlock
from PySide6.QtWidgets import QApplication, QToolTip

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.provenance import TextOrigin
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.manuscript.origin_marks import NAMES, OriginMarks
from tests.ui.manuscript.desk import Desk, document, section

MADE = "The lights were fires on a beach.\n\nA keeper came to live in the tower."


def generated(one: Section, text: str = MADE) -> Section:
    return replace(one, complete=True, versions=(Version(text, 1.0, "generated"),))


@pytest.fixture
def marked(desk_with: Callable[[Document], Desk]) -> tuple[Desk, OriginMarks]:
    edited = MADE.replace("beach", "hill") + "\n\nAll this is mine."
    desk = desk_with(document(generated(section("a", edited, heading="One")), section("b", "Half a sect")))
    return desk, OriginMarks(desk.manuscript, lambda: desk.document)


def block(desk: Desk, find: str) -> QTextBlock:
    desk.place(find)
    return desk.manuscript.textCursor().block()


def test_generated_edited_and_own_lines_are_told_apart(marked: tuple[Desk, OriginMarks]) -> None:
    desk, marks = marked
    assert marks.of(block(desk, "A keeper")) is TextOrigin.GENERATED
    assert marks.of(block(desk, "The lights")) is TextOrigin.EDITED
    assert marks.of(block(desk, "All this")) is TextOrigin.OWN
    desk.place("A keeper", 2)
    desk.type("night")
    assert marks.of(block(desk, "A nightkeeper")) is TextOrigin.EDITED


def test_of_titles_headings_and_half_written_sections_nothing_is_said(marked: tuple[Desk, OriginMarks]) -> None:
    desk, marks = marked
    for line in ("Title", "One", "Half a sect"):
        assert marks.of(block(desk, line)) is None


def test_a_section_that_is_finished_has_its_marks_at_once(marked: tuple[Desk, OriginMarks]) -> None:
    desk, marks = marked
    desk.document = desk.document.with_section(generated(desk.document.section("b"), "Half a sect"))
    assert marks.of(block(desk, "Half a sect")) is TextOrigin.GENERATED


def test_marks_are_painted_in_the_margin_only_and_only_while_they_are_on(marked: tuple[Desk, OriginMarks]) -> None:
    desk, marks = marked
    plain = desk.manuscript.viewport().grab().toImage()
    marks.set_on(True)
    drawn = desk.manuscript.viewport().grab().toImage()
    columns = {x for x in range(plain.width()) for y in range(plain.height()) if plain.pixel(x, y) != drawn.pixel(x, y)}
    assert columns
    assert columns <= set(range(16, 22))
    marks.set_on(False)
    assert desk.manuscript.viewport().grab().toImage() == plain


def test_pointing_at_a_mark_says_what_it_means(
    marked: tuple[Desk, OriginMarks], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, marks = marked
    marks.set_on(True)
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    for line in ("A keeper", "All this", "One"):
        desk.place(line)
        at = QPoint(18, desk.manuscript.cursorRect().center().y())
        viewport = desk.manuscript.viewport()
        QApplication.sendEvent(viewport, QHelpEvent(QHelpEvent.Type.ToolTip, at, viewport.mapToGlobal(at)))
    assert said == [NAMES[TextOrigin.GENERATED], NAMES[TextOrigin.OWN], ""]
