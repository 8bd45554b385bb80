"""Where two texts differ, word by word, as it is shown to a person."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|.", re.DOTALL)
_MOST_WORDS = 4000
"""Of both texts; longer ones are told apart as a whole, for comparing takes the square of their length at worst."""

Parts = tuple[bool, str, str]
"""Whether a part is the same in both texts, and what it is in each."""


def words_of(text: str) -> list[str]:
    """``text`` cut into words, spaces and signs; each Chinese character is a word. Nothing is left out."""
    return _WORD.findall(text)


def compared_words(old: str, new: str) -> list[Parts]:
    """Two texts side by side, in parts that are the same in both and parts that are not.

    The old parts put together are ``old``, the new ones ``new``. Changes that only space lies between are one.
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
    """The same with changes that only space lies between as one: nobody reads every other word struck out."""
    old = new = ""
    for at, (same, old_part, new_part) in enumerate(parts):
        joins = same and not old_part.strip() and (old or new) and at + 1 < len(parts)
        if same and not joins:
            if old or new:
                yield False, old, new
            yield True, old_part, new_part
            old = new = ""
        else:
            old, new = old + old_part, new + new_part
    if old or new:
        yield False, old, new
