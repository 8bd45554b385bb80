import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.keeping import MANY_WORDS, kept_before_edit
from longwriter_desktop.document.section import Section, Version

LONG = " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")


def section(text: str, *versions: str) -> Section:
    return Section("Point", 100, text=text, versions=tuple(Version(each, 1.0, "generated") for each in versions))


def kept(before: Section, text: str, *, is_generated: bool = False) -> list[str]:
    return [each.text for each in kept_before_edit(before, text, 2.0, is_generated=is_generated).versions]


def test_a_generated_text_is_kept_before_a_letter_of_it_is_taken_out() -> None:
    assert kept(section("The lamp."), "The lam.", is_generated=True) == ["The lamp."]


@pytest.mark.parametrize("text", ["The lamp. And more", "So The lamp.", "The old lamp.", "The  lamp."])
def test_a_generated_text_that_is_added_to_loses_nothing(text: str) -> None:
    assert kept(section("The lamp."), text, is_generated=True) == []


def test_corrections_of_a_persons_own_text_are_no_versions() -> None:
    assert kept(section(LONG), LONG.replace("wordb", "other")) == []


@pytest.mark.parametrize("text", ["", "Quite another one.", LONG[:20]])
def test_a_text_of_many_words_that_is_replaced_in_one_go_is_kept(text: str) -> None:
    assert kept(section(LONG), text) == [LONG]


def test_what_a_version_holds_in_whole_is_not_kept_twice() -> None:
    assert kept(section(LONG, LONG), "") == [LONG]
    assert kept(section(LONG[:180], LONG), "", is_generated=True) == [LONG]


def test_chinese_characters_count_as_words() -> None:
    text = "灯塔" * MANY_WORDS
    assert kept(section(text), "") == [text]


@given(st.text(max_size=60), st.text(max_size=60))
def test_of_a_generated_text_no_letter_is_lost(before: str, after: str) -> None:
    result = kept_before_edit(section(before), after, 2.0, is_generated=True)
    letters = iter(after)
    is_whole = all(letter in letters for letter in before if letter.strip())
    assert is_whole or before in [each.text for each in result.versions] or not before.strip()
