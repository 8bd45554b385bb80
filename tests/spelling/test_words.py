import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.spelling.words import looked_up, words_to_check


def words(line: str) -> list[str]:
    return [line[begin:end] for begin, end in words_to_check(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("It’s a *strong* word, _soft_ and **bo**", ["It’s", "strong", "word", "soft", "and", "bo"]),
        ("well-known (naïve) “quoted” don't", ["well", "known", "naïve", "quoted", "don't"]),
        ("Слово and Straße", ["Слово", "and", "Straße"]),
        ("这座 lighthouse 很高，the灯塔 of", ["lighthouse", "the", "of"]),
        ("ความ 한국어 ひらがな カタカナ word", ["word"]),
        ("`code wrng` and ``a ` b`` end", ["and", "end"]),
        ("[link txt](http://exampel.org/wrng) here", ["link", "txt", "here"]),
        ("see https://exampel.org/wrng, me@exampel.org or www.exampel.org", ["see", "or"]),
        ("<b>bold</b> &nbsp; 3rd v2 NASA I a", ["bold"]),
        ("file_naem.py and src/naem or a.b.c", ["and", "or"]),
        ("(me@exampel.org), -http://exampel.org and (ours@exampel.org)", ["and"]),
        ("```` not code ` end", ["not", "code", "end"]),
        ("", []),
    ],
)
def test_words_of_prose_are_found_and_all_else_is_left_out(line: str, expected: list[str]) -> None:
    assert words(line) == expected


def test_words_are_looked_up_as_dictionaries_write_them() -> None:
    assert looked_up("don’t") == "don't"
    assert looked_up("light\u00adhouse") == "lighthouse"


@settings(max_examples=100)
@given(st.text(st.sampled_from("ab'’`*_[]()<>/\\@.:# 灯1é😀"), max_size=60))
def test_places_are_in_order_and_hold_nothing_but_words(line: str) -> None:
    last = 0
    for begin, end in words_to_check(line):
        assert last <= begin < end <= len(line)
        assert set(line[begin:end]) <= set("ab'’é")
        last = end


@pytest.mark.parametrize("piece", ["这座灯塔很高，", "a", "a-", "a@", "`", "](", "<a", "_a"])
def test_a_long_line_without_spaces_takes_no_longer_than_another(piece: str) -> None:
    line = piece * (19_000 // len(piece))
    before = time.process_time()
    words_to_check(line)
    assert time.process_time() - before < 0.25  # Seconds, where each letter begins a search of all others.
