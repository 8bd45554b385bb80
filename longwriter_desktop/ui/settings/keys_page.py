"""Settings > Keys: all actions with their keys, and giving them others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.accessible_roles import read_aloud
from longwriter_desktop.ui.help_dialogs import OWN_KEYS
from longwriter_desktop.ui.key_names import shown_keys
from longwriter_desktop.ui.settings.action_keys import ActionKeys, Keys, why_not
from longwriter_desktop.ui.settings.page import SettingsPage, plain_label, push_button
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

_NAME = Qt.ItemDataRole.UserRole.value
_ACTION, _KEYS, _OWN = range(3)


class KeysPage(SettingsPage):
    """A list of actions; the one in hand gets another key below it."""

    TITLE = QT_TRANSLATE_NOOP("KeysPage", "Keys")

    def __init__(self, keys: ActionKeys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.list = QTreeWidget()
        self.list.setAccessibleName(self.tr("Actions and their keys"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setMinimumHeight(12 * self.fontMetrics().lineSpacing())
        self.list.setHeaderLabels([self.tr("Action"), self.tr("Keys"), self.tr("Changed")])
        self.list.currentItemChanged.connect(lambda *_: self._show_current())
        self.list.itemActivated.connect(lambda *_: self.field.setFocus())
        self.list.header().setSectionResizeMode(_ACTION, QHeaderView.ResizeMode.Stretch)
        for column in (_KEYS, _OWN):
            self.list.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self._items = {name: QTreeWidgetItem([keys.text(name), "", ""]) for name in keys.names}
        for name, item in self._items.items():
            item.setData(_ACTION, _NAME, name)
            self.list.addTopLevelItem(item)
        self._column.addWidget(self.list, 1)
        self._add_field()
        self.list.setCurrentItem(next(iter(self._items.values())))

    def _add_field(self) -> None:
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        for part in (self.field, *self.field.findChildren(QLineEdit)):
            part.setAccessibleName(self.tr("New key"))
        self.field.keySequenceChanged.connect(lambda _: self._judge())
        self.set_button = push_button(self.tr("Use this key"), self._use)
        self.none_button = push_button(self.tr("No key"), lambda: self._give(()))
        self.first_button = push_button(self.tr("Restore default"), self._as_at_first)
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.field, 1)
        for button in (self.set_button, self.none_button, self.first_button):
            beside.addWidget(button)
        self._column.addWidget(row)
        self.verdict = plain_label("", "muted")
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self._column.addWidget(self.verdict)

    # -- the page as a whole -------------------------------------------------------------------------

    @property
    @override
    def names(self) -> tuple[str, ...]:
        return ("keys",)

    @override
    def show_settings(self, settings: Settings) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Shows the keys that the actions have now."""
        for name, item in self._items.items():
            keys = self._keys.keys(name)
            item.setText(_KEYS, shown_keys(keys))
            is_own = keys != self._keys.at_first(name)
            item.setText(_OWN, self.tr("yes") if is_own else "")
            spoken = Qt.ItemDataRole.AccessibleTextRole
            item.setData(_KEYS, spoken, shown_keys(keys) or self.tr("no key"))
            item.setData(_OWN, spoken, self.tr("changed") if is_own else self.tr("default"))
        self._judge()

    @override
    def seek(self, words: str) -> int:
        title = self.title.casefold()
        wanted = [each for each in words.casefold().split() if each not in title]
        found = 0
        for item in self._items.values():
            text = f"{item.text(_ACTION)} {item.text(_KEYS)}".casefold()
            is_found = all(each in text for each in wanted)
            item.setHidden(not is_found)
            found += is_found
        if found and self._items[self.current].isHidden():  # Its key would be changed unseen.
            self.list.setCurrentItem(next(item for item in self._items.values() if not item.isHidden()))
        return found

    # -- one action ----------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The name of the action in hand; "" for none."""
        item = self.list.currentItem()
        return str(item.data(_ACTION, _NAME)) if item is not None else ""

    def choose(self, name: str) -> None:
        """Takes an action in hand."""
        self.list.setCurrentItem(self._items[name])

    def _show_current(self) -> None:
        self.field.clear()
        self._judge()

    def _judge(self) -> None:
        """Says whether the key in the field can be used, and who has it."""
        name, key = self.current, self.field.keySequence()
        problem = why_not(key) or self._menu_has(key)
        owner = "" if problem else self._keys.owner_of(key, name)
        self.set_button.setEnabled(bool(name) and not problem)
        self.set_button.setText(self.tr("Use it here") if owner else self.tr("Use this key"))
        self.none_button.setEnabled(bool(name) and bool(self._keys.keys(name)))
        self.first_button.setEnabled(bool(name) and self._keys.keys(name) != self._keys.at_first(name))
        if owner:
            told = self.tr("{key} belongs to “{action}”, which loses it if you use it here.")
            self.verdict.setText(told.format(key=shown_keys([key]), action=self._keys.text(owner)))
        elif name and (problem and key.isEmpty()):
            told = self.tr("“{action}”: press the new key in the field, then choose “Use this key”.")
            self.verdict.setText(told.format(action=self._keys.text(name)))
        else:
            self.verdict.setText(problem or also_done_by(key))
        if not key.isEmpty() and self.verdict.text():
            read_aloud(self.verdict)

    def _menu_has(self, key: QKeySequence) -> str:
        """Why a key that opens a menu cannot be given to an action: Qt then does neither."""
        menu = self._keys.menu_of(key)
        told = self.tr("{key} opens the menu “{menu}”. Choose another one.")
        return told.format(key=shown_keys([key]), menu=menu) if menu else ""

    def _use(self) -> None:
        self._give((self.field.keySequence(),))

    def _as_at_first(self) -> None:
        self._give(self._keys.at_first(self.current))

    def _give(self, keys: Keys) -> None:
        """Gives the action in hand keys, which whoever had them loses."""
        name = self.current
        changes: dict[str, Keys] = {name: keys}
        for key in keys:
            owner = self._keys.owner_of(key, name)
            if owner:
                changes[owner] = tuple(each for each in changes.get(owner, self._keys.keys(owner)) if each != key)
        self.settings_wanted.emit({"keys": self._keys.setting(changes)})
        self.field.clear()
        self._judge()


def also_done_by(key: QKeySequence) -> str:
    """What a widget does with a key that no action has, and will do no more; "" for nothing."""
    for area, what, keys in OWN_KEYS:
        if key in map(QKeySequence, keys):
            told = translate(
                "KeysPage", "In “{area}”, {key} does this: {what}. Used here, it no longer does that there."
            )
            shown = [translate("KeysDialog", str(text)) for text in (area, what)]
            return told.format(key=shown_keys([key]), area=shown[0], what=shown[1])
    return ""
