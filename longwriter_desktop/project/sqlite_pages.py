"""The rows in the pages of a damaged SQLite file, read without SQLite, which gives up at the first bad page.

The pages of each table are found from its root as SQLite does. Where a page on the way cannot be used, the leaves
below it are found by looking at all pages, as `sqlite3 .recover` does: a row shows by its shape which table it is of.
Nothing in the file is trusted: every number is checked against the page, no page is read twice for the same purpose,
so time and memory follow the size of the file. The format is described in sqlite.org/fileformat2.html, to whose
sections the comments refer.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Value = bytes | int | float | None
_USUAL_PAGE_BYTES = 4096
_LEAF, _INTERIOR = 0x0D, 0x05
_MOST_COLUMNS = 64
_MASTER_COLUMNS = 5
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its key, its values (texts as bytes), and whether the last of them could be read only in part."""

    key: int
    values: tuple[Value, ...]
    is_cut: bool = False


def recovered_rows(content: bytes, shapes: Mapping[str, frozenset[int]], most: int) -> dict[str, list[Row]]:
    """The rows of the tables in ``shapes``, which says how many columns a row of each may have.

    At most about ``most`` rows in all are looked at, those of the tables that are named first before the others.
    Every table's first column must be an INTEGER PRIMARY KEY. Of several rows with one key that which the table's
    own tree leads to is taken.
    """
    sizes = {_page_size(content), (_USUAL_PAGE_BYTES, _USUAL_PAGE_BYTES)}  # the header itself may be damaged
    found = [_Recovery(content, shapes, most, *each).rows() for each in sorted(sizes)]
    return max(found, key=lambda tables: sum(not row.is_cut for rows in tables.values() for row in rows))


