"""Exporting off the main thread: a long document takes more than a second."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError

log = logging.getLogger(__name__)


class Exporting(QObject):
    """Runs one export after another. ``export`` writes a document to a path and raises ExportProblem."""

    exported = Signal(object)  # the file is written; its path
    failed = Signal(str)  # the file could not be written; the sentence for the person

    def __init__(self, export: Callable[[Document, Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._export = export
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="export")

    def start(self, document: Document, path: Path) -> None:
        """Begins to export the document as it stands now; `exported` or `failed` follows."""
        future = self._pool.submit(self._export, document, path)
        future.add_done_callback(lambda done: self._done(done, path))

    def close(self) -> None:
        """Waits for what was begun."""
        self._pool.shutdown(wait=True)

    def _done(self, done: "Future[None]", path: Path) -> None:
        # On the exporting thread; the signals cross over to the main thread.
        problem = done.exception()
        if problem is None:
            self.exported.emit(path)
        elif isinstance(problem, LongWriterError):
            self.failed.emit(str(problem))
        else:
            log.error("exporting failed", exc_info=problem)
            told = self.tr(
                "{name} was not written; this is a fault of the app. The document is safe. Try another format, or "
                "report what the log says."
            )
            self.failed.emit(told.format(name=path.name))
