"""How large a document's file may be: what keeps memory and time bounded, whatever a file says of itself.

A document of 100,000 words takes less than a megabyte, so the limits leave room for hundreds of versions of every
section. They hold for saving as well as for opening: what can be saved can be opened again.
"""

import sqlite3

from longwriter_desktop.document.document import Document

MEGABYTE = 2**20
MOST_FILE_BYTES = 256 * MEGABYTE
MOST_ROW_BYTES = 16 * MEGABYTE
"""Of one section with its text, or of one version; more than two million words."""
MOST_SECTIONS = 10_000
"""Sections of a document and of its trash; also the lines of its first plan."""
MOST_VERSIONS = 100_000
MOST_HEAP_BYTES = 512 * MEGABYTE
"""What SQLite itself may take. A file with millions of tables, or an index into nowhere, meets this limit."""
_CLEAN_UP = "Clean up its versions or empty its trash, or split the document in two."


def apply(connection: sqlite3.Connection) -> None:
    """Has SQLite refuse rows that are too long, and more memory than a document needs.

    Reading then raises sqlite3.DataError (SQLITE_TOOBIG) and MemoryError.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_ROW_BYTES)
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_HEAP_BYTES}")


def excess_of_file(size: int) -> str:
    """Why a file of ``size`` bytes is not opened, as part of a sentence; "" when it may be."""
    if size <= MOST_FILE_BYTES:
        return ""
    return f"it has {size / MEGABYTE:,.0f} MB, and a document's file has at most {MOST_FILE_BYTES // MEGABYTE}"


def excess_of_rows(connection: sqlite3.Connection) -> str:
    """Why a file with so many rows is not read, as part of a sentence; "" when it may be. Raises sqlite3.Error."""
    limits = {"sections": MOST_SECTIONS, "plan_at_start": MOST_SECTIONS, "versions": MOST_VERSIONS}
    for table, most in limits.items():
        count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - names from above
        if count > most:
            return f"its table “{table}” has {count:,} rows, and a document has at most {most:,}"
    return ""


def excess(document: Document, file_bytes: int = 0) -> str:
    """Why a document is too large to be saved, and what to do, in a sentence each; "" when it is not."""
    sections = (*document.sections, *document.trash)
    if len(sections) > MOST_SECTIONS:
        return f"it has {len(sections):,} sections, and {MOST_SECTIONS:,} are the most. {_CLEAN_UP}"
    versions = sum(len(section.versions) for section in sections)
    if versions > MOST_VERSIONS:
        return f"its sections have {versions:,} versions, and {MOST_VERSIONS:,} are the most. {_CLEAN_UP}"
    if file_bytes > MOST_FILE_BYTES:
        return f"it would have more than {MOST_FILE_BYTES // MEGABYTE} MB, which is the most. {_CLEAN_UP}"
    return ""
