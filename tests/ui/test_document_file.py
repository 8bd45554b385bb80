"""The file of the document in hand, and what is told of it elsewhere."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui import document_file
from longwriter_desktop.ui.session import Session
from tests.ui.reading_ahead import outlined


def test_the_list_of_recent_documents_is_a_moment_behind_what_is_typed(session: Session, qtbot: QtBot) -> None:
    """What a killed app leaves there is nearly what the file has."""
    first = outlined(session).sections[0].id
    typed = "One"

    def is_listed() -> bool:
        nonlocal typed
        typed += " more"
        session.set_text(first, typed)
        session.file.save_now()
        return session.file.recent()[0].words > 1

    qtbot.waitUntil(is_listed, timeout=6000)


def listed(session: Session) -> str:
    """The title of the document in hand in the list of recent documents."""
    assert session.path is not None
    return {entry.path: entry.title for entry in session.file.recent()}[session.path]


def test_a_disk_that_answers_late_says_nothing_of_the_document_opened_meanwhile(
    session: Session, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, saving, save = threading.Event(), threading.Event(), Project.save

    def slow(project: Project, document: Document) -> None:
        if document.title == "Slow":
            saving.set()
            assert hangs.wait(20)
        save(project, document)

    monkeypatch.setattr(Project, "save", slow)
    monkeypatch.setattr(document_file, "STALLED_S", 0.05)
    monkeypatch.setattr(document_file, "LIST_EVERY_S", 0.0)
    outlined(session)
    session.set_title("Slow")
    assert saving.wait(5)
    qtbot.wait(100)
    session.close_document()
    session.new_document("Beacons of another coast", 900, "en")
    session.set_title("Quick")
    assert session.file.save_now()
    qtbot.waitUntil(lambda: listed(session) == "Quick", timeout=5000)
    heard: list[bool] = []
    session.file.saved.connect(lambda: heard.append(True))
    hangs.set()
    qtbot.wait(300)
    assert listed(session) == "Quick"
    assert heard == []
