from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript import finder as finder_module
from longwriter_desktop.ui.manuscript.lines import pieces
from longwriter_desktop.ui.manuscript.writing_page import WritingPage
from longwriter_desktop.ui.theme import DARK, LIGHT, Palette
from tests.ui.manuscript.desk import Desk, document, section
from tests.ui.manuscript.test_finding import ENDLESS, HOPELESS

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Searcher:
    """A person with a find bar above the manuscript."""

    def __init__(self, desk: Desk, page: WritingPage, qtbot: QtBot) -> None:
        self.desk = desk
        self.page = page
        self.bar = page.find_bar
        self._qtbot = qtbot

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: not self.page.finder.is_looking, timeout=15_000)

    def find(self, text: str, replacing: bool = False) -> str:
        self.page.open_find_bar(replacing)
        self.bar.query.setText(text)
        self.settle()
        return self.bar.said.text()

    def press(self, field: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = SHIFT & ~SHIFT) -> str:
        field.setFocus()
        QTest.keyClick(field, key, modifiers)
        self.settle()
        return self.bar.said.text()

    def replace_all(self, text: str) -> str:
        self.bar.instead.setText(text)
        self.bar.replace_all.click()
        self._qtbot.waitUntil(lambda: "eplaced" in self.bar.said.text() or "left" in self.bar.said.text())
        self.settle()
        return self.bar.said.text()

    @property
    def selected(self) -> str:
        return self.desk.manuscript.textCursor().selectedText()


@pytest.fixture
def search(desk_with: Callable[[Document], Desk], qtbot: QtBot) -> Iterator[Callable[..., Searcher]]:
    made: list[WritingPage] = []

    def make(*sections: str, may_change: bool = True) -> Searcher:
        named = [section("abcdefgh"[at], text) for at, text in enumerate(sections)]
        desk = desk_with(document(*named))
        page = WritingPage(desk.manuscript, LIGHT, lambda: may_change)
        qtbot.addWidget(page)
        page.resize(760, 600)
        with qtbot.waitExposed(page):
            page.show()
        made.append(page)
        return Searcher(desk, page, qtbot)

    yield make
    for page in made:
        page.finder.close()


def test_places_are_counted_and_gone_through_in_order_and_round(search: Callable[..., Searcher]) -> None:
    person = search("One fog.\n\nTwo 😀 fog.", "Three Fog.")
    assert person.find("fog") == "1 of 3"
    assert person.press(person.bar.query, Qt.Key.Key_Return) == "2 of 3"
    assert person.press(person.bar.query, Qt.Key.Key_Return) == "3 of 3"
    assert person.selected == "Fog"
    assert person.desk.manuscript.current_section() == "b"
    assert person.press(person.bar.query, Qt.Key.Key_Return) == "1 of 3 · From the top again."
    assert person.press(person.bar.query, Qt.Key.Key_Return, SHIFT) == "3 of 3 · From the end again."
    person.page.find_previous()
    person.settle()
    assert person.bar.said.text() == "2 of 3"


def test_the_search_begins_at_the_cursor_and_titles_are_searched_too(search: Callable[..., Searcher]) -> None:
    person = search("A title here.", "A title there.")
    person.desk.place("there")
    assert person.find("title") == "1 of 3 · From the top again."
    assert person.desk.manuscript.current_section() == ""
    person.desk.place("A title there")
    assert person.find("titl") == "3 of 3"


def test_what_is_selected_is_looked_for_when_the_bar_opens(search: Callable[..., Searcher]) -> None:
    person = search("The lamp and the lamp.")
    person.desk.place("lamp", 0, 4)
    person.page.open_find_bar()
    person.settle()
    assert person.bar.query.text() == "lamp"
    assert person.bar.said.text() == "1 of 2"
    person.desk.select(0, 20)  # from the title into the text
    person.page.close_find_bar()
    person.page.open_find_bar()
    assert person.bar.query.text() == "lamp"


def test_nothing_found_is_said_and_so_is_a_pattern_that_is_none(search: Callable[..., Searcher]) -> None:
    person = search("Text.")
    assert person.find("xyz") == "Not found"
    person.bar.is_regex.click()
    assert person.find("(T") == "This is no complete pattern: missing ) at character 3."
    assert person.find("(Te)") == "1 of 1"


def test_one_place_after_another_is_replaced_and_each_is_a_step_of_undo(search: Callable[..., Searcher]) -> None:
    person = search("fog fog", "fog")
    person.find("fog", replacing=True)
    person.bar.instead.setText("fogs of fog")
    person.press(person.bar.instead, Qt.Key.Key_Return)
    person.press(person.bar.instead, Qt.Key.Key_Return)
    assert person.desk.text("a") == "fogs of fog fogs of fog"
    assert person.bar.said.text() == "5 of 5"  # what was put in is not replaced again
    person.desk.undo()
    assert person.desk.text("a") == "fogs of fog fog"


