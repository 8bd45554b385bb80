"""Counting words as LongBench-Write does, for English, Chinese and any mix of the two."""

import re

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_WORD = re.compile(f"[\u4e00-\u9fff]|[{_LATIN}]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def count_words(text: str) -> int:
    """The number of words in ``text``: each character U+4E00 to U+9FFF is one, each run of Latin letters is one.

    Source: LongBench-Write's evaluation script (Bai et al. 2024, section 4.1); accented Latin letters
    belong to their run here.
    """
    return len(_WORD.findall(text))


def is_chinese(character: str) -> bool:
    """Whether a character is counted as a word of its own."""
    return "\u4e00" <= character <= "\u9fff"


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each counted word begins and ends in ``text``, in characters."""
    return [match.span() for match in _WORD.finditer(text)]


def chinese_share(text: str) -> float:
    """The share of Chinese characters among the counted words of ``text``, 0.0 to 1.0; 0.0 for no words."""
    words = count_words(text)
    return len(_CHINESE.findall(text)) / words if words else 0.0
