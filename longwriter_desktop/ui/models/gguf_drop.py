"""Model files dragged onto the window: which of what is dropped are models, and what to say about the rest."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

SUFFIX = ".gguf"


class GgufDrop(QObject):
    """Lets GGUF files be dropped on a widget and whatever lies in it.

    Text and other files are left to the widgets below, which may want them.
    """

    dropped = Signal(object)  # a model file was dropped; its Path

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._watch(target)
        for child in target.findChildren(QWidget):
            if child.acceptDrops():
                self._watch(child)

    def _watch(self, widget: QWidget) -> None:
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and (path := model_file_in(event.mimeData())) is not None:
            # QDragEnterEvent and QDragMoveEvent are QDropEvents too.
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(path)
            return True
        return super().eventFilter(watched, event)


def model_file_in(data: QMimeData) -> Path | None:
    """The model among what is dragged: the first local GGUF file, else None.

    Nothing is opened, and links to other computers are no files.
    """
    if not data.hasUrls():
        return None
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.casefold() == SUFFIX), None)
