"""The sheet of keys; and each key on it that no menu has is pressed, to see whether it does what the sheet says."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.comparison_dialog import ComparisonDialog
from longwriter_desktop.ui.help_dialogs import OWN_KEYS, KeysDialog, entries, key_groups
from longwriter_desktop.ui.key_names import plain_text, shown_keys
from longwriter_desktop.ui.outline_editors import StepEditor
from longwriter_desktop.ui.outline_view import OutlineView
from longwriter_desktop.ui.statistics.bar_plot import Bar, BarPlot, Legend
from longwriter_desktop.ui.theme import LIGHT
from tests.ui.conftest import NOON, Desk, show_active
from tests.ui.documents import lighthouses, written

Driver = Callable[[Desk, QtBot, tuple[str, ...]], None]
DRIVERS: dict[str, Driver] = {}


def does(what: str) -> Callable[[Driver], Driver]:
    """Marks what shows that the keys of the line ``what`` do what they are said to do."""

    def mark(driver: Driver) -> Driver:
        DRIVERS[what] = driver
        return driver

    return mark


def press(widget: QWidget, keys: str) -> None:
    QTest.keySequence(widget, QKeySequence(keys))


def opened(desk: Desk, document: Document | None = None) -> OutlineView:
    """The outline of a document with four sections in two chapters; the second section is in hand."""
    begun = document or lighthouses(100, 100, 100, 100)
    sections = tuple(
        replace(section, heading=section.heading if at % 2 == 0 else "") for at, section in enumerate(begun.sections)
    )
    desk.session.take(desk.file.create(replace(begun, sections=sections)))
    rows = desk.window.workspace.outline.list
    rows.choose_section("s2")
    rows.setFocus()
    return rows


def order(desk: Desk) -> list[str]:
    return [section.id for section in desk.session.document.sections]


def sheet(desk: Desk) -> KeysDialog:
    return KeysDialog(key_groups(desk.window.menuBar(), desk.window.menus), desk.window)


# -- the sheet itself ------------------------------------------------------------------------------------


def test_every_key_of_every_entry_is_on_the_sheet(desk: Desk) -> None:
    shown = sheet(desk).shown
    menus = desk.window.menus
    for name, action in vars(menus).items():
        if isinstance(action, QAction) and not action.shortcut().isEmpty() and action is not menus.write:
            assert any(keys.startswith(shown_keys(action.shortcuts()[:1])) for _, keys in shown), name
    assert ("Write or pause", "Ctrl+Return") in shown
    assert len(shown) > 60


def test_no_key_of_the_window_has_two_meanings(desk: Desk) -> None:
    keys = [key.toString() for _, action in entries(desk.window.menuBar()) for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_a_key_that_was_changed_stands_on_the_sheet_as_it_is_now(desk: Desk) -> None:
    desk.window.menus.compare.setShortcut(QKeySequence("Ctrl+Alt+F12"))
    row = next(row for row in sheet(desk).shown if row[0].startswith("Compare versions"))
    assert row[1] == "Ctrl+Alt+F12"


def test_typing_leaves_the_keys_that_have_to_do_with_it(desk: Desk, qtbot: QtBot) -> None:
    dialog = sheet(desk)
    qtbot.addWidget(dialog)
    show_active(dialog, qtbot)
    all_keys = dialog.shown
    QTest.keyClicks(dialog.wanted, "split")
    assert [what for what, _ in dialog.shown] == ["Split at the cursor"]
    dialog.wanted.setText("alt+up")
    assert ("Move the chosen sections", shown_keys(("Alt+Up", "Alt+Down"))) in dialog.shown
    dialog.wanted.setText("no such thing")
    assert dialog.shown == []
    assert dialog.none_found.isVisible()
    dialog.wanted.clear()
    assert dialog.shown == all_keys
    QTest.keyClick(dialog.wanted, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&Find…", "Find…"),
        ("查找(&F)…", "查找…"),
        ("Cut && paste", "Cut & paste"),
        ("关于 Qt(&Q)", "关于 Qt"),
        ("", ""),
    ],
)
def test_an_entrys_text_is_shown_without_the_letter_that_chooses_it(text: str, plain: str) -> None:
    assert plain_text(text) == plain


# -- each key that no menu has ---------------------------------------------------------------------------


def test_each_line_is_pressed_below() -> None:
    assert sorted(DRIVERS) == sorted(str(what) for _, what, _ in OWN_KEYS)


@pytest.mark.parametrize(("what", "keys"), [(str(what), keys) for _, what, keys in OWN_KEYS])
def test_a_key_of_a_widget_does_what_the_sheet_says(what: str, keys: tuple[str, ...], desk: Desk, qtbot: QtBot) -> None:
    DRIVERS[what](desk, qtbot, keys)


@does("Make a plan")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    page = desk.window.start_page
    page.instruction.setPlainText("A history of lighthouses")
    with qtbot.waitSignal(page.plan_requested):
        press(page.instruction, *keys)
    desk.session.pause_and_wait()


@does("Next place of a template to fill in")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    box = desk.window.start_page.instruction
    box.put_in("On [one] and [two]")
    press(box, *keys)
    assert box.textCursor().selectedText() == "[two]"


@does("Other templates and examples")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    left, right = keys
    buttons = desk.window.start_page.templates.examples.buttons
    buttons[0].setFocus()
    press(buttons[0], right)
    assert buttons[1].hasFocus()
    press(buttons[1], left)
    assert buttons[0].hasFocus()


def recent(desk: Desk) -> QWidget:
    page = desk.window.start_page
    page.show_recent([RecentDocument(Path("/d/a.longwriter"), "A", 1, 2, "en", NOON)], NOON)
    page.recent.setCurrentIndex(page.recent.model().index(0, 0))
    return page.recent


@does("Open a recent document")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    listed = recent(desk)
    desk.window.start_page.recent.open_requested.disconnect()
    with qtbot.waitSignal(desk.window.start_page.recent.open_requested):
        press(listed, *keys)


@does("Take it off the list")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    listed = recent(desk)
    with qtbot.waitSignal(desk.window.start_page.recent.forget_requested):
        press(listed, *keys)


@does("Edit main point and word target")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    rows = opened(desk)
    for key in keys:
        press(rows, key)
        editor = rows.findChild(StepEditor)
        assert editor is not None
        QTest.keyClick(editor.main_point, Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert rows.findChild(StepEditor) is None


@does("Add a section below")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    press(opened(desk), *keys)
    assert len(order(desk)) == 5
    assert order(desk)[:2] == ["s1", "s2"]


@does("Delete the chosen sections")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    press(opened(desk), *keys)
    assert "s2" not in order(desk)


@does("Move the chosen sections")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    up, down = keys
    rows = opened(desk)
    press(rows, up)
    assert order(desk)[0] == "s2"
    press(rows, down)
    assert order(desk)[1] == "s2"


@does("Choose several sections")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    up, down = keys
    rows = opened(desk)
    press(rows, up)
    assert list(rows.selected_sections) == ["s1", "s2"]
    press(rows, down)
    assert list(rows.selected_sections) == ["s2"]


@does("Choose only one again")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    rows = opened(desk)
    rows.selectionModel().select(rows.outline.index_of("s4"), QItemSelectionModel.SelectionFlag.Select)
    assert len(rows.selected_sections) == 2
    press(rows, *keys)
    assert len(rows.selected_sections) == 1


@does("Close or open a chapter")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    close, open_again = keys
    rows = opened(desk)
    chapter = next(iter(rows.outline.chapters()))
    rows.setCurrentIndex(chapter)
    press(rows, close)
    assert not rows.isExpanded(chapter)
    press(rows, open_again)
    assert rows.isExpanded(chapter)


def finding(desk: Desk, qtbot: QtBot) -> Callable[[], int]:
    """Looks for a word that stands twice in the text; returns what tells at which place the person is."""
    opened(desk, written(lighthouses(100, 100, 100, 100), "s1", "A lamp. Another lamp."))
    desk.window.menus.replace.trigger()
    page = desk.window.workspace.writing_page
    page.find_bar.query.setText("lamp")
    qtbot.waitUntil(lambda: not page.finder.is_looking and "2" in page.find_bar.said.text(), timeout=1000)
    return lambda: desk.window.workspace.manuscript.textCursor().selectionStart()


@does("Next, previous place that was found")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    following, previous = keys
    where = finding(desk, qtbot)
    query = desk.window.workspace.writing_page.find_bar.query
    query.setFocus()
    press(query, following)
    one = where()
    press(query, following)
    other = where()
    assert one != other
    press(query, previous)
    assert where() == one


@does("Replace, in the field for it")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    finding(desk, qtbot)
    bar = desk.window.workspace.writing_page.find_bar
    bar.instead.setText("light")
    bar.instead.setFocus()
    for _ in range(2):  # The first goes to the place, where the person has not been there yet.
        press(bar.instead, *keys)
    qtbot.waitUntil(lambda: "light" in desk.session.document.section("s1").text)


@does("Take over the main point")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    opened(desk)
    field = desk.window.workspace.section.main_point
    field.setFocus()
    field.setPlainText("Storms at sea")
    press(field, *keys)
    assert desk.session.document.section("s2").main_point == "Storms at sea"


@does("Close the bar, the panel or a notice")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    finding(desk, qtbot)
    bar = desk.window.workspace.writing_page.find_bar
    press(bar.query, *keys)
    assert not bar.isVisible()
    desk.window._tell("A problem.", "problem")
    press(desk.window, *keys)
    assert not desk.window.notice.isVisible()


def comparing(desk: Desk, qtbot: QtBot) -> ComparisonDialog:
    versions = (
        Version("It was dark. All slept. Nobody came.", NOON - 9, "generated"),
        Version("It was light. All slept. Ships came by.", NOON - 5, "edited"),
    )
    document = lighthouses(100, 100)
    section = replace(document.section("s2"), text=versions[1].text, complete=True, versions=versions)
    opened(desk, document.with_section(section))
    desk.window.menus.compare.trigger()
    dialog = desk.window.workspace.comparing.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.is_compared)
    dialog.table.setFocus()
    return dialog


@does("Next, previous change")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    following, previous = keys
    dialog = comparing(desk, qtbot)
    press(dialog.table, following)
    assert dialog.table.currentIndex().row() == 2
    press(dialog.table, previous)
    assert dialog.table.currentIndex().row() == 0
    assert {each.key().toString() for each in dialog.findChildren(QShortcut)} >= set(keys)
    dialog.close()


@does("Choose the side of a change")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    dialog = comparing(desk, qtbot)
    other_side = dialog.table.model().index(0, 1)
    for key, taken in zip(keys, ({0}, frozenset()), strict=True):
        dialog.table.setCurrentIndex(other_side if taken else dialog.table.model().index(0, 0))
        press(dialog.table, key)
        assert dialog.table.rows.taken == taken
    dialog.close()


def plot(qtbot: QtBot) -> BarPlot:
    made = BarPlot(LIGHT, "Words", Legend(("written",), "asked", ""))
    qtbot.addWidget(made)
    made.set_bars([Bar(str(at), (100.0,), f"Section {at}", 200.0) for at in range(4)], 0.0)
    show_active(made, qtbot)
    made.setFocus()
    return made


@does("Next, previous section")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    following, previous = keys
    bars = plot(qtbot)
    bars.set_current(1)
    press(bars, following)
    assert bars.current == 2
    press(bars, previous)
    assert bars.current == 1


@does("First, last section")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    first, last = keys
    bars = plot(qtbot)
    press(bars, last)
    assert bars.current == 3
    press(bars, first)
    assert bars.current == 0


@does("Go to the section")
def _(desk: Desk, qtbot: QtBot, keys: tuple[str, ...]) -> None:
    bars = plot(qtbot)
    bars.set_current(2)
    with qtbot.waitSignal(bars.bar_chosen) as chosen:
        press(bars, *keys)
    assert chosen.args == [2]
