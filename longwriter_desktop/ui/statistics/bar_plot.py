"""A plot of bars, such as the words of each section: drawn here, gone through with the arrow keys."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, small_font, with_tabular_numbers

_WIDEST_BAR_PX = 26
_ROOM_RIGHT, _PAD = 12, 8
_MOST_TICKS = 5
_NO_BAR = -1


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of one part or of two that stand on each other, and what a mark across it stands for.

    ``label`` stands below it where there is room; ``spoken`` says all of it in one line.
    """

    label: str
    parts: tuple[float, ...]
    spoken: str
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Legend:
    """What the parts of the bars, their marks and the line across all bars stand for; "" for what there is not."""

    parts: tuple[str, ...]
    mark: str = ""
    line: str = ""


def tick_step(most: float) -> float:
    """The distance of the lines across a plot that reaches to ``most``: 1, 2 or 5 times a power of ten."""
    if most <= _MOST_TICKS:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most / _MOST_TICKS))
    return next((step * power for step in (1, 2, 5) if step * power * _MOST_TICKS >= most), 10 * power)


class BarPlot(QWidget):
    """Bars from left to right. Left, Right, Home and End go from bar to bar; Enter or a click chooses one."""

    accessible_role = QAccessible.Role.Chart

    bar_chosen = Signal(int)  # a bar was clicked, or Enter was pressed on it; its place from 0
    current_changed = Signal(int)  # another bar is the current one; its place from 0

    def __init__(self, palette: Palette, name: str, legend: Legend, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader calls the plot."""
        super().__init__(parent)
        self._palette = palette
        self._legend = legend
        self._bars: tuple[Bar, ...] = ()
        self._line: float | None = None
        self._most = 1.0
        self._current = _NO_BAR
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFont(with_tabular_numbers(small_font(self.font())))
        self._describe()

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def set_bars(self, bars: Sequence[Bar], line: float | None = None) -> None:
        """Shows other bars, and a line across all of them at that height."""
        if (tuple(bars), line) == (self._bars, self._line):
            return
        self._bars, self._line = tuple(bars), line
        self._most = self._reach()
        self._current = min(self._current, len(self._bars) - 1)
        self._describe()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    @property
    def current(self) -> int:
        """The place of the current bar, from 0; -1 for none."""
        return self._current

    def set_current(self, place: int) -> None:
        """Makes a bar the current one."""
        place = max(_NO_BAR, min(place, len(self._bars) - 1))
        if place != self._current:
            self._current = place
            self._describe()
            self.update()
            self.current_changed.emit(place)

    def _describe(self) -> None:
        bars = len(self._bars)
        count = self.tr("1 bar.") if bars == 1 else self.tr("{count} bars.").format(count=bars)
        here = self._bars[self._current].spoken if 0 <= self._current < len(self._bars) else ""
        self.setAccessibleDescription(f"{count} {here}".strip())

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 220)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 140)

    # -- where things are --------------------------------------------------------------------------

    def _reach(self) -> float:
        """What the plot reaches up to."""
        heights = [max(sum(bar.parts), bar.mark or 0.0) for bar in self._bars]
        most = max([*heights, self._line or 0.0, 1.0])
        step = tick_step(most)
        return step * math.ceil(most / step)

    @property
    def _area(self) -> QRectF:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance(f"{self._most:,.0f}") + 2 * _PAD
        below = metrics.height() + _PAD
        above = self._header_px
        return QRectF(left, above, self.width() - left - _ROOM_RIGHT, self.height() - above - below)

    @property
    def _header_px(self) -> int:
        """The height of the line with the legend."""
        return self.fontMetrics().height() + 2 * _PAD

    def bar_at(self, x: float) -> int:
        """The place of the bar at ``x`` pixels from the left; -1 beside the bars."""
        area = self._area
        if not self._bars or not area.left() <= x < area.right():
            return _NO_BAR
        return min(len(self._bars) - 1, int((x - area.left()) / area.width() * len(self._bars)))

    def bar_centre(self, place: int) -> QPointF:
        """The middle of the bar's column."""
        area = self._area
        return QPointF(area.left() + area.width() * (place + 0.5) / max(1, len(self._bars)), area.center().y())

    # -- drawing -----------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area
        self._draw_current(painter, area)
        self._draw_scale(painter, area)
        for place, bar in enumerate(self._bars):
            self._draw_bar(painter, area, place, bar)
        self._draw_labels(painter, area)
        if self._line is not None:
            y = self._height(area, self._line)
            painter.setPen(QPen(QColor(self._palette.ink), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        self._draw_legend(painter, area)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _height(self, area: QRectF, value: float) -> float:
        return area.bottom() - area.height() * value / self._most

    def _draw_scale(self, painter: QPainter, area: QRectF) -> None:
        step, value = tick_step(self._most), 0.0
        while value <= self._most:
            y = self._height(area, value)
            painter.setPen(QColor(self._palette.line))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self._palette.muted))
            line_px = self.fontMetrics().height()
            room = QRectF(0, y - line_px / 2, area.left() - _PAD, line_px)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:,.0f}")
            value += step

    def _draw_current(self, painter: QPainter, area: QRectF) -> None:
        if 0 <= self._current < len(self._bars):
            width = area.width() / len(self._bars)
            column = QRectF(area.left() + self._current * width, area.top(), width, area.height())
            painter.fillRect(column.adjusted(-1, 0, 1, 0), QColor(self._palette.selected))

    def _draw_bar(self, painter: QPainter, area: QRectF, place: int, bar: Bar) -> None:
        slot = area.width() / len(self._bars)
        width = max(1.0, min(float(_WIDEST_BAR_PX), slot * 0.7))
        middle, below = area.left() + slot * (place + 0.5), 0.0
        for part, value in enumerate(bar.parts):
            top, bottom = self._height(area, below + value), self._height(area, below)
            if value > 0:
                self._draw_part(painter, QRectF(middle - width / 2, top, width, bottom - top), part)
            below += value
        if bar.mark is not None:
            reach = max(1.0, min(slot * 0.44, width / 2 + 4))
            y = self._height(area, bar.mark)
            painter.setPen(QPen(QColor(self._palette.ink), 2))
            painter.drawLine(QPointF(middle - reach, y), QPointF(middle + reach, y))

    def _draw_part(self, painter: QPainter, box: QRectF, part: int) -> None:
        """The first part is filled, the second one is hatched: the two are told apart without their colours."""
        if part == 0:
            painter.fillRect(box, QColor(self._palette.accent))
            return
        painter.fillRect(box, QColor(self._palette.raised))
        painter.setPen(QPen(QColor(self._palette.muted), 1))
        painter.setBrush(QBrush(QColor(self._palette.muted), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)

    def _draw_labels(self, painter: QPainter, area: QRectF) -> None:
        """Below the bars, as many as there is room for."""
        if not self._bars:
            return
        slot = area.width() / len(self._bars)
        widest = max(self.fontMetrics().horizontalAdvance(bar.label) for bar in self._bars) + _PAD
        every = max(1, math.ceil(widest / slot))
        painter.setPen(QColor(self._palette.muted))
        free_from = area.left()
        for place in range(0, len(self._bars), every):
            label = self._bars[place].label
            width = self.fontMetrics().horizontalAdvance(label)
            middle = area.left() + slot * (place + 0.5)
            # A wide one at the edge stays inside: the numbers of the scale stand beside it.
            left = max(area.left(), min(middle - width / 2, area.right() - width))
            if left >= free_from:
                painter.drawText(QPointF(left, area.bottom() + 2 + self.fontMetrics().ascent()), label)
                free_from = left + width + _PAD

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        x, metrics, middle = area.left(), self.fontMetrics(), self._header_px / 2
        for name, draw in self._legend_entries(painter):
            draw(QRectF(x, middle - 5, 14, 10))
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(QPointF(x + 20, middle + metrics.ascent() / 2 - 1), name)
            x += 20 + metrics.horizontalAdvance(name) + 16
        if 0 <= self._current < len(self._bars):
            spoken = metrics.elidedText(
                self._bars[self._current].spoken, Qt.TextElideMode.ElideRight, round(area.right() - x)
            )
            painter.setPen(QColor(self._palette.ink))
            room = QRectF(x, 0, area.right() - x, self._header_px)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, spoken)

    def _legend_entries(self, painter: QPainter) -> Iterator[tuple[str, Callable[[QRectF], None]]]:
        for part, name in enumerate(self._legend.parts):
            yield name, partial(self._draw_part, painter, part=part)
        if self._legend.mark:
            yield self._legend.mark, partial(self._draw_stroke, painter, style=Qt.PenStyle.SolidLine)
        if self._legend.line and self._line is not None:
            yield self._legend.line, partial(self._draw_stroke, painter, style=Qt.PenStyle.DashLine)

    def _draw_stroke(self, painter: QPainter, box: QRectF, style: Qt.PenStyle) -> None:
        painter.setPen(QPen(QColor(self._palette.ink), 2, style))
        painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))

    # -- what the person does ----------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        goals = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._bars) - 1,
        }
        key = Qt.Key(event.key())
        if key in goals:
            self.set_current(goals[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current >= 0:
            self.bar_chosen.emit(self._current)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.bar_at(event.position().x())
        if place != _NO_BAR and event.button() is Qt.MouseButton.LeftButton:
            self.set_current(place)
            self.bar_chosen.emit(place)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            place = self.bar_at(event.pos().x())
            if place != _NO_BAR:
                QToolTip.showText(event.globalPos(), plain_tip(self._bars[place].spoken), self)
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current == _NO_BAR and self._bars:
            self.set_current(0)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
