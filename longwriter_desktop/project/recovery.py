"""Text that could not be saved: kept in the app's own folder until it could, or until the person says what to do.

A kept text is a document of its own, ``recovery/<random>.longwriter``, and so whole at all times. A note beside
it, ``<random>.json``, says which file it belongs to and in what state that file was. While the window that keeps
it lives, it holds a lock on it (see `lock`); what nobody holds is offered at the next start.
"""

import contextlib
import json
import logging
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLock, DocumentLocks
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.project.store import Project
from longwriter_desktop.safe_write import replace_file

_log = logging.getLogger(__name__)

RESERVE_BYTES = 4_000_000
"""Kept free beforehand on the disk of the app's folder: room for a long document, given up when the disk is full."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """One text that could not be saved. ``at`` is in Unix seconds; ``mark`` as `Project.mark` of its file.

    ``document_path`` is the file that it belongs to, None where that is not known any more.
    """

    file: Path
    title: str
    words: int
    language: str
    document_path: Path | None
    mark: str
    at: float


class Recovery:
    """The folder of the texts that could not be saved."""

    def __init__(self, paths: AppPaths, locks: DocumentLocks) -> None:
        self._paths = paths
        self._locks = locks
        self._folder = paths.data / "recovery"

    def file_for(self, project: Project, clock: Callable[[], float]) -> "RecoveryFile":
        """Where the text of an open document is kept when it cannot be saved. Nothing is made yet."""
        return RecoveryFile(self._folder, self._locks, project, clock)

    @property
    def has_files(self) -> bool:
        """Whether anything is kept at all, by windows that are there too. Looks into the app's own folder alone."""
        try:
            return next(self._folder.glob(f"*{SUFFIX}"), None) is not None
        except OSError:
            return False

    def entries(self) -> list[KeptText]:
        """What was kept by windows and commands that are no longer there, newest first.

        A text that its file holds after all is taken away instead. Looks at the files that the texts belong to,
        whose disks may be slow. Raises nothing.
        """
        try:
            files = [each for each in self._folder.glob(f"*{SUFFIX}") if not self._locks.is_held(each)]
        except OSError:
            return []
        found = [entry for file in files if (entry := _entry(file)) is not None]
        return sorted((each for each in found if not self._is_saved(each)), key=lambda each: each.at, reverse=True)

    def document(self, entry: KeptText) -> Document:
        """The kept text. Raises ProjectProblem when it cannot be read."""
        with Project.open(entry.file, read_only=True) as project:
            return project.document

    def put_back(self, entry: KeptText) -> Path:
        """Puts a kept text where the person finds it, takes it away here, and returns the path of its document.

        Its own file gets it when it still is as it was; otherwise a new one, in the same folder where that can
        be, else in the documents folder, and nothing is overwritten. Raises ProjectProblem; it is kept then.
        """
        document = self.document(entry)
        path = self._into_own_file(entry, document)
        if path is None:
            own = entry.document_path
            stem = f"{entry.title if own is None else own.stem} (recovered)"
            folders = [self._paths.documents] if own is None else [own.parent, self._paths.documents]
            path = _first_that_works(folders, lambda folder: _new_file(folder, stem, document))
        self.discard(entry)
        return path

    def save_as(self, entry: KeptText, path: Path) -> None:
        """Puts a kept text into a new file and takes it away here. Raises ProjectProblem; it is kept then."""
        Project.create(path, self.document(entry)).close()
        self.discard(entry)

    def discard(self, entry: KeptText) -> None:
        """Takes a kept text away for good."""
        _remove(entry.file)

    def _into_own_file(self, entry: KeptText, document: Document) -> Path | None:
        path = entry.document_path
        if path is None or not path.is_file():
            return None
        try:
            lock = self._locks.take(path, "command line")
            try:
                with Project.open(path) as project:
                    if project.mark != entry.mark:
                        return None
                    project.save(document)
            finally:
                lock.release()
        except ProjectProblem:
            return None
        return path

    def _is_saved(self, entry: KeptText) -> bool:
        """Whether the file holds just the kept text: its process ended between saving it and taking it away here."""
        try:
            if entry.document_path is None or not entry.document_path.is_file():
                return False
            with Project.open(entry.document_path, read_only=True) as project:
                saved = project.document == self.document(entry)
        except (ProjectProblem, OSError):
            return False
        if saved:
            self.discard(entry)
        return saved


