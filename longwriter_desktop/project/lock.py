"""One writer at a time: the lock that a window or a command has on its document while it is open for writing.

The lock is the operating system's, on an empty file in the app's own folder. So a process that has died holds
none, nothing lies beside the document, and a share that knows no locks makes no difference. It is found by the
document's real path. What it cannot see is another computer, or another user of this one: what those save is
noticed by `store`, which then refuses to write over it (`ChangedElsewhere`).
"""

import contextlib
import hashlib
import json
import os
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from longwriter_desktop.errors import OpenElsewhere
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

Program = Literal["window", "command line"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a document open. ``since`` is in Unix seconds, by the clock of that moment."""

    program: str
    process: int
    since: float

    @property
    def words(self) -> str:
        """For a person: "another window (process 4711, since 2025-03-01 14:02)"."""
        which = "another window" if self.program == "window" else "a command line"
        at = datetime.fromtimestamp(self.since)  # noqa: DTZ006 - a person reads local time
        return f"{which} (process {self.process}, since {at:%Y-%m-%d %H:%M})"


class DocumentLock:
    """A lock that is held until `release`. Where there are no locks, ``reason`` says why, and nothing is held.

    ``left_by`` is whoever held it before and ended without letting it go: killed, crashed, or the power failed.
    """

    def __init__(self, lock: FileLock | None, note: Path, reason: str = "", left_by: Holder | None = None) -> None:
        self._lock = lock
        self._note = note
        self.reason = reason
        self.left_by = left_by

    @property
    def held(self) -> bool:
        return self._lock is not None

    def release(self) -> None:
        """Lets the document go. May be called again."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        _unlink(self._note)
        if os.name != "nt":
            # Somebody who has opened the file already sees, once it is theirs, that it has gone, and begins anew.
            _unlink(Path(lock.lock_file))
        with contextlib.suppress(OSError):  # the process's end lets go of what the system does not
            lock.release()


class DocumentLocks:
    """The locks of all documents that are open on this computer for this user.

    ``clock`` gives Unix seconds, for the words about who holds a lock and nothing else.
    """

    def __init__(self, paths: AppPaths, clock: Callable[[], float] = time.time) -> None:
        self._folder = paths.data / "locks"
        self._clock = clock

    def take(self, path: Path, program: Program) -> DocumentLock:
        """Locks the document at ``path``, which need not exist yet.

        Raises `OpenElsewhere` when another window or command line has it. Where the system has no locks
        to give, the lock that comes back is not held and says why: work goes on without.
        """
        name = self._folder / _key(path)
        note = name.with_suffix(".json")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = FileLock(name.with_suffix(".lock"), mode=0o600, thread_local=False, fallback_to_soft=False)
            lock.acquire(blocking=False)
        except Timeout:
            holder = _read(note)
            who = holder.words if holder is not None else "another window or command line"
            raise OpenElsewhere(
                f"“{path}” is open in {who}, which may change it. Nothing was changed here. "
                "Close it there and try again, or work on a copy."
            ) from None
        except OSError as error:
            return DocumentLock(None, note, error.strerror or str(error))
        left_by = _read(note)
        with contextlib.suppress(OSError):  # the note is for the person; the lock holds without it
            replace_file(note, json.dumps([program, os.getpid(), self._clock()]).encode("ascii"))
        return DocumentLock(lock, note, left_by=left_by)

    def is_held(self, path: Path) -> bool:
        """Whether a window or command line, this process's own too, has the document open for writing."""
        lock_file = (self._folder / _key(path)).with_suffix(".lock")
        if not lock_file.exists():
            return False
        lock = FileLock(lock_file, mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return True
        except OSError:
            return False
        lock.release()
        return False


def _key(path: Path) -> str:
    """A name made of the real path; where names that differ in case are one file, in lower case."""
    real = os.path.realpath(path)
    if sys.platform in ("darwin", "win32"):
        real = unicodedata.normalize("NFC", real).casefold()
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:32]


def _read(note: Path) -> Holder | None:
    try:
        match json.loads(note.read_bytes()):
            case [str(program), int(process), float() | int() as since]:
                datetime.fromtimestamp(since)  # noqa: DTZ006 - only whether it is a time at all
                return Holder(program, process, float(since))
    except (OSError, ValueError, OverflowError, RecursionError):
        pass
    return None


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
