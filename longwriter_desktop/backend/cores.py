"""How many processor cores there are for the model, and the number of threads that follows from it."""

import os

import psutil

from longwriter_desktop.backend.options import EngineOptions

_FEW_CORES = 4


def usable_cores() -> int:
    """Cores that this process may use. Hyper-threads are not counted: they make neither reading nor writing faster."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = min(cores, len(os.sched_getaffinity(0)))
    return cores


def choose_threads(options: EngineOptions) -> tuple[int, int]:
    """Threads for writing, to begin with and at the most (see `thread_count`), and for reading.

    Writing waits for the memory, not for the cores: from four cores on, one that is left to the window
    costs nothing. Reading computes, and gets all. On two cores the second thread is worth a fifth of the
    starter model's speed and half of a larger one's.
    """
    cores = usable_cores()
    return options.writing_threads or (cores - 1 if cores >= _FEW_CORES else cores), options.reading_threads or cores
