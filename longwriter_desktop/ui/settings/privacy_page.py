"""Settings > Privacy: what is stored where, that nothing is sent, and clearing it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui.length_words import shown_size
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.settings.page import SettingsPage, plain_label, push_button
from longwriter_desktop.ui.settings.stored import Cleared, clear_caches, forget_folders, remember_folders
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown


class PrivacyPage(SettingsPage):
    """``forget`` empties the list of recent documents and returns it, ``remember`` puts it back; both raise OSError."""

    TITLE = QT_TRANSLATE_NOOP("PrivacyPage", "Privacy")

    caches_cleared = Signal()  # what models have read is no longer on the disk

    def __init__(
        self,
        paths: AppPaths,
        forget: Callable[[], list[RecentDocument]],
        remember: Callable[[list[RecentDocument]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._paths, self._forget, self._remember = paths, forget, remember
        self._forgotten: list[RecentDocument] = []
        self._folders: dict[str, object] = {}
        self._clearing = Background("clearing caches", self)
        self._clearing.done.connect(self._show_cleared)
        self._clearing.failed.connect(self._show_failed)
        promise = self.tr(
            "Nothing that you write leaves this computer. The app goes online only for a download that you "
            "start: the hub then learns which file you want, and the app's name and version."
        )
        self.add_wide(plain_label(promise), promise)
        self.add_title(self.tr("Clear"))
        self._add_buttons()
        self.add_title(self.tr("What is stored where"))
        for what, why in self._places():
            self.add_wide(self._entry(what, why), f"{what} {why}")
        self.add_stretch()

    def _add_buttons(self) -> None:
        self.clear_recent = push_button(self.tr("Clear the list"), self._clear_recent)
        self.undo_recent = push_button(self.tr("Undo"), self._undo_recent)
        self.undo_recent.setAccessibleName(self.tr("Undo clearing the recent documents"))
        self.undo_recent.hide()
        self.add_row(
            self.tr("Recent documents"),
            self.tr(
                "The list on the start page, with titles and places, and the folders that file dialogs showed last. "
                "The documents themselves stay."
            ),
            self.clear_recent,
            self.undo_recent,
        )
        self.clear_caches = push_button(self.tr("Clear the caches"), self._clear_caches)
        self.add_row(
            self.tr("Caches"),
            self.tr(
                "What models have read of your texts. Clearing them loses nothing, but the next Write reads "
                "the text again, which can take minutes."
            ),
            self.clear_caches,
        )

    def _places(self) -> Sequence[tuple[str, str]]:
        paths = self._paths
        kept = self.tr("{what} Kept in {where}.")
        return (
            (
                self.tr("Your documents and exports"),
                self.tr("They stay where you save them, until you delete them."),
            ),
            (
                self.tr("Backups and recovered texts"),
                kept.format(what=self.tr("Whole documents, which only you can read."), where=paths.data),
            ),
            (
                self.tr("Caches"),
                kept.format(
                    what=self.tr("What models have read, as numbers that can be turned back into text."),
                    where=paths.cache,
                ),
            ),
            (
                self.tr("Lists"),
                kept.format(
                    what=self.tr(
                        "Recent documents, models and how fast they are, licences that you agreed to, and numbers of "
                        "words a day without titles."
                    ),
                    where=paths.data,
                ),
            ),
            (
                self.tr("Settings, your prompts and words"),
                kept.format(
                    what=self.tr("What you have set and added, and the folders that file dialogs showed last."),
                    where=paths.settings,
                ),
            ),
            (
                self.tr("Reports"),
                kept.format(
                    what=self.tr("Folders that you had made under Help > Report a problem, until you delete them."),
                    where=paths.data / "reports",
                ),
            ),
            (
                self.tr("Logs"),
                kept.format(
                    what=self.tr("What went wrong; none of your text, no titles, no file names."), where=paths.log
                ),
            ),
        )

    def _entry(self, what: str, why: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(plain_label(what))
        column.addWidget(self._sentence(why))
        return box

    # -- clearing ------------------------------------------------------------------------------------

    @override
    def begin(self) -> None:
        self._forgotten, self._folders = [], {}
        self.undo_recent.hide()

    @property
    @override
    def has_changes(self) -> bool:
        return bool(self._forgotten or self._folders)

    @override
    def take_back(self) -> None:
        try:
            self._remember(self._forgotten)
        except OSError as problem:
            told = self.tr("The recent documents could not be listed again ({problem}). Try it once more.")
            self.told.emit(told.format(problem=problem))
            return
        remember_folders(self._paths, self._folders)
        self.begin()
        self.changed.emit()

    @property
    @override
    def can_be_reset(self) -> bool:
        return False

    def _clear_recent(self) -> None:
        try:
            forgotten = self._forget()
        except OSError as problem:
            told = self.tr("The list of recent documents could not be emptied ({problem}). It is as it was.")
            self.told.emit(told.format(problem=problem))
            return
        self._forgotten = [*forgotten, *self._forgotten]
        self._folders |= forget_folders(self._paths)
        self.undo_recent.setVisible(self.has_changes)
        self.changed.emit()
        self.told.emit(self.tr("The list of recent documents is empty. The documents are where they were."))

    def _undo_recent(self) -> None:
        self.take_back()
        if not self.has_changes:
            self.told.emit(self.tr("The recent documents are listed again."))

    def _clear_caches(self) -> None:
        paths = self._paths
        self.clear_caches.setEnabled(False)
        self._clearing.start(lambda _report, _stop: clear_caches(paths))

    def _show_cleared(self, cleared: Cleared) -> None:
        self.clear_caches.setEnabled(True)
        self.caches_cleared.emit()
        size = shown_size(cleared.freed, 1)
        told = self.tr("The caches are cleared: {size} are free again.").format(size=size)
        if cleared.left:
            told = self.tr("{size} are free again. Some files could not be removed and are still there.")
            told = told.format(size=size)
        self.told.emit(told)

    def _show_failed(self, sentence: str) -> None:
        self.clear_caches.setEnabled(True)
        self.told.emit(shown(sentence))

    @override
    def close_down(self) -> None:
        self._clearing.close()