class _Recovery:
    def __init__(
        self, content: bytes, shapes: Mapping[str, frozenset[int]], most: int, page_bytes: int, usable: int
    ) -> None:
        self._shapes = shapes
        self._left = most
        self._page_bytes, self._usable = page_bytes, usable
        self._content = content + bytes(-len(content) % self._page_bytes)  # a file that was cut ends within a page
        self._count = len(self._content) // self._page_bytes
        self._overflow: set[int] = set()
        self._found: dict[str, dict[int, Row]] = {table: {} for table in shapes}
        self._strays: list[tuple[str, Row]] = []
        self._damaged: set[str] = set()

    def rows(self) -> dict[str, list[Row]]:
        roots = self._roots()
        reached: set[int] = set()
        for table in self._shapes:
            root = roots.get(table)
            if root is None:
                self._damaged.add(table)
            else:
                self._walk(table, root, reached)
        if self._damaged:
            self._look_everywhere(reached | self._free_pages())
        for table, row in self._strays:
            if table in self._damaged:
                self._found[table].setdefault(row.key, row)
        return {table: sorted(rows.values(), key=lambda row: row.key) for table, rows in self._found.items()}

    # -- pages -----------------------------------------------------------------------------------

    def _page(self, number: int) -> bytes:
        """A page, counted from 1; empty when the file ends before it."""
        if not 1 <= number <= self._count:
            return b""
        return self._content[(number - 1) * self._page_bytes : number * self._page_bytes]

    def _roots(self) -> dict[str, int]:
        """The root page of each table, as the table of tables says (2.6); it begins on page 1."""
        roots = {}
        todo, seen = [1], {1}
        while todo:
            number = todo.pop()
            page, start = self._page(number), 100 if number == 1 else 0  # behind the file's header
            for row in self._leaf_rows(page, start):
                if len(row.values) == _MASTER_COLUMNS and row.values[0] == b"table":
                    name, root = row.values[1], row.values[3]
                    if isinstance(name, bytes) and isinstance(root, int):
                        roots[name.decode("utf-8", "replace")] = root
            new = [child for child in _children(page, start) if child not in seen]
            seen.update(new)
            todo += new
        return roots

    def _free_pages(self) -> set[int]:
        """Pages that are not in use (1.5): what stands in them was deleted."""
        free: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big")
        while 1 < trunk <= self._count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            trunk, count = struct.unpack_from(">II", page)
            count = min(count, self._page_bytes // 4 - 2)
            free.update(struct.unpack_from(f">{count}I", page, 8))
        return free

    def _walk(self, table: str, root: int, reached: set[int]) -> None:
        """Reads the rows of a table from its root; notes when a page is not what it should be."""
        todo = [root]
        while todo:
            number = todo.pop()
            page = self._page(number)
            if not page or number == 1 or number in reached or page[0] not in (_LEAF, _INTERIOR):
                self._damaged.add(table)
                continue
            reached.add(number)
            if page[0] == _INTERIOR:
                children = list(_children(page, 0))
                if len(children) != int.from_bytes(page[3:5], "big") + 1:
                    self._damaged.add(table)
                todo += children
                continue
            self._take_rows(table, page)

    def _take_rows(self, table: str, page: bytes) -> None:
        rows = 0
        for row in self._leaf_rows(page, 0):
            rows += 1
            if self._table_of(row) == table:
                self._found[table].setdefault(row.key, row)
            else:
                self._damaged.add(table)
                self._keep_stray(row)
        if rows != int.from_bytes(page[3:5], "big"):
            self._damaged.add(table)

    def _look_everywhere(self, known: set[int]) -> None:
        """Reads the rows of the leaves that no tree led to."""
        for number in range(2, self._count + 1):
            if number in known or number in self._overflow:
                continue
            page = self._page(number)
            if page[0] == _LEAF:
                for row in self._leaf_rows(page, 0):
                    self._keep_stray(row)

    def _keep_stray(self, row: Row) -> None:
        table = self._table_of(row)
        if table:
            self._damaged.add(table)
            self._strays.append((table, row))

    def _table_of(self, row: Row) -> str:
        """The table that a row is of, by its shape; the key stands as NULL in its own column (2.3)."""
        if not row.values or row.values[0] is not None:
            return ""
        return next((table for table, counts in self._shapes.items() if len(row.values) in counts), "")

    # -- rows ------------------------------------------------------------------------------------

    def _leaf_rows(self, page: bytes, start: int) -> Iterator[Row]:
        """The rows on a leaf page (1.6), without those that make no sense; no more than a page has room for."""
        if len(page) <= start or page[start] != _LEAF:
            return
        room = len(page)
        for place in _pointers(page, start, 8):
            if self._left <= 0:
                return
            self._left -= 1
            try:
                row, size = self._row(page, place)
            except (IndexError, ValueError, struct.error):
                room -= _MOST_COLUMNS
            else:
                room -= size
                yield row
            if room < 0:
                return

    def _row(self, page: bytes, place: int) -> tuple[Row, int]:
        """The row at a place of a leaf page, and how many bytes of the page it takes at the least."""
        length, place = _varint(page, place)
        key, place = _varint(page, place)
        key = key - 2**64 if key >= 2**63 else key
        if not 2 <= length <= len(self._content):
            raise ValueError(length)
        local = _local_bytes(length, self._usable)
        payload = page[place : min(place + local, self._usable)]
        size = len(payload)
        if local < length and size == local:
            payload += self._overflowing(page, place + local, length - local)
        return Row(key, *_values(payload, length)), size

    def _overflowing(self, page: bytes, place: int, wanted: int) -> bytes:
        """What of a row did not fit its page (1.7), as far as the chain of pages goes."""
        pieces = []
        number = int.from_bytes(page[place : place + 4], "big")
        while wanted > 0 and 1 < number <= self._count and number not in self._overflow:
            self._overflow.add(number)
            following = self._page(number)
            pieces.append(following[4 : 4 + min(wanted, self._usable - 4)])
            wanted -= len(pieces[-1])
            number = int.from_bytes(following[:4], "big")
        return b"".join(pieces)


def _page_size(content: bytes) -> tuple[int, int]:
    """The size of a page, and how much of it is in use (1.3.2, 1.3.4); the usual ones where the header is damaged."""
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size
    reserved = content[20] if len(content) > 20 else 0
    if not content.startswith(b"SQLite format 3\0") or size < 512 or size & (size - 1) or size - reserved < 480:
        return _USUAL_PAGE_BYTES, _USUAL_PAGE_BYTES
    return size, size - reserved


def _pointers(page: bytes, start: int, header: int) -> Iterator[int]:
    """Where the cells of a page begin."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    for at in range(start + header, min(start + header + 2 * count, len(page) - 1), 2):
        place = int.from_bytes(page[at : at + 2], "big")
        if place >= start + header:
            yield place


def _children(page: bytes, start: int) -> Iterator[int]:
    """The pages below an interior page; none for any other."""
    if len(page) <= start or page[start] != _INTERIOR:
        return
    for place in _pointers(page, start, 12):
        yield int.from_bytes(page[place : place + 4], "big")
    yield int.from_bytes(page[start + 8 : start + 12], "big")


def _local_bytes(length: int, usable: int) -> int:
    """How much of a row's ``length`` bytes stands on the leaf itself (1.6)."""
    most = usable - 35
    if length <= most:
        return length
    least = (usable - 12) * 32 // 255 - 23
    local = least + (length - least) % (usable - 4)
    return local if local <= most else least


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """A number of one to nine bytes (1.6), and the place behind it. Raises IndexError at the end of the content."""
    number = 0
    for _ in range(8):
        byte = content[place]
        place += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place
    return number << 8 | content[place], place + 1


def _values(payload: bytes, length: int) -> tuple[tuple[Value, ...], bool]:
    """The values of a record (2.1), and whether the payload ended early. Raises ValueError for what is no record."""
    header, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < header and len(kinds) < _MOST_COLUMNS:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    sizes = [_size(kind) for kind in kinds]
    if place != header or header + sum(sizes) != length:
        raise ValueError("no record")
    values: list[Value] = []
    for kind, size in zip(kinds, sizes, strict=True):
        piece = payload[place : place + size]
        place += size
        values.append(_value(kind, piece) if len(piece) == size or kind >= 12 else None)
    return tuple(values), len(payload) < length


def _size(kind: int) -> int:
    """How many bytes a value of a kind has."""
    if kind >= 12:
        return (kind - 12) // 2
    if kind in (10, 11):
        raise ValueError(kind)
    return 8 if kind == 7 else _INTEGER_BYTES.get(kind, 0)


def _value(kind: int, piece: bytes) -> Value:
    if kind >= 12:
        return piece
    if kind == 7:
        return float(struct.unpack(">d", piece)[0])
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(piece, "big", signed=True) if kind else None
