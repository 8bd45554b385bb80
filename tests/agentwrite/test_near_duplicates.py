import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.near_duplicates import near_duplicates
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.samples import CHINESE, ENGLISH


def document_of(*texts: str) -> Document:
    sections = (
        Section(f"Point {number}", 100, text=text, id=str(number)) for number, text in enumerate(texts, start=1)
    )
    return Document(sections=tuple(sections))


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_sections_about_the_same_thing_are_no_duplicates(text: str) -> None:
    assert near_duplicates(document_of(*text.strip().split("\n\n"))) == ()


def test_a_section_that_repeats_an_earlier_one_with_other_words_in_it_is_told_with_its_passages() -> None:
    first, second, third = ENGLISH.split("\n\n")[:3]
    changed = second.replace("four hundred", "six hundred").replace("1823", "1901").replace("grumbled", "sighed")
    (found,) = near_duplicates(document_of(first, second, third, "The sea was calm that day. " + changed))
    assert (found.section_id, found.other_id) == ("4", "2")
    assert "six hundred gallons" in found.passages[0].text
    assert "four hundred gallons" in found.passages[0].resembles
    assert "The sea was calm" not in found.passages[0].text
    assert found.words > 60


def test_chinese_sections_are_compared_too() -> None:
    first, second, third = CHINESE.split("\n\n")[:3]
    (found,) = near_duplicates(
        document_of(first, second, third, second.replace("煤油", "酒精").replace("上千升", "五百升"))
    )
    assert (found.section_id, found.other_id) == ("4", "2")


def test_of_several_earlier_sections_the_one_that_is_repeated_most_is_told() -> None:
    paragraphs = ENGLISH.split("\n\n")
    sentence = paragraphs[0].split(". ")[0] + ". "
    (found,) = near_duplicates(document_of(paragraphs[0], paragraphs[1], sentence + paragraphs[1]))
    assert found.other_id == "2"


def test_a_single_sentence_said_twice_in_long_sections_is_not_told() -> None:
    first, second = ENGLISH.split("\n\n")[:2]
    sentence = first.split(". ")[0] + ". "
    assert near_duplicates(document_of(first, second + " " + sentence)) == ()


def test_empty_and_unwritten_sections_resemble_nothing() -> None:
    assert near_duplicates(document_of("", "", "One. Two.", "One. Two.")) == ()


@settings(deadline=None)
@given(st.integers(0, 4), st.integers(0, 10_000), st.sampled_from([ENGLISH, CHINESE]))
def test_a_paragraph_with_every_tenth_word_changed_is_always_found(paragraph: int, seed: int, text: str) -> None:
    original = text.strip().split("\n\n")[paragraph]
    chance = random.Random(seed)
    chinese = text is CHINESE
    words = list(original) if chinese else original.split(" ")
    for place in range(chance.randrange(10), len(words), 25 if chinese else 10):
        if words[place][-1].isalpha():
            words[place] = "某" if chinese else "someone"
    copy = ("" if chinese else " ").join(words)
    others = [each for each in text.strip().split("\n\n") if each != original]
    found = near_duplicates(document_of(*others, original, copy))
    assert [(each.section_id, each.other_id) for each in found] == [("6", "5")]


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_texts_are_compared(texts: list[str]) -> None:
    document = document_of(*texts)
    for found in near_duplicates(document):
        assert document.index(found.other_id) < document.index(found.section_id)
        assert found.passages
        assert found.words > 0
