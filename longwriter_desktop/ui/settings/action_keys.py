"""The keys of the menus' actions: those that they have at first, and those that the person gives them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from longwriter_desktop.ui.key_names import plain_text
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.translation import translate

WRITE_OR_PAUSE = "write_or_pause"
"""One key does both, whichever can be done now."""
_FREE = {Qt.Key.Key_unknown, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
"""Keys that every window needs itself."""
_FUNCTION_KEYS = range(Qt.Key.Key_F1.value, Qt.Key.Key_F35.value + 1)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
Keys = tuple[QKeySequence, ...]


class ActionKeys(QObject):
    """Every action that can have a key, by the name of its attribute in `Menus`."""

    changed = Signal()  # some actions have other keys now

    def __init__(self, menus: Menus) -> None:
        super().__init__(menus)
        self._menus = menus
        skipped = (menus.write, menus.pause)
        self._actions: dict[str, QAction] = {
            name: action
            for name, action in vars(menus).items()
            if isinstance(action, QAction) and action not in skipped and not name.startswith("_")
        }
        self._at_first: dict[str, Keys] = {WRITE_OR_PAUSE: tuple(menus.main_keys)}
        self._at_first |= {name: tuple(action.shortcuts()) for name, action in self._actions.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """All that can have a key, in the order of the menus."""
        return tuple(self._at_first)

    def text(self, name: str) -> str:
        """What the action does, as its menu says it."""
        if name == WRITE_OR_PAUSE:
            return translate("ActionKeys", "Write or pause")
        return plain_text(self._actions[name].text()).rstrip("…")

    def keys(self, name: str) -> Keys:
        """The keys that an action has now."""
        return tuple(self._menus.main_keys) if name == WRITE_OR_PAUSE else tuple(self._actions[name].shortcuts())

    def at_first(self, name: str) -> Keys:
        """The keys that it has when nothing was chosen."""
        return self._at_first[name]

    def use(self, chosen: Iterable[tuple[str, str]]) -> None:
        """Gives the actions the keys of the settings; all others have theirs as at first. Unknown ones are left out.

        A key belongs to one action: to one that the person gave it to, also where another has it at first.
        """
        read = {name: read_keys(text) for name, text in chosen}
        own = {name: keys for name, keys in read.items() if keys is not None and name in self._at_first}
        taken: list[QKeySequence] = []
        for name in (*own, *(name for name in self.names if name not in own)):
            keys = tuple(key for key in own.get(name, self._at_first[name]) if key not in taken)
            taken.extend(keys)
            if keys == self.keys(name):
                continue
            if name == WRITE_OR_PAUSE:
                self._menus.set_main_keys(list(keys))
            else:
                self._actions[name].setShortcuts(list(keys))
        self.changed.emit()

    def owner_of(self, key: QKeySequence, but: str) -> str:
        """The action beside ``but`` that has a key; "" for none."""
        return next((name for name in self.names if name != but and key in self.keys(name)), "")

    def menu_of(self, key: QKeySequence) -> str:
        """The menu that a key opens, such as Alt+F; "" for none."""
        window = self._menus.window
        titles = [action.text() for action in window.menuBar().actions()] if isinstance(window, QMainWindow) else []
        return next((plain_text(title) for title in titles if QKeySequence.mnemonic(title) == key), "")

    def setting(self, changes: Mapping[str, Keys]) -> tuple[tuple[str, str], ...]:
        """The keys as they are kept, when ``changes`` are made to those in force. What is as at first is left out."""
        wanted = {name: changes.get(name, self.keys(name)) for name in self.names}
        return tuple(
            sorted((name, written_keys(keys)) for name, keys in wanted.items() if keys != self._at_first[name])
        )


def read_keys(text: str) -> Keys | None:
    """The keys of a setting such as "Ctrl+G; F4"; () for "", None where one of them is no key."""
    keys = tuple(QKeySequence.listFromString(text)) if text.strip() else ()
    usable = all(not key.isEmpty() and _first(key).key() != Qt.Key.Key_unknown for key in keys)
    return keys if usable else None


def written_keys(keys: Keys) -> str:
    """Keys as they are kept, the same on every system."""
    return QKeySequence.listToString(list(keys))


def _first(key: QKeySequence) -> QKeyCombination:
    """The first stroke of a key."""
    return key[0]  # type: ignore[index,no-any-return]  # PySide6's stubs lack the operator.


def why_not(key: QKeySequence) -> str:
    """Why a key cannot be given to an action; "" where it can."""
    if key.isEmpty():
        return translate("ActionKeys", "Press the new key first.")
    first = _first(key)
    if first.key() in _FREE:
        return translate("ActionKeys", "This key has a fixed meaning in every window. Choose another one.")
    if first.key().value in _FUNCTION_KEYS or first.keyboardModifiers() & _HELD:
        return ""
    return translate("ActionKeys", "This key is needed for typing. Hold Ctrl or Alt with it, or choose F1 to F12.")
