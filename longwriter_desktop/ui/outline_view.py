"""The outline on the left: the plan as a list that is edited in place, reordered and added up."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QStackedLayout,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.outline_delegate import OutlineDelegate
from longwriter_desktop.ui.outline_model import Index, OutlineModel, OutlineRow, Role
from longwriter_desktop.ui.plan_findings import PlanFindings
from longwriter_desktop.ui.theme import Palette, small_font, with_tabular_numbers

SMALL_DIFFERENCE = 0.02
"""As a share of the asked length: what planned and asked may differ without being mentioned."""
EMPTY_PLAN = "No plan yet.\n\nMake a plan, or add sections of your own: the main point and the number of words of each."


class OutlineList(QListView):
    """The list itself. Keys and the mouse say what the person wishes; the session does it."""

    section_chosen = Signal(str)  # another row is the current one; section id, "" for none
    section_opened = Signal(str)  # a row was clicked: show its place in the manuscript; section id
    move_wished = Signal(str, int)  # Alt+Up/Down or a drop; section id, new place counted without it
    insert_wished = Signal(int)  # a new section at that place
    delete_wished = Signal(str)  # the section is to go
    lock_wished = Signal(str)  # lock or unlock
    write_wished = Signal(str)  # write this section only
    write_again_wished = Signal(str)  # write this section anew

    def __init__(self, model: OutlineModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outline = model
        self.delegate = OutlineDelegate(palette, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("Outline")
        self.setAccessibleDescription("One row a section. F2 edits it, Alt+Up and Alt+Down move it, Delete deletes it.")
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(lambda index: self.section_opened.emit(index.data(Role.SECTION_ID)))
        model.move_requested.connect(self.move_wished)
        model.rowsInserted.connect(self._choose_if_none)

    # -- the row in hand -----------------------------------------------------------------------------

    @property
    def current_section(self) -> str:
        """The id of the current row's section, or ""."""
        row = self._row()
        return row.section_id if row is not None and row.status is not None else ""

    def choose_section(self, section_id: str) -> None:
        """Makes the row of a section the current one and shows it."""
        at = self.outline.row_of(section_id)
        if at >= 0 and at != self.currentIndex().row():
            index = self.outline.index(at)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def edit_section(self, section_id: str) -> None:
        """Opens the row of a section for editing."""
        self.choose_section(section_id)
        at = self.outline.row_of(section_id)
        if at >= 0:
            self.edit(self.outline.index(at))

    def _row(self, index: QModelIndex | None = None) -> OutlineRow | None:
        row = (self.currentIndex() if index is None else index).data(Role.ROW)
        return row if isinstance(row, OutlineRow) else None

    def _choose_if_none(self) -> None:
        if not self.currentIndex().isValid() and self.outline.rowCount():
            self.setCurrentIndex(self.outline.index(0))

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.section_chosen.emit(self.current_section)

    # -- keys and mouse ----------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self._row()
        if row is None or row.status is None:
            if event.key() == Qt.Key.Key_Insert:
                self.insert_wished.emit(0)
                return
            super().keyPressEvent(event)
            return
        at = row.number - 1
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Up if event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.move_wished.emit(row.section_id, at - 1)
            case Qt.Key.Key_Down if event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.move_wished.emit(row.section_id, at + 1)
            case Qt.Key.Key_Delete if plain:
                self.delete_wished.emit(row.section_id)
            case Qt.Key.Key_Insert if plain:
                self.insert_wished.emit(at + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.edit(self.currentIndex())
            case _:
                super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        row = self._row(index)
        if row is None:
            self.insert_wished.emit(self.outline.rowCount())
            return
        from_numbers = event.position().x() >= self._count_left(index, row)
        self.delegate.editing_target = from_numbers
        self.edit(index)

    def _count_left(self, index: QModelIndex, row: OutlineRow) -> int:
        option = self._option()
        option.rect = self.visualRect(index)
        return self.delegate.count_rect(option, row).left() - 8

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    # -- menu --------------------------------------------------------------------------------------

    def _show_menu(self, at: QPoint) -> None:
        row = self._row(self.indexAt(at))
        menu = self.section_menu(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(at))

    def section_menu(self, row: OutlineRow | None) -> QMenu:
        """What can be done with a row; without one, what can be done with the outline."""
        menu = QMenu(self)
        if row is None or row.status is None:
            end = self.outline.rowCount()
            self._add(menu, "Add section", "Ins", lambda: self.insert_wished.emit(end))
            return menu
        section_id, at = row.section_id, row.number - 1
        self._add(menu, "Edit", "F2", lambda: self.edit_section(section_id))
        self._add(menu, "Add section below", "Ins", lambda: self.insert_wished.emit(at + 1))
        self._add(menu, "Move up", "Alt+Up", lambda: self.move_wished.emit(section_id, at - 1)).setEnabled(at > 0)
        down = self._add(menu, "Move down", "Alt+Down", lambda: self.move_wished.emit(section_id, at + 1))
        down.setEnabled(at + 1 < self.outline.rowCount())
        menu.addSeparator()
        self._add(menu, "Write this section only", "", lambda: self.write_wished.emit(section_id))
        self._add(menu, "Write again", "", lambda: self.write_again_wished.emit(section_id))
        self._add(menu, "Unlock" if row.locked else "Lock", "", lambda: self.lock_wished.emit(section_id))
        menu.addSeparator()
        self._add(menu, "Delete", "Del", lambda: self.delete_wished.emit(section_id))
        return menu

    @staticmethod
    def _add(menu: QMenu, text: str, keys: str, do: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
            # The list has the key itself; here it is only shown.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(do)
        return action


class OutlinePane(QWidget):
    """The outline with its heading, its totals, and a word of invitation while it is empty."""

    def __init__(self, model: OutlineModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outlinePane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Outline panel")
        self.list = OutlineList(model, palette, self)
        self._heading = QLabel("Outline")
        self._heading.setProperty("role", "strong")
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self._add = QToolButton()
        self._add.setAccessibleName("Add section")
        self._add.setToolTip("Add section (Ins)")
        self._add.clicked.connect(self._add_section)
        self._empty = QLabel(EMPTY_PLAN)
        self._empty.setWordWrap(True)
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setContentsMargins(14, 12, 14, 12)
        self.findings = PlanFindings(self)
        self._totals = QWidget()
        self._totals.setObjectName("outlineTotals")
        self._asked, self._planned = QLabel(), QLabel()
        self._lay_out()
        self.set_palette(palette)
        model.rowsInserted.connect(self._show_count)
        model.rowsRemoved.connect(self._show_count)
        self._show_count()

    def _lay_out(self) -> None:
        small = with_tabular_numbers(small_font(self.font()))
        for label in (self._heading, self._count, self._asked, self._planned):
            label.setFont(small)
        top = QHBoxLayout()
        top.setContentsMargins(14, 8, 8, 8)
        top.addWidget(self._heading)
        top.addStretch(1)
        top.addWidget(self._count)
        top.addWidget(self._add)
        self._middle = QStackedLayout()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self._empty)
        totals = QHBoxLayout(self._totals)
        totals.setContentsMargins(14, 11, 14, 11)
        totals.addWidget(self._asked)
        totals.addStretch(1)
        totals.addWidget(self._planned)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addLayout(self._middle, 1)
        whole.addWidget(self.findings)
        whole.addWidget(self._totals)

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._add.setIcon(icon("plus", palette.muted))
        self.list.delegate.set_palette(palette)
        self.list.viewport().update()

    def show_totals(self, document: Document) -> None:
        """Asked and planned words; planned in the warning colour and with the difference where they part."""
        asked, planned = document.word_target, document.words_planned
        self._asked.setText(f"Asked <b>{asked:,}</b>" if asked else "No length asked")
        difference = planned - asked
        off = bool(asked and planned and abs(difference) > asked * SMALL_DIFFERENCE)
        note = f" ({'+' if difference > 0 else '−'}{abs(difference):,})" if off else ""
        colour = self._palette.warning if off else self._palette.ink
        self._planned.setText(
            f'Planned <b><span style="color:{colour}">{planned:,}{note}</span></b>' if planned else ""
        )

    def _show_count(self) -> None:
        rows = self.list.outline.rowCount()
        self._count.setText("" if not rows else f"{rows} section" + ("s" if rows != 1 else ""))
        self._middle.setCurrentIndex(0 if rows else 1)

    def _add_section(self) -> None:
        at = self.list.currentIndex().row()
        self.list.insert_wished.emit(at + 1 if at >= 0 else self.list.outline.rowCount())
