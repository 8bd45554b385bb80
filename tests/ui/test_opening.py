"""A document that is still being opened when its window goes is closed again, whichever of the two comes first."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.store import Project
from longwriter_desktop.ui.opening import Opening
from tests.ui.conftest import Desk
from tests.ui.documents import lighthouses


class SlowDisk:
    """Opens nothing before it may, and counts what was opened and not closed again."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.opened: list[Project] = []
        self.closed: list[Project] = []

    @property
    def is_all_closed(self) -> bool:
        return bool(self.opened) and self.opened == self.closed


@pytest.fixture
def disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    monkeypatch.setattr(desk.window.opening, "_patience_s", 0.0)
    made, open_project, close_project = SlowDisk(), Project.open, Project.close

    def slow(path: Path, read_only: bool = False) -> Project:
        made.may_go_on.wait(30)
        project = open_project(path, read_only)
        made.opened.append(project)
        return project

    def close(self: Project) -> None:
        close_project(self)
        if self in made.opened:
            made.closed.append(self)

    monkeypatch.setattr(Project, "open", slow)
    monkeypatch.setattr(Project, "close", close)
    yield made
    made.may_go_on.set()


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "essay.longwriter"
    Project.create(path, lighthouses(100)).close()
    return path


def until_read() -> None:
    """Waits until no document is being read any more; nothing of that has arrived in the window."""
    for each in threading.enumerate():
        if each.name == "opening":
            each.join(30)


def test_a_document_that_comes_after_its_window_has_gone_is_closed(
    desk: Desk, disk: SlowDisk, essay: Path, qtbot: QtBot
) -> None:
    desk.window.open(essay)
    assert desk.window.opening.is_going_on
    desk.window.close()
    disk.may_go_on.set()
    qtbot.waitUntil(lambda: disk.is_all_closed)
    assert not desk.session.has_document
    assert not DocumentLocks(desk.paths).is_held(essay)


def test_a_document_that_came_just_before_its_window_goes_is_closed(
    desk: Desk, disk: SlowDisk, essay: Path, qtbot: QtBot
) -> None:
    desk.window.open(essay)
    disk.may_go_on.set()
    until_read()
    assert desk.window.opening.is_going_on  # The window has not heard of it yet.
    desk.window.close()
    assert disk.is_all_closed
    qtbot.wait(10)
    assert not desk.session.has_document


def test_nothing_is_opened_in_a_window_that_has_gone(desk: Desk, disk: SlowDisk, essay: Path) -> None:
    disk.may_go_on.set()
    desk.window.close()
    desk.window.open(essay)
    until_read()
    assert disk.opened == []


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_document_that_comes_when_all_of_its_window_is_deleted_is_closed(
    desk: Desk, disk: SlowDisk, essay: Path, qtbot: QtBot, *, is_closed: bool
) -> None:
    opening = Opening(desk.file, patience_s=0.0)
    opening.open(essay)
    if is_closed:
        opening.close()
    shiboken6.delete(opening)
    disk.may_go_on.set()
    until_read()
    assert disk.is_all_closed


def test_another_document_takes_the_place_of_the_one_that_is_being_opened(
    desk: Desk, disk: SlowDisk, essay: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.longwriter"
    Project.create(other, lighthouses(50)).close()
    desk.window.open(essay)
    desk.window.open(other)
    disk.may_go_on.set()
    qtbot.waitUntil(lambda: desk.session.path == other)
    until_read()
    qtbot.wait(10)
    assert desk.session.path == other
    assert essay in [each.path for each in disk.closed]
    assert other not in [each.path for each in disk.closed]
