"""Is there a screen to open a window on? Asked before Qt is loaded, which would abort the process without one."""

import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 2.0
_X_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - where every X server listens (x.org, "X11 Protocol")
_X_PORT = 6000


def has_screen(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether a window can be opened: always on macOS and Windows, elsewhere when an X or Wayland server answers.

    ``QT_QPA_PLATFORM`` naming another platform, such as "offscreen", counts as a screen.
    """
    if sys.platform in ("darwin", "win32"):
        return True
    platform = environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform and platform not in ("xcb", "wayland", "wayland-egl"):
        return True
    return _wayland_answers(environ) or _x_answers(environ.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(environ.get("XDG_RUNTIME_DIR", "/run")) / name  # an absolute name stands for itself
    return _answers(socket.AF_UNIX, str(path))


def _x_answers(display: str) -> bool:
    """``display`` is "[host]:number[.screen]"; a host "unix" or none is this computer's own socket."""
    match = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(?:\.\d+)?", display)
    if match is None:
        return False
    path = f"{_X_SOCKETS}{match['number']}"
    if match["host"] in ("", "unix"):
        return _answers(socket.AF_UNIX, path) or (sys.platform == "linux" and _answers(socket.AF_UNIX, f"\0{path}"))
    return _answers(socket.AF_INET, (match["host"], _X_PORT + int(match["number"])))


def _answers(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.settimeout(_SECONDS)
            trial.connect(address)
    except (OSError, OverflowError):
        return False
    return True
