from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepPlanned
from longwriter_desktop.agentwrite.plan_check import check_plan
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.edited_document import EditedDocument
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.outline_changes import (
    changed_section,
    deleted_section,
    inserted_section,
    new_plan,
    repaired_plan,
    used_version,
)
from longwriter_desktop.ui.outline_groups import moved_sections
from tests.ui.documents import ids, lighthouses

START = lighthouses(100, 200, 300, 400)
Make = Callable[[Document], Deed | None]


class Holder:
    """A document in hand."""

    def __init__(self, document: Document) -> None:
        self.edited = EditedDocument(lambda: 2.0)
        self.put(document)

    @property
    def document(self) -> Document:
        return self.edited.document

    def push(self, deed: Deed) -> None:
        self.edited.push(deed)

    def put(self, document: Document) -> None:
        self.edited.put(document)


def _changes() -> st.SearchStrategy[Make]:
    def edit(section_id: str, point: str, words: int) -> Make:
        def make(document: Document) -> Deed | None:
            if not document.has_section(section_id):
                return None
            section = document.section(section_id)
            return changed_section("Edit", section, replace(section, main_point=point, word_target=words))

        return make

    def delete(section_id: str) -> Make:
        return lambda document: deleted_section(document, section_id) if document.has_section(section_id) else None

    def move(section_id: str, index: int) -> Make:
        return lambda document: (
            moved_sections(document, [section_id], index) if document.has_section(section_id) else None
        )

    def insert(index: int) -> Make:
        return lambda document: inserted_section(Section("new", 100), min(index, len(document.sections)))

    places = st.integers(0, 4)
    return st.one_of(
        st.builds(edit, ids, st.text(max_size=8), st.integers(0, 900)),
        st.builds(delete, ids),
        st.builds(move, ids, places),
        st.builds(insert, places),
    )


@given(st.lists(_changes(), max_size=12))
def test_undoing_everything_gives_the_outline_of_the_beginning(changes: list[Make]) -> None:
    holder = Holder(START)
    for make in changes:
        change = make(holder.document)
        if change is not None:
            holder.push(change)
    after = holder.document.sections
    while holder.edited.history.can_undo():
        holder.edited.undo()
    assert holder.document.sections == START.sections
    while holder.edited.history.can_redo():
        holder.edited.redo()
    assert holder.document.sections == after


def test_text_that_arrives_meanwhile_survives_undo_and_redo() -> None:
    holder = Holder(START)
    section = START.section("s2")
    holder.push(changed_section("Edit", section, replace(section, main_point="Another")))
    holder.put(holder.document.with_text("s2", "streamed"))
    holder.push(moved_sections(holder.document, ["s2"], 3))
    holder.put(holder.document.with_text("s2", "streamed on"))
    holder.edited.undo()
    holder.edited.undo()
    assert holder.document.section("s2").text == "streamed on"
    assert holder.document.section("s2").main_point == section.main_point


def test_a_deleted_section_comes_back_with_its_text_from_the_trash() -> None:
    holder = Holder(START.with_text("s3", "precious"))
    holder.push(deleted_section(holder.document, "s3"))
    assert [each.text for each in holder.document.trash] == ["precious"]
    holder.edited.undo()
    assert holder.document.index("s3") == 2
    assert holder.document.section("s3").text == "precious"
    assert holder.document.trash == ()


def test_undoing_an_added_section_that_was_written_in_keeps_its_text_in_the_trash() -> None:
    holder = Holder(START)
    section = Section("new", 100, id="new")
    holder.push(inserted_section(section, 1))
    holder.put(holder.document.with_text("new", "typed since"))
    holder.edited.undo()
    assert not holder.document.has_section("new")
    assert holder.document.trash[-1].text == "typed since"
    holder.edited.redo()
    assert holder.document.section("new").text == "typed since"


def test_another_version_keeps_the_text_that_stood_there_both_ways() -> None:
    holder = Holder(START.with_text("s1", "now"))
    section = holder.document.section("s1")
    holder.push(used_version(section, Version("earlier", 1.0, "generated"), at=2.0))
    assert [version.text for version in holder.document.section("s1").versions] == ["now"]
    holder.put(holder.document.with_text("s1", "earlier, and typed on"))
    holder.edited.undo()
    assert holder.document.section("s1").text == "now"
    assert [version.text for version in holder.document.section("s1").versions] == ["earlier, and typed on"]


def test_undoing_a_new_plan_brings_the_old_sections_back_with_their_text() -> None:
    before = START.with_text("s1", "old text")
    holder = Holder(before)
    plan = PlanFinished("T", (StepPlanned(Step(1, "fresh", 500), ""),), Usage())
    holder.push(new_plan(before, plan))
    fresh = holder.document.sections[0]
    assert fresh.main_point == "fresh"
    holder.put(holder.document.with_text(fresh.id, "new text"))
    holder.edited.undo()
    assert holder.document.sections == before.sections
    assert [section.text for section in holder.document.trash] == ["new text"]


def test_undoing_a_first_plan_takes_its_title_back_unless_it_was_changed() -> None:
    plan = PlanFinished("Lights", (StepPlanned(Step(1, "fresh", 500), ""),), Usage())
    for since, wanted in ((None, ""), ("Mine", "Mine")):
        holder = Holder(Document())
        holder.push(new_plan(holder.document, plan))
        assert holder.document.title == "Lights"
        if since is not None:
            holder.put(replace(holder.document, title=since))
        holder.edited.undo()
        assert holder.document.title == wanted


def test_a_section_that_a_repair_leaves_out_lies_in_the_trash_until_undo_brings_it_back() -> None:
    first = START.sections[0]
    double = Section(first.main_point, 100, direction="mine", id="double")
    holder = Holder(replace(START, sections=(first, double)))
    finding = next(each for each in check_plan(holder.document) if each.kind == "duplicate")
    holder.edited.repair_plan(finding)
    assert [each.id for each in holder.document.sections] == ["s1"]
    assert [each.direction for each in holder.document.trash] == ["mine"]
    holder.edited.undo()
    assert holder.document.sections == (first, double)
    assert holder.document.trash == ()


def test_a_section_that_was_added_since_stays_when_a_repair_is_undone_before_it() -> None:
    repaired = START.with_section(replace(START.section("s1"), main_point="clearer"))
    deed = repaired_plan(START, repaired)
    added = deed.do(START).inserted(1, Section("added", 100, text="written", id="new"))
    undone = deed.undo(added)
    assert [each.id for each in undone.sections] == ["s1", "new", "s2", "s3", "s4"]
    assert undone.section("s1").main_point == START.section("s1").main_point
    assert undone.trash == ()
    assert deed.do(undone) == added


def test_why_the_writer_ended_another_text_is_not_told_of_the_version_in_place() -> None:
    section = replace(START.section("s1"), text="again again", complete=True, stop_reason="repetition")
    holder = Holder(START.with_section(section))
    holder.push(used_version(section, Version("mine", 1.0, "edited"), at=2.0))
    assert holder.document.section("s1").stop_reason == ""
    holder.edited.undo()
    assert holder.document.section("s1").stop_reason == "repetition"
