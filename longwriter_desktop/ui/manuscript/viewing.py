"""How the manuscript is looked at: type and colours, the centred column, zoom, and a view that stays still."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from longwriter_desktop.ui.manuscript.editing import FieldEdit
from longwriter_desktop.ui.manuscript.history import History
from longwriter_desktop.ui.manuscript.lines import Layer
from longwriter_desktop.ui.manuscript.marks import MarkedSections, Marks
from longwriter_desktop.ui.manuscript.typography import MARK_WIDTH, Typography
from longwriter_desktop.ui.theme import BOOK_FAMILY, Palette

SMALLEST_PX, LARGEST_PX = 10, 48
"""The sizes that zooming stays between."""
_LEAST_MARGIN_PX = 12
_SELECTION_SHARE = 0.28
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
)


class ColumnEdit(FieldEdit):
    """A `FieldEdit` set as a column of book type on paper."""

    type_size_changed = Signal(int)  # after the person has zoomed; the size of the text in pixels

    def __init__(self, palette: Palette, history: History | None = None, parent: QWidget | None = None) -> None:
        super().__init__(Typography(palette), history, parent)
        self.setObjectName("manuscript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCursorWidth(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._holding = 0
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
        self, family: str = BOOK_FAMILY, size_px: int = 17, line_height: float = 1.65, measure: int | None = None
    ) -> None:
        """The face of the text, its size in pixels, its line height as a multiple of the size, and its measure.

        Chinese is set a little wider, and in the system's serif. ``measure`` is as in `Typography`; None: as it is.
        """
        old = self.page.typography
        width = old.measure if measure is None else measure
        self.set_typography(Typography(old.palette, family, size_px, line_height, old.language, width))

    @property
    def type_size(self) -> int:
        """The size of the text in pixels."""
        return self.page.typography.size_px

    def zoom_in(self, steps: int = 1) -> None:
        """Sets the text larger by ``steps`` pixels, or smaller where they are negative."""
        old = self.page.typography
        size = max(SMALLEST_PX, min(old.size_px + steps, LARGEST_PX))
        if size != old.size_px:
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
    def holding_view(self) -> Iterator[None]:
        """Whatever changes inside, the line at the top of the window stays where it is."""
        bar = self.verticalScrollBar()
        value = bar.value()
        top = self.cursorForPosition(QPoint(MARK_WIDTH + 1, 0))
        field = self.page.field_at(top.position())
        key, at, y = field.key, self.page.offset(field, top.position()), self.cursorRect(top).top()
        self._holding += 1
        try:
            yield
        finally:
            found = self.page.field(key)
            if value and found is not None:
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
        # Below its first line a placeholder has no text that Qt could find: the click is passed to that line.
        offset = self.verticalScrollBar().value()
        placeholder = self.marks.placeholder_at(event.position().y() + offset)
        if placeholder is None:
            super().mousePressEvent(event)
            return
        at = QPointF(event.position().x(), placeholder.top() + 1 - offset)
        super().mousePressEvent(_mouse_event(event, at))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_in(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            # QTextEdit has just given the document the interface's font.
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
