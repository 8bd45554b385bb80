from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import (
    are_neighbours,
    duplicated,
    in_order,
    joined,
    moved_together,
    split,
)
from longwriter_desktop.document.section import Section, Status, Version

NOON = 1_700_000_000.0
POINTS = ("What it is", "What comes of it")


def document(*texts: str, language: str = "en") -> Document:
    """A section of 100 words for each text, written one after another by a model where there is text."""
    made = Document(
        language=language,
        sections=tuple(Section(f"Point {number}", 100, id=f"s{number}") for number in range(1, len(texts) + 1)),
    )
    for number, text in enumerate(texts, start=1):
        if text:
            section = made.section(f"s{number}")
            version = Version(text, NOON - 100 + number, "generated")
            made = made.with_section(replace(section, text=text, complete=True, versions=(version,)))
            basis = made.basis(f"s{number}")
            made = made.with_section(replace(made.section(f"s{number}"), basis=basis))
    return made


def ids(made: Document) -> list[str]:
    return [section.id for section in made.sections]


orders = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@given(orders, orders)
def test_sections_come_into_any_order_and_none_is_lost(standing: list[str], wanted: list[str]) -> None:
    made = Document(sections=tuple(Section(each, 1, id=each) for each in standing))
    after = in_order(made, wanted)
    assert sorted(ids(after)) == sorted(standing)
    assert [each for each in ids(after) if each in wanted] == [each for each in wanted if each in standing]
    assert in_order(after, standing) == made


def test_a_section_that_is_not_named_stays_behind_its_neighbour() -> None:
    made = Document(sections=tuple(Section(each, 1, id=each) for each in "abxc"))
    assert ids(in_order(made, ["c", "b", "a"])) == ["c", "b", "x", "a"]


@given(orders, st.sets(st.sampled_from("abcdef")), st.integers(-1, 7))
def test_sections_that_move_together_stand_side_by_side_in_their_order(
    standing: list[str], moved: set[str], index: int
) -> None:
    made = Document(sections=tuple(Section(each, 1, id=each) for each in standing))
    after = ids(moved_together(made, moved, index))
    going = [each for each in standing if each in moved]
    assert [each for each in after if each not in moved] == [each for each in standing if each not in moved]
    place = after.index(going[0]) if going else 0
    assert after[place : place + len(going)] == going
    if going:
        assert place == max(0, min(index, len(standing) - len(going)))


def test_a_text_that_is_cut_in_two_stays_fresh_and_so_does_what_follows() -> None:
    made = document("One two three four. Five six.", "Seven eight.")
    after = split(made, "s1", 20, POINTS, NOON)
    first, second, last = after.sections
    assert (first.text, second.text) == ("One two three four.", "Five six.")
    assert (first.main_point, second.main_point) == POINTS
    assert (first.word_target, second.word_target) == (67, 33)
    assert set(after.statuses().values()) == {Status.WRITTEN}
    assert [version.text for version in first.versions] == ["One two three four. Five six."]
    assert last.text == "Seven eight."
    # Where the text of the second comes from is known as well.
    assert [version.origin for version in second.versions] == ["generated"]


def test_a_stale_section_stays_stale_when_it_is_cut_or_joined() -> None:
    made = document("First text. More of it.", "Second text. More.").with_text("s1", "Another beginning.")
    assert made.statuses()["s2"] is Status.STALE
    cut = split(made, "s2", 13, POINTS, NOON)
    assert [cut.statuses()[each] for each in ids(cut)] == [Status.WRITTEN, Status.STALE, Status.STALE]
    whole = joined(cut, ids(cut)[1:], NOON)
    assert whole.statuses()["s2"] is Status.STALE


def test_a_half_written_section_leaves_what_it_lacks_to_the_second_half() -> None:
    made = document("")
    section = replace(made.section("s1"), text="One two three. Four five", word_target=100)
    after = split(made.with_section(section), "s1", 14, POINTS, NOON)
    first, second = after.sections
    assert (first.word_target, second.word_target) == (3, 97)
    assert (first.complete, second.complete) == (True, False)
    assert list(after.statuses().values()) == [Status.WRITTEN, Status.PARTIAL]


def test_without_text_each_half_has_half_the_words() -> None:
    after = split(document(""), "s1", 0, POINTS, NOON)
    assert [section.word_target for section in after.sections] == [50, 50]
    assert [section.complete for section in after.sections] == [False, False]


