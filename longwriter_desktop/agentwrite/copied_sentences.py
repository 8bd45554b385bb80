"""Sentences and clauses that a model takes from the text above: noticed as soon as they are finished.

A model in doubt goes on with what it has read. Barred from that word by word, it writes the same sentence with
other capitals, without a space or with "she" for "he"; so letters are compared, not words, and a sentence counts
as copied when most of its stretches of letters stood before. So does a part of one that ends with a comma: Chinese
sentences are long, and old clauses come again in new ones. Names and other words of the instruction and the plan
are no copies, however long they are.
"""

import re
from collections.abc import Iterable

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import is_chinese

_STRETCH, _CHINESE_STRETCH = 12, 5
"""Letters compared at once: two or three words."""
_LEAST_LETTERS, _LEAST_CHINESE = 40, 16
"""A shorter sentence may well come again: "She said nothing." """
_LEAST_CLAUSE, _LEAST_CHINESE_CLAUSE = 32, 12
"""Shorter parts of a sentence are taken together with the next."""
_COPIED = 0.6
_CLAUSE_END = re.compile(r"[,;:](?=\s)|[，；：、](?=.)")
_NO_PROSE = re.compile(r"^[ \t]*(?:\|.*|(```|~~~)[\s\S]*?(?:^[ \t]*\1.*|\Z))$", re.MULTILINE)
"""Rows of a table, and code: they repeat by their nature."""


class CopiedSentences:
    """Looks at a text while it grows. What stands before ``start`` (in characters) is the person's own."""

    def __init__(self, earlier: Iterable[str], text: str, start: int, given: Iterable[str] = ()) -> None:
        """``earlier``: the sections above; ``text``: what the section has already; ``given``: instruction and plan."""
        self._given = {stretch for each in given for stretch in _stretches(_letters(each))}
        self._known = {stretch for each in earlier for stretch in _stretches(_letters(each))}
        self._start = start
        self._done = start
        self._begin_sentence(start)
        self._known.update(_stretches(_letters(text[:start])))
        self._known -= self._given
        self.look(text)

    def look(self, text: str) -> int | None:
        """Where the first sentence or clause begins that was finished since the last look and is copied; else None."""
        if len(text) < max(self._done, self._clauses_seen):
            self._begin_sentence(max(self._start, min(self._done, len(text))))
        for end in sentence_ends(text, self._done):
            copy = self._clauses(text, end)
            begin = self._done
            self._begin_sentence(end)
            letters = _letters(_NO_PROSE.sub("", text[begin:end]))
            stretches = _stretches(letters)
            if copy is None and self._is_copied(stretches) and _is_long(letters, _LEAST_LETTERS, _LEAST_CHINESE):
                copy = begin
            if copy is not None:
                self._begin_sentence(begin)
                return copy
            self._known.update(set(stretches) - self._given)
        return self._clauses(text, len(text))

    def _begin_sentence(self, place: int) -> None:
        self._done = self._clauses_seen = place
        self._begins = [place]
        """Of clauses in the open sentence: the last that ended, and those before it that are still too short."""

    def _clauses(self, text: str, end: int) -> int | None:
        """Where a copied clause begins among those that end in the open sentence, before ``end``; else None."""
        if not _is_prose(text, self._done):
            return None
        for mark in _CLAUSE_END.finditer(text, self._clauses_seen, end):
            for begin in reversed(self._begins):
                letters = _letters(text[begin : mark.end()])
                if _is_long(letters, _LEAST_CLAUSE, _LEAST_CHINESE_CLAUSE):
                    if self._is_copied(_stretches(letters)):
                        return begin
                    self._begins = [each for each in self._begins if each > begin]
                    break
            self._clauses_seen = mark.end()
            self._begins.append(mark.end())
        return None

    def _is_copied(self, stretches: list[str]) -> bool:
        return sum(each in self._known for each in stretches) >= _COPIED * len(stretches)


def _is_prose(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is neither code nor a row of a table."""
    return not text[start:].lstrip().startswith(("|", "```", "~~~"))


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalpha())


def _is_long(letters: str, least: int, least_chinese: int) -> bool:
    return len(letters) >= (least_chinese if is_chinese(letters[:1]) else least)


def _stretches(letters: str) -> list[str]:
    """Every stretch of letters; its length follows from the letter that it begins with."""
    found = []
    for place, letter in enumerate(letters):
        length = _CHINESE_STRETCH if is_chinese(letter) else _STRETCH
        if place + length <= len(letters):
            found.append(letters[place : place + length])
    return found
