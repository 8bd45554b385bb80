"""Outline, section panel, manuscript, comparison and statistics in Chinese: nothing of English is left in them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status, Version
from longwriter_desktop.ui.comparison_dialog import ComparisonDialog
from longwriter_desktop.ui.length_words import length_sign, length_unit, shown_size
from longwriter_desktop.ui.manuscript.count_line import count_line
from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow, RowNote
from longwriter_desktop.ui.version_browser import origin_words, version_words
from longwriter_desktop.ui.version_cleanup_dialog import VersionCleanupDialog
from tests.ui.conftest import NOON, Desk

pytestmark = pytest.mark.usefixtures("chinese")

TEXT = "守塔人每天傍晚点灯，清晨再把灯熄灭。" * 6
NAMES = r"Ins|Enter|Shift|Ctrl|Alt|Esc|CSV|Markdown|Delete|F\d+|Aa|ab|[A-Z]\)"
"""What stays in Latin letters: keys, formats, mnemonics, and the letters on the switches of the find bar."""


def document() -> Document:
    older = Version("守塔人傍晚点灯。", NOON - 86_400 * 400, "generated", temperature=0.5, seed=7, direction="短一些")
    sections = (
        Section("守塔人的一天", 200, heading="守塔人", text=TEXT, complete=True, versions=(older,), id="s1"),
        Section("守塔人的一天", 90, text=TEXT, complete=True, locked=True, summary="一天", id="s2"),
        Section("结尾", 1500, text="灯灭", id="s3"),
        Section("", 300, heading="尾声", id="s4"),
    )
    return Document("灯塔", "写灯塔", "zh", 4000, sections)


@pytest.fixture
def written(desk: Desk) -> Desk:
    desk.session.new_document("写灯塔", 4000, "zh")
    desk.session.put(document(), outdated=True)
    desk.window.workspace.outline.list.choose_section("s1")
    return desk


def own_texts(widget: QWidget) -> Iterator[str]:
    """Everything that one widget shows or says."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
    match widget:
        case QLabel() | QAbstractButton():
            yield re.sub("<[^>]*>", "", widget.text())
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QTableView():
            model = widget.model()
            across = Qt.Orientation.Horizontal
            yield from (str(model.headerData(at, across)) for at in range(model.columnCount()))
            cells = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
            for at in cells:
                index = model.index(*at)
                yield from (str(index.data()), str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        case QMenu():
            yield from (action.text() for action in widget.actions())


def english_in(widget: QWidget) -> set[str]:
    """The texts of a widget, and of all inside it, in which Latin letters are left."""
    every = [widget, *widget.findChildren(QWidget)]
    texts = {text for each in every for text in own_texts(each)}
    return {text for text in texts if re.search("[A-Za-z]", re.sub(NAMES, "", text))}


def test_the_panels_beside_the_text_have_no_english(written: Desk) -> None:
    workspace = written.window.workspace
    workspace.outline.findings.look()
    workspace.writing_page.open_find_bar(replacing=True)
    for panel in (workspace.outline, workspace.section, workspace.writing_page, workspace.rewriting):
        assert english_in(panel) == set()


def test_the_menus_of_text_and_outline_have_no_english(written: Desk) -> None:
    workspace, rows = written.window.workspace, written.window.workspace.outline.list
    rows.selectAll()
    of_several = rows.menu_at(rows.outline.index_of("s3"))
    rows.choose_section("s4")
    for menu in (workspace.manuscript.context_menu(), of_several, rows.menu_at(rows.outline.index_of("s4"))):
        assert english_in(menu) == set()


def test_comparison_statistics_and_clean_up_have_no_english(written: Desk, qtbot: QtBot) -> None:
    window = written.window
    window.workspace.section.versions.compare.click()
    comparison = window.findChild(ComparisonDialog)
    assert comparison is not None
    qtbot.waitUntil(lambda: comparison.is_compared, timeout=10_000)
    assert english_in(comparison) == set()
    comparison.close()
    cleaning = VersionCleanupDialog(written.session.document, "s1", window)
    assert english_in(cleaning) == set()
    window.menus.statistics.trigger()
    statistics = window.statistics.dialog
    assert statistics is not None
    statistics.pages.setCurrentIndex(1)
    qtbot.waitUntil(lambda: statistics.has_looked_through, timeout=10_000)
    assert english_in(statistics) == set()


notes = st.lists(st.builds(RowNote, st.just("与第 2 节相似"), st.just("可以重写。")), max_size=2).map(tuple)
outline_rows = st.builds(
    OutlineRow,
    section_id=st.just("s"),
    number=st.integers(1, 400),
    heading=st.sampled_from(["", "守塔人"]),
    main_point=st.sampled_from(["", "灯"]),
    words=st.integers(0, 100_000),
    word_target=st.integers(0, 100_000),
    status=st.none() | st.sampled_from(Status),
    locked=st.booleans(),
    aim=st.integers(0, 5000),
    notes=notes,
    unit=st.just("字"),
    in_chapter=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(outline_rows, min_size=1, max_size=5).map(tuple))
def test_whatever_a_row_says_is_chinese(rows: tuple[OutlineRow, ...]) -> None:
    chapter = ChapterRow("守塔人", rows)
    said = [chapter.told, chapter.spoken]
    for row in rows:
        said += [row.status_words, row.spoken, row.shown_point, row.tip or ""]
    assert not any(re.search("[A-Za-z{}]", each) for each in said)
    assert str(len([row for row in rows if row.locked])) in chapter.spoken or not any(row.locked for row in rows)


def test_lengths_are_told_in_what_is_counted_in_the_language_of_the_document() -> None:
    assert (length_sign("en"), length_unit("en")) == ("词", "词")
    assert (length_sign("zh"), length_unit("zh")) == ("字", "字")
    assert count_line(12, 300, "en") == "12 / 300 词"
    assert count_line(12, 300, "zh") == "12 / 300 字"


def test_small_files_have_their_bytes_in_chinese() -> None:
    assert (shown_size(340), shown_size(98_000_000)) == ("340 字节", "98 MB")


def test_a_version_says_how_it_came_about() -> None:
    version = Version("", NOON - 86_400 * 400, "generated", "Qwen", 7, 0.5, "短一些")
    assert version_words(version, NOON).startswith("2022年10月")
    assert version_words(version, NOON).endswith("“短一些”")
    assert origin_words(version) == "写作指示：短一些。由 Qwen 写成，温度 0.5，种子 7。"


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("精简", Wish("shorten")),
        ("换个说法", Wish("rephrase")),
        ("语气：生动", Wish("tone", "vivid")),
        ("语气:庄重", Wish("tone", "庄重")),
        ("tone: formal", Wish("tone", "formal")),
        ("改成第一人称", Wish("own", "改成第一人称")),
    ],
)
def test_a_way_to_rewrite_is_understood_in_chinese(written: Desk, typed: str, wish: Wish, qtbot: QtBot) -> None:
    workspace = written.window.workspace
    workspace.manuscript.show_section("s1")
    cursor = workspace.manuscript.textCursor()
    cursor.select(cursor.SelectionType.BlockUnderCursor)
    workspace.manuscript.setTextCursor(cursor)
    passage = workspace.manuscript.selected_passage()
    assert passage is not None
    workspace.rewriting.begin(passage, Wish("own"), "zh")
    workspace.rewriting.wish.setText(typed)  # QTest has keys for letters of ASCII alone.
    with qtbot.waitSignal(workspace.rewriting.rewrite_wished) as wished:
        QTest.keyClick(workspace.rewriting.wish, Qt.Key.Key_Return)
    assert wished.args is not None
    assert wished.args[1] == wish


def test_what_replacing_left_alone_is_said_in_chinese(written: Desk, qtbot: QtBot) -> None:
    page = written.window.workspace.writing_page
    page.open_find_bar(replacing=True)
    page.find_bar.query.setText("点灯")
    page.find_bar.instead.setText("上灯")
    qtbot.waitUntil(lambda: page.finder.tally.places == 12)
    page.find_bar.replace_all.click()
    qtbot.waitUntil(lambda: "已替换 6 处。" in page.find_bar.said.text())
    assert "已锁定的小节中有 6 处保持原样。" in page.find_bar.said.text()


def test_what_is_wrong_with_a_pattern_is_said_in_chinese(written: Desk, qtbot: QtBot) -> None:
    page = written.window.workspace.writing_page
    page.open_find_bar()
    page.find_bar.is_regex.setChecked(True)
    page.find_bar.query.setText("(灯")
    qtbot.waitUntil(lambda: bool(page.finder.problem))
    assert page.find_bar.said.text() == "表达式不完整：缺少“)”（第 3 个字符）。"
