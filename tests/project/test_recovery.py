"""Text that cannot be saved is kept, whole, and comes back."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.recovery import Recovery
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project
from tests.project.test_autosave import soon

NOON = 1_700_000_000.0
OLD = Document(title="Essay", sections=(Section("point", 200, text="old"),))
NEW = OLD.with_text(OLD.sections[0].id, "new " * 100)


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine()


@pytest.fixture
def locks(paths: AppPaths) -> DocumentLocks:
    return DocumentLocks(paths)


@pytest.fixture
def recovery(paths: AppPaths, locks: DocumentLocks) -> Recovery:
    return Recovery(paths, locks)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "folder" / "essay.longwriter", OLD)


def kept(recovery: Recovery, project: Project, document: Document = NEW) -> None:
    """Keeps a text as a window does that ends before it could be saved."""
    file = recovery.file_for(project, lambda: NOON)
    file.keep(document)
    file.leave()


def on_disk(path: Path) -> Document:
    with Project.open(path, read_only=True) as project:
        return project.document


def files_in(folder: Path) -> list[str]:
    return sorted(each.suffix for each in folder.iterdir()) if folder.is_dir() else []


def test_nothing_is_kept_before_there_is_trouble(recovery: Recovery, project: Project, paths: AppPaths) -> None:
    recovery.file_for(project, lambda: NOON).leave()
    assert recovery.entries() == []
    assert not paths.data.exists()


def test_a_kept_text_is_offered_when_its_window_has_gone(recovery: Recovery, project: Project, paths: AppPaths) -> None:
    file = recovery.file_for(project, lambda: NOON)
    file.keep(OLD)
    file.keep(NEW)
    assert recovery.entries() == []  # the window is there, and goes on keeping it
    file.leave()
    (entry,) = recovery.entries()
    assert (entry.title, entry.words, entry.document_path, entry.at) == ("Essay", 1, project.path, NOON)
    assert recovery.document(entry) == NEW
    if os.name != "nt":
        assert (paths.data / "recovery").stat().st_mode & 0o777 == 0o700


def test_a_text_that_was_saved_after_all_is_not_kept(recovery: Recovery, project: Project, paths: AppPaths) -> None:
    file = recovery.file_for(project, lambda: NOON)
    file.keep(NEW)
    file.remove()
    assert files_in(paths.data / "recovery") == []
    file.keep(NEW)  # and the next trouble begins anew
    file.leave()
    assert len(recovery.entries()) == 1


def test_a_text_whose_window_died_just_after_saving_it_is_taken_away(
    recovery: Recovery, project: Project, paths: AppPaths
) -> None:
    kept(recovery, project)
    project.save(NEW)
    assert recovery.entries() == []
    assert files_in(paths.data / "recovery") == []


def test_it_goes_back_into_its_own_file(recovery: Recovery, project: Project, paths: AppPaths) -> None:
    kept(recovery, project)
    (entry,) = recovery.entries()
    assert recovery.put_back(entry) == project.path
    assert on_disk(project.path) == NEW
    assert recovery.entries() == []
    assert files_in(paths.data / "recovery") == []


def test_a_file_that_has_been_changed_since_is_left_alone(recovery: Recovery, project: Project) -> None:
    kept(recovery, project)
    other = replace(OLD, title="changed elsewhere")
    project.save(other)
    (entry,) = recovery.entries()
    path = recovery.put_back(entry)
    assert path == project.path.with_name("essay (recovered).longwriter")
    assert on_disk(path) == NEW
    assert on_disk(project.path) == other


def test_a_document_that_is_open_in_a_window_is_left_alone(
    recovery: Recovery, project: Project, locks: DocumentLocks
) -> None:
    kept(recovery, project)
    lock = locks.take(project.path, "window")
    (entry,) = recovery.entries()
    assert recovery.put_back(entry) != project.path
    assert on_disk(project.path) == OLD
    lock.release()


def test_text_of_a_folder_that_has_gone_comes_back_in_the_documents_folder(
    recovery: Recovery, project: Project, paths: AppPaths
) -> None:
    kept(recovery, project)
    project.path.unlink()
    project.path.parent.rmdir()
    (entry,) = recovery.entries()
    path = recovery.put_back(entry)
    assert path == paths.documents / "essay (recovered).longwriter"
    assert on_disk(path) == NEW
    assert not project.path.parent.exists()


def test_what_cannot_be_put_back_stays_kept(recovery: Recovery, project: Project, paths: AppPaths) -> None:
    kept(recovery, project)
    project.path.unlink()
    project.path.parent.rmdir()
    paths.documents.parent.mkdir(exist_ok=True)
    paths.documents.write_text("in the way")
    (entry,) = recovery.entries()
    with pytest.raises(ProjectProblem):
        recovery.put_back(entry)
    assert recovery.entries() == [entry]


def test_it_can_be_saved_elsewhere_or_given_up(recovery: Recovery, project: Project, tmp_path: Path) -> None:
    for _ in range(2):
        kept(recovery, project)
    first, second = recovery.entries()
    recovery.save_as(first, tmp_path / "saved.longwriter")
    assert on_disk(tmp_path / "saved.longwriter") == NEW
    with pytest.raises(ProjectProblem, match="a file of that name already"):
        recovery.save_as(second, tmp_path / "saved.longwriter")
    assert recovery.entries() == [second]
    recovery.discard(second)
    assert recovery.entries() == []


@pytest.mark.parametrize("note", [b"", b"{}", b'{"path": 1}', b"\xff"])
def test_text_is_offered_without_a_usable_note_too(
    recovery: Recovery, project: Project, paths: AppPaths, note: bytes
) -> None:
    kept(recovery, project)
    (written,) = (paths.data / "recovery").glob("*.json")
    written.write_bytes(note)
    (entry,) = recovery.entries()
    assert entry.document_path is None
    assert recovery.put_back(entry) == paths.documents / "Essay (recovered).longwriter"


def test_files_in_the_way_are_passed_over(recovery: Recovery, paths: AppPaths) -> None:
    (paths.data / "recovery").mkdir(parents=True)
    (paths.data / "recovery" / "x.longwriter").write_text("no document")
    assert recovery.entries() == []


def test_room_is_kept_for_the_day_on_which_the_disk_is_full(
    recovery: Recovery, project: Project, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = recovery.file_for(project, lambda: NOON)
    file.reserve()
    room = paths.data / "recovery" / "room"
    assert room.stat().st_size > 1_000_000
    create = Project.create

    def create_where_there_is_room(path: Path, document: Document) -> Project:
        if room.exists():
            raise ProjectProblem("the disk is full")
        return create(path, document)

    monkeypatch.setattr(Project, "create", create_where_there_is_room)
    file.keep(NEW)
    file.leave()
    assert recovery.document(recovery.entries()[0]) == NEW


# -- together with the autosave ------------------------------------------------------------------------


class Disk(Project):
    """A project whose disk can be made full, or made not to answer."""

    problem: Exception | None = None

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they are
        self.answers = threading.Event()
        self.answers.set()

    def save(self, document: Document) -> None:
        assert self.answers.wait(30)
        if self.problem is not None:
            raise self.problem
        super().save(document)


class Bench:
    """A document with autosave and safekeeping, and what they told."""

    def __init__(self, disk: Disk, recovery: Recovery) -> None:
        self.disk = disk
        self.recovery = recovery
        self.file = recovery.file_for(disk, lambda: NOON)
        self.kept: list[Exception | None] = []
        self.failed: list[Exception] = []
        safekeeping = Safekeeping(self.file, self.kept.append)
        self.autosave = Autosave(disk, lambda _: None, self.failed.append, safekeeping=safekeeping)


@pytest.fixture
def bench(tmp_path: Path, recovery: Recovery) -> Bench:
    return Bench(Disk.create(tmp_path / "a.longwriter", OLD), recovery)


def nth(number: int) -> Document:
    return OLD.with_text(OLD.sections[0].id, f"text {number}")


def test_a_healthy_disk_needs_no_recovery_file(bench: Bench, paths: AppPaths) -> None:
    end = time.monotonic() + 2.5
    number = 0
    while time.monotonic() < end:
        number += 1
        bench.autosave.document_changed(nth(number))
        time.sleep(0.01)
    assert bench.autosave.close()
    assert bench.kept == []
    assert files_in(paths.data / "recovery") == [""]  # the room alone


@pytest.mark.parametrize("trouble", ["full", "hangs"])
def test_what_is_typed_is_safe_within_a_second_though_it_cannot_be_saved(
    bench: Bench, paths: AppPaths, trouble: str
) -> None:
    if trouble == "full":
        bench.disk.problem = ProjectProblem("the disk is full")
    else:
        bench.disk.answers.clear()
    for number in range(3):
        document = nth(number)
        bench.autosave.document_changed(document)
        started = time.monotonic()

        def is_kept(wanted: Document = document) -> bool:
            found = list((paths.data / "recovery").glob("*.longwriter"))
            return bool(found) and on_disk(found[0]) == wanted

        assert soon(is_kept, 5)
        assert time.monotonic() - started < 1.0 + 0.5  # the half second is for slow test machines
    assert all(problem is None for problem in bench.kept)
    bench.disk.problem = None
    bench.disk.answers.set()
    assert bench.autosave.flush(10)
    assert not list((paths.data / "recovery").glob("*.longwriter"))
    assert bench.autosave.close()
    assert on_disk(bench.disk.path) == nth(2)


def test_text_that_could_not_be_saved_until_the_end_is_left_for_the_next_start(
    bench: Bench, recovery: Recovery
) -> None:
    bench.disk.problem = ProjectProblem("the folder has gone")
    bench.autosave.document_changed(NEW)
    assert not bench.autosave.close()
    (entry,) = recovery.entries()
    assert recovery.document(entry) == NEW
    assert "safekeeping" not in {thread.name for thread in threading.enumerate()}


def test_it_is_said_when_text_cannot_be_kept_either(bench: Bench, paths: AppPaths) -> None:
    assert soon((paths.data / "recovery" / "room").exists)
    bench.disk.problem = ProjectProblem("the disk is full")
    (paths.data / "recovery" / "room").unlink()
    (paths.data / "recovery").rmdir()
    (paths.data / "recovery").write_text("in the way")
    bench.autosave.document_changed(NEW)
    assert soon(lambda: any(isinstance(problem, OSError) for problem in bench.kept))
    assert not bench.autosave.close()


@pytest.mark.parametrize("keep", [True, False])
def test_a_disk_that_does_not_answer_is_not_waited_for(bench: Bench, recovery: Recovery, keep: bool) -> None:
    bench.disk.answers.clear()
    bench.autosave.document_changed(NEW)
    assert soon(lambda: bench.autosave.waits_for_disk_s > 0)
    bench.autosave.document_changed(nth(2))
    started = time.monotonic()
    bench.autosave.abandon(keep=keep)
    assert time.monotonic() - started < 2
    assert [recovery.document(each) for each in recovery.entries()] == ([nth(2)] if keep else [])
    bench.disk.answers.set()
    assert soon(lambda: "autosave" not in {thread.name for thread in threading.enumerate()})
    with pytest.raises(RuntimeError, match="save after close"):
        bench.disk.save(OLD)


KILLED = """
import os, signal, sys, time
from pathlib import Path
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.recovery import Recovery
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project
project = Project.open(Path(sys.argv[1]))
paths = AppPaths.of_this_machine()
safekeeping = Safekeeping(Recovery(paths, DocumentLocks(paths)).file_for(project, time.time), lambda problem: None)
autosave = Autosave(project, lambda document: None, lambda problem: None, safekeeping=safekeeping)
project.path.unlink()
project.path.parent.rmdir()
number, document = 0, project.document
typed = time.monotonic()
while True:
    number += 1
    document = document.with_text(document.sections[0].id, f"text {number}")
    autosave.document_changed(document)
    os.write(1, f"{number} {time.monotonic()}\\n".encode())
    time.sleep(0.005)
    if time.monotonic() - typed > 3:
        os.write(1, f"killed {time.monotonic()}\\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_kill_in_the_middle_of_trouble_costs_less_than_a_second(project: Project, recovery: Recovery) -> None:
    project.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(project.path)], capture_output=True, text=True, check=False
    )
    *typed, last = done.stdout.splitlines()
    at = {int(number): float(when) for number, when in (line.split() for line in typed)}
    killed = float(last.split()[1])
    (entry,) = recovery.entries()
    number = int(recovery.document(entry).sections[0].text.split()[1])
    assert killed - at[number + 1] < 1.0 + 0.5  # the half second is for slow test machines
