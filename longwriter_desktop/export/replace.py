"""Puts an exported file in its place whole, and says in a sentence what kept it from that."""

import contextlib
import errno
import os
import stat
from pathlib import Path

from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.leftovers import remove_leftovers, temporary_name
from longwriter_desktop.safe_write import sync_folder

_WINDOWS_FILE_IN_USE = (5, 32, 33)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_FULL = (errno.ENOSPC, errno.EDQUOT)


def put_file(path: Path, content: bytes) -> None:
    """Makes ``content`` the file at ``path``, in one step.

    The bytes go to a temporary file beside it and reach the disk before it takes the name. A file that was
    there keeps its permissions, a new one gets the usual ones, and a link is followed. Raises
    ExportProblem; what was there is then untouched, and the temporary file is gone.
    """
    try:
        target = Path(os.path.realpath(path))
        _look_at(target, path)
        _write(target, content)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise ExportProblem(_sentence(path, error)) from error


def check_place(path: Path) -> None:
    """Whether a file could be put at ``path``; nothing stays behind. Raises ExportProblem."""
    try:
        target = Path(os.path.realpath(path))
        _look_at(target, path)
        trial = _temporary(target)
        trial.touch(exist_ok=False)
        trial.unlink()
    except (OSError, ValueError) as error:
        raise ExportProblem(_sentence(path, error)) from error


def _look_at(target: Path, path: Path) -> None:
    if target.is_dir():
        raise ExportProblem(f"“{path}” is a folder, so nothing was exported: choose the name of a file.")
    if not target.parent.is_dir():
        raise ExportProblem(
            f"There is no folder “{path.parent}”, so nothing was exported: make it, or choose another one."
        )
    if target.exists() and not target.is_file():
        raise ExportProblem(f"“{path}” is no ordinary file, so nothing was exported: choose another name.")


def _write(target: Path, content: bytes) -> None:
    temporary = _temporary(target)
    remove_leftovers(target.parent.glob(".longwriter-*.tmp"), shared=True)
    try:
        with temporary.open("xb") as file:
            usual = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            _permit(temporary, 0o600)  # Nobody else reads along, whoever may read the file when it is whole.
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _permit(temporary, usual)
        if target.exists():
            _permit(temporary, target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _permit(path: Path, mode: int) -> None:
    with contextlib.suppress(OSError):  # a file system that knows no permissions, or another person's file
        path.chmod(mode)


def _temporary(target: Path) -> Path:
    return target.with_name(temporary_name("longwriter"))


def _sentence(path: Path, error: OSError | ValueError) -> str:
    kept = "the file that was there is unchanged" if _exists(path) else "nothing was exported"
    if not isinstance(error, OSError):
        return f"No file can have the name “{path.name}”, so {kept}: choose another name."
    if error.errno in _FULL:
        return f"The disk is full, so {kept}: free some space or choose another disk for “{path.name}”."
    if getattr(error, "winerror", None) in _WINDOWS_FILE_IN_USE and _exists(path):
        return f"“{path.name}” seems to be open in another program, so {kept}: close it there and export again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"The folder “{path.parent}” cannot be written to, so {kept}: choose another one."
    if error.errno == errno.ENAMETOOLONG:
        return f"The name “{path.name[:40]}…” is too long, so {kept}: choose a shorter one."
    return f"“{path}” could not be written ({error.strerror or error}), so {kept}: try again or choose another place."


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
