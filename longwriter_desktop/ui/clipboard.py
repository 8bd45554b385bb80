"""Leaving the clipboard in a state that outlives Python."""

from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication
from shiboken6 import Shiboken


def hand_over_clipboard() -> None:
    """Replaces what Python has put on the clipboard by the same plain text, made by Qt alone.

    Qt frees the clipboard's content when the process ends, after Python has gone. Content that Python made,
    as the manuscript does when text is copied or selected, is freed through Python, and the process ends
    with a segmentation fault. To be called when no more is copied, before Python ends.
    """
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        content = cast("QMimeData | None", clipboard.mimeData(mode))  # the stubs leave out that there may be none
        if content is not None and Shiboken.createdByPython(content):
            clipboard.setText(content.text(), mode)
