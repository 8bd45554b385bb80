"""Opening a document off the main thread: a disk that takes its time, or never answers, does not stop the window."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.errors import LongWriterError, NotWritable, OpenElsewhere, ProjectProblem
from longwriter_desktop.project import json_form, salvage
from longwriter_desktop.project.salvage import Salvaged
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.translation import translate

log = logging.getLogger(__name__)

PATIENCE_S = 0.1
"""How long the window waits for a disk before it says that it waits. Most documents are open by then."""


@dataclass(eq=False)
class _Job:
    """One document that is being read; what has become of it is in one of the last three.

    A project is always either handed over or closed: whichever thread comes second sees to that.
    """

    path: Path
    done: threading.Event = field(default_factory=threading.Event)
    problem: LongWriterError | None = None
    salvaged: Salvaged | None = None
    _project: Project | None = None
    _is_wanted: bool = True
    _handing: threading.Lock = field(default_factory=threading.Lock)

    def bring(self, project: Project) -> None:
        """On the reading thread: the document is open. Where nobody wants it any more it is closed at once."""
        with self._handing:
            if self._is_wanted:
                self._project = project
                return
        project.close()

    def take(self) -> Project | None:
        """The open document, once; whoever takes it is to close it."""
        with self._handing:
            project, self._project = self._project, None
            return project

    def give_up(self) -> None:
        """Nobody waits for the document any more."""
        with self._handing:
            self._is_wanted = False
        if (project := self.take()) is not None:
            project.close()


class Opening(QObject):
    """Reads one document at a time. A document that comes after it was cancelled is closed again."""

    opened = Signal(object)  # the file is open; its Project, whose owner is whoever hears this
    noticed = Signal(object)  # it takes its time, or it could not be opened; a Notice
    _read = Signal(object)  # on the reading thread; a _Job

    def __init__(self, file: DocumentFile, patience_s: float = PATIENCE_S, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._patience_s = patience_s
        self._job: _Job | None = None
        self._is_closed = False
        self.offers: Callable[[Path], tuple[NoticeAction, ...]] = lambda _path: ()
        """What else to offer for a document that could not be opened, such as its backups."""
        self._read.connect(self._arrived)

    @property
    def is_going_on(self) -> bool:
        return self._job is not None

    def open(self, path: Path) -> None:
        """Opens a document for writing, one that was exported as JSON as a new one.

        `opened` or `noticed` follows, at once where the disk is quick. One that is being opened already goes on.
        """
        if self._job is not None and self._job.path == path:
            return
        read = self._file.read_json if path.suffix.lower() == json_form.SUFFIX else self._file.read
        self._start(path, lambda: read(path))

    def open_for_reading(self, path: Path) -> None:
        """Opens a document for reading only."""
        self._start(path, lambda: self._file.read(path, read_only=True))

    def open_copy(self, path: Path) -> None:
        """Makes a copy of a document and opens that."""
        self._start(path, lambda: self._file.copy_of(path))

    def open_made(self, path: Path, make: Callable[[], Path]) -> None:
        """Opens the document that ``make`` makes and gives the path of; ``path`` is what it is called meanwhile."""
        if self._job is None or self._job.path != path:
            self._start(path, lambda: self._file.read(make()))

    def _start(self, path: Path, read: Callable[[], Project]) -> None:
        if self._is_closed:
            return
        self.cancel()
        job = _Job(path)
        self._job = job
        # A daemon: a disk that never answers must not keep the app from ending, and nothing is lost by reading.
        threading.Thread(target=self._work, args=(job, read), name="opening", daemon=True).start()
        if job.done.wait(self._patience_s):
            self._arrived(job)
        else:
            cancel = NoticeAction(self.tr("Cancel"), self.cancel)
            told = self.tr("“{name}” is being opened. Its disk takes its time.").format(name=path.name)
            self.noticed.emit(Notice(told, "problem", (cancel,)))

    def cancel(self) -> None:
        """Does without what is being opened."""
        job, self._job = self._job, None
        if job is not None:
            job.give_up()

    def close(self) -> None:
        """The window goes: what is being opened is closed as soon as it is there, and nothing is opened any more."""
        self._is_closed = True
        self.cancel()

    def _work(self, job: _Job, read: Callable[[], Project]) -> None:
        try:
            job.bring(read())
        except LongWriterError as problem:
            job.problem = problem
            job.salvaged = _salvaged(job.path, problem)
        except Exception:
            log.exception("opening a document failed")
            told = translate(
                "Opening", "“{path}” could not be opened; this is a fault of the app. Details are in the log."
            )
            job.problem = ProjectProblem(told.format(path=job.path))
        job.done.set()
        try:
            self._read.emit(job)
        except RuntimeError:  # The window has gone meanwhile.
            job.give_up()

    def _arrived(self, job: _Job) -> None:
        """On the main thread, twice for a quick disk."""
        if job is not self._job:
            return
        self._job = None
        if (project := job.take()) is not None:
            self.opened.emit(project)
        elif job.problem is not None:
            actions = self._instead(job.path, job.problem)
            if job.salvaged is None:
                self.noticed.emit(Notice(str(job.problem), "problem", actions))
            else:
                take = NoticeAction(self.tr("Open what can be read as a copy"), lambda: self._open_salvaged(job))
                self.noticed.emit(Notice(f"{job.problem} {job.salvaged.sentence}", "problem", (take, *actions)))

    def _open_salvaged(self, job: _Job) -> None:
        found = job.salvaged
        if found is not None:
            self._start(job.path, lambda: self._file.salvaged_copy(job.path, found.document))

    def _instead(self, path: Path, problem: LongWriterError) -> tuple[NoticeAction, ...]:
        """What can be done with a document that could not be opened for writing."""
        if not isinstance(problem, OpenElsewhere | NotWritable):
            return self.offers(path)
        return (
            NoticeAction(self.tr("Open for reading only"), lambda: self.open_for_reading(path)),
            NoticeAction(self.tr("Open a copy"), lambda: self.open_copy(path)),
        )


def _salvaged(path: Path, refusal: LongWriterError) -> Salvaged | None:
    """What can still be read of a damaged file. Without it the refusal is told all the same."""
    try:
        return salvage.offer(path, refusal)
    except Exception:
        log.exception("salvaging a document failed")
        return None
