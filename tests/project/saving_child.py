"""Run by test_kills.py: saves one document after another and says so, until it is killed."""

import os
import random
import signal
import sqlite3
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.store import Project


def nth(number: int) -> Document:
    """The document as it is after ``number`` edits: every part of it tells the number, so a mixture shows."""
    count = 3 + number % 7
    return Document(
        title=f"{number}",
        sections=tuple(
            Section(
                f"{number}",
                number,
                text=f"{number} " * (50 + 400 * ((number + place) % 3)),
                versions=tuple(Version(f"{number}", float(number), "edited") for _ in range(number % 4)),
                id=f"section {(place * 3 + number) % 11}",
            )
            for place in range(count)
        ),
        trash=tuple(Section(f"{number}", number, id=f"section {place}") for place in range(number % 5)),
    )


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())  # one write: whole or not there


def save_for_ever(path: Path) -> None:
    project = Project.open(path)
    number = int(project.document.title)
    while True:
        number += 1
        say(f"begin {number}")
        project.save(nth(number))
        say(f"saved {number}")


def autosave_for_ever(path: Path) -> None:
    """Changes every few milliseconds, as text that streams in does. Times are of the clock that the parent reads."""
    project = Project.open(path)
    number = int(project.document.title)
    autosave = Autosave(project, lambda _: None, lambda error: say(f"failed {error}"))
    while True:
        number += 1
        autosave.document_changed(nth(number))
        say(f"changed {number} {time.monotonic()}")
        time.sleep(random.uniform(0.002, 0.02))


def die_in_the_middle(path: Path) -> None:
    """Ends with half of a transaction in the file and its journal beside it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE sections SET text = ?", ("half " * 5000,))
    connection.execute("UPDATE document SET title = 'half'")
    os.kill(os.getpid(), signal.SIGKILL)


def main_thread_fails(path: Path) -> None:
    project = Project.open(path)
    autosave = Autosave(project, lambda _: None, lambda _: None, interval_s=60)
    autosave.document_changed(replace(project.document, title="last words"))
    threading.excepthook = sys.__excepthook__  # type: ignore[assignment]  # the stubs tell two kinds of hook apart
    raise SystemExit(3)  # without closing anything


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]))
