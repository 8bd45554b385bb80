"""The thread that plans and writes: iterates a generator of events and hands them to the main thread in bundles."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QThread, Signal
from typing_extensions import override

from longwriter_desktop.agentwrite.alternative_events import AlternativeEvent
from longwriter_desktop.agentwrite.engine import Heartbeat, ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.events import PlanEvent, StepDrafted, TextWritten, WriterEvent
from longwriter_desktop.agentwrite.rewrite_events import RewriteEvent, RewriteGrew
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.ending import end

log = logging.getLogger(__name__)

Event = PlanEvent | WriterEvent | AlternativeEvent | RewriteEvent
Work = Callable[[Callable[[], Document]], Iterator[Event]]
"""Starts planning or writing; is given the function that reads the current document."""


SLOW_STOP_S = 0.5


class _Stopped(Exception):
    """Raised inside `read` when the person has stopped meanwhile."""


class WritingThread(QThread):
    """One run of planning or writing. Start it once; it ends by itself or after `stop`.

    Events wait in a list until the main thread takes them (`take_events`), because one signal a token
    would drown the window. `stop` is obeyed at the next event, and an engine sends one at least every
    100 ms; the event in hand is still handed over, so that nothing that the writer said is lost.
    """

    document_wanted = Signal()  # the writer needs the document as it stands: take all events, then `hand_over`

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        self._events: list[Event] = []
        self._lock = threading.Lock()
        self._answered = threading.Condition()
        self._answers: list[Document] = []
        self._failure: Exception | None = None
        self.setObjectName("writing")

    # -- called on the main thread -----------------------------------------------------------------

    def stop(self) -> None:
        """Asks the run to end. Returns at once; `finished` follows within about 100 ms."""
        self._stop.set()
        with self._answered:
            self._answered.notify_all()

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stop.is_set()

    @property
    def failure(self) -> Exception | None:
        """What ended the run, once it has ended: None when it was done or stopped."""
        return self._failure

    def take_events(self) -> list[Event]:
        """The events since the last call, oldest first; runs of text and of progress are one event each."""
        with self._lock:
            taken, self._events = self._events, []
        return taken

    def hand_over(self, document: Document) -> None:
        """The answer to `document_wanted`."""
        with self._answered:
            self._answers = [document]
            self._answered.notify_all()

    # -- called on the thread itself ---------------------------------------------------------------

    @override
    def run(self) -> None:
        events: Iterator[Event] | None = None
        try:
            events = self._work(self._read)
            for event in events:
                self._keep(event)
                if self._stop.is_set():
                    break
        except _Stopped:
            pass
        except LongWriterError as problem:
            self._failure = problem
        except Exception as bug:
            log.exception("planning or writing failed")
            self._failure = bug
        finally:
            began = time.monotonic()
            failed = end(events, self.objectName())
            self._failure = self._failure or failed
            seconds = time.monotonic() - began
            if seconds > SLOW_STOP_S:
                log.info("the engine took %.1f s to stop", seconds)

    def _keep(self, event: Event) -> None:
        if isinstance(event, Heartbeat):
            return
        with self._lock:
            if self._events:
                joined = _joined(self._events[-1], event)
                if joined is not None:
                    self._events[-1] = joined
                    return
            self._events.append(event)

    def _read(self) -> Document:
        with self._answered:
            self._answers = []
            self.document_wanted.emit()
            while not self._answers and not self._stop.is_set():
                self._answered.wait()
            if not self._answers:
                raise _Stopped
            return self._answers[0]


def _joined(last: Event, event: Event) -> Event | None:
    """The two events as one, or None when both are needed."""
    if isinstance(last, TextWritten) and isinstance(event, TextWritten) and last.section_id == event.section_id:
        return replace(last, text=last.text + event.text, tokens=last.tokens + event.tokens)
    if isinstance(last, StepDrafted) and isinstance(event, StepDrafted) and last.number == event.number:
        return event
    newest_counts = type(last) is type(event) and isinstance(event, ModelLoading | PromptProgress | RewriteGrew)
    return event if newest_counts else None
