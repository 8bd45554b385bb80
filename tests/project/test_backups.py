"""Backups are whole, found again, thinned and bounded, and no failure of theirs costs anything else."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project import backups as backups_module
from longwriter_desktop.project import schema, store
from longwriter_desktop.project.backups import Backup, Backups, Origin, over_limit, read_backup, surplus
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings
from tests.project.test_faults import small_disk  # noqa: F401 - a fixture

NOON = 1_700_000_000.0
HOUR, DAY, WEEK = 3600, 86_400, 604_800
ROME = Document(
    title="Rome", instruction="Write about Rome", sections=(Section("Kings", 200, text="Once upon a time."),)
)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backups(tmp_path: Path, clock: Clock) -> Backups:
    return Backups(tmp_path / "app" / "backups", clock=clock)


@pytest.fixture
def rome(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "documents" / "Rome.longwriter", ROME)


def with_text(text: str) -> Document:
    return ROME.with_text(ROME.sections[0].id, text)


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if each.is_file())


# -- making and finding --------------------------------------------------------------------------------


def test_a_backup_is_the_document_as_it_was(backups: Backups, rome: Project, clock: Clock) -> None:
    made = backups.make(rome)
    rome.save(with_text("Something else."))
    assert made is not None
    assert backups.of(rome.path) == (made,)
    assert read_backup(made) == ROME
    assert (made.taken_at, made.words, made.revision) == (NOON, 4, 1)
    assert made.size == made.path.stat().st_size
    assert made.origin == Origin(rome.path, "Rome", "en", rome.identity)


def test_an_unchanged_document_is_copied_once(backups: Backups, rome: Project, clock: Clock) -> None:
    assert backups.make(rome) is not None
    clock.now += 60
    assert backups.make(rome) is None
    with Project.open(rome.path) as again:
        assert backups.make(again) is None
        again.save(with_text("Newer."))
        assert backups.make(again) is not None
    assert len(backups.of(rome.path)) == 2


def test_a_document_without_sections_is_not_copied(backups: Backups, tmp_path: Path) -> None:
    with Project.create(tmp_path / "a.longwriter", Document(instruction="Write")) as project:
        assert backups.make(project) is None
    assert not backups.folder.exists()


def test_with_no_room_allowed_none_are_made(rome: Project, tmp_path: Path) -> None:
    assert Backups(tmp_path / "none", most_bytes=0).make(rome) is None
    assert Backups.of_app(AppPaths.of_this_machine(), Settings(backup_gigabytes=0)).make(rome) is None


def test_the_settings_say_how_much_is_kept_and_the_app_has_the_folder(rome: Project, longwriter_home: Path) -> None:
    made = Backups.of_app(AppPaths.of_this_machine(), Settings()).make(rome)
    assert made is not None
    assert made.path.is_relative_to(longwriter_home / "data" / "backups")


def test_a_document_that_was_moved_or_renamed_is_found_by_its_identity(
    backups: Backups, rome: Project, clock: Clock, tmp_path: Path
) -> None:
    first = backups.make(rome)
    moved = tmp_path / "Roma.longwriter"
    rome.path.rename(moved)
    with Project.open(moved) as project:
        assert backups.of(moved) == ()
        assert backups.of(moved, project.identity) == (first,)
        clock.now += 60
        project.save(with_text("Newer."))
        second = backups.make(project)
        assert backups.of(moved, project.identity) == (second, first)


def test_the_identity_stays_through_saves_and_a_copy_saved_elsewhere_has_its_own(rome: Project, tmp_path: Path) -> None:
    before = rome.identity
    rome.save(with_text("Newer."))
    with Project.open(rome.path) as again:
        assert again.identity == before
        with Project.create(tmp_path / "copy.longwriter", again.document) as copy:
            assert copy.identity != before


def test_a_file_of_an_older_format_gets_an_identity_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for name in ("a", "b"):
        path = tmp_path / f"{name}.longwriter"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection, monkeypatch.context() as patched:
            patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
            schema.migrate(connection)
        with Project.open(path) as project:
            assert project.repairs == ()
            found.add(project.identity)
        with Project.open(path) as project:
            assert project.identity in found
    assert {len(identity) for identity in found} == {32}
    assert len(found) == 2


@pytest.mark.parametrize("identity", ["", "../../../etc/passwd", "A" * 32, "0" * 31])
def test_a_damaged_identity_never_becomes_part_of_a_path_and_is_mended(
    backups: Backups, rome: Project, identity: str
) -> None:
    connection = sqlite3.connect(rome.path)
    connection.execute("UPDATE document SET identity = ?", (identity,))
    connection.commit()
    connection.close()
    with Project.open(rome.path) as project:
        made = backups.make(project)
        assert made is not None
        assert made.path.parent.parent == backups.folder
        assert backups.of(rome.path) == (made,)
        project.save(with_text("Newer."))
        assert len(project.identity) == 32
    with Project.open(rome.path) as project:
        assert project.repairs == ()


def test_documents_are_listed_the_one_backed_up_last_first(backups: Backups, rome: Project, clock: Clock) -> None:
    backups.make(rome)
    clock.now += 10
    with Project.create(rome.path.with_name("Carthage.longwriter"), replace(ROME, title="Carthage")) as other:
        backups.make(other)
        clock.now += 10
        rome.save(with_text("Newer."))
        backups.make(rome)
    assert [[each.origin.title for each in group] for group in backups.documents()] == [["Rome", "Rome"], ["Carthage"]]


def test_backups_are_found_without_what_is_known_of_their_document(backups: Backups, rome: Project) -> None:
    made = backups.make(rome)
    assert made is not None
    about = made.path.with_name("document.json")
    for damage in (b"", b"[1]", b'{"path": "\\u0000", "title": "", "language": "", "identity": ""}', b"[" * 100_000):
        about.write_bytes(damage)
        (found,) = backups.of(Path("elsewhere"), rome.identity)
        assert read_backup(found) == ROME


def test_other_files_in_the_folder_are_left_alone(backups: Backups, rome: Project, clock: Clock) -> None:
    made = backups.make(rome)
    assert made is not None
    for name in (
        "notes.txt",
        "my favourite.longwriter",
        "2023-99-99_99.99.99Z_save-1_2-words_1a2b3c4d.longwriter",
    ):
        made.path.with_name(name).write_bytes(b"mine")
    clock.now += 60 * DAY
    rome.save(with_text("Newer."))
    backups.make(rome)
    assert len(backups.of(rome.path)) == 2
    assert len(files(made.path.parent)) == 2 + 3 + 1


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_backups_are_for_the_eyes_of_the_person_only(backups: Backups, rome: Project) -> None:
    made = backups.make(rome)
    assert made is not None
    assert made.path.stat().st_mode & 0o077 == 0
    assert backups.folder.stat().st_mode & 0o077 == 0


def test_a_deleted_backup_takes_its_empty_folder_along(backups: Backups, rome: Project) -> None:
    made = backups.make(rome)
    assert made is not None
    backups.remove([made])
    assert backups.documents() == []
    assert list(backups.folder.iterdir()) == []


# -- thinning ------------------------------------------------------------------------------------------


def backup_at(seconds: float, size: int = 1000, folder: str = "a", revision: int = 1) -> Backup:
    path = Path("/backups") / folder / f"{seconds} {revision}"
    return Backup(path, float(int(seconds)), revision, 5, "0" * 8, size, Origin(Path("/a"), "", "en", folder))


gaps = st.integers(0, 2 * HOUR) | st.integers(0, 3 * DAY) | st.integers(0, 5 * WEEK) | st.just(600)


def width(age: float) -> int:
    return 1 if age <= HOUR else HOUR if age <= DAY else DAY if age <= 30 * DAY else WEEK


@given(gaps=st.lists(gaps, min_size=1, max_size=60))
@hypothesis_settings(max_examples=300, deadline=None)
def test_thinning_after_each_backup_leaves_one_for_every_hour_day_and_week(gaps: list[int]) -> None:
    now, kept, ever = NOON, [], []
    for number, gap in enumerate(gaps):
        now += gap
        made = backup_at(now, revision=number)
        kept.append(made)
        ever.append(made)
        gone = surplus(kept, now)
        kept = [each for each in kept if each not in gone]
        assert made in kept
        for each in ever:
            age = now - each.taken_at
            slot = each.taken_at // width(age)
            # What was there at that time, or something later in the same hour, day or week, is there still.
            assert any(other.order >= each.order and other.taken_at // width(age) == slot for other in kept)
            assert age > HOUR or each in kept
        assert surplus(kept, now) == []
        older = [each for each in kept if now - each.taken_at > HOUR]
        assert len(older) <= 25 + 31 + (now - NOON) / WEEK + 2


def test_ten_minutes_of_work_each_for_a_year_are_few_backups() -> None:
    now, kept = NOON, []
    for _ in range(52 * 7):
        for _ in range(24):
            now += 600
            kept.append(backup_at(now))
            gone = surplus(kept, now)
            kept = [each for each in kept if each not in gone]
        now += DAY - 24 * 600
    assert len(kept) < 7 + 25 + 31 + 53


@given(ages=st.lists(st.integers(-3 * WEEK, 9 * WEEK), max_size=30))
def test_a_clock_that_was_set_back_costs_no_backup_dated_later(ages: list[int]) -> None:
    rows = [backup_at(NOON - age, revision=number) for number, age in enumerate(ages)]
    assert all(each.taken_at < NOON for each in surplus(rows, NOON))


@given(
    sizes=st.lists(st.tuples(st.integers(0, 100), st.sampled_from("abc")), min_size=1, max_size=20),
    most=st.integers(0, 1000),
)
def test_the_oldest_of_all_go_when_there_is_too_much_but_never_the_last_of_a_document(
    sizes: list[tuple[int, str]], most: int
) -> None:
    rows = [backup_at(NOON + at, size, folder) for at, (size, folder) in enumerate(sizes)]
    made = rows[0]
    gone = over_limit(rows, most, made)
    left = [each for each in rows if each not in gone]
    assert made in left
    assert {each.origin.identity for each in left} == {each.origin.identity for each in rows}
    spared = {made, *({each.origin.identity: each for each in rows}.values())}
    assert sum(each.size for each in left) <= most or set(left) == spared
    if gone:
        newest_gone = max(each.taken_at for each in gone)
        assert all(each.taken_at > newest_gone for each in left if each not in spared)


def test_thinning_and_the_limit_work_on_the_disk(tmp_path: Path, clock: Clock, rome: Project) -> None:
    backups = Backups(tmp_path / "backups", clock=clock)
    for number in range(12):
        clock.now += 600
        rome.save(with_text(f"Text {number}."))
        backups.make(rome)
    newest = backups.of(rome.path)
    assert len(newest) < 12
    assert read_backup(newest[0]).sections[0].text == "Text 11."
    clock.now += 1
    rome.save(with_text("Last."))
    Backups(tmp_path / "backups", most_bytes=1, clock=clock).make(rome)
    (last,) = backups.of(rome.path)
    assert read_backup(last).sections[0].text == "Last."


# -- what goes wrong -----------------------------------------------------------------------------------


_KILLED_WHILE_COPYING = """
import os, signal, sys
from pathlib import Path
from longwriter_desktop.project import backups
from longwriter_desktop.project.store import Project
at, copy = sys.argv[3], backups.copy_file
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
def copy_half(source, target, locks):
    copy(source, target, locks)
    os.truncate(target, 5000)
    die()
