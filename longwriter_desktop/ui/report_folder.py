"""A folder with what is needed to look into a problem: the logs, and what the app says of itself and this computer."""

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from longwriter_desktop.errors import EnvironmentProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import open_private
from longwriter_desktop.ui.translation import translate

LOG_BYTES = 1_000_000
"""How much of the end of each log goes into the folder."""


def make_report(paths: AppPaths, texts: Mapping[str, str], at: float, home: Path | None = None) -> Path:
    """Makes a folder of its own in data/reports with ``texts`` by their file names, and the logs; returns it.

    The person's home folder, in which their name often stands, becomes "~" in all of it; ``home`` is for tests.
    ``at`` is in Unix seconds. Raises EnvironmentProblem; what was begun is then removed.
    """
    folder: Path | None = None
    written: list[Path] = []
    try:
        folder = _new_folder(paths.data / "reports", at)
        for name, text in {**_logs(paths.log), **texts}.items():
            written.append(folder / name)
            # The name of a file need not be text.
            with os.fdopen(open_private(folder / name), "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(shortened(text, home or Path.home()))
    except OSError as problem:
        _remove(folder, written)
        told = translate(
            "ReportFolder",
            "The report could not be written to {folder}: {reason}. Nothing was changed. Make room there, then try "
            "again.",
        )
        raise EnvironmentProblem(
            told.format(folder=paths.data / "reports", reason=problem.strerror or problem)
        ) from problem
    return folder


def shortened(text: str, home: Path) -> str:
    """``text`` with "~" for the home folder, however it is written: as it is, or with doubled backslashes."""
    for way in dict.fromkeys((str(home), os.path.realpath(home))):
        if len(way) > 1:  # The home folder of some services is the root.
            text = text.replace(way.replace("\\", "\\\\"), "~").replace(way, "~")
    return text


def _new_folder(reports: Path, at: float) -> Path:
    """A folder named after the time, which nobody but the person may read."""
    reports.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{datetime.fromtimestamp(at):%Y-%m-%d %H.%M.%S}"  # noqa: DTZ006 - a person reads local time
    number = 1
    while True:
        folder = reports / (name if number == 1 else f"{name} {number}")
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            number += 1
        else:
            return folder


def _logs(folder: Path) -> dict[str, str]:
    """The end of each log by its name. One that cannot be read is left out, and said so."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.log*")) if folder.is_dir() else ():
        try:
            with file.open("rb") as log:
                log.seek(max(0, file.stat().st_size - LOG_BYTES))
                found[file.name] = log.read().decode("utf-8", "replace")
        except OSError as problem:
            found[file.name] = f"(could not be read: {problem.strerror})"
    return found


def _remove(folder: Path | None, written: list[Path]) -> None:
    if folder is None:
        return
    try:
        for file in written:
            file.unlink(missing_ok=True)
        folder.rmdir()
    except OSError:
        return
