"""Whatever a person does, in whatever order: outline, manuscript and section panel show one and the same document."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Version
from longwriter_desktop.ui.outline_editors import StepEditor
from longwriter_desktop.ui.word_target_field import MOST_WORDS
from tests.ui.conftest import Desk

KEYS = Qt.Key
STEPS = tuple(Step(number, f"Point {number}, and its other half", 100) for number in range(1, 7))
DEEDS = 100


class Person:
    """Does things at random with the keyboard and the menus."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.chance = random.Random(seed)
        self.session, self.window = desk.session, desk.window
        self.workspace = desk.window.workspace
        self.rows, self.panel = self.workspace.outline.list, self.workspace.section
        menus, control = desk.window.menus, self.workspace.outline_control
        self.deeds: list[Callable[[], object]] = [
            *(self.session.undo, self.session.undo, self.session.redo, self.session.write, self.session.pause),
            *(self.type_text, self.edit_row, self.half_type, self.use_version, self.open_or_close_chapters),
            *(self.chosen(action.trigger) for action in menus.changing_sections()),
            *(self.chosen(menus.add_section.trigger), self.chosen(menus.delete_sections.trigger)),
            lambda: control.move(self.some(), self.chance.randint(0, 6), self.chance.random() < 0.3),
            lambda: control.set_total(self.chance.choice([500, 900, 4000])),
            lambda: self.session.set_heading(self.one(), self.chance.choice(["", "Storms", "Lamps"])),
        ]

    def some(self) -> tuple[str, ...]:
        ids = [section.id for section in self.session.document.sections]
        return tuple(self.chance.sample(ids, min(len(ids), self.chance.randint(1, 3))))

    def one(self) -> str:
        return self.some()[0]

    def chosen(self, do: Callable[[], object]) -> Callable[[], object]:
        """Does something with sections that were chosen before."""

        def with_chosen() -> None:
            self.rows.choose_sections(self.some())
            do()

        return with_chosen

    def type_text(self) -> None:
        self.workspace.manuscript.show_section(self.one())
        QTest.keyClicks(self.workspace.manuscript, self.chance.choice(["One. Two. ", "x", "  "]))

    def edit_row(self) -> None:
        self.rows.edit_section(self.one())
        for editor in self.rows.findChildren(StepEditor):
            if editor.isVisible():
                QTest.keyClicks(editor.main_point, self.chance.choice(["Another point", ""]))
                QTest.keyClick(editor.main_point, self.chance.choice([KEYS.Key_Return, KEYS.Key_Escape, KEYS.Key_A]))

    def half_type(self) -> None:
        field, words = self.chance.choice(
            [(self.panel.main_point, "z"), (self.panel.target, "7"), (self.workspace.outline.total, "4")]
        )
        field.setFocus()
        QTest.keyClicks(field, words)

    def use_version(self) -> None:
        section = self.session.document.section(self.one())
        made = Version("Storms came in. Ships went down.", 1.0, "generated")
        self.session.use_version(section.id, self.chance.choice([*section.versions, made]))

    def open_or_close_chapters(self) -> None:
        for chapter in self.workspace.outline_model.chapters():
            self.rows.setExpanded(chapter, self.chance.random() < 0.5)

    def does_something(self) -> None:
        if self.session.document.sections:
            self.chance.choice(self.deeds)()
        else:
            self.session.undo()


def assert_all_agree(person: Person) -> None:
    person.workspace.commit()
    QApplication.processEvents()
    person.workspace.outline_model.refresh()
    document, workspace = person.session.document, person.workspace
    ids = [section.id for section in document.sections]
    assert [row.section_id for row in workspace.outline_model.rows] == ids
    assert workspace.manuscript.page.section_ids == ids
    assert [workspace.manuscript.section_text(each) for each in ids] == [each.text for each in document.sections]
    assert workspace.current_section == workspace.section.section_id
    if ids:
        section = document.section(workspace.current_section)
        assert workspace.section.main_point.toPlainText().split() == section.main_point.split()
        assert workspace.section.target.value() == min(MOST_WORDS, section.word_target)
        assert workspace.section.heading.text() == section.heading


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_panels_show_one_document_whatever_is_done(desk: Desk, seed: int) -> None:
    session = desk.session
    session.new_document_with_outline("A history of lighthouses", 600, "en", STEPS)
    desk.engine.delay_s = 0.001
    person = Person(desk, seed)
    for number in range(DEEDS):
        person.does_something()
        if number % 3 == 0:
            assert_all_agree(person)
    session.pause_and_wait()
    assert_all_agree(person)
    while session.history.can_undo():
        session.undo()
    assert_all_agree(person)
    while session.history.can_redo():
        session.redo()
    assert_all_agree(person)
