"""What the menus Edit and View do about the text: clipboard, finding, size, and the parts for spelling and focus."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.focus_menu import FocusMenu
from longwriter_desktop.ui.manuscript.editing import FieldEdit
from longwriter_desktop.ui.manuscript.origin_marks import OriginMarks
from longwriter_desktop.ui.manuscript.viewing import LARGEST_PX, SMALLEST_PX, USUAL_PX
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.spelling_menu import SpellingMenu
from longwriter_desktop.ui.workspace import Workspace

FONT_STEPS_PX = (SMALLEST_PX, LARGEST_PX)


class TextMenu(QObject):
    """Stands behind the entries about the text; each of them does something to the manuscript or its page."""

    settings_wanted = Signal(object)  # the person has chosen something that is remembered; a dict of settings

    def __init__(
        self,
        session: Session,
        workspace: Workspace,
        menus: Menus,
        settings: Settings,
        spelling: SpellingMenu,
    ) -> None:
        super().__init__(menus)
        self._workspace = workspace
        self._menus = menus
        self.spelling = spelling
        self.focus = FocusMenu(session, workspace, menus, settings)
        for part in (self.spelling, self.focus):
            part.settings_wanted.connect(self.settings_wanted)
        page = workspace.writing_page
        for name in ("cut", "copy", "paste"):
            getattr(menus, name).triggered.connect(lambda _=False, what=name: _edit(what))
        menus.select_all.triggered.connect(lambda: _edit("selectAll"))
        menus.find.triggered.connect(lambda _=False: page.open_find_bar())
        menus.replace.triggered.connect(lambda: page.open_find_bar(replacing=True))
        menus.find_next.triggered.connect(page.find_next)
        menus.find_previous.triggered.connect(page.find_previous)
        menus.larger.triggered.connect(lambda: self._zoom(workspace.size_px + 1))
        menus.smaller.triggered.connect(lambda: self._zoom(workspace.size_px - 1))
        menus.usual_size.triggered.connect(lambda: self._zoom(USUAL_PX))
        self._origins = OriginMarks(workspace.manuscript, lambda: session.document)
        self._origins.set_on(settings.show_origins)
        menus.show_origins.setChecked(settings.show_origins)
        menus.show_origins.triggered.connect(self._show_origins)
        workspace.manuscript.type_size_changed.connect(self._zoom)
        session.document_opened.connect(lambda _: page.put_away())
        session.document_closed.connect(page.put_away)

    def close(self) -> None:
        """Ends the work in other threads and processes, for when the window closes."""
        self._workspace.writing_page.finder.close()
        self.spelling.close()

    def use_settings(self, settings: Settings) -> None:
        """Does as other settings ask, and ticks the menus so."""
        self.spelling.use_settings(settings)
        self.focus.use_settings(settings)
        self._origins.set_on(settings.show_origins)
        self._menus.show_origins.setChecked(settings.show_origins)

    def _show_origins(self, shown: bool) -> None:
        self._origins.set_on(shown)
        self.settings_wanted.emit({"show_origins": shown})

    def _zoom(self, size_px: int) -> None:
        least, most = FONT_STEPS_PX
        size_px = max(least, min(most, size_px))
        if size_px != self._workspace.size_px:
            self._workspace.set_type(size_px)
            self.settings_wanted.emit({"manuscript_font_size": size_px})


def _edit(what: str) -> None:
    """Does an edit command in the field that has the focus."""
    field = QApplication.focusWidget()
    if isinstance(field, QAbstractSpinBox):
        field = field.findChild(QLineEdit)
    if what == "selectAll" and isinstance(field, FieldEdit):
        what = "select_line_or_all"
    command = getattr(field, what, None)
    if callable(command):
        command()
