"""A process that saves is killed at random moments; the file always opens and holds what was promised."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from longwriter_desktop.project.store import Project
from tests.project.saving_child import nth

ROOT = Path(__file__).parents[2]
KILLS = 15

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses SIGKILL")


def start(what: str, path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.project.saving_child", what, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_soon(child: "subprocess.Popen[str]", chance: random.Random, longest_s: float) -> tuple[list[list[str]], float]:
    """Kills the child some time after its first word; returns its words and when it was killed."""
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(chance.uniform(0, longest_s))
    child.kill()
    killed_at = time.monotonic()
    rest, _ = child.communicate()
    return [line.split() for line in (first + rest).splitlines()], killed_at


def test_after_a_kill_the_file_holds_the_last_save_that_was_reported_or_the_one_under_way(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, nth(0)).close()
    chance = random.Random(1)
    saved = 0
    for _ in range(KILLS):
        words, _ = kill_soon(start("save_for_ever", path), chance, 0.25)
        saved = max([saved, *(int(number) for word, number in words if word == "saved")])
        begun = max([saved, *(int(number) for word, number in words if word == "begin")])
        read_only = Project.open(path, read_only=True).document
        project = Project.open(path)
        assert project.repairs == ()
        assert saved <= int(project.document.title) <= begun
        assert project.document == read_only == nth(int(project.document.title))
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
        saved = int(project.document.title)
    assert saved > KILLS


def test_after_a_kill_nothing_older_than_a_second_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, nth(0)).close()
    chance = random.Random(2)
    for _ in range(3):
        words, killed_at = kill_soon(start("autosave_for_ever", path), chance, 2.5)
        assert {word[0] for word in words} == {"changed"}
        due = [int(number) for _, number, at in words if float(at) < killed_at - 1.0]
        document = Project.open(path).document
        assert int(document.title) >= max(due, default=0)
        assert document == nth(int(document.title))


@pytest.fixture
def half_saved(tmp_path: Path) -> Path:
    path = tmp_path / "a.longwriter"
    Project.create(path, nth(6)).close()
    child = start("die_in_the_middle", path)
    child.communicate()
    assert child.returncode != 0
    assert b"half half" in path.read_bytes()
    assert path.with_name("a.longwriter-journal").stat().st_size > 0
    return path


def test_half_a_save_is_taken_back_on_opening(half_saved: Path) -> None:
    assert Project.open(half_saved).document == nth(6)
    assert [each.name for each in half_saved.parent.iterdir()] == [half_saved.name]


def test_half_a_save_is_not_shown_when_opened_for_reading_only_and_nothing_is_touched(half_saved: Path) -> None:
    before = {each.name: each.read_bytes() for each in half_saved.parent.iterdir()}
    assert Project.open(half_saved, read_only=True).document == nth(6)
    assert {each.name: each.read_bytes() for each in half_saved.parent.iterdir()} == before


def test_a_main_thread_that_ends_without_closing_loses_nothing_and_the_process_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, nth(0)).close()
    child = start("main_thread_fails", path)
    child.communicate(timeout=20)
    assert child.returncode == 3
    assert Project.open(path).document.title == "last words"
