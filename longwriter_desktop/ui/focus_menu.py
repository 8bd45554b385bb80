"""View > Focus: only the text and what is being written in it; full screen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QActionGroup
from typing_extensions import override

from longwriter_desktop.settings import FocusDims, Settings
from longwriter_desktop.ui.manuscript.focus_mode import FocusMode
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.workspace import Workspace


class FocusMenu(QObject):
    """In focus mode the outline and the section panel are hidden; afterwards they are as they were."""

    settings_wanted = Signal(object)  # the person has chosen something that is remembered; a dict of settings

    def __init__(self, session: Session, workspace: Workspace, menus: Menus, settings: Settings) -> None:
        super().__init__(menus)
        self._workspace = workspace
        self._menus = menus
        self._window = menus.window
        self.focus = FocusMode(workspace.manuscript)
        self.focus.dims = settings.focus_dims
        self.focus.typewriter = settings.typewriter
        menus.focus_mode.toggled.connect(self._focus)
        self._dims = QActionGroup(self)
        for action in menus.focus_dims:
            self._dims.addAction(action)
            action.setChecked(action.data() == settings.focus_dims)
        self._dims.triggered.connect(lambda action: self._choose(dims=action.data()))
        menus.typewriter.setChecked(settings.typewriter)
        menus.typewriter.triggered.connect(lambda on: self._choose(typewriter=on))
        menus.full_screen.triggered.connect(self._show_full_screen)
        self._window.installEventFilter(self)
        session.document_closed.connect(lambda: menus.focus_mode.setChecked(False))

    def use_settings(self, settings: Settings) -> None:
        """Does as other settings ask, and ticks the menu so."""
        self.focus.dims, self.focus.typewriter = settings.focus_dims, settings.typewriter
        for action in self._dims.actions():
            action.setChecked(action.data() == settings.focus_dims)
        self._menus.typewriter.setChecked(settings.typewriter)
        self.focus.set_on(self.focus.is_on)

    def _focus(self, on: bool) -> None:
        workspace, menus = self._workspace, self._menus
        for panel, action in (
            (workspace.outline, menus.show_outline),
            (workspace.section, menus.show_section_panel),
        ):
            panel.setVisible(action.isChecked() and not on)
        self.focus.set_on(on)
        if on:
            workspace.go_to_manuscript()

    def _choose(self, dims: FocusDims | None = None, typewriter: bool | None = None) -> None:
        self.focus.dims = dims or self.focus.dims
        self.focus.typewriter = self.focus.typewriter if typewriter is None else typewriter
        self.focus.set_on(self.focus.is_on)
        self.settings_wanted.emit({"focus_dims": self.focus.dims, "typewriter": self.focus.typewriter})

    def _show_full_screen(self, full: bool) -> None:
        """Full screen and back; what the window was before, such as maximised, it is again."""
        state, flag = self._window.windowState(), Qt.WindowState.WindowFullScreen
        self._window.setWindowState(state | flag if full else state & ~flag)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowStateChange and watched is self._window:
            # The window manager has its own ways to it.
            self._menus.full_screen.setChecked(self._window.isFullScreen())
        return super().eventFilter(watched, event)
