"""The log of the worker, which tells why it has ended."""

import os
import signal
import sys
from pathlib import Path

import pytest

from longwriter_desktop.backend.messages import Ready
from longwriter_desktop.backend.process import WorkerProcess


def aborted(log: Path) -> str:
    """What a worker leaves in its log that breaks down after its first message."""
    worker = WorkerProcess(log)
    try:
        assert isinstance(worker.next_event(30), Ready)
        os.kill(worker.pid, signal.SIGABRT)
        worker.wait_for_end()
        return worker.last_words()
    finally:
        worker.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_a_long_log_is_put_aside_and_where_that_cannot_be_it_grows(tmp_path: Path) -> None:
    log, old = tmp_path / "backend.log", tmp_path / "backend.old.log"
    log.write_bytes(b"x" * 1_000_001)
    assert "Fatal Python error" in aborted(log)
    assert old.stat().st_size == 1_000_001
    old.unlink()
    (old / "in the way").mkdir(parents=True)
    log.write_bytes(b"x" * 1_000_001)
    assert "Fatal Python error" in aborted(log)
