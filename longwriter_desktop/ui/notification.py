"""A note from the system when writing has ended and the person is elsewhere."""

import logging
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate
from longwriter_desktop.ui.writing import Activity, Ending

log = logging.getLogger(__name__)

APP_NAME = "LongWriter Desktop"
DONE = {
    Activity.WRITING: QT_TRANSLATE_NOOP("EndNotification", "The writing is done."),
    Activity.PLANNING: QT_TRANSLATE_NOOP("EndNotification", "The plan is made."),
}
FAILED = {
    Activity.WRITING: QT_TRANSLATE_NOOP("EndNotification", "The writing has stopped. The window says why."),
    Activity.PLANNING: QT_TRANSLATE_NOOP("EndNotification", "Planning has stopped. The window says why."),
}
PAUSED_FOR_BATTERY = QT_TRANSLATE_NOOP("EndNotification", "The writing is paused: the battery is low.")
_STAYS_MS = 10_000
Show = Callable[[str], object]
"""Shows a sentence in the system's own way; returns at once and raises nothing."""


class EndNotification(QObject):
    """Tells that writing or planning has ended, while another window is in front; never a word of the document."""

    def __init__(
        self, session: Session, window: QWidget, is_wished: Callable[[], bool], show: Show | None = None
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._is_wished = is_wished
        self._show = show or (BusNotes() if sys.platform == "linux" else TrayNotes(window))
        session.writing.ended.connect(self._run_ended)

    def _run_ended(self, ending: Ending) -> None:
        by_itself = self._session.run.stopped_by_itself
        if ending.failure is not None:
            sentence = FAILED.get(ending.activity, "")
        elif ending.stopped:
            sentence = PAUSED_FOR_BATTERY if by_itself and ending.activity is Activity.WRITING else ""
        else:
            sentence = DONE.get(ending.activity, "")
        if sentence and self._is_wished() and not self._window.isActiveWindow():
            QApplication.alert(self._window)
            self._show(translate("EndNotification", sentence))


class TrayNotes:
    """Notes from an icon beside the clock, which is there while a note is shown (macOS, Windows).

    ``stays_ms``: how long that is.
    """

    def __init__(self, window: QWidget, stays_ms: int = _STAYS_MS) -> None:
        self._window = window
        self._stays_ms = stays_ms
        self._icon: QSystemTrayIcon | None = None
        self._hiding = QTimer(window)
        self._hiding.setSingleShot(True)
        self._hiding.timeout.connect(self._hide)

    def __call__(self, sentence: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self._window)
            self._icon.setToolTip(APP_NAME)
            self._icon.messageClicked.connect(self._bring_to_front)
            self._icon.activated.connect(lambda _: self._bring_to_front())
        self._icon.show()
        self._icon.showMessage(APP_NAME, sentence, self._window.windowIcon(), self._stays_ms)
        self._hiding.start(self._stays_ms)

    def _hide(self) -> None:
        if self._icon is not None:
            self._icon.hide()

    def _bring_to_front(self) -> None:
        self._hide()
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


class BusNotes:
    """Notes by the desktop's own service (Linux). Sent on a thread of its own: a bus may be slow, or not there."""

    def __call__(self, sentence: str) -> None:
        threading.Thread(target=self._send, args=(sentence,), name="notification", daemon=True).start()

    @staticmethod
    def _send(sentence: str) -> None:
        from longwriter_desktop.ui.desktop_bus import show_note  # noqa: PLC0415 - on Linux only.

        try:
            show_note(sentence, _STAYS_MS)
        except Exception as problem:  # Without such a service there is no note, and all else goes on.
            log.info("no notification was shown: %s", type(problem).__name__)
