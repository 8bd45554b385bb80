"""What the system says when a file cannot be opened or saved, in words for the person."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Literal

from longwriter_desktop.errors import DamagedProject, NotAProject, ProjectProblem

Doing = Literal["created", "opened", "saved", "brought to the newest format"]

_KEPT: dict[str, str] = {
    "created": "Nothing was left behind.",
    "opened": "The file was not changed.",
    "saved": "The file still holds what was saved before.",
    "brought to the newest format": "The file was not changed.",
}
_SQLITE_CAUSES: dict[int, str] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "denied",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_AUTH: "denied",
    sqlite3.SQLITE_CANTOPEN: "denied",
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_NOTADB: "not a project",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOMEM: "memory",
    sqlite3.SQLITE_TOOBIG: "too big",
}
_OS_CAUSES: dict[int, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too big",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read-only disk",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no folder",
    errno.EEXIST: "exists",
    errno.EISDIR: "folder",
    errno.ENAMETOOLONG: "long name",
    errno.ENOMEM: "memory",
}
_SENTENCES: dict[str, tuple[str, str]] = {
    "full": ("the disk is full", "Make room on the disk and try again, or save it in another place."),
    "denied": (
        "the file or its folder cannot be written",
        "Choose a folder that you may write to, or change the rights of this one.",
    ),
    "read-only disk": ("the disk is read-only", "Choose a folder on another disk."),
    "busy": ("another program is using it", "Close it there, wait a moment and try again."),
    "damaged": ("its content is damaged", "Use a backup or an earlier copy of it."),
    "memory": ("this computer is out of memory", "Close other programs and try again."),
    "too big": ("it would become too large", "Split the document in two."),
    "missing": ("there is no such file or folder", "Look where it was moved to, or save it in another place."),
    "no folder": ("a part of its path is a file, not a folder", "Choose another folder."),
    "exists": ("there is a file of that name already", "Choose another name, or open that file."),
    "folder": ("it is a folder", "Choose a file."),
    "long name": ("the name is too long", "Choose a shorter one."),
}


Failure = sqlite3.Error | OSError | UnicodeDecodeError
FAILURES = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What Python raises for a file; the last one when SQLite's own message quotes damaged bytes."""


def problem(error: Failure, path: Path, doing: Doing) -> ProjectProblem:
    """The exception that says in one breath what happened to ``path``, what was kept and what to do.

    Gives `NotAProject` for a file that is no database, `DamagedProject` for one whose content cannot be read,
    `ProjectProblem` for all else.
    """
    cause = _cause(error, path, doing)
    if cause == "not a project":
        return not_a_project(path)
    if doing == "opened" and cause in {"damaged", "too big"}:
        return damaged(path, "its content is damaged" if cause == "damaged" else "a text in it is too long")
    reason, advice = _SENTENCES.get(cause, (_in_parentheses(error), "Try again, or save it in another place."))
    return ProjectProblem(f"“{path}” could not be {doing}: {reason}. {_KEPT[doing]} {advice}")


def reason(error: Failure, path: Path) -> str:
    """Why the system refused to read ``path`` or to write a copy of it, as part of a sentence: "the disk is full"."""
    cause = _cause(error, path, "opened")
    return _SENTENCES[cause][0] if cause in _SENTENCES else _in_parentheses(error)


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, the low byte of the extended one; 0 for an error of Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def damaged(path: Path, why: str) -> DamagedProject:
    """The exception for a file with damaged content; ``why`` is part of a sentence."""
    return DamagedProject(
        f"“{path}” could not be opened: {why}. The file was not changed. Use a backup or an earlier copy of it."
    )


def not_a_project(path: Path, why: str = "it is some other kind of file") -> NotAProject:
    """The exception for a file that is not a LongWriter document."""
    return NotAProject(
        f"“{path}” is not a LongWriter document: {why}. It was not changed. "
        "Choose a .longwriter file, or make a new document."
    )


def _cause(error: Failure, path: Path, doing: Doing) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "damaged"
    if isinstance(error, OSError):
        return _OS_CAUSES.get(error.errno or 0, "")
    cause = _SQLITE_CAUSES.get(primary_code(error), "")
    if cause == "denied" and doing == "saved" and not os.path.exists(path):  # noqa: PTH110 - Path.exists raises in a folder that may not be read
        return "missing"
    return cause


def _in_parentheses(error: BaseException) -> str:
    return f"the system refused it ({error})"
