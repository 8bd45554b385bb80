"""Two texts of a section side by side, and a third one made of rows that a person takes from either.

Sentences that stand in both are found first, then those that resemble each other; what lies between is set
against each other in its order, paragraph by paragraph and in these sentence by sentence. What then has nothing
beside it can be put in, or left out. A row is small enough to be taken alone and long enough to make sense: a whole
sentence, or a whole table. Spaces and line ends belong to no row, so that nothing runs together when rows are mixed.
Rows that hold the same sentence on different sides belong together (see `row_links`): side by side they are one row,
apart from each other they are taken together.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise, zip_longest

from longwriter_desktop.agentwrite.row_links import joined_runs, linked_rows, said
from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import is_chinese

_ALIKE = 0.5
"""Sentences that share this much of their words are set side by side."""
_MOST_PAIRS = 2500
"""So many pairs of sentences are looked at in one place, at about 5 microseconds each; beyond, none."""
_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands, with the space before and behind it; None at either end of its text."""

    text: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of the present text beside those of the other one; one of the two may have none.

    Rows of the same ``group`` belong together: what goes from one of them comes into another.
    """

    present: tuple[Sentence, ...]
    other: tuple[Sentence, ...]
    is_same: bool = False
    group: int = 0

    @property
    def present_text(self) -> str:
        return _together(self.present)

    @property
    def other_text(self) -> str:
        return _together(self.other)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of two texts from top to bottom."""

    rows: tuple[Row, ...]
    present: str = ""
    other: str = ""

    @property
    def changes(self) -> tuple[int, ...]:
        """The indexes of the rows that differ."""
        return tuple(at for at, row in enumerate(self.rows) if not row.is_same)

    def mixed(self, taken: Collection[int]) -> str:
        """The present text with the rows at these indexes as they are in the other text.

        Rows that belong together with one of these are taken too. With none it is the present text to the
        letter, with all that differ the other one. A row is set off by the space that it has in its own text.
        """
        groups = {self.rows[at].group for at in taken if 0 <= at < len(self.rows)}
        changed = [row for row in self.rows if not row.is_same]
        chosen = [row for row in changed if row.group in groups]
        if len(chosen) in {0, len(changed)}:
            return self.other if chosen else self.present
        text, last, follows_taken = "", None, False
        for row in self.rows:
            is_taken = not row.is_same and row.group in groups
            for place, sentence in enumerate(row.other if is_taken else row.present):
                # What stands behind a row of the other text is set off from it as there.
                seam = row.other[0] if row.is_same and follows_taken and place == 0 else sentence
                text += ("" if last is None else _space(last, seam)) + sentence.text
                last = sentence
            follows_taken = is_taken
        core = self.present.strip()
        begin = self.present.index(core) if core else len(self.present)
        return f"{self.present[:begin]}{text}{self.present[begin + len(core) :]}" if text else ""


def compared(present: str, other: str) -> Comparison:
    """Two texts of one section in rows."""
    return Comparison(tuple(_linked(list(_rows(_sentences(present), _sentences(other))))), present, other)


def _linked(rows: list[Row]) -> Iterator[Row]:
    """The rows with their groups; what belongs together and stands in neighbouring rows is one row."""
    texts = [
        None if row.is_same else ([each.text for each in row.present], [each.text for each in row.other])
        for row in rows
    ]
    changed = {at for at, row in enumerate(rows) if not row.is_same}
    groups = joined_runs(linked_rows(texts), changed)
    for _, run in groupby(range(len(rows)), key=lambda at: (rows[at].is_same, groups[at])):
        places = list(run)
        if rows[places[0]].is_same:
            yield from (replace(rows[at], group=at) for at in places)
        else:
            present = tuple(each for at in places for each in rows[at].present)
            other = tuple(each for at in places for each in rows[at].other)
            yield Row(present, other, group=groups[places[0]])


