"""The real window, used as a person would, in a process of its own: plan, write, type, export, meet a fault, close.

``python tests/privacy/window_job.py OUT.docx INSTRUCTION TYPED FAULT``: what is typed, and the words of an error that
nobody expects. The exit status is 0 when everything came about.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui import app
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.writing import Activity

_TICK_MS = 20
_SECONDS = 240
LEFT = Qt.MouseButton.LeftButton

Condition = Callable[[], bool]


def _job(window: MainWindow, target: Path, instruction: str, typed: str, fault: str) -> Iterator[Condition]:
    """The person's deeds; what is yielded has to come true before the next."""
    session = window.session
    window.start_page.instruction.setPlainText(instruction)
    QTest.mouseClick(window.start_page.plan_button, LEFT)
    yield lambda: session.activity is Activity.IDLE and len(session.document.sections) > 0
    QTest.mouseClick(window.status.button, LEFT)
    yield lambda: session.document.words >= 20
    yield lambda: session.activity is Activity.IDLE
    manuscript = window.workspace.manuscript
    manuscript.show_section(session.document.sections[-1].id)
    manuscript.flush()
    manuscript.replace_selection(typed)
    yield lambda: any(typed in section.text for section in session.document.sections)
    window.export(target)
    yield target.exists
    QTimer.singleShot(0, lambda: _fail(fault))
    yield lambda: "fault of the app" in window.notice.text
    window.close()


def _fail(fault: str) -> None:
    raise ValueError(fault)


def _drive(window: MainWindow, job: Iterator[Condition]) -> None:
    """Does the job step by step, in the window's own event loop."""
    timer = QTimer(window)
    left = [_SECONDS * 1000 // _TICK_MS]
    waited_for: list[Condition] = []

    def step() -> None:
        left[0] -= 1
        if not left[0]:
            sys.stderr.write(f"It takes too long: {window.notice.text}\n")
            os._exit(1)
        try:
            if not waited_for or waited_for[0]():
                waited_for[:] = [next(job)]
        except StopIteration:
            timer.stop()
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    timer.timeout.connect(step)
    timer.start(_TICK_MS)


def main(target: str, instruction: str, typed: str, fault: str) -> int:
    make_window = app.make_window

    def attended(paths: AppPaths) -> MainWindow:
        window = make_window(paths)
        QTimer.singleShot(0, lambda: _drive(window, _job(window, Path(target), instruction, typed, fault)))
        return window

    app.make_window = attended
    return app.run(None, AppPaths.of_this_machine())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
