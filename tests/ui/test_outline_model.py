from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.budget import WordBudget
from longwriter_desktop.document.chapters import chapters
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status
from longwriter_desktop.ui.outline_model import MIME_TYPE, OutlineModel, Role
from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.tally import Tally
from tests.ui.documents import lighthouses, written


def shown(model: OutlineModel) -> list[str]:
    return [row.section_id for row in model.rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6), max_size=6))
def test_rows_follow_any_change_of_the_document(qapp: object, orders: list[list[str]]) -> None:
    model = OutlineModel(Tally())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for order in orders:
        model.set_document(Document(sections=tuple(Section(each, 100, id=each) for each in order)))
        assert shown(model) == order
        assert [row.number for row in model.rows] == list(range(1, len(order) + 1))
    tester.deleteLater()


def test_only_the_row_that_has_changed_is_touched(qtbot: QtBot) -> None:
    document = lighthouses(100, 200, 300)
    model = OutlineModel(Tally())
    model.set_document(document)
    touched: list[int] = []
    model.dataChanged.connect(lambda top, bottom: touched.extend(range(top.row(), bottom.row() + 1)))
    model.set_document(document.with_text("s2", "some words here"))
    qtbot.waitUntil(lambda: bool(touched))
    assert touched == [1]
    assert model.rows[1].words == 3


def test_text_that_streams_in_is_counted_a_few_times_a_second_only(qtbot: QtBot) -> None:
    document = lighthouses(100)
    model = OutlineModel(Tally())
    model.set_document(document)
    counted: list[int] = []
    model.dataChanged.connect(lambda: counted.append(model.rows[0].words))
    for number in range(100):
        document = document.with_text("s1", "word " * number)
        model.set_document(document)
    qtbot.wait(450)
    assert counted == [99]


def test_a_row_tells_its_state_in_words_and_to_the_screen_reader(qtbot: QtBot) -> None:
    document = written(lighthouses(100, 200, 300), "s1", "One two three.")
    document = document.with_text("s2", "half")
    model = OutlineModel(Tally())
    model.set_document(document)
    model.set_writing("s3")
    first, second, third = model.rows
    assert (first.status, first.status_words, first.count_words) == (Status.WRITTEN, "", "3 / 100")
    assert second.status_words == "partial · aims at 212"
    assert third.status_words == "writing · aims at 318"
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Chapter Point 2. Section 2: Point 2: what it is about. 1 of 200 words, partial, aims at 212"
    assert first.shown_point == "What it is about"


def test_a_section_written_against_older_text_is_marked_stale(qtbot: QtBot) -> None:
    document = written(written(lighthouses(100, 200), "s1", "First."), "s2", "Second.")
    model = OutlineModel(Tally())
    model.set_document(document)
    assert [row.status for row in model.rows] == [Status.WRITTEN, Status.WRITTEN]
    model.set_document(document.with_text("s1", "First, rewritten."))
    model.refresh()
    assert [row.status for row in model.rows] == [Status.WRITTEN, Status.STALE]
    assert "changed after it was written" in str(model.data(model.index(1), Qt.ItemDataRole.ToolTipRole))


def test_a_plan_in_the_making_is_shown_instead_and_cannot_be_edited(qtbot: QtBot) -> None:
    model = OutlineModel(Tally())
    model.set_document(lighthouses(100))
    model.set_draft([DraftStep("First", 300, "", settled=True), DraftStep("Sec")])
    assert [row.main_point for row in model.rows] == ["First", "Sec"]
    assert [row.status for row in model.rows] == [None, None]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEditable
    model.set_draft([])
    assert shown(model) == ["s1"]
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEditable


def test_a_dropped_row_is_a_wish_to_move_the_section_there(qtbot: QtBot) -> None:
    model = OutlineModel(Tally())
    model.set_document(lighthouses(100, 200, 300))
    for row, dropped_before, wanted in (
        (0, 2, (("s1",), 1, False)),
        (2, 0, (("s3",), 0, False)),
        (0, -1, (("s1",), 2, False)),
    ):
        data = model.mimeData([model.index(row)])
        assert data.hasFormat(MIME_TYPE)
        with qtbot.waitSignal(model.move_requested) as moved:
            model.dropMimeData(data, Qt.DropAction.MoveAction, dropped_before, 0, QModelIndex())
        assert tuple(moved.args or ()) == wanted


def test_a_row_says_what_the_writer_aims_at_when_sections_before_were_too_short(qapp: object) -> None:
    model = OutlineModel(Tally())
    document = Document(
        sections=(
            Section("first", 200, text="word " * 188, complete=True, id="a"),
            Section("second", 200, id="b"),
            Section("third", 200, id="c", locked=True),
        )
    )
    model.set_document(document)
    assert [row.aim for row in model.rows] == [0, 212, 0]
    assert "aims at 212" in model.rows[1].status_words
    assert "aims at 212" in model.rows[1].spoken
    model.set_document(document.with_text("a", "word " * 199))
    model.refresh()
    assert [row.aim for row in model.rows] == [0, 0, 0]


