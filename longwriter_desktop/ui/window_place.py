"""Where the window was when it was closed, and putting it there again."""

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRect
from PySide6.QtWidgets import QWidget

_VERSION_BYTES = 8
"""Of the mark and the version that begin what Qt keeps of a window; the frame's rectangle and the inner one follow."""


def kept_place(window: QWidget) -> str:
    """Place, size and state of a window, in letters."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def restore_place(window: QWidget, kept: str) -> None:
    """Puts a window where it was; what cannot be read leaves it where it is.

    Qt moves a window down that stands at the top of the screen, to make room for a title bar, and makes a high one
    lower. Where nothing draws title bars, as with some window managers and without any, that would be wrong.
    """
    geometry = QByteArray.fromBase64(kept.encode("ascii", "replace"))
    if window.restoreGeometry(geometry) and not (window.isMaximized() or window.isFullScreen()):
        stream = QDataStream(geometry, QIODevice.OpenModeFlag.ReadOnly)
        frame, inner = QRect(), QRect()
        stream.skipRawData(_VERSION_BYTES)
        stream >> frame >> inner
        if frame == inner and window.screen().availableGeometry().contains(inner):
            window.setGeometry(inner)
