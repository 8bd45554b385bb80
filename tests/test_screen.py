import socket
import sys
from pathlib import Path

import pytest

from longwriter_desktop.screen import has_screen

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there, a screen is taken for granted")


def test_without_any_display_there_is_no_screen() -> None:
    assert not has_screen({})


def test_a_display_on_which_no_server_listens_is_no_screen() -> None:
    assert not has_screen({"DISPLAY": ":4242"})
    assert not has_screen({"DISPLAY": "localhost:4242.0"})
    assert not has_screen({"DISPLAY": "nonsense"})
    assert not has_screen({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"})


def test_a_server_that_answers_is_a_screen(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert has_screen({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)})
        assert has_screen({"WAYLAND_DISPLAY": str(tmp_path / "wayland-7"), "DISPLAY": ":4242"})


def test_an_x_server_over_the_network_is_a_screen() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1] - 6000
        assert has_screen({"DISPLAY": f"127.0.0.1:{number}.0"})


def test_a_platform_of_qt_that_needs_no_server_counts_as_one() -> None:
    assert has_screen({"QT_QPA_PLATFORM": "offscreen"})
    assert not has_screen({"QT_QPA_PLATFORM": "xcb"})
