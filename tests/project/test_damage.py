"""Files with flipped bytes, cut ends and strange pages: opened with what can be saved, or refused in words."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import DamagedProject, ProjectProblem
from longwriter_desktop.project import limits
from longwriter_desktop.project.salvage import salvage
from longwriter_desktop.project.store import Project
from tests.project.saving_child import nth

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "a.longwriter"
    Project.create(path, nth(20)).close()
    return path


flips = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8)
near_the_head = st.lists(st.tuples(st.floats(0, 0.02), st.integers(0, 255)), max_size=4)


@given(changes=flips | near_the_head, kept=st.just(1.0) | st.floats(0, 1))
@hypothesis_settings(max_examples=120, deadline=None)
def test_any_damage_gives_a_document_or_one_clear_problem_and_the_file_is_not_written_to(
    tmp_path_factory: pytest.TempPathFactory, whole: Path, changes: list[tuple[float, int]], kept: float
) -> None:
    content = bytearray(whole.read_bytes())
    for where, byte in changes:
        content[int(where * len(content))] = byte
    content = content[: int(kept * len(content))]
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "a.longwriter"
    path.write_bytes(content)
    for read_only in (True, False):
        try:
            project = Project.open(path, read_only=read_only)
        except ProjectProblem as problem:
            assert str(path) in str(problem)  # noqa: PT017 - either way is fine
            assert path.read_bytes() == content
            assert [each.name for each in folder.iterdir()] == [path.name]
        else:
            assert project.document.statuses().keys() == {section.id for section in project.document.sections}
    shutil.rmtree(folder)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits the memory of processes as Linux does")
def test_a_hundred_strange_files_are_opened_or_refused_in_a_sentence() -> None:
    """A slice of the benchmark; tests/ui/test_damaged_file.py has a few of the files in the window."""
    run = subprocess.run(
        [
            *(sys.executable, "tests/benchmarks/mutated_documents.py", "--files", "100", "--small"),
            *("--window", "0", "--commands", "0"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "100 files, 0 faults" in run.stdout


def _with(path: Path, *statements: str) -> Path:
    Project.create(path, nth(20)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_a_trigger_under_a_name_of_sqlites_own_is_not_run(tmp_path: Path) -> None:
    sql = "CREATE TRIGGER sqlite_stat_x AFTER UPDATE ON document BEGIN DELETE FROM sections; END"
    insert = f"INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_stat_x', 'document', 0, '{sql}')"  # noqa: S608 - the test's own
    path = _with(tmp_path / "a.longwriter", insert)
    with pytest.raises(DamagedProject, match="not those of a LongWriter document"):
        Project.open(path)


def test_statistics_of_sqlite_are_no_damage(tmp_path: Path) -> None:
    path = _with(tmp_path / "a.longwriter", "ANALYZE")
    assert Project.open(path).document == nth(20)


def test_a_damaged_file_of_an_older_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    path = _with(tmp_path / "a.longwriter", "PRAGMA user_version = 1", "CREATE TABLE more (a)")
    before = path.read_bytes()
    for read_only in (True, False):
        with pytest.raises(DamagedProject):
            Project.open(path, read_only=read_only)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_in_write_ahead_mode_is_one_file_again_when_it_is_saved(tmp_path: Path) -> None:
    path = _with(tmp_path / "a.longwriter", "PRAGMA journal_mode = WAL")
    before = path.read_bytes()
    assert Project.open(path, read_only=True).document == nth(20)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    with Project.open(path) as project:
        assert path.read_bytes() == before
        project.save(nth(21))
    assert path.read_bytes()[18:20] == b"\x01\x01"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = _with(tmp_path / "a.longwriter")
    with path.open("r+b") as file:
        file.truncate(2**40)  # with nothing in it: it takes no room
    with pytest.raises(ProjectProblem, match="at most 256"):
        Project.open(path)
    with pytest.raises(ProjectProblem, match="at most 256"):
        salvage(path)


_LITTLE_MEMORY = """
import sys
from pathlib import Path
from longwriter_desktop.errors import DamagedProject
from longwriter_desktop.project import limits
from longwriter_desktop.project.store import Project
limits.MOST_HEAP_BYTES = 2 * limits.MEGABYTE
for read_only in (True, False):
    try:
        Project.open(Path(sys.argv[1]), read_only=read_only)
    except DamagedProject as problem:
        print(problem)
"""


def test_a_file_that_wants_more_memory_than_a_document_needs_is_refused(tmp_path: Path) -> None:
    """In a process of its own, as SQLite's limit holds for all of one."""
    row = "SELECT 'table', ?1, ?1, 3, ?2"
    path = _with(tmp_path / "a.longwriter")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        tables = ((f"t{n}", f"CREATE TABLE t{n}({','.join(f'c{each}' for each in range(80))})") for n in range(3000))
        connection.executemany(f"INSERT INTO sqlite_master {row}", tables)
        connection.commit()
    run = subprocess.run(
        [sys.executable, "-c", _LITTLE_MEMORY, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.stdout.count("reading it takes more memory than any document needs") == 2, run.stdout + run.stderr


def test_what_could_not_be_opened_again_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.longwriter"
    with Project.create(path, nth(1)) as project:
        monkeypatch.setattr(limits, "MOST_SECTIONS", 5)
        monkeypatch.setattr(limits, "MOST_VERSIONS", 5)
        with pytest.raises(ProjectProblem, match="8 sections, and 5 are the most"):
            project.save(Document(sections=tuple(Section("p", 1) for _ in range(8))))
        versions = tuple(Version(f"{number}", 1.0, "edited") for number in range(8))
        with pytest.raises(ProjectProblem, match="8 versions, and 5 are the most"):
            project.save(Document(sections=(Section("p", 1, versions=versions),)))
        monkeypatch.setattr(limits, "MOST_FILE_BYTES", 100_000)
        with pytest.raises(ProjectProblem, match="Clean up its versions"):
            project.save(Document(sections=(Section("p", 1, text="x" * 200_000),)))
        assert Project.open(path).document == project.document == nth(1)
        small = Document(sections=(Section("p", 1),))
        project.save(small)
    assert Project.open(path).document == small


@pytest.mark.parametrize("number", ["9223372036854775807", "1e308", "-9223372036854775808", "9e999"])
def test_a_file_with_the_largest_of_numbers_can_be_saved(tmp_path: Path, number: str) -> None:
    settings = f'{{"seed": 1{"0" * 30}}}'
    path = _with(
        tmp_path / "a.longwriter",
        f"UPDATE document SET revision = {number}",  # noqa: S608 - the test's own
        f"UPDATE sections SET position = {number}",  # noqa: S608 - the test's own
        f"UPDATE document SET settings = '{settings}'",  # noqa: S608 - the test's own
    )
    with Project.open(path) as project:
        project.save(project.document.with_text(project.document.sections[0].id, "Typed."))
        project.save(project.document.with_text(project.document.sections[1].id, "Typed too."))
        saved = project.document
    assert Project.open(path).document == saved


def test_of_many_repairs_a_few_are_told(tmp_path: Path) -> None:
    path = _with(tmp_path / "a.longwriter", "UPDATE sections SET word_target = -1")
    repairs = Project.open(path).repairs
    assert len(repairs) == 9
    assert repairs[-1].startswith("And ")
