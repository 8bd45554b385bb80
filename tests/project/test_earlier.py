"""Going back to an earlier state loses nothing that was written since."""

from dataclasses import replace

from hypothesis import given
from hypothesis import settings as hypothesis_settings

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project.earlier import changed_back, put_back
from tests.project.documents import documents

NOON = 1_700_000_000.0
KINGS = Section("Kings", 200, text="Seven kings.", complete=True, id="kings")
SENATE = Section("Senate", 100, text="Old men.", id="senate")
EARLIER = Document(title="Rome", instruction="Write", sections=(KINGS, SENATE))


def texts_in(document: Document) -> set[str]:
    places = (*document.sections, *document.trash)
    texts = {each.text for each in places} | {version.text for each in places for version in each.versions}
    return {text for text in texts if text.strip()}


def without_history(document: Document) -> list[tuple[object, ...]]:
    return [(each.id, each.main_point, each.heading, each.text, each.complete) for each in document.sections]


def test_the_texts_and_the_plan_of_then_are_in_place_and_those_of_now_are_versions() -> None:
    now = EARLIER.with_text("kings", "Eight kings.").moved("senate", 0)
    after = put_back(now, EARLIER, NOON)
    assert without_history(after) == without_history(EARLIER)
    assert after.section("kings").versions == (Version("Eight kings.", NOON, "edited"),)
    assert after.section("senate").versions == ()


def test_a_section_made_since_goes_to_the_trash_and_a_deleted_one_comes_back() -> None:
    new = Section("Emperors", 100, text="Augustus.", id="new")
    now = EARLIER.deleted("kings").inserted(0, new).inserted(0, Section("Empty", 100, id="empty"))
    after = put_back(now, EARLIER, NOON)
    assert [each.id for each in after.sections] == ["kings", "senate"]
    assert [each.id for each in after.trash] == ["new"]


def test_what_was_in_the_trash_then_is_there_again() -> None:
    then = EARLIER.deleted("kings")
    emptied = Document(title="Rome", sections=then.sections)
    assert [each.id for each in put_back(emptied, then, NOON).trash] == ["kings"]


@given(current=documents, earlier=documents)
@hypothesis_settings(max_examples=60)
def test_no_text_of_either_state_is_lost(current: Document, earlier: Document) -> None:
    after = put_back(current, earlier, NOON)
    assert without_history(after) == without_history(earlier)
    assert (after.title, after.instruction, after.settings) == (earlier.title, earlier.instruction, earlier.settings)
    assert texts_in(after) >= {text for each in current.sections for text in (each.text,) if text.strip()}
    assert texts_in(after) >= {
        version.text for each in current.sections for version in each.versions if version.text.strip()
    }
    assert texts_in(after) >= {each.text for each in earlier.sections if each.text.strip()}


@given(current=documents, earlier=documents)
@hypothesis_settings(max_examples=40)
def test_going_back_and_forth_ends_where_it_began(current: Document, earlier: Document) -> None:
    there_and_back = put_back(put_back(current, earlier, NOON), current, NOON)
    assert without_history(there_and_back) == without_history(current)
    again = put_back(put_back(there_and_back, earlier, NOON), current, NOON)
    assert again == there_and_back


def test_what_changed_elsewhere_since_stays_when_going_back_is_undone() -> None:
    before = EARLIER.with_text("kings", "Eight kings.")
    after = put_back(before, EARLIER, NOON)
    assert changed_back(before, before, after, NOON) == after
    assert changed_back(after, after, before, NOON) == before
    written_on = after.with_text("senate", "Old men. And young ones.")
    renamed = replace(written_on, title="Roma").with_section(replace(written_on.section("kings"), heading="Seven"))
    undone = changed_back(renamed, after, before, NOON)
    assert [each.text for each in undone.sections] == ["Eight kings.", "Old men. And young ones."]
    assert (undone.title, undone.section("kings").heading) == ("Roma", "Seven")


@given(before=documents, earlier=documents)
@hypothesis_settings(max_examples=40)
def test_going_back_can_be_undone_and_done_again_whatever_the_documents(before: Document, earlier: Document) -> None:
    after = put_back(before, earlier, NOON)
    assert changed_back(after, after, before, NOON) == before
    moved_on = after.inserted(0, Section("New", 100, text="Since then.", id="new since"))
    undone = changed_back(moved_on, after, before, NOON)
    assert without_history(undone) == without_history(before)
    assert texts_in(undone) >= {"Since then."}
