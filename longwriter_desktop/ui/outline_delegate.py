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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.outline_model import OutlineRow, Role
from longwriter_desktop.ui.theme import Palette, small_font, with_tabular_numbers
from longwriter_desktop.ui.word_target_field import WordTargetField

_SIDE = 14
_NUMBER_WIDTH = 29
_BAR_HEIGHT = 3
_TARGET_WIDTH = 76
_MOST_REMEMBERED = 2000
_MOST_LINES = 8
"""Of a main point that is shown; the section panel has all of it."""
_EDITOR_FRAME = 44
"""Borders, padding and margins around the text of the editor, in pixels."""
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


def _lines(text: str, font: QFont, width: int) -> list[str]:
    """``text`` broken into lines of at most ``width`` pixels."""
    layout = QTextLayout(text, font)
    lines = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]


def _line_height(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 1.25)


class StepEditor(QWidget):
    """A main point and its word target, edited in place. Enter takes them, Escape does not, Tab goes between."""

    finished = Signal(bool)  # the person is done; True to take what was typed

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.main_point = QPlainTextEdit(self)
        self.main_point.setAccessibleName("Main point")
        self.main_point.setTabChangesFocus(True)
        self.main_point.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.target = WordTargetField(self)
        self.target.setFixedWidth(_TARGET_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_SIDE + _NUMBER_WIDTH - 9, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.main_point, 1)
        layout.addWidget(self.target, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.main_point)
        for field in (self.main_point, self.target):
            field.installEventFilter(self)
        self._done = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        if event.type() == QEvent.Type.FocusOut and not self._done:
            # A popup menu takes the focus only for a while; another field of the editor is no end either.
            focus = QApplication.focusWidget()
            if QApplication.activePopupWidget() is None and (focus is None or not self.isAncestorOf(focus)):
                self._finish(take=True)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._finish(take=True)
            case Qt.Key.Key_Escape:
                self._finish(take=False)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                other = self.target if watched is self.main_point else self.main_point
                other.setFocus(Qt.FocusReason.TabFocusReason)
            case _:
                return False
        return True

    def height_for(self, main_point: str, width: int) -> int:
        """The height in pixels in which ``main_point`` and one more line can be seen at ``width``."""
        font = self.main_point.font()
        lines = len(_lines(main_point, font, width - _TARGET_WIDTH - _NUMBER_WIDTH - _EDITOR_FRAME)) + 1
        return lines * QFontMetrics(font).lineSpacing() + _EDITOR_FRAME

    def _finish(self, take: bool) -> None:
        if not self._done:
            self._done = True
            self.finished.emit(take)


