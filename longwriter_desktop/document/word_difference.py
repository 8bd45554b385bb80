"""Where two texts differ, word by word, as it is shown to a person."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LEAST_CHINESE = 3
"""Chinese characters; fewer that stand in both texts between two changes stand there by chance, or are one word."""
_MOST_WORDS = 4000
"""Of both texts; longer ones are told apart as a whole, for comparing takes the square of their length at worst."""

Parts = tuple[bool, str, str]
"""Whether a part is the same in both texts, and what it is in each."""


def words_of(text: str) -> list[str]:
    """``text`` cut into words, spaces and signs; each Chinese character is a word. Nothing is left out."""
    return _WORD.findall(text)


def compared_words(old: str, new: str) -> list[Parts]:
    """Two texts side by side, in parts that are the same in both and parts that are not.

    The old parts put together are ``old``, the new ones ``new``. Changes that only space lies between are one, and so
    are those that a Chinese character or two lie between: in Chinese, phrases are compared, not characters.
    """
    if old == new:
        return [(True, old, new)] if old else []
    old_words, new_words = words_of(old), words_of(new)
    if not old or not new or len(old_words) + len(new_words) > _MOST_WORDS:
        return [(False, old, new)]
    return list(_readable(list(matched(old_words, new_words))))


def matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Parts]:
    """Two rows of pieces side by side, neighbours put together."""
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        yield what == "equal", "".join(old[i1:i2]), "".join(new[j1:j2])


def _readable(parts: list[Parts]) -> Iterator[Parts]:
    """The same with changes that next to nothing lies between as one: nobody reads every other word struck out."""
    old = new = ""
    for at, (same, old_part, new_part) in enumerate(parts):
        joins = same and (old or new) and at + 1 < len(parts) and _is_next_to_nothing(old_part)
        if same and not joins:
            if old or new:
                yield False, old, new
            yield True, old_part, new_part
            old = new = ""
        else:
            old, new = old + old_part, new + new_part
    if old or new:
        yield False, old, new


def _is_next_to_nothing(part: str) -> bool:
    """Whether what is the same in both is only space, or a few Chinese characters, with signs or without."""
    if not part.strip():
        return True
    count = len(_CHINESE.findall(part))
    is_chinese = count > 0 and not any(each.isalnum() and not _CHINESE.match(each) for each in part)
    is_sign = not any(each.isalnum() for each in part) and not part.isascii()
    return (is_chinese and count < _LEAST_CHINESE) or is_sign
