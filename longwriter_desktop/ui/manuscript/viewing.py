"""How the manuscript is looked at: type and colours, the centred column, zoom, and a view that stays still."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QShowEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from longwriter_desktop.ui.manuscript.editing import FieldEdit
from longwriter_desktop.ui.manuscript.history import History
from longwriter_desktop.ui.manuscript.lines import Layer
from longwriter_desktop.ui.manuscript.marks import MarkedSections, Marks
from longwriter_desktop.ui.manuscript.paragraphs import is_gap
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH, Typography
from longwriter_desktop.ui.theme import BOOK_FAMILY, Palette, scaled

USUAL_PX = 17
SMALLEST_PX, LARGEST_PX = 11, 48
"""The sizes that zooming stays between."""
_LEAST_MARGIN_PX = 12
_SELECTION_SHARE = 0.28
_NOTCH = 120
"""What Qt counts for one notch of a mouse wheel, in eighths of a degree."""
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
)


class ColumnEdit(FieldEdit):
    """A `FieldEdit` set as a column of book type on paper."""

    type_size_changed = Signal(int)  # after the person has zoomed; the size of the text in pixels, see `set_type`

    _size_px = USUAL_PX

    def __init__(self, palette: Palette, history: History | None = None, parent: QWidget | None = None) -> None:
        super().__init__(Typography(palette, size_px=scaled(USUAL_PX)), history, parent)
        self.setObjectName("manuscript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._holding = 0
        self._turned = 0
        self._is_pressed_here = False
        self._is_line_selected = False
        self.marks = Marks(self.page)
        self.under: list[Layer] = []
        self.over: list[Layer] = []
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _, largest: bar.setEnabled(largest > 0))
        self._apply_colours()

    def marked_sections(self) -> MarkedSections:
        """The sections that have a mark beside them."""
        return MarkedSections("", "")

    # -- looks -------------------------------------------------------------------------------------

    def set_palette(self, palette: Palette) -> None:
        old = self.page.typography
        self.set_typography(Typography(palette, old.family, old.size_px, old.line_height, old.language, old.measure))
        self._apply_colours()

    def set_type(
        self, family: str = BOOK_FAMILY, size_px: int = USUAL_PX, line_height: float = 1.65, measure: int | None = None
    ) -> None:
        """The face of the text, its size in pixels, its line height as a multiple of the size, and its measure.

        The size is that beside system text of the usual size; where the system's is larger, this is by as much.
        Chinese is set a little wider, and in the system's serif. ``measure`` is as in `Typography`; None: as it is.
        """
        old = self.page.typography
        width = old.measure if measure is None else measure
        self._size_px = size_px
        self.set_typography(Typography(old.palette, family, scaled(size_px), line_height, old.language, width))

    @property
    def type_size(self) -> int:
        """The size of the text in pixels, see `set_type`."""
        return self._size_px

    def zoom_in(self, steps: int = 1) -> None:
        """Sets the text larger by ``steps`` pixels, or smaller where they are negative."""
        old = self.page.typography
        size = max(SMALLEST_PX, min(self._size_px + steps, LARGEST_PX))
        if size != self._size_px:
            self.set_type(old.family, size, old.line_height)
            self.type_size_changed.emit(size)

    def zoom_out(self, steps: int = 1) -> None:
        self.zoom_in(-steps)

    def set_typography(self, typography: Typography) -> None:
        if typography == self.page.typography:
            return
        with self.holding_view():
            self.highlighter.put_off()
            self.page.set_typography(typography)
            self.highlighter.set_typography(typography)
            self._fit_margins()
        self.viewport().update()

    def _apply_colours(self) -> None:
        palette = self.page.typography.palette
        selection = _mixed(palette.accent, palette.paper, _SELECTION_SHARE)
        name = self.objectName()
        self.setStyleSheet(
            f"#{name}, #{name}:focus {{ background: {palette.paper}; color: {palette.ink}; border: none;"
            f" border-radius: 0; padding: 0; selection-background-color: {selection};"
            f" selection-color: {palette.ink}; }}"
            f" #{name} QScrollBar::handle:vertical:disabled {{ background: transparent; }}"
        )

    def _fit_margins(self) -> None:
        """Centres the text in its measure; what is left over is paper outside the viewport.

        So the text is only broken anew where the window gets narrower than the measure.
        """
        bar = self.verticalScrollBar().sizeHint().width()
        typography = self.page.typography
        room = self.width() - 2 * max(bar, _LEAST_MARGIN_PX)
        width = min(typography.measure_px + 2 * MARK_WIDTH, max(room, 4 * MARK_WIDTH))
        left = max(0, (self.width() - width) // 2)
        right = max(0, self.width() - width - left - bar)
        self.page.set_width(width - 2 * MARK_WIDTH)
        self.setViewportMargins(left, 0, right, 0)

    @property
    def is_held(self) -> bool:
        """Whether the view is just being kept in place, see `holding_view`."""
        return self._holding > 0

    @contextmanager
    def holding_view(self, at_caret: bool = False) -> Iterator[None]:
        """Whatever changes inside, the line at the top of the window stays where it is; ``at_caret``: the caret's."""
        bar = self.verticalScrollBar()
        value = bar.value()
        top = self.textCursor() if at_caret else self.cursorForPosition(QPoint(MARK_WIDTH + 1, 0))
        field = self.page.field_at(top.position())
        key, at, y = field.key, self.page.offset(field, top.position()), self.cursorRect(top).top()
        self._holding += 1
        try:
            yield
        finally:
            found = self.page.field(key)
            if (value or at_caret) and found is not None:
                top.setPosition(self.page.position(found, min(at, len(found.text))))
                value = bar.value() + self.cursorRect(top).top() - y
            bar.setValue(value)
            self._holding -= 1

    @contextmanager
    def holding_caret(self) -> Iterator[None]:
        """Whatever changes inside, cursor and selection stay at the same letters."""
        cursor = self.textCursor()
        places = []
        for position in (cursor.anchor(), cursor.position()):
            field = self.page.field_at(position)
            places.append((field.key, self.page.offset(field, position)))
        self._holding += 1
        try:
            yield
        finally:
            fields = [self.page.field(key) for key, _ in places]
            positions = [
                self.page.position(field, min(at, len(field.text)))
                for field, (_, at) in zip(fields, places, strict=True)
                if field is not None
            ]
            cursor = self.textCursor()
            if len(positions) == 2 and positions != [cursor.anchor(), cursor.position()]:
                value = self.verticalScrollBar().value()
                cursor.setPosition(positions[0])
                cursor.setPosition(positions[1], QTextCursor.MoveMode.KeepAnchor)
                self.setTextCursor(cursor)
                self.verticalScrollBar().setValue(value)
            self._holding -= 1

    # -- Qt's events -------------------------------------------------------------------------------

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            with self.holding_view():
                self._fit_margins()
                return super().event(event)
        if isinstance(event, QMouseEvent) and event.type() in _MOUSE and self._is_beside(event.position()):
            return self._pass_to_text(event)
        if isinstance(event, QWheelEvent) and self._is_beside(event.position()):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def _is_beside(self, at: QPointF) -> bool:
        """Whether a point lies on the paper beside the viewport."""
        return not self.viewport().geometry().contains(at.toPoint())

    def _pass_to_text(self, event: QMouseEvent) -> bool:
        """A click beside the text is one at the nearest line."""
        at = event.position() - QPointF(self.viewport().pos())
        passed = _mouse_event(event, at)
        handlers = {
            QEvent.Type.MouseButtonPress: self.mousePressEvent,
            QEvent.Type.MouseButtonRelease: self.mouseReleaseEvent,
            QEvent.Type.MouseButtonDblClick: self.mouseDoubleClickEvent,
            QEvent.Type.MouseMove: self.mouseMoveEvent,
        }
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        handlers[event.type()](passed)
        return True

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_pressed_here = True
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            super().mousePressEvent(event)
            return
        before = self.textCursor()
        with self._cursor_settling():
            place = self._place_meant(event.position())
            super().mousePressEvent(event if place == event.position() else _mouse_event(event, place))
            # Qt takes a third click of its own; a first one selects nothing.
            self._is_line_selected = self.textCursor().hasSelection() and self.textCursor() != before
            self._leave_out_line_end()

    def _place_meant(self, at: QPointF) -> QPointF:
        """Where a click goes: below the first line of a placeholder to that line, between paragraphs to the upper one.

        There is nothing in either place that Qt could find, or that the person could want to type in.
        """
        offset = self.verticalScrollBar().value()
        placeholder = self.marks.placeholder_at(at.y() + offset)
        if placeholder is not None:
            return QPointF(at.x(), placeholder.top() + 1 - offset)
        cursor = self.cursorForPosition(at.toPoint())
        if not is_gap(cursor.block()) or self.highlighter.is_of_code(cursor.block()):
            return at
        cursor.setPosition(cursor.block().position() - 1)
        return QPointF(self.viewport().width(), self.cursorRect(cursor).center().y())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The first of two clicks can have been on a page that was here before, and the count is no text to select in.
        place = self.page.field_at(self.cursorForPosition(event.position().toPoint()).position())
        if self._is_pressed_here and place.key.is_editable:
            super().mouseDoubleClickEvent(event)
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        with self._cursor_settling():
            super().mouseMoveEvent(event)
            self._leave_out_line_end()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._is_line_selected = False

    @override
    def showEvent(self, event: QShowEvent) -> None:
        self._is_pressed_here = False
        super().showEvent(event)

    @contextmanager
    def _cursor_settling(self) -> Iterator[None]:
        """Where the cursor goes inside is told when it stands where it is to stay."""
        self._holding += 1
        before = self.textCursor().position()
        try:
            yield
        finally:
            self._holding -= 1
            if self.textCursor().position() != before:
                self.cursor_settled()

    def cursor_settled(self) -> None:
        """Called after a click or a drag has taken the cursor elsewhere, when it stands where it is to stay."""

    def _leave_out_line_end(self) -> None:
        """Three clicks select a line, for Qt with its end, and so with the beginning of the next section."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        if self._is_line_selected and end > start and self.document().findBlock(end).position() == end:
            anchor, position = min(cursor.anchor(), end - 1), min(cursor.position(), end - 1)
            cursor.setPosition(anchor)
            cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by_wheel(event.angleDelta().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def _zoom_by_wheel(self, turned: int) -> None:
        """A pixel for each notch; a touch pad tells of a notch in many small parts."""
        self._turned = turned + (self._turned if self._turned * turned > 0 else 0)
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        if notches:
            self.zoom_in(notches)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            # QTextEdit has just given the document the interface's font.
            old = self.page.typography
            self.set_type(old.family, self._size_px, old.line_height)
            self.document().setDefaultFont(self.page.typography.body_font)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_layers(self.under, event)
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.marks.paint(painter, event.rect(), self.verticalScrollBar().value(), self.marked_sections())
        painter.end()
        self._paint_layers(self.over, event)

    def _paint_layers(self, layers: list[Layer], event: QPaintEvent) -> None:
        if not layers:
            return
        offset = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.translate(0, -offset)
        for layer in layers:
            painter.save()
            layer.paint(painter, QRectF(event.rect().translated(0, offset)))
            painter.restore()
        painter.end()

    @override
    def recolour_composition(self) -> None:
        block = self.textCursor().block()
        self.page.give_room(block, self.is_composing)
        if not self.is_composing and block.layout().formats():
            self.highlighter.rehighlightBlock(block)
        self.viewport().update()


def _mouse_event(event: QMouseEvent, at: QPointF) -> QMouseEvent:
    """The same event at another place of the viewport."""
    return QMouseEvent(event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers())


def _mixed(colour: str, ground: str, share: float) -> str:
    """``share`` of a colour on a ground."""
    one, other = QColor(colour), QColor(ground)
    channels = [
        round(share * a + (1 - share) * b)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]  # a tuple of four
    ]
    return QColor(*channels).name()
