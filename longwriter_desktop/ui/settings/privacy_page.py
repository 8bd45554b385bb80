"""Settings > Privacy: what is stored where, that nothing is sent, and clearing it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.settings.page import SettingsPage, plain_label, push_button
from longwriter_desktop.ui.settings.stored import clear_caches
from longwriter_desktop.ui.translation import shown


class PrivacyPage(SettingsPage):
    """``forget`` empties the list of recent documents and returns it, ``remember`` puts it back."""

    caches_cleared = Signal()  # what models have read is no longer on the disk

    def __init__(
        self,
        paths: AppPaths,
        forget: Callable[[], list[RecentDocument]],
        remember: Callable[[list[RecentDocument]], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.title = self.tr("Privacy")
        self._paths, self._forget, self._remember = paths, forget, remember
        self._forgotten: list[RecentDocument] = []
        self._clearing = Background("clearing caches", self)
        self._clearing.done.connect(self._show_cleared)
        self._clearing.failed.connect(self._show_failed)
        self.add_wide(
            plain_label(
                self.tr(
                    "Nothing that you write leaves this computer. Only a download, which you begin, opens a "
                    "connection: the hub hears which file is wanted, the app's name and its version."
                )
            ),
            self.title,
        )
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
            self.tr("The list on the start page, with titles and places. The documents themselves stay."),
            self.clear_recent,
            self.undo_recent,
        )
        self.clear_caches = push_button(self.tr("Clear the caches"), self._clear_caches)
        self.add_row(
            self.tr("Caches"),
            self.tr(
                "What models have read of your texts. Nothing is lost; the next Write reads the text again, which "
                "can take minutes."
            ),
            self.clear_caches,
        )

    def _places(self) -> Sequence[tuple[str, str]]:
        paths = self._paths
        kept = self.tr("{what} Kept in {where}.")
        return (
            (
                self.tr("Your documents and exports"),
                self.tr("Everything, where you save it, until you delete it."),
            ),
            (
                self.tr("Backups and recovered texts"),
                kept.format(what=self.tr("Whole documents, readable for you alone."), where=paths.data),
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
                    what=self.tr("What you chose and added yourself, and the folders that file dialogs showed last."),
                    where=paths.settings,
                ),
            ),
            (
                self.tr("Logs"),
                kept.format(
                    what=self.tr("Kinds of errors; no word of yours, no titles, no names of files."), where=paths.log
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
        self._forgotten = []
        self.undo_recent.hide()

    @property
    @override
    def has_changes(self) -> bool:
        return bool(self._forgotten)

    @override
    def take_back(self) -> None:
        self._remember(self._forgotten)
        self._forgotten = []
        self.undo_recent.hide()
        self.changed.emit()

    @property
    @override
    def can_be_reset(self) -> bool:
        return False

    def _clear_recent(self) -> None:
        self._forgotten = [*self._forget(), *self._forgotten]
        self.undo_recent.setVisible(bool(self._forgotten))
        self.changed.emit()
        self.told.emit(self.tr("The list of recent documents is empty. The documents are where they were."))

    def _undo_recent(self) -> None:
        if self._forgotten:
            self.take_back()
            self.told.emit(self.tr("The recent documents are listed again."))

    def _clear_caches(self) -> None:
        paths = self._paths
        self.clear_caches.setEnabled(False)
        self._clearing.start(lambda _report, _stop: clear_caches(paths))

    def _show_cleared(self, freed: int) -> None:
        self.clear_caches.setEnabled(True)
        self.caches_cleared.emit()
        self.told.emit(self.tr("The caches are cleared: {size} are free again.").format(size=size_words(freed, 1)))

    def _show_failed(self, sentence: str) -> None:
        self.clear_caches.setEnabled(True)
        self.told.emit(shown(sentence))

    @override
    def close_down(self) -> None:
        self._clearing.close()
