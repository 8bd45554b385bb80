"""A document in hand is backed up at once, by time and at the end, off the thread that works on it."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project import backing_up
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.backing_up import BackingUp
from longwriter_desktop.project.backups import Backup, Backups, read_backup
from longwriter_desktop.project.store import Project

ROME = Document(title="Rome", sections=(Section("Kings", 200, text="Once."),))


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    Project.create(tmp_path / "Rome.longwriter", ROME).close()
    with Project.open(tmp_path / "Rome.longwriter") as opened:
        yield opened


@pytest.fixture
def backups(tmp_path: Path) -> Backups:
    return Backups(tmp_path / "backups")


def texts(backups: Backups, project: Project) -> list[str]:
    return [read_backup(each).sections[0].text for each in backups.of(project.path)]


def retold(text: str) -> Document:
    return ROME.with_text(ROME.sections[0].id, text)


def no_trouble(problem: LongWriterError) -> None:
    raise AssertionError(problem)


def test_it_is_backed_up_as_it_was_opened_then_by_time_then_at_the_end(backups: Backups, project: Project) -> None:
    clock = Clock()
    with BackingUp(backups, no_trouble, clock) as backing:
        assert backing.begin(project).result()
        assert texts(backups, project) == ["Once."]
        for text, at in (("One.", 300), ("Two.", 599), ("Three.", 600), ("Four.", 1100)):
            clock.now = at
            project.save(retold(text))
            backing.document_saved()
            if at == 600:
                assert backing.now().result()
        assert sorted(texts(backups, project)) == ["Once.", "Three."]
    assert sorted(texts(backups, project)) == ["Four.", "Once.", "Three."]


def test_without_a_change_there_is_one_copy(backups: Backups, project: Project) -> None:
    clock = Clock()
    with BackingUp(backups, no_trouble, clock) as backing:
        backing.begin(project)
        for _ in range(5):
            clock.now += 700
            backing.document_saved()
    assert len(backups.of(project.path)) == 1


def test_no_interval_means_on_opening_and_closing_only(tmp_path: Path, project: Project) -> None:
    backups = Backups(tmp_path / "backups", every_s=0)
    with BackingUp(backups, no_trouble) as backing:
        assert backing.begin(project).result()
        for number in range(3):
            project.save(retold(f"{number}"))
            backing.document_saved()
    assert sorted(texts(backups, project)) == ["2", "Once."]


def test_one_document_after_another_is_backed_up(backups: Backups, project: Project) -> None:
    with Project.create(project.path.with_name("b.longwriter"), replace(ROME, title="B")) as other:
        with BackingUp(backups, no_trouble) as backing:
            backing.document_saved()
            backing.end()
            assert backing.now().result() is False
            backing.begin(project)
            project.save(retold("last"))
            backing.end()
            backing.begin(other)
        assert sorted(texts(backups, project))[-1] == "last"
        assert texts(backups, other) == ["Once."]


class _Slow(Backups):
    """Backups on a disk that answers when it is told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, every_s=0.001)
        self.answers = threading.Event()
        self.begun = threading.Event()

    def make(self, project: Project) -> Backup | None:
        self.begun.set()
        assert self.answers.wait(30)
        return super().make(project)


def test_saving_goes_on_while_a_slow_disk_takes_its_time_over_a_backup(project: Project, tmp_path: Path) -> None:
    slow = _Slow(tmp_path / "slow")
    saved: list[Document] = []
    backing = BackingUp(slow, no_trouble)
    backing.begin(project)

    def was_saved(document: Document) -> None:
        saved.append(document)
        backing.document_saved()

    def was_not_saved(problem: Exception) -> None:
        raise AssertionError(problem)

    with Autosave(project, was_saved, was_not_saved) as autosave:
        assert slow.begun.wait(30)
        for number in range(3):
            autosave.document_changed(retold(f"{number}"))
            assert autosave.flush(30)
        assert len(saved) == 3
        slow.answers.set()
    backing.close()
    assert "2" in texts(slow, project)


def test_trouble_is_told_once_until_it_is_over_and_never_raised(project: Project, tmp_path: Path) -> None:
    told: list[LongWriterError] = []
    in_the_way = tmp_path / "app"
    in_the_way.write_text("a file where the folder should be")
    with BackingUp(Backups(in_the_way / "backups"), told.append) as backing:
        backing.begin(project)
        for number in range(3):
            project.save(retold(f"{number}"))
            assert backing.now().result() is False
        assert len(told) == 1
        assert "No backup" in str(told[0])
        in_the_way.unlink()
        assert backing.now().result() is True
        in_the_way.rename(tmp_path / "aside")
        in_the_way.write_text("again")
        project.save(retold("last"))
        assert backing.now().result() is False
    assert len(told) == 2


def test_a_fault_of_the_app_in_a_backup_is_told_and_stops_nothing(
    backups: Backups, project: Project, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_project: Project) -> Backup | None:
        raise ZeroDivisionError

    monkeypatch.setattr(backups, "make", broken)
    told: list[LongWriterError] = []
    with BackingUp(backups, told.append) as backing:
        assert backing.begin(project).result() is False
    assert len(told) == 1
    assert "fault of the app" in str(told[0])
    assert "backing up failed" in caplog.text


def test_the_log_holds_no_name_of_a_document(
    project: Project, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "app").write_text("")
    with BackingUp(Backups(tmp_path / "app" / "backups"), lambda _problem: None) as backing:
        backing.begin(project)
    assert "no backup was made" in caplog.text
    assert "Rome" not in caplog.text


def test_closing_twice_is_closing_once(backups: Backups, project: Project) -> None:
    backing = BackingUp(backups, no_trouble)
    backing.begin(project)
    project.save(replace(ROME, title="Roma"))
    backing.close()
    count = len(backups.of(project.path))
    backing.close()
    assert len(backups.of(project.path)) == count


def test_a_disk_that_never_answers_does_not_keep_the_app_from_ending(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_PATIENCE_S", 0.05)
    slow = _Slow(tmp_path / "slow")
    backing = BackingUp(slow, no_trouble)
    backing.begin(project)
    assert slow.begun.wait(30)
    began = time.monotonic()
    backing.close()
    assert time.monotonic() - began < 10  # It would be thirty seconds.
    slow.answers.set()
