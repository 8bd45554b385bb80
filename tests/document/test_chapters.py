from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.document.chapters import (
    chapters,
    one_step,
    with_heading_taken_over,
    with_headings_left_behind,
)
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


def document(*headings: str) -> Document:
    made = enumerate(headings, start=1)
    return Document(sections=tuple(Section(f"Point {number}", 100, each, id=f"s{number}") for number, each in made))


def headings(made: Document) -> list[str]:
    return [section.heading for section in made.sections]


def test_a_heading_opens_a_chapter_that_lasts_to_the_next_one() -> None:
    found = chapters(document("", "Storms", "", "Lamps").sections)
    assert [(chapter.heading, chapter.ids) for chapter in found] == [
        ("", ("s1",)),
        ("Storms", ("s2", "s3")),
        ("Lamps", ("s4",)),
    ]
    assert chapters(()) == ()


def test_the_heading_stays_with_the_chapter_when_its_first_section_leaves() -> None:
    made = document("Storms", "", "", "Lamps")
    assert headings(with_headings_left_behind(made, {"s1"})) == ["", "Storms", "", "Lamps"]
    assert headings(with_headings_left_behind(made, {"s1", "s2"})) == ["", "", "Storms", "Lamps"]


def test_the_heading_of_a_whole_chapter_goes_with_it() -> None:
    made = document("Storms", "", "Lamps")
    assert with_headings_left_behind(made, {"s1", "s2"}) is made
    assert with_headings_left_behind(made, {"s3"}) is made


def test_another_section_can_open_a_chapter() -> None:
    assert headings(with_heading_taken_over(document("Storms", "", ""), "s3", "s1")) == ["", "", "Storms"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["", "A", "B"]), max_size=6), st.sets(st.integers(1, 6)))
def test_no_heading_is_lost_or_made(given_headings: list[str], leaving: set[int]) -> None:
    made = document(*given_headings)
    after = with_headings_left_behind(made, {f"s{number}" for number in leaving})
    assert sorted(headings(after)) == sorted(given_headings)
    staying = [section for section in after.sections if int(section.id[1:]) not in leaving]
    before = {
        chapter.heading
        for chapter in chapters(made.sections)
        if any(int(each[1:]) not in leaving for each in chapter.ids)
    }
    assert {section.heading for section in staying} - {""} == before - {""}


def stepped(order: list[tuple[str, str]], chosen: set[str], step: int) -> list[tuple[str, str]]:
    """Sections, each a name and a heading, after one step; as they are where there is none."""
    found = one_step(
        [heading for _, heading in order], [at for at, (name, _) in enumerate(order) if name in chosen], step
    )
    if found is None:
        return order
    places, index = found
    rest = [each for at, each in enumerate(order) if at not in places]
    return [*rest[:index], *(order[at] for at in places), *rest[index:]]


TWO_CHAPTERS = [("s1", "Storms"), ("s2", "Lamps"), ("s3", ""), ("s4", "Paint")]


def test_what_opens_a_chapter_passes_a_whole_one_with_each_step() -> None:
    after = stepped(TWO_CHAPTERS, {"s1"}, 1)
    assert after == [("s2", "Lamps"), ("s3", ""), ("s1", "Storms"), ("s4", "Paint")]
    after = stepped(after, {"s1"}, 1)
    assert after == [("s2", "Lamps"), ("s3", ""), ("s4", "Paint"), ("s1", "Storms")]
    assert stepped(after, {"s1"}, 1) == after
    assert stepped(stepped(after, {"s1"}, -1), {"s1"}, -1) == TWO_CHAPTERS


def test_what_opens_a_chapter_takes_its_sections_along() -> None:
    assert stepped(TWO_CHAPTERS, {"s2"}, -1) == [("s2", "Lamps"), ("s3", ""), ("s1", "Storms"), ("s4", "Paint")]


def test_a_section_without_a_heading_moves_by_one() -> None:
    assert stepped(TWO_CHAPTERS, {"s3"}, 1) == [*TWO_CHAPTERS[:2], ("s4", "Paint"), ("s3", "")]
    assert stepped(TWO_CHAPTERS, {"s3"}, -1) == [("s1", "Storms"), ("s3", ""), ("s2", "Lamps"), ("s4", "Paint")]


def test_a_chapter_does_not_go_before_sections_that_stand_under_no_heading() -> None:
    order = [("s1", ""), ("s2", "Lamps")]
    assert stepped(order, {"s2"}, -1) == order
    assert stepped(order, {"s1"}, 1) == [("s2", "Lamps"), ("s1", "")]
    assert one_step([], [], 1) is None


@given(st.lists(st.booleans(), min_size=1, max_size=9), st.integers(0, 8), st.sampled_from((-1, 1)))
@settings(max_examples=100)
def test_a_moved_heading_leaves_all_others_their_sections_and_can_be_moved_back(
    opening: list[bool], place: int, step: int
) -> None:
    order = [(f"s{at}", f"h{at}" if opens else "") for at, opens in enumerate(opening)]
    name, heading = order[place % len(order)]
    after = stepped(order, {name}, step)
    assert sorted(after) == sorted(order)
    if heading:
        made = [Document(sections=tuple(Section("", 1, each, id=key) for key, each in rows)) for rows in (order, after)]
        one, other = ({each.heading: each.ids for each in chapters(document.sections)} for document in made)
        assert one == other
    if after != order:
        assert stepped(after, {name}, -step) == order
