"""The statistics of a document, through the window with real clicks and keys."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.project.store import Project
from longwriter_desktop.project.writing_days import Day, WritingDays
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui.statistics.days_page import time_words
from longwriter_desktop.ui.statistics.goal import Goal
from longwriter_desktop.ui.statistics.statistics_dialog import StatisticsDialog
from longwriter_desktop.ui.theme import DARK
from tests.agentwrite.samples import ENGLISH
from tests.ui.conftest import Desk
from tests.ui.statistics.test_diary import TODAY
from tests.ui.test_accessibility import lint

LEFT = Qt.MouseButton.LeftButton
P = ENGLISH.strip().split("\n\n")


def sample(language: str = "en") -> Document:
    sections = (
        Section("Storms", 60, heading="On storms", text=P[0], complete=True, id="s1"),
        Section("Lamps", 120, text=P[1], complete=True, locked=True, id="s2"),
        Section("Storms again", 60, text=P[0], complete=True, id="s3"),
        Section("Keepers", 100, text="Half of", id="s4"),
        Section("Wrecks", 0, id="s5"),
    )
    return Document("Lighthouses", "A history", language, 400, sections)


@pytest.fixture
def opened(desk: Desk, tmp_path: Path, qtbot: QtBot) -> Desk:
    """A window with a document, the statistics not opened yet."""
    path = tmp_path / "lighthouses.longwriter"
    Project.create(path, sample()).close()
    desk.window.open(path)
    qtbot.waitUntil(lambda: desk.session.document.title == "Lighthouses")
    return desk


def shown(desk: Desk) -> StatisticsDialog:
    desk.window.menus.statistics.trigger()
    dialog = desk.window.statistics.dialog
    assert dialog is not None
    for _ in range(500):  # It gets the keys a moment later.
        if dialog.isActiveWindow():
            break
        QTest.qWait(5)
    return dialog


def test_statistics_open_at_the_section_in_hand(opened: Desk) -> None:
    rows = opened.window.workspace.outline.list
    rows.choose_section("s3")
    dialog = shown(opened)
    assert dialog.lengths.plot.current == 2
    assert dialog.lengths.table.currentIndex().row() == 2
    dialog.close()
    rows.choose_section("s2")
    assert shown(opened).lengths.plot.current == 1


def test_each_section_stands_in_the_plot_and_in_the_table(opened: Desk) -> None:
    dialog = shown(opened)
    first, second, _, fourth, fifth = dialog.lengths.table.rows.rows
    words = opened.session.document.sections[0].words
    assert first[:4] == ("1", "On storms", "60", str(words))
    assert first[4] == f"+{round(100 * (words / 60 - 1))} %"
    assert second[4].startswith("−")
    assert second[6] == "written, locked"
    assert fourth[4:] == ("", "", "partial")
    assert fifth[2] == "–"
    assert [bar.mark for bar in dialog.lengths.plot.bars] == [60, 120, 60, 100, None]
    assert dialog.lengths.line.values[0].text().endswith("/ 400 words")
    assert dialog.lengths.line.values[1].text() == "–"
    assert not dialog.isModal()


def test_a_chinese_document_is_told_what_a_word_processor_counts(opened: Desk, qtbot: QtBot) -> None:
    assert not shown(opened).lengths.other_count.isVisible()
    document = opened.session.document
    section = replace(document.sections[0], text="灯塔建于1823年，高20米。")
    opened.session.put(replace(document, language="zh", sections=(section,)))
    page = shown(opened).lengths
    page.show_other_count(opened.session.document)
    assert page.other_count.isVisible()
    assert "says 11 for the same text" in page.other_count.text()
    qtbot.waitUntil(lambda: "without punctuation" in opened.window.status.words.toolTip())


def test_plot_and_table_go_together_and_a_click_shows_the_section(opened: Desk) -> None:
    dialog = shown(opened)
    plot, table = dialog.lengths.plot, dialog.lengths.table
    QTest.mouseClick(plot, LEFT, pos=plot.bar_centre(1).toPoint())
    assert table.currentIndex().row() == 1
    assert opened.window.workspace.current_section == "s2"
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert plot.current == 2
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.window.workspace.current_section == "s3"


def test_the_section_in_hand_stays_the_same_when_one_comes_above_it(opened: Desk) -> None:
    opened.window.workspace.outline.list.choose_section("s2")
    dialog = shown(opened)
    opened.session.insert_section(0, "In front of all others")
    dialog.refresh()
    assert dialog.lengths.plot.current == 2
    assert dialog.lengths.table.currentIndex().row() == 2


def test_it_follows_the_document_while_it_is_open(opened: Desk, qtbot: QtBot) -> None:
    dialog = shown(opened)
    opened.session.set_text("s4", "Now it is seven words long, really.")
    qtbot.waitUntil(lambda: dialog.lengths.table.rows.rows[3][3] == "7")
    dialog.hide()
    opened.session.set_text("s4", "Three words now.")
    qtbot.wait(20)
    assert dialog.lengths.table.rows.rows[3][3] == "7"
    assert shown(opened) is dialog
    assert dialog.lengths.table.rows.rows[3][3] == "3"


def test_near_duplicates_are_listed_with_both_texts(opened: Desk, qtbot: QtBot) -> None:
    dialog = shown(opened)
    page = dialog.repetition
    dialog.pages.setCurrentWidget(page)
    assert not dialog.save.isEnabled()
    qtbot.waitUntil(lambda: dialog.has_looked_through)
    assert [row[:3] for row in page.table.rows.rows] == [("3", "Storms again", "1")]
    assert "of the sequences of eight words" in page.share.text()
    assert page.text.toPlainText().startswith(P[0][:40])
    assert page.other.toPlainText().startswith(P[0][:40])
    QTest.mouseClick(page.go_other, LEFT)
    assert opened.window.workspace.current_section == "s1"
    QTest.mouseClick(page.go, LEFT)
    assert opened.window.workspace.current_section == "s3"


def test_a_document_that_repeats_nothing_is_told_so(opened: Desk, qtbot: QtBot) -> None:
    opened.session.delete_sections(["s3"])
    dialog = shown(opened)
    dialog.pages.setCurrentWidget(dialog.repetition)
    qtbot.waitUntil(lambda: dialog.has_looked_through)
    assert "No section says" in dialog.repetition.share.text()
    assert not dialog.repetition.go.isEnabled()


def test_days_are_plotted_up_to_today_and_listed_newest_first(opened: Desk) -> None:
    WritingDays(opened.paths).add(
        {TODAY: Day(120, 400, 3900.0), TODAY - timedelta(days=2): Day(1, 0, 60.0), TODAY - timedelta(days=99): Day(7)}
    )
    dialog = shown(opened)
    page = dialog.days
    assert [value.text() for value in page.line.values[:3]] == ["120", "400", "1 h 05 min"]
    assert len(page.plot.bars) == 30
    assert list(page.plot.bars[-1].parts) == [120.0, 400.0]
    assert [row[1] for row in page.table.rows.rows] == ["120", "1", "7"]
    dialog.pages.setCurrentWidget(page)
    page.plot.setFocus()
    QTest.keyClick(page.plot, Qt.Key.Key_End)
    QTest.keyClick(page.plot, Qt.Key.Key_Left)
    QTest.keyClick(page.plot, Qt.Key.Key_Left)
    assert page.table.currentIndex().row() == 1


def test_a_goal_is_set_kept_and_measured(opened: Desk) -> None:
    WritingDays(opened.paths).add({TODAY: Day(120, 400, 60.0)})
    dialog = shown(opened)
    page = dialog.days
    dialog.pages.setCurrentWidget(page)
    assert not page.bar.isVisible()
    page.words.setFocus()
    page.words.selectAll()
    QTest.keyClicks(page.words, "200")
    QTest.keyClick(page.words, Qt.Key.Key_Tab)
    assert page.reached.text() == "120 / 200"
    assert page.bar.value() == 600
    QTest.keyClick(page.counts_generated, Qt.Key.Key_Space)
    assert page.reached.text() == "520 / 200"
    assert page.bar.value() == 1000
    settings = load_settings(opened.paths)
    assert (settings.daily_word_goal, settings.goal_counts_generated) == (200, True)
    opened.window.statistics.close()
    assert shown(opened).days.goal == Goal(200, counts_generated=True)


def test_the_table_is_saved_as_csv(opened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = shown(opened)
    asked: list[str] = []

    def answer(*arguments: str) -> tuple[str, str]:
        asked.append(str(arguments[2]))
        return str(tmp_path / "lengths"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    QTest.mouseClick(dialog.save, LEFT)
    assert asked[0].endswith("Lighthouses statistics.csv")
    assert "On storms" in (tmp_path / "lengths.csv").read_text("utf-8-sig")
    assert "Saved as" in dialog.told.text()
    dialog.pages.setCurrentWidget(dialog.days)
    dialog.save_to(tmp_path / "days.csv")
    assert (tmp_path / "days.csv").read_text("utf-8-sig").startswith("day,typed")
    dialog.save_to(tmp_path / "no folder" / "days.csv")
    assert "There is no folder" in dialog.told.text()


def test_a_table_that_is_there_is_not_written_over_unasked(
    opened: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "lengths.csv"
    there.write_text("Mine.", "utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "lengths"), ""))
    dialog = shown(opened)

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.reject()
        else:
            QTimer.singleShot(20, refuse)

    QTimer.singleShot(20, refuse)
    QTest.mouseClick(dialog.save, LEFT)
    assert there.read_text("utf-8") == "Mine."


def test_nothing_is_saved_when_the_person_cancels(opened: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = shown(opened)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    QTest.mouseClick(dialog.save, LEFT)
    assert dialog.told.text() == ""


def test_it_goes_with_the_document(opened: Desk) -> None:
    dialog = shown(opened)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    shown(opened)
    opened.window.close_document()
    assert opened.window.statistics.dialog is None
    assert not opened.window.menus.statistics.isEnabled()


def test_html_in_a_heading_is_shown_as_it_is(opened: Desk) -> None:
    section = replace(opened.session.document.sections[0], heading='<img src="//evil/a.png">')
    opened.session.put(opened.session.document.with_section(section))
    rows = shown(opened).lengths.table.rows
    assert rows.data(rows.index(0, 1)) == '<img src="//evil/a.png">'
    assert "<img" not in str(rows.data(rows.index(0, 1), Qt.ItemDataRole.ToolTipRole))


@pytest.fixture
def _screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("_screen_reader")
def test_every_control_has_a_name_and_keys_reach_all_of_them(opened: Desk) -> None:
    dialog = shown(opened)
    for at in range(dialog.pages.count()):
        dialog.pages.setCurrentIndex(at)
        assert lint(dialog, least=2) == []
    dialog.pages.setCurrentIndex(0)
    dialog.lengths.plot.setFocus()
    reached = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {dialog.lengths.table, dialog.save, dialog.done_button, dialog.pages.tabBar()} <= set(reached)
    rows = dialog.lengths.table.rows
    assert rows.data(rows.index(0, 2), Qt.ItemDataRole.AccessibleTextRole) == "Asked: 60"


def test_it_follows_the_theme(opened: Desk) -> None:
    dialog = shown(opened)
    opened.window.menus.themes.actions()[2].trigger()
    plot = dialog.lengths.plot
    place = plot.bar_centre(0).toPoint()
    assert plot.grab().toImage().pixelColor(place.x(), plot.height() - 40).name() == DARK.accent.lower()


def test_times_are_told_as_a_person_says_them() -> None:
    assert [time_words(each) for each in (0, 89, 3600, 5430)] == ["0 min", "1 min", "1 h 00 min", "1 h 30 min"]


@pytest.fixture
def _large_text(qapp: QApplication) -> Iterator[None]:
    """The system's text twice as large."""
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


@pytest.mark.usefixtures("_large_text")
def test_with_large_text_the_preview_is_large_too(opened: Desk, qtbot: QtBot) -> None:
    dialog = shown(opened)
    dialog.pages.setCurrentWidget(dialog.repetition)
    qtbot.waitUntil(lambda: dialog.has_looked_through)
    assert dialog.repetition.text.font().pixelSize() >= 2 * 14 - 2
