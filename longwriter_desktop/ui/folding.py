"""The section panel of a narrow window is folded away, so that the manuscript keeps room to be read."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from typing_extensions import override

from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.workspace import Workspace

TEXT_PX = 520
"""The manuscript has at least so many pixels beside both panels; with less, the section panel gives way."""


class Folding(QObject):
    """Follows the width of a workspace. What the person shows or hides themselves stays so until the width changes.

    The entry of the menu that shows the section panel is ticked while it is shown, or hidden for focus mode alone.
    """

    def __init__(self, workspace: Workspace, menus: Menus) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._shows_panel = menus.show_section_panel
        self._focus_mode = menus.focus_mode
        self._is_narrow = False
        self._is_folded = False
        self._shows_panel.toggled.connect(self._toggled)
        workspace.installEventFilter(self)

    @property
    def panel_wanted(self) -> bool:
        """Whether the person has the section panel shown, where there is room for it."""
        return self._is_folded or self._shows_panel.isChecked()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._workspace:
            self._fit(event.size().width())
        return False

    def _fit(self, width: int) -> None:
        panels = self._workspace.outline.minimumWidth() + self._workspace.section.minimumWidth()
        is_narrow = width < panels + TEXT_PX
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        if is_narrow and self._shows_panel.isChecked():
            self._shows_panel.setChecked(False)
            self._is_folded = True
        elif not is_narrow and self._is_folded:
            self._shows_panel.setChecked(True)
            self._workspace.section.setVisible(not self._focus_mode.isChecked())

    def _toggled(self, _shown: bool) -> None:
        self._is_folded = False
