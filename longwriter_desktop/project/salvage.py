"""What can still be read of a damaged .longwriter file, as a document of its own. The file is never written to."""

import contextlib
import itertools
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import DamagedProject, LongWriterError, NotAProject, ProjectProblem
from longwriter_desktop.leftovers import temporary_folder
from longwriter_desktop.project import limits, schema
from longwriter_desktop.project.problems import problem
from longwriter_desktop.project.rows import read_document
from longwriter_desktop.project.sqlite_pages import Row, Value, recovered_rows

_TABLES = ("document", "sections", "versions", "plan_at_start")
_MOST_ROWS = 50_000
"""More than any document that was written has; a file that was made to have more takes seconds, not minutes."""
_FARTHEST_GAP = 1000
"""A section's place that lies farther behind the last one than this is damaged itself."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A document as far as it could be read.

    ``sections_known`` counts the sections that the file is known to have had, ``from_versions`` those whose own row
    could not be read, so that their newest version stands for them, and ``cut`` the texts of which only the beginning
    could be read; ``repairs`` says what had to be mended in the rest.
    """

    document: Document
    sections_read: int
    sections_known: int
    from_versions: int
    cut: int
    repairs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What was found, for the person."""
        count = "1 section" if self.sections_known == 1 else f"{self.sections_known:,} sections"
        words = self.document.words
        unit = "characters" if self.document.language == "zh" else "words"
        found = f"{self.sections_read:,} of {count} could be read, {words:,} {unit}"
        if self.from_versions:
            how = "an older version" if self.from_versions == 1 else "older versions"
            found += f"; {self.from_versions:,} more in {how}"
        if self.cut:
            found += f"; of {self.cut:,} {'text' if self.cut == 1 else 'texts'} only the beginning"
        return f"{found}."


def salvage(path: Path) -> Salvaged:
    """Reads what can be read of the file. Raises ProjectProblem when there is nothing, or no reading it."""
    try:
        content = _content(path)
    except OSError as error:
        raise problem(error, path, "opened") from error
    rows = recovered_rows(content, _shapes(), _MOST_ROWS)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.text_factory = bytes
        schema.migrate(connection)
        from_versions, cut = _put_rows(connection, rows)
        stored, repairs = read_document(connection)
    document = stored.document
    if not any(section.text.strip() or section.main_point.strip() for section in (*document.sections, *document.trash)):
        raise DamagedProject(
            f"Nothing could be read of “{path}”: no section is left in it. The file was not changed. "
            "Use a backup or an earlier copy of it."
        )
    known = max(len(document.sections), _known_sections(rows["sections"]))
    return Salvaged(document, len(document.sections) - from_versions, known, from_versions, cut, repairs)


def offer(path: Path, refusal: LongWriterError) -> Salvaged | None:
    """What could be salvaged of a file that was refused; None when it is not damaged, or nothing is left.

    A file named .longwriter that is none by its first page may be one that has lost this page.
    """
    lost_its_head = isinstance(refusal, NotAProject) and path.suffix == schema.SUFFIX
    if not (lost_its_head or isinstance(refusal, DamagedProject)):
        return None
    try:
        return salvage(path)
    except ProjectProblem:
        return None


def _content(path: Path) -> bytes:
    """The bytes of the file, with a save that was broken off taken back. Raises OSError and ProjectProblem."""
    if not path.is_file():
        path.stat()  # raises for a file that is not there
        raise DamagedProject(f"“{path}” is not a file. Nothing was changed. Choose a {schema.SUFFIX} file.")
    excess = limits.excess_of_file(path.stat().st_size)
    if excess:
        raise ProjectProblem(f"“{path}” was not read: {excess}. The file was not changed.")
    beside = [Path(f"{path}{ending}") for ending in ("-journal", "-wal") if Path(f"{path}{ending}").is_file()]
    if not beside or any(limits.excess_of_file(each.stat().st_size) for each in beside):
        return path.read_bytes()
    with temporary_folder() as folder:  # private to the user
        copy = Path(folder) / path.name
        for each in (path, *beside):
            shutil.copyfile(each, copy.with_name(each.name))
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("SELECT count(*) FROM sqlite_master")  # SQLite looks at the journal only to read
        return copy.read_bytes()


def _shapes() -> Mapping[str, frozenset[int]]:
    """How many columns a row of each table may have: it keeps those of the format that it was written in."""
    counts: defaultdict[str, set[int]] = defaultdict(set)
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for migration in schema.MIGRATIONS:
            migration(connection)
            for table in _TABLES:
                counts[table].add(len(_columns(connection, table)))
    return {table: frozenset(counts[table]) for table in _TABLES}


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, bool, Value]]:
    """Name, whether it may be NULL, and a value to begin with, for each column of a table."""
    starts: dict[str, Value] = {"TEXT": b"", "INTEGER": 0, "REAL": 0.0}
    columns = []
    for _, name, kind, not_null, _, _ in connection.execute(f"PRAGMA table_info({table})"):
        columns.append((_text(name), not not_null, starts[_text(kind)]))
    return columns


def _put_rows(connection: sqlite3.Connection, rows: Mapping[str, Sequence[Row]]) -> tuple[int, int]:
    """Fills the tables of an empty database, so that the document is read as from any file.

    Counts the sections made of versions, and the rows that are cut.
    """
    from_versions = 0
    kept = {
        "document": [row for row in rows["document"] if row.key == 1],
        "sections": list(rows["sections"][: limits.MOST_SECTIONS]),
        "versions": list(rows["versions"][: limits.MOST_VERSIONS]),
        "plan_at_start": list(rows["plan_at_start"][: limits.MOST_SECTIONS]),
    }
    for table, found in kept.items():
        columns = _columns(connection, table)
        statement = f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names from above
        if table == "versions":
            from_versions = _put_lost_sections(connection, found)
            found = _numbered_anew(found)  # noqa: PLW2901 - the same rows
        connection.executemany(statement, [_filled(row, columns) for row in found])
    return from_versions, sum(row.is_cut for found in kept.values() for row in found)


def _filled(row: Row, columns: Sequence[tuple[str, bool, Value]]) -> list[Value]:
    """A row's values with its key in the first column, and with something in every column that needs it."""
    values: list[Value] = [row.key, *row.values[1:]]
    for _, may_be_null, start in columns[len(values) :]:
        values.append(None if may_be_null else start)
    for at, (_, may_be_null, start) in enumerate(columns):
        value = values[at]
        if value is None and not may_be_null and at:
            values[at] = start
    return _fitting(values)


