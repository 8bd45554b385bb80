"""The downloads of the window: one after another on a thread of their own, with how far each is for whoever looks."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from longwriter_desktop.errors import DownloadPaused, LongWriterError
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download import DownloadProgress
from longwriter_desktop.ui.models.model_rows import Stage, Transfer

log = logging.getLogger(__name__)

REFRESH_MS = 250


class Fetcher(Protocol):
    """Fetches files of models; called on the downloads' own thread. See models.download for what is raised."""

    def fetch(
        self,
        entry: ModelEntry,
        on_progress: Callable[[DownloadProgress], None],
        stop: threading.Event,
        token: str | None,
    ) -> Path: ...

    def discard(self, entry: ModelEntry) -> None: ...

    def kept_bytes(self, entry: ModelEntry) -> int: ...


@dataclass(slots=True)
class _Run:
    """The one download that goes on now. ``discard``: what has come is to be deleted when it has stopped."""

    entry: ModelEntry
    stop: threading.Event
    newest: DownloadProgress | None = None
    discard: bool = False
    kept_bytes: int = 0
    """What is on the disk of it, once it has ended without its file."""


class DownloadWatch(QObject):
    """Starts, pauses and cancels downloads. All methods are called on the main thread, where all signals arrive."""

    changed = Signal()  # some download is further, or was begun or ended
    finished = Signal(object, object)  # a file is here, whole and verified; its ModelEntry, its path
    failed = Signal(object, object)  # a download stopped by itself; its ModelEntry, the LongWriterError
    _ended = Signal(object, object)  # on the downloads' thread: the run, and the path or the exception
    _not_discarded = Signal(object, object, object)  # on the downloads' thread: an entry, why, and its bytes

    def __init__(self, fetcher: Fetcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetcher = fetcher
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="download")
        self._closed = False
        self._run: _Run | None = None
        self._waiting: list[ModelEntry] = []
        self._transfers: dict[str, Transfer] = {}
        self._tokens: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._look)
        self._ended.connect(self._run_ended)
        self._not_discarded.connect(self._part_stays)

    # -- looking -------------------------------------------------------------------------------------

    @property
    def transfers(self) -> dict[str, Transfer]:
        """How far each download is that goes on, waits, is paused or has stopped, by the name of its entry."""
        return dict(self._transfers)

    @property
    def current(self) -> tuple[ModelEntry, Transfer] | None:
        """The one that goes on now."""
        if self._run is None or self._run.entry.name not in self._transfers:
            return None
        return self._run.entry, self._transfers[self._run.entry.name]

    @property
    def is_running(self) -> bool:
        """Whether something is downloaded now or waits for its turn."""
        return any(each.is_running for each in self._transfers.values())

    # -- doing ---------------------------------------------------------------------------------------

    def show_paused(self, name: str, done_bytes: int, total_bytes: int) -> None:
        """A download of an earlier day that can be gone on with."""
        if name not in self._transfers:
            self._transfers[name] = Transfer("paused", done_bytes, total_bytes)
            self.changed.emit()

    def start(self, entry: ModelEntry, token: str | None = None) -> None:
        """Begins a download, or goes on with it; after the one that goes on now.

        ``token`` is for this entry, and is used until the app ends.
        """
        if token is not None:
            self._tokens[entry.name] = token
        before = self._transfers.get(entry.name)
        if before is not None and before.is_running:
            return
        known = before or Transfer("paused", 0, entry.size_bytes)
        self._transfers[entry.name] = replace(
            known, stage="waiting", bytes_per_second=0.0, seconds_left=None, problem=""
        )
        self._waiting.append(entry)
        self._next()
        self.changed.emit()

    def pause(self, name: str) -> None:
        """Stops a download; what has come is kept."""
        self._stop(name, discard=False)

    def cancel(self, entry: ModelEntry) -> None:
        """Stops a download, paused or not, and deletes what has come."""
        if self._run is not None and self._run.entry.name == entry.name:
            self._stop(entry.name, discard=True)
            return
        self._waiting = [each for each in self._waiting if each.name != entry.name]
        self._transfers.pop(entry.name, None)
        self._pool.submit(self._discard, entry)
        self.changed.emit()

    def withdraw(self, name: str) -> None:
        """Takes back a download that has stopped before it began; what had come on an earlier day is paused."""
        before = self._transfers.pop(name, None)
        if before is not None and before.done_bytes:
            self._transfers[name] = Transfer("paused", before.done_bytes, before.total_bytes)
        self.changed.emit()

    def close(self) -> None:
        """Stops what goes on, keeps what has come, and ends the thread."""
        self._closed = True
        self._timer.stop()
        self._waiting.clear()
        run = self._run
        if run is not None:
            run.stop.set()
        self._pool.shutdown(wait=True)
        if run is not None and run.discard:
            self._discard(run.entry)

    def _stop(self, name: str, *, discard: bool) -> None:
        self._waiting = [each for each in self._waiting if each.name != name]
        if self._run is not None and self._run.entry.name == name:
            self._run.discard = discard
            self._run.stop.set()
        before = self._transfers.get(name)
        if discard:
            self._transfers.pop(name, None)
        elif before is not None and before.is_running:
            done = before.total_bytes if before.stage == "verifying" else before.done_bytes
            self._transfers[name] = Transfer("paused", done, before.total_bytes)
        self.changed.emit()

    def _next(self) -> None:
        if self._run is not None or not self._waiting:
            return
        entry = self._waiting.pop(0)
        self._run = _Run(entry, threading.Event())
        self._transfers[entry.name] = replace(self._transfers[entry.name], stage="asking")
        self._timer.start()
        self._pool.submit(self._work, self._run)

    def _look(self) -> None:
        """Takes over what the thread has reported: a few times a second is enough for numbers that people read."""
        run = self._run
        if run is None or run.newest is None or run.stop.is_set():
            return
        newest, before = run.newest, self._transfers[run.entry.name]
        knows = newest.phase != "asking" or newest.done_bytes
        self._transfers[run.entry.name] = Transfer(
            "downloading" if newest.phase == "done" else newest.phase,
            newest.done_bytes if knows else before.done_bytes,  # Before the hub has answered, what was there before.
            newest.total_bytes or before.total_bytes or run.entry.size_bytes,
            newest.bytes_per_second,
            newest.seconds_left,
        )
        self.changed.emit()

    def _run_ended(self, run: _Run, outcome: Path | Exception) -> None:
        if self._closed:
            return
        self._run = None
        self._timer.stop()
        name = run.entry.name
        waits_again = any(each.name == name for each in self._waiting)
        if isinstance(outcome, Path):
            self._transfers.pop(name, None)
            self._waiting = [each for each in self._waiting if each.name != name]
            self.finished.emit(run.entry, outcome)
        elif run.discard:
            self._pool.submit(self._discard, run.entry)
        elif not isinstance(outcome, DownloadPaused):
            self._show_failure(run, outcome)
        elif not waits_again:
            self._transfers[name] = self._how_it_ended(run, "paused")
        self._next()
        self.changed.emit()

    def _show_failure(self, run: _Run, outcome: Exception) -> None:
        known = isinstance(outcome, LongWriterError)
        bug = self.tr(
            "The download of {title} stopped; this is a fault of the app. What has come is kept. Try again, or report "
            "what the log says."
        )
        problem = outcome if known else LongWriterError(bug.format(title=run.entry.title))
        self._transfers[run.entry.name] = self._how_it_ended(run, "failed", str(problem))
        self.failed.emit(run.entry, problem)

    def _how_it_ended(self, run: _Run, stage: Stage, problem: str = "") -> Transfer:
        """A run that has ended, with the amount that is on the disk."""
        before = self._transfers.get(run.entry.name)
        known = before.total_bytes if before is not None else run.entry.size_bytes
        total = (run.newest.total_bytes if run.newest is not None else 0) or known
        return Transfer(stage, run.kept_bytes, total, problem=problem)

    def _part_stays(self, entry: ModelEntry, problem: LongWriterError, kept_bytes: int) -> None:
        """What has come could not be deleted: so it is still shown, with the reason."""
        if self._closed:
            return
        total = max(entry.size_bytes, kept_bytes)
        self._transfers.setdefault(entry.name, Transfer("failed", kept_bytes, total, problem=str(problem)))
        self.failed.emit(entry, problem)
        self.changed.emit()

    # -- on the downloads' thread ---------------------------------------------------------------------

    def _work(self, run: _Run) -> None:
        def note(progress: DownloadProgress) -> None:
            run.newest = progress

        outcome: Path | Exception
        try:
            outcome = self._fetcher.fetch(run.entry, note, run.stop, self._tokens.get(run.entry.name))
        except LongWriterError as problem:
            outcome = problem
        except Exception as bug:
            log.exception("a download failed")
            outcome = bug
        if not isinstance(outcome, Path):
            run.kept_bytes = self._fetcher.kept_bytes(run.entry)
        self._ended.emit(run, outcome)

    def _discard(self, entry: ModelEntry) -> None:
        try:
            self._fetcher.discard(entry)
        except LongWriterError as problem:
            self._not_discarded.emit(entry, problem, self._fetcher.kept_bytes(entry))
        except Exception:
            log.exception("what had come of a download was not deleted")
            told = self.tr(
                "What has come of {title} could not be deleted; this is a fault of the app. Try again, or report what "
                "the log says."
            )
            bug = LongWriterError(told.format(title=entry.title))
            self._not_discarded.emit(entry, bug, self._fetcher.kept_bytes(entry))
