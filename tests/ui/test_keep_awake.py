import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, cast

import pytest
from jeepney import (  # type: ignore[import-untyped] # no types
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped] # no types
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped] # no types
from pytestqt.qtbot import QtBot

from longwriter_desktop.ui.desktop_bus import show_note
from longwriter_desktop.ui.keep_awake import KeepAwake
from longwriter_desktop.ui.motion import system_asks_for_less_motion
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.wake_lock import WakeLock
from tests.ui.reading_ahead import idle, outlined
from tests.ui.scripted_engine import ScriptedEngine


class Held:
    """A wake lock's inside that counts."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.taken = 0
        self.now = 0
        self.threads: set[str] = set()

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.taken += 1
        self.threads.add(threading.current_thread().name)
        if self.problem is not None:
            raise self.problem
        self.now += 1
        try:
            yield
        finally:
            self.now -= 1


def test_the_computer_stays_awake_while_it_writes_and_no_longer(
    session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    held = Held()
    awake = KeepAwake(session, lambda: True, WakeLock(held))
    outlined(session)
    assert held.taken == 0
    engine.hold()
    session.write()
    qtbot.waitUntil(lambda: held.now == 1, timeout=3000)
    assert held.threads == {"keep-awake"}
    engine.go_on()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    qtbot.waitUntil(lambda: held.now == 0, timeout=3000)
    engine.hold()
    session.write_again(session.document.sections[0].id)
    qtbot.waitUntil(lambda: held.now == 1, timeout=3000)
    awake.close()
    assert held.now == 0
    session.pause()


def test_who_does_not_wish_it_has_it_not(session: Session, engine: ScriptedEngine, qtbot: QtBot) -> None:
    held = Held()
    awake = KeepAwake(session, lambda: False, WakeLock(held))
    outlined(session)
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    awake.close()
    assert held.taken == 0


def test_the_setting_counts_at_once(session: Session, engine: ScriptedEngine, qtbot: QtBot) -> None:
    held, wished = Held(), [False]
    awake = KeepAwake(session, lambda: wished[0], WakeLock(held))
    outlined(session)
    engine.hold()
    session.write()
    for wish in (True, False):
        wished[0] = wish
        awake.consider()
        qtbot.waitUntil(lambda: held.now == int(wished[0]), timeout=3000)
    session.pause()
    awake.close()


def test_a_system_that_refuses_does_not_keep_anybody_from_writing(
    session: Session, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    held = Held(RuntimeError("no bus"))
    awake = KeepAwake(session, lambda: True, WakeLock(held))
    outlined(session)
    session.write()
    qtbot.waitUntil(lambda: idle(session), timeout=10_000)
    assert session.document.words > 100
    awake.close()
    assert held.taken == 1
    assert [record.message for record in caplog.records if record.name.startswith("longwriter")] == [
        "the computer may fall asleep while writing: RuntimeError"
    ]


def test_asking_returns_at_once_where_the_system_does_not_answer() -> None:
    answer = threading.Event()

    @contextmanager
    def slow() -> Iterator[None]:
        answer.wait(20)
        yield

    lock = WakeLock(slow)
    began = time.monotonic()
    for wanted in (True, False, True, False):
        lock.want(wanted)
    assert time.monotonic() - began < 10  # It would be twenty seconds.
    answer.set()
    lock.close()
    lock.want(True)  # After the end nothing is held any more.


class Desktop:
    """A desktop on a bus of its own that notes what is asked of it, and keeps logind's lock as a file."""

    NAMES = (
        *("org.freedesktop.PowerManagement", "org.freedesktop.Notifications", "org.freedesktop.login1"),
        "org.freedesktop.portal.Desktop",
    )
    SETTINGS: ClassVar = {
        "org.freedesktop.appearance": {"reduced-motion": ("u", 1)},
        "org.gnome.desktop.interface": {"enable-animations": ("b", True)},
    }

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[object, ...]]] = []
        self.lock_in, lock_out = os.pipe()
        self._bus = open_dbus_connection("SESSION", enable_fds=True)
        for name in self.NAMES:
            self._bus.send_and_get_reply(message_bus.RequestName(name))
        self._thread = threading.Thread(target=self._serve, args=(lock_out,))
        self._thread.start()

    def _serve(self, lock_out: int) -> None:
        while True:
            message = self._bus.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            fields = message.header.fields
            interface, member = fields[HeaderFields.interface], fields[HeaderFields.member]
            self.asked.append((interface, member, message.body))
            match interface, member:
                case "org.freedesktop.login1.Manager", "Inhibit":
                    self._bus.send(new_method_return(message, "h", (lock_out,)))
                    os.close(lock_out)
                case "org.freedesktop.portal.Settings", "ReadAll":
                    self._bus.send(new_method_return(message, "a{sa{sv}}", (self.SETTINGS,)))
                case _, "Inhibit" | "Notify":
                    self._bus.send(new_method_return(message, "u", (7,)))
                case "test.Desktop", "Quit":
                    self._bus.send(new_method_return(message))
                    self._bus.close()
                    return
                case _, "UnInhibit":
                    self._bus.send(new_method_return(message))
                case _:
                    self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))

    def members(self) -> list[str]:
        return [f"{interface}.{member}" for interface, member, _ in self.asked]

    def close(self) -> None:
        with open_dbus_connection("SESSION") as bus:
            bus.send_and_get_reply(new_method_call(DBusAddress("/", self.NAMES[0], "test.Desktop"), "Quit"))
        self._thread.join(5)
        os.close(self.lock_in)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed here")
    config = tmp_path / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type><auth>EXTERNAL</auth>"
        f"<listen>unix:path={tmp_path / 'bus'}</listen>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
        '<allow own="*"/></policy></busconfig>'
    )
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        try:
            made = Desktop()
            yield made
            made.close()
        finally:
            daemon.terminate()


def test_desktop_and_logind_are_asked_over_the_bus_and_told_when_it_is_over(desktop: Desktop, qtbot: QtBot) -> None:
    lock = WakeLock()
    lock.want(True)
    qtbot.waitUntil(lambda: "org.freedesktop.PowerManagement.Inhibit.Inhibit" in desktop.members(), timeout=5000)
    asked = next(body for interface, _, body in desktop.asked if interface == "org.freedesktop.login1.Manager")
    assert asked[0] == "idle"
    assert asked[3] == "block"
    lock.close()
    qtbot.waitUntil(lambda: "org.freedesktop.PowerManagement.Inhibit.UnInhibit" in desktop.members(), timeout=5000)
    assert os.read(desktop.lock_in, 1) == b""  # The other end is closed: logind has its lock back.


def test_a_note_reaches_the_desktop(desktop: Desktop) -> None:
    show_note("The writing is done.", 5000)
    (body,) = [body for _, member, body in desktop.asked if member == "Notify"]
    assert body[0] == "LongWriter Desktop"
    assert body[4] == "The writing is done."


def test_the_desktop_says_whether_less_should_move(desktop: Desktop) -> None:
    assert system_asks_for_less_motion()
    (asked,) = [body for _, member, body in desktop.asked if member == "ReadAll"]
    assert "org.freedesktop.appearance" in cast("tuple[list[str]]", asked)[0]


def test_closing_does_not_wait_long_for_a_bus_that_does_not_answer() -> None:
    taken, answer = threading.Event(), threading.Event()

    @contextmanager
    def stuck() -> Iterator[None]:
        taken.set()
        answer.wait(20)
        yield

    lock = WakeLock(stuck)
    lock.want(True)
    assert taken.wait(5)
    began = time.monotonic()
    lock.close()
    assert time.monotonic() - began < 1.0
    answer.set()
