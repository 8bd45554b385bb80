"""Two texts of a section side by side, row by row; in each row that differs the person chooses one side."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QResizeEvent, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.agentwrite.comparison import Comparison
from longwriter_desktop.document.word_difference import Parts, compared_words
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import in_a_row, translate

_Index = QModelIndex | QPersistentModelIndex
_LINE_SEPARATOR = "\u2028"
_MARGIN_X, _MARGIN_Y, _MARK_PX = 12, 8, 24
_NOTHING = "–"
_SLICE_S = 0.006
"""So long at a time rows are measured: a frame has 16 ms."""
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


def shown_rows(comparison: Comparison) -> list[ShownRow]:
    """The rows of a comparison with their words compared: takes a while, so not on the main thread."""
    rows = []
    for row in comparison.rows:
        texts = row.present_text, row.other_text
        parts = [] if row.is_same else compared_words(*texts)
        common = sum(len(old.strip()) for same, old, _ in parts if same)
        is_close = common >= _LEAST_COMMON * max(1, *(len(text) for text in texts))
        marks = (_marks(parts, 1), _marks(parts, 2)) if is_close else ((), ())
        rows.append(ShownRow(texts, marks, row.is_same, row.group))
    return rows


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


class _CellDelegate(QStyledItemDelegate):
    """Draws a cell: the text, what differs underlined, and a ring that is filled on the side that is chosen."""

    def __init__(self, palette: Palette, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = palette
        self.font = font
        self._layouts: dict[tuple[int, int], QTextLayout] = {}
        self._width = 0

    def begin(self, width: int) -> None:
        """The rows, the font or the colours are others, or the cells are ``width`` pixels wide now."""
        self._layouts.clear()
        self._width = width

    def height(self, model: ComparisonModel, row: int) -> int:
        """The height of a row, in pixels."""
        heights = [self._layout(model, row, column).boundingRect().height() for column in Side]
        return round(max(heights)) + 2 * _MARGIN_Y

    def _layout(self, model: ComparisonModel, row: int, column: int) -> QTextLayout:
        key = row, column
        if key not in self._layouts:
            self._layouts[key] = self._laid_out(model.rows[row], column, self._width - _MARK_PX - 2 * _MARGIN_X)
        return self._layouts[key]

    def _laid_out(self, shown: ShownRow, column: int, width: int) -> QTextLayout:
        text = shown.texts[column] or _NOTHING
        # The text is kept by the layout. Lines are broken here, so a paragraph's end is a line separator.
        layout = QTextLayout(text.replace("\n", _LINE_SEPARATOR), self.font)
        layout.setFormats(list(self._formats(text, shown.marks[column])))
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(40, width))
            line.setPosition(QPointF(0, y))
            y += line.height() * 1.25
        layout.endLayout()
        return layout

    def _formats(self, text: str, marks: Sequence[tuple[int, int]]) -> Iterator[QTextLayout.FormatRange]:
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setUnderlineColor(QColor(self.palette.accent))
        look.setBackground(QColor(self.palette.selected))
        for begin, end in marks:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = _utf16(text[:begin]), _utf16(text[begin:end]), look
            yield made

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, 40)  # The table sets the heights itself, a few rows at a time.

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        if not isinstance(model, ComparisonModel):
            return
        row, column, area = index.row(), index.column(), QRect(option.rect)
        shown, is_chosen = model.rows[row], model.is_chosen(row, column)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(area, QColor(self.palette.paper if shown.is_same else self.palette.raised))
        if not shown.is_same:
            self._draw_ring(painter, area, filled=is_chosen)
        painter.setPen(QColor(self.palette.ink if is_chosen else self.palette.muted))
        layout = self._layout(model, row, column)
        painter.setClipRect(area)
        layout.draw(painter, QPointF(area.left() + _MARGIN_X + _MARK_PX, area.top() + _MARGIN_Y))
        painter.setPen(QColor(self.palette.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if column == Side.PRESENT:
            painter.drawLine(area.topRight(), area.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self.palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(area).adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw_ring(self, painter: QPainter, area: QRect, *, filled: bool) -> None:
        centre = QPointF(area.left() + _MARGIN_X + 6, area.top() + _MARGIN_Y + 9)
        painter.setPen(QPen(QColor(self.palette.accent if filled else self.palette.muted), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 6, 6)
        if filled:
            painter.setBrush(QColor(self.palette.accent))
            painter.drawEllipse(centre, 2.5, 2.5)


class ComparisonTable(QTableView):
    """The table. Arrows go from cell to cell, Space or Enter chooses a side, and so does a click."""

    def __init__(self, palette: Palette, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ComparisonModel(self)
        self._cells = _CellDelegate(palette, font, self)
        self._to_measure: list[int] = []
        self._measuring = QTimer(self)
        self._measuring.setInterval(0)
        self._measuring.timeout.connect(self._measure_some)
        self.setObjectName("comparison")
        self.setAccessibleName(self.tr("The two texts side by side"))
        self.setItemDelegate(self._cells)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(24)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(lambda index: self.rows.choose(index.row(), index.column()))
        self.rows.modelReset.connect(self._measure_anew)

    def set_look(self, palette: Palette, font: QFont) -> None:
        self._cells.palette, self._cells.font = palette, font
        self._measure_anew()

    @property
    def is_measured(self) -> bool:
        """Whether every row has its height."""
        return not self._to_measure

    def go_to_change(self, step: int) -> None:
        """Makes the next (+1) or the previous (-1) change the current one; after the last, the first again."""
        changes = self.rows.changes
        if not changes:
            return
        here = self.currentIndex().row()
        ahead = [at for at in changes if (at > here if step > 0 else at < here)]
        row = (ahead or changes)[0 if step > 0 else -1]
        column = max(0, self.currentIndex().column())
        self.setCurrentIndex(self.rows.index(row, column))
        self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    # -- heights -----------------------------------------------------------------------------------

    def _measure_anew(self) -> None:
        self._cells.begin(min(self.columnWidth(column) for column in Side))
        self._to_measure = list(range(self.rows.rowCount()))
        top = self.rowAt(0)
        if top > 0:  # What is in sight comes first.
            self._to_measure = [*self._to_measure[top:], *self._to_measure[:top]]
        self._to_measure.reverse()
        self._measuring.start()
        self.viewport().update()

    def _measure_some(self) -> None:
        until = time.monotonic() + _SLICE_S
        while self._to_measure and time.monotonic() < until:
            row = self._to_measure.pop()
            height = self._cells.height(self.rows, row)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)
        if not self._to_measure:
            self._measuring.stop()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure_anew()

    # -- keys --------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.rows.choose(index.row(), index.column())
            return
        super().keyPressEvent(event)


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