def test_all_places_are_replaced_as_one_step(search: Callable[..., Searcher]) -> None:
    person = search("fog, fog\n\nand fog", "none", "Fog")
    person.find("fog", replacing=True)
    assert person.replace_all("mist") == "Replaced 4 times."
    assert [person.desk.text(each) for each in "abc"] == ["mist, mist\n\nand mist", "none", "mist"]
    assert person.desk.texts_reported == [("a", "mist, mist\n\nand mist"), ("c", "mist")]
    assert person.desk.document.section("c").text == "mist"
    person.desk.undo()
    assert [person.desk.text(each) for each in "abc"] == ["fog, fog\n\nand fog", "none", "Fog"]
    assert not person.desk.manuscript.history.can_undo()
    person.desk.redo()
    assert person.desk.text("c") == "mist"


def test_groups_of_a_pattern_come_again_in_the_replacement(search: Callable[..., Searcher]) -> None:
    person = search("1822-1856", "1900-1910")
    person.bar.is_regex.setChecked(True)
    person.find(r"(\d+)-(\d+)", replacing=True)
    person.replace_all(r"from $1 to \2")
    assert [person.desk.text(each) for each in "ab"] == ["from 1822 to 1856", "from 1900 to 1910"]
    person.find(r"(\d+)", replacing=True)
    person.bar.instead.setText("$2")
    person.bar.replace_all.click()
    person.settle()
    assert "the pattern has only one" in person.bar.said.text()
    assert person.desk.text("a") == "from 1822 to 1856"


def test_locked_sections_and_the_one_being_written_stay_as_they_are(search: Callable[..., Searcher]) -> None:
    person = search("fog", "fog fog", "fog", "fog")
    locked = replace(section("b", "fog fog"), locked=True)
    person.desk.show(document(section("a", "fog"), locked, section("c", "fog"), section("d", "fog")))
    person.desk.begin_writing("c")
    person.find("fog", replacing=True)
    said = person.replace_all("mist")
    assert "Replaced 2 times." in said
    assert "2 places in locked sections were left as they are." in said
    assert "1 place in the section being written was left as it is." in said
    assert [person.desk.text(each) for each in "abcd"] == ["mist", "fog fog", "fog", "mist"]
    assert person.desk.touched == []
    person.desk.place("fog fog")
    person.find("fog ", replacing=True)
    person.press(person.bar.instead, Qt.Key.Key_Return)
    assert "Section 2 is locked. Nothing was replaced there." in person.bar.said.text()
    assert person.desk.text("b") == "fog fog"


def test_what_streams_in_is_found_as_it_comes(search: Callable[..., Searcher], qtbot: QtBot) -> None:
    person = search("fog", "")
    person.desk.begin_writing("b")
    assert person.find("fog") == "1 of 1"
    for _ in range(3):
        person.desk.append("b", "more fog. ")
        person.desk.manuscript.flush()
    qtbot.waitUntil(lambda: person.bar.said.text() == "1 of 4", timeout=10_000)
    assert person.selected == "fog"


def test_nothing_is_replaced_in_a_document_for_reading_only(search: Callable[..., Searcher]) -> None:
    person = search("fog", may_change=False)
    person.find("fog", replacing=True)
    person.bar.instead.setText("mist")
    for button in (person.bar.replace, person.bar.replace_all):
        button.click()
        assert finder_module.READ_ONLY in person.bar.said.text()
    assert person.desk.text("a") == "fog"


