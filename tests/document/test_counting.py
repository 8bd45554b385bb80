import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.counting import chinese_share, count_words, word_spans


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
