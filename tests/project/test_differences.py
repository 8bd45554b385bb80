"""Two states of a document side by side: nothing of either is missing, and what is marked does differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.project.differences import Piece, differences, reading_text
from tests.project.documents import documents, edited

ROME = Document(
    title="Rome",
    sections=(
        Section("Kings", 200, heading="The kings", text="There were seven kings.\n\nThe last was bad.", id="kings"),
        Section("Senate", 200, text="Old men met in the forum.", id="senate"),
    ),
)


def marked(then: Document, now: Document) -> str:
    """The pieces as text: [-only now-] {+only then+}."""
    signs = {"both": "{}", "then": "{{+{}+}}", "now": "[-{}-]"}
    return "".join(signs[each.kind].format(each.text) for each in differences(then, now))


def test_the_same_document_is_one_piece() -> None:
    assert differences(ROME, ROME) == [Piece("both", reading_text(ROME))]
    assert reading_text(ROME) == (
        "Rome\n\nThe kings\n\nThere were seven kings.\n\nThe last was bad.\n\nOld men met in the forum.\n\n"
    )


def test_a_changed_word_is_marked_alone() -> None:
    now = ROME.with_text("kings", "There were eight kings.\n\nThe last was bad.")
    assert "There were [-eight-]{+seven+} kings.\n\nThe last was bad." in marked(ROME, now)


def test_words_side_by_side_are_marked_together() -> None:
    now = ROME.with_text("senate", "Wise women met in the forum.")
    assert "[-Wise women-]{+Old men+} met in the forum." in marked(ROME, now)
    assert marked(ROME, ROME.with_text("senate", "Old men met in the forum ")).endswith(
        "Old men met in the forum[- \n\n-]{+.\n\n+}"
    )


def test_chinese_is_compared_character_by_character() -> None:
    then = Document(language="zh", sections=(Section("王", 100, text="罗马有七位国王。", id="a"),))
    assert marked(then, then.with_text("a", "罗马有八位国王。")).startswith("罗马有[-八-]{+七+}位国王。")


def test_sections_that_came_or_went_are_marked_whole_where_they_stand() -> None:
    now = ROME.deleted("kings").inserted(1, Section("Emperors", 100, text="Augustus.", id="new"))
    text = marked(ROME, now)
    assert "{+The kings\n\nThere were seven kings.\n\nThe last was bad.\n\n+}Old men" in text
    assert text.endswith("[-Augustus.\n\n-]")


def test_a_section_that_moved_is_not_marked_as_changed() -> None:
    assert differences(ROME, ROME.moved("senate", 0)) == [Piece("both", reading_text(ROME))]


def test_a_section_without_text_shows_its_main_point() -> None:
    planned = Document(sections=(Section("What the kings did", 100),))
    assert reading_text(planned) == "[What the kings did]\n\n"


@given(data=st.data())
@hypothesis_settings(max_examples=60)
def test_without_what_is_only_of_now_the_text_of_then_is_left_whole(data: st.DataObject) -> None:
    then = data.draw(documents)
    now = data.draw(edited(then))
    pieces = differences(then, now)
    assert "".join(each.text for each in pieces if each.kind != "now") == reading_text(then)
    assert all(each.text for each in pieces)
    if [each.id for each in then.sections] == [each.id for each in now.sections]:
        assert "".join(each.text for each in pieces if each.kind != "then") == reading_text(now)
    assert any(each.kind != "both" for each in pieces) == (reading_text(then) != reading_text(now)) or (
        then.sections != now.sections
    )


@pytest.mark.timeout(60)
def test_two_long_documents_that_have_nothing_in_common_are_compared_in_moderate_time() -> None:
    sections = tuple(Section("p", 500, text=f"old{at} words " * 1200 + "\n\n", id=f"{at}") for at in range(40))
    then = replace(ROME, sections=sections)
    now = replace(ROME, sections=tuple(replace(each, text=each.text.replace("old", "new")) for each in sections))
    assert {each.kind for each in differences(then, now)} == {"both", "now", "then"}
