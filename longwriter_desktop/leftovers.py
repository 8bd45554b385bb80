"""Temporary files and what becomes of them when the process that made them is killed.

Their names hold the number of that process. So the next start of the app, or the next export to the same folder,
can tell what nobody will finish any more, and removes it; what another window is writing just now is left alone.
"""

import contextlib
import os
import re
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from longwriter_desktop.paths import AppPaths

FOLDER_PREFIX = "longwriter-"
"""Of temporary folders, in the system's place for such."""
_NAME = re.compile(rf"(?:\..*|{FOLDER_PREFIX[:-1]})-(\d{{1,10}})-[0-9a-z_]+(?:\.tmp(?:-journal)?)?", re.DOTALL)
_SECONDS_TO_FINISH = 60.0
"""What another computer writes into a shared folder is given this long: its processes cannot be seen from here."""


def temporary_name(name: str) -> str:
    """A name for a temporary file beside the file ``name``; a dot hides it."""
    return f".{name[:40]}-{os.getpid()}-{secrets.token_hex(6)}.tmp"


def temporary_folder() -> "tempfile.TemporaryDirectory[str]":
    """A folder that nobody else can look into, removed at its end. Raises OSError."""
    return tempfile.TemporaryDirectory(prefix=f"{FOLDER_PREFIX}{os.getpid()}-")


def clear_leftovers(paths: AppPaths) -> None:
    """Removes what killed processes have left in the app's own folders and among the system's temporary files."""
    for folder in {paths.settings, paths.data, paths.cache}:
        with contextlib.suppress(OSError):
            remove_leftovers(folder.rglob(".*.tmp"))
    with contextlib.suppress(OSError):
        remove_leftovers(Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"))


def leave_no_core() -> None:
    """Has this process leave no core file when it crashes: it would hold its memory, and with it the person's text."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module, and leaves no such files.

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def remove_leftovers(found: Iterable[Path], *, shared: bool = False) -> None:
    """Removes those of ``found`` whose process is gone; ``shared``: other computers may write there as well."""
    for path in found:
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        with contextlib.suppress(OSError, OverflowError):
            status = path.lstat()
            if hasattr(os, "getuid") and status.st_uid != os.getuid():
                continue
            if _runs(int(match[1]), status.st_mtime) or (shared and time.time() - status.st_mtime < _SECONDS_TO_FINISH):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _runs(process: int, made_at: float) -> bool:
    """Whether the process that made a file at ``made_at`` (Unix seconds) lives: its number may be another's by now."""
    try:
        return psutil.Process(process).create_time() <= made_at
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
