"""Two texts of a section in rows, as they are shown side by side, and which rows are taken from the other text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.comparison import Comparison, Sentence
from longwriter_desktop.document.word_difference import Parts, compared_words
from longwriter_desktop.ui.comparison_selection import TextSelection
from longwriter_desktop.ui.translation import in_a_row, translate

_Index = QModelIndex | QPersistentModelIndex
_LEAST_COMMON = 0.25
"""Texts that share fewer of their characters than this are other texts: nobody reads every word underlined."""


class Side(IntEnum):
    """The columns of the table."""

    PRESENT = 0
    OTHER = 1


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it is shown: both texts, and the stretches of each that the other has not (in characters).

    Rows of one ``group`` are taken together.
    """

    texts: tuple[str, str]
    marks: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]
    is_same: bool
    group: int
    gaps: tuple[str, str] = ("", "")
    """What stands before each of the texts in its own whole."""

    @property
    def is_marked(self) -> bool:
        return any(self.marks)


def shown_rows(comparison: Comparison) -> list[ShownRow]:
    """The rows of a comparison with their words compared: takes a while, so not on the main thread."""
    rows = []
    for row in comparison.rows:
        texts = row.present_text, row.other_text
        parts = [] if row.is_same else compared_words(*texts)
        common = sum(len(old.strip()) for same, old, _ in parts if same)
        is_close = common >= _LEAST_COMMON * max(1, *(len(text) for text in texts))
        marks = (_marks(parts, 1), _marks(parts, 2)) if is_close else ((), ())
        gaps = _gap(row.present), _gap(row.other)
        rows.append(ShownRow(texts, marks, row.is_same, row.group, gaps))
    return rows


def _gap(sentences: Sequence[Sentence]) -> str:
    return sentences[0].before or "" if sentences else ""


def _marks(parts: Sequence[Parts], side: int) -> tuple[tuple[int, int], ...]:
    found, place = [], 0
    for part in parts:
        text = str(part[side])
        if not part[0] and text:
            found.append((place, place + len(text)))
        place += len(text)
    return tuple(found)


class ComparisonModel(QAbstractTableModel):
    """The rows, and which of them are taken from the other text."""

    taken_changed = Signal()  # the person has chosen another side somewhere, or the rows are others

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ShownRow] = []
        self._titles = ("", "")
        self._taken: set[int] = set()

    @property
    def rows(self) -> list[ShownRow]:
        return self._rows

    @property
    def taken(self) -> frozenset[int]:
        """The indexes of the rows that are taken from the other text."""
        return frozenset(self._taken)

    @property
    def changes(self) -> list[int]:
        """The indexes of the rows that differ."""
        return [at for at, row in enumerate(self._rows) if not row.is_same]

    def set_rows(self, rows: list[ShownRow], titles: tuple[str, str]) -> None:
        """Shows other rows, below these titles of the two texts; nothing is taken any more."""
        self.beginResetModel()
        self._rows, self._titles = rows, titles
        self._taken.clear()
        self.endResetModel()
        self.taken_changed.emit()

    def is_chosen(self, row: int, column: int) -> bool:
        """Whether this side of a row will stand in the text."""
        return not self._rows[row].is_same and (row in self._taken) == (column == Side.OTHER)

    def copied(self, selection: TextSelection) -> str:
        """The text that is selected, as it stands in its own whole."""
        column = selection.column
        return selection.text([row.texts[column] for row in self._rows], [row.gaps[column] for row in self._rows])

    def choose(self, row: int, column: int) -> None:
        """Chooses a side of a row and of those it goes with; a row that is the same in both has nothing to choose."""
        if not 0 <= row < len(self._rows) or self._rows[row].is_same or self.is_chosen(row, column):
            return
        rows = self.together(row)
        if column == Side.OTHER:
            self._taken.update(rows)
        else:
            self._taken.difference_update(rows)
        for each in rows:
            self.dataChanged.emit(self.index(each, Side.PRESENT), self.index(each, Side.OTHER))
        self.taken_changed.emit()

    def together(self, row: int) -> list[int]:
        """The indexes of the rows that are taken with this one, itself among them: what leaves one is in another."""
        return [at for at in self.changes if self._rows[at].group == self._rows[row].group]

    @property
    def has_taken_together(self) -> bool:
        """Whether one of the rows that are taken goes with others."""
        sizes = Counter(row.group for row in self._rows if not row.is_same)
        return any(sizes[self._rows[row].group] > 1 for row in self._taken)

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Side)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        text = self._rows[index.row()].texts[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _spoken(self, row: int, column: int) -> str:
        """What a screen reader says of a cell."""
        shown = self._rows[row]
        text = shown.texts[column] or self.tr("nothing")
        if shown.is_same:
            return self.tr("The same in both: {text}").format(text=text)
        changes = self.changes
        told = self.tr("Change {number} of {count}, {side}: {text}")
        if self.is_chosen(row, column):
            told = self.tr("Change {number} of {count}, {side}, chosen: {text}")
        side = self.tr("in place now") if column == Side.PRESENT else self.tr("the other version")
        told = told.format(number=changes.index(row) + 1, count=len(changes), side=side, text=text)
        others = [changes.index(each) + 1 for each in self.together(row) if each != row]
        if not others:
            return told
        listed = translate("Listing", ", ").join(str(number) for number in others)
        return in_a_row((told, self.tr("Taken together with change {numbers}.").format(numbers=listed)))
