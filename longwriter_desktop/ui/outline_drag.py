"""What hangs on the pointer while sections are dragged in the outline."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QWidget

from longwriter_desktop.ui.theme import scaled

BESIDE_POINTER = QPoint(-16, -12)
"""Where the pointer is seen from the slip: above it and to its left, so that the place of the drop stays in sight."""
_WIDEST_PX = 180
_SIDE_PX, _EDGE_PX = 8, 4
_OPACITY = 0.9


def drag_slip(name: str, view: QWidget) -> QPixmap:
    """A slip of one short line that says what is dragged, in the font and the colours of ``view``."""
    metrics = QFontMetrics(view.font())
    text = metrics.elidedText(" ".join(name.split()), Qt.TextElideMode.ElideRight, scaled(_WIDEST_PX))
    width, height = metrics.horizontalAdvance(text) + 2 * _SIDE_PX, metrics.height() + 2 * _EDGE_PX
    ratio = view.devicePixelRatioF()
    slip = QPixmap(round(width * ratio), round(height * ratio))
    slip.setDevicePixelRatio(ratio)
    slip.fill(Qt.GlobalColor.transparent)
    colours = view.palette()
    painter = QPainter(slip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(view.font())
    ground = QColor(colours.color(QPalette.ColorRole.ToolTipBase))
    ground.setAlphaF(_OPACITY)
    painter.setBrush(ground)
    painter.setPen(colours.color(QPalette.ColorRole.Accent))
    area = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.drawRoundedRect(area, 4, 4)
    painter.setPen(colours.color(QPalette.ColorRole.ToolTipText))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return slip
