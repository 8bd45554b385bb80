"""Opening a folder in the system's file manager."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from longwriter_desktop.ui.translation import translate


def open_folder(folder: Path, *, make: bool = False) -> str:
    """Opens a folder; returns a sentence for the person where that did not work, else "". ``make``: make it first."""
    try:
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        is_there = folder.is_dir()
    except OSError as problem:
        return translate("OpenFolder", "The folder {folder} could not be made ({problem}).").format(
            folder=folder, problem=problem
        )
    if not is_there:
        return translate("OpenFolder", "The folder {folder} is not there yet: nothing was kept in it so far.").format(
            folder=folder
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return translate(
            "OpenFolder", "No program that opens folders was found on this system. The folder is {folder}."
        ).format(folder=folder)
    return ""
