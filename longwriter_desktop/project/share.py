"""Whether the disk that a document lies on knows locks; some shares and some file systems in user space do not."""

import contextlib
import errno
import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

if sys.platform != "win32":
    import fcntl

_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL}
_Result = TypeVar("_Result")


def with_or_without_locks(folder: Path, access: Callable[[bool], _Result]) -> tuple[_Result, bool]:
    """What ``access(locks)`` gives, tried with SQLite's own locks and, where ``folder`` has none, without.

    The second value says whether there were locks. Raises what ``access`` raises; on a disk that does have
    locks it is called once.
    """
    try:
        return access(True), True
    except sqlite3.OperationalError as error:
        if int(getattr(error, "sqlite_errorcode", 0)) & 0xFF not in (
            sqlite3.SQLITE_BUSY,  # what SQLite makes of ENOLCK
            sqlite3.SQLITE_IOERR,  # and of what it does not know
        ) or has_locks(folder):
            raise
    return access(False), False


def has_locks(folder: Path) -> bool:
    """Whether a file in ``folder`` can be locked. Tried on a file of its own, which is gone afterwards.

    Not on the document: closing it would drop the locks that another connection of this process has on it
    (POSIX). Where no file can be made to try it on, the answer is yes, and on Windows always.
    """
    if sys.platform == "win32":
        return True
    try:
        descriptor, name = tempfile.mkstemp(prefix=".longwriter-", suffix=".tmp", dir=folder)
    except OSError:
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            Path(name).unlink()
    return True
