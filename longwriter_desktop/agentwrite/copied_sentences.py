"""Sentences and clauses that a model takes from the text above: noticed as soon as they are finished.

A model in doubt goes on with what it has read. Barred from that word by word, it writes the same sentence with
other capitals, without a space or with "she" for "he"; so letters are compared, not words, and a sentence counts
as copied when most of its stretches of letters stood before. So does a part of one that ends with a comma: Chinese
sentences are long, and old clauses come again in new ones; and a turn of phrase of ten characters or eight words
within a new clause. Names and other words of the instruction and the plan are no copies, however long they are.
Code is compared by its lines, a block at a time: an example is often shown again with something changed.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import is_chinese

_STRETCH, _CHINESE_STRETCH = 12, 5
"""Letters compared at once: two or three words."""
_LEAST_LETTERS, _LEAST_CHINESE = 40, 16
"""A shorter sentence may well come again: "She said nothing." """
_LEAST_CLAUSE, _LEAST_CHINESE_CLAUSE = 32, 12
"""Shorter parts of a sentence are taken together with the next."""
_LEAST_RUN, _LEAST_CHINESE_RUN = 48, 10
"""Letters in one go that stood before: a turn of phrase, with whatever new words around it."""
_COPIED = 0.6
_COPIED_CODE, _LEAST_CODE = 0.75, 4
"""Of a block's lines, those that stood before below the same line; and the lines of the shortest block that counts."""
_CLAUSE_END = re.compile(r"[,;:](?=\s)|[，；：、](?=.)")
_BLOCK = re.compile(r"^[ \t]*(```|~~~).*\n([\s\S]*?)^[ \t]*\1[ \t]*$", re.MULTILINE)
_NO_PROSE = re.compile(r"^[ \t]*(?:\|.*|(```|~~~)[\s\S]*?(?:^[ \t]*\1.*|\Z))$", re.MULTILINE)
"""Rows of a table, and code: they repeat by their nature."""


class CopiedSentences:
    """Looks at a text while it grows. What stands before ``start`` (in characters) is the person's own."""

    def __init__(self, earlier: Iterable[str], text: str, start: int, given: Iterable[str] = ()) -> None:
        """``earlier``: the sections above; ``text``: what the section has already; ``given``: instruction and plan."""
        self._given = {stretch for each in given for stretch in _stretches(_letters(each))}
        self._known: set[str] = set()
        self._known_code: set[tuple[str, str]] = set()
        self._own: list[tuple[int, set[str], set[tuple[str, str]]]] = []
        """Of each sentence of the section that was written: where it ends, and what is known by it alone."""
        for each in (*earlier, text[:start]):
            self._add(each)
        self._start = start
        self._done = start
        self._begin_sentence(start)
        self.look(text)

    def look(self, text: str) -> int | None:
        """Where the first sentence or clause begins that was finished since the last look and is copied; else None."""
        for end in sentence_ends(text, self._done):
            copy = self._open_sentence(text, end)
            begin = self._done
            self._begin_sentence(end)
            letters = _letters(_NO_PROSE.sub("", text[begin:end]))
            stretches = _stretches(letters)
            if copy is None and self._is_copied(stretches) and _is_long(letters, _LEAST_LETTERS, _LEAST_CHINESE):
                copy = begin
            if copy is not None:
                self._begin_sentence(begin)
                return copy
            self._own.append((end, *self._add(text[begin:end])))
        return self._open_sentence(text, len(text))

    def cut(self, length: int) -> None:
        """Must be told when the text was cut to ``length`` characters: what stood behind them is no longer known."""
        while self._own and self._own[-1][0] > length:
            _end, stretches, pairs = self._own.pop()
            self._known -= stretches
            self._known_code -= pairs
        self._start = min(self._start, length)
        self._begin_sentence(max(self._start, self._own[-1][0] if self._own else 0))

    def _open_sentence(self, text: str, end: int) -> int | None:
        """Where something copied begins between the end of the last finished sentence and ``end``; else None."""
        for find in (self._clauses, self._run, self._code):
            copy = find(text, end)
            if copy is not None:
                return copy
        return None

    def let_stand(self, text: str) -> None:
        """What there is of ``text`` stays as it is, copied or not; what comes behind it is looked at."""
        self._start = len(text)
        self._own.append((self._start, *self._add(text[self._done :])))
        self._begin_sentence(self._start)

    def _add(self, text: str) -> tuple[set[str], set[tuple[str, str]]]:
        """Takes note of a text; returns what of it was not known."""
        stretches = set(_stretches(_letters(text))) - self._given - self._known
        pairs = {pair for block in _BLOCK.finditer(text) for pair in _line_pairs(block)} - self._known_code
        self._known |= stretches
        self._known_code |= pairs
        return stretches, pairs

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

    def _run(self, text: str, end: int) -> int | None:
        """Where the clause begins in whose words, in the open sentence, a long run stood before; else None."""
        if not _is_prose(text, self._done):
            return None
        places = [place for place in range(self._done, end) if text[place].isalpha()]
        letters = _letters(text[self._done : end])
        run = 0
        for place in range(len(letters)):
            length = _stretch_length(letters[place])
            run = run + 1 if letters[place : place + length] in self._known else 0
            least = _LEAST_CHINESE_RUN if is_chinese(letters[place]) else _LEAST_RUN
            if run and run + length - 1 >= least:
                first = places[place - run + 1]
                return max((begin for begin in self._begins_of_clauses(text) if begin <= first), default=self._done)
        return None

    def _code(self, text: str, end: int) -> int | None:
        """Where the line begins that leads to a block of code, closed in the open sentence, that stood before."""
        for block in _BLOCK.finditer(text, self._done, end):
            pairs = _line_pairs(block)
            if len(pairs) >= _LEAST_CODE and sum(each in self._known_code for each in pairs) >= _COPIED_CODE * len(
                pairs
            ):
                above = text[: block.start()].rstrip()
                leads_to_it = above.endswith((":", "："))
                return max(self._start, above.rfind("\n") + 1 if leads_to_it else block.start())
        return None

    def _begins_of_clauses(self, text: str) -> list[int]:
        return [self._done, *(mark.end() for mark in _CLAUSE_END.finditer(text, self._done))]

    def _is_copied(self, stretches: list[str]) -> bool:
        return sum(each in self._known for each in stretches) >= _COPIED * len(stretches)


def _is_prose(text: str, start: int) -> bool:
    """Whether what begins at ``start`` is neither code nor a row of a table."""
    return not text[start:].lstrip().startswith(("|", "```", "~~~"))


def _line_pairs(block: re.Match[str]) -> list[tuple[str, str]]:
    """The lines of a block of code with a word in them, each with the one above it."""
    lines = ["", *(bare for line in block[2].splitlines() if any(map(str.isalnum, bare := line.strip())))]
    return list(pairwise(lines))


def _letters(text: str) -> str:
    """The letters alone, small. They are as many as before: `str.casefold` would make two of a sharp s."""
    return "".join(filter(str.isalpha, text.lower()))


def _is_long(letters: str, least: int, least_chinese: int) -> bool:
    return len(letters) >= (least_chinese if is_chinese(letters[:1]) else least)


def _stretch_length(letter: str) -> int:
    return _CHINESE_STRETCH if is_chinese(letter) else _STRETCH


def _stretches(letters: str) -> list[str]:
    """Every stretch of letters; its length follows from the letter that it begins with."""
    found = []
    for place, letter in enumerate(letters):
        length = _stretch_length(letter)
        if place + length <= len(letters):
            found.append(letters[place : place + length])
    return found
