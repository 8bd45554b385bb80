"""Whatever a person does at random, the page shows exactly what a plain list of texts would hold."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextBlockFormat
from PySide6.QtWidgets import QApplication

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.fields import heading_key
from longwriter_desktop.ui.manuscript.paragraphs import breaks_around
from tests.ui.manuscript.desk import Desk, document, section

ALPHABET = [
    "a",
    "b",
    " ",
    ".",
    "\u00a0",
    "é",
    "e\u0301",
    "😀",
    "👩‍👩‍👧",
    "中",
    "文",
    "\u2028",
    "*",
    "#",
    "- ",
    "\u200d",
    "\u2060",
]
PASTES = ["word", "two\nlines", "a\n\nb\n", "😀\u00a0中\n", "\n", "x\r\ny", ""]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Part:
    """One line of the model: a title, the count, a heading or a section's text."""

    section_id: str
    kind: str
    text: str


class Model:
    """The page as a plain list of texts."""

    def __init__(self, shown: Document) -> None:
        self.parts = [Part("", "title", shown.title), Part("", "count", "")]
        for each in shown.sections:
            if each.heading:
                self.parts.append(Part(each.id, "heading", each.heading))
            self.parts.append(Part(each.id, "text", each.text))

    def place(self, count: str, part: int, at: int) -> int:
        """A position in UTF-16 units."""
        before = sum(units(count if each.kind == "count" else each.text) + 1 for each in self.parts[:part])
        return before + units(self.parts[part].text[:at])

    def replace(self, begin: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """Puts ``text`` in place of what lies between two places (part, character)."""
        first = True
        for number in range(begin[0], end[0] + 1):
            part = self.parts[number]
            if part.kind == "count":
                continue
            start = begin[1] if number == begin[0] else 0
            stop = end[1] if number == end[0] else len(part.text)
            new = text if first else ""
            if part.kind != "text":
                new = re.sub("[\r\n\u2028]+", " ", new)
            new = new.replace("\r\n", "\n")
            if part.kind == "text":
                above, below = breaks_around(part.text[:start], new, part.text[stop:])
                new = above + new + below
            part.text = part.text[:start] + new + part.text[stop:]
            first = False


def check(desk: Desk, model: Model) -> None:
    # A heading that the person leaves empty loses its line.
    shown = {field.key for field in desk.manuscript.page.fields}
    model.parts = [
        part for part in model.parts if part.kind != "heading" or part.text or heading_key(part.section_id) in shown
    ]
    page = [part for part in model.parts if part.kind != "count"]
    assert desk.lines == "\n".join(part.text for part in page).split("\n")
    for part in page:
        if part.kind == "text":
            assert desk.text(part.section_id) == part.text
            assert desk.document.section(part.section_id).text == part.text
        elif part.kind == "heading":
            assert desk.document.section(part.section_id).heading == part.text
    assert desk.document.title == page[0].text


def check_formats(desk: Desk) -> None:
    """Each line looks as it would in the same document, freshly shown."""

    def formats() -> list[QTextBlockFormat]:
        whole = desk.manuscript.document()
        return [whole.findBlockByNumber(number).blockFormat() for number in range(whole.blockCount())]

    before, page = formats(), desk.manuscript.page
    page.load([(field.key, field.text, field.placeholder) for field in page.fields])
    assert before == formats()


def random_place(rng: random.Random, model: Model, avoid_count: bool) -> tuple[int, int]:
    numbers = [n for n, part in enumerate(model.parts) if not (avoid_count and part.kind == "count")]
    number = rng.choice(numbers)
    text = model.parts[number].text
    at = rng.choice([0, len(text), rng.randint(0, len(text))])
    while 0 < at < len(text) and (text[at] in "\u0301\u200d" or text[at - 1] == "\u200d"):
        at -= 1
    return number, at


def edit_at_random(rng: random.Random, desk: Desk, model: Model) -> None:
    begin = random_place(rng, model, avoid_count=True)
    end = begin
    if rng.random() < 0.5:
        end = random_place(rng, model, avoid_count=False)
        begin, end = min(begin, end), max(begin, end)
    count = desk.manuscript.document().findBlockByNumber(1).text()
    if begin == end and model.parts[begin[0]].kind == "count":
        return
    desk.select(model.place(count, *begin), model.place(count, *end))
    match rng.choice(["type", "commit", "paste", "cut", "backspace", "return"]):
        case "type":
            desk.type("xy")
            model.replace(begin, end, "xy")
        case "commit":
            text = rng.choice(ALPHABET)
            event = QInputMethodEvent("", [])
            event.setCommitString(text)
            QApplication.sendEvent(desk.manuscript, event)
            model.replace(begin, end, text)
        case "paste":
            text = rng.choice(PASTES)
            data = QMimeData()
            data.setText(text)
            data.setHtml("<b>rich</b>")
            QApplication.clipboard().setMimeData(data)
            desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            model.replace(begin, end, text)
        case "cut":
            desk.press(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
            model.replace(begin, end, "")
        case "backspace":
            if begin != end:
                desk.press(Qt.Key.Key_Backspace)
                model.replace(begin, end, "")
        case "return":
            if model.parts[begin[0]].kind == "text":
                desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
                model.replace(begin, end, "\n")


START = document(
    section("a", "Alpha 😀 one.\n\nAlpha two.", heading="First"),
    section("b", ""),
    section("c", "中文\u00a0文字。\n- item\n- item", heading="三"),
    section("d", "End."),
)


@pytest.mark.parametrize("seed", range(20))
def test_random_edits_leave_on_the_page_what_a_list_of_texts_would_hold(
    desk_with: Callable[[Document], Desk], seed: int
) -> None:
    rng = random.Random(seed)
    desk, model = desk_with(START), Model(START)
    for _ in range(40):
        edit_at_random(rng, desk, model)
        check(desk, model)
    check_formats(desk)
    states = [desk.document]
    while desk.manuscript.can_undo():
        desk.undo()
        states.append(desk.document)
    assert desk.document == START
    assert len(states) > 5
    for state in reversed(states[:-1]):
        desk.redo()
        assert [each.text for each in desk.document.sections] == [each.text for each in state.sections]
        assert desk.document.title == state.title


@pytest.mark.parametrize("seed", range(20))
def test_person_writer_and_outline_at_work_together_never_mix_sections_up(
    desk_with: Callable[[Document], Desk], seed: int
) -> None:
    rng = random.Random(1000 + seed)
    desk = desk_with(START)
    desk.manuscript.set_writing("b")
    for step in range(60):
        match rng.choice(["edit", "edit", "undo", "redo", "append", "append", "cut", "clear", "arrange", "writing"]):
            case "edit":
                desk.manuscript.flush()
                edit_at_random(rng, desk, Model(desk.document))
            case "undo":
                desk.undo()
            case "redo":
                desk.redo()
            case "append" if desk.document.has_section(desk.manuscript.writing_section):
                desk.append(desk.manuscript.writing_section, rng.choice(["text ", "more.\n\n", "😀", "中文。"]))
            case "cut" if desk.document.has_section(desk.manuscript.writing_section):
                writing = desk.manuscript.writing_section
                text = desk.document.section(writing).text
                taken = rng.randint(0, min(5, len(text)))
                desk.document = desk.document.with_text(writing, text[: len(text) - taken])
                desk.manuscript.cut_text(writing, taken)
            case "clear" if desk.document.has_section(desk.manuscript.writing_section):
                desk.document = desk.document.with_text(desk.manuscript.writing_section, "")
                desk.manuscript.clear_section(desk.manuscript.writing_section)
            case "arrange":
                desk.show(rearranged(rng, desk.document, step))
            case "writing":
                desk.manuscript.set_writing(rng.choice(["", *(each.id for each in desk.document.sections)]))
        assert {each.id: desk.text(each.id) for each in desk.document.sections} == {
            each.id: each.text for each in desk.document.sections
        }
        if rng.random() < 0.3:
            desk.manuscript.flush()
        assert desk.manuscript.page.adopt() == []
    desk.manuscript.flush()
    assert desk.manuscript.page.section_ids == [each.id for each in desk.document.sections]


def rearranged(rng: random.Random, shown: Document, step: int) -> Document:
    """The document after something done in the outline."""
    chosen = rng.choice(shown.sections)
    match rng.choice(["move", "insert", "delete", "text", "heading"]):
        case "move":
            return shown.moved(chosen.id, rng.randint(0, len(shown.sections)))
        case "insert":
            return shown.inserted(rng.randint(0, len(shown.sections)), section(f"new{step}", rng.choice(["", "Text."])))
        case "delete" if len(shown.sections) > 2:
            return shown.deleted(chosen.id)
        case "text":
            return shown.with_text(chosen.id, rng.choice(["", "Another text.", chosen.text + " Added 😀."]))
        case _:
            return shown.with_section(replace(chosen, heading=rng.choice(["", "Heading", "Other"])))
