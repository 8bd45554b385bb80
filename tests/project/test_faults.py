"""Disks and folders that refuse: the file keeps what it held, and the person is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.store import Project

SMALL = Document(title="small", sections=(Section("point", 200, text="text"),))
NOBODY = 65534

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")


def with_text(document: Document, text: str) -> Document:
    return document.with_text(document.sections[0].id, text)


@contextmanager
def without_privileges() -> Iterator[None]:
    """As a user whom the file system may refuse things: root is refused nothing."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    """A folder that also an unprivileged user can reach; pytest's own are closed to others."""
    folder = tmp_path / "shared"
    folder.mkdir()
    opened = [each for each in folder.parents if each.name.startswith(("pytest-", "test_"))]
    modes = {each: each.stat().st_mode for each in opened}
    for each in opened:
        each.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    for each, mode in modes.items():
        each.chmod(mode)


@posix
def test_a_folder_that_cannot_be_written_gets_no_new_document(shared: Path) -> None:
    shared.chmod(0o555)
    with without_privileges(), pytest.raises(ProjectProblem, match=r"cannot be written.*Nothing was left behind"):
        Project.create(shared / "a.longwriter", SMALL)
    assert list(shared.iterdir()) == []


@posix
@pytest.mark.parametrize("read_only_part", ["folder", "file"])
def test_a_document_that_cannot_be_saved_is_said_so_on_opening_and_can_be_read(
    shared: Path, read_only_part: str
) -> None:
    path = shared / "a.longwriter"
    Project.create(path, SMALL).close()
    shared.chmod(0o555 if read_only_part == "folder" else 0o777)
    path.chmod(0o666 if read_only_part == "folder" else 0o444)
    before = path.read_bytes()
    with without_privileges():
        with pytest.raises(ProjectProblem, match=r"can be read but not saved.*Open it for reading only"):
            Project.open(path)
        assert Project.open(path, read_only=True).document == SMALL
    assert path.read_bytes() == before
    assert [each.name for each in shared.iterdir()] == [path.name]


@posix
def test_a_folder_that_becomes_read_only_costs_no_text(shared: Path) -> None:
    path = shared / "a.longwriter"
    project = Project.create(path, SMALL)
    path.chmod(0o666)
    shared.chmod(0o555)
    newer = with_text(SMALL, "newer")
    with without_privileges(), pytest.raises(ProjectProblem, match=r"cannot be written.*holds what was saved before"):
        project.save(newer)
    assert Project.open(path, read_only=True).document == SMALL
    shared.chmod(0o755)
    project.save(newer)
    assert Project.open(path).document == newer


@posix
def test_a_file_that_may_not_be_read_is_refused_in_words(shared: Path) -> None:
    path = shared / "a.longwriter"
    Project.create(path, SMALL).close()
    path.chmod(0o000)
    with without_privileges(), pytest.raises(ProjectProblem, match="could not be opened"):
        Project.open(path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_costs_what_does_not_fit_and_nothing_else(small_disk: Path) -> None:
    path = small_disk / "a.longwriter"
    project = Project.create(path, SMALL)
    middle = with_text(SMALL, "word " * 10_000)
    project.save(middle)
    with pytest.raises(ProjectProblem, match=r"the disk is full.*still holds what was saved before.*Make room"):
        project.save(with_text(SMALL, "word " * 200_000))
    assert project.document == middle
    assert Project.open(path).document == middle
    assert [each.name for each in small_disk.iterdir()] == [path.name]
    smaller = with_text(SMALL, "word " * 11_000)
    project.save(smaller)
    assert Project.open(path).document == smaller


def test_a_full_disk_gets_no_new_document(small_disk: Path) -> None:
    with pytest.raises(ProjectProblem, match=r"the disk is full.*Nothing was left behind"):
        Project.create(small_disk / "new" / "a.longwriter", with_text(SMALL, "word " * 200_000))
    assert list(small_disk.iterdir()) == []


def test_autosave_saves_what_it_kept_when_there_is_room_again(small_disk: Path) -> None:
    path = small_disk / "a.longwriter"
    failures: list[Exception] = []
    with (
        Project.create(path, SMALL) as project,
        Autosave(project, lambda _: None, failures.append, interval_s=0.01, retry_s=60) as autosave,
    ):
        ballast = small_disk / "ballast"
        ballast.write_bytes(bytes(300_000))
        newest = replace(with_text(SMALL, "word " * 30_000), title="newest")
        autosave.document_changed(newest)
        assert not autosave.flush(10)
        assert "the disk is full" in str(failures[-1])
        assert Project.open(path, read_only=True).document == SMALL
        ballast.unlink()
        assert autosave.flush(10)
        assert Project.open(path, read_only=True).document == newest
