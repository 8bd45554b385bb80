from dataclasses import replace

from longwriter_desktop.agentwrite.outline import with_plan
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section


def written() -> Document:
    return Document(
        sections=tuple(
            Section(main_point=point, word_target=100, text=f"About {point}.", heading=point.title(), id=point)
            for point in ("sea", "shore", "wind")
        )
    )


def test_an_unchanged_line_keeps_its_section_wherever_it_is_moved() -> None:
    document = with_plan(written(), (Step(1, "wind", 150), Step(2, "sea", 100), Step(3, "shore", 100)))
    assert [section.id for section in document.sections] == ["wind", "sea", "shore"]
    assert document.sections[0].word_target == 150
    assert document.sections[0].text == "About wind."
    assert document.trash == ()


def test_a_reworded_line_keeps_its_section_and_text() -> None:
    document = with_plan(written(), (Step(1, "sea", 100), Step(2, "the long shore", 100), Step(3, "wind", 100)))
    assert document.sections[1].id == "shore"
    assert document.sections[1].main_point == "the long shore"
    assert document.sections[1].text == "About shore."


def test_a_heading_that_came_from_the_main_point_follows_it_and_the_persons_own_stays() -> None:
    document = Document(sections=(Section("The sea: its moods", 50, "The sea"), Section("The shore: sand", 50, "Mine")))
    steps = (Step(1, "The moon: its phases", 50), Step(2, "The stars: their names", 50))
    assert [section.heading for section in with_plan(document, steps).sections] == ["The moon", "Mine"]


def test_a_line_that_is_gone_sends_its_text_to_the_trash() -> None:
    document = with_plan(written(), (Step(1, "sea", 100), Step(2, "wind", 100)))
    assert [section.id for section in document.sections] == ["sea", "wind"]
    assert [section.text for section in document.trash] == ["About shore."]


def test_a_new_line_is_a_new_section_without_text() -> None:
    document = with_plan(
        written(), (Step(1, "sea", 100), Step(2, "tides", 80), Step(3, "shore", 100), Step(4, "wind", 100))
    )
    assert [section.text for section in document.sections] == ["About sea.", "", "About shore.", "About wind."]


def test_two_equal_lines_are_two_sections() -> None:
    document = with_plan(written(), (Step(1, "sea", 100), Step(2, "sea", 100)))
    assert [section.text for section in document.sections] == ["About sea.", ""]


def test_an_empty_section_that_is_dropped_leaves_nothing_in_the_trash() -> None:
    document = written()
    document = document.with_section(replace(document.section("wind"), text=""))
    assert with_plan(document, (Step(1, "sea", 1), Step(2, "shore", 1))).trash == ()
