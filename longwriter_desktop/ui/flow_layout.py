"""A row that goes on in the next line where its width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowLayout(QLayout):
    """Lays widgets out from left to right, line after line, each as large as it wants to be. Hidden ones take no room.

    ``gap_px`` is the space between two of a line and, unless ``line_gap_px`` says otherwise, between two lines, in
    pixels.
    """

    def __init__(self, gap_px: int, parent: QWidget | None = None, line_gap_px: int | None = None) -> None:
        super().__init__(parent)
        self._gap_px = gap_px
        self._line_gap_px = gap_px if line_gap_px is None else line_gap_px
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    @override
    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap_px * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, move: bool) -> int:
        """Finds the place of each item in ``area``, and puts it there to ``move`` it; returns the height of all."""
        line: list[tuple[QLayoutItem, QPoint]] = []
        place, height = QPoint(area.topLeft()), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and place.x() + size.width() > area.x() + area.width():
                self._put(line, height, move)
                line, place, height = [], QPoint(area.x(), place.y() + height + self._line_gap_px), 0
            line.append((item, QPoint(place)))
            place.setX(place.x() + size.width() + self._gap_px)
            height = max(height, size.height())
        self._put(line, height, move)
        return place.y() + height - area.y()

    @staticmethod
    def _put(line: list[tuple[QLayoutItem, QPoint]], height: int, move: bool) -> None:
        for item, place in line:
            if move:
                size = item.sizeHint()
                item.setGeometry(QRect(place + QPoint(0, (height - size.height()) // 2), size))
