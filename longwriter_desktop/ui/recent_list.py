"""The list of recent documents on the start page: title, words delivered of words asked, and when."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from longwriter_desktop.document.length_unit import sign_of
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers

MOST_SHOWN = 6
_ROW_HEIGHT = 40
_ENTRY = Qt.ItemDataRole.UserRole + 1
_WHEN = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


def day_words(then: float, now: float) -> str:
    """When, for a person: "today", "yesterday", "12 Nov", "12 Nov 2023"; local time."""
    day = datetime.fromtimestamp(then)  # noqa: DTZ006 - a person reads local time
    today = datetime.fromtimestamp(now)  # noqa: DTZ006 - a person reads local time
    days = (today.date() - day.date()).days
    if days in (0, 1):
        return "today" if days == 0 else "yesterday"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def title_of(entry: RecentDocument) -> str:
    """The title, or the file's name where there is none yet."""
    return entry.title or entry.path.stem


def length_words(entry: RecentDocument) -> str:
    """Delivered and asked: "7,940 / 8,000 words"."""
    asked = f" / {entry.word_target:,}" if entry.word_target else ""
    return f"{entry.words:,}{asked} {sign_of(entry.language)}"


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = palette

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, _ROW_HEIGHT)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        entry: RecentDocument = index.data(_ENTRY)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        focused = state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus
        painter.save()
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(self.palette.selected))
        if index.row():
            painter.setPen(QColor(self.palette.line))
            painter.drawLine(area.topLeft(), area.topRight())
        painter.setFont(with_tabular_numbers(option.font))
        metrics = QFontMetrics(painter.font())
        when = QRect(area.right() - 134, area.top(), 120, area.height())
        length = QRect(when.left() - 166, area.top(), 150, area.height())
        title = QRect(area.left() + 14, area.top(), length.left() - area.left() - 26, area.height())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(self.palette.ink))
        painter.drawText(title, middle, metrics.elidedText(title_of(entry), Qt.TextElideMode.ElideRight, title.width()))
        painter.setPen(QColor(self.palette.muted))
        painter.drawText(length, middle, length_words(entry))
        painter.drawText(when, middle, index.data(_WHEN))
        painter.restore()


class RecentList(QListView):
    """Opens a document with a click or Enter; Delete takes it off the list and leaves the file."""

    open_requested = Signal(Path)  # the person has chosen a document
    forget_requested = Signal(Path)  # the person wants it off the list

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentDocuments")
        self.setAccessibleName("Recent documents")
        self._delegate = _RowDelegate(palette, self)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        forget = QAction("Remove from this list", self)
        forget.triggered.connect(self._forget)
        self.addAction(forget)

    def set_palette(self, palette: Palette) -> None:
        self._delegate.palette = palette
        self.viewport().update()

    def show_documents(self, entries: list[RecentDocument], now: float) -> None:
        """Shows the newest of ``entries``; ``now`` is in Unix seconds."""
        self._model.clear()
        for entry in entries[:MOST_SHOWN]:
            item = QStandardItem(title_of(entry))
            item.setData(entry, _ENTRY)
            item.setData(day_words(entry.opened_at, now), _WHEN)
            item.setData(
                f"{title_of(entry)}, {length_words(entry)}, {day_words(entry.opened_at, now)}",
                Qt.ItemDataRole.AccessibleTextRole,
            )
            item.setToolTip(plain_tip(str(entry.path)))
            self._model.appendRow(item)
        self.setFixedHeight(_ROW_HEIGHT * self._model.rowCount() + 2)

    @property
    def shown(self) -> int:
        """How many documents are shown."""
        return self._model.rowCount()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._open(self.currentIndex())
            case Qt.Key.Key_Delete:
                self._forget()
            case _:
                super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY)
        if isinstance(entry, RecentDocument):
            self.open_requested.emit(entry.path)

    def _forget(self) -> None:
        entry = self.currentIndex().data(_ENTRY)
        if isinstance(entry, RecentDocument):
            self.forget_requested.emit(entry.path)
