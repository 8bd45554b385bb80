"""What llama.cpp says about itself and this machine, asked of a worker: for ``doctor`` and for the settings."""

import time

from longwriter_desktop.backend import failures, messages
from longwriter_desktop.backend.messages import Inspected
from longwriter_desktop.backend.process import WorkerEnded, WorkerProcess
from longwriter_desktop.paths import AppPaths

BackendInfo = Inspected
"""Version of llama-cpp-python, the features it uses, what it was built with, whether it offloads, and the devices."""

_NO_MODEL = "(none)"


def inspect_backend(paths: AppPaths, *, seconds: float = 60.0) -> BackendInfo:
    """Starts a worker, asks it and ends it; takes about half a second.

    Raises BackendProblem when llama.cpp cannot be started, or does not answer within ``seconds``.
    """
    log = paths.log / "backend.log"
    try:
        worker = WorkerProcess(log)
    except OSError as error:
        raise failures.not_started(error, _NO_MODEL) from error
    try:
        worker.send(messages.Inspect(1))
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            event = worker.next_event(left)
            if isinstance(event, Inspected):
                return event
            if isinstance(event, messages.Failed):
                raise failures.problem(event, log)
    except WorkerEnded:
        status = worker.wait_for_end()
        end = failures.WorkerEnd(status, "starting", _NO_MODEL, log, worker.last_words(), worker.killed_for_memory())
        raise failures.judge(end) from None
    finally:
        worker.stop()
    raise failures.hung(seconds, _NO_MODEL)
