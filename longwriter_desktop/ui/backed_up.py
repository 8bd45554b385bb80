"""What the list of backups shows: the documents with theirs, and when a backup was made."""

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.backups import Backup
from longwriter_desktop.ui.recent_list import when_words


@dataclass(frozen=True, slots=True)
class BackedUp:
    """One document in the list: what it is called, its backups, newest first, and its text now where it is in hand."""

    name: str
    backups: tuple[Backup, ...]
    now: Document | None = None
    may_change: bool = True


def moment_words(taken_at: float, now: float) -> str:
    """When a backup was made, in local time: "today 09:41", "12 Nov 09:41"."""
    time = QLocale.c().toString(QDateTime.fromSecsSinceEpoch(int(taken_at)), "HH:mm")
    return f"{when_words(taken_at, now)} {time}"
