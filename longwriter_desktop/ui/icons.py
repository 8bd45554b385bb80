"""The few icons of the app, drawn from SVG files in whatever colour the theme asks for."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from longwriter_desktop.paths import resource_path

_SIZES_PX = (16, 24, 32, 48, 64)
_DISABLED = 0.35
"""Opacity. Left to itself, the style makes a disabled icon no darker on a dark ground."""


def icon(name: str, colour: str) -> QIcon:
    """The icon ``name`` of resources/icons in ``colour`` (#RRGGBB), sharp at every screen scale."""
    drawing = resource_path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(drawing.encode("utf-8")))
    made = QIcon()
    for size in _SIZES_PX:
        made.addPixmap(_drawn(renderer, size, 1.0))
        made.addPixmap(_drawn(renderer, size, _DISABLED), QIcon.Mode.Disabled)
    return made


def _drawn(renderer: QSvgRenderer, size: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter)
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """The icon of the app itself."""
    return QIcon(str(resource_path("icons", "longwriter.svg")))
