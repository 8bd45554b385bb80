"""Work that takes longer than a frame, on a thread of its own: reading headers, hashing, copying, a trial."""

import contextlib
import logging
import queue
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.ui.translation import translate

log = logging.getLogger(__name__)

BUNDLE_MS = 33
"""How often what the work reports is taken. One signal a token would hold the window up."""

Report = Callable[[object], None]
Work = Callable[[Report, threading.Event], object]
"""Does something on another thread: is given a way to report and an event that is set when it is to stop."""


class Errands:
    """Does short things one after another on one thread."""

    def __init__(self, name: str) -> None:
        """``name`` is the thread's."""
        self._waiting: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._closed = False
        # It must not keep the app from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def do(self, work: Callable[[], None]) -> None:
        """Has ``work`` done after what waits already; it must not raise."""
        self._waiting.put(work)

    def close(self, wait_s: float) -> None:
        """Nothing more is begun. Waits up to ``wait_s`` seconds for what goes on."""
        self._closed = True
        self._waiting.put(None)
        self._thread.join(wait_s)

    def _run(self) -> None:
        while (work := self._waiting.get()) is not None and not self._closed:
            work()


class Background(QObject):
    """Does one piece of work at a time for a widget. All signals come on the main thread.

    Whatever an earlier piece still says is dropped, and after `close` nothing is said any more.
    """

    reported = Signal(object)  # about every 33 ms while there is something; a list of what was reported, oldest first
    done = Signal(object)  # the work has ended by itself; what it returned
    failed = Signal(str)  # the work has ended with a problem; the sentence for the person
    busy_changed = Signal(bool)  # work begins or has ended
    _ended = Signal(
        int, object, str
    )  # on the other thread: which piece of work, its result, the sentence when it failed

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """``name`` is the thread's, and what the log calls it."""
        super().__init__(parent)
        self._name = name
        self._number = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._reports: list[object] = []
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(BUNDLE_MS)
        self._timer.timeout.connect(self._take)
        self._ended.connect(self._work_ended)

    @property
    def is_busy(self) -> bool:
        """Whether work goes on, whose result is still wanted."""
        return self._timer.isActive()

    def start(self, work: Work) -> None:
        """Begins ``work``; work that goes on is asked to stop and no longer listened to."""
        self._stop.set()
        was_busy = self.is_busy
        self._number += 1
        self._stop = threading.Event()
        with self._lock:
            self._reports = []
        # It must not keep the app from ending: whatever it does is safe to be cut off.
        self._thread = threading.Thread(
            target=self._run, args=(work, self._number, self._stop), name=self._name, daemon=True
        )
        self._timer.start()
        self._thread.start()
        if not was_busy:
            self.busy_changed.emit(True)

    def stop(self) -> None:
        """Asks the work to stop; `done` or `failed` follows when it has."""
        self._stop.set()

    def forget(self) -> None:
        """Stops the work, and what it still says is not wanted any more: neither `done` nor `failed` follows."""
        self._stop.set()
        self._number += 1
        if self.is_busy:
            self._timer.stop()
            self.busy_changed.emit(False)

    def close(self, wait_s: float = 0.0) -> None:
        """Stops, and says nothing more, ever. Waits up to ``wait_s`` seconds for the work to have ended."""
        self._stop.set()
        self._timer.stop()
        with self._lock:
            self._closed = True
        if self._thread is not None and wait_s:
            self._thread.join(wait_s)

    def _take(self) -> None:
        with self._lock:
            taken, self._reports = self._reports, []
        if taken:
            self.reported.emit(taken)

    def _work_ended(self, number: int, result: object, problem: str) -> None:
        if number != self._number or self._closed:
            return
        self._take()
        self._timer.stop()
        self.busy_changed.emit(False)
        if problem:
            self.failed.emit(problem)
        else:
            self.done.emit(result)

    # -- on the other thread -----------------------------------------------------------------------

    def _run(self, work: Work, number: int, stop: threading.Event) -> None:
        result, problem = None, ""
        try:
            result = work(lambda report: self._report(number, report), stop)
        except LongWriterError as error:
            problem = str(error)
        except Exception:
            log.exception("%s failed", self._name)
            problem = translate(
                "Background",
                "Something went wrong; this is a fault of the app. Nothing of yours was changed. Try it again.",
            )
        with self._lock, contextlib.suppress(RuntimeError):  # RuntimeError: Qt has been taken down already.
            if not self._closed:
                self._ended.emit(number, result, problem)

    def _report(self, number: int, report: object) -> None:
        with self._lock:
            if number == self._number and not self._closed:
                self._reports.append(report)
