"""Disks and folders that refuse: the file keeps what it held, and the person is told."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
    opened = [each for each in folder.parents if each.name.startswith(("pytest-", "popen-", "test_"))]
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


def run_child(code: str, *arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=60,
    )


# -- a disk that is full when the process is killed ------------------------------------------------------

KILLED_ON_A_FULL_DISK = """
import os, signal, sys, time
from pathlib import Path
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.recovery import Recovery
from longwriter_desktop.project.safekeeping import Safekeeping
from longwriter_desktop.project.store import Project
project, paths, kept = Project.open(Path(sys.argv[1])), AppPaths.of_this_machine(), []
safekeeping = Safekeeping(Recovery(paths, DocumentLocks(paths)).file_for(project, time.time), kept.append)
autosave = Autosave(project, lambda document: None, lambda problem: None, safekeeping=safekeeping)
document = project.document
autosave.document_changed(document.with_text(document.sections[0].id, "word " * 200_000))
while not kept:
    time.sleep(0.01)
print(kept[0], autosave.problem, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_text_outlives_a_kill_while_the_disk_is_full(small_disk: Path) -> None:
    path = small_disk / "a.longwriter"
    Project.create(path, SMALL).close()
    child = run_child(KILLED_ON_A_FULL_DISK, path)
    assert child.stdout.startswith("None ")
    assert "the disk is full" in child.stdout
    assert Project.open(path, read_only=True).document == SMALL
    paths = AppPaths.of_this_machine()
    recovery = Recovery(paths, DocumentLocks(paths))
    (entry,) = recovery.entries()
    assert recovery.document(entry) == with_text(SMALL, "word " * 200_000)
    back = recovery.put_back(entry)  # its own disk is still full
    assert back.parent == paths.documents
    assert Project.open(back, read_only=True).document == with_text(SMALL, "word " * 200_000)


def test_room_was_kept_free_on_a_disk_that_holds_the_app_s_folder_too(tmp_path: Path, small_disk: Path) -> None:
    home = small_disk / "home"
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    project = Project.create(small_disk / "a.longwriter", SMALL)
    file = Recovery(paths, DocumentLocks(paths)).file_for(project, lambda: 0.0)
    room = paths.data / "recovery" / "room"
    room.parent.mkdir(parents=True)
    room.write_bytes(bytes(200_000))  # the disk of this test is smaller than what is kept free in earnest
    newer = with_text(SMALL, "word " * 20_000)
    (small_disk / "ballast").write_bytes(bytes(120_000))
    with pytest.raises(ProjectProblem, match="the disk is full"):
        project.save(newer)
    file.keep(newer)
    file.leave()
    assert not room.exists()
    recovery = Recovery(paths, DocumentLocks(paths))
    assert recovery.document(recovery.entries()[0]) == newer


# -- a disk without locks --------------------------------------------------------------------------------

NO_LOCKS = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
static int pass_on(const char *name, int file, int command, void *argument) {
    int (*real)(int, int, ...) = dlsym(RTLD_NEXT, name);
    if (command == F_SETLK || command == F_GETLK || command == F_SETLKW) { errno = WHY; return -1; }
    return real(file, command, argument);
}
int fcntl(int file, int command, ...) {
    va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
    return pass_on("fcntl", file, command, argument);
}
int fcntl64(int file, int command, ...) {
    va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
    return pass_on("fcntl64", file, command, argument);
}
"""
SAVED_WITHOUT_LOCKS = """
import sys
from dataclasses import replace
from pathlib import Path
from longwriter_desktop.project import store
store._BUSY_TIMEOUT_S = 0.05
path = Path(sys.argv[1])
with store.Project.create(path, store.Document(title="one")) as made:
    print(made.has_locks)
with store.Project.open(path) as project:
    project.save(replace(project.document, title="two"))
with store.Project.open(path, read_only=True) as project:
    print(project.has_locks, project.document.title)
"""


@pytest.fixture(params=["ENOLCK", "EOPNOTSUPP"])
def no_locks(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A library that, loaded first, lets each lock fail as a share without locks does."""
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None:
        pytest.skip("needs Linux and a C compiler, to make locks fail")
    source, library = tmp_path / "no_locks.c", tmp_path / "no_locks.so"
    source.write_text(NO_LOCKS)
    subprocess.run(
        [compiler, "-shared", "-fPIC", f"-DWHY={request.param}", "-o", str(library), str(source), "-ldl"], check=True
    )
    return library


def test_a_disk_without_locks_is_worked_on_all_the_same(no_locks: Path, tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "a.longwriter"
    child = run_child(SAVED_WITHOUT_LOCKS, path, LD_PRELOAD=str(no_locks))
    assert child.stdout.split() == ["False", "False", "two"], child.stderr
    assert [each.name for each in folder.iterdir()] == [path.name]
    with Project.open(path) as project:
        assert project.has_locks
        assert project.document.title == "two"


# -- kills and stops at bad moments ----------------------------------------------------------------------

KILLED_IN_A_MIGRATION = """
import os, signal, sys
from pathlib import Path
from longwriter_desktop.project import schema
from longwriter_desktop.project.store import Project
def half(connection):
    connection.execute("CREATE TABLE half (text)")
    connection.executemany("INSERT INTO half VALUES (?)", [("x" * 4000,)] * 2000)
    connection.execute("DELETE FROM document")
    connection.execute("PRAGMA cache_spill = 1")
    os.kill(os.getpid(), signal.SIGKILL)
schema.MIGRATIONS = (*schema.MIGRATIONS, half)
Project.open(Path(sys.argv[1]))
"""


@posix
def test_a_kill_inside_a_migration_leaves_the_old_document(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, SMALL).close()
    child = run_child(KILLED_IN_A_MIGRATION, path)
    assert child.returncode == -signal.SIGKILL
    with Project.open(path) as project:
        assert project.document == SMALL
    assert not path.with_name("a.longwriter-journal").exists()
    (copy,) = (each for each in tmp_path.iterdir() if each != path and each.suffix == ".longwriter")
    with Project.open(copy, read_only=True) as project:
        assert project.document == SMALL


STOPPED = """
import sys, time
from pathlib import Path
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.store import Project
project = Project.open(Path(sys.argv[1]))
with Autosave(project, lambda document: None, lambda problem: None) as autosave:
    autosave.document_changed(project.document.with_text(project.document.sections[0].id, "typed"))
    print("typed", flush=True)
    sys.stdin.read()
"""


@posix
def test_a_sleep_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, SMALL).close()
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        child.send_signal(signal.SIGSTOP)
        time.sleep(1)
        child.send_signal(signal.SIGCONT)
        child.stdin.close()
        assert child.wait(20) == 0
    assert Project.open(path, read_only=True).document == with_text(SMALL, "typed")


def test_versions_keep_their_order_when_the_clock_is_set_back(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    with Project.create(path, SMALL) as project:
        for number, at in enumerate((2_000_000_000.0, 1_000_000_000.0, 0.0, 1_500_000_000.0)):
            section = project.document.sections[0].with_text_kept(at)
            newer = project.document.with_section(section)
            project.save(with_text(newer, f"text {number}"))
    versions = Project.open(path).document.sections[0].versions
    assert [version.text for version in versions] == ["text", "text 0", "text 1", "text 2"]
    assert [version.created_at for version in versions] == [2_000_000_000.0, 1_000_000_000.0, 0.0, 1_500_000_000.0]


# -- files that go or are replaced while they are open ---------------------------------------------------


@posix
@pytest.mark.parametrize("what", ["another document", "an older copy", "other bytes", "a folder", "nothing"])
def test_whatever_lies_in_the_place_of_the_document_is_left_alone(tmp_path: Path, what: str) -> None:
    path, copy = tmp_path / "a.longwriter", tmp_path / "copy.longwriter"
    project = Project.create(path, SMALL)
    shutil.copyfile(path, copy)
    project.save(with_text(SMALL, "saved since"))
    path.unlink()
    if what == "another document":
        Project.create(path, Document(title="other")).close()
    elif what == "an older copy":
        copy.rename(path)
    elif what == "other bytes":
        path.write_bytes(b"something else entirely")
    elif what == "a folder":
        path.mkdir()
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(ProjectProblem, match=r"text in this window is kept|could not be saved"):
        project.save(with_text(SMALL, "newest"))
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert path.exists() == (what != "nothing")
