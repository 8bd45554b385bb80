"""Saving the document as it changes, on a thread of its own, so that nothing waits for the disk."""

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project

_log = logging.getLogger(__name__)


class Autosave:
    """Saves a project within ``interval_s`` seconds of a change, also under a stream of changes.

    ``on_saved(document)`` and ``on_failed(error)`` are called on the saving thread. After a failure
    the newest document is kept and saved at the next change or `flush`, and by itself every
    ``retry_s`` seconds; ``on_failed`` is not called again for the same trouble met by itself. With
    ``safekeeping``, what is not on the disk in time is kept in a recovery file meanwhile.

    The thread is no daemon: `close` saves what is left and ends it. If the main thread ends without
    that (an error at the top, say), the thread notices, saves what is left and ends too.
    """

    def __init__(
        self,
        project: Project,
        on_saved: Callable[[Document], None],
        on_failed: Callable[[Exception], None],
        interval_s: float = 0.5,
        retry_s: float = 5.0,
        safekeeping: Safekeeping | None = None,
    ) -> None:
        self._project = project
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._interval_s = interval_s
        self._retry_s = retry_s
        self._safekeeping = safekeeping
        self._changed = threading.Condition()
        # All of these are guarded by _changed.
        self._unsaved: Document | None = None
        self._waiting = False  # a change has come since the last attempt began
        self._saving = False
        self._due = 0.0  # when to save at the latest, in seconds of time.monotonic
        self._handed = 0  # how many documents have been handed in
        self._safe = 0  # how many of them are on the disk, or older than one that is
        self._tried = 0  # how many of them were there at the last attempt
        self._attempts = 0
        self._asked = False  # somebody waits in flush
        self._closing = False
        self._abandoned = False
        self._saving_since: float | None = None
        self._problem: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="autosave")
        self._thread.start()

    @property
    def problem(self) -> Exception | None:
        """Why the newest document is not on the disk; None when it is, or has not been tried yet."""
        return self._problem

    def document_changed(self, document: Document) -> None:
        """Takes note of the newest document; returns at once. To be called from any thread."""
        with self._changed:
            if self._closing:
                raise RuntimeError("the document changed after its autosave was closed")
            if not self._waiting:
                self._waiting = True
                due = time.monotonic() + self._interval_s
                self._due = due if self._unsaved is None or self._saving else min(due, self._due)
                self._changed.notify_all()
            self._unsaved = document
            self._handed += 1
            if self._safekeeping is not None:
                self._safekeeping.changed(document)

    @property
    def waits_for_disk_s(self) -> float:
        """How long the saving that goes on now has taken, in seconds; 0.0 when none does."""
        since = self._saving_since
        return 0.0 if since is None else time.monotonic() - since

    def save_soon(self) -> None:
        """Saves now what is not saved; returns at once."""
        with self._changed:
            if self._unsaved is not None:
                self._asked = True
                self._changed.notify_all()

    def flush(self, timeout_s: float) -> bool:
        """Saves now; True when everything handed in before this call is on the disk.

        False after a failed attempt (see `problem`) or after ``timeout_s`` seconds.
        """
        with self._changed:
            handed = self._handed
            if self._safe >= handed or threading.current_thread() is self._thread:
                return self._safe >= handed
            attempts = self._attempts
            self._asked = True
            self._changed.notify_all()

            def decided() -> bool:
                tried_since = self._attempts > attempts and self._tried >= handed
                return self._safe >= handed or tried_since or not self._thread.is_alive()

            self._changed.wait_for(decided, timeout_s)
            return self._safe >= handed

    def close(self) -> bool:
        """Saves what is left and ends the thread; True when everything is on the disk. May be called again.

        What could not be saved stays in the recovery file.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join()
        return self._safe >= self._handed

    def abandon(self, *, keep: bool) -> None:
        """Ends without saving what is left, and without waiting for a disk that may not answer.

        What is not saved stays in the recovery file with ``keep``, and is given up without. The project is
        closed as soon as nothing uses it any more.
        """
        if self._safekeeping is not None:
            if not keep:
                self._safekeeping.discard()
            self._safekeeping.close()
        with self._changed:
            self._unsaved = None
            self._abandoned = self._closing = True
            self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- on the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            with self._changed:
                self._wait_until_due()
                document, handed, ending = self._unsaved, self._handed, self._ending()
                by_itself = not (self._asked or self._waiting or ending)
                self._asked = self._waiting = False
                self._saving = document is not None
                if self._safekeeping is not None:
                    self._safekeeping.taken()
            if document is not None:
                self._save(document, handed, by_itself)
            if ending:
                break
        if self._safekeeping is not None:
            self._safekeeping.close()
        if self._abandoned:
            self._project.close()

    def _ending(self) -> bool:
        return self._closing or not threading.main_thread().is_alive()

    def _wait_until_due(self) -> None:
        while not (self._asked or self._ending()):
            rest = 1.0  # how soon the end of the main thread is noticed, in seconds
            if self._unsaved is not None:
                rest = min(rest, self._due - time.monotonic())
            if rest <= 0:
                return
            self._changed.wait(rest)

    def _save(self, document: Document, handed: int, by_itself: bool) -> None:
        problem: Exception | None = None
        self._saving_since = time.monotonic()
        try:
            self._project.save(document)
        except Exception as error:  # a bug of ours must reach the person too: text is not saved
            problem = error
        self._saving_since = None
        if self._safekeeping is not None and problem is None:
            self._safekeeping.saved(document)
        with self._changed:
            known = by_itself and repr(problem) == repr(self._problem)
            self._problem = problem
            self._saving = False
            self._tried = handed
            self._attempts += 1
            if problem is None:
                self._safe = handed
                if self._unsaved is document:
                    self._unsaved = None
                    self._safe = self._handed
            if self._unsaved is not None and not self._waiting:
                self._due = time.monotonic() + self._retry_s
            self._changed.notify_all()
        try:
            if problem is None:
                self._on_saved(document)
            elif not known:
                self._on_failed(problem)
        except Exception:
            _log.exception("what follows a save failed")  # the next save must come all the same