def _fitting(values: list[Value]) -> list[Value]:
    """The values of a row, the longest of them cut until the row is one that can be saved again.

    A byte that is no text becomes three when it is read, and must not make the row too long once more.
    """
    sizes = [len(value) if isinstance(value, bytes) else 8 for value in values]
    while (excess := sum(sizes) - limits.MOST_ROW_BYTES // 4) > 0:
        longest = sizes.index(max(sizes))
        value = values[longest]
        if not isinstance(value, bytes):
            break
        sizes[longest] = max(0, sizes[longest] - excess)
        values[longest] = value[: sizes[longest]]
    return values


def _numbered_anew(versions: Sequence[Row]) -> list[Row]:
    """The versions with numbers that follow each other in each section, as damage may have doubled some."""
    counts: defaultdict[Value, int] = defaultdict(int)
    numbered = []
    for row in sorted(versions, key=lambda row: (_number(row.values[2]), row.key)):
        section = row.values[1]
        counts[section] += 1
        numbered.append(replace(row, values=(None, section, counts[section], *row.values[3:])))
    return numbered


def _put_lost_sections(connection: sqlite3.Connection, versions: Sequence[Row]) -> int:
    """Makes sections for the versions whose own section could not be read, with the newest one's text; counts them.

    They go where a place is free, in the order of their keys, which is mostly that of the document.
    """
    there: dict[Value, Value] = dict(connection.execute("SELECT key, position FROM sections WHERE in_trash IS 0"))
    trash = {key for (key,) in connection.execute("SELECT key FROM sections WHERE in_trash IS NOT 0")}
    newest: dict[int, Row] = {}
    for row in versions:
        section = row.values[1]
        if not isinstance(section, int) or section in there or section in trash:
            continue
        if section not in newest or _number(newest[section].values[2]) < _number(row.values[2]):
            newest[section] = row
    room = max(0, limits.MOST_SECTIONS - len(there) - len(trash))
    lost = sorted(newest.items(), key=lambda item: item[0])[:room]
    taken = set(there.values())
    free = (place for place in itertools.count() if place not in taken)
    names = [name for name, _, _ in _columns(connection, "sections")]
    marks = ", ".join("?" * len(names))
    for (section, row), place in zip(lost, free, strict=False):
        values: dict[str, Value] = dict.fromkeys(names, b"")
        values.update({"key": section, "in_trash": 0, "word_target": 0, "complete": 0, "locked": 0})
        values.update({"position": place, "id": f"{section}".encode(), "text": row.values[9] or b""})
        connection.execute(f"INSERT INTO sections VALUES ({marks})", [values[name] for name in names])  # noqa: S608 - question marks alone
    return len(lost)


def _known_sections(rows: Sequence[Row]) -> int:
    """How many sections there were, as the places of those that are left show."""
    places = sorted(
        {row.values[2] for row in rows if isinstance(row.values[2], int) and row.values[1] == 0 and row.values[2] >= 0}
    )
    known = 0
    for place in places:
        if place - known > _FARTHEST_GAP:
            break
        known = place + 1
    return known


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
