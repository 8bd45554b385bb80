"""The list of recent documents on the start page: title, progress, words delivered of words asked, and when."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.day_words import day_words
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers
from longwriter_desktop.ui.translation import translate

MOST_SHOWN = 6
_SIDE_PX, _GAP_PX, _BAR_PX = 14, 24, 56
_LEAST_ROW_PX = 40
_ENTRY = Qt.ItemDataRole.UserRole + 1
_WHEN = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex


def when_words(then: float, now: float) -> str:
    """When, for a person: "today", "yesterday", "12 Nov", "12 Nov 2023"; local time."""
    day = datetime.fromtimestamp(then)  # noqa: DTZ006 - a person reads local time
    today = datetime.fromtimestamp(now)  # noqa: DTZ006 - a person reads local time
    days = (today.date() - day.date()).days
    if days in (0, 1):
        return translate("RecentList", "today") if days == 0 else translate("RecentList", "yesterday")
    return day_words(day.date(), year=day.year != today.year)


def row_height(font: QFont) -> int:
    """The height of a row in pixels."""
    return max(_LEAST_ROW_PX, QFontMetrics(font).height() + 22)


def title_of(entry: RecentDocument) -> str:
    """The title, or the file's name where there is none yet."""
    return entry.title or entry.path.stem


def length_words(entry: RecentDocument) -> str:
    """Delivered and asked: "7,940 / 8,000 words"."""
    asked = f" / {entry.word_target:,}" if entry.word_target else ""
    return f"{entry.words:,}{asked} {length_sign(entry.language)}"


def progress_of(entry: RecentDocument) -> float:
    """How much of the asked length is there, 0.0 to 1.0; 0.0 where none was asked."""
    return min(1.0, entry.words / entry.word_target) if entry.word_target else 0.0


class _RowDelegate(QStyledItemDelegate):
    """A row each; as high, and its columns as wide, as the font asks for."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = palette
        self.length_px = self.when_px = 0

    def fit(self, lengths: Sequence[str], times: Sequence[str], font: QFont) -> None:
        """Makes the columns as wide as what will be shown in them."""
        metrics = QFontMetrics(with_tabular_numbers(font))
        self.length_px, self.when_px = (
            max((metrics.horizontalAdvance(text) for text in texts), default=0) + 2 for texts in (lengths, times)
        )

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, row_height(option.font))

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
        when = QRect(area.right() - _SIDE_PX - self.when_px, area.top(), self.when_px, area.height())
        length = QRect(when.left() - _GAP_PX - self.length_px, area.top(), self.length_px, area.height())
        bar = QRect(length.left() - _SIDE_PX - _BAR_PX, area.center().y() - 1, _BAR_PX, 4)
        title = QRect(area.left() + _SIDE_PX, area.top(), bar.left() - area.left() - 2 * _SIDE_PX, area.height())
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(self.palette.ink))
        name = metrics.elidedText(title_of(entry), Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, middle | left, name)
        painter.setPen(QColor(self.palette.muted))
        painter.drawText(length, middle | Qt.AlignmentFlag.AlignRight, length_words(entry))
        painter.drawText(when, middle | left, index.data(_WHEN))
        if entry.word_target:
            self._paint_bar(painter, bar, progress_of(entry))
        painter.restore()

    def _paint_bar(self, painter: QPainter, bar: QRect, progress: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.palette.border))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(self.palette.accent))
        painter.drawRoundedRect(bar.adjusted(0, 0, round(bar.width() * (progress - 1)), 0), 2, 2)


class RecentList(QListView):
    """Opens a document with a click or Enter; Delete takes it off the list and leaves the file."""

    open_requested = Signal(Path)  # the person has chosen a document
    forget_requested = Signal(Path)  # the person wants it off the list

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recentDocuments")
        self.setAccessibleName(self.tr("Recent documents"))
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
        forget = QAction(self.tr("Remove from this list"), self)
        forget.triggered.connect(self._forget)
        self.addAction(forget)

    def set_palette(self, palette: Palette) -> None:
        self._delegate.palette = palette
        self.viewport().update()

    def show_documents(self, entries: list[RecentDocument], now: float) -> None:
        """Shows the newest of ``entries``; ``now`` is in Unix seconds."""
        self._model.clear()
        entries = entries[:MOST_SHOWN]
        times = [when_words(entry.opened_at, now) for entry in entries]
        self._delegate.fit([length_words(entry) for entry in entries], times, self.font())
        for entry, when in zip(entries, times, strict=True):
            item = QStandardItem(title_of(entry))
            item.setData(entry, _ENTRY)
            item.setData(when, _WHEN)
            item.setData(
                f"{title_of(entry)}, {length_words(entry)}, {when}",
                Qt.ItemDataRole.AccessibleTextRole,
            )
            item.setToolTip(plain_tip(str(entry.path)))
            self._model.appendRow(item)
        self.setFixedHeight(row_height(self.font()) * self._model.rowCount() + 2)

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

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
        if event.reason() in keys and not self.selectionModel().hasSelection():
            # Otherwise nothing shows which document Enter opens, and the first Down passes over the first.
            self.setCurrentIndex(self.currentIndex() if self.currentIndex().isValid() else self._model.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY)
        if isinstance(entry, RecentDocument):
            self.open_requested.emit(entry.path)

    def _forget(self) -> None:
        entry = self.currentIndex().data(_ENTRY)
        if isinstance(entry, RecentDocument):
            row = self.currentIndex().row()
            self.forget_requested.emit(entry.path)
            if self.shown:  # The next press takes off the next one.
                self.setCurrentIndex(self._model.index(min(row, self.shown - 1), 0))
