import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project import schema
from longwriter_desktop.project.rows import Stored, read_document, write_changes

DOCUMENT = Document(
    title="Rome",
    sections=tuple(
        Section(f"point {number}", 200, text=f"text {number}", versions=(Version(f"old {number}", 1.0, "edited"),))
        for number in range(5)
    ),
)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA foreign_keys = ON")
        schema.migrate(connection)
        yield connection


def written(connection: sqlite3.Connection, before: Stored, document: Document) -> tuple[Stored, list[str]]:
    """Saves, and gives the statements that changed a row, without those that count the revision."""
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    after = write_changes(connection, before, document)
    connection.set_trace_callback(None)
    return after, [each for each in statements if "revision" not in each]


def test_typing_writes_one_column_of_one_row(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    section = DOCUMENT.sections[2]
    _, statements = written(connection, stored, DOCUMENT.with_text(section.id, "text 2 and more"))
    assert [each.split(" WHERE ") for each in statements] == [
        ["UPDATE sections SET text = 'text 2 and more'", f"key = {stored.section_keys[2]}"]
    ]


def test_a_new_version_is_one_new_row(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    section = DOCUMENT.sections[0].with_kept(Version("new", 2.0, "edited"))
    _, statements = written(connection, stored, DOCUMENT.with_section(section))
    assert len(statements) == 1
    assert statements[0].split()[:3] == ["INSERT", "INTO", "versions"]


def test_moving_a_section_writes_places_and_no_text(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    _, statements = written(connection, stored, DOCUMENT.moved(DOCUMENT.sections[4].id, 3))
    assert [each.split(" WHERE")[0] for each in statements] == [
        "UPDATE sections SET position = 3",
        "UPDATE sections SET position = 4",
    ]


def test_a_section_that_goes_to_the_trash_keeps_its_row_and_versions(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    after, statements = written(connection, stored, DOCUMENT.deleted(DOCUMENT.sections[4].id))
    assert after.trash_keys == (stored.section_keys[4],)
    assert [each.split(" WHERE ") for each in statements] == [
        ["UPDATE sections SET in_trash = 1, position = 0", f"key = {stored.section_keys[4]}"]
    ]


def test_a_section_that_leaves_the_document_takes_its_versions_along(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    write_changes(connection, stored, replace(DOCUMENT, sections=DOCUMENT.sections[1:]))
    assert connection.execute("SELECT count(*) FROM sections").fetchone()[0] == 4
    assert connection.execute("SELECT count(*) FROM versions").fetchone()[0] == 4


def test_a_row_that_has_gone_is_noticed(connection: sqlite3.Connection) -> None:
    stored = write_changes(connection, Stored(), DOCUMENT)
    connection.execute("DELETE FROM sections")
    with pytest.raises(sqlite3.IntegrityError):
        write_changes(connection, stored, DOCUMENT.with_text(DOCUMENT.sections[0].id, "other"))


def test_text_is_stored_as_text_that_any_sqlite_program_can_read(connection: sqlite3.Connection) -> None:
    texts = ("plain", "罗马", "👩‍👩‍👧", "nul \x00 in it", "\ud83d alone")
    sections = tuple(Section("", 0, text=text) for text in texts)
    write_changes(connection, Stored(), Document(sections=sections))
    kinds = connection.execute("SELECT typeof(text) FROM sections ORDER BY position").fetchall()
    assert [kind for (kind,) in kinds] == [b"text", b"text", b"text", b"text", b"blob"]
    stored, repairs = read_document(connection)
    assert tuple(section.text for section in stored.document.sections) == texts
    assert repairs == ()
