import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.store import Project


class Disk(Project):
    """A project whose disk can be made slow or full."""

    delay_s = 0.0
    problem: Exception | None = None
    saves = 0

    def save(self, document: Document) -> None:
        type(self).saves += 1
        time.sleep(self.delay_s)
        if self.problem is not None:
            raise self.problem
        super().save(document)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    class OwnDisk(Disk):
        pass

    return OwnDisk.create(tmp_path / "a.longwriter", Document())


class Heard:
    """What the autosave told."""

    def __init__(self) -> None:
        self.saved: list[Document] = []
        self.failed: list[Exception] = []
        self.threads: set[str] = set()

    def on_saved(self, document: Document) -> None:
        self.threads.add(threading.current_thread().name)
        self.saved.append(document)

    def on_failed(self, error: Exception) -> None:
        self.threads.add(threading.current_thread().name)
        self.failed.append(error)


def on_disk(project: Project) -> Document:
    return Project.open(project.path, read_only=True).document


def soon(condition: Callable[[], bool], within_s: float = 10.0) -> bool:
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return False


def titled(title: object) -> Document:
    return Document(title=str(title))


def test_a_change_is_saved_within_a_second_by_itself(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed) as autosave:
        started = time.monotonic()
        autosave.document_changed(titled("new"))
        assert soon(lambda: on_disk(disk).title == "new", 1.0)
        assert time.monotonic() - started < 1.0
    assert heard.saved == [titled("new")]
    assert heard.threads == {"autosave"}


def test_a_stream_of_changes_does_not_put_the_saving_off(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=0.1) as autosave:
        end = time.monotonic() + 1.0
        changes = 0
        while time.monotonic() < end:
            changes += 1
            autosave.document_changed(titled(changes))
            time.sleep(0.003)
        saved_meanwhile = len(heard.saved)
    assert 2 <= saved_meanwhile <= 12 < changes
    assert on_disk(disk) == titled(changes)


def test_a_change_during_a_slow_save_is_saved_next(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=0.05) as autosave:
        disk.delay_s = 0.3
        autosave.document_changed(titled("first"))
        assert soon(lambda: type(disk).saves == 1)
        autosave.document_changed(titled("second"))
        assert soon(lambda: len(heard.saved) == 2)
    assert heard.saved == [titled("first"), titled("second")]


def test_handing_in_never_waits_for_the_disk(disk: Disk) -> None:
    with Autosave(disk, lambda _: None, lambda _: None, interval_s=0.01) as autosave:
        disk.delay_s = 0.5
        autosave.document_changed(titled(0))
        assert soon(lambda: type(disk).saves == 1)
        started = time.monotonic()
        for number in range(100):
            autosave.document_changed(titled(number))
        assert time.monotonic() - started < 0.4
        disk.delay_s = 0


def test_flush_saves_at_once_and_says_that_all_is_on_the_disk(disk: Disk) -> None:
    with Autosave(disk, lambda _: None, lambda _: None, interval_s=60) as autosave:
        assert autosave.flush(10)  # nothing to do
        autosave.document_changed(titled("new"))
        assert autosave.flush(10)
        assert on_disk(disk).title == "new"


def test_flush_gives_up_after_its_time(disk: Disk) -> None:
    with Autosave(disk, lambda _: None, lambda _: None, interval_s=60) as autosave:
        disk.delay_s = 0.5
        autosave.document_changed(titled("new"))
        assert not autosave.flush(0.05)
        assert autosave.flush(10)


def test_the_same_document_handed_in_during_its_save_counts_as_saved(disk: Disk) -> None:
    with Autosave(disk, lambda _: None, lambda _: None, interval_s=0.01) as autosave:
        disk.delay_s = 0.2
        document = titled("new")
        autosave.document_changed(document)
        assert soon(lambda: type(disk).saves == 1)
        autosave.document_changed(document)
        assert autosave.flush(10)


def test_closing_saves_what_is_left_and_ends_the_thread(disk: Disk) -> None:
    autosave = Autosave(disk, lambda _: None, lambda _: None, interval_s=60)
    autosave.document_changed(titled("last"))
    assert autosave.close()
    assert on_disk(disk).title == "last"
    assert "autosave" not in {thread.name for thread in threading.enumerate()}
    assert autosave.close()
    with pytest.raises(RuntimeError):
        autosave.document_changed(titled("too late"))


def test_closing_says_when_something_could_not_be_saved(disk: Disk) -> None:
    heard = Heard()
    autosave = Autosave(disk, heard.on_saved, heard.on_failed, interval_s=60)
    disk.problem = ProjectProblem("the disk is full")
    autosave.document_changed(titled("last"))
    assert not autosave.close()
    assert heard.failed == [disk.problem]
    assert not autosave.flush(1)


def test_after_a_failure_the_newest_document_is_saved_with_the_next_change(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=0.02, retry_s=60) as autosave:
        disk.problem = ProjectProblem("the disk is full")
        autosave.document_changed(titled("one"))
        assert soon(lambda: len(heard.failed) == 1)
        assert autosave.problem is disk.problem
        disk.problem = None
        autosave.document_changed(titled("two"))
        assert soon(lambda: heard.saved == [titled("two")])
        assert autosave.problem is None


def test_after_a_failure_flush_tries_again(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=60) as autosave:
        disk.problem = ProjectProblem("the disk is full")
        autosave.document_changed(titled("one"))
        assert not autosave.flush(10)
        assert not autosave.flush(10)
        assert len(heard.failed) == 2
        disk.problem = None
        assert autosave.flush(10)
    assert heard.saved == [titled("one")]


def test_it_tries_again_by_itself_and_does_not_repeat_the_same_complaint(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=0.01, retry_s=0.02) as autosave:
        disk.problem = ProjectProblem("the disk is full")
        autosave.document_changed(titled("one"))
        assert soon(lambda: type(disk).saves >= 4)
        assert len(heard.failed) == 1
        disk.problem = ProjectProblem("the disk has gone")
        assert soon(lambda: len(heard.failed) == 2)
        disk.problem = None
        assert soon(lambda: heard.saved == [titled("one")])


def test_a_bug_while_saving_is_reported_like_any_other_failure(disk: Disk) -> None:
    heard = Heard()
    with Autosave(disk, heard.on_saved, heard.on_failed, interval_s=0.01) as autosave:
        autosave.document_changed(replace(titled("huge"), word_target=2**70))
        assert soon(lambda: len(heard.failed) == 1)
        assert isinstance(heard.failed[0], OverflowError)
        autosave.document_changed(titled("fine"))
        assert autosave.flush(10)
    assert heard.saved == [titled("fine")]


def test_a_listener_that_fails_does_not_end_the_saving(disk: Disk, caplog: pytest.LogCaptureFixture) -> None:
    def on_saved(_: Document) -> None:
        raise RuntimeError("deleted")

    with Autosave(disk, on_saved, lambda _: None, interval_s=0.01) as autosave:
        for title in ("one", "two"):
            autosave.document_changed(titled(title))
            assert autosave.flush(10)
    assert on_disk(disk).title == "two"
    assert "what follows a save failed" in caplog.text


def test_flush_in_a_listener_answers_at_once(disk: Disk) -> None:
    answers: list[bool] = []
    autosave: Autosave | None = None

    def on_saved(_: Document) -> None:
        assert autosave is not None
        answers.append(autosave.flush(60))

    autosave = Autosave(disk, on_saved, lambda _: None, interval_s=0.01)
    autosave.document_changed(titled("one"))
    assert soon(lambda: answers == [True])
    autosave.close()
