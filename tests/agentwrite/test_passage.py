"""Where a passage stands, what stands around it, and the marks at its edges that stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.passage import (
    Passage,
    around,
    edges_of,
    find_passage,
    joined,
    located,
    without_neighbours,
)
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem

TEXT = "The keeper climbed the stairs. He sang. The lamp was lit, and he sang again."


def section(text: str = TEXT) -> Section:
    return Section("The keeper", 50, text=text, id="b")


def test_a_passage_is_found_by_its_exact_words() -> None:
    assert find_passage(section(), "The lamp was lit") == Passage("b", 40, "The lamp was lit")


@pytest.mark.parametrize(("words", "why"), [("sang", "2 times"), ("He danced", "nowhere"), ("  ", "no words")])
def test_words_that_name_no_single_passage_are_refused(words: str, why: str) -> None:
    with pytest.raises(InputProblem, match=why):
        find_passage(section(), words)


def test_a_passage_that_has_moved_is_found_again_unless_it_is_gone_or_unclear() -> None:
    passage = find_passage(section(), "He sang.")
    assert located(TEXT, passage) == 31
    assert located("First. " + TEXT, passage) == 38
    assert located("The keeper climbed.", passage) is None
    assert located("First, He sang. Then He sang.", passage) is None


def test_what_stands_around_comes_from_the_neighbouring_sections_too() -> None:
    before, after = Section("p", 9, text="Before it all.", id="a"), Section("p", 9, text="After it all.", id="c")
    document = Document(sections=(before, section(), after))
    passage = find_passage(section(), "He sang. The lamp was lit")
    assert around(document, passage, 1000) == (
        "Before it all.\n\nThe keeper climbed the stairs.",
        ", and he sang again.\n\nAfter it all.",
    )
    assert around(document, passage, 20) == ("… climbed the stairs.", ", and he …")
    assert around(document, passage, 0) == ("", "")


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Plain text.", "Plain text."),
        ("**Bold text.**", "Bold text."),
        ("  - *Slanted* and **bold**.\n", "*Slanted* and **bold**."),
        ("**One** and **two**", "**One** and **two**"),
        ("> “Said he.”", "Said he."),
        ("1. First\n2. Second", "First\n2. Second"),
        ("## Heading\n", "Heading"),
        ("***Both.***", "Both."),
        ("**「他说。」**", "他说。"),
        ("(in brackets)", "in brackets"),
        ("**", "**"),
    ],
)
def test_marks_at_the_edges_are_told_from_the_text(text: str, core: str) -> None:
    edges = edges_of(text)
    assert edges.core == core
    assert edges.before + edges.core + edges.after == text


@given(st.text(alphabet='ab .*_`"“”>-#1\n', max_size=40))
def test_edges_and_core_make_the_passage_again(text: str) -> None:
    edges = edges_of(text)
    assert edges.before + edges.core + edges.after == text
    if edges.core.strip():
        assert joined(edges, edges.core, is_sentence=True).startswith(edges.before)


@pytest.mark.parametrize(
    ("old", "new", "whole"),
    [
        ("**Bold text.**\n", "New words.", "**New words.**\n"),
        ("**Bold text.**", "**New words.**", "**New words.**"),
        ("- An item.", "- Another item.", "- Another item."),
        ("An item.", "- One.\n- Two.", "- One.\n- Two."),
        ("Plain.", '"In quotation marks."', "In quotation marks."),
        ("“Said he.”", "“Said she.”", "“Said she.”"),
        ("Plain.", "“One,” he said, “and two.”", "“One,” he said, “and two.”"),
    ],
)
def test_the_new_passage_has_the_marks_of_the_old_one_once(old: str, new: str, whole: str) -> None:
    assert joined(edges_of(old), new, is_sentence=True) == whole


def test_a_part_of_a_sentence_stays_a_part() -> None:
    assert joined(edges_of("lived apart"), "Lived far away.", is_sentence=False) == "lived far away"
    assert joined(edges_of("lived apart"), "NASA came...", is_sentence=False) == "NASA came..."
    assert joined(edges_of("住得远"), "住得很远。", is_sentence=False) == "住得很远"


def test_sentences_that_stand_beside_the_passage_already_are_not_said_again() -> None:
    before, after = "It was late. The keepers lived apart from the town.", "The pay was poor. Nobody stayed."
    new = "The keepers lived apart from the town. Every evening one climbed the stairs. The pay was poor."
    assert without_neighbours(new, before, after) == "Every evening one climbed the stairs."
    assert without_neighbours("The pay was poor.", before, after) == "The pay was poor."