class RecoveryFile:
    """Where the text of one open document is kept when it cannot be saved. May be used from any thread."""

    def __init__(self, folder: Path, locks: DocumentLocks, project: Project, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._locks = locks
        self._project = project
        self._clock = clock
        self._using = threading.Lock()
        self._kept: Project | None = None
        self._lock: DocumentLock | None = None
        self._noted = ""

    @property
    def exists(self) -> bool:
        """Whether a text is kept now."""
        return self._kept is not None

    def reserve(self) -> None:
        """Keeps room free for the day on which the disk is full. Does nothing where there is none."""
        room = self._folder / "room"
        with contextlib.suppress(OSError):
            if not room.exists() or room.stat().st_size < RESERVE_BYTES:
                _make_private(self._folder)
                replace_file(room, os.urandom(RESERVE_BYTES))  # random: a disk that compresses must not save on it

    def keep(self, document: Document) -> None:
        """Keeps ``document`` in the place of what was kept before. Raises ProjectProblem or OSError."""
        with self._using:
            try:
                self._write(document)
            except (ProjectProblem, OSError):
                room = self._folder / "room"
                if not room.exists():
                    raise
                room.unlink(missing_ok=True)
                self._write(document)

    def remove(self) -> None:
        """Takes away what is kept: it has been saved, or is not wanted."""
        with self._using:
            if self._kept is not None:
                _remove(self._kept.path)
            self._end()

    def leave(self) -> None:
        """Leaves what is kept to be offered at the next start."""
        with self._using:
            self._end()

    def _end(self) -> None:
        if self._kept is not None:
            self._kept.close()
        if self._lock is not None:
            self._lock.release()
        self._kept = self._lock = None
        self._noted = ""

    def _write(self, document: Document) -> None:
        if self._kept is not None and not self._kept.path.exists():
            self._end()  # somebody has emptied the folder
        if self._kept is None:
            self._begin(document)
        else:
            self._note(self._kept.path, document)
            self._kept.save(document)

    def _begin(self, document: Document) -> None:
        _make_private(self._folder)
        path = self._folder / f"{secrets.token_hex(8)}{SUFFIX}"
        lock = self._locks.take(path, "window")
        try:
            self._note(path, document)
            self._kept = Project.create(path, document)
        except BaseException:
            lock.release()
            self._noted = ""
            _remove(path)
            raise
        self._lock = lock

    def _note(self, path: Path, document: Document) -> None:
        """Says in the note which state of the file the text follows; written only when that is another one."""
        if self._noted == self._project.mark:
            return
        note = {
            "path": str(self._project.path),
            "mark": self._project.mark,
            "title": document.title,
            "words": document.words,
            "language": document.language,
            "at": self._clock(),
        }
        replace_file(path.with_suffix(".json"), json.dumps(note).encode("ascii"))
        self._noted = self._project.mark


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def _entry(file: Path) -> KeptText | None:
    """What the note of a kept text says, and the file itself where the note is missing; None for a file in the way."""
    try:
        note = json.loads(file.with_suffix(".json").read_bytes())
    except (OSError, ValueError, RecursionError):
        note = None
    match note:
        case {
            "path": str(path),
            "mark": str(mark),
            "title": str(title),
            "words": int(words),
            "language": str(language),
            "at": float() | int() as at,
        } if path and "\0" not in path:
            return KeptText(file, title or Path(path).stem, words, language, Path(path), mark, float(at))
    try:
        with Project.open(file, read_only=True) as project:
            document = project.document
        at = file.stat().st_mtime
    except (ProjectProblem, OSError):
        return None
    return KeptText(file, document.title or "Document", document.words, document.language, None, "", at)


def _new_file(folder: Path, stem: str, document: Document) -> Path:
    try:
        path = new_document_path(folder, stem)
    except OSError as error:
        raise ProjectProblem(f"The folder {folder} cannot be read: {error.strerror}.") from error
    Project.create(path, document).close()
    return path


def _first_that_works(folders: list[Path], make: Callable[[Path], Path]) -> Path:
    """What ``make`` gives for the first folder where it can; a folder that has gone is not made anew."""
    for folder in folders[:-1]:
        if folder.is_dir():
            with contextlib.suppress(ProjectProblem):
                return make(folder)
    return make(folders[-1])


def _remove(file: Path) -> None:
    for path in (file, Path(f"{file}-journal"), file.with_suffix(".json")):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
