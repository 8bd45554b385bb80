"""What can be read of a damaged file: all of a whole one, and of a broken one what its pages still hold."""

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import DamagedProject, NotAProject, ProjectProblem
from longwriter_desktop.project import limits
from longwriter_desktop.project.salvage import offer, salvage
from longwriter_desktop.project.store import Project
from tests.project.documents import documents

PAGE = 4096
LONG = "A long text about lamps. "
BOOK = Document(
    title="Lighthouses",
    instruction="Write about lighthouses",
    sections=tuple(
        Section(
            f"Point {number}", 300, text=f"{number} begins. " + LONG * 300,
            versions=(Version(f"Old {number}. " + LONG * 100, 1.0, "edited"),), id=f"id {number}",
        )
        for number in range(12)
    ),
)  # fmt: skip  # One argument a line would make the book longer than its tests.


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.longwriter"
    Project.create(path, BOOK).close()
    return path


def texts(document: Document) -> set[str]:
    return {section.text for section in document.sections}


@given(document=documents)
@hypothesis_settings(max_examples=60)
def test_of_a_whole_file_everything_is_read(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    path = tmp_path_factory.mktemp("whole") / "a.longwriter"
    Project.create(path, document).close()
    named = [
        section for section in (*document.sections, *document.trash) if (section.text + section.main_point).strip()
    ]
    if not named:
        with pytest.raises(DamagedProject, match="Nothing could be read"):
            salvage(path)
        return
    found = salvage(path)
    assert found.document == document
    assert (found.sections_read, found.sections_known, found.cut) == (len(document.sections),) * 2 + (0,)


def test_what_was_deleted_does_not_come_back_from_a_whole_file(book: Path) -> None:
    less = replace(BOOK, sections=BOOK.sections[:5])
    with Project.open(book) as project:
        project.save(less)
    assert salvage(book).document == less


@pytest.mark.parametrize("seed", range(6))
def test_with_a_page_gone_at_most_one_section_is_lost_or_cut(book: Path, seed: int) -> None:
    content = bytearray(book.read_bytes())
    at = random.Random(seed).randrange(1, len(content) // PAGE) * PAGE
    content[at : at + PAGE] = bytes(PAGE)
    book.write_bytes(content)
    found = salvage(book)
    assert len(texts(found.document) & texts(BOOK)) >= len(BOOK.sections) - 1
    assert book.read_bytes() == content


def test_a_file_that_was_cut_gives_its_beginning(book: Path) -> None:
    content = book.read_bytes()
    book.write_bytes(content[: len(content) // 2])
    found = salvage(book)
    whole = texts(found.document) & texts(BOOK)
    assert len(whole) >= 3
    assert found.document.title == BOOK.title
    assert all(
        any(text.startswith(section.text) for text in texts(BOOK) | {each.versions[0].text for each in BOOK.sections})
        for section in found.document.sections
        if section.text
    )


def test_without_its_first_page_the_sections_are_found(book: Path) -> None:
    content = book.read_bytes()
    book.write_bytes(bytes(PAGE) + content[PAGE:])
    with pytest.raises(NotAProject) as refused:
        Project.open(book)
    found = offer(book, refused.value)
    assert found is not None
    assert found.document.sections == BOOK.sections
    assert "12 of 12 sections" in found.sentence


def test_a_section_whose_row_is_lost_is_made_of_its_newest_version(book: Path) -> None:
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM sections WHERE id = 'id 4'")
        connection.commit()
    found = salvage(book)
    assert found.document.sections[4].text == BOOK.sections[4].versions[0].text
    assert found.document.sections[:4] == BOOK.sections[:4]
    assert found.document.sections[5:] == BOOK.sections[5:]
    assert "11 of 12 sections could be read" in found.sentence
    assert "1 more in an older version" in found.sentence


def test_a_text_that_is_too_long_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.longwriter"
    Project.create(path, Document("t", sections=(Section("p", 1, text="x" * 200_000),))).close()
    monkeypatch.setattr(limits, "MOST_ROW_BYTES", 100_000)
    with pytest.raises(DamagedProject, match="a text in it is too long"):
        Project.open(path)
    found = salvage(path)
    assert 20_000 < len(found.document.sections[0].text) <= 100_000
    Project.create(path.with_name("b.longwriter"), found.document).close()


def test_half_a_save_is_not_salvaged(book: Path) -> None:
    """A journal beside the file says how it was before; the file and its journal stay as they are."""
    with closing(sqlite3.connect(book, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE sections SET text = ?", ("half " * 5000,))
        files = {each.name: each.read_bytes() for each in book.parent.iterdir()}
        connection.execute("ROLLBACK")
    for name, content in files.items():
        (book.parent / name).write_bytes(content)
    assert b"half half" in book.read_bytes()
    assert salvage(book).document == BOOK
    assert {each.name: each.read_bytes() for each in book.parent.iterdir()} == files


def test_a_file_without_any_section_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.longwriter"
    path.write_bytes(b"Dear diary, " * 1000)
    with pytest.raises(DamagedProject, match="no section is left"):
        salvage(path)
    assert offer(path, NotAProject("")) is None


def test_only_a_damaged_file_is_offered_to_be_salvaged(book: Path) -> None:
    assert offer(book, ProjectProblem("the disk is read-only")) is None
    assert offer(book, DamagedProject("")) is not None
    assert offer(book.rename(book.with_suffix(".txt")), NotAProject("")) is None
