"""Loads what the window is likely to need, once it is there and nothing else is to be done.

The window is shown before its dialogs and the check of plans are loaded. So that none of them takes longer to open the
first time, they are loaded soon after, one module at a time: a key that is pressed meanwhile waits for one of them.
"""

import importlib
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.agentwrite.request import understand

AFTER_MS, BETWEEN_MS = 800, 40
"""So long after the window is shown the first module is loaded, and so long after each the next one."""

_ROOT = "longwriter_desktop"
MODULES = (
    *(f"{_ROOT}.agentwrite.{name}" for name in ("named_topics", "coverage", "plan_repair", "plan_check")),
    *(f"{_ROOT}.ui.models.{name}" for name in ("model_list", "model_details", "models_dialog", "own_details")),
    *(f"{_ROOT}.ui.settings.{name}" for name in ("page", "settings_dialog", "writing_page", "sampling_page")),
    *(f"{_ROOT}.ui.settings.{name}_page" for name in ("prompts", "appearance", "spelling", "keys", "folders")),
    *(f"{_ROOT}.ui.settings.{name}_page" for name in ("privacy", "goals")),
    *(f"{_ROOT}.agentwrite.{name}" for name in ("loop_guard", "figures", "comparison")),
    *(f"{_ROOT}.ui.statistics.{name}_page" for name in ("lengths", "repetition", "days")),
    f"{_ROOT}.ui.statistics.statistics_dialog",
    *(f"{_ROOT}.ui.{name}" for name in ("backups_dialog", "comparison_table", "comparison_dialog", "help_dialogs")),
)
"""What a module needs stands before it, so that each takes a few milliseconds."""


class LoadingAhead(QObject):
    """Loads the modules while the loop of the app turns; what is loaded already takes no time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: list[Callable[[], object]] = [
            _compile_wishes,
            *(partial(importlib.import_module, name) for name in MODULES),
        ]
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN_MS)
        self._timer.timeout.connect(self._load_next)
        QTimer.singleShot(AFTER_MS, self, self._timer.start)

    @property
    def is_done(self) -> bool:
        """Whether all is loaded."""
        return not self._left

    def _load_next(self) -> None:
        if self._left:
            self._left.pop(0)()
        else:
            self._timer.stop()


def _compile_wishes() -> None:
    """Has the expressions compiled that look for the length in what is typed on the start page."""
    understand("10 words")