def test_joining_keeps_texts_targets_headings_directions_and_versions() -> None:
    made = document("First text.", "Second text.", "Third.")
    made = made.with_section(replace(made.section("s1"), heading="Beginnings", direction="short"))
    made = made.with_section(replace(made.section("s2"), heading="Middles", direction="long", locked=True))
    after = joined(made, {"s1", "s2"}, NOON)
    one = after.section("s1")
    assert ids(after) == ["s1", "s3"]
    assert one.text == "First text.\n\n### Middles\n\nSecond text."
    assert one.main_point == "Point 1; Point 2"
    assert (one.heading, one.direction, one.word_target, one.locked) == ("Beginnings", "short\nlong", 200, True)
    assert [version.text for version in one.versions] == ["First text.", "Second text."]


def test_joining_what_was_cut_gives_back_the_text_and_leaves_all_fresh() -> None:
    made = document("One two three.\n\nFour five six.", "Seven.")
    cut = split(made, "s1", 14, POINTS, NOON)
    back = joined(cut, ids(cut)[:2], NOON)
    assert back.section("s1").text == made.section("s1").text
    assert back.section("s1").word_target == 100
    assert set(back.statuses().values()) == {Status.WRITTEN}


def test_chinese_main_points_are_joined_by_their_own_mark() -> None:
    made = document("", "", language="zh")
    made = made.with_section(replace(made.section("s1"), main_point="灯塔的历史。"))
    made = made.with_section(replace(made.section("s2"), main_point="守塔人的生活。"))
    assert joined(made, {"s1", "s2"}, NOON).section("s1").main_point == "灯塔的历史；守塔人的生活。"


def test_only_neighbours_are_joined() -> None:
    made = document("a", "b", "c")
    assert not are_neighbours(made, {"s1", "s3"})
    assert not are_neighbours(made, {"s1"})
    with pytest.raises(ValueError, match="next to each other"):
        joined(made, {"s1", "s3"}, NOON)


def test_a_joined_section_is_finished_only_when_all_of_it_is() -> None:
    after = joined(document("First text.", ""), {"s1", "s2"}, NOON)
    assert after.statuses()["s1"] is Status.PARTIAL
    assert after.section("s1").text == "First text."


def test_copies_stand_together_behind_the_last_with_ids_of_their_own() -> None:
    made = document("First text.", "Second.", "Third.")
    made = made.with_section(replace(made.section("s3"), locked=True))
    after = duplicated(made, {"s1", "s3"})
    copies = after.sections[3:]
    assert [section.text for section in copies] == ["First text.", "Third."]
    assert len(set(ids(after))) == 5
    assert not any(section.locked for section in copies)
    assert [version.text for version in copies[0].versions] == ["First text."]
    assert duplicated(made, {"nowhere"}) is made


@settings(max_examples=60)
@given(st.lists(st.text("ab. \n", max_size=12), min_size=1, max_size=4), st.data())
def test_whatever_is_cut_no_word_and_no_target_is_lost(texts: list[str], data: st.DataObject) -> None:
    made = document(*texts)
    number = data.draw(st.integers(1, len(texts)))
    place = data.draw(st.integers(0, 12))
    after = split(made, f"s{number}", place, POINTS, NOON)
    assert "".join("".join(each.text.split()) for each in after.sections) == "".join("".join(t.split()) for t in texts)
    assert after.words_planned == made.words_planned
    assert all(section.word_target >= 0 for section in after.sections)


def test_a_line_that_begins_the_second_half_stays_indented() -> None:
    for text, place, rest in (
        ("Run it:\n\n    make all\n    make test", 8, "    make all\n    make test"),
        ("Run it:\n\n    make all", 11, "    make all"),
        ("守塔人。\n\n　　灯塔。", 4, "　　灯塔。"),
        ("One two three.", 7, "three."),
        ("One. \n", 4, ""),
    ):
        assert split(document(text), "s1", place, POINTS, NOON).sections[1].text == rest


def test_a_heading_without_text_to_stand_above_is_in_the_joined_main_point() -> None:
    made = document("First text.", "", "")
    made = made.with_section(replace(made.section("s2"), heading="Results"))
    made = made.with_section(replace(made.section("s3"), heading="Point", main_point="Point 3"))
    one = joined(made, {"s1", "s2", "s3"}, NOON).section("s1")
    assert one.main_point == "Point 1; Results: Point 2; Point 3"
    assert one.heading == ""
    chinese = replace(made, language="zh")
    assert joined(chinese, {"s1", "s2"}, NOON).section("s1").main_point == "Point 1；Results：Point 2"
