"""How large the app's folders are, and clearing what can be made again or is only a trace."""

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from longwriter_desktop.paths import AppPaths

STATES = "states"
_STATE_SUFFIX = ".state"
_OF_QT = "QtProject.conf"
"""Where Qt's own file dialog keeps what it remembers, in the settings folder (see `app.keep_qt_settings`)."""
_FOLDERS = ("FileDialog/lastVisited", "FileDialog/history")


@dataclass(frozen=True, slots=True)
class Cleared:
    """What clearing has come to: bytes that are free again, and how many files could not be removed."""

    freed: int
    left: int


def size_of(path: Path, stop: threading.Event) -> int | None:
    """Bytes of all files below a folder; None where there is none. Links are not followed."""
    if not path.is_dir():
        return None
    total = 0
    for file in _files(path):
        if stop.is_set():
            break
        with contextlib.suppress(OSError):
            total += file.lstat().st_size
    return total


def clear_caches(paths: AppPaths) -> Cleared:
    """Removes what models have read from the cache folder.

    What a model has open at the moment it reads or writes anew. A file that cannot be removed stays.
    """
    freed = left = 0
    for file in _files(paths.cache / STATES):
        if file.suffix != _STATE_SUFFIX:
            continue
        try:
            size = file.lstat().st_size
            file.unlink()
        except FileNotFoundError:
            continue
        except OSError:
            left += 1
        else:
            freed += size
    return Cleared(freed, left)


def forget_folders(paths: AppPaths) -> dict[str, object]:
    """Has Qt's own file dialog forget which folders it showed; returns them, for `remember_folders`."""
    kept = _of_qt(paths)
    found = {name: kept.value(name) for name in _FOLDERS if kept.contains(name)}
    for name in found:
        kept.remove(name)
    kept.sync()
    return found if kept.status() == QSettings.Status.NoError else {}


def remember_folders(paths: AppPaths, folders: Mapping[str, object]) -> None:
    """Puts back what `forget_folders` took away."""
    kept = _of_qt(paths)
    for name, value in folders.items():
        kept.setValue(name, value)
    kept.sync()


def _of_qt(paths: AppPaths) -> QSettings:
    return QSettings(str(paths.settings / _OF_QT), QSettings.Format.IniFormat)


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder; of one that cannot be read, none."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.is_dir() and not entry.is_symlink():
            yield from _files(entry)
        else:
            yield entry
