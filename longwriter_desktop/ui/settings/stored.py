"""How large the app's folders are, and clearing what can be made again."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from longwriter_desktop.paths import AppPaths

STATES = "states"
_STATE_SUFFIX = ".state"


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


def clear_caches(paths: AppPaths) -> int:
    """Removes what models have read from the cache folder; returns how many bytes that were.

    What a model has open at the moment it reads or writes anew. A file that cannot be removed stays.
    """
    freed = 0
    for file in _files(paths.cache / STATES):
        if file.suffix != _STATE_SUFFIX:
            continue
        with contextlib.suppress(OSError):
            size = file.lstat().st_size
            file.unlink()
            freed += size
    return freed


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
