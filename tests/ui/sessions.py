"""What the tests of the session share: its sections, what is on the disk, and writing up to a point."""

from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.session import Session


def section_of(session: Session, number: int) -> str:
    return session.document.sections[number - 1].id


def stored(session: Session) -> Document:
    """What is on the disk."""
    assert session.path is not None
    with Project.open(session.path, read_only=True) as project:
        return project.document


def write_until(session: Session, qtbot: QtBot, words: int) -> None:
    session.write()
    qtbot.waitUntil(lambda: session.document.words >= words, timeout=10_000)
