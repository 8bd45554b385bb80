"""Which rows of a comparison belong together, so that no sentence gets into the text twice.

A sentence may stand in one row of the present text and in another row of the other one: it was moved, or the two
texts are cut into sentences at different places. Whoever took only one of these rows would have it twice, or not at
all. Such rows are found by what is said in them, word for word or nearly so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from longwriter_desktop.document.word_difference import words_of

Row = tuple[Sequence[str], Sequence[str]]
"""The sentences of a row that differs: those of the present text, and those of the other one."""

_END = r"[.!?…]+(?=\W*\s|\W*$)|[。！？…]+|\n"
_SENTENCE_MARK = re.compile(_END)
_CLAUSE_MARK = re.compile(rf"{_END}|[:;](?=\s)|[：；]")
_LEAST_LETTERS, _LEAST_OF_CLAUSE = 3, 4
"""Parts of a sentence with fewer letters (initials), and clauses with fewer words, do not tie rows to each other."""
_RUN = 2
"""Words in a row are compared, this many at a time: single ones are in any sentence."""
_LEAST_RUNS = 3
_NEARLY = 0.6
"""Sentences are nearly the same if the longer has this share of the shorter one's runs of words."""

_Said = tuple[str, ...]


def linked_rows(rows: Sequence[Row | None]) -> list[int]:
    """For every row the first of those that it belongs together with, which is its own index where it stands alone.

    None is a row that is the same in both texts; it belongs to no other one.
    """
    first = list(range(len(rows)))
    changed = {at: row for at, row in enumerate(rows) if row is not None}
    for group in (*_of_the_same_words(changed), *_nearly_the_same(changed)):
        _join(first, group)
    return [_root(first, at) for at in range(len(rows))]


def joined_runs(links: Sequence[int], changed: Collection[int]) -> list[int]:
    """``links`` with all rows as one that lie between two of the same group, where each of them differs."""
    first = list(links)
    while True:
        before = [_root(first, at) for at in range(len(first))]
        last_seen: dict[int, int] = {}
        for at, group in enumerate(before):
            if at not in changed:
                last_seen.clear()
                continue
            if group in last_seen:
                _join(first, range(last_seen[group], at + 1))
            last_seen[group] = at
        if before == [_root(first, at) for at in range(len(first))]:
            return before


def _of_the_same_words(rows: dict[int, Row]) -> Iterator[Iterable[int]]:
    """Rows that a sentence goes from, with those that it goes to."""
    surplus: defaultdict[_Said, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for at, sides in rows.items():
        for side, sign in zip(sides, (1, -1), strict=True):
            for sentence in side:
                for piece in _pieces(sentence):
                    surplus[piece][at] += sign
    for by_row in surplus.values():
        if min(by_row.values()) < 0 < max(by_row.values()):
            yield [at for at, more in by_row.items() if more]


def _pieces(sentence: str) -> Iterator[_Said]:
    """What counts as the same wherever it stands: the sentence, and each part of it that could be one."""
    whole = said(sentence)
    parts = [words for part in _SENTENCE_MARK.split(sentence) if (words := said(part))]
    if whole and parts != [whole]:
        yield whole
    for words in parts:
        if words == whole or len(words) > 1 or sum(map(len, words)) >= _LEAST_LETTERS:
            yield words
    clauses = [words for clause in _CLAUSE_MARK.split(sentence) if (words := said(clause)) and words not in parts]
    yield from (words for words in clauses if len(words) >= _LEAST_OF_CLAUSE and words != whole)


def _nearly_the_same(rows: dict[int, Row]) -> Iterator[tuple[int, int]]:
    """Pairs of rows with nearly the same words on different sides, which have no counterpart in their own row."""
    places: defaultdict[_Said, list[int]] = defaultdict(list)
    old, new = ([(at, *each) for at, sides in rows.items() for each in _own_runs(sides, side)] for side in (0, 1))
    for number, (_, _, own) in enumerate(new):
        for run in own:
            places[run].append(number)
    for row, size, own in old:
        common = Counter(beside for run in own for beside in places.get(run, ()))
        for beside, count in common.items():
            shorter = min(size, new[beside][1])
            if shorter >= _LEAST_RUNS and count >= _NEARLY * shorter:
                yield row, new[beside][0]


def _own_runs(row: Row, side: int) -> Iterator[tuple[int, set[_Said]]]:
    """For every sentence on one side of a row the number of its runs, and those that the other side has not."""
    beside = {run for sentence in row[1 - side] for run in _runs(sentence)}
    for sentence in row[side]:
        runs = _runs(sentence)
        yield len(runs), runs - beside


def _runs(sentence: str) -> set[_Said]:
    words = said(sentence)
    return {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)}


def said(text: str) -> _Said:
    """The words of a text without signs and capital letters."""
    return tuple(word.casefold() for word in words_of(text) if word[0].isalnum())


def _root(first: list[int], at: int) -> int:
    while first[at] != at:
        at = first[at]
    return at


def _join(first: list[int], group: Iterable[int]) -> None:
    for one, other in pairwise(group):
        low, high = sorted((_root(first, one), _root(first, other)))
        first[high] = low