class OutlineDelegate(QStyledItemDelegate):
    """Draws number, main point over several lines, delivered / target, a thin bar and the status in words."""

    point_edited = Signal(str, str)  # the person has changed a main point in place; section id, main point
    target_edited = Signal(str, int)  # the person has changed a word target in place; section id, words

    def __init__(self, palette: Palette, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._lines_of: dict[tuple[str, str, int], list[str]] = {}
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
        metrics, small = QFontMetrics(font), QFontMetrics(with_tabular_numbers(small_font(font)))
        left, right = area.left() + _SIDE, area.right() - _SIDE
        top = area.top()
        heading = QRect(left, top + 10, right - left, small.height()) if row.heading else QRect()
        body_top = top + (small.height() + 16 if row.heading else 0)
        # Room for a finished count from the start, so that the lines do not break anew with each digit.
        count_width = max(small.horizontalAdvance(text) for text in (row.count_words, row.count_when_done)) + 2
        line_height = _line_height(metrics)
        number = QRect(left, body_top + 8, _NUMBER_WIDTH, line_height)
        point_left = left + _NUMBER_WIDTH
        point_width = max(60, right - point_left - (count_width + 10 if row.count_words else 0))
        lines = self._wrapped(row.shown_point, font, point_width)
        point = QRect(point_left, body_top + 8, point_width, len(lines) * line_height)
        count = QRect(right - count_width, body_top + 8, count_width, line_height)
        bar = QRect(point_left, point.bottom() + 6, right - point_left, _BAR_HEIGHT)
        status = QRect()
        bottom = bar.bottom() + 10
        if row.status_words:
            status = QRect(point_left, bar.bottom() + 4, right - point_left, small.height())
            bottom = status.bottom() + 8
        body = QRect(area.left(), body_top, area.width(), bottom - body_top)
        return _Places(heading, body, number, point, count, bar, status, bottom - top)

    def _wrapped(self, text: str, font: QFont, width: int) -> list[str]:
        """The lines of ``text``; remembered, because the view measures every row whenever one has changed."""
        key = (text, font.key(), width)
        known = self._lines_of.get(key)
        if known is None:
            if len(self._lines_of) > _MOST_REMEMBERED:
                self._lines_of.clear()
            known = _lines(text, font, width)
            if len(known) > _MOST_LINES:
                known = [*known[: _MOST_LINES - 1], known[_MOST_LINES - 1] + "…"]
            self._lines_of[key] = known
        return known

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(Role.ROW)
        measured = QStyleOptionViewItem(option)
        self.initStyleOption(measured, index)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 0
        measured.rect = QRect(0, 0, width, 0)
        return QSize(width, self._places(measured, row).height)

    # -- drawing -----------------------------------------------------------------------------------

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: OutlineRow = index.data(Role.ROW)
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        places, palette = self._places(shown, row), self._palette
        state: QStyle.StateFlag = option.state
        alive = row.status is Status.WRITING
        painter.save()
        if state & QStyle.StateFlag.State_Selected or alive:
            painter.fillRect(places.body, QColor(palette.selected))
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(palette.accent))
            painter.drawRect(places.body.adjusted(0, 0, -1, -1))
        if alive:
            edge = QRect(places.body.topLeft(), QSize(3, places.body.height()))
            painter.fillRect(edge, QColor(palette.accent))
        self._draw_texts(painter, shown.font, places, row)
        if row.status is not None:
            self._draw_bar(painter, places.bar, row)
        painter.restore()

    def _draw_texts(self, painter: QPainter, font: QFont, places: _Places, row: OutlineRow) -> None:
        palette, small = self._palette, with_tabular_numbers(small_font(font))
        if row.heading:
            bold = QFont(small)
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(palette.muted))
            heading = QFontMetrics(bold).elidedText(row.heading, Qt.TextElideMode.ElideRight, places.heading.width())
            painter.drawText(places.heading, Qt.AlignmentFlag.AlignVCenter, heading)
        painter.setFont(with_tabular_numbers(font))
        painter.setPen(QColor(palette.muted))
        painter.drawText(places.number, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(row.number))
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
            painter.drawText(places.status, Qt.AlignmentFlag.AlignLeft, row.status_words)

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
        editor = StepEditor(parent)
        editor.finished.connect(lambda take: self._end(editor, take))
        if self.editing_target:
            editor.setFocusProxy(editor.target)
            editor.target.selectAll()
        self.editing_target = False
        return editor

    def _end(self, editor: StepEditor, take: bool) -> None:
        if take:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Only once: text that arrives meanwhile changes the row, and must not undo what is being typed.
        if isinstance(editor, StepEditor) and not editor.property("filled"):
            row: OutlineRow = index.data(Role.ROW)
            editor.main_point.setPlainText(row.main_point)
            editor.main_point.selectAll()
            editor.target.setValue(row.word_target)
            editor.target.selectAll()
            editor.setProperty("filled", True)

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if not isinstance(editor, StepEditor):
            return
        row: OutlineRow = index.data(Role.ROW)
        editor.target.interpretText()
        main_point = " ".join(editor.main_point.toPlainText().split())
        if main_point != row.main_point:
            self.point_edited.emit(row.section_id, main_point)
        if editor.target.value() != row.word_target:
            self.target_edited.emit(row.section_id, editor.target.value())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        row: OutlineRow = index.data(Role.ROW)
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
