"""The worker process as its parent sees it: started, spoken to over pipes, stopped."""

import contextlib
import os
import queue
import site
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from longwriter_desktop.backend.messages import BrokenFrame, Event, Request, Unframer, frame, read_event

WORKER_SWITCH = "--backend-worker"
"""With this as its only argument a frozen executable is to call `worker.main`."""

_SPINS = "3000"
"""How often a thread of llama.cpp looks for the others at a barrier before it sleeps (GNU's OpenMP, so Linux).

With its own choice of 300,000 a thread holds a core that the one it waits for needs: beside a program that
computes, a token of the starter model took three seconds with two threads on two cores, and any trial of two
threads as long. With 3,000 it took 13 to 60 ms; alone 192 tokens a second instead of 194. With 300 it took
14 ms, but alone 163. So two threads are for when nothing else computes, and one otherwise; `thread_count` sees
to it. Always spinning (active) keeps the cores hot for minutes after the last token.
"""
_READ_BYTES = 65_536
_LARGEST_LOG = 1_000_000
_LAST_WORDS = 8_192
_SECONDS_TO_END = 1.5


class WorkerEnded(Exception):
    """The worker has closed its pipe; `WorkerProcess.exit_status` says how it ended."""


class WorkerProcess:
    """One worker. Raises OSError when it cannot be started.

    A thread reads what it says, so that a wait for the next event can end after a time on every system. Another
    one writes: a pipe takes no more than 64 KB from anybody until they are read, and a worker that hangs reads
    nothing.
    """

    def __init__(self, log: Path) -> None:
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._deaf = False
        self._ended = False
        self._log = log
        self._oom_kills = oom_kills()
        with _open_log(log) as stderr:
            self._log_start = os.fstat(stderr.fileno()).st_size
            self._process = subprocess.Popen(  # noqa: S603 - the command is this program's own.
                command_of_our_own("longwriter_desktop.backend.worker", WORKER_SWITCH),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=_environment(),
                bufsize=0,
                **apart(),
            )
        self._listener = threading.Thread(target=self._listen, name="backend-listener", daemon=True)
        self._listener.start()
        self._speaker = threading.Thread(target=self._speak, name="backend-speaker", daemon=True)
        self._speaker.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """As `subprocess.Popen.returncode`; None while it runs."""
        return self._process.poll()

    def send(self, request: Request) -> None:
        """Hands the request over, without waiting for the worker to take it. Raises WorkerEnded."""
        data = frame(request)
        if self._deaf or self.exit_status is not None:
            raise WorkerEnded
        self._frames.put(data)

    def next_event(self, seconds: float) -> Event | None:
        """The next event, or None when there is none for so long. Raises WorkerEnded once all are read."""
        if self._ended:
            raise WorkerEnded
        try:
            event = self._events.get(timeout=seconds) if seconds > 0 else self._events.get_nowait()
        except queue.Empty:
            return None
        if event is None:
            self._ended = True
            raise WorkerEnded
        return event

    def stop(self) -> None:
        """Ends the worker: gently by closing its input, otherwise by force. May be called again."""
        self._frames.put(None)
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.kill()
        self._listener.join()
        self._speaker.join()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def kill(self) -> None:
        """Ends the worker at once, whatever it is doing."""
        self._process.kill()
        self._process.wait()

    def wait_for_end(self) -> int:
        """The exit status of a worker that has closed its pipe; one that then lingers is killed."""
        try:
            return self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.returncode

    def last_words(self) -> str:
        """The end of what the worker has written into its log."""
        try:
            with self._log.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(self._log_start, size - _LAST_WORDS))
                return file.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def killed_for_memory(self) -> bool:
        """Whether the system has killed any process for memory since this one was started."""
        return oom_kills() > self._oom_kills

    def _speak(self) -> None:
        assert self._process.stdin is not None  # noqa: S101 - opened above; this tells mypy.
        with contextlib.suppress(OSError):
            while data := self._frames.get():
                rest = memoryview(data)
                while rest:
                    rest = rest[self._process.stdin.write(rest) :]
        self._deaf = True
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - opened above; this tells mypy.
        frames = Unframer()
        try:
            while data := os.read(self._process.stdout.fileno(), _READ_BYTES):
                for body in frames.feed(data):
                    self._events.put(read_event(body))
        except (OSError, ValueError, BrokenFrame):
            # Nothing that comes after a broken frame can be understood.
            self._process.kill()
        self._events.put(None)


def oom_kills() -> int:
    """How many processes Linux has killed for memory since it started; 0 elsewhere."""
    try:
        lines = Path("/proc/vmstat").read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))


def command_of_our_own(module: str, switch: str) -> list[str]:
    """What starts a module of the app in a process of its own; a frozen executable gets the ``switch`` instead."""
    if getattr(sys, "frozen", False):
        return [sys.executable, switch]
    # -P: a file of the person's in the current folder must not stand in for a module.
    return [sys.executable, "-P", "-m", module]


def apart() -> dict[str, Any]:
    """How a process of the app's own is started, for `subprocess.Popen`.

    Ctrl+C in a terminal goes to all of its foreground group; such a process is for its parent alone to stop.
    """
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def with_this_package(environment: Mapping[str, str]) -> dict[str, str]:
    """``environment`` for such a process; from a checkout that is not installed it finds the same package as we."""
    root = str(Path(__file__).resolve().parents[2])
    if root in site.getsitepackages():
        return dict(environment)
    paths = [root, environment.get("PYTHONPATH", "")]
    return {**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}


def _environment() -> dict[str, str]:
    environment = with_this_package(os.environ)
    # When llama.cpp aborts it would let a debugger print the stack, with the texts that are on it.
    environment["GGML_NO_BACKTRACE"] = "1"
    if "OMP_WAIT_POLICY" not in environment:
        environment.setdefault("GOMP_SPINCOUNT", _SPINS)
    return environment


def _open_log(log: Path) -> BinaryIO:
    """The log, to add to; a long one is put aside first. Where none can be written, there is none."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LARGEST_LOG:
            with contextlib.suppress(OSError):  # Windows: another window's worker writes into it.
                log.replace(log.with_suffix(".old.log"))
        return log.open("ab")
    except OSError:
        return Path(os.devnull).open("ab")
