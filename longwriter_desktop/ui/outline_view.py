"""The outline's tree: sections in chapters, edited in place, chosen one by one or several together, and reordered."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QMenu, QStyleOptionViewItem, QTreeView, QWidget
from typing_extensions import override

from longwriter_desktop.document.chapters import one_step
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui import section_keys
from longwriter_desktop.ui.outline_delegate import OutlineDelegate
from longwriter_desktop.ui.outline_drag import BESIDE_POINTER, drag_slip
from longwriter_desktop.ui.outline_editors import SIDE_PX
from longwriter_desktop.ui.outline_model import OutlineModel, Role
from longwriter_desktop.ui.outline_rows import ChapterRow, OutlineRow
from longwriter_desktop.ui.outline_tree import Index
from longwriter_desktop.ui.theme import Palette

_Keys = Qt.Key


class OutlineView(QTreeView):
    """The tree itself. Keys and the mouse say what the person wishes for the sections chosen; others do it.

    Shift and Ctrl choose several rows, with the mouse or the arrow keys; a chapter's row stands for all its sections.
    """

    section_chosen = Signal(str)  # another row is the current one; section id, "" for none
    section_opened = Signal(str)  # a row was clicked: show its place in the manuscript; section id
    move_wished = Signal(object, int, bool)  # ids, new place counted without them, whether they open the chapter there
    move_refused = Signal(str)  # sections cannot be moved that way; a sentence that says why
    insert_wished = Signal(int)  # a new section at that place
    delete_wished = Signal(object)  # the sections are to go; ids
    accept_wished = Signal(object)  # take the stale mark from them: they are fine as they stand; ids
    lock_wished = Signal(object)  # lock them, or unlock them where all are locked; ids
    write_wished = Signal(object)  # write these sections only; ids
    write_again_wished = Signal(object)  # write these sections anew; ids
    split_wished = Signal(str)  # make two sections of one; id
    join_wished = Signal(object)  # make one section of several, or of one and the next; ids
    duplicate_wished = Signal(object)  # copy these sections; ids
    chapter_wished = Signal(str)  # a chapter is to begin with that section; id

    def __init__(self, model: OutlineModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outline = model
        self.delegate = OutlineDelegate(palette, self)
        self._closed: set[str] = set()
        self._last_chosen = ""
        self.keys_now: dict[str, str] = {}
        """Keys of the menu Section that are others now, by what they are at first; for the outline's own menu."""
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Outline"))
        self.setAccessibleDescription(
            self.tr(
                "Chapters and sections. F2 edits a row, Shift or Ctrl with the arrow keys chooses several, Alt+Up and "
                "Alt+Down move them, Delete deletes them, Left and Right close and open a chapter."
            )
        )
        self._set_up()
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(lambda index: self.section_opened.emit(index.data(Role.SECTION_ID)))
        # After the row has its other height.
        self.delegate.sizeHintChanged.connect(self._show_open_row, Qt.ConnectionType.QueuedConnection)
        self.collapsed.connect(self._chapter_closed)
        self.expanded.connect(lambda index: self._closed.discard(index.data(Role.SECTION_ID)))
        model.move_requested.connect(self.move_wished)
        model.rearranged.connect(self._rearranged)

    def _set_up(self) -> None:
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # -- the rows in hand ----------------------------------------------------------------------------

    @property
    def is_editing(self) -> bool:
        """Whether a line is open for typing. The view's own state forgets that when other rows go, or are closed."""
        return self.indexWidget(self.currentIndex()) is not None

    @property
    def current_section(self) -> str:
        """The id of the current row's section, of a chapter the first; or ""."""
        row = self._row()
        return row.section_id if row is not None and self._is_section(row) else ""

    @property
    def selected_sections(self) -> tuple[str, ...]:
        """The ids of the sections in hand, in their order: those of the selected rows, else of the current one."""
        current = self.currentIndex()
        chosen = self.outline.sections_at(self.selectionModel().selectedIndexes())
        return chosen or self.outline.sections_at([current] if current.isValid() else [])

    def choose_section(self, section_id: str) -> None:
        """Makes the row of a section the current one and shows it; its chapter's row, in hand already, stays so."""
        index = self.outline.index_of(section_id)
        if index.isValid() and self.current_section != section_id:
            self._choose(index)
            self.scrollTo(index)

    def choose_sections(self, section_ids: tuple[str, ...]) -> None:
        """Selects the rows of these sections, and makes the first of them the current one."""
        indexes = [index for each in section_ids if (index := self.outline.index_of(each)).isValid()]
        if not indexes:
            return
        self._choose(indexes[0])
        for index in indexes[1:]:
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
        self.scrollTo(indexes[0])

    def _choose(self, index: QModelIndex) -> None:
        """Makes a row the current one and the only one selected, whatever keys are held meanwhile."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def edit_section(self, section_id: str) -> None:
        """Opens the row of a section for editing, unless it is open."""
        self._open(self.outline.index_of(section_id))

    def edit_chapter(self, section_id: str) -> bool:
        """Opens the row of the chapter that a section opens for editing; False where it has no row of its own."""
        index = next((each for each in self.outline.chapters() if each.data(Role.SECTION_ID) == section_id), None)
        self._open(index or QModelIndex())
        return index is not None

    def _open(self, index: QModelIndex) -> None:
        """Opens a row for editing, unless it is open."""
        if index.isValid() and not (self.is_editing and index == self.currentIndex()):
            self._choose(index)
            self.edit(index)

    def _show_open_row(self) -> None:
        if self.is_editing:
            self.scrollTo(self.currentIndex())

    def commit(self) -> None:
        """Takes over what is typed in the row that is open for editing, if one is, and closes it."""
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _row(self, index: QModelIndex | None = None) -> OutlineRow | ChapterRow | None:
        return self.outline.row_at(self.currentIndex() if index is None else index)

    @staticmethod
    def _is_section(row: OutlineRow | ChapterRow) -> bool:
        """Whether a row is one of the document's, and not a line of a plan that is being made."""
        return (row.rows[0] if isinstance(row, ChapterRow) else row).status is not None

    def _rearranged(self) -> None:
        """New chapters are open; those that the person has closed stay so. A section is in hand, where there is one.

        The lines of a plan that is being made are none: when it comes to nothing, the section before is in hand again.
        """
        for index in self.outline.chapters():
            if index.data(Role.SECTION_ID) not in self._closed:
                self.expand(index)
        if self.outline.rows and not self.outline.is_draft and not self.current_section:
            again = self.outline.index_of(self._last_chosen)
            self._choose(again if again.isValid() else self.outline.index_of(self.outline.rows[0].section_id))

    def _chapter_closed(self, index: QModelIndex) -> None:
        """What was chosen inside is out of sight: the chapter's own row is chosen instead."""
        self._closed.add(index.data(Role.SECTION_ID))
        inside = [each for each in self.selectionModel().selectedIndexes() if each.parent() == index]
        if inside or self.currentIndex().parent() == index:
            self._choose(index)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self.outline.is_draft:  # Else the sections are leaving, one after another.
            self._last_chosen = self.current_section or self._last_chosen
        self.section_chosen.emit(self.current_section)

    # -- keys and mouse ----------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.selected_sections
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        match event.key():
            case _Keys.Key_Insert if plain:
                self.insert_wished.emit(self.place_below(chosen))
            case _Keys.Key_Up | _Keys.Key_Down if alt and chosen:
                self.move_by(chosen, -1 if event.key() == _Keys.Key_Up else 1)
            case _Keys.Key_Delete if plain and chosen:
                self.delete_wished.emit(chosen)
            case _Keys.Key_Return | _Keys.Key_Enter if plain and chosen and not self.is_editing:
                self.edit(self.currentIndex())
            case _Keys.Key_Escape if len(self.selectionModel().selectedIndexes()) > 1:
                self._choose(self.currentIndex())
            case _:
                super().keyPressEvent(event)

    def place_below(self, section_ids: tuple[str, ...]) -> int:
        """The place behind the last of these sections; the end for none."""
        return self.outline.row_of(section_ids[-1]) + 1 if section_ids else len(self.outline.rows)

    def move_by(self, section_ids: tuple[str, ...], step: int) -> None:
        """Wishes sections one place up (-1) or down (1), what opens a chapter past a whole one (see `one_step`)."""
        rows = self.outline.rows
        wished = self._one_step(section_ids, step)
        if wished is not None:
            places, index = wished
            self.move_wished.emit(tuple(rows[at].section_id for at in places), index, False)
        elif step < 0 and section_ids and rows[0].section_id not in section_ids:
            self.move_refused.emit(
                self.tr(
                    "The sections above stand under no heading and would come under this one, so nothing was moved. "
                    "Give the first of them a heading."
                )
            )

    def can_move(self, section_ids: tuple[str, ...], step: int) -> bool:
        """Whether `move_by` would move something."""
        return self._one_step(section_ids, step) is not None

    def _one_step(self, section_ids: tuple[str, ...], step: int) -> tuple[tuple[int, ...], int] | None:
        places = [self.outline.row_of(each) for each in section_ids]
        return one_step([row.heading for row in self.outline.rows], [at for at in places if at >= 0], step)

    @override
    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drags a slip beside the pointer: the whole row, as Qt draws it, would hide the line where it will land."""
        drag = self.drag_of(self.selectionModel().selectedIndexes())
        if drag is not None:
            drag.exec(actions, Qt.DropAction.MoveAction)

    def drag_of(self, indexes: list[QModelIndex]) -> QDrag | None:
        """What is dragged with these rows; None where there is nothing to drag."""
        ids = self.outline.sections_at(indexes)
        if not ids:
            return None
        drag = QDrag(self)
        drag.setMimeData(self.outline.mimeData(indexes))
        first = self._row(self.outline.index_of(ids[0]))
        several = self.tr("{count} sections").format(count=len(ids))
        name = first.main_point if len(ids) == 1 and isinstance(first, OutlineRow) else several
        drag.setPixmap(drag_slip(name, self))
        drag.setHotSpot(BESIDE_POINTER)
        return drag

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._turned_chapter(event):
            super().mousePressEvent(event)

    def _turned_chapter(self, event: QMouseEvent) -> bool:
        """Closes or opens the chapter whose mark was clicked; whether one was."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_mark = isinstance(self._row(index), ChapterRow) and place.x() < SIDE_PX
        if not is_mark or event.button() != Qt.MouseButton.LeftButton:
            return False
        self.setExpanded(index, not self.isExpanded(index))
        return True

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._turned_chapter(event):
            return
        index = self.indexAt(event.position().toPoint())
        row = self._row(index) if index.isValid() else None
        if row is None:
            self.insert_wished.emit(len(self.outline.rows))
            return
        if not self._is_section(row):
            return
        if isinstance(row, OutlineRow):
            self.delegate.editing_target = event.position().x() >= self._count_left(index, row)
        self.edit(index)

    def _count_left(self, index: QModelIndex, row: OutlineRow) -> int:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return self.delegate.count_rect(option, row).left() - 8

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The delegate draws whether a chapter is open."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    # -- menu --------------------------------------------------------------------------------------

    def _show_menu(self, at: QPoint) -> None:
        menu = self.menu_at(self.indexAt(at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def menu_at(self, index: QModelIndex) -> "OutlineMenu":
        """What can be done with the chosen rows, if the row at ``index`` is among them, else with that row."""
        row = self.outline.row_at(index)
        chosen = self.outline.sections_at([index]) if index.isValid() else ()
        if index.isValid() and self.selectionModel().isSelected(index):
            chosen = self.selected_sections
        return OutlineMenu(self, row if chosen else None, chosen)


class OutlineMenu(QMenu):
    """What can be done with ``section_ids``, of which ``row`` was clicked; without a row, with the outline."""

    def __init__(self, view: OutlineView, row: OutlineRow | ChapterRow | None, section_ids: tuple[str, ...]) -> None:
        super().__init__(view)
        self._view, self._ids = view, section_ids
        if row is None:
            self._entry(self.tr("Add section"), "Ins", lambda: view.insert_wished.emit(len(view.outline.rows)))
            return
        self._add_changes(row)
        self.addSeparator()
        self._add_order()
        self.addSeparator()
        self._add_writing()
        self.addSeparator()
        count = len(section_ids)
        delete = self.tr("Delete {count} sections").format(count=count) if count > 1 else self.tr("Delete")
        self._entry(delete, "Del", lambda: view.delete_wished.emit(section_ids))

    def _add_changes(self, row: OutlineRow | ChapterRow) -> None:
        view, ids = self._view, self._ids
        first, count = ids[0], len(ids)
        if isinstance(row, ChapterRow):
            self._entry(self.tr("Rename chapter"), "F2", lambda: view.edit_chapter(row.section_id))
        else:
            self._entry(self.tr("Edit"), "F2", lambda: view.edit_section(row.section_id))
        self._entry(self.tr("Add section below"), "Ins", lambda: view.insert_wished.emit(view.place_below(ids)))
        split = self._entry(self.tr("Split at the cursor"), section_keys.SPLIT, lambda: view.split_wished.emit(first))
        split.setEnabled(count == 1)
        several = count > 1
        join = self.tr("Join {count} sections").format(count=count) if several else self.tr("Join with the next")
        places = [view.outline.row_of(each) for each in ids]
        can_join = places[-1] - places[0] == count - 1 if count > 1 else places[0] + 1 < len(view.outline.rows)
        self._entry(join, section_keys.JOIN, lambda: view.join_wished.emit(ids)).setEnabled(can_join)
        copy = self.tr("Duplicate {count} sections").format(count=count) if several else self.tr("Duplicate")
        self._entry(copy, section_keys.DUPLICATE, lambda: view.duplicate_wished.emit(ids))
        if isinstance(row, OutlineRow) and count == 1 and not row.heading:
            self._entry(self.tr("Begin a chapter here"), section_keys.CHAPTER, lambda: view.chapter_wished.emit(first))

    def _add_order(self) -> None:
        view, ids = self._view, self._ids
        up = self._entry(self.tr("Move up"), "Alt+Up", lambda: view.move_by(ids, -1))
        up.setEnabled(view.can_move(ids, -1))
        down = self._entry(self.tr("Move down"), "Alt+Down", lambda: view.move_by(ids, 1))
        down.setEnabled(view.can_move(ids, 1))

    def _add_writing(self) -> None:
        view, ids = self._view, self._ids
        only, again = self.tr("Write this section only"), self.tr("Write this section again")
        if len(ids) > 1:
            only = self.tr("Write these {count} sections only").format(count=len(ids))
            again = self.tr("Write these {count} sections again").format(count=len(ids))
        rows = [view.outline.rows[view.outline.row_of(each)] for each in ids]
        locked = all(row.locked for row in rows)
        can_write = any(not row.locked and row.status in (Status.PLANNED, Status.PARTIAL) for row in rows)
        self._entry(only, "", lambda: view.write_wished.emit(ids)).setEnabled(can_write)
        has_text = any(not row.locked and row.status is not Status.PLANNED for row in rows)
        self._entry(again, "", lambda: view.write_again_wished.emit(ids)).setEnabled(has_text)
        if any(row.status is Status.STALE for row in rows):
            self._entry(self.tr("Keep as it is: not stale"), "", lambda: view.accept_wished.emit(ids))
        lock = self.tr("Unlock") if locked else self.tr("Lock")
        self._entry(lock, section_keys.LOCK, lambda: view.lock_wished.emit(ids))

    def _entry(self, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = self.addAction(text)
        if keys := self._view.keys_now.get(keys, keys):
            action.setShortcut(QKeySequence(keys))
            # The outline or the window has the key itself; here it is only shown.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        return action
