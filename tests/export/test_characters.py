import pytest
from docx.oxml.parser import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.export.characters import clean, has_east_asian, one_line


@pytest.mark.parametrize("forbidden", [*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF], ids=hex)
def test_what_no_file_can_hold_is_dropped_and_line_ends_stay(forbidden: int) -> None:
    cleaned = clean(f"a{chr(forbidden)}b")
    kept = {"\t": "\t", "\n": "\n", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\x85"}
    assert cleaned == f"a{kept.get(chr(forbidden), '')}b"


def test_two_halves_of_a_surrogate_pair_become_their_character() -> None:
    assert clean("\ud83d\ude00 \ude00\ud83d") == "😀 "


@given(st.text(st.characters(exclude_categories=[])))
def test_what_is_clean_can_be_written_to_any_file(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    OxmlElement("w:t").text = cleaned


def test_a_title_is_one_line() -> None:
    assert one_line(" a\r\n b\t\x00c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "found"),
    [("abc", False), ("罗马", True), ("，", True), ("“”—…", False), ("\U00020000", True), ("한국", False)],
)
def test_east_asian_letters_are_told_from_others(text: str, found: bool) -> None:
    assert has_east_asian(text) is found
