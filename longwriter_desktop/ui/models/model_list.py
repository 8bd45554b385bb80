"""The list of models, in groups: what is on this computer, what other programs have, what can be downloaded."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.model_delegate import LINE, TRANSFER, ModelDelegate
from longwriter_desktop.ui.models.model_rows import Group, ModelRow, Transfer, grouped
from longwriter_desktop.ui.models.model_words import recommended_word
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import shown, translate

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ModelLines(QAbstractListModel):
    """The lines of the list: headings and models."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Group | ModelRow] = []
        self._transfers: dict[str, Transfer] = {}

    @property
    def lines(self) -> Sequence[Group | ModelRow]:
        return self._lines

    def transfer_of(self, key: str) -> Transfer | None:
        return self._transfers.get(key)

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        self.beginResetModel()
        self._lines = grouped(rows)
        self.endResetModel()

    def show_transfers(self, transfers: Mapping[str, Transfer]) -> None:
        before, self._transfers = self._transfers, dict(transfers)
        for at, line in enumerate(self._lines):
            if isinstance(line, ModelRow) and before.get(line.key) != self._transfers.get(line.key):
                index = self.index(at)
                self.dataChanged.emit(index, index)

    def at(self, key: str) -> QModelIndex:
        """Where the model with this key is; an invalid index where it is not."""
        found = (at for at, line in enumerate(self._lines) if isinstance(line, ModelRow) and line.key == key)
        return self.index(next(found, -1))

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self._lines[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == LINE:
            return line
        if isinstance(line, Group):
            return line.heading if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        transfer = self._transfers.get(line.key)
        if role == TRANSFER:
            return transfer
        return _shown(line, transfer).get(role)


def _shown(row: ModelRow, transfer: Transfer | None) -> dict[int, str]:
    """What Qt itself asks of a row, by role."""
    return {
        Qt.ItemDataRole.DisplayRole: row.title,
        Qt.ItemDataRole.AccessibleTextRole: spoken(row, transfer),
        Qt.ItemDataRole.ToolTipRole: plain_tip(shown(row.problem) or row.why),
    }


def spoken(row: ModelRow, transfer: Transfer | None) -> str:
    """A row as a screen reader says it."""
    in_use = translate("ModelDelegate", "in use")
    marks = [in_use] * row.in_use + [recommended_word(row.verdict)] * bool(row.recommended)
    state = transfer.words if transfer is not None else row.fit_words
    size = size_words(row.size_bytes) if row.size_bytes else ""
    parts = (row.title, size, state, *marks, row.group.heading)
    return translate("ModelList", ", ").join(part for part in parts if part)


class ModelList(QListView):
    """Lets one model be looked at; Enter and double click are left to who shows the details."""

    chosen = Signal(object)  # another model is looked at; a ModelRow, or None when there is none

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("modelList")
        self.setAccessibleName(self.tr("Models"))
        self._lines = ModelLines(self)
        self._delegate = ModelDelegate(palette, self)
        self._told: ModelRow | None = None
        self._awaited = ""
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())

    @property
    def row(self) -> ModelRow | None:
        """The model that is looked at."""
        line = self.currentIndex().data(LINE)
        return line if isinstance(line, ModelRow) else None

    @property
    def rows(self) -> list[ModelRow]:
        """All models of the list, from above."""
        return [line for line in self._lines.lines if isinstance(line, ModelRow)]

    def transfer_of(self, key: str) -> Transfer | None:
        """The download of the model with this key, where there is one."""
        return self._lines.transfer_of(key)

    def set_palette(self, palette: Palette) -> None:
        self._delegate.palette = palette
        self.viewport().update()

    def await_row(self, key: str) -> None:
        """Looks at the model with this key as soon as it is among the rows that are shown."""
        self._awaited = key

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Shows these; what was looked at stays, else the one in use or the recommended one is looked at."""
        before = self.row or self._told
        position = self.verticalScrollBar().value()
        self._lines.show_rows(rows)
        if self._awaited and self.choose(self._awaited):
            self._awaited = ""
        elif before is not None and self.choose(before.key):
            now = self.row
            if now is not None and now.group is before.group:  # Else it has moved: where it is now is shown.
                self.verticalScrollBar().setValue(position)
        elif rows:
            self.choose(_first_to_look_at(rows).key)
        self._tell()

    def show_transfers(self, transfers: Mapping[str, Transfer]) -> None:
        """How far the downloads are, by the keys of the rows."""
        grown = {key for key in transfers if self._lines.transfer_of(key) is None}
        shrunk = [row for row in self.rows if self._lines.transfer_of(row.key) and row.key not in transfers]
        self._lines.show_transfers(transfers)
        if grown or shrunk:
            self.doItemsLayout()  # a row with a download is higher
            row = self.row
            if row is not None and row.key in grown:
                self.scrollTo(self.currentIndex())

    def choose(self, key: str) -> bool:
        """Looks at the model with this key; False when it is not in the list."""
        index = self._lines.at(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def _tell(self) -> None:
        row = self.row
        if row is not self._told:
            self._told = row
            self.chosen.emit(row)


def _first_to_look_at(rows: Sequence[ModelRow]) -> ModelRow:
    recommended = next((row for row in rows if row.recommended), None)
    return recommended or next((row for row in rows if row.in_use), rows[0])
