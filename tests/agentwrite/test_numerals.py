import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.numerals import (
    CHINESE_NUMBER,
    ENGLISH_NUMBER,
    chinese_range,
    chinese_value,
    english_value,
)

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split()
)
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def english(number: int) -> str:
    """A number below a million in words."""
    if number >= 1000:
        rest = f" {english(number % 1000)}" if number % 1000 else ""
        return f"{english(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    if number >= 20:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


def chinese(number: int) -> str:
    """A number below 100,000 in Chinese signs, written in full."""
    signs, zero = "", False
    for scale, sign in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            signs += ("零" if zero and signs else "") + "零一二三四五六七八九"[digit] + sign
            zero = False
        else:
            zero = True
    return signs or "零"


@given(st.integers(1, 99_999))
def test_numbers_in_words_are_read_back(number: int) -> None:
    assert english_value(english(number)) == number
    assert english_value(english(number).replace(" ", "-")) == number
    assert re.fullmatch(ENGLISH_NUMBER, english(number), re.IGNORECASE)


@given(st.integers(1, 99_999))
def test_numbers_in_chinese_signs_are_read_back(number: int) -> None:
    assert chinese_value(chinese(number)) == number
    formal = chinese(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert chinese_value(formal) == number
    assert re.fullmatch(CHINESE_NUMBER, chinese(number))


@given(st.integers(1000, 9_999))
def test_digits_are_read_with_any_separator(number: int) -> None:
    thousands, rest = divmod(number, 1000)
    for separator in (",", ".", " ", "\u00a0", "\u202f", "'"):
        assert english_value(f"{thousands}{separator}{rest:03}") == number
    assert chinese_value(f"{thousands}，{rest:03}") == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5k", 1500),
        ("2 k", 2000),
        ("1.5 thousand", 1500),
        ("twelve hundred", 1200),
        ("two and a half thousand", 2500),
        ("half a thousand", 500),
        ("a few hundred", 300),
        ("a couple of thousand", 2000),
        ("two dozen", 24),
        ("half an", 0.5),
        ("10.5", 10.5),
        ("a", None),
    ],
)
def test_the_usual_english_forms(text: str, value: float | None) -> None:
    assert english_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5万", 15_000),
        ("1万2千", 12_000),
        ("2万5", 25_000),
        ("一万五", 15_000),
        ("三千五", 3500),
        ("三千零五", 3005),
        ("二〇〇〇", 2000),
        ("3k", 3000),
        ("2w", 20_000),
        ("千", 1000),
        ("几千", 3000),
        ("十几", 13),
    ],
)
def test_the_usual_chinese_forms(text: str, value: float) -> None:
    assert chinese_value(text) == value


def test_two_digits_before_a_scale_are_a_range() -> None:
    assert chinese_range("三五千") == (3000, 5000)
    assert chinese_range("三四百") == (300, 400)
    assert chinese_range("五千") is None


@given(st.text(alphabet="0123456789,.， k千百万一二三几数half and ", max_size=40))
def test_whatever_the_patterns_find_has_a_value(text: str) -> None:
    for found in re.finditer(ENGLISH_NUMBER, text, re.IGNORECASE):
        value = english_value(found[0])
        assert value is None or value >= 0
    for found in re.finditer(CHINESE_NUMBER, text):
        assert chinese_value(found[0]) >= 0
