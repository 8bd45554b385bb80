"""A plain table of figures: what the plots draw, in words and numbers, for the eye, the keys and a screen reader."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import with_tabular_numbers

_Index = QModelIndex | QPersistentModelIndex
_ROW_PX = 28
_ROWS_MEASURED = 64
"""So many rows decide how wide a column is: a long table is not measured as a whole whenever it changes."""


class RowsModel(QAbstractTableModel):
    """Rows of texts below the names of their columns."""

    def __init__(self, columns: Sequence[str], words: Collection[int], parent: QWidget | None = None) -> None:
        """``words`` are the columns that hold words; the others hold numbers and stand to the right."""
        super().__init__(parent)
        self._columns = tuple(columns)
        self._words = frozenset(words)
        self._rows: tuple[tuple[str, ...], ...] = ()

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return self._rows

    def set_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Shows other rows; where there are as many as before, who reads stays in place."""
        rows = tuple(rows)
        if rows == self._rows:
            return
        if len(rows) == len(self._rows):
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self._columns) - 1))
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    @override
    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        text = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(text) if index.column() in self._words else None
            case Qt.ItemDataRole.AccessibleTextRole:
                column = self._columns[index.column()]
                return self.tr("{column}: {text}").format(column=column, text=text or self.tr("none"))
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if column in self._words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class FiguresTable(QTableView):
    """Shows a `RowsModel`: one row at a time is the current one, Enter or a double click chooses it."""

    row_chosen = Signal(int)  # Enter was pressed on a row, or it was double-clicked; its place from 0
    row_entered = Signal(int)  # another row is the current one; its place from 0

    def __init__(self, columns: Sequence[str], words: Sequence[int], name: str, parent: QWidget | None = None) -> None:
        """``words`` are the columns that hold words; the first of them takes what room there is."""
        super().__init__(parent)
        self.rows = RowsModel(columns, words, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setFont(with_tabular_numbers(self.font()))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(_ROW_PX, self.fontMetrics().height() + 10))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        for column in range(len(columns)):
            mode = QHeaderView.ResizeMode.Stretch if column == words[0] else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self.doubleClicked.connect(lambda index: self.row_chosen.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._entered(now))

    def set_current(self, row: int) -> None:
        """Makes a row the current one and brings it into sight."""
        if row != self.currentIndex().row() and 0 <= row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, max(0, self.currentIndex().column())))

    def _entered(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_entered.emit(index.row())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
