from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.focus_mode import LINE_AT, VEIL, FocusMode
from longwriter_desktop.ui.manuscript.page import Field, Page
from longwriter_desktop.ui.theme import DARK, LIGHT, Palette, contrast
from tests.ui.manuscript.desk import Desk, document, section

LONG = "\n\n".join(
    f"Paragraph {number} has a first sentence. It has a second one. 😀 And a third." for number in range(40)
)


@pytest.fixture
def focused(desk_with: Callable[[Document], Desk]) -> tuple[Desk, FocusMode]:
    desk = desk_with(document(section("a", LONG), section("b", "第一句话。第二句话！第三句", heading="Second")))
    return desk, FocusMode(desk.manuscript)


def clear_text(desk: Desk, mode: FocusMode) -> str:
    cursor = QTextCursor(desk.manuscript.document())
    begin, end = mode.clear()
    cursor.setPosition(begin)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def line_at(desk: Desk) -> float:
    return desk.manuscript.cursorRect().center().y() / desk.manuscript.viewport().height()


def test_the_paragraph_in_hand_stays_clear_or_the_sentence(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    desk.place("Paragraph 7", 30)
    assert clear_text(desk, mode) == "Paragraph 7 has a first sentence. It has a second one. 😀 And a third."
    mode.dims = "sentence"
    assert clear_text(desk, mode).strip() == "Paragraph 7 has a first sentence."
    desk.place("Paragraph 7", 36)
    assert clear_text(desk, mode).strip() == "It has a second one."
    desk.place("Paragraph 7", len("Paragraph 7 has a first sentence. It has a second one. 😀 And a third.") + 1)
    assert clear_text(desk, mode).strip() == "😀 And a third."


def test_sentences_of_a_chinese_text_and_headings_stay_clear_too(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.dims = "sentence"
    desk.place("第二句", 2)
    assert clear_text(desk, mode) == "第二句话！"
    desk.place("第三句", 3)
    assert clear_text(desk, mode) == "第三句"
    desk.place("Second", 2)
    assert clear_text(desk, mode) == "Second"


def test_a_selection_stays_clear_as_a_whole(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    desk.place("Paragraph 3", 2, 80)
    assert clear_text(desk, mode).count("Paragraph") == 2


def test_what_steps_back_can_still_be_read(focused: tuple[Desk, FocusMode]) -> None:
    def veiled(palette: Palette) -> str:
        share = VEIL[palette.name]
        mixed = [
            round(int(palette.ink[at : at + 2], 16) * (1 - share) + int(palette.paper[at : at + 2], 16) * share)
            for at in (1, 3, 5)
        ]
        return "#" + "".join(f"{channel:02x}" for channel in mixed)

    for palette in (LIGHT, DARK):
        assert 4.5 <= contrast(veiled(palette), palette.paper) < contrast(palette.ink, palette.paper) / 2


def test_only_what_is_not_in_hand_is_painted_paler(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.typewriter = False
    desk.place("Paragraph 2 ", 4)
    before = desk.manuscript.viewport().grab().toImage()
    in_hand, above = desk.manuscript.cursorRect(), desk.manuscript.viewport().rect()
    mode.set_on(True)
    after = desk.manuscript.viewport().grab().toImage()
    rows = {
        y
        for y in range(above.height() - 2)
        if any(before.pixel(x, y) != after.pixel(x, y) for x in range(30, before.width() - 30, 3))
    }
    assert rows
    assert not rows.intersection(range(in_hand.top() + 2, in_hand.bottom() - 2))
    mode.dims = "nothing"
    mode.set_on(True)
    assert desk.manuscript.viewport().grab().toImage() == before


def test_the_line_in_hand_stays_in_the_middle_also_at_the_end(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.set_on(True)
    desk.place("Paragraph 20")
    for _ in range(12):
        desk.press(Qt.Key.Key_Down)
        assert abs(line_at(desk) - LINE_AT) < 0.05
    desk.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert abs(line_at(desk) - LINE_AT) < 0.05
    desk.type(" Typed.")
    assert abs(line_at(desk) - LINE_AT) < 0.05
    mode.set_on(False)
    bar = desk.manuscript.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert line_at(desk) > 0.6


def test_a_click_does_not_move_the_text_below_the_hand(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.set_on(True)
    desk.place("Paragraph 20")
    value = desk.manuscript.verticalScrollBar().value()
    viewport = desk.manuscript.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center() / 2)
    assert desk.manuscript.verticalScrollBar().value() == value
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center() / 2)


def test_who_follows_the_writing_has_its_paragraph_clear_and_in_the_middle(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.set_on(True)
    desk.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.begin_writing("b")
    for _ in range(20):
        desk.append("b", "\n\nA new paragraph.")
        desk.manuscript.flush()
    assert clear_text(desk, mode) == "A new paragraph."
    end = desk.manuscript.marks.end_rect(desk.manuscript.page.fields[-1])
    offset = desk.manuscript.verticalScrollBar().value()
    assert abs((end.center().y() - offset) / desk.manuscript.viewport().height() - LINE_AT) < 0.06


def test_there_is_room_for_the_middle_after_the_window_has_grown(focused: tuple[Desk, FocusMode]) -> None:
    desk, mode = focused
    mode.set_on(True)
    desk.press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    desk.manuscript.resize(760, 900)
    assert abs(line_at(desk) - LINE_AT) < 0.05


def test_a_long_selection_costs_no_more_than_what_shows_of_it(
    focused: tuple[Desk, FocusMode], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, mode = focused
    mode.set_on(True)
    desk.manuscript.selectAll()
    desk.manuscript.verticalScrollBar().setValue(300)
    asked: list[int] = []
    field_at = Page.field_at

    def counted(page: Page, position: int) -> Field:
        asked.append(position)
        return field_at(page, position)

    monkeypatch.setattr(Page, "field_at", counted)
    desk.manuscript.viewport().grab()
    assert 0 < len(asked) < desk.manuscript.document().blockCount() / 2
