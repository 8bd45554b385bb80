"""Two texts of a section side by side, row by row; in each row that differs the person chooses one side."""

import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.ui.comparison_model import ComparisonModel, ShownRow, Side
from longwriter_desktop.ui.comparison_selection import TO_THE_END, Place, TextSelection
from longwriter_desktop.ui.theme import Palette

_Index = QModelIndex | QPersistentModelIndex
_LINE_SEPARATOR = "\u2028"
_MARGIN_X, _MARGIN_Y, _MARK_PX = 12, 8, 24
_LINE_HEIGHT = 1.25
_NOTHING = "–"
_SLICE_S = 0.006
"""So long at a time rows are measured: a frame has 16 ms."""


class _CellDelegate(QStyledItemDelegate):
    """Draws a cell: the text, what differs underlined, and a ring that is filled on the side that is chosen."""

    def __init__(self, palette: Palette, font: QFont, parent: QWidget) -> None:
        super().__init__(parent)
        self.palette = palette
        self.font = font
        self._layouts: dict[tuple[int, int], QTextLayout] = {}
        self.selection: TextSelection | None = None
        self._width = 0

    def begin(self, width: int) -> None:
        """The rows, the font or the colours are others, or the cells are ``width`` pixels wide now."""
        self._layouts.clear()
        self._width = width

    def height(self, model: ComparisonModel, row: int) -> int:
        """The height of a row, in pixels."""
        heights = [self._layout(model, row, column).boundingRect().height() for column in Side]
        return round(max(heights)) + 2 * _MARGIN_Y

    def place_at(self, model: ComparisonModel, row: int, column: int, point: QPointF) -> int:
        """The place in the text of a cell that is nearest to ``point`` in the cell, in UTF-16 units."""
        layout = self._layout(model, row, column)
        x, y = point.x() - _MARGIN_X - _MARK_PX, point.y() - _MARGIN_Y
        lines = [layout.lineAt(at) for at in range(layout.lineCount())]
        line = next((each for each in lines if y < each.y() + each.height() * _LINE_HEIGHT), lines[-1])
        place = line.xToCursor(x) if y >= 0 else 0
        return min(int(place), _utf16(model.rows[row].texts[column]))

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
            y += line.height() * _LINE_HEIGHT
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
        layout = self._layout(model, row, column)
        if not shown.is_same:
            middle = area.top() + _MARGIN_Y + layout.lineAt(0).height() / 2
            self._draw_ring(painter, QPointF(area.left() + _MARGIN_X + 6, middle), filled=is_chosen)
        painter.setPen(QColor(self.palette.ink if is_chosen else self.palette.muted))
        painter.setClipRect(area)
        at = QPointF(area.left() + _MARGIN_X + _MARK_PX, area.top() + _MARGIN_Y)
        layout.draw(painter, at, self._selected(option.palette, layout, row, column))
        painter.setPen(QColor(self.palette.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if column == Side.PRESENT:
            painter.drawLine(area.topRight(), area.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self.palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(area).adjusted(1, 1, -2, -2))
        painter.restore()

    def _selected(self, palette: QPalette, layout: QTextLayout, row: int, column: int) -> list[QTextLayout.FormatRange]:
        begin, end = self.selection.within(row, column) if self.selection is not None else (0, 0)
        end = min(end, _utf16(layout.text()))
        if end <= begin:
            return []
        made = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setBackground(palette.brush(QPalette.ColorRole.Highlight))
        look.setForeground(palette.brush(QPalette.ColorRole.HighlightedText))
        made.start, made.length, made.format = begin, end - begin, look
        return [made]

    def _draw_ring(self, painter: QPainter, centre: QPointF, *, filled: bool) -> None:
        painter.setPen(QPen(QColor(self.palette.accent if filled else self.palette.muted), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 6, 6)
        if filled:
            painter.setBrush(QColor(self.palette.accent))
            painter.drawEllipse(centre, 2.5, 2.5)


class ComparisonTable(QTableView):
    """The table. Arrows go from cell to cell, Space or Enter chooses a side, and so does a click.

    Drawing over a text with the mouse selects it; Ctrl+A selects all of a side, Ctrl+C copies what is selected, or the
    cell in hand.
    """

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
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clicked.connect(self._clicked)
        self.rows.modelReset.connect(self._measure_anew)
        self.rows.modelReset.connect(lambda: self._select(None))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self._pressed: tuple[QPoint, int, Place] | None = None
        """Where the mouse was pressed: on the screen, and in which column and at which place."""

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

    # -- selecting and copying ---------------------------------------------------------------------

    @property
    def selected_text(self) -> str:
        """What is selected to be copied; "" when nothing is."""
        selection = self._cells.selection
        return "" if selection is None else self.rows.copied(selection)

    def copy(self) -> None:
        """Puts what is selected, or else the text of the cell in hand, on the clipboard."""
        text = self.selected_text or str(self.currentIndex().data() or "")
        if text:
            QGuiApplication.clipboard().setText(text)

    def _select(self, selection: TextSelection | None) -> None:
        if selection != self._cells.selection:
            self._cells.selection = selection
            self.viewport().update()

    def _select_all(self) -> None:
        """All of the text that the cell in hand belongs to."""
        if self.rows.rowCount():
            last = self.rows.rowCount() - 1, TO_THE_END
            self._select(TextSelection(max(0, self.currentIndex().column()), (0, 0), last))

    def _place_at(self, point: QPoint, column: int) -> Place:
        """The place in the texts of a column that is nearest to ``point``."""
        row = self.rowAt(max(0, point.y()))
        if row < 0:
            return self.rows.rowCount() - 1, TO_THE_END
        inside = QPointF(point.x() - self.columnViewportPosition(column), point.y() - self.rowViewportPosition(row))
        return row, self._cells.place_at(self.rows, row, column, inside)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = None
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(point).isValid():
            column = self.indexAt(point).column()
            self._select(None)
            self._pressed = point, column, self._place_at(point, column)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        start, column, anchor = self._pressed
        point = event.position().toPoint()
        if self._cells.selection is None and (point - start).manhattanLength() < QApplication.startDragDistance():
            return
        self._select(TextSelection(column, anchor, self._place_at(point, column)))
        self.scrollTo(self.rows.index(self._place_at(point, column)[0], column))

    def _clicked(self, index: QModelIndex) -> None:
        if not self.selected_text:  # Else the mouse was let go at the end of a selection.
            self.rows.choose(index.row(), index.column())

    def _show_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if not self.selected_text and index.isValid():
            self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, keys, do in (
            (self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy),
            (self.tr("Select all of this side"), QKeySequence.StandardKey.SelectAll, self._select_all),
        ):
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # Only shown: the table has the keys itself.
            action.triggered.connect(do)
        menu.popup(self.viewport().mapToGlobal(point))

    # -- keys --------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.rows.choose(index.row(), index.column())
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        else:
            super().keyPressEvent(event)


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
