"""Commands and a document that a window has open, or that cannot be saved; and the command `recover`."""

import json
import os
from pathlib import Path

import pytest

from longwriter_desktop.cli import main
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import OpenElsewhere, ProjectProblem
from longwriter_desktop.opened_document import Saving, created_document, opened_document, save_or_keep
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.lock import DocumentLocks
from longwriter_desktop.project.store import Project

ESSAY = Document("Essay", "Write an essay", "en", 200, (Section("point", 200, text="old", complete=True),))
NEW = ESSAY.with_text(ESSAY.sections[0].id, "new words")
NEWER = ESSAY.with_text(ESSAY.sections[0].id, "newer words still")


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine()


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "essay.longwriter"
    Project.create(path, ESSAY).close()
    return path


def on_disk(path: Path) -> Document:
    with Project.open(path, read_only=True) as project:
        return project.document


def take_away(path: Path) -> None:
    path.unlink()
    path.parent.rmdir()


# -- open in a window ------------------------------------------------------------------------------------


def test_a_command_that_writes_refuses_a_document_that_a_window_has_open(
    essay: Path, paths: AppPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text("Paragraph 1 - Main Point: Storms - Word Count: 300 words\n")
    lock = DocumentLocks(paths).take(essay, "window")
    for arguments in (
        ["outline", str(essay), "--load", str(plan)],
        ["write", str(essay)],
        ["write", str(essay), "--section", "1", "--alternatives", "2"],
        ["rewrite", str(essay), "--section", "1", "--find", "old", "--how", "shorten"],
    ):
        assert main(arguments) == 1
        assert f"is open in another window (process {os.getpid()}" in capsys.readouterr().err
    assert on_disk(essay) == ESSAY
    lock.release()
    assert main(["outline", str(essay), "--load", str(plan)]) == 0
    assert on_disk(essay).sections[0].main_point == "Storms"


def test_a_command_that_only_reads_does_not_mind(essay: Path, paths: AppPaths, tmp_path: Path) -> None:
    lock = DocumentLocks(paths).take(essay, "window")
    assert main(["outline", str(essay)]) == 0
    assert main(["export", str(essay), str(tmp_path / "essay.md")]) == 0
    assert "old" in (tmp_path / "essay.md").read_text("utf-8")
    lock.release()


def test_a_command_holds_its_document_as_long_as_it_works(essay: Path, paths: AppPaths, tmp_path: Path) -> None:
    locks = DocumentLocks(paths)
    with opened_document(essay, paths, print), pytest.raises(OpenElsewhere, match="open in a command line"):
        locks.take(essay, "window")
    new = tmp_path / "new.longwriter"
    with created_document(new, ESSAY, paths):
        assert locks.is_held(new)
    assert not locks.is_held(essay)
    assert not locks.is_held(new)


def test_a_command_says_once_that_there_are_no_locks(essay: Path, paths: AppPaths) -> None:
    paths.data.write_text("in the way of the app's own folder")
    said: list[str] = []
    with opened_document(essay, paths, said.append) as project:
        project.save(NEW)
    assert ["has no locks" in each for each in said].count(True) == 1
    assert all("No backup" in each for each in said if "has no locks" not in each)


# -- text that cannot be saved ---------------------------------------------------------------------------


def test_what_a_command_has_written_is_kept_when_it_cannot_be_saved(
    essay: Path, paths: AppPaths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened_document(essay, paths, print) as project:
        saving = Saving(project, paths)
        take_away(essay)
        saving.document_changed(NEW)
        with pytest.raises(ProjectProblem, match=r"moved or deleted.*is kept: `longwriter-desktop recover list`"):
            saving.finish(NEWER)
        assert saving.failure is not None
    assert main(["recover", "list"]) == 0
    shown = capsys.readouterr()
    assert "1  “Essay”, " in shown.out + shown.err
    assert main(["recover", "save", "1", "-o", str(tmp_path / "saved.longwriter")]) == 0
    assert on_disk(tmp_path / "saved.longwriter") == NEWER
    assert main(["recover", "list"]) == 0
    assert "everything could be saved" in "".join(capsys.readouterr())


def test_a_saving_that_goes_well_keeps_nothing(essay: Path, paths: AppPaths) -> None:
    with opened_document(essay, paths, print) as project:
        saving = Saving(project, paths)
        saving.document_changed(NEW)
        saving.finish(NEWER)
        assert saving.failure is None
    assert on_disk(essay) == NEWER
    assert not list((paths.data / "recovery").glob("*.longwriter"))


def test_a_single_save_that_fails_keeps_the_text_and_says_when_it_cannot(
    essay: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    with Project.open(essay) as project:
        save_or_keep(project, NEW, paths)
        assert on_disk(essay) == NEW
        take_away(essay)
        with pytest.raises(ProjectProblem, match="is kept"):
            save_or_keep(project, NEWER, paths)
        assert main(["recover", "save", "1"]) == 0
        assert on_disk(paths.documents / "essay (recovered).longwriter") == NEWER
        (paths.data / "recovery").rmdir()
        (paths.data / "recovery").write_text("in the way")
        with pytest.raises(ProjectProblem, match=r"could not be kept.*is lost"):
            save_or_keep(project, NEWER, paths)
    capsys.readouterr()


def kept(essay: Path, paths: AppPaths) -> None:
    with Project.open(essay) as project:
        content = essay.read_bytes()
        take_away(essay)
        with pytest.raises(ProjectProblem):
            save_or_keep(project, NEW, paths)
    essay.parent.mkdir()
    essay.write_bytes(content)


def test_recover_lists_as_json_and_puts_text_back_into_its_own_file(
    essay: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(essay, paths)
    assert main(["recover", "list", "--json"]) == 0
    *_, last = capsys.readouterr().out.splitlines()
    (entry,) = json.loads(last)["kept"]
    assert (entry["title"], entry["words"], entry["file"]) == ("Essay", 2, str(essay))
    assert main(["recover", "save", "1"]) == 0
    assert on_disk(essay) == NEW


def test_recover_discards_and_refuses_what_is_not_there(
    essay: Path, paths: AppPaths, capsys: pytest.CaptureFixture[str]
) -> None:
    kept(essay, paths)
    for number in ("0", "2"):
        assert main(["recover", "discard", number]) == 1
    assert "There is no kept text 2. 1 text is kept. Nothing was changed." in capsys.readouterr().err
    assert main(["recover", "discard", "1"]) == 0
    assert main(["recover", "save", "1"]) == 1
    assert on_disk(essay) == ESSAY


def test_recover_does_not_overwrite(essay: Path, paths: AppPaths, tmp_path: Path) -> None:
    kept(essay, paths)
    assert main(["recover", "save", "1", "-o", str(essay)]) == 1
    assert on_disk(essay) == ESSAY
    assert main(["recover", "save", "1", "-o", str(tmp_path / "other.longwriter")]) == 0
