"""The computer stays awake while the model plans or writes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.wake_lock import WakeLock
from longwriter_desktop.ui.writing import BUSY, Activity


class KeepAwake(QObject):
    """Holds a wake lock while a session is busy, if ``is_wished`` says so when it begins."""

    def __init__(self, session: Session, is_wished: Callable[[], bool], lock: WakeLock | None = None) -> None:
        super().__init__(session)
        self._is_wished = is_wished
        self._lock = lock or WakeLock()
        session.activity_changed.connect(self._activity_changed)

    def _activity_changed(self, activity: Activity) -> None:
        self._lock.want(activity in BUSY and self._is_wished())

    def close(self) -> None:
        """Lets the computer sleep again, for when the window closes."""
        self._lock.close()
