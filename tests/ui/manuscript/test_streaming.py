from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.manuscript import STREAM_MS
from tests.ui.manuscript.desk import Desk, document, section

LONG = "\n\n".join(f"Paragraph {number} of a text that is long enough to be scrolled in." for number in range(40))


@pytest.fixture
def long_desk(desk_with: Callable[[Document], Desk]) -> Desk:
    return desk_with(document(section("a", LONG), section("b", LONG), section("c", "End.")))


def top_line(desk: Desk) -> tuple[str, int]:
    cursor = desk.manuscript.cursorForPosition(desk.manuscript.viewport().rect().topLeft())
    return cursor.block().text(), desk.manuscript.cursorRect(cursor).top()


def test_text_arrives_within_the_stream_interval(desk: Desk, qtbot: QtBot) -> None:
    desk.append("c", " More")
    desk.append("c", " text.")
    assert "More" not in desk.manuscript.document().toPlainText()
    assert desk.text("c") == "Gamma. More text."
    qtbot.waitUntil(lambda: desk.lines[-1] == "Gamma. More text.", timeout=20 * STREAM_MS)
    assert desk.texts_reported == []


def test_typing_while_text_streams_in_elsewhere_never_mixes(desk: Desk) -> None:
    desk.begin_writing("b")
    desk.place("Gamma.", 6)
    for number in range(30):
        desk.append("b", f" {number}")
        desk.type("x")
        desk.manuscript.flush()
    assert desk.text("b") == "Beta." + "".join(f" {number}" for number in range(30))
    assert desk.text("c") == "Gamma." + "x" * 30
    assert desk.touched == []
    desk.undo()
    assert desk.text("c") == "Gamma."
    assert desk.text("b").endswith(" 29")


def test_each_paragraph_that_was_streamed_is_one_step(desk: Desk) -> None:
    desk.begin_writing("c")
    for piece in (" One.\n\n", "Two.", "\n\nThree", "."):
        desk.append("c", piece)
        desk.manuscript.flush()
    desk.end_writing()
    for left in ("Gamma. One.\n\nTwo.", "Gamma. One.", "Gamma."):
        desk.undo()
        assert desk.document.section("c").text == left
    for _ in range(3):
        desk.redo()
    assert desk.document.section("c").text == "Gamma. One.\n\nTwo.\n\nThree."


def test_undo_after_writing_again_brings_the_old_text_back(desk: Desk) -> None:
    desk.document = desk.document.with_text("c", "")
    desk.manuscript.clear_section("c")
    desk.manuscript.set_writing("c")
    desk.append("c", "New.")
    desk.manuscript.set_writing("")
    assert desk.text("c") == "New."
    desk.undo()
    assert desk.document.section("c").text == "Gamma."


def test_selection_and_cursor_stay_where_they_are(desk: Desk) -> None:
    desk.manuscript.set_writing("c")
    desk.place("Alpha two.", 2, len("pha two.\nSecond\nBeta.\nGam"))
    before = desk.manuscript.textCursor()
    desk.append("a", " Added.\n\nAnd more.")
    desk.manuscript.flush()
    after = desk.manuscript.textCursor()
    assert (after.anchor(), after.selectedText()[:8]) == (before.anchor(), "pha two.")
    assert after.selectedText().endswith("Gam")


def test_the_cursor_at_the_very_end_is_not_carried_along(desk: Desk) -> None:
    desk.manuscript.set_writing("c")
    desk.place("Gamma.", 6)
    desk.append("c", " More.")
    desk.manuscript.flush()
    assert desk.manuscript.textCursor().atBlockEnd() is False
    desk.type("x")
    assert desk.text("c") == "Gamma.x More."


def test_touching_the_section_being_written_is_told_before_the_change(desk: Desk) -> None:
    seen: list[str] = []
    desk.manuscript.writing_touched.connect(lambda section_id: seen.append(desk.text(section_id)))
    desk.manuscript.set_writing("c")
    desk.append("c", " pending")
    desk.place("Gamma.", 2)
    desk.type("x")
    assert seen == ["Gamma. pending"]
    assert desk.texts_reported == [("c", "Gaxmma. pending")]


