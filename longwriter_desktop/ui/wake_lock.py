"""Keeps the computer from going to sleep by itself, with what its system has for that.

The desktop is asked for it (wakepy: the session managers' D-Bus interfaces on Linux, caffeinate on macOS,
SetThreadExecutionState on Windows), and on Linux logind too, whose idle lock holds where no desktop listens. The
screen may go dark and lock itself, except where the screen saver's interface is all that there is. A person who
closes the lid or chooses to suspend is obeyed.
"""

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

log = logging.getLogger(__name__)

RELEASE_S = 0.4
"""How long closing waits for the lock to be given back; the system takes it back anyway when the app has ended."""
Hold = Callable[[], AbstractContextManager[object]]
"""Opens a lock that holds until it is closed, on the same thread."""


class WakeLock:
    """Held or not, on a thread of its own: a bus that does not answer delays nobody."""

    def __init__(self, hold: Hold | None = None) -> None:
        """``hold`` is what holds the lock; None: the system's own (see `hold_awake`)."""
        self._hold = hold or hold_awake
        self._changed = threading.Condition()
        self._wanted = False
        self._closed = False
        self._thread: threading.Thread | None = None

    def want(self, wanted: bool) -> None:
        """Whether the computer is to stay awake from now on. Returns at once; that it cannot be had is only logged."""
        with self._changed:
            self._wanted = wanted and not self._closed
            if self._thread is None and self._wanted:
                self._thread = threading.Thread(target=self._run, name="keep-awake", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def close(self) -> None:
        """Gives the lock back for good."""
        with self._changed:
            self._wanted, self._closed = False, True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(RELEASE_S)

    def _run(self) -> None:
        while self._waits_until(True):
            try:
                with self._hold():
                    self._waits_until(False)
            except Exception as problem:  # Whatever a system's services do, writing goes on.
                log.warning("the computer may fall asleep while writing: %s", type(problem).__name__)
                self._waits_until(False)

    def _waits_until(self, wanted: bool) -> bool:
        """Waits; False when there is nothing more to wait for."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._wanted is wanted)
            return not self._closed


@contextmanager
def hold_awake() -> Iterator[None]:
    """Keeps this computer awake until it is closed."""
    import wakepy  # noqa: PLC0415 - not before it is needed: it would hold up the start of the app.

    with ExitStack() as held:
        if sys.platform == "linux":
            with contextlib.suppress(Exception):  # No logind, or no bus: the desktop is asked all the same.
                from longwriter_desktop.ui.desktop_bus import idle_lock  # noqa: PLC0415 - on Linux only.

                held.enter_context(idle_lock("Writing a document"))
        running = held.enter_context(wakepy.keep.running(on_fail="pass"))
        if not running.active:
            held.enter_context(wakepy.keep.presenting(on_fail="pass"))
        yield
