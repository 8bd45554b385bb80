"""How a row of the outline is drawn and edited in place."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.outline_editors import NUMBER_PX, SIDE_PX, HeadingEditor, StepEditor, broken_into_lines
from longwriter_desktop.ui.outline_model import Role
from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow
from longwriter_desktop.ui.outline_tree import Row
from longwriter_desktop.ui.theme import STRONG, Palette, small_font, with_tabular_numbers

_BAR_HEIGHT = 3
_EDGE = 3
_MOST_REMEMBERED = 2000
_MOST_LINES = 8
"""Of a main point that is shown; the section panel has all of it."""
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the parts of a row lie, inside its rectangle."""

    heading: QRect
    body: QRect
    number: QRect
    point: QRect
    count: QRect
    bar: QRect
    status: QRect
    height: int


def _chevron(centre: QPoint, is_open: bool) -> QPolygon:
    x, y = centre.x(), centre.y()
    if is_open:
        return QPolygon([QPoint(x - 3, y - 2), QPoint(x, y + 1), QPoint(x + 3, y - 2)])
    return QPolygon([QPoint(x - 2, y - 3), QPoint(x + 1, y), QPoint(x - 2, y + 3)])


def _line_height(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 1.25)


def _heading_height(row: OutlineRow, font: QFont) -> int:
    """The height of what stands above the main point, in pixels."""
    return QFontMetrics(with_tabular_numbers(small_font(font))).height() + 16 if row.shown_heading else 0


