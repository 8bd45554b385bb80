"""Writing a small file whole: either the new content is there afterwards, or the old one still is."""

import contextlib
import os
from pathlib import Path

from longwriter_desktop.leftovers import temporary_name


def replace_file(path: Path, content: bytes) -> None:
    """Puts ``content`` where ``path`` is, in one step; missing folders are made.

    The bytes go to a private temporary file in the same folder, reach the disk, and then take the
    place of the old file. A link is followed, so that a settings file kept elsewhere stays there.
    Raises OSError; the old file is then untouched and nothing is left behind.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(temporary_name(target.name))
    try:
        with os.fdopen(open_private(temporary), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(target.parent)


def open_private(path: Path) -> int:
    """The descriptor of a new file, to be written to, that nobody but its owner may read. Raises OSError."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def sync_folder(folder: Path) -> None:
    """Makes sure that a new name in ``folder`` outlives a power cut, where the system can do that."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some shares refuse to sync a folder; the file itself is synced
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
