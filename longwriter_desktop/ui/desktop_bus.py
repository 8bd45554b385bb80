"""What is asked of a Linux desktop over D-Bus. Each call waits for the answer, so none belongs on the main thread.

Import it on Linux only: elsewhere the library is not installed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped] # It ships no types.
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # It ships no types.
from jeepney.wrappers import unwrap_msg  # type: ignore[import-untyped]  # It ships no types.

APP_NAME = "LongWriter Desktop"
TIMEOUT_S = 2.0
_LOGIND = "org.freedesktop.login1"
_NOTES = "org.freedesktop.Notifications"


@contextmanager
def idle_lock(why: str) -> Iterator[None]:
    """Keeps logind from suspending a computer that nobody touches, as long as the context lasts.

    Raises whatever the bus has against it. Source: https://systemd.io/INHIBITOR_LOCKS
    """
    manager = DBusAddress("/org/freedesktop/login1", _LOGIND, f"{_LOGIND}.Manager")
    with open_dbus_connection("SYSTEM", enable_fds=True) as bus:
        (lock,) = _answer(bus, manager, "Inhibit", "ssss", ("idle", APP_NAME, why, "block"))
        with lock:  # A file; logind takes the lock back when it is closed.
            yield


def show_note(sentence: str, stays_ms: int) -> None:
    """Shows a notification. Raises whatever the bus has against it.

    Source: https://specifications.freedesktop.org/notification-spec/latest/protocol.html
    """
    service = DBusAddress("/org/freedesktop/Notifications", _NOTES, _NOTES)
    hints = {"desktop-entry": ("s", "longwriter-desktop")}
    no_actions: list[str] = []
    note = (APP_NAME, 0, "longwriter-desktop", APP_NAME, sentence, no_actions, hints, stays_ms)
    with open_dbus_connection("SESSION") as bus:
        _answer(bus, service, "Notify", "susssasa{sv}i", note)


def desktop_settings(*namespaces: str) -> dict[str, dict[str, object]]:
    """What the desktop tells apps of its settings, by namespace and name. Raises whatever the bus has against it.

    Source: https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
    """
    portal = DBusAddress(
        "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Desktop", "org.freedesktop.portal.Settings"
    )
    with open_dbus_connection("SESSION") as bus:
        (found,) = _answer(bus, portal, "ReadAll", "as", (list(namespaces),))
    return {
        namespace: {name: value for name, (_signature, value) in values.items()} for namespace, values in found.items()
    }


def _answer(bus: Any, address: Any, method: str, signature: str, body: tuple[object, ...]) -> Any:
    return unwrap_msg(bus.send_and_get_reply(new_method_call(address, method, signature, body), timeout=TIMEOUT_S))
