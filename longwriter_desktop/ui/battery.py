"""Writing pauses before the battery is empty, and says so."""

from collections.abc import Callable
from typing import Protocol

import psutil
from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate
from longwriter_desktop.ui.writing import Activity

CHECK_MS = 30_000
PAUSED = QT_TRANSLATE_NOOP(
    "BatteryWatch",
    "Writing is paused, because the battery is at {percent} %. Everything that was written is kept. Plug the computer "
    "in, then press Go on.",
)
GOES_ON = QT_TRANSLATE_NOOP(
    "BatteryWatch",
    "The battery is at {percent} %. Writing goes on as you asked; should the computer switch off, everything up to "
    "there is kept.",
)


class Battery(Protocol):
    """As psutil tells it. ``percent`` of its charge; ``power_plugged`` None: not known."""

    @property
    def percent(self) -> float: ...
    @property
    def power_plugged(self) -> bool | None: ...


def battery_of_this_computer() -> Battery | None:
    """The battery, or None where there is none or the system does not tell."""
    try:
        found: Battery | None = psutil.sensors_battery()
    except (OSError, RuntimeError, ValueError, AttributeError):
        # AttributeError: psutil has the function only on systems for which it was written.
        return None
    return found


class BatteryWatch(QObject):
    """Pauses the writing of a session when the charge falls below ``least_percent()`` of the battery's.

    Once for each discharge: whoever presses Write after that, or begins on a low battery, knows, and is left alone
    until the computer has been plugged in or charged. 0 percent: never. The battery is asked on another thread,
    because some answer slowly.
    """

    def __init__(
        self,
        session: Session,
        *,
        least_percent: Callable[[], float],
        battery: Callable[[], Battery | None] = battery_of_this_computer,
        check_ms: int = CHECK_MS,
    ) -> None:
        super().__init__(session)
        self._session = session
        self._least_percent = least_percent
        self._battery = battery
        self._is_warned = False
        self._is_beginning = False
        self._asking = Background("battery", self)
        self._asking.done.connect(self._told)
        self._timer = QTimer(self)
        self._timer.setInterval(check_ms)
        self._timer.timeout.connect(self._ask)
        session.activity_changed.connect(self._activity_changed)

    def close(self) -> None:
        """Asks no more, for when the window closes."""
        self._timer.stop()
        self._asking.close()

    def _activity_changed(self, activity: Activity) -> None:
        if activity is Activity.WRITING:
            self._is_beginning = True
            self._timer.start()
            self._ask()
        else:
            self._timer.stop()

    def _ask(self) -> None:
        if self._least_percent() > 0 and not self._asking.is_busy:
            battery = self._battery
            self._asking.start(lambda _report, _stop: battery())

    def _told(self, battery: Battery | None) -> None:
        is_beginning, self._is_beginning = self._is_beginning, False
        is_low = battery is not None and not battery.power_plugged and battery.percent < self._least_percent()
        if battery is None or not is_low:
            self._is_warned = False
            return
        if self._is_warned or self._session.activity is not Activity.WRITING:
            return
        self._is_warned = True
        percent = round(battery.percent)
        if is_beginning:
            self._session.tell(translate("BatteryWatch", GOES_ON).format(percent=percent))
            return
        self._session.pause(self.tr("battery at {percent} %").format(percent=percent))
        go_on = NoticeAction(self.tr("Go on all the same"), self._session.write)
        self._session.noticed.emit(
            Notice(translate("BatteryWatch", PAUSED).format(percent=percent), "problem", (go_on,))
        )
