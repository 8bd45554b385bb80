"""Between a document and the rows of its file: reading them, and writing what has changed since."""

import json
import math
import re
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version, new_section_id

_Value = str | bytes | int | float | None

_SECTION_COLUMNS = (
    *("id", "main_point", "word_target", "heading", "direction"),
    *("complete", "locked", "basis", "stop_reason", "text", "summary", "summary_of"),
)
_VERSION_COLUMNS = ("created_at", "origin", "model", "seed", "temperature", "direction", "text")
_DOCUMENT_COLUMNS = ("title", "instruction", "language", "word_target")
_SELECT_SECTIONS = """
    SELECT key, position, id, main_point, word_target, heading, direction, complete, locked, basis, stop_reason, text,
    summary, summary_of FROM sections WHERE (in_trash IS NOT 0) = ? ORDER BY position, key
"""
_SELECT_VERSIONS = """
    SELECT section, number, created_at, origin, model, seed, temperature, direction, text
    FROM versions ORDER BY section, number, key
"""
_INSERT_SECTION = """
    INSERT INTO sections (in_trash, position, id, main_point, word_target, heading, direction, complete, locked, basis,
    stop_reason, text, summary, summary_of) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_VERSION = """
    INSERT INTO versions (section, number, created_at, origin, model, seed, temperature, direction, text)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LANGUAGES = ("en", "zh")
_LARGEST = 2**62
"""Of whole numbers; SQLite's own end at 2**63 - 1."""
_MOST_REPAIRS_TOLD = 8
"""A person reads no more of them, and a damaged file may need one for every value."""
_IDENTITY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the file is known to hold. Keys are those of the rows in ``sections``, in the document's order."""

    document: Document = field(default_factory=Document)
    section_keys: tuple[int, ...] = ()
    trash_keys: tuple[int, ...] = ()
    revision: int = 0
    token: str = ""
    identity: str = ""
    """32 hexadecimal digits that stay with the file wherever it is moved; "" gets new ones at the next save."""
    unknown_settings: Mapping[str, object] = field(default_factory=dict)
    """Settings that a newer version of the app has put there; they are kept."""
    mended: bool = False
    """The rows are not what ``document`` says, because some could not be used: the next save writes them all."""


# -- reading -----------------------------------------------------------------------------------------


class _Repairs:
    """What had to be mended, as sentences: the first ones, and how many more there were."""

    def __init__(self) -> None:
        self._told: list[str] = []
        self._count = 0

    def append(self, what: str) -> None:
        self._count += 1
        if len(self._told) < _MOST_REPAIRS_TOLD:
            self._told.append(what)

    def __bool__(self) -> bool:
        return bool(self._told)

    def __iter__(self) -> Iterator[str]:
        for what in self._told:
            yield f"{what[:1].upper()}{what[1:]}."
        if self._count > len(self._told):
            yield f"And {self._count - len(self._told):,} more had to be mended."


class _Reader:
    """Turns what SQLite gives into what the document needs, and notes what had to be mended.

    The connection's text_factory is ``bytes``, so that text that is not UTF-8 raises nothing.
    """

    def __init__(self) -> None:
        self.repairs = _Repairs()

    def text(self, value: object, what: str) -> str:
        if not isinstance(value, bytes):
            self.repairs.append(f"{what} was not a text")
            return "" if value is None else str(value)
        try:
            return value.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            self.repairs.append(f"{what} held bytes that are not text")
            return value.decode("utf-8", "replace")

    def integer(self, value: object, what: str) -> int:
        if isinstance(value, int) and -(2**63) <= value < 2**63:
            return value
        self.repairs.append(f"{what} was not a whole number")
        return int(value) if isinstance(value, float) and abs(value) < _LARGEST else 0

    def count(self, value: object, what: str) -> int:
        number = self.integer(value, what)
        if number < 0:
            self.repairs.append(f"{what} was below zero")
        return max(0, number)

    def number(self, value: object, what: str) -> float:
        if isinstance(value, int | float) and math.isfinite(value):
            return float(value)
        self.repairs.append(f"{what} was not a number")
        return 0.0

    def choice(self, value: object, allowed: tuple[str, ...], what: str) -> str:
        text = self.text(value, what)
        if text in allowed:
            return text
        self.repairs.append(f"{what} was {text[:40]!r}")
        return allowed[0]


