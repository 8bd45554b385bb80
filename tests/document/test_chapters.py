from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.document.chapters import chapters, with_heading_taken_over, with_headings_left_behind
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
