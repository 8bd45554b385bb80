"""Putting text into the recovery file when it is not in its own file in time, on a thread of its own.

Whatever the reason: the disk is full, the folder has gone, or the disk does not answer and the saving thread
hangs in it. A person who types loses no more than a second of it.
"""

import logging
import threading
import time
from collections.abc import Callable

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.project.recovery import RecoveryFile

_log = logging.getLogger(__name__)
_PATIENCE_S = 10.0
"""How long closing waits for the disk of the app's own folder."""


class Safekeeping:
    """Keeps what is not saved ``within_s`` seconds after it was handed in; takes it away once it is saved.

    `Autosave` tells it what happens. ``on_kept(problem)`` is called on the keeping thread after each time that
    text was kept, with None, or could not be kept either, with the reason.
    """

    def __init__(self, file: RecoveryFile, on_kept: Callable[[Exception | None], None], within_s: float = 0.8) -> None:
        self._file = file
        self._on_kept = on_kept
        self._within_s = within_s
        self._changed = threading.Condition()
        # All of these are guarded by _changed. Times are in seconds of time.monotonic.
        self._unsaved: Document | None = None
        self._unkept_since: float | None = None  # the first change that is neither saved nor kept
        self._untaken_since: float | None = None  # the first change after the saving thread took a document
        self._closing = False
        self._discarding = False
        self._thread = threading.Thread(target=self._run, name="safekeeping")
        self._thread.start()

    def changed(self, document: Document) -> None:
        """Takes note of the newest document; returns at once."""
        now = time.monotonic()
        with self._changed:
            self._unsaved = document
            if self._untaken_since is None:
                self._untaken_since = now
            if self._unkept_since is None:
                self._unkept_since = now
                self._changed.notify_all()

    def taken(self) -> None:
        """The newest document is being saved."""
        with self._changed:
            self._untaken_since = None

    def saved(self, document: Document) -> None:
        """``document`` is on the disk."""
        with self._changed:
            if self._unsaved is not document:
                if self._unkept_since is not None and self._untaken_since is not None:
                    self._unkept_since = max(self._unkept_since, self._untaken_since)
                return
            self._unsaved = self._unkept_since = None
        if self._file.exists:
            self._remove_if_saved()

    def discard(self) -> None:
        """What is not saved is not wanted any more, and is not to be kept either."""
        with self._changed:
            self._discarding = True
            self._unsaved = self._unkept_since = None

    def close(self) -> None:
        """Keeps what is left unsaved, for the next start to offer, and ends the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join(_PATIENCE_S)

    # -- on the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        self._file.reserve()
        while True:
            with self._changed:
                self._wait_until_due()
                document, closing = self._unsaved, self._closing
                unkept = self._unkept_since is not None
                self._unkept_since = None
            if document is not None and unkept:
                self._keep(document)
            if closing:
                break
        if self._discarding:
            self._file.remove()
        else:
            self._file.leave()

    def _wait_until_due(self) -> None:
        while not self._closing:
            rest = None
            if self._unkept_since is not None:
                rest = self._unkept_since + self._within_s - time.monotonic()
                if rest <= 0:
                    return
            self._changed.wait(rest)

    def _keep(self, document: Document) -> None:
        problem: Exception | None = None
        try:
            self._file.keep(document)
        except (ProjectProblem, OSError) as error:
            problem = error
        except Exception as error:  # a bug of ours must reach the person too: text is not safe
            _log.exception("text could not be kept")
            problem = error
        self._remove_if_saved()
        try:
            self._on_kept(problem)
        except Exception:
            _log.exception("what follows the keeping failed")  # the next text must be kept all the same

    def _remove_if_saved(self) -> None:
        """Text may be saved while it is being kept: whichever ends last takes it away."""
        with self._changed:
            saved = self._unsaved is None
        if saved:
            self._file.remove()
