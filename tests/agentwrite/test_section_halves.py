from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.section_halves import halved
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section

NOON = 1_700_000_000.0
TWO_PARTS = "The first lighthouses of stone on the coast of Egypt; the keepers who lived in them"


def document(main_point: str, text: str = "") -> Document:
    section = Section(main_point, 600, id="s1", text=text, complete=bool(text))
    return Document("Lighthouses", sections=(section, Section("How the lamps are lit today", 300, id="s2")))


def halves(main_point: str, text: str = "", place: int = 0) -> list[tuple[str, str]]:
    after = halved(document(main_point, text), "s1", place, NOON)
    assert after.sections[-1].id == "s2"
    return [(section.main_point, section.text) for section in after.sections[:-1]]


def test_a_text_is_cut_where_the_cursor_stands() -> None:
    assert halves(TWO_PARTS, "One. Two. Three.", 9) == [
        ("The first lighthouses of stone on the coast of Egypt", "One. Two."),
        ("The keepers who lived in them", "Three."),
    ]


@pytest.mark.parametrize("place", [0, 500])
def test_a_cursor_outside_the_text_cuts_it_between_the_middle_paragraphs(place: int) -> None:
    text = "First paragraph.\n\nSecond one.\n\nThe third and longest paragraph of them all."
    assert [part for _, part in halves(TWO_PARTS, text, place)] == [
        "First paragraph.\n\nSecond one.",
        "The third and longest paragraph of them all.",
    ]


def test_a_single_paragraph_is_cut_between_its_sentences() -> None:
    assert [text for _, text in halves(TWO_PARTS, "Storms came. Ships sank. Lamps were lit.")] == [
        "Storms came. Ships sank.",
        "Lamps were lit.",
    ]


def test_without_text_the_main_point_is_divided_at_its_joint() -> None:
    assert halves(TWO_PARTS) == [
        ("The first lighthouses of stone on the coast of Egypt", ""),
        ("The keepers who lived in them", ""),
    ]


def test_a_main_point_without_a_joint_leaves_the_second_for_the_person_to_fill_in() -> None:
    assert halves("Storms on the northern coast") == [("Storms on the northern coast", ""), ("", "")]


def test_the_second_half_of_a_text_is_named_after_how_it_begins_where_the_main_point_has_no_joint() -> None:
    found = halves("Storms on the northern coast", "Wind rose.\n\nThe ships stayed in the harbour. Nobody spoke.", 10)
    assert found[1][0] == "The ships stayed in the harbour."


def test_chinese_is_divided_too() -> None:
    after = halved(
        replace(document("灯塔最早建在埃及海岸；守塔人如何生活", "第一段讲历史。第二段讲生活。"), language="zh"),
        "s1",
        0,
        NOON,
    )
    assert [section.text for section in after.sections[:2]] == ["第一段讲历史。", "第二段讲生活。"]
    assert after.sections[1].main_point == "守塔人如何生活"