def test_an_endless_pattern_is_given_up_and_the_window_lives_on_meanwhile(
    search: Callable[..., Searcher], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.ui.manuscript.finding.SECONDS", 0.3)
    person = search(HOPELESS)
    person.bar.is_regex.setChecked(True)
    assert person.find(ENDLESS).startswith("This pattern takes too long")
    assert person.find("b$") == "1 of 1"


def test_escape_closes_the_bar_and_the_text_has_the_focus(search: Callable[..., Searcher]) -> None:
    person = search("fog")
    person.find("fog")
    person.press(person.bar.query, Qt.Key.Key_Escape)
    assert person.bar.isHidden()
    assert person.selected == "fog"
    assert person.page.finder.tally.places == 0


def test_all_places_that_show_are_marked_and_only_they(search: Callable[..., Searcher]) -> None:
    person = search("\n\n".join(["fog here"] * 80))
    person.find("no such word")
    person.desk.select(0, 0)
    before = person.desk.manuscript.viewport().grab().toImage()
    person.find("fog")
    person.desk.select(0, 0)
    person.desk.manuscript.verticalScrollBar().setValue(0)
    marked = person.desk.manuscript.viewport().grab().toImage()
    changed = sum(before.pixel(30, y) != marked.pixel(30, y) for y in range(before.height()))
    assert changed > 10 * 12  # at the left end of each of more than ten lines
    assert all(before.pixel(200, y) == marked.pixel(200, y) for y in range(before.height()))


def test_marks_stand_beside_what_an_input_method_composes(search: Callable[..., Searcher]) -> None:
    person = search("One fog.")
    person.find("fog")
    page = person.desk.manuscript.page
    begin = person.desk.manuscript.textCursor().selectionStart()
    plain = pieces(page, begin, begin + 3)[0].rect
    person.desk.place("One fog.")
    QApplication.sendEvent(person.desk.manuscript, QInputMethodEvent("nihao", []))
    composing = pieces(page, begin, begin + 3)[0].rect
    assert composing.left() > plain.left() + 20
    assert abs(composing.width() - plain.width()) < 1


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_selected_place_stands_out_more_than_the_others(search: Callable[..., Searcher], palette: Palette) -> None:
    person = search("One fog.\n\nTwo fog.\n\nThree fog.")
    manuscript = person.desk.manuscript
    manuscript.set_palette(palette)
    person.find("fog")
    person.press(person.bar.query, Qt.Key.Key_Return)
    assert person.bar.said.text() == "2 of 3"
    image = manuscript.viewport().grab().toImage()
    paper = QColor(palette.paper)

    def weight(begin: int) -> float:
        """How far the ground and the frame of a place are from paper; its letters are the same everywhere."""
        piece = pieces(manuscript.page, begin, begin + 3)[0].rect.adjusted(-3, -3, 3, 3).toRect()
        piece.translate(0, -manuscript.verticalScrollBar().value())
        colours = [
            image.pixelColor(x, y)
            for x in range(piece.left(), piece.right() + 1)
            for y in range(piece.top(), piece.bottom() + 1)
        ]
        apart = (abs(each.red() - paper.red()) + abs(each.green() - paper.green()) for each in colours)
        return sum(apart) / len(colours)

    text = manuscript.toPlainText()
    first = text.index("fog")
    second = text.index("fog", first + 1)
    assert weight(second) > 1.4 * weight(first)


def test_replacing_goes_on_to_other_places_and_never_into_what_was_put_in(search: Callable[..., Searcher]) -> None:
    person = search("One self.\n\nTwo self.")
    person.find("self", replacing=True)
    person.bar.instead.setText("self-SELF")
    assert person.press(person.bar.instead, Qt.Key.Key_Return) == "3 of 3"
    assert person.selected == "self"
    assert person.press(person.bar.instead, Qt.Key.Key_Return) == "4 places · No other place is left."
    assert person.selected == "self-SELF"
    shown = person.desk.manuscript.toPlainText()
    assert shown.count("self-SELF") == shown.count("SELF") == 2


def test_a_pattern_that_puts_in_new_lines_leaves_titles_and_headings_in_one(search: Callable[..., Searcher]) -> None:
    person = search("one two")
    person.desk.show(document(section("a", "one two", heading="My heading"), title="A title"))
    person.bar.is_regex.setChecked(True)
    person.find(" (?=[a-z])", replacing=True)
    person.replace_all(r"\n")
    assert person.desk.lines == ["A title", "My heading", "one", "two"]
    assert person.desk.document.title == "A title"
    assert person.desk.document.section("a").heading == "My heading"
    person.desk.undo()
    assert person.desk.lines == ["A title", "My heading", "one two"]


def test_what_was_done_is_said_until_the_person_does_something_else(search: Callable[..., Searcher]) -> None:
    person = search("fog", "fog")
    person.desk.begin_writing("b")
    person.find("fog", replacing=True)
    person.replace_all("mist")
    for _ in range(3):
        person.desk.append("b", " and more fog")
        person.desk.manuscript.flush()
        person.settle()
    assert person.bar.said.text().startswith("4 places · Replaced once.")
    person.desk.undo()
    person.settle()
    assert person.bar.said.text() == "5 places"


def test_of_sections_that_are_written_at_the_same_time_none_is_replaced_in(search: Callable[..., Searcher]) -> None:
    person = search("fog", "fog", "fog")
    person.desk.manuscript.set_in_work(["a", "c"])
    person.find("fog", replacing=True)
    said = person.replace_all("mist")
    assert [person.desk.text(each) for each in "abc"] == ["fog", "mist", "fog"]
    assert "2 places in the sections being written were left as they are." in said


@pytest.mark.parametrize("width", [760, 270])
def test_no_button_is_cut_off_where_the_text_is_narrow(
    search: Callable[..., Searcher], qtbot: QtBot, width: int
) -> None:
    person = search("fog")
    person.find("fog", replacing=True)
    person.page.setMinimumWidth(200)  # The workspace has a least width for it, too.
    person.page.resize(width, 600)
    bar = person.bar
    qtbot.waitUntil(lambda: bar.replace_all.width() >= bar.replace_all.sizeHint().width())
    assert bar.replace.width() >= bar.replace.sizeHint().width()
    is_below = bar.replace.mapTo(bar, bar.replace.rect().topLeft()).y() >= bar.instead.geometry().bottom()
    assert is_below is (width < 500)
    assert bar.rect().contains(bar.replace_all.mapTo(bar, bar.replace_all.rect().bottomRight()))
    assert bar.instead.width() >= 150
