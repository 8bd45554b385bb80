"""Dialogs that fit on the screen: what every dialog of the app follows, whatever size it asks for."""

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

EDGE_PX = 8
"""What stays free between a dialog and the edge of the screen."""


def room_for(window: QWidget) -> QRect:
    """Where the inside of a window may be, in pixels of the desktop: the free part of the screen less the frame.

    A window that has not been shown yet has no frame to be asked about; that of the one it belongs to is as thick.
    """
    parent = window.parentWidget()
    beside = parent.window() if parent is not None else window
    frame = _frame(window) | _frame(beside)
    return beside.screen().availableGeometry().marginsRemoved(frame + EDGE_PX)


class FittedDialog(QDialog):
    """Is never shown larger than the screen or partly outside of it.

    Where not even its parts at their smallest have room, as with a very large font, all of it scrolls.
    """

    @override
    def showEvent(self, event: QShowEvent) -> None:
        if event.spontaneous() or self.isMaximized() or self.isFullScreen():
            super().showEvent(event)
            return
        room = room_for(self)
        self._fit_into(room)
        super().showEvent(event)  # Qt puts it over the window that it belongs to.
        self._move_into(room)

    @override
    def event(self, event: QEvent) -> bool:
        grows = event.type() == QEvent.Type.LayoutRequest and self.isVisible()
        if grows and self._least_is_beyond(room := room_for(self)):  # A page that was made later, say.
            self._fit_into(room)
            self._move_into(room)
        return super().event(event)

    def _fit_into(self, room: QRect) -> None:
        if self._least_is_beyond(room):
            self._scroll_all()
        self.resize(self.size().boundedTo(room.size()))

    def _move_into(self, room: QRect) -> None:
        at = self.geometry()
        at.moveBottomRight(QPoint(min(at.right(), room.right()), min(at.bottom(), room.bottom())))
        at.moveTopLeft(QPoint(max(at.left(), room.left()), max(at.top(), room.top())))
        if (by := at.topLeft() - self.geometry().topLeft()) != QPoint(0, 0):
            self.move(self.pos() + by)
            self.setAttribute(Qt.WidgetAttribute.WA_Moved, False)  # The person has not: next time it is put anew.

    def _least_is_beyond(self, room: QRect) -> bool:
        layout = self.layout()
        if layout is None:
            return False
        layout.activate()
        least = self.minimumSizeHint().expandedTo(self.minimumSize())
        return least.boundedTo(room.size()) != least

    def _scroll_all(self) -> None:
        """Puts everything into an area that scrolls; the order of Tab stays."""
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        inside = QWidget(area)
        area.setWidget(inside)
        if (parts := self.layout()) is not None:
            inside.setLayout(parts)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        for each in (area.viewport(), inside):
            each.setAutoFillBackground(False)
        self.setMinimumSize(0, 0)


def _frame(window: QWidget) -> QMargins:
    """What the system draws around a window: nothing as long as it has not been shown."""
    outer, inner = window.frameGeometry(), window.geometry()
    return QMargins(
        inner.left() - outer.left(),
        inner.top() - outer.top(),
        outer.right() - inner.right(),
        outer.bottom() - inner.bottom(),
    )