def read_revision(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number of the last save and its random token."""
    row = connection.execute("SELECT revision, revision_token FROM document WHERE key = 1").fetchone()
    reader = _Reader()
    return (0, "") if row is None else (reader.integer(row[0], "revision"), reader.text(row[1], "revision_token"))


def read_document(connection: sqlite3.Connection) -> tuple[Stored, tuple[str, ...]]:
    """The document in a file whose structure has been checked, and what had to be mended in it."""
    reader = _Reader()
    row = connection.execute(
        "SELECT title, instruction, language, word_target, settings, identity FROM document WHERE key = 1"
    ).fetchone()
    if row is None:
        reader.repairs.append("the title and instruction were missing")
        row = (b"", b"", b"en", 0, b"{}", b"")
    settings, unknown = _read_settings(row[4], reader)
    versions = _read_versions(connection, reader)
    sections, section_keys = _read_sections(connection, reader, versions, in_trash=False)
    trash, trash_keys = _read_sections(connection, reader, versions, in_trash=True)
    if versions:
        reader.repairs.append("there were versions of a section that is not there")
    document = Document(
        title=reader.text(row[0], "the title"),
        instruction=reader.text(row[1], "the instruction"),
        language=reader.choice(row[2], _LANGUAGES, "the language"),
        word_target=reader.count(row[3], "the word target"),
        sections=_with_own_ids(sections, reader),
        plan_at_start=tuple(_read_plan_at_start(connection, reader)),
        trash=trash,
        settings=settings,
    )
    revision, token = read_revision(connection)
    identity = _read_identity(row[5], reader)
    stored = Stored(document, section_keys, trash_keys, revision, token, identity, unknown, mended=bool(reader.repairs))
    return stored, tuple(reader.repairs)


def _read_identity(value: object, reader: _Reader) -> str:
    """The document's identity, or "": it becomes part of file names, so nothing else than its digits passes."""
    text = reader.text(value, "the document's identity")
    if _IDENTITY.fullmatch(text):
        return text
    reader.repairs.append("the document's identity could not be read")
    return ""


def _read_settings(value: object, reader: _Reader) -> tuple[DocumentSettings, dict[str, object]]:
    try:
        table = json.loads(reader.text(value, "the document's settings"))
    except (ValueError, RecursionError):
        table = None
    if not isinstance(table, dict):
        reader.repairs.append("the document's settings could not be read")
        return DocumentSettings(), {}
    model, temperature, seed = table.pop("model", ""), table.pop("temperature", None), table.pop("seed", None)
    if not isinstance(model, str):
        reader.repairs.append("the document's model was not a text")
        model = ""
    if temperature is not None:
        temperature = reader.number(temperature, "the document's temperature")
    if seed is not None:
        seed = reader.integer(seed, "the document's seed")
    return DocumentSettings(model, temperature, seed), table


def _read_sections(
    connection: sqlite3.Connection, reader: _Reader, versions: dict[object, list[Version]], in_trash: bool
) -> tuple[tuple[Section, ...], tuple[int, ...]]:
    """The sections of one place and their keys; takes their versions out of ``versions``."""
    rows = connection.execute(_SELECT_SECTIONS, (in_trash,))
    sections: list[Section] = []
    keys: list[int] = []
    out_of_order = False
    for position, row in enumerate(rows):
        where = f"of section {position + 1}{' in the trash' if in_trash else ''}"
        if row[1] != position and not out_of_order:
            reader.repairs.append(f"the place {where} was not clear")
            out_of_order = True
        sections.append(
            Section(
                id=reader.text(row[2], f"the id {where}"),
                main_point=reader.text(row[3], f"the main point {where}"),
                word_target=reader.count(row[4], f"the word target {where}"),
                heading=reader.text(row[5], f"the heading {where}"),
                direction=reader.text(row[6], f"the direction {where}"),
                complete=bool(reader.integer(row[7], f"the state {where}")),
                locked=bool(reader.integer(row[8], f"the lock {where}")),
                basis=reader.text(row[9], f"the basis {where}"),
                stop_reason=reader.text(row[10], f"the stop reason {where}"),
                text=reader.text(row[11], f"the text {where}"),
                summary=reader.text(row[12], f"the summary {where}"),
                summary_of=reader.text(row[13], f"the basis of the summary {where}"),
                versions=tuple(versions.pop(row[0], ())),
            )
        )
        keys.append(row[0])
    return tuple(sections), tuple(keys)


def _read_versions(connection: sqlite3.Connection, reader: _Reader) -> dict[object, list[Version]]:
    found: dict[object, list[Version]] = defaultdict(list)
    for row in connection.execute(_SELECT_VERSIONS):
        where = f"of a version ({row[1]})"
        generated = reader.choice(row[3], ("edited", "generated"), f"the origin {where}") == "generated"
        origin: Literal["generated", "edited"] = "generated" if generated else "edited"
        version = Version(
            created_at=reader.number(row[2], f"the time {where}"),
            origin=origin,
            model=reader.text(row[4], f"the model {where}"),
            seed=None if row[5] is None else reader.integer(row[5], f"the seed {where}"),
            temperature=None if row[6] is None else reader.number(row[6], f"the temperature {where}"),
            direction=reader.text(row[7], f"the direction {where}"),
            text=reader.text(row[8], f"the text {where}"),
        )
        found[row[0]].append(version)
    return found


def _read_plan_at_start(connection: sqlite3.Connection, reader: _Reader) -> Iterator[Step]:
    rows = connection.execute("SELECT number, main_point, words FROM plan_at_start ORDER BY position")
    for row in rows:
        yield Step(
            reader.integer(row[0], "a number in the first plan"),
            reader.text(row[1], "a main point in the first plan"),
            reader.count(row[2], "a word target in the first plan"),
        )


def _with_own_ids(sections: tuple[Section, ...], reader: _Reader) -> tuple[Section, ...]:
    """The sections, each with an id of its own: the document finds them by it."""
    seen: set[str] = set()
    own: list[Section] = []
    for number, section in enumerate(sections, start=1):
        if not section.id or section.id in seen:
            reader.repairs.append(f"section {number} had no id of its own")
            own.append(replace(section, id=new_section_id()))
        else:
            own.append(section)
        seen.add(own[-1].id)
    return tuple(own)


# -- writing -----------------------------------------------------------------------------------------


def write_changes(connection: sqlite3.Connection, before: Stored, document: Document) -> Stored:
    """Brings the rows from ``before`` to ``document``, inside the caller's transaction.

    Only rows that differ are written, and of these only the columns that differ. Returns what the
    file holds once the transaction is committed. Raises sqlite3.Error.
    """
    if before.mended:
        before = _emptied(connection, before)
    _write_document_row(connection, before, document)
    if document.plan_at_start != before.document.plan_at_start:
        connection.execute("DELETE FROM plan_at_start")
        connection.executemany(
            "INSERT INTO plan_at_start VALUES (?, ?, ?, ?)",
            [
                (position, step.number, _stored(step.main_point), step.words)
                for position, step in enumerate(document.plan_at_start)
            ],
        )
    rows = _StoredRows(before)
    section_keys = _write_sections(connection, rows, document.sections, in_trash=False)
    trash_keys = _write_sections(connection, rows, document.trash, in_trash=True)
    connection.executemany("DELETE FROM sections WHERE key = ?", [(key,) for key in rows.left_over()])
    revision = before.revision + 1 if before.revision < _LARGEST else 1
    token, identity = uuid.uuid4().hex, before.identity or uuid.uuid4().hex
    connection.execute(
        "UPDATE document SET revision = ?, revision_token = ?, identity = ? WHERE key = 1", (revision, token, identity)
    )
    return replace(
        before,
        document=document,
        section_keys=section_keys,
        trash_keys=trash_keys,
        revision=revision,
        token=token,
        identity=identity,
    )


def _emptied(connection: sqlite3.Connection, before: Stored) -> Stored:
    """Takes out all rows; returns what the file then holds."""
    for statement in ("DELETE FROM versions", "DELETE FROM sections", "DELETE FROM plan_at_start"):
        connection.execute(statement)
    connection.execute("INSERT OR REPLACE INTO document VALUES (1, 0, '', '', '', 'en', 0, '{}', '')")
    return Stored(
        document=Document(settings=DocumentSettings(model="\0")),  # unlike any, so that settings are written
        revision=before.revision,
        token=before.token,
        identity=before.identity,
        unknown_settings=before.unknown_settings,
    )


def _stored(value: object) -> _Value:
    """The value as a column holds it: a text that UTF-8 cannot hold becomes a BLOB."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
        return value
    assert value is None or isinstance(value, int | float), value  # noqa: S101 - the document holds nothing else
    return value


def _settings_text(settings: DocumentSettings, unknown: Mapping[str, object]) -> str:
    table: dict[str, object] = dict(unknown)
    chosen = {"model": settings.model, "temperature": settings.temperature, "seed": settings.seed}
    table.update({name: value for name, value in chosen.items() if value not in ("", None)})
    return json.dumps(table)


def _update(connection: sqlite3.Connection, table: str, key: int, changes: dict[str, _Value]) -> None:
    if not changes:
        return
    assignments = ", ".join(f"{column} = ?" for column in changes)
    statement = f"UPDATE {table} SET {assignments} WHERE key = ?"  # noqa: S608 - names from the constants above
    cursor = connection.execute(statement, (*changes.values(), key))
    if cursor.rowcount != 1:
        raise sqlite3.IntegrityError(f"row {key} of {table} is missing")


def _write_document_row(connection: sqlite3.Connection, before: Stored, document: Document) -> None:
    changes = {
        column: _stored(getattr(document, column))
        for column in _DOCUMENT_COLUMNS
        if getattr(document, column) != getattr(before.document, column)
    }
    if document.settings != before.document.settings:
        changes["settings"] = _settings_text(document.settings, before.unknown_settings)
    _update(connection, "document", 1, changes)


class _StoredRows:
    """The rows of ``sections`` that are not yet spoken for, to be found by the section's id.

    A section keeps its row when it moves, also into the trash and back. Ids may occur more than once
    (in the trash, say): each row is handed out once.
    """

    def __init__(self, before: Stored) -> None:
        self._by_id: dict[str, list[tuple[int, bool, int, Section]]] = defaultdict(list)
        places = (
            (False, before.document.sections, before.section_keys),
            (True, before.document.trash, before.trash_keys),
        )
        for in_trash, sections, keys in places:
            for position, (section, key) in enumerate(zip(sections, keys, strict=True)):
                self._by_id[section.id].append((key, in_trash, position, section))

    def take(self, section_id: str, in_trash: bool) -> tuple[int, bool, int, Section] | None:
        rows = self._by_id.get(section_id)
        if not rows:
            return None
        index = next((index for index, row in enumerate(rows) if row[1] == in_trash), 0)
        return rows.pop(index)

    def left_over(self) -> list[int]:
        return [row[0] for rows in self._by_id.values() for row in rows]


def _write_sections(
    connection: sqlite3.Connection, rows: _StoredRows, sections: tuple[Section, ...], in_trash: bool
) -> tuple[int, ...]:
    keys: list[int] = []
    for position, section in enumerate(sections):
        row = rows.take(section.id, in_trash)
        if row is None:
            key = _insert_section(connection, section, position, in_trash)
            _write_versions(connection, key, (), section.versions)
        else:
            key, was_in_trash, old_position, old = row
            changes: dict[str, _Value] = {}
            if was_in_trash != in_trash:
                changes["in_trash"] = in_trash
            if old_position != position:
                changes["position"] = position
            if section is not old:
                changes |= _changed_columns(old, section)
            _update(connection, "sections", key, changes)
            _write_versions(connection, key, old.versions, section.versions)
        keys.append(key)
    return tuple(keys)


def _changed_columns(old: Section, new: Section) -> dict[str, _Value]:
    return {
        column: _stored(getattr(new, column))
        for column in _SECTION_COLUMNS
        if getattr(new, column) != getattr(old, column)
    }


def _insert_section(connection: sqlite3.Connection, section: Section, position: int, in_trash: bool) -> int:
    values = (in_trash, position, *(_stored(getattr(section, column)) for column in _SECTION_COLUMNS))
    key = connection.execute(_INSERT_SECTION, values).lastrowid
    assert key is not None  # noqa: S101 - an INSERT has one
    return key


def _write_versions(
    connection: sqlite3.Connection, key: int, old: tuple[Version, ...], new: tuple[Version, ...]
) -> None:
    if new is old:
        return
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    if same < len(old):  # the person has cleaned up
        connection.execute("DELETE FROM versions WHERE section = ? AND number > ?", (key, same))
    connection.executemany(
        _INSERT_VERSION,
        [
            (key, number, *(_stored(getattr(version, column)) for column in _VERSION_COLUMNS))
            for number, version in enumerate(new[same:], start=same + 1)
        ],
    )