def test_typing_in_a_heading_of_the_section_does_not_touch_the_writing(desk: Desk) -> None:
    desk.manuscript.set_writing("b")
    desk.place("Second", 6)
    desk.type("!")
    assert desk.touched == []


def test_text_for_a_section_that_was_deleted_meanwhile_is_dropped(desk: Desk) -> None:
    desk.manuscript.append_text("c", " More.")
    desk.show(desk.document.deleted("c"))
    desk.manuscript.flush()
    assert desk.lines[-1] == "Beta."


@pytest.mark.parametrize(("pending", "expected"), [("", "Gam"), ("😀 ok", "Gamma.😀")])
def test_characters_are_taken_back_from_the_end_counted_as_python_does(desk: Desk, pending: str, expected: str) -> None:
    desk.manuscript.append_text("c", pending)
    desk.manuscript.cut_text("c", 3)
    assert desk.text("c") == expected
    assert desk.lines[-1] == expected


def test_emoji_count_as_one_character_each_when_taken_back(desk: Desk) -> None:
    desk.manuscript.append_text("c", "😀a😀b😀")
    desk.manuscript.flush()
    desk.manuscript.cut_text("c", 3)
    assert desk.text("c") == "Gamma.😀a"
    desk.manuscript.cut_text("c", 100)
    assert desk.text("c") == ""


def test_the_view_follows_the_writing_for_who_is_at_its_end(long_desk: Desk) -> None:
    desk = long_desk
    desk.manuscript.verticalScrollBar().setValue(desk.manuscript.verticalScrollBar().maximum())
    desk.manuscript.set_writing("c")
    for _ in range(30):
        desk.append("c", "\n\nMore and more.")
        desk.manuscript.flush()
        assert desk.manuscript.at_end()


def test_the_view_follows_into_the_next_section(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", LONG), section("b", heading="Next one"), section("c")))
    desk.manuscript.verticalScrollBar().setValue(desk.manuscript.verticalScrollBar().maximum())
    desk.manuscript.set_writing("a")
    desk.append("a", "\n\nMore." * 10)
    desk.manuscript.flush()
    desk.manuscript.set_writing("b")
    assert desk.manuscript.at_end()
    desk.append("b", "Text.\n\n" * 30)
    desk.manuscript.flush()
    assert desk.manuscript.at_end()


def test_the_view_stays_for_who_reads_elsewhere(long_desk: Desk) -> None:
    desk = long_desk
    desk.manuscript.set_writing("a")
    bar = desk.manuscript.verticalScrollBar()
    desk.manuscript.show_section("b")
    bar.setValue(bar.value() + 100)
    before = top_line(desk)
    for _ in range(20):
        desk.append("a", "\n\nMore and more above what is being read.")
        desk.manuscript.flush()
        assert top_line(desk) == before


def test_the_view_stays_once_the_person_has_scrolled_away_and_follows_again_when_back(long_desk: Desk) -> None:
    desk = long_desk
    bar = desk.manuscript.verticalScrollBar()
    desk.manuscript.set_writing("c")
    bar.setValue(bar.maximum())
    bar.setValue(0)
    desk.append("c", "\n\nMore." * 10)
    desk.manuscript.flush()
    assert bar.value() == 0
    bar.setValue(bar.maximum())
    desk.append("c", "\n\nMore." * 30)
    desk.manuscript.flush()
    assert desk.manuscript.at_end()


def test_typing_elsewhere_ends_following(desk_with: Callable[[Document], Desk]) -> None:
    desk = desk_with(document(section("a", "Short."), section("b", "Written.")))
    desk.manuscript.set_writing("b")
    desk.place("Short.", 6)
    desk.type("x")
    desk.append("b", "\n\nMore." * 60)
    desk.manuscript.flush()
    assert desk.manuscript.verticalScrollBar().value() == 0
    assert not desk.manuscript.at_end()


def test_undo_of_what_is_being_written_has_the_writer_pause_and_takes_all_of_the_paragraph_out(desk: Desk) -> None:
    desk.begin_writing("c")
    desk.append("c", "\n\nBeing")
    desk.manuscript.flush()
    desk.append("c", " written.")
    desk.undo()
    assert desk.touched == ["c"]
    assert desk.text("c") == "Gamma."
    desk.redo()
    assert desk.text("c") == "Gamma.\n\nBeing written."
