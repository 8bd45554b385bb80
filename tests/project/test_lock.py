"""A document has one writer, and a process that has died is none."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from longwriter_desktop.errors import OpenElsewhere
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks

HOLDER = """
import sys, time
from pathlib import Path
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks
lock = DocumentLocks(AppPaths.of_this_machine()).take(Path(sys.argv[1]), "window")
print(lock.held, flush=True)
time.sleep(60)
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "True\n"
            yield child
        finally:
            child.kill()


@pytest.fixture
def locks(longwriter_home: Path) -> DocumentLocks:
    return DocumentLocks(AppPaths.of_this_machine())


def test_what_another_process_has_open_is_refused_with_who_has_it(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    with (
        held_by_another_process(path) as child,
        pytest.raises(
            OpenElsewhere, match=rf"another window \(process {child.pid}, since 2\d{{3}}-.*\).*Nothing was changed"
        ),
    ):
        locks.take(path, "window")
    assert list(tmp_path.iterdir()) == []  # nothing beside the document


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    with held_by_another_process(path) as child:
        assert locks.is_held(path)
        child.kill()
        child.wait()
        lock = locks.take(path, "window")
        assert lock.held
        assert lock.left_by is not None
        assert lock.left_by.process == child.pid
        lock.release()
        again = locks.take(path, "window")
        assert again.left_by is None
        again.release()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_process_that_sleeps_still_has_its_document(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    with held_by_another_process(path) as child:
        child.send_signal(signal.SIGSTOP)
        with pytest.raises(OpenElsewhere):
            locks.take(path, "command line")
        child.send_signal(signal.SIGCONT)


def test_two_windows_of_one_process_exclude_each_other(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    first = locks.take(path, "command line")
    with pytest.raises(OpenElsewhere, match=r"open in a command line"):
        locks.take(path, "window")
    first.release()
    first.release()
    assert not first.held
    assert locks.take(path, "window").held


def test_other_documents_are_free(tmp_path: Path, locks: DocumentLocks) -> None:
    taken = [locks.take(tmp_path / name, "window") for name in ("a.longwriter", "b.longwriter", "c/a.longwriter")]
    assert all(lock.held for lock in taken)
    for lock in taken:
        lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_document_is_the_same_through_a_link(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    path.touch()
    (tmp_path / "link.longwriter").symlink_to(path)
    (tmp_path / "folder").symlink_to(tmp_path)
    lock = locks.take(path, "window")
    for other in (tmp_path / "link.longwriter", tmp_path / "folder" / "a.longwriter"):
        assert locks.is_held(other)
        with pytest.raises(OpenElsewhere):
            locks.take(other, "window")
    lock.release()


def test_nothing_is_left_of_a_lock(tmp_path: Path, longwriter_home: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    assert not locks.is_held(path)
    locks.take(path, "window").release()
    assert not locks.is_held(path)
    assert [each.name for each in longwriter_home.rglob("*") if each.is_file()] == []


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_where_there_are_no_locks_work_goes_on(
    tmp_path: Path, locks: DocumentLocks, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_lock: FileLock, **_options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    lock = locks.take(tmp_path / "a.longwriter", "window")
    assert not lock.held
    assert lock.reason == os.strerror(number)
    assert not locks.is_held(tmp_path / "a.longwriter")
    lock.release()


def test_a_folder_that_cannot_be_made_costs_the_lock_alone(tmp_path: Path, longwriter_home: Path) -> None:
    (longwriter_home / "data").write_text("in the way")
    lock = DocumentLocks(AppPaths.of_this_machine()).take(tmp_path / "a.longwriter", "window")
    assert not lock.held
    assert lock.reason


@pytest.mark.parametrize(
    "note", [b"", b"{}", b"[1]", b'["window", 1, 1e99]', b'["window", 1, NaN]', b"\xff", b"[" * 9999]
)
def test_a_damaged_note_about_the_holder_does_no_harm(
    tmp_path: Path, longwriter_home: Path, locks: DocumentLocks, note: bytes
) -> None:
    path = tmp_path / "a.longwriter"
    lock = locks.take(path, "window")
    (written,) = longwriter_home.rglob("*.json")
    written.write_bytes(note)
    with pytest.raises(OpenElsewhere, match="open in another window or command line"):
        locks.take(path, "window")
    lock.release()


def test_a_clock_that_is_set_back_changes_nothing_but_the_words(tmp_path: Path, longwriter_home: Path) -> None:
    path = tmp_path / "a.longwriter"
    later, earlier = (_clock(at) for at in (2_000_000_000.0, 1_000_000_000.0))
    lock = DocumentLocks(AppPaths.of_this_machine(), later).take(path, "window")
    with pytest.raises(OpenElsewhere, match="since 2033-05"):
        DocumentLocks(AppPaths.of_this_machine(), earlier).take(path, "window")
    lock.release()


def _clock(at: float) -> Callable[[], float]:
    return lambda: at


def test_of_many_that_want_it_at_once_one_gets_it(tmp_path: Path, locks: DocumentLocks) -> None:
    path = tmp_path / "a.longwriter"
    inside, most, failures = 0, 0, 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal inside, most, failures
        for _ in range(40):
            try:
                lock = locks.take(path, "window")
            except OpenElsewhere:
                with guard:
                    failures += 1
                continue
            with guard:
                inside += 1
                most = max(most, inside)
            with guard:
                inside -= 1
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert failures < 160
