"""The thread on which the model reads ahead while nothing is being planned or written."""

import logging
import threading
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QThread, Signal
from typing_extensions import override

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.ending import end

log = logging.getLogger(__name__)


class WarmingThread(QThread):
    """One reading of what ``document`` needs next in ``layout``; it changes nothing but what the model knows.

    Start it once; it ends by itself, after `stop`, or after `give_way`.
    """

    remarked = Signal(object)  # when loading the model comes with something for the person; a ModelLoading

    def __init__(
        self,
        document: Document,
        layout: Layout,
        work: Callable[[], Iterator[EngineEvent]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.layout = layout
        self._work = work
        self._stop = threading.Event()
        self._giving_way = threading.Event()
        self._newest: ModelLoading | PromptProgress | None = None
        self._done = False
        self._failure: Exception | None = None
        self.setObjectName("reading ahead")

    # -- called on the main thread -----------------------------------------------------------------

    def stop(self) -> None:
        """Asks it to end. Returns at once; `finished` follows within about 100 ms."""
        self._stop.set()

    def give_way(self) -> None:
        """As `stop`, but a model that is being loaded is loaded first: whoever comes next needs it too."""
        self._giving_way.set()

    def serves(self, document: Document, layout: Layout) -> bool:
        """Whether it is reading just what writing that document on would begin with."""
        asked_to_end = self._stop.is_set() or self._giving_way.is_set()
        return not asked_to_end and self.document is document and self.layout == layout

    @property
    def done(self) -> bool:
        """Whether all of it was read, once it has ended."""
        return self._done

    @property
    def failure(self) -> Exception | None:
        """What ended it, once it has ended: None when it was done or stopped."""
        return self._failure

    @property
    def newest(self) -> ModelLoading | PromptProgress | None:
        """How far it is."""
        return self._newest

    # -- called on the thread itself ---------------------------------------------------------------

    @override
    def run(self) -> None:
        events: Iterator[EngineEvent] | None = None
        try:
            events = self._work()
            self._done = self._read(events)
        except LongWriterError as problem:
            log.warning("reading ahead failed: %s", problem)
            self._failure = problem
        except Exception as bug:
            log.exception("reading ahead failed")
            self._failure = bug
        finally:
            end(events, self.objectName())

    def _read(self, events: Iterator[EngineEvent]) -> bool:
        """Whether it came to the end."""
        loading = False
        while not self._stop.is_set() and (loading or not self._giving_way.is_set()):
            event = next(events, None)
            if event is None:
                return True
            if isinstance(event, ModelLoading | PromptProgress):
                self._newest = event
                loading = isinstance(event, ModelLoading)
            if isinstance(event, ModelLoading) and event.remarks:
                self.remarked.emit(event)
        return False