def test_what_the_last_section_aims_at_is_what_the_writer_makes_of_it(qapp: object) -> None:
    done = (Section("done", 200, text="word " * 188, complete=True, id=f"s{number}") for number in range(4))
    document = Document(sections=(*done, Section("last", 200, id="last")))
    model = OutlineModel(Tally())
    model.set_document(document)
    assert model.rows[-1].aim == WordBudget.of(document, "last").target == 218


def in_chapters(*headings: str) -> Document:
    return Document(
        sections=tuple(
            Section(f"Point {at}", 100, heading, id=f"s{at}") for at, heading in enumerate(headings, start=1)
        )
    )


def tree(model: OutlineModel) -> list[object]:
    """The ids in the tree: a section as it is, a chapter as its heading and what is in it."""
    found: list[object] = []
    for at in range(model.rowCount()):
        index = model.index(at)
        inside = [str(model.index(child, 0, index).data(Role.SECTION_ID)) for child in range(model.rowCount(index))]
        found.append((index.data(), inside) if inside else index.data(Role.SECTION_ID))
    return found


def test_sections_under_one_heading_are_a_chapter_and_one_alone_is_not(qapp: object) -> None:
    model = OutlineModel(Tally())
    model.set_document(in_chapters("", "Storms", "", "", "Lamps"))
    assert tree(model) == ["s1", ("Storms", ["s2", "s3", "s4"]), "s5"]
    assert [row.number for row in model.rows] == [1, 2, 3, 4, 5]
    assert [row.shown_heading for row in model.rows] == ["", "", "", "", "Lamps"]
    chapter = model.index(1)
    spoken = model.data(chapter, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Chapter Storms, sections 2 to 4. 0 of 300 words"
    assert model.sections_at([chapter, model.index(2)]) == ("s2", "s3", "s4", "s5")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "", "X", "Y"])),
            unique_by=lambda each: each[0],
            max_size=6,
        ),
        max_size=6,
    )
)
def test_the_tree_follows_any_change_of_chapters(qapp: object, states: list[list[tuple[str, str]]]) -> None:
    model = OutlineModel(Tally())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for state in states:
        document = Document(sections=tuple(Section(each, 100, heading, id=each) for each, heading in state))
        model.set_document(document)
        assert shown(model) == [each for each, _ in state]
        wanted: list[object] = []
        for chapter in chapters(document.sections):
            several = chapter.heading and len(chapter.ids) > 1
            wanted += [(chapter.heading, list(chapter.ids))] if several else chapter.ids
        assert tree(model) == wanted
    tester.deleteLater()


def test_what_is_dropped_into_a_chapter_joins_it_and_at_its_head_opens_it(qtbot: QtBot) -> None:
    model = OutlineModel(Tally())
    model.set_document(in_chapters("Storms", "", "", "Lamps", ""))
    storms, lamps = model.index(0), model.index(1)
    drops = (
        (model.index_of("s1"), 0, lamps, (("s1",), 2, True)),
        (model.index_of("s1"), 1, lamps, (("s1",), 3, False)),
        (model.index_of("s5"), -1, storms, (("s5",), 3, False)),
        (lamps, 0, QModelIndex(), (("s4", "s5"), 0, False)),
        (storms, -1, QModelIndex(), (("s1", "s2", "s3"), 2, False)),
    )
    for dragged, row, parent, wanted in drops:
        with qtbot.waitSignal(model.move_requested) as moved:
            model.dropMimeData(model.mimeData([dragged]), Qt.DropAction.MoveAction, row, 0, parent)
        assert tuple(moved.args or ()) == wanted


def test_text_in_a_chapter_touches_its_row_and_that_of_the_section(qapp: object) -> None:
    document = in_chapters("Storms", "", "Lamps")
    model = OutlineModel(Tally())
    model.set_document(document)
    touched: list[str] = []
    model.dataChanged.connect(lambda top, _: touched.append(str(top.data())))
    model.set_document(document.with_text("s2", "three words more"))
    model.refresh()
    assert {*touched} == {"Point 2", "Storms"}
    row = model.row_at(model.index(0))
    assert isinstance(row, ChapterRow)
    assert (row.count_words, row.told) == ("3 / 200", "Sections 1–2 · 1 partial")


def test_a_main_point_loses_its_beginning_only_where_that_is_the_heading() -> None:
    def shown_point(heading: str, point: str) -> str:
        return OutlineRow("s1", 1, heading, point, 0, 100, Status.PLANNED, locked=False).shown_point

    assert shown_point("Frost", "Frost: what it does") == "What it does"
    assert shown_point("Frost", "-5 degrees and below") == "-5 degrees and below"
    assert shown_point("", "-5 degrees and below") == "-5 degrees and below"
