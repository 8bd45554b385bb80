"""One start of the app as its users have it, by its command; prints what it took. See event_loop.py, which runs it.

    python tests/benchmarks/one_start.py FILE.longwriter

The loop of the app is taken by what measures: it lets the window be painted, opens the file and ends.
"""

import json
import os
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from longwriter_desktop.cli import main

SETTLE_S = 3.0


def turn(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QCoreApplication.processEvents()
        time.sleep(0.0005)


def measured(path: Path) -> dict[str, float]:
    """Milliseconds from the birth of the process to a window that is painted, and from there to an open document."""
    from longwriter_desktop.ui.main_window import MainWindow  # noqa: PLC0415 - when the command has loaded it.

    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow))
    QCoreApplication.processEvents()
    window.repaint()
    QCoreApplication.processEvents()
    taken = {"start": 1000 * (time.time() - psutil.Process().create_time()), "start_own": 1000 * time.process_time()}
    turn(1.0)
    began, own = time.perf_counter(), time.process_time()
    window.open(path)
    while not window.session.has_document and time.perf_counter() < began + 60:
        QCoreApplication.processEvents()
    window.workspace.manuscript.viewport().repaint()
    QCoreApplication.processEvents()
    taken |= {"open": 1000 * (time.perf_counter() - began), "open_own": 1000 * (time.process_time() - own)}
    turn(SETTLE_S)
    return taken | {"megabytes": psutil.Process().memory_info().rss / 2**20}


def take_the_loop(path: Path) -> None:
    print(json.dumps(measured(path)), flush=True)
    # Whatever Qt still has to take down is not what is measured.
    os._exit(0)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    opened = Path(sys.argv[1])
    setattr(QApplication, "exec", lambda *_: take_the_loop(opened))  # noqa: B010 - the stubs let nobody assign it
    sys.exit(main([]))
