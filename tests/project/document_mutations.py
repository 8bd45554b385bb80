# ruff: noqa: S608 - the SQL is put together on purpose, from the constants of this file alone
"""Strange .longwriter files: damaged bytes, and content that somebody has put there with intent.

A mutation is drawn from a seed and made at a path. Whatever would run as code leaves a trace that `CANARY` names.
"""

import contextlib
import json
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.project.store import Project

PAGE = 4096
CANARY = "code-has-run"
HOSTILE_TEXTS = (
    "\x00\x01\x02\x07\x08\x1b[2J\x7f\x85",
    "\u202eright to left\u202c \u2066isolate",
    "\ufeff\u200b\u200d\ufffe\uffff\u2028\u2029",
    "<script>alert(1)</script><img src='file:///etc/passwd'>",
    "]]>&amp;&#0;<!--",
    "e" + "\u0301" * 3000,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 500,
    "\n" * 20000,
    "|" * 5000 + "\n" + "-|" * 5000,
    "> " * 3000 + "deep",
    "*_" * 5000,
    "[" * 5000 + "](" * 100,
    "'; DROP TABLE sections; --",
    "%s%n{0}{document}",
)
Make = Callable[["Maker"], None]


@dataclass
class Maker:
    """What a mutation works on: the file at ``path``, which is whole at first, and its chance."""

    path: Path
    chance: random.Random
    small: bool = False
    """Only the smallest of several sizes is made."""

    def size(self, *sizes: int) -> int:
        """One of the sizes, which grow."""
        return sizes[0] if self.small else self.chance.choice(sizes)

    def sql(self, *statements: str) -> None:
        """Runs statements on the file, with nothing to keep them from the schema."""
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    def put(self, table: str, column: str, value: object) -> None:
        """Gives a column another value in every row, or in one of them."""
        where = self.chance.choice(["", f" WHERE key = (SELECT max(key) FROM {table})"])
        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?{where}", (value,))
            connection.commit()

    def patch(self, change: Callable[[bytearray], None]) -> None:
        """Changes the bytes of the file."""
        content = bytearray(self.path.read_bytes())
        change(content)
        self.path.write_bytes(content)


def whole_document(path: Path) -> None:
    """Makes the file that the mutations begin with."""
    sections = [
        Section(
            f"Point {number}", 200, heading="Part" if number % 3 == 0 else "",
            text=f"Section {number} says. " + "Lamps were lit with oil. " * (20 + 40 * (number % 4)),
            complete=number < 8, summary="Lamps." if number == 2 else "",
            versions=tuple(Version(f"Version {at} of {number}. " * 30, 1.0 * at, "edited") for at in range(number % 3)),
        )
        for number in range(12)
    ]  # fmt: skip  # One argument a line would make a page of it.
    document = Document("Lighthouses", "Write about lighthouses", word_target=2400, sections=tuple(sections))
    with Project.create(path, document) as project:
        project.save(document.deleted(sections[5].id))


