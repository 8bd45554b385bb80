"""What the window does about statistics: it counts from the start, and shows them when they are asked for."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.statistics.diary import Diary
from longwriter_desktop.ui.statistics.goal import Goal
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from longwriter_desktop.ui.statistics.statistics_dialog import StatisticsDialog


class StatisticsMenu(QObject):
    """Stands behind View > Statistics."""

    settings_wanted = Signal(object)  # the person has set another goal; the settings to be changed, by name

    def __init__(
        self,
        session: Session,
        workspace: Workspace,
        menus: Menus,
        theme: Theme,
        diary: Diary,
        settings: Settings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._workspace = workspace
        self._theme = theme
        self._window = window
        self._goal = Goal(settings.daily_word_goal, settings.goal_counts_generated)
        self.diary = diary
        diary.setParent(self)
        self.dialog: StatisticsDialog | None = None
        menus.statistics.triggered.connect(self.show)
        session.document_closed.connect(self.close)
        theme.palette_changed.connect(self._palette_changed)

    def show(self) -> None:
        """Opens the statistics, or brings them to the front."""
        from longwriter_desktop.ui.statistics.statistics_dialog import StatisticsDialog

        self._workspace.commit()
        if self.dialog is None:
            self.dialog = StatisticsDialog(
                self._session, self.diary, self._theme.palette, self._goal, self._folder, self._window
            )
            self.dialog.section_wanted.connect(self._show_section)
            self.dialog.days.goal_changed.connect(self._set_goal)
        self.dialog.show()
        self.dialog.lengths.show_section(self._workspace.current_section)
        self.dialog.activateWindow()
        self.dialog.lengths.plot.setFocus()

    def use_settings(self, settings: Settings) -> None:
        """Shows another goal of the day, where it is another."""
        goal = Goal(settings.daily_word_goal, settings.goal_counts_generated)
        if goal != self._goal:
            self._goal = goal
            if self.dialog is not None:
                self.dialog.use_goal(goal)

    def close(self) -> None:
        """Puts the dialog away with the document that it is about."""
        if self.dialog is not None:
            self.dialog.close_down()
            self.dialog.deleteLater()
            self.dialog = None

    def _folder(self) -> Path:
        path = self._session.path
        return path.parent if path is not None else Path.home()

    def _show_section(self, section_id: str) -> None:
        self._workspace.outline.list.choose_section(section_id)
        self._workspace.manuscript.show_section(section_id)

    def _set_goal(self, goal: Goal) -> None:
        self._goal = goal
        self.settings_wanted.emit({"daily_word_goal": goal.words, "goal_counts_generated": goal.counts_generated})

    def _palette_changed(self) -> None:
        if self.dialog is not None:
            self.dialog.set_palette(self._theme.palette)
