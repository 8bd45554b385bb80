from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status, Version


def three_sections() -> Document:
    return Document(
        sections=tuple(
            Section(main_point=f"point {name}", word_target=100, text=f"text of {name}.", id=name) for name in "abc"
        )
    )


def finished(document: Document) -> Document:
    for section in document.sections:
        done = replace(section, complete=True, basis=document.basis(section.id))
        document = document.with_section(done)
    return document


def test_a_section_is_planned_partial_or_written_by_its_text() -> None:
    document = three_sections()
    document = document.with_text("a", "  \n").with_section(replace(document.section("c"), complete=True))
    assert document.statuses() == {"a": Status.PLANNED, "b": Status.PARTIAL, "c": Status.WRITTEN}
    assert document.statuses(writing="b")["b"] is Status.WRITING


def test_a_change_above_makes_later_sections_stale_and_no_others() -> None:
    document = finished(three_sections()).with_text("b", "another text.")
    assert document.statuses() == {"a": Status.WRITTEN, "b": Status.WRITTEN, "c": Status.STALE}


def test_other_spaces_and_line_ends_make_nothing_stale() -> None:
    document = finished(three_sections())
    spaced = document.with_text("a", " text  of\n\na. \n")
    spaced = spaced.with_section(replace(spaced.section("b"), main_point="point  b"))
    assert spaced.statuses() == document.statuses()
    assert document.with_text("a", "text of b.").statuses()["b"] is Status.STALE


def test_undoing_the_change_takes_the_staleness_away() -> None:
    document = finished(three_sections())
    changed = document.with_text("a", "x")
    assert changed.statuses()["b"] is Status.STALE
    assert changed.with_text("a", "text of a.").statuses() == document.statuses()


def test_a_changed_plan_line_makes_its_own_section_stale() -> None:
    document = finished(three_sections())
    document = document.with_section(replace(document.section("a"), main_point="something else"))
    assert document.statuses() == {"a": Status.STALE, "b": Status.WRITTEN, "c": Status.WRITTEN}


def test_text_that_no_model_wrote_is_never_stale() -> None:
    document = three_sections()
    own = replace(document.section("c"), complete=True)
    assert document.with_section(own).with_text("a", "x").statuses()["c"] is Status.WRITTEN


def test_a_deleted_section_lies_whole_in_the_trash() -> None:
    document = three_sections().deleted("b")
    assert [section.id for section in document.sections] == ["a", "c"]
    assert [section.text for section in document.trash] == ["text of b."]
    assert [step.number for step in document.steps] == [1, 2]


@given(st.permutations("abcdef"), st.sampled_from("abcdef"), st.integers(-3, 9))
def test_moving_a_section_keeps_all_of_them(order: list[str], moved: str, to: int) -> None:
    document = Document(sections=tuple(Section("", 1, id=name) for name in order)).moved(moved, to)
    ids = [section.id for section in document.sections]
    assert sorted(ids) == list("abcdef")
    assert ids.index(moved) == max(0, min(to, 5))
    assert [name for name in ids if name != moved] == [name for name in order if name != moved]


def test_an_unknown_section_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        three_sections().section("z")


def test_totals_count_text_and_targets() -> None:
    document = replace(three_sections(), word_target=250)
    assert (document.words, document.words_planned, document.words_asked) == (9, 300, 250)
    assert replace(document, word_target=0).words_asked == 300


def test_a_text_is_kept_as_a_version_once() -> None:
    section = Section("point", 100, text="one")
    kept = section.with_text_kept(1.0).with_text_kept(2.0)
    assert [version.text for version in kept.versions] == ["one"]
    again = replace(kept, text="two").with_text_kept(3.0)
    assert [version.text for version in again.versions] == ["one", "two"]
    assert again.with_kept(Version("  ", 4.0, "edited")) == again


def test_a_section_of_the_trash_comes_back_whole_and_with_an_id_of_its_own() -> None:
    lamps = Section("Lamps", 100, text="Oil.", id="lamps")
    document = Document(sections=(Section("Storms", 100, id="storms"), lamps)).deleted("lamps")
    back = document.restored(lamps, 0)
    assert back.sections[0] == lamps
    assert back.trash == ()
    twice = replace(back, trash=(lamps,)).restored(lamps, 9)
    assert [each.main_point for each in twice.sections] == ["Lamps", "Storms", "Lamps"]
    assert len({each.id for each in twice.sections}) == 3
    with pytest.raises(ValueError, match="not in tuple"):
        back.restored(lamps, 0)


def test_a_section_without_text_above_makes_nothing_stale_until_it_is_written() -> None:
    document = finished(three_sections())
    planned = document.inserted(1, Section("planned", 100, id="new"))
    assert planned.statuses() == document.statuses() | {"new": Status.PLANNED}
    assert planned.with_text("new", "Now there is text.").stale_sections() == ["b", "c"]
    assert planned.moved("new", 3).stale_sections() == []
