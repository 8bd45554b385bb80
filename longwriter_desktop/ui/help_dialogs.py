"""Help > Keys: every key of the window, made from the menus themselves, and the keys that widgets have of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.key_names import plain_text, shown_keys
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.translation import translate

_START = QT_TRANSLATE_NOOP("KeysDialog", "Start page")
_OUTLINE = QT_TRANSLATE_NOOP("KeysDialog", "Outline")
_PANELS = QT_TRANSLATE_NOOP("KeysDialog", "Find, rewrite, section panel")
_COMPARISON = QT_TRANSLATE_NOOP("KeysDialog", "Comparing versions")
_PLOT = QT_TRANSLATE_NOOP("KeysDialog", "Plot of the statistics")
OWN_KEYS = (
    (_START, QT_TRANSLATE_NOOP("KeysDialog", "Make a plan"), ("Ctrl+Return",)),
    (_START, QT_TRANSLATE_NOOP("KeysDialog", "Next place of a template to fill in"), ("Tab",)),
    (_START, QT_TRANSLATE_NOOP("KeysDialog", "Other templates and examples"), ("Left", "Right")),
    (_START, QT_TRANSLATE_NOOP("KeysDialog", "Open a recent document"), ("Return",)),
    (_START, QT_TRANSLATE_NOOP("KeysDialog", "Take it off the list"), ("Del",)),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Edit main point and word target"), ("F2", "Return")),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Add a section below"), ("Ins",)),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Delete the chosen sections"), ("Del",)),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Move the chosen sections"), ("Alt+Up", "Alt+Down")),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Choose several sections"), ("Shift+Up", "Shift+Down")),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Choose only one again"), ("Esc",)),
    (_OUTLINE, QT_TRANSLATE_NOOP("KeysDialog", "Close or open a chapter"), ("Left", "Right")),
    (_PANELS, QT_TRANSLATE_NOOP("KeysDialog", "Next, previous place that was found"), ("Return", "Shift+Return")),
    (_PANELS, QT_TRANSLATE_NOOP("KeysDialog", "Replace, in the field for it"), ("Return",)),
    (_PANELS, QT_TRANSLATE_NOOP("KeysDialog", "Take over the main point"), ("Return",)),
    (_PANELS, QT_TRANSLATE_NOOP("KeysDialog", "Close the bar, the panel or a notice"), ("Esc",)),
    (_COMPARISON, QT_TRANSLATE_NOOP("KeysDialog", "Next, previous change"), ("F7", "Shift+F7")),
    (_COMPARISON, QT_TRANSLATE_NOOP("KeysDialog", "Choose the side of a change"), ("Space", "Return")),
    (_PLOT, QT_TRANSLATE_NOOP("KeysDialog", "Next, previous section"), ("Right", "Left")),
    (_PLOT, QT_TRANSLATE_NOOP("KeysDialog", "First, last section"), ("Home", "End")),
    (_PLOT, QT_TRANSLATE_NOOP("KeysDialog", "Go to the section"), ("Return",)),
)
"""What widgets do with keys that no action of a menu has; each is pressed in tests/ui/test_help_dialogs.py."""


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Keys that belong together; each row is what the key does and how it is written on this system."""

    title: str
    rows: tuple[tuple[str, str], ...]


def entries(bar: QMenuBar) -> Iterator[tuple[tuple[str, ...], QAction]]:
    """Every entry of every menu, each with the menus that lead to it."""
    for action in bar.actions():
        if isinstance(menu := action.menu(), QMenu):
            yield from _entries_of(menu, (plain_text(action.text()),))


def _entries_of(menu: QMenu, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], QAction]]:
    for action in menu.actions():
        if isinstance(below := action.menu(), QMenu):
            yield from _entries_of(below, (*above, plain_text(action.text())))
        elif not action.isSeparator():
            yield above, action


def entry_words(bar: QMenuBar, wanted: QAction) -> str:
    """Where an entry is, such as "Write > Instruction"; its text alone where it is in no menu."""
    above = next((above for above, action in entries(bar) if action is wanted), ())
    return " > ".join((*above, plain_text(wanted.text()).rstrip("…")))


def key_groups(bar: QMenuBar, menus: Menus) -> list[KeyGroup]:
    """All keys: menu by menu as they are now, then those that widgets have of their own."""
    found: dict[str, list[tuple[str, str]]] = {}
    for above, action in entries(bar):
        rows = found.setdefault(above[0], [])
        if action is menus.write and menus.main_keys:
            rows.append((translate("KeysDialog", "Write or pause"), shown_keys(menus.main_keys[:1])))
        elif action not in (menus.write, menus.pause) and (keys := action.shortcuts()):
            rows.append((" > ".join((*above[1:], plain_text(action.text()).rstrip("…"))), shown_keys(keys)))
    for area, what, own in OWN_KEYS:
        rows = found.setdefault(translate("KeysDialog", str(area)), [])
        rows.append((translate("KeysDialog", str(what)), shown_keys(own)))
    return [KeyGroup(title, tuple(rows)) for title, rows in found.items() if rows]


class KeysDialog(FittedDialog):
    """The keys in groups; what is typed into the field leaves those that have to do with it."""

    def __init__(self, groups: Sequence[KeyGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.wanted = QLineEdit()
        self.wanted.setPlaceholderText(self.tr("Look for a key or what it does"))
        self.wanted.setAccessibleName(self.tr("Look for a key or what it does"))
        self.wanted.setClearButtonEnabled(True)
        self.sheet = QTreeWidget()
        self.sheet.setAccessibleName(self.tr("Keys"))
        self.sheet.setColumnCount(2)
        self.sheet.setHeaderHidden(True)
        self.sheet.setRootIsDecorated(False)
        self.sheet.setItemsExpandable(False)
        self.sheet.setIndentation(12)
        self.none_found = QLabel(self.tr("No key has to do with that. Try another word."))
        self.none_found.setProperty("role", "muted")
        self.none_found.hide()
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._fill(groups)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (self.wanted, self.sheet, self.none_found, buttons):
            layout.addWidget(widget)
        self.wanted.textChanged.connect(self._show_wanted)
        letters = self.fontMetrics().averageCharWidth()
        self.resize(max(600, 86 * letters), scaled(660))
        self.wanted.setFocus()

    def _fill(self, groups: Sequence[KeyGroup]) -> None:
        strong = self.font()
        strong.setBold(True)
        for group in groups:
            top = QTreeWidgetItem(self.sheet, [group.title])
            top.setFont(0, strong)
            top.setFirstColumnSpanned(True)
            top.setData(1, Qt.ItemDataRole.AccessibleTextRole, group.title)
            rows = [QTreeWidgetItem(top, [what, keys]) for what, keys in group.rows]
            for row in rows:
                row.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{row.text(0)}: {row.text(1)}")
            self._groups.append((top, rows))
        self.sheet.expandAll()
        self.sheet.header().setStretchLastSection(False)
        self.sheet.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.sheet.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        if self._groups:
            self.sheet.setCurrentItem(self._groups[0][0])

    @property
    def shown(self) -> list[tuple[str, str]]:
        """What each key that is shown does, and the key."""
        return [(row.text(0), row.text(1)) for _, rows in self._groups for row in rows if not row.isHidden()]

    def _show_wanted(self, text: str) -> None:
        words = text.casefold().split()
        for top, rows in self._groups:
            for row in rows:
                about = f"{top.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in about for word in words))
            top.setHidden(all(row.isHidden() for row in rows))
        self.none_found.setVisible(not self.shown)
