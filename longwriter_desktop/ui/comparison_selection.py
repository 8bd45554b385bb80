"""A stretch of one of two texts that stand side by side in rows, selected to be copied."""

from collections.abc import Sequence
from dataclasses import dataclass

from longwriter_desktop.ui.manuscript.fields import characters_in

Place = tuple[int, int]
"""A row, and a place in its text in UTF-16 units, as Qt counts."""

TO_THE_END = 2**31 - 1
"""As a place in a row's text: behind all of it."""


@dataclass(frozen=True, slots=True)
class TextSelection:
    """From ``anchor`` to ``end`` in the texts of one column, of one row or of several."""

    column: int
    anchor: Place
    end: Place

    @property
    def rows(self) -> range:
        return range(min(self.anchor, self.end)[0], max(self.anchor, self.end)[0] + 1)

    def within(self, row: int, column: int) -> tuple[int, int]:
        """Where it begins and ends in the text of a cell, in UTF-16 units; (0, 0) where it has nothing of it."""
        if column != self.column or row not in self.rows:
            return 0, 0
        first, last = sorted((self.anchor, self.end))
        return (first[1] if row == first[0] else 0), (last[1] if row == last[0] else TO_THE_END)

    def text(self, texts: Sequence[str], gaps: Sequence[str]) -> str:
        """What is selected of the texts of its column; ``gaps`` are what stands before each of them."""
        copied = ""
        for row in self.rows:
            begin, end = self.within(row, self.column)
            text = texts[row]
            piece = text[characters_in(text, begin) : characters_in(text, end)]
            copied += (gaps[row] if copied and piece else "") + piece
        return copied
