"""What happens at once when a setting has changed, in the dialog or in a menu."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtCore import QObject

from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.project.backups import Backups
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.key_names import shown_keys
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.settings.action_keys import WRITE_OR_PAUSE, ActionKeys, written_keys
from longwriter_desktop.ui.statistics.statistics_menu import StatisticsMenu
from longwriter_desktop.ui.status_bar import StatusBar
from longwriter_desktop.ui.text_menu import TextMenu
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reached:
    """The parts of a window that settings reach."""

    parts: WindowParts
    menus: Menus
    workspace: Workspace
    text: TextMenu
    statistics: StatisticsMenu
    backups: Backups
    status: StatusBar


class Applying(QObject):
    """Hands each setting that has changed to the part that it is about. What is looked up when it is needed, such as
    the sampling or whether the computer stays awake, needs no handing over.
    """

    def __init__(self, reached: Reached, keys: ActionKeys) -> None:
        super().__init__(reached.menus)
        self._reached = reached
        self._settings = reached.parts.settings
        self._applies: tuple[tuple[frozenset[str], Callable[[Settings], Any]], ...] = (
            (frozenset({"theme"}), self._use_theme),
            (
                frozenset({"manuscript_font_family", "manuscript_font_size", "line_height", "measure"}),
                reached.workspace.use_settings,
            ),
            (
                frozenset({"check_spelling", "spelling_language", "show_origins", "focus_dims", "typewriter"}),
                reached.text.use_settings,
            ),
            (frozenset({"daily_word_goal", "goal_counts_generated"}), reached.statistics.use_settings),
            (frozenset({"backup_gigabytes", "backup_minutes"}), reached.backups.limit),
            (frozenset({"keys"}), lambda settings: keys.use(settings.keys)),
        )
        self._keys = keys
        keys.changed.connect(self._show_keys)
        keys.use(self._settings.keys)

    def apply(self, settings: Settings) -> None:
        """Applies what is otherwise in ``settings`` than before."""
        before, self._settings = self._settings, settings
        changed = {each.name for each in fields(Settings) if getattr(before, each.name) != getattr(settings, each.name)}
        for names, use in self._applies:
            if names & changed:
                use(settings)
        if EngineOptions.of(before) != EngineOptions.of(settings):
            self._reached.parts.session.writing.reopen()

    def _show_keys(self) -> None:
        """Keys stand in tool tips and in the outline's own menu, too."""
        keys, reached = self._keys, self._reached
        reached.status.button.setToolTip(shown_keys(keys.keys(WRITE_OR_PAUSE)[:1]))
        reached.workspace.writing_page.find_bar.show_keys(
            *(shown_keys(keys.keys(name)[:1]) for name in ("find_next", "find_previous"))
        )
        reached.workspace.outline.list.keys_now = {
            written_keys(keys.at_first(name)[:1]): written_keys(keys.keys(name)[:1])
            for name in keys.names
            if keys.keys(name) != keys.at_first(name)
        }

    def _use_theme(self, settings: Settings) -> None:
        self._reached.parts.theme.choose(settings.theme)
        self._reached.menus.show_theme(settings.theme)