def _sentences(text: str) -> list[Sentence]:
    cuts = sorted({0, *sentence_ends(text), len(text)})
    pieces = [text[start:end] for start, end in pairwise(cuts) if text[start:end].strip()]
    places, begin = [], 0
    for piece in pieces:
        core = piece.strip()
        begin = text.index(core, begin)
        places.append((begin, begin + len(core)))
        begin += len(core)
    gaps = [None, *(text[end:start] for (_, end), (start, _) in pairwise(places)), None]
    return [Sentence(text[start:end], gaps[at], gaps[at + 1]) for at, (start, end) in enumerate(places)]


def _rows(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, [each.text for each in old], [each.text for each in new], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            sizes = [len(each) for each in _paragraphs(old[i1:i2])]
            for size in sizes:
                yield Row(tuple(old[i1 : i1 + size]), tuple(new[j1 : j1 + size]), is_same=True)
                i1, j1 = i1 + size, j1 + size  # noqa: PLW2901 - both texts are used up a paragraph at a time
        else:
            yield from _changed_rows(old[i1:i2], new[j1:j2])


def _changed_rows(old: Sequence[Sentence], new: Sequence[Sentence]) -> Iterator[Row]:
    """Sentences that resemble each other in rows of their own, the others in their order between them."""
    i, j = 0, 0
    for at, beside in (*_alike(old, new), (len(old), len(new))):
        for one, other in zip_longest(*_evened(_paragraphs(old[i:at]), _paragraphs(new[j:beside])), fillvalue=()):
            for unit, beside_it in zip_longest(_units(one), _units(other), fillvalue=()):
                yield Row(unit, beside_it)
        if at < len(old):
            yield Row((old[at],), (new[beside],))
        i, j = at + 1, beside + 1


def _paragraphs(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    paragraphs: list[list[Sentence]] = []
    for sentence in sentences:
        if not paragraphs or (sentence.before is not None and _PARAGRAPH in sentence.before):
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def _units(paragraph: Sequence[Sentence]) -> list[tuple[Sentence, ...]]:
    """What of a paragraph can be taken alone: each sentence; a table, which is none with half of its lines, whole."""
    is_table = any(sentence.text.startswith("|") for sentence in paragraph)
    return [tuple(paragraph)] if is_table else [(sentence,) for sentence in paragraph]


_Paragraphs = list[list[Sentence]]


def _evened(old: _Paragraphs, new: _Paragraphs) -> tuple[_Paragraphs, _Paragraphs]:
    """As many paragraphs on both sides, unless one has none: what one has more goes with its last."""
    least = min(len(old), len(new))
    return (_cut(old, least), _cut(new, least)) if least else (old, new)


def _cut(paragraphs: _Paragraphs, count: int) -> _Paragraphs:
    last = [sentence for paragraph in paragraphs[count - 1 :] for sentence in paragraph]
    return [*paragraphs[: count - 1], last]


def _alike(old: Sequence[Sentence], new: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Pairs of sentences that resemble each other, in order: those that together resemble each other most."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return []
    likeness = _likeness(old, new)
    # best[i][j]: the most that the sentences from i and from j on can have in common.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = best[i + 1][j + 1] + likeness(i, j)
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(old: Sequence[Sentence], new: Sequence[Sentence]) -> Callable[[int, int], float]:
    """The share of words that two sentences have in common, 0.0 where they are not alike."""
    bags = [[Counter(said(each.text)) for each in side] for side in (old, new)]
    sizes = [[bag.total() for bag in side] for side in bags]

    def likeness(i: int, j: int) -> float:
        total = sizes[0][i] + sizes[1][j]
        shorter = min(sizes[0][i], sizes[1][j])
        if not total or 2 * shorter < _ALIKE * total:
            return 0.0
        share = 2 * (bags[0][i] & bags[1][j]).total() / total
        return share if share >= _ALIKE else 0.0

    return likeness


def _together(sentences: Sequence[Sentence]) -> str:
    return "".join((each.before or "" if at else "") + each.text for at, each in enumerate(sentences))


def _space(last: Sentence, following: Sentence) -> str:
    """What stands between two sentences that may come from two texts; a line that either of them ends stays one."""
    gaps = [gap for gap in (following.before, last.after) if gap is not None]
    if gaps:
        return max(gaps, key=lambda gap: gap.count("\n"))
    return "" if is_chinese(following.text[0]) else " "