name = {"half": "copy_file", "read": "_readable", "origin": "replace_file"}[at]
setattr(backups, name, copy_half if at == "half" else die)
backups.Backups(Path(sys.argv[2])).make(Project.open(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("moment", ["half", "read", "origin"])
def test_a_kill_in_the_middle_leaves_no_half_copy(backups: Backups, rome: Project, clock: Clock, moment: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _KILLED_WHILE_COPYING, rome.path, backups.folder, moment],
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == -9
    assert backups.documents() == []
    assert Project.open(rome.path, read_only=True).document == ROME
    litter = list(backups.folder.rglob("*.tmp*"))
    assert len(litter) == 1
    os.utime(litter[0], (clock.now - 2 * HOUR, clock.now - 2 * HOUR))
    made = backups.make(rome)
    assert made is not None
    assert sorted(files(backups.folder)) == sorted([made.path.name, "document.json"])


def test_a_copy_that_another_process_makes_just_now_is_not_swept(backups: Backups, rome: Project, clock: Clock) -> None:
    made = backups.make(rome)
    assert made is not None
    being_made = made.path.with_name(".abc.tmp")
    being_made.touch()
    os.utime(being_made, (clock.now - 5, clock.now - 5))
    rome.save(with_text("Newer."))
    backups.make(rome)
    assert being_made.exists()


def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    rome: Project,
    small_disk: Path,  # noqa: F811 - the fixture
    clock: Clock,
) -> None:
    backups = Backups(small_disk / "backups", clock=clock)
    made = backups.make(rome)
    (small_disk / "filler").write_bytes(b"x" * (400_000 - 4 * 4096 - made.size if made else 0))
    rome.save(with_text("long " * 40_000))
    before = files(backups.folder)
    with pytest.raises(ProjectProblem, match=r"No backup of .*Rome.* could be made: the disk is full"):
        backups.make(rome)
    assert files(backups.folder) == before
    assert backups.of(rome.path) == (made,)
    assert Project.open(rome.path).document.words == 40_000


def test_a_file_in_the_place_of_the_folder_is_one_sentence(rome: Project, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file")
    with pytest.raises(ProjectProblem, match="No backup of"):
        Backups(tmp_path / "backups").make(rome)


def test_a_document_that_has_gone_is_one_sentence_and_keeps_its_backups(backups: Backups, rome: Project) -> None:
    made = backups.make(rome)
    rome.save(with_text("Newer."))
    rome.path.unlink()
    with pytest.raises(ProjectProblem, match="No backup of"):
        backups.make(rome)
    assert backups.of(rome.path) == (made,)


def test_a_file_damaged_while_it_is_open_makes_no_backup_and_keeps_the_good_ones(
    backups: Backups, rome: Project
) -> None:
    made = backups.make(rome)
    rome.save(with_text("long " * 20_000))
    content = bytearray(rome.path.read_bytes())
    content[4096 * 8 : 4096 * 20] = b"\0" * (4096 * 12)
    rome.path.write_bytes(content)
    with pytest.raises(ProjectProblem, match=r"No backup of .* cannot be read any more"):
        backups.make(rome)
    assert backups.of(rome.path) == (made,)
    assert len(files(backups.folder)) == 2


def test_a_damaged_backup_is_refused_in_words_and_the_next_one_still_opens(
    backups: Backups, rome: Project, clock: Clock
) -> None:
    first = backups.make(rome)
    clock.now += 60
    rome.save(with_text("Newer."))
    second = backups.make(rome)
    assert first is not None
    assert second is not None
    second.path.write_bytes(second.path.read_bytes()[:7000])
    with pytest.raises(ProjectProblem, match="could not be opened"):
        read_backup(second)
    assert read_backup(first) == ROME


def test_a_save_in_another_process_waits_for_the_copy_and_neither_is_lost(
    backups: Backups, rome: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = store.copy_file

    def save_first(path: Path, target: Path, locks: bool) -> None:
        with Project.open(rome.path) as other:
            other.save(with_text("From elsewhere."))
        copy(path, target, locks)

    monkeypatch.setattr(backups_module, "copy_file", save_first)
    made = backups.make(rome)
    assert made is not None
    assert read_backup(made).sections[0].text == "From elsewhere."
    assert made.revision == 2


def test_the_name_of_a_backup_can_be_read_by_a_person(backups: Backups, rome: Project) -> None:
    made = backups.make(rome)
    assert made is not None
    assert made.path.name == f"2023-11-14_22.13.20Z_save-1_4-words_{rome.token[:8]}.longwriter"
    assert abs(time.time() - made.path.stat().st_mtime) < 60
