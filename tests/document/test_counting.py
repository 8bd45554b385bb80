import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.counting import (
    chinese_share,
    count_with_punctuation,
    count_words,
    has_words,
    word_spans,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("  \n\t ", 0),
        ("The keepers of Cordouan lit a lamp.", 7),
        ("don't", 2),
        ("three-part", 2),
        ("in 1823, 20 men", 2),
        ("一九二三年", 5),
        ("灯塔 lighthouse 的历史", 6),
        ("中文abc中文", 5),
        ("naïve café", 2),
        ("。，！？", 0),
        ("3.14159", 0),
        ("**bold** _text_", 2),
        ("☃ 🎉", 0),
    ],
)
def test_words_are_counted_as_longbench_write_does(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("灯塔建于1823年，高20米。", 11),
        ("“灯塔”——海边的光……", 12),
        ("使用 Python 3.12 编程", 6),
        ("**重要**的\n\n下一段　缩进", 8),
        ("It is 20 metres high.", 5),
    ],
)
def test_with_punctuation_it_is_counted_as_word_processors_do(text: str, characters: int) -> None:
    assert count_with_punctuation(text) == characters


@given(st.text("灯塔，。 1a\n"))
def test_with_punctuation_and_figures_there_are_never_fewer(text: str) -> None:
    runs = sum(chinese_share(each) == 0 for each in text.split())
    assert count_with_punctuation(text) >= sum(each in "灯塔，。" for each in text)
    assert count_with_punctuation(text) <= len(text)
    assert count_with_punctuation(text) >= runs


@given(st.text())
def test_spans_are_as_many_as_words_and_lie_in_order(text: str) -> None:
    spans = word_spans(text)
    assert len(spans) == count_words(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


@given(st.text(), st.text())
def test_a_line_end_between_two_texts_neither_adds_nor_takes_words(first: str, second: str) -> None:
    assert count_words(first + "\n" + second) == count_words(first) + count_words(second)


def test_the_chinese_share_tells_the_language() -> None:
    assert chinese_share("") == 0.0
    assert chinese_share("写一篇关于 Python 的文章") > 0.8
    assert chinese_share("Write about 中国") == 0.5


@given(st.text(st.sampled_from("ab 中。\n")), st.integers(0, 30))
def test_so_many_words_are_there_or_not(text: str, least: int) -> None:
    assert has_words(text, least) == (count_words(text) >= least)
