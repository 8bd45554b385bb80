"""Backing up the document in hand, on a thread of its own: nothing waits for it, and no failure stops work."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project.backups import Backups
from longwriter_desktop.project.store import Project

_log = logging.getLogger(__name__)
_PATIENCE_S = 10.0
"""How long closing waits for a disk that does not answer. What is half copied then is swept away later."""

_Job = Callable[[], None]


class BackingUp:
    """Backs up one project after another: when its file is opened, by time while it is saved, and at the end.

    ``on_failed(error)`` is called on the thread, once until a backup succeeds again. ``clock`` gives seconds that
    only go on, whatever happens to the time of day.
    """

    def __init__(
        self,
        backups: Backups,
        on_failed: Callable[[LongWriterError], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._backups = backups
        self._on_failed = on_failed
        self._clock = clock
        self._due = 0.0
        self._told = False
        self._project: Project | None = None
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        # A daemon: a backup that hangs on its disk must not keep the app from ending. Its document is saved.
        self._thread = threading.Thread(target=self._run, name="backups", daemon=True)
        self._thread.start()

    @property
    def project(self) -> Project | None:
        """The one that is backed up now."""
        return self._project

    def begin(self, project: Project) -> "Future[bool]":
        """Backs up ``project`` from now on, first as its file is. The result says whether there is a copy of that."""
        self._project = project
        self._due = self._clock() + self._backups.every_s
        return self._backed_up(project)

    def document_saved(self) -> None:
        """To be called after each save, from one thread; returns at once."""
        if self._project is not None and self._backups.every_s and self._clock() >= self._due:
            self._due = self._clock() + self._backups.every_s
            self._backed_up(self._project)

    def now(self, after: Callable[[], object] | None = None) -> "Future[bool]":
        """Backs up what the file holds; the result says whether there is a copy of it then.

        ``after`` is called on the thread first, to wait for a save, say.
        """
        return self._backed_up(self._project, after)

    def end(self) -> None:
        """Backs up what was saved last, and then that project no more; returns at once."""
        if self._project is not None:
            self._backed_up(self._project)
        self._project = None

    def close(self) -> None:
        """Waits, for some seconds at most, until all is backed up, and ends the thread. May be called again."""
        self.end()
        self._jobs.put(None)
        self._thread.join(_PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _backed_up(self, project: Project | None, after: Callable[[], object] | None = None) -> "Future[bool]":
        result: Future[bool] = Future()
        self._jobs.put(lambda: result.set_result(self._back_up(project, after)))
        return result

    # -- on the thread -----------------------------------------------------------------------------

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _back_up(self, project: Project | None, after: Callable[[], object] | None) -> bool:
        if project is None:
            return False
        try:
            if after is not None:
                after()
            self._backups.make(project)
        except LongWriterError as problem:
            self._tell(problem)
            return False
        except Exception as error:  # a fault of ours in here must not cost the person their work
            _log.exception("backing up failed")
            self._tell(LongWriterError(f"No backup could be made; this is a fault of the app ({error!r})."))
            return False
        self._told = False
        return True

    def _tell(self, problem: LongWriterError) -> None:
        if not self._told:
            self._told = True
            _log.warning("no backup was made: %s", type(problem.__cause__ or problem).__name__)
            self._on_failed(problem)
