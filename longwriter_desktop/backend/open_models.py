"""Which models are open on this computer, in any window or on the command line, so that memory is not filled unsaid.

Each app process keeps one small private file for each of its workers in the cache folder. It holds the
model's name and size, and nothing of any document. A file whose process is gone counts for nothing and is
removed by whoever sees it.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from longwriter_desktop.safe_write import replace_file
from longwriter_desktop.size_words import memory_words

_SAME_START_S = 2.0
"""Seconds. Process numbers are used again; the time at which a process started is known to so much."""


@dataclass(frozen=True, slots=True)
class OpenModel:
    """A model that a worker has open or is opening.

    ``worker`` and ``app`` are process numbers, ``started`` is when the worker was started, in Unix seconds.
    ``file`` tells files apart; ``shared_bytes`` of ``needs_bytes`` are needed once by all that have it open.
    """

    worker: int
    started: float
    app: int
    name: str
    needs_bytes: int
    file: str = ""
    shared_bytes: int = 0

    @staticmethod
    def of(worker: int, name: str, path: Path, needs_bytes: int, *, on_device: bool) -> "OpenModel":
        """An entry for a living worker of this process. Raises psutil.Error when it is gone, OSError."""
        facts = path.stat()
        return OpenModel(
            worker,
            psutil.Process(worker).create_time(),
            os.getpid(),
            name,
            needs_bytes,
            f"{facts.st_dev}:{facts.st_ino}",
            0 if on_device else min(facts.st_size, needs_bytes),  # The system keeps one copy of a mapped file.
        )


class OpenModels:
    """The list. Nothing here raises: where it cannot be read or written, there is no list."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, model: OpenModel) -> None:
        """Puts a model on the list, or changes what stands there of its worker."""
        with contextlib.suppress(OSError):
            replace_file(self._file(model.worker), msgspec.json.encode(model))

    def remove(self, worker: int) -> None:
        """Takes a worker's model off the list."""
        with contextlib.suppress(OSError):
            self._file(worker).unlink(missing_ok=True)

    def elsewhere(self) -> tuple[OpenModel, ...]:
        """The models that other app processes have open now."""
        return tuple(model for model in self._living() if model.app != os.getpid())

    def _living(self) -> Iterator[OpenModel]:
        try:
            files = sorted(self._folder.glob("*.json"))
        except OSError:
            return
        for file in files:
            try:
                model = msgspec.json.decode(file.read_bytes(), type=OpenModel)
            except FileNotFoundError:
                continue  # Its owner has just removed it.
            except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
                model = None
            if model is not None and file == self._file(model.worker) and _lives(model):
                yield model
            else:
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)

    def _file(self, worker: int) -> Path:
        return self._folder / f"{worker}.json"


def remark(other: OpenModel, own: OpenModel, free_bytes: int) -> str:
    """A sentence for the person who opens ``own`` while ``other`` is open; ``free_bytes`` are free now."""
    together = own.needs_bytes + other.needs_bytes
    if other.file == own.file:
        together -= min(own.shared_bytes, other.shared_bytes)
    return (
        f"The model {other.name} is open already, in another window or on the command line, and needs "
        f"{memory_words(other.needs_bytes)} of memory. Both together need {memory_words(together)}; "
        f"{memory_words(free_bytes)} are free now. Close the other one if this computer becomes slow."
    )


def _lives(model: OpenModel) -> bool:
    try:
        return abs(psutil.Process(model.worker).create_time() - model.started) < _SAME_START_S
    except psutil.AccessDenied:
        return True
    except (psutil.Error, ValueError, OverflowError):
        return False
