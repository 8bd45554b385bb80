"""The outline as a tree for Qt's views: chapters of several sections, and in them and beside them the sections.

The tree follows a list of rows with the smallest steps, so that views keep their place, their selection and what is
open in them.
"""

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Signal
from typing_extensions import override

from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow, in_chapters

Index = QModelIndex | QPersistentModelIndex
Row = OutlineRow | ChapterRow


class _Node:
    """A row with its place in the tree; the root has none. ``number`` is how Qt's indexes name it."""

    __slots__ = ("children", "number", "parent", "row")

    def __init__(self, row: Row | None, parent: "_Node | None", number: int) -> None:
        self.row = row
        self.parent = parent
        self.number = number
        self.children: list[_Node] = []

    @property
    def section_id(self) -> str:
        return self.row.section_id if self.row is not None else ""

    @property
    def is_chapter(self) -> bool:
        return isinstance(self.row, ChapterRow)


class OutlineTree(QAbstractItemModel):
    """Rows of sections in chapters. Only what has changed between two calls of `show_rows` is touched."""

    rearranged = Signal()  # rows have come, gone or changed places, and all of them are at their places now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._root = _Node(None, None, 0)
        self._by_number: dict[int, _Node] = {}
        self._sections: dict[str, _Node] = {}
        self._rows: list[OutlineRow] = []

    # -- following -----------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[OutlineRow]) -> None:
        """Shows these rows, by chapters."""
        wanted = in_chapters(rows)
        before = self._shape()
        shown = {row.section_id for row in rows}
        for node in [node for section_id, node in self._sections.items() if section_id not in shown]:
            self._remove(node)
            del self._sections[node.section_id]
        self._rows = []
        for at, row in enumerate(wanted):
            if isinstance(row, ChapterRow):
                chapter = self._bring_chapter(row, at, wanted)
                for place, child in enumerate(row.rows):
                    self._bring(child, chapter, place)
                    self._rows.append(child)
            else:
                self._bring(row, self._root, at)
                self._rows.append(row)
        for node in reversed(self._root.children[len(wanted) :]):
            self._remove(node)
        for node, wished in zip(self._root.children, wanted, strict=True):
            self._update(node, wished)
            if isinstance(wished, ChapterRow):
                for child_node, child in zip(node.children, wished.rows, strict=True):
                    self._update(child_node, child)
        if self._shape() != before:
            self.rearranged.emit()

    def _shape(self) -> list[object]:
        return [
            (node.number, [child.number for child in node.children]) if node.is_chapter else node.number
            for node in self._root.children
        ]

    def _bring_chapter(self, row: ChapterRow, at: int, wanted: Sequence[Row]) -> _Node:
        """The node of a chapter, at its place: the one that it had, by its first section or else by its heading."""
        here = self._root.children[at] if at < len(self._root.children) else None
        if here is not None and here.is_chapter and here.section_id == row.section_id:
            return here
        opened = {each.section_id for each in wanted[at + 1 :] if isinstance(each, ChapterRow)}
        free = [node for node in self._root.children[at:] if node.is_chapter and node.section_id not in opened]
        node = next((each for each in free if each.section_id == row.section_id), None) or next(
            (each for each in free if isinstance(each.row, ChapterRow) and each.row.heading == row.heading), None
        )
        if node is None:
            node = self._new(row, self._root, at)
        else:
            self._move(node, self._root, at)
        return node

    def _bring(self, row: OutlineRow, parent: _Node, at: int) -> None:
        node = self._sections.get(row.section_id)
        if node is None:
            self._sections[row.section_id] = self._new(row, parent, at)
        else:
            self._move(node, parent, at)

    def _new(self, row: Row, parent: _Node, at: int) -> _Node:
        node = _Node(row, parent, next(self._numbers))
        self.beginInsertRows(self._index_of(parent), at, at)
        self._by_number[node.number] = node
        parent.children.insert(at, node)
        self.endInsertRows()
        return node

    def _move(self, node: _Node, parent: _Node, at: int) -> None:
        """Brings a node to a place that is not behind its own among the children of the same parent."""
        source = node.parent
        if source is None or (source is parent and at < len(parent.children) and parent.children[at] is node):
            return
        place = source.children.index(node)
        self.beginMoveRows(self._index_of(source), place, place, self._index_of(parent), at)
        source.children.pop(place)
        parent.children.insert(at, node)
        node.parent = parent
        self.endMoveRows()

    def _remove(self, node: _Node) -> None:
        parent = node.parent
        if parent is None:
            return
        place = parent.children.index(node)
        self.beginRemoveRows(self._index_of(parent), place, place)
        del parent.children[place]
        del self._by_number[node.number]
        self.endRemoveRows()

    def _update(self, node: _Node, row: Row) -> None:
        if node.row != row:
            node.row = row
            index = self._index_of(node)
            self.dataChanged.emit(index, index)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def rows(self) -> list[OutlineRow]:
        """The rows of the sections, in their order."""
        return self._rows

    def row_of(self, section_id: str) -> int:
        """The place of a section among all sections; -1 when it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.section_id == section_id), -1)

    def index_of(self, section_id: str) -> QModelIndex:
        """The index of a section's row; not valid when it is not shown."""
        node = self._sections.get(section_id)
        return QModelIndex() if node is None else self._index_of(node)

    def chapters(self) -> list[QModelIndex]:
        """The indexes of the chapters."""
        return [self._index_of(node) for node in self._root.children if node.is_chapter]

    def row_at(self, index: Index) -> Row | None:
        """What a row shows; None for no row."""
        node = self._by_number.get(index.internalId()) if index.isValid() else None
        return node.row if node is not None else None

    def _node(self, index: Index | None) -> _Node:
        valid = index is not None and index.isValid()
        return self._by_number.get(index.internalId(), self._root) if valid and index is not None else self._root

    def _index_of(self, node: _Node) -> QModelIndex:
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)

    @override
    def index(self, row: int, column: int = 0, parent: Index | None = None) -> QModelIndex:
        children = self._node(parent).children
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].number)

    @override
    def parent(self, child: Index | None = None) -> QModelIndex:  # type: ignore[override]  # QObject has one as well
        node = self._by_number.get(child.internalId()) if child is not None and child.isValid() else None
        return QModelIndex() if node is None or node.parent is None else self._index_of(node.parent)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._node(parent).children)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 1
