"""Counting words as LongBench-Write does, for English, Chinese and any mix of the two."""

import re
from itertools import islice

_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_WORD = re.compile(f"[\u4e00-\u9fff]|[{_LATIN}]+")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_EAST_ASIAN = re.compile(
    "[\u2014\u2018-\u201d\u2026\u2e80-\u2fdf\u3001-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff]"
)
"""Characters of Chinese, Japanese and Korean, and their punctuation; the wide space U+3000 is none."""
_MARKDOWN_MARKS = str.maketrans("", "", "*_`#~|")


def count_words(text: str) -> int:
    """The number of words in ``text``: each character U+4E00 to U+9FFF is one, each run of Latin letters is one.

    Source: LongBench-Write's evaluation script (Bai et al. 2024, section 4.1); accented Latin letters
    belong to their run here.
    """
    return len(_WORD.findall(text))


def count_with_punctuation(text: str) -> int:
    """The number of characters in a Chinese ``text`` as word processors count them, punctuation and figures included.

    Each Chinese character and each mark of Chinese punctuation is one, and so is whatever stands between two spaces or
    two of these. The marks of Markdown are none.
    """
    text = text.translate(_MARKDOWN_MARKS)
    rest, east_asian = _EAST_ASIAN.subn(" ", text)
    return east_asian + len(rest.split())


def has_words(text: str, least: int) -> bool:
    """Whether `count_words` of ``text`` is at least ``least``; of a long text only the beginning is looked at."""
    return sum(1 for _ in islice(_WORD.finditer(text), least)) == least


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
