"""What is inside a .longwriter file: an SQLite database, its tables, and how older files become new ones.

The header holds the application id "LWRD" (bytes 68 to 71) and, as user_version, the number of the
schema. Schema 3:

``document``   one row. ``revision`` counts the saves, ``revision_token`` is another random text after
               each of them, so that two copies of one file that were saved apart can be told apart.
               ``settings`` is a JSON object; an absent key follows the app's settings.
               ``identity`` is 32 random hexadecimal digits that stay with the file when it is moved or
               renamed; its backups are found by them. Schema 2 had none.
``sections``   a row each, ordered by ``position`` among those with the same ``in_trash``. ``key``
               stays with the row wherever the section goes; ``id`` is the section's own. Schema 1
               had no ``summary`` and ``summary_of``.
``versions``   every text that a section had, numbered from 1 in the order they came about. Rows are
               added and never changed. ``created_at`` is in Unix seconds.
``plan_at_start``  the plan as it stood when writing began.

Texts are UTF-8. A text that UTF-8 cannot hold (a lone surrogate, which some programs put on the
clipboard) is a BLOB instead, with the surrogate's three bytes written as if it were a character.
"""

import contextlib
import sqlite3
from collections.abc import Callable

SUFFIX = ".longwriter"
APPLICATION_ID = 0x4C575244  # "LWRD"

_SCHEMA_1 = (
    """
    CREATE TABLE document (
        key INTEGER PRIMARY KEY CHECK (key = 1),
        revision INTEGER NOT NULL,
        revision_token TEXT NOT NULL,
        title TEXT NOT NULL,
        instruction TEXT NOT NULL,
        language TEXT NOT NULL,
        word_target INTEGER NOT NULL,
        settings TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE sections (
        key INTEGER PRIMARY KEY,
        in_trash INTEGER NOT NULL,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        main_point TEXT NOT NULL,
        word_target INTEGER NOT NULL,
        heading TEXT NOT NULL,
        direction TEXT NOT NULL,
        complete INTEGER NOT NULL,
        locked INTEGER NOT NULL,
        basis TEXT NOT NULL,
        stop_reason TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE versions (
        key INTEGER PRIMARY KEY,
        section INTEGER NOT NULL REFERENCES sections (key) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        created_at REAL NOT NULL,
        origin TEXT NOT NULL,
        model TEXT NOT NULL,
        seed INTEGER,
        temperature REAL,
        direction TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (section, number)
    )
    """,
    """
    CREATE TABLE plan_at_start (
        position INTEGER PRIMARY KEY,
        number INTEGER NOT NULL,
        main_point TEXT NOT NULL,
        words INTEGER NOT NULL
    )
    """,
    "INSERT INTO document VALUES (1, 0, '', '', '', 'en', 0, '{}')",
)


def _to_schema_1(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA_1:
        connection.execute(statement)


_SCHEMA_2 = tuple(
    f"ALTER TABLE sections ADD COLUMN {column} TEXT NOT NULL DEFAULT ''" for column in ("summary", "summary_of")
)


def _to_schema_2(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA_2:
        connection.execute(statement)


_SCHEMA_3 = (
    "ALTER TABLE document ADD COLUMN identity TEXT NOT NULL DEFAULT ''",
    "UPDATE document SET identity = lower(hex(randomblob(16)))",
)


def _to_schema_3(connection: sqlite3.Connection) -> None:
    for statement in _SCHEMA_3:
        connection.execute(statement)


Migration = Callable[[sqlite3.Connection], None]

MIGRATIONS: tuple[Migration, ...] = (_to_schema_1, _to_schema_2, _to_schema_3)
"""MIGRATIONS[n] turns a file of schema n into one of schema n + 1. Never change one that has been released."""


def schema_version(connection: sqlite3.Connection) -> int:
    """The number of the schema that the file has; 0 for an empty database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Brings a database to the newest schema in one transaction: all of it happens, or nothing.

    Raises sqlite3.Error or whatever a migration raises; the database is then as it was.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(schema_version(connection), len(MIGRATIONS)):
            MIGRATIONS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_STATISTICS = tuple(
    ("table", name, name, f"CREATE TABLE {name}({columns})")
    for name, columns in (("sqlite_stat1", "tbl,idx,stat"), ("sqlite_stat4", "tbl,idx,neq,nlt,ndlt,sample"))
)
"""What ANALYZE makes, word for word: anything else may bear such a name as well."""
_MOST_DEFINED = 100


def fault(connection: sqlite3.Connection) -> str:
    """What is wrong with the structure of a database of any schema; "" when nothing is. Reads, and changes nothing.

    Its tables must be word for word those that the app makes: a trigger, a view, a default or a check
    of somebody else's is code that would run while the file is read or saved.
    """
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as reference:
        for migration in MIGRATIONS[: schema_version(connection)]:
            migration(reference)
        expected = _structure(reference)
    if _structure(connection) != expected:
        return "its tables are not those of a LongWriter document"
    damage = _text(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if damage == "ok" else "its content is damaged"


def _structure(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Everything that is defined in a database, but for the tables of SQLite's own statistics."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master LIMIT ?", (_MOST_DEFINED,))
    return sorted(row for row in (tuple(_text(value) for value in row) for row in rows) if row not in _STATISTICS)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
