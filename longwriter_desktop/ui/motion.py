"""Nothing moves by itself where the person, or the person's system, does not want it."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from longwriter_desktop.ui.theme import Theme

log = logging.getLogger(__name__)

ASK_AFTER_MS = 500
"""The system is asked when the window is there: until then nothing has grown or faded."""
_WAIT_S = 2.0
_CLIENT_AREA_ANIMATION = 0x1042
"""SPI_GETCLIENTAREAANIMATION, see SystemParametersInfoW."""


class Motion(QObject):
    """Follows the setting ``is_wished`` and what the system asks for. ``ask`` may take long and raise anything."""

    _told = Signal(bool)  # the system has answered whether it asks for less motion

    def __init__(
        self,
        theme: Theme,
        is_wished: Callable[[], bool],
        ask: Callable[[], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_wished = is_wished
        self._ask = ask or system_asks_for_less_motion
        self._system_asks = False
        self._told.connect(self._take)
        QTimer.singleShot(ASK_AFTER_MS, self, self._begin_to_ask)
        self.refresh()

    def refresh(self) -> None:
        """Does what is wished now."""
        self._theme.be_still(self._system_asks or self._is_wished())

    def _begin_to_ask(self) -> None:
        threading.Thread(target=self._find_out, name="motion", daemon=True).start()

    def _find_out(self) -> None:
        try:
            asks = self._ask()
        except Exception as problem:  # Whatever a system's services do: then it has no such wish.
            log.info("the system does not say whether things may move: %s", type(problem).__name__)
            return
        try:
            self._told.emit(asks)
        except RuntimeError:  # The window has gone meanwhile.
            return

    def _take(self, asks: bool) -> None:
        self._system_asks = asks
        self.refresh()


def system_asks_for_less_motion() -> bool:
    """Whether the person has told the system that less should move. Waits for its answer; raises whatever it has."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - on Windows only.

        animates = ctypes.c_int(1)
        ctypes.windll.user32.SystemParametersInfoW(_CLIENT_AREA_ANIMATION, 0, ctypes.byref(animates), 0)
        return not animates.value
    if sys.platform == "darwin":
        command = ["/usr/bin/defaults", "read", "com.apple.universalaccess", "reduceMotion"]
        found = subprocess.run(command, capture_output=True, text=True, timeout=_WAIT_S, check=False)  # noqa: S603 - it is fixed.
        return found.stdout.strip() == "1"
    from longwriter_desktop.ui.desktop_bus import desktop_settings  # noqa: PLC0415 - on Linux only.

    return asks_for_less_motion(desktop_settings("org.freedesktop.appearance", *_OWN_NAMES))


_OWN_NAMES = {"org.gnome.desktop.interface": "enable-animations", "org.kde.kdeglobals.KDE": "AnimationDurationFactor"}
"""Where GNOME and its relatives, and KDE, keep it, besides or instead of the portal's own key."""


def asks_for_less_motion(settings: dict[str, dict[str, object]]) -> bool:
    """What a desktop's settings, by namespace and name, say of it.

    Source: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
    """
    if settings.get("org.freedesktop.appearance", {}).get("reduced-motion") == 1:
        return True
    own = [settings.get(namespace, {}).get(name) for namespace, name in _OWN_NAMES.items()]
    return any(str(each) in ("False", "0", "0.0", "false") for each in own)