def mutate(path: Path, seed: int, *, small: bool = False) -> str:
    """Makes the mutation of a seed at ``path``, where the whole file is; returns the name of its kind."""
    chance = random.Random(seed)
    kinds = BYTES if seed % 2 else CONTENT
    make = kinds[seed // 2 % len(kinds)]
    make(Maker(path, chance, small))
    return make.__name__.strip("_").replace("_", " ")


# -- bytes ---------------------------------------------------------------------------------------------


def _flipped_bytes(maker: Maker) -> None:
    def flip(content: bytearray) -> None:
        for _ in range(maker.chance.choice([1, 1, 3, 10, 100])):
            content[maker.chance.randrange(len(content))] ^= 1 << maker.chance.randrange(8)

    maker.patch(flip)


def _flipped_bytes_in_the_header(maker: Maker) -> None:
    def flip(content: bytearray) -> None:
        for _ in range(maker.chance.choice([1, 2, 5])):
            content[maker.chance.randrange(100)] = maker.chance.randrange(256)

    maker.patch(flip)


def _flipped_bytes_in_the_schema(maker: Maker) -> None:
    def flip(content: bytearray) -> None:
        for _ in range(maker.chance.choice([1, 2, 5])):
            content[maker.chance.randrange(100, PAGE)] = maker.chance.randrange(256)

    maker.patch(flip)


def _random_bytes_in_a_page(maker: Maker) -> None:
    def fill(content: bytearray) -> None:
        at = maker.chance.randrange(len(content) // PAGE) * PAGE
        size = maker.chance.choice([8, 100, PAGE])
        content[at : at + size] = maker.chance.randbytes(size)

    maker.patch(fill)


def _cut_off(maker: Maker) -> None:
    maker.patch(lambda content: content.__delitem__(slice(maker.chance.randrange(len(content)), None)))


def _bytes_behind_the_end(maker: Maker) -> None:
    maker.patch(lambda content: content.extend(maker.chance.randbytes(maker.chance.randrange(1, 3 * PAGE))))


def _zeroed_pages(maker: Maker) -> None:
    def zero(content: bytearray) -> None:
        for _ in range(maker.chance.choice([1, 1, 2, 5])):
            at = maker.chance.randrange(len(content) // PAGE) * PAGE
            content[at : at + PAGE] = bytes(PAGE)

    maker.patch(zero)


def _swapped_pages(maker: Maker) -> None:
    def swap(content: bytearray) -> None:
        one, other = (maker.chance.randrange(1, len(content) // PAGE) * PAGE for _ in range(2))
        content[one : one + PAGE], content[other : other + PAGE] = (
            content[other : other + PAGE],
            content[one : one + PAGE],
        )

    maker.patch(swap)


def _page_that_leads_to_itself(maker: Maker) -> None:
    def lead(content: bytearray) -> None:
        number = maker.chance.randrange(2, len(content) // PAGE + 1)
        at = (number - 1) * PAGE
        content[at : at + 12] = bytes([5, 0, 0, 0, 0, 0, 0, 0]) + number.to_bytes(4, "big")

    maker.patch(lead)


def _wrong_numbers_in_the_header(maker: Maker) -> None:
    """Page size, journal mode, reserved bytes, page count, list of free pages, format, encoding, version."""

    def put(content: bytearray) -> None:
        at, size = maker.chance.choice(
            [(16, 2), (18, 2), (20, 1), (28, 4), (32, 8), (44, 4), (56, 4), (60, 4), (68, 4)]
        )
        low = maker.chance.choice([0, 1, 2, 3, 4, 2**31 - 1, 2**32 - 1, maker.chance.randrange(2**32)])
        content[at : at + size] = (low * 257 % 256**size if size == 2 else low % 256**size).to_bytes(size, "big")

    maker.patch(put)


def _write_ahead_mode(maker: Maker) -> None:
    def put(content: bytearray) -> None:
        content[18:20] = b"\x02\x02"

    maker.patch(put)


def _damaged_and_of_an_older_format(maker: Maker) -> None:
    maker.sql("PRAGMA user_version = 1")
    _flipped_bytes(maker)


BYTES: tuple[Make, ...] = (
    *(_flipped_bytes, _flipped_bytes, _flipped_bytes_in_the_header, _flipped_bytes_in_the_schema),
    *(_random_bytes_in_a_page, _cut_off, _cut_off, _bytes_behind_the_end, _zeroed_pages, _zeroed_pages),
    *(_swapped_pages, _page_that_leads_to_itself, _wrong_numbers_in_the_header, _write_ahead_mode),
    _damaged_and_of_an_older_format,
)


# -- content -------------------------------------------------------------------------------------------

_TEXT_PLACES = (
    *(("document", each) for each in ("title", "instruction", "language", "revision_token", "identity", "settings")),
    *(("sections", each) for each in ("id", "main_point", "heading", "direction", "basis", "stop_reason", "text")),
    *(("sections", each) for each in ("summary", "summary_of")),
    *(("versions", each) for each in ("origin", "model", "direction", "text")),
)
_NUMBER_PLACES = (
    *(("document", each) for each in ("revision", "word_target")),
    *(("sections", each) for each in ("in_trash", "position", "word_target", "complete", "locked")),
    *(("versions", each) for each in ("created_at", "seed", "temperature", "section", "number")),
)
_NUMBERS = (-1, 0, 2**31, 2**63 - 1, -(2**63), 1e308, -1e308, float("inf"), float("-inf"), 0.1, 1e-320, 10**12)


def _hostile_text(maker: Maker) -> None:
    for _ in range(3):
        maker.put(*maker.chance.choice(_TEXT_PLACES), maker.chance.choice(HOSTILE_TEXTS))


def _bytes_that_are_no_text(maker: Maker) -> None:
    value = maker.chance.choice([b"\xff\xfe\x80abc", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", bytes(range(256))])
    table, column = maker.chance.choice(_TEXT_PLACES)
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        as_text = "CAST(? AS TEXT)" if maker.chance.random() < 0.5 else "?"
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {as_text}", (value,))
        connection.commit()


def _wrong_types(maker: Maker) -> None:
    for _ in range(3):
        table, column = maker.chance.choice(_TEXT_PLACES + _NUMBER_PLACES)
        with contextlib.suppress(sqlite3.IntegrityError):
            maker.put(table, column, maker.chance.choice([17, 2.5, b"\x00\xff", "word", -3]))


def _strange_numbers(maker: Maker) -> None:
    for _ in range(3):
        with contextlib.suppress(sqlite3.IntegrityError):
            maker.put(*maker.chance.choice(_NUMBER_PLACES), maker.chance.choice(_NUMBERS))


def _settings_of_all_sorts(maker: Maker) -> None:
    deep = maker.chance.choice([100, 100_000])
    value = maker.chance.choice(
        [
            "[" * deep,
            '{"a":' * deep + "1" + "}" * deep,
            json.dumps({"model": ["x"], "seed": "y", "temperature": {}}),
            json.dumps({"seed": 10**30, "temperature": 1e308}),
            '{"temperature": NaN, "seed": -Infinity}',
            '{"seed": ' + "9" * 100_000 + "}",
            '{"model": "' + "../" * 1000 + 'etc/passwd"}',
            '{"model": "\\ud800\\u0000"}',
            "null",
            "",
        ]
    )
    maker.put("document", "settings", value)


def _same_ids(maker: Maker) -> None:
    maker.sql("UPDATE sections SET id = 'one'", "UPDATE sections SET position = 3")


def _versions_of_nothing(maker: Maker) -> None:
    maker.sql("UPDATE versions SET section = section + 1000")


def _wrong_format(maker: Maker) -> None:
    number = maker.chance.choice([0, 1, 2, 99, -1, 2**31 - 1, -(2**31)])
    maker.sql(f"PRAGMA user_version = {number}")


def _trigger(maker: Maker) -> None:
    event = maker.chance.choice(["AFTER UPDATE ON sections", "AFTER UPDATE ON document", "AFTER INSERT ON versions"])
    maker.sql(f"CREATE TRIGGER t {event} BEGIN UPDATE document SET title = '{CANARY}'; END")


def _trigger_with_a_name_of_sqlites_own(maker: Maker) -> None:
    sql = f"CREATE TRIGGER sqlite_stat_t AFTER UPDATE ON document BEGIN UPDATE sections SET text = '{CANARY}'; END"
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_stat_t', 'document', 0, ?)", (sql,))
        connection.commit()


def _view_in_the_place_of_a_table(maker: Maker) -> None:
    maker.sql(
        "ALTER TABLE sections RENAME TO hidden",
        "CREATE VIEW sections AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    )


def _virtual_table(maker: Maker) -> None:
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        with contextlib.suppress(sqlite3.OperationalError):  # not in every build of SQLite
            connection.execute("CREATE VIRTUAL TABLE v USING fts5(x)")
            connection.execute("DROP TABLE plan_at_start")
            connection.execute("CREATE VIRTUAL TABLE plan_at_start USING fts5(position, number, main_point, words)")
        connection.commit()


def _rewritten(maker: Maker, table: str, old: str, new: str) -> None:
    """Changes the words that a table was made with."""
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", (old, new, table))
        connection.commit()


def _column_that_computes(maker: Maker) -> None:
    _rewritten(maker, "sections", "heading TEXT NOT NULL", f"heading TEXT AS ('{CANARY}')")


def _default_that_computes(maker: Maker) -> None:
    call = maker.chance.choice(["load_extension('/tmp/x')", "writefile('x', 'y')", "randomblob(1000000000)"])
    _rewritten(maker, "document", "settings TEXT NOT NULL", f"settings TEXT NOT NULL DEFAULT ({call})")


def _check_that_computes(maker: Maker) -> None:
    call = maker.chance.choice(["load_extension('/tmp/x')", "length(zeroblob(1000000000)) > 0", "likelihood(1, 0.5)"])
    _rewritten(maker, "sections", "text TEXT NOT NULL", f"text TEXT NOT NULL CHECK ({call})")


def _index_that_computes(maker: Maker) -> None:
    maker.sql(
        "CREATE INDEX i ON sections (length(text) + abs(position))",
        "CREATE INDEX j ON versions (text) WHERE number > 0",
    )


def _tables_without_end(maker: Maker) -> None:
    count = maker.size(200, 20_000)
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        rows = ((f"t{n}", f"CREATE TABLE t{n}({','.join(f'c{each}' for each in range(50))})") for n in range(count))
        connection.executemany("INSERT INTO sqlite_master SELECT 'table', ?1, ?1, 3, ?2", rows)
        connection.commit()


def _malformed_schema(maker: Maker) -> None:
    sql = maker.chance.choice(
        ["CREATE TABLE", "CREATE TABLE x(" + "(" * 5000, "\x1b[2J\nSELECT 1", "CREATE TABLE sections(a)"]
    )
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_master VALUES ('table', 'new\nline\x1b', 'x', 2, ?)", (sql,))
        connection.commit()


def _huge_text(maker: Maker) -> None:
    megabytes = maker.size(3, 30, 100)
    unit = maker.chance.choice(["x", "word ", "灯塔", "\U0001f468", "\n"])
    text = unit * (megabytes * 2**20 // len(unit.encode()))
    table, column = maker.chance.choice([("sections", "text"), ("versions", "text"), ("document", "instruction")])
    with contextlib.closing(sqlite3.connect(maker.path)) as connection:
        key = f"(SELECT max(key) FROM {table})"
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE key = {key}", (text,))
        connection.commit()


def _rows_without_end(maker: Maker) -> None:
    count = maker.size(9_000, 50_000, 1_000_000)
    table = maker.chance.choice(["versions", "plan_at_start", "sections"])
    values = {
        "versions": "NULL, 1, x + 100, 0.0, 'edited', '', NULL, NULL, '', 'x'",
        "plan_at_start": "x, x, 'p', 1",
        "sections": "NULL, 0, x + 20, 'i' || x, 'p', 1, '', '', 0, 0, '', '', 'x', '', ''",
    }[table]
    maker.sql(
        f"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {count}) "
        f"INSERT INTO {table} SELECT {values} FROM n"
    )


CONTENT: tuple[Make, ...] = (
    *(_hostile_text, _hostile_text, _bytes_that_are_no_text, _wrong_types, _strange_numbers, _strange_numbers),
    *(_settings_of_all_sorts, _same_ids, _versions_of_nothing, _wrong_format, _trigger, _malformed_schema),
    *(_trigger_with_a_name_of_sqlites_own, _view_in_the_place_of_a_table, _virtual_table, _column_that_computes),
    *(_default_that_computes, _check_that_computes, _index_that_computes, _tables_without_end),
    *(_huge_text, _rows_without_end),
)