class OutlineDelegate(QStyledItemDelegate):
    """Draws number, main point over several lines, delivered / target, a thin bar and the status in words."""

    point_edited = Signal(str, str)  # the person has changed a main point in place; section id, main point
    target_edited = Signal(str, int)  # the person has changed a word target in place; section id, words
    heading_edited = Signal(str, str)  # the person has renamed a chapter in place; the id of its first section, heading
    edit_given_up = Signal(str)  # the person has left a row with Escape, and nothing of what was typed is taken; its id

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._font = QFont()
        self._lines_of: dict[tuple[str, int, int], list[str]] = {}
        self._heights: dict[tuple[OutlineRow, int], int] = {}
        self._open: tuple[QPersistentModelIndex, StepEditor] | None = None
        self.editing_target = False
        """Whether the next editor opens on the word target (the person has double-clicked the numbers)."""

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette

    # -- measuring ---------------------------------------------------------------------------------

    def count_rect(self, option: QStyleOptionViewItem, row: OutlineRow) -> QRect:
        """Where delivered / target stands."""
        return self._places(option, row).count

    def _places(self, option: QStyleOptionViewItem, row: OutlineRow) -> _Places:
        area: QRect = option.rect
        font: QFont = option.font
        self._measure_with(font)
        small_type = with_tabular_numbers(small_font(font))
        metrics, small = QFontMetrics(font), QFontMetrics(small_type)
        left, right = area.left() + SIDE_PX, area.right() - SIDE_PX
        top = area.top()
        heading = QRect(left, top + 10, right - left, small.height()) if row.shown_heading else QRect()
        body_top = top + _heading_height(row, font)
        # Room for a finished count from the start, so that the lines do not break anew with each digit.
        count_width = max(small.horizontalAdvance(text) for text in (row.count_words, row.count_when_done)) + 2
        line_height = _line_height(metrics)
        number = QRect(left, body_top + 8, NUMBER_PX, line_height)
        point_left = left + NUMBER_PX
        point_width = max(60, right - point_left - (count_width + 10 if row.count_words else 0))
        lines = self._wrapped(row.shown_point, font, point_width)
        point = QRect(point_left, body_top + 8, point_width, len(lines) * line_height)
        count = QRect(right - count_width, body_top + 8, count_width, line_height)
        bar = QRect(point_left, point.bottom() + 6, right - point_left, _BAR_HEIGHT)
        status = QRect()
        bottom = bar.bottom() + 10
        if row.status_words:
            told = self._wrapped(row.status_words, small_type, right - point_left)
            status = QRect(point_left, bar.bottom() + 4, right - point_left, len(told) * small.height())
            bottom = status.bottom() + 8
        body = QRect(area.left(), body_top, area.width(), bottom - body_top)
        return _Places(heading, body, number, point, count, bar, status, bottom - top)

    def _measure_with(self, font: QFont) -> None:
        """What is remembered was measured in one font. Its name as a key would cost more than all else."""
        if font != self._font:
            self._font = QFont(font)
            self._lines_of.clear()
            self._heights.clear()

    def _wrapped(self, text: str, font: QFont, width: int) -> list[str]:
        """The lines of ``text``; remembered, because the view measures every row whenever one has changed."""
        key = (text, font.pixelSize(), width)
        known = self._lines_of.get(key)
        if known is None:
            if len(self._lines_of) > _MOST_REMEMBERED:
                self._lines_of.clear()
            known = broken_into_lines(text, font, width)
            if len(known) > _MOST_LINES:
                rest = " ".join(known[_MOST_LINES - 1 : _MOST_LINES + 1])
                last = QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
                known = [*known[: _MOST_LINES - 1], last]
            self._lines_of[key] = known
        return known

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row: Row = index.data(Role.ROW)
        font: QFont = option.font
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        if isinstance(row, ChapterRow):
            return QSize(width, QFontMetrics(small_font(font)).height() + 18)
        self._measure_with(font)
        key = (row, width)
        if key not in self._heights:
            if len(self._heights) > _MOST_REMEMBERED:
                self._heights.clear()
            measured = QStyleOptionViewItem(option)
            measured.rect = QRect(0, 0, width, 0)
            self._heights[key] = self._places(measured, row).height
        return QSize(width, max(self._heights[key], self._open_height(row, index, font, width)))

    def _open_height(self, row: OutlineRow, index: _Index, font: QFont, width: int) -> int:
        """The height in pixels that a row needs while it is open for editing; 0 for any other."""
        if self._open is None or self._open[0] != index:
            return 0
        return _heading_height(row, font) + self._open[1].height_for(row.main_point, width)

    # -- drawing -----------------------------------------------------------------------------------

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, ChapterRow):
            self._draw_ground(painter, option, option.rect, row.is_alive)
            self._draw_chapter(painter, option, row)
        else:
            places = self._places(option, row)
            self._draw_ground(painter, option, places.body, row.status is Status.WRITING)
            self._draw_texts(painter, option.font, places, row)
            if row.status is not None:
                self._draw_bar(painter, places.bar, row)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, body: QRect, alive: bool) -> None:
        """Only what is selected is filled; what is being written has an edge in the accent, the focus is a frame."""
        state: QStyle.StateFlag = option.state
        palette = self._palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(body, QColor(palette.selected))
        if selected or alive:
            edge = QRect(body.topLeft(), QSize(_EDGE, body.height()))
            painter.fillRect(edge, QColor(palette.accent if alive else palette.muted))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(palette.accent))
            painter.drawRect(body.adjusted(0, 0, -1, -1))

    def _draw_chapter(self, painter: QPainter, option: QStyleOptionViewItem, row: ChapterRow) -> None:
        area: QRect = option.rect
        font: QFont = option.font
        state: QStyle.StateFlag = option.state
        is_open = bool(state & QStyle.StateFlag.State_Open)
        palette, small = self._palette, with_tabular_numbers(small_font(font))
        line = area.adjusted(SIDE_PX, 2, -SIDE_PX, 0)
        centre = QPoint(area.left() + SIDE_PX // 2 + 1, line.center().y() + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.muted), 1.5))
        painter.drawPolyline(_chevron(centre, is_open))
        painter.setPen(QColor(palette.muted))
        painter.setFont(small)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.count_words)
        room = line.adjusted(0, 0, -QFontMetrics(small).horizontalAdvance(row.count_words) - 10, 0)
        bold = QFont(small)
        bold.setWeight(STRONG)
        painter.setFont(bold)
        told = row.heading if is_open else f"{row.heading} · {row.told}"
        text = QFontMetrics(bold).elidedText(told, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_texts(self, painter: QPainter, font: QFont, places: _Places, row: OutlineRow) -> None:
        palette, small = self._palette, with_tabular_numbers(small_font(font))
        if row.shown_heading:
            bold = QFont(small)
            bold.setWeight(STRONG)
            painter.setFont(bold)
            painter.setPen(QColor(palette.muted))
            heading = QFontMetrics(bold).elidedText(
                row.shown_heading, Qt.TextElideMode.ElideRight, places.heading.width()
            )
            painter.drawText(places.heading, Qt.AlignmentFlag.AlignVCenter, heading)
        painter.setFont(with_tabular_numbers(font))
        painter.setPen(QColor(palette.muted))
        painter.drawText(places.number, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(row.number))
        if row.status is Status.WRITTEN:
            self._draw_check(painter, places.number)
        painter.setPen(QColor(palette.ink if row.main_point and row.status is not None else palette.muted))
        painter.setFont(font)
        line = QRect(places.point.topLeft(), QSize(places.point.width(), _line_height(painter.fontMetrics())))
        for text in self._wrapped(row.shown_point, font, places.point.width()):
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            line.translate(0, line.height())
        painter.setFont(small)
        painter.setPen(QColor(palette.muted))
        painter.drawText(places.count, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.count_words)
        if row.status_words:
            painter.setPen(QColor(self._status_colour(row.status)))
            told = self._wrapped(row.status_words, small, places.status.width())
            painter.drawText(places.status, Qt.AlignmentFlag.AlignLeft, "\n".join(told))

    @staticmethod
    def _draw_check(painter: QPainter, number: QRect) -> None:
        """Written: a mark below the number, in the pen that it was drawn with."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top = number.left() + 1, number.bottom() + 3
        painter.drawPolyline(QPolygon([QPoint(left, top + 3), QPoint(left + 3, top + 6), QPoint(left + 8, top)]))

    def _draw_bar(self, painter: QPainter, bar: QRect, row: OutlineRow) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(QColor(self._palette.line))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        share = min(1.0, row.words / row.word_target) if row.word_target else float(row.words > 0)
        if share > 0:
            stale = row.status is Status.STALE
            painter.setBrush(QColor(self._palette.stale if stale else self._palette.accent))
            painter.drawRoundedRect(
                QRect(bar.topLeft(), QSize(max(3, round(bar.width() * share)), _BAR_HEIGHT)), 1.5, 1.5
            )

    def _status_colour(self, status: Status | None) -> str:
        match status:
            case Status.WRITING:
                return self._palette.accent
            case Status.STALE:
                return self._palette.stale
            case Status.PARTIAL:
                return self._palette.warning
        return self._palette.muted

    # -- editing in place --------------------------------------------------------------------------

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        if isinstance(index.data(Role.ROW), ChapterRow):
            return HeadingEditor(parent)
        editor = StepEditor(parent)
        place = QPersistentModelIndex(index)
        self._open = place, editor
        self.sizeHintChanged.emit(index)
        editor.finished.connect(lambda take: self._end(editor, place, take))
        if self.editing_target:
            editor.setFocusProxy(editor.target)
        self.editing_target = False
        return editor

    @override
    def destroyEditor(self, editor: QWidget, index: _Index) -> None:
        if self._open is not None and self._open[1] is editor:
            self._open = None
            self.sizeHintChanged.emit(index)
        super().destroyEditor(editor, index)

    def _end(self, editor: StepEditor, place: QPersistentModelIndex, take: bool) -> None:
        viewport = editor.parentWidget()
        view = viewport.parentWidget() if viewport is not None else None
        if isinstance(view, QAbstractItemView) and view.indexWidget(place) is not editor:
            return  # The view has closed it, and taken what was typed, because another row is the current one now.
        if take:
            self.commitData.emit(editor)
        section_id = place.data(Role.SECTION_ID)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if not take:
            self.edit_given_up.emit(section_id)

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Only once: text that arrives meanwhile changes the row, and must not undo what is being typed.
        row = index.data(Role.ROW)
        if editor.property("filled"):
            return
        if isinstance(editor, HeadingEditor):
            editor.setText(row.heading)
            editor.setProperty("filled", True)
        if isinstance(editor, StepEditor):
            editor.main_point.setPlainText(row.main_point)
            editor.target.setValue(min(editor.target.maximum(), row.word_target))
            (editor.target if editor.focusProxy() is editor.target else editor.main_point).selectAll()
            editor.setProperty("filled", True)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        row = index.data(Role.ROW)
        if isinstance(editor, HeadingEditor) and editor.text().strip() != row.heading.strip():
            self.heading_edited.emit(row.section_id, editor.text().strip())
        if not isinstance(editor, StepEditor):
            return
        editor.target.interpretText()
        main_point = " ".join(editor.main_point.toPlainText().split())
        if main_point != " ".join(row.main_point.split()):
            self.point_edited.emit(row.section_id, main_point)
        if editor.target.value() != min(editor.target.maximum(), row.word_target):
            self.target_edited.emit(row.section_id, editor.target.value())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        row: Row = index.data(Role.ROW)
        if isinstance(row, ChapterRow):
            editor.setGeometry(option.rect.adjusted(SIDE_PX - 9, 0, -6, 0))
            return
        body = self._places(option, row).body
        height = body.height()
        if isinstance(editor, StepEditor):
            height = max(height, editor.height_for(row.main_point, body.width()))
        view: QRect = option.rect
        editor.setGeometry(QRect(QPoint(view.left(), body.top()), QSize(view.width(), height)))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The editor's own fields know when they are done; the delegate's rules are for single fields.
        if isinstance(watched, StepEditor):
            return False
        return super().eventFilter(watched, event)
