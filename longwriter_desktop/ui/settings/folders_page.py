"""Settings > Folders: where the app keeps things, and how large that is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from longwriter_desktop.models.places import models_folder
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.length_words import shown_size
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.settings.open_folder import open_folder
from longwriter_desktop.ui.settings.page import SettingsPage, push_button
from longwriter_desktop.ui.settings.stored import size_of
from longwriter_desktop.ui.theme import small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP

MOST_GIGABYTES = 1000
MOST_MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as the page shows it: what lies there, where it is now, the label of its path and size."""

    what: str
    where: Callable[[], Path]
    label: QLabel


class FoldersPage(SettingsPage):
    """Sizes are looked up on another thread, each time the page is turned to."""

    TITLE = QT_TRANSLATE_NOOP("FoldersPage", "Folders")

    models_folders_wanted = Signal()  # the person wants to move the models, or have them looked for elsewhere

    def __init__(self, paths: AppPaths, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looking = Background("sizes of folders", self)
        self._looking.reported.connect(self._show_sizes)
        self._places: list[Place] = []
        self._add(self.tr("Documents"), self.tr("New documents go here."), lambda: paths.documents)
        self._add(
            self.tr("Models"),
            self.tr("Models that you download, or put here yourself."),
            lambda: models_folder(paths),
            (self.tr("Move, or look elsewhere…"), self.models_folders_wanted.emit),
        )
        self._add(
            self.tr("Backups"), self.tr("Dated copies of your documents; see File > Backups."),
            lambda: paths.data / "backups",
        )  # fmt: skip
        self._add_limits()
        self._add(
            self.tr("Caches"),
            self.tr(
                "What models have read of your texts, so that writing goes on quickly after a restart. Without "
                "it they read again."
            ),
            lambda: paths.cache,
        )
        self.add_number(
            "state_cache_gigabytes",
            self.tr("Size limit of caches"),
            self.tr("When it is reached, the oldest are deleted. 0 turns the caches off."),
            (0, MOST_GIGABYTES),
            self.tr(" GB"),
        )
        self._shows_whole("state_cache_gigabytes")
        self._add(self.tr("Settings"), self.tr("Settings, your own prompts and words."), lambda: paths.settings)
        self._add(
            self.tr("Logs"), self.tr("What went wrong, and where in the app's code; none of your text."),
            lambda: paths.log,
        )  # fmt: skip
        self.add_stretch()

    def _add_limits(self) -> None:
        self.add_number(
            "backup_gigabytes",
            self.tr("Size limit of backups"),
            self.tr(
                "When it is reached, the oldest are deleted; the newest of each document stays. 0 turns backups off."
            ),
            (0, MOST_GIGABYTES),
            self.tr(" GB"),
        )
        self._shows_whole("backup_gigabytes")
        minutes = self.add_number(
            "backup_minutes",
            self.tr("A backup at least every"),
            self.tr("While you change a document. One is also made when you open it and when you close it."),
            (0, MOST_MINUTES),
            self.tr(" minutes"),
        )
        minutes.setSpecialValueText(self.tr("only on opening and closing"))

    def _shows_whole(self, name: str) -> None:
        """The file may say 0.5; the field shows the nearest whole number above 0, and nothing is changed by that."""
        show = self._shows[name]
        self._shows[name] = lambda value: show(0 if value <= 0 else max(1, round(value)))

    def _add(
        self, what: str, why: str, where: Callable[[], Path], also: tuple[str, Callable[[], object]] | None = None
    ) -> None:
        button = push_button(self.tr("Open folder"), lambda: self._open(where()))
        button.setAccessibleName(self.tr("Open folder: {what}").format(what=what))
        more = (push_button(*also),) if also is not None else ()
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(small_font(self.font()))
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(self.tr("Place and size: {what}").format(what=what))
        label.addAction(self._copying(label, where))
        label.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.add_row(what, why, button, *more, below=label)
        self._places.append(Place(what, where, label))

    def _copying(self, label: QLabel, where: Callable[[], Path]) -> QAction:
        """Copies the path alone, as it is."""
        copy = QAction(self.tr("Copy the path"), label)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda _=False: QGuiApplication.clipboard().setText(str(where())))
        return copy

    @override
    def begin(self) -> None:
        if self.isVisible():
            self.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look()

    def look(self) -> None:
        """Shows where the folders are, and soon how large."""
        for place in self._places:
            place.label.setText(breakable(place.where()))
        folders = [place.where() for place in self._places]

        def look(report: Callable[[object], None], stop: threading.Event) -> None:
            for at, folder in enumerate(folders):
                report((at, folder, size_of(folder, stop)))

        self._looking.start(look)

    def _show_sizes(self, found: list[tuple[int, Path, int | None]]) -> None:
        for at, folder, size in found:
            told = self.tr("nothing in it yet") if size is None else shown_size(size, 1)
            self._places[at].label.setText(f"{breakable(folder)}  ·  {told}")

    def _open(self, folder: Path) -> None:
        if sentence := open_folder(folder):
            self.told.emit(sentence)

    @override
    def close_down(self) -> None:
        self._looking.close()


def breakable(path: Path) -> str:
    """A path that may go on in the next line behind each separator, with nothing put into it that can be seen.

    Qt itself goes on behind a slash.
    """
    return str(path).replace("\\", "\\\u200b")
