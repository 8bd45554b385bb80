"""Another language of the interface without a restart: the window is made anew, the document opened where it was."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from longwriter_desktop.document.document import Document
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import InterfaceLanguage
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.manuscript.fields import FieldKey
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.start_page import Typed
from longwriter_desktop.ui.translation import Translation, interface_language
from longwriter_desktop.ui.writing import Activity

if TYPE_CHECKING:
    from longwriter_desktop.ui.settings.settings_dialog import DialogPlace

LOOK_AGAIN_MS = 300
"""How often is looked whether what a switch has to wait for is over."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person was: in which document, how it was open, cursor and scroll bar; and what was half typed.

    ``key`` is that of the manuscript's field with the cursor.
    """

    path: Path | None
    read_only: bool = False
    key: FieldKey | None = None
    character: int = 0
    """Where the cursor stands in that field. Positions of the whole page differ: it counts in another language."""
    scrolled: int = 0
    in_text: bool = False
    typed: Typed = field(default_factory=Typed)
    settings: "DialogPlace | None" = None
    """The `place` in the settings, where they were open."""
    as_opened: tuple[Document, float] | None = None
    """As `BackupsMenu.as_opened`."""
    unsaved: Mapping[str, Any] = field(default_factory=dict)
    """Settings that could not be saved; they hold in the new window, too."""


class LanguageSwitch(QObject):
    """Holds the one window, and puts one in another language in its place when the person wishes that.

    ``make`` makes a window, ``begin`` shows it and opens a document in it. While the model works, a download goes on, a
    document is being opened, text cannot be saved or a dialog is open, a switch waits: it would break off all of these.
    """

    def __init__(
        self,
        translation: Translation,
        make: Callable[[], MainWindow],
        begin: Callable[[MainWindow, Path | None], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._translation = translation
        self._make = make
        self._begin = begin
        self._window = self._made()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._switch_when_free)

    @property
    def window(self) -> MainWindow:
        """The window that is there now."""
        return self._window

    def show(self, path: Path | None) -> None:
        """Shows the first window, with the document at ``path``."""
        self._begin(self._window, path)

    def _made(self) -> MainWindow:
        window = self._make()
        window.language_changed.connect(self._wish)
        return window

    def _wish(self) -> None:
        if self._translation.meant_by(self._choice) == interface_language():
            self._later.stop()
            return
        if not self._is_free:
            told = self.tr(
                "The language changes as soon as the model has paused or finished, no download goes on, everything is "
                "saved, and all dialogs but the settings are closed."
            )
            self._window.notice.show_notice(Notice(told))
        # Later, for whatever has asked for it is still in the middle of its work.
        self._later.start(0)

    @property
    def _choice(self) -> InterfaceLanguage:
        return self._window.settings.language

    @property
    def _is_free(self) -> bool:
        """Whether nothing would be broken off: what the model does, a download, what is half typed in a dialog."""
        window = self._window
        if window.session.activity is not Activity.IDLE or window.models.downloads.current is not None:
            return False
        if window.opening.is_going_on or window.session.file.trouble:
            return False
        dialogs = [each for each in window.findChildren(QDialog) if each.isVisible()]
        is_asking = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        return not is_asking and all(each is window.preferences.dialog for each in dialogs)

    def _switch_when_free(self) -> None:
        if not self._is_free:
            self._later.start(LOOK_AGAIN_MS)
        elif self._translation.meant_by(self._choice) != interface_language():
            self._switch()

    def _switch(self) -> None:
        old, app = self._window, QApplication.instance()
        place, could_undo = _place_in(old), old.session.history.next_undo() is not None
        last: list[Path | None] = []  # Closing may put the document into another file.
        old.closed.connect(lambda: last.append(old.session.path))
        if not isinstance(app, QApplication):
            return
        app.setQuitOnLastWindowClosed(False)
        try:
            if not old.put_away(in_sight=True):  # what is not saved keeps it open; it has said so
                return
            self._translation.use(self._choice)
            self._window = self._made()
            if not old.isMaximized() and not old.isFullScreen():
                self._window.setGeometry(old.geometry())
            self._show_again(replace(place, path=last[-1] if last else place.path), could_undo)
        finally:
            app.setQuitOnLastWindowClosed(True)
        old.hide()
        old.deleteLater()
        QTimer.singleShot(0, _forget_the_old)

    def _show_again(self, place: Place, could_undo: bool) -> None:
        window = self._window

        def go_there(project: Project) -> None:
            window.opening.opened.disconnect(go_there)
            if project.path != place.path:
                return
            _go_to(window, place)
            if place.as_opened is not None:
                window.backups.opened_before(place.as_opened)
            if could_undo:
                told = self.tr(
                    "The window is in another language now. Undo begins anew; earlier texts are among the versions."
                )
                window.notice.show_notice(Notice(told))

        if place.path is not None:
            window.opening.opened.connect(go_there)
        self._begin(window, None if place.read_only else place.path)
        if place.path is not None and place.read_only:
            window.opening.open_for_reading(place.path)
        window.start_page.type_again(place.typed)
        if place.unsaved:
            window.change_settings(place.unsaved)
        if place.settings is not None:
            window.preferences.show()
        if place.settings is not None and window.preferences.dialog is not None:
            window.preferences.dialog.go_to(place.settings)


def _place_in(window: MainWindow) -> Place:
    manuscript, settings = window.workspace.manuscript, window.preferences.dialog
    page, position = manuscript.page, manuscript.textCursor().position()
    at = page.field_at(position) if window.session.has_document else None
    return Place(
        path=window.session.path,
        read_only=window.session.file.read_only,
        key=None if at is None else at.key,
        character=0 if at is None else page.offset(at, position),
        scrolled=manuscript.verticalScrollBar().value(),
        in_text=manuscript.hasFocus(),
        typed=window.start_page.typed,
        settings=settings.place if settings is not None and settings.isVisible() else None,
        as_opened=window.backups.as_opened,
        unsaved=dict(window.unsaved_settings),
    )


def _go_to(window: MainWindow, place: Place) -> None:
    manuscript = window.workspace.manuscript
    at = None if place.key is None else manuscript.page.field(place.key)
    if at is not None:
        cursor = manuscript.textCursor()
        cursor.setPosition(manuscript.page.position(at, place.character))
        manuscript.setTextCursor(cursor)
    if place.in_text:
        window.workspace.go_to_manuscript()
    # After the layout of this turn of the event loop, which decides how far there is to scroll.
    QTimer.singleShot(0, manuscript, lambda: manuscript.verticalScrollBar().setValue(place.scrolled))


def _forget_the_old() -> None:
    """The old window was exempt from garbage collection, as everything that is there when a window is shown."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
