"""The computer stays awake while the model plans or writes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.wake_lock import WakeLock


class KeepAwake(QObject):
    """Holds a wake lock while a session is busy, if ``is_wished`` says so."""

    def __init__(self, session: Session, is_wished: Callable[[], bool], lock: WakeLock | None = None) -> None:
        super().__init__(session)
        self._session = session
        self._is_wished = is_wished
        self._lock = lock or WakeLock()
        session.activity_changed.connect(self.consider)

    def consider(self, *_: object) -> None:
        """Holds it or lets it go, as the session and the settings are now."""
        self._lock.want(self._session.is_busy and self._is_wished())

    def close(self) -> None:
        """Lets the computer sleep again, for when the window closes."""
        self._lock.close()
