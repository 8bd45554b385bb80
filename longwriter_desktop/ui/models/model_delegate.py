"""How a line of the model list is drawn: a heading, or a model with its fit, its size and its download."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.model_rows import FitColour, Group, ModelRow, Transfer
from longwriter_desktop.ui.models.model_words import recommended_word
from longwriter_desktop.ui.theme import STRONG, Palette, scaled, small_font, with_tabular_numbers

LINE = Qt.ItemDataRole.UserRole + 1
"""The data role of a line: a Group or a ModelRow."""
TRANSFER = Qt.ItemDataRole.UserRole + 2
"""The data role of its download, or None."""
_SIDE = 12
_DOT = 8
_GAP = 8
_BAR = 3
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Fonts:
    """The fonts of a row, from the view's own."""

    title: QFont
    small: QFont

    @staticmethod
    def of(font: QFont, *, strong: bool = False) -> "_Fonts":
        title = with_tabular_numbers(font)
        if strong:
            title.setWeight(STRONG)
        return _Fonts(title, with_tabular_numbers(small_font(font)))


def dot_colour(colour: FitColour, palette: Palette) -> QColor:
    """The colour of a verdict's dot."""
    named = {
        FitColour.FITS: palette.accent,
        FitColour.SLOW: palette.warning,
        FitColour.TOO_LARGE: palette.muted,
        FitColour.UNKNOWN: palette.border,
    }
    return QColor(named[colour])


def draw_dot(painter: QPainter, place: QRectF, colour: FitColour, palette: Palette) -> None:
    """A verdict's dot: filled, or a ring for what does not fit, so that colour is not all that tells them apart."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(dot_colour(colour, palette))
    hollow = colour in (FitColour.TOO_LARGE, FitColour.UNKNOWN)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else dot_colour(colour, palette))
    painter.drawEllipse(place.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()


class ModelDelegate(QStyledItemDelegate):
    """Draws the lines in the colours of ``palette``."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = palette
        self._measured: tuple[QFont, int, int] | None = None

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        font: QFont = option.font
        if self._measured is None or self._measured[0] != font:
            fonts = _Fonts.of(font)
            self._measured = QFont(font), QFontMetrics(fonts.title).height(), QFontMetrics(fonts.small).height()
        _, title, small = self._measured
        if isinstance(index.data(LINE), Group):
            return QSize(120, small + (12 if index.row() == 0 else 24))
        bar = _BAR + 6 if isinstance(index.data(TRANSFER), Transfer) else 0
        return QSize(200, 10 + title + 4 + small + bar + 10)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        line = index.data(LINE)
        painter.save()
        if isinstance(line, Group):
            self._paint_heading(painter, shown, line)
        elif isinstance(line, ModelRow):
            self._paint_row(painter, shown, line, index.data(TRANSFER))
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, group: Group) -> None:
        font = _Fonts.of(option.font).small
        font.setWeight(STRONG)
        painter.setFont(font)
        painter.setPen(QColor(self.palette.muted))
        area: QRect = option.rect
        text = QRect(
            area.left() + _SIDE,
            area.bottom() - QFontMetrics(font).height() - 5,
            area.width() - 2 * _SIDE,
            QFontMetrics(font).height(),
        )
        painter.drawText(text, _LEFT, group.heading)

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: ModelRow, transfer: Transfer | None
    ) -> None:
        palette, area = self.palette, QRect(option.rect)
        self._paint_ground(painter, option, area)
        fonts = _Fonts.of(option.font, strong=row.in_use)
        title_height, small = QFontMetrics(fonts.title).height(), QFontMetrics(fonts.small)
        inner = area.adjusted(_SIDE, 10, -_SIDE, -10)
        size = size_words(row.size_bytes) if row.size_bytes else ""
        size_width = small.horizontalAdvance(size)
        first = QRect(inner.left(), inner.top(), inner.width(), title_height)
        second = QRect(inner.left(), first.bottom() + 5, inner.width(), small.height())
        title = first.adjusted(0, 0, -size_width - _GAP if size else 0, 0)
        painter.setFont(fonts.title)
        gone = row.colour is FitColour.TOO_LARGE and row.path is None
        painter.setPen(QColor(palette.muted if gone else palette.ink))
        elided = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideMiddle, title.width())
        painter.drawText(title, _LEFT, elided)
        painter.setFont(fonts.small)
        painter.setPen(QColor(palette.muted))
        painter.drawText(first, _RIGHT, size)
        tag = self.tr("in use") if row.in_use else recommended_word(row.verdict) if row.recommended else ""
        tag_width = small.horizontalAdvance(tag) + _GAP if tag else 0
        painter.setPen(QColor(palette.accent))
        painter.drawText(second, _RIGHT, tag)
        self._paint_state(painter, second.adjusted(0, 0, -tag_width, 0), row, transfer)
        if transfer is not None:
            self._paint_bar(painter, QRect(inner.left(), second.bottom() + 7, inner.width(), _BAR), transfer)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(self.palette.selected))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(area.topLeft(), QSize(3, area.height())), QColor(self.palette.accent))

    def _paint_state(self, painter: QPainter, area: QRect, row: ModelRow, transfer: Transfer | None) -> None:
        palette, metrics = self.palette, painter.fontMetrics()
        if transfer is not None:
            painter.setPen(QColor(palette.warning if transfer.stage == "failed" else palette.ink))
            text = metrics.elidedText(transfer.words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, _LEFT, text)
            return
        size = scaled(_DOT)
        dot = QRectF(area.left(), area.center().y() - size / 2 + 1, size, size)
        draw_dot(painter, dot, row.colour, palette)
        painter.setPen(QColor(palette.warning if row.colour is FitColour.SLOW else palette.muted))
        words = area.adjusted(size + 6, 0, 0, 0)
        painter.drawText(words, _LEFT, metrics.elidedText(row.fit_words, Qt.TextElideMode.ElideRight, words.width()))

    def _paint_bar(self, painter: QPainter, area: QRect, transfer: Transfer) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.palette.line))
        painter.drawRoundedRect(area, 1.5, 1.5)
        if transfer.share > 0:
            painter.setBrush(QColor(self.palette.accent if transfer.is_running else self.palette.muted))
            done = QRect(area.topLeft(), QSize(max(3, round(area.width() * transfer.share)), _BAR))
            painter.drawRoundedRect(done, 1.5, 1.5)
