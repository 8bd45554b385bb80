"""The SHA-256 of a file of any size: read in pieces, told of as it goes, and stopped at once."""

import hashlib
from collections.abc import Callable
from pathlib import Path

PIECE_BYTES = 4 * 1024 * 1024
"""What is read or copied at a time: a hundredth of a second, after which it can be stopped."""


def sha256_of(path: Path, on_read: Callable[[int], None], stop: Callable[[], bool]) -> str | None:
    """The hash in hexadecimal; None when stopped. ``on_read`` hears the bytes read so far. Raises OSError."""
    digest, read = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            if stop():
                return None
            digest.update(piece)
            read += len(piece)
            on_read(read)
    return digest.hexdigest()
