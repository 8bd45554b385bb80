"""How far a download is, as the window, the command line and the process that downloads say it."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["asking", "downloading", "verifying", "done"]


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """A moment of a download."""

    phase: Phase
    """"asking": the hub has not answered yet, or not again after a break; "verifying": the SHA-256 is computed,
    and the bytes are those that have been read for it."""
    done_bytes: int
    total_bytes: int
    """0 while it is not known."""
    bytes_per_second: float = 0.0
    """Over the last seconds; 0 while it is not known."""
    seconds_left: float | None = None
