"""Sentences that a model takes from the text above: noticed as soon as they are finished.

A model in doubt goes on with what it has read. Barred from that word by word, it writes the same sentence with
other capitals, without a space or with "she" for "he"; so letters are compared, not words, and a sentence counts
as copied when most of its stretches of letters stood before.
"""

import re
from collections.abc import Iterable

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import is_chinese

_STRETCH, _CHINESE_STRETCH = 12, 5
"""Letters compared at once: two or three words."""
_LEAST_LETTERS, _LEAST_CHINESE = 40, 16
"""A shorter sentence may well come again: "She said nothing." """
_COPIED = 0.6
_NO_PROSE = re.compile(r"^[ \t]*(?:\|.*|(```|~~~)[\s\S]*?(?:^[ \t]*\1.*|\Z))$", re.MULTILINE)
"""Rows of a table, and code: they repeat by their nature."""


class CopiedSentences:
    """Looks at a text while it grows. What stands before ``start`` (in characters) is the person's own."""

    def __init__(self, earlier: Iterable[str], text: str, start: int) -> None:
        """``earlier``: the sections above; ``text``: what the section has already."""
        self._known = {stretch for each in earlier for stretch in _stretches(_letters(each))}
        self._start = start
        self._done = start
        self._known.update(_stretches(_letters(text[:start])))
        self.look(text)

    def look(self, text: str) -> int | None:
        """Where the first sentence begins that was finished since the last look and is copied; else None."""
        self._done = max(self._start, min(self._done, len(text)))
        for end in sentence_ends(text, self._done):
            begin, self._done = self._done, end
            letters = _letters(_NO_PROSE.sub("", text[begin:end]))
            stretches = _stretches(letters)
            copied = sum(each in self._known for each in stretches) >= _COPIED * len(stretches)
            if copied and _is_long(letters):
                self._done = begin
                return begin
            self._known.update(stretches)
        return None


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _is_long(letters: str) -> bool:
    return len(letters) >= (_LEAST_CHINESE if is_chinese(letters[:1]) else _LEAST_LETTERS)


def _stretches(letters: str) -> list[str]:
    """Every stretch of letters; its length follows from the letter that it begins with."""
    found = []
    for place, letter in enumerate(letters):
        length = _CHINESE_STRETCH if is_chinese(letter) else _STRETCH
        if place + length <= len(letters):
            found.append(letters[place : place + length])
    return found
