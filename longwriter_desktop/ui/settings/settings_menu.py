"""Stands behind Settings…: makes the dialog when it is first wanted, and applies what changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.model_choices import choices_of
from longwriter_desktop.ui.models.models_menu import ModelsMenu
from longwriter_desktop.ui.models.own_files import OwnFiles
from longwriter_desktop.ui.settings.action_keys import ActionKeys
from longwriter_desktop.ui.settings.applying import Applying, Reached

if TYPE_CHECKING:
    from longwriter_desktop.ui.settings.page import SettingsPage
    from longwriter_desktop.ui.settings.settings_dialog import PageEntry, SettingsDialog


class SettingsMenu(QObject):
    """The settings of a window. ``settings`` gives those in force; who keeps them calls `take` after each change."""

    settings_wanted = Signal(object)  # the person has changed settings; a dict of their names and values
    model_wanted = Signal(object)  # the person wants to write with this model; a Model
    language_changed = Signal()  # the language of the interface is another one in the settings
    recent_changed = Signal()  # the list of recent documents is another one

    def __init__(
        self, reached: Reached, models: ModelsMenu, files: OwnFiles, settings: Callable[[], Settings], window: QWidget
    ) -> None:
        super().__init__(window)
        self._reached, self._models, self._files = reached, models, files
        self._settings, self._window = settings, window
        self._language = settings().language
        self._told_unsaved = False
        self.keys = ActionKeys(reached.menus)
        self._applying = Applying(reached, self.keys)
        self.dialog: SettingsDialog | None = None
        reached.menus.settings.triggered.connect(lambda _=False: self.show())
        reached.parts.session.model_changed.connect(self._model_changed)

    def show(self) -> None:
        """Opens the settings, or brings them to the front."""
        self._reached.workspace.commit()
        if self.dialog is None:
            from longwriter_desktop.ui.settings.settings_dialog import SettingsDialog

            self.dialog = SettingsDialog(self._entries(), self._settings, self._window)
            self.dialog.settings_wanted.connect(self.settings_wanted)
        self.dialog.open_again()

    def take(self, settings: Settings) -> None:
        """Applies settings that have changed, and shows them."""
        self._applying.apply(settings)
        self._refresh()
        if settings.language != self._language:
            self._language = settings.language
            self.language_changed.emit()

    def tell_unsaved(self, problem: OSError) -> None:
        """The settings could not be saved: they hold until the app is closed."""
        told = self.tr("The settings could not be saved ({problem}). They hold until you close the app.")
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.tell(told.format(problem=problem))
        elif not self._told_unsaved:
            self._told_unsaved = True  # once, and not at each change of a menu
            self._reached.parts.session.tell(told.format(problem=problem))

    def close(self) -> None:
        """Ends what goes on for the dialog, for when the window closes."""
        if self.dialog is not None:
            self.dialog.close_down()

    def _refresh(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_settings(self._settings())

    def _model_changed(self) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            self.dialog.show_model()

    def _entries(self) -> "tuple[PageEntry, ...]":
        from longwriter_desktop.ui.settings.appearance_page import AppearancePage
        from longwriter_desktop.ui.settings.folders_page import FoldersPage
        from longwriter_desktop.ui.settings.goals_page import GoalsPage
        from longwriter_desktop.ui.settings.keys_page import KeysPage
        from longwriter_desktop.ui.settings.privacy_page import PrivacyPage
        from longwriter_desktop.ui.settings.prompts_page import PromptsPage
        from longwriter_desktop.ui.settings.sampling_page import SamplingPage
        from longwriter_desktop.ui.settings.settings_dialog import PageEntry
        from longwriter_desktop.ui.settings.spelling_page import SpellingPage
        from longwriter_desktop.ui.settings.writing_page import WritingPage

        parts = self._reached.parts
        makers: tuple[tuple[type[SettingsPage], Callable[[], SettingsPage]], ...] = (
            (WritingPage, self._writing_page),
            (SamplingPage, lambda: SamplingPage(self._recommended)),
            (PromptsPage, lambda: PromptsPage(parts.paths)),
            (AppearancePage, AppearancePage),
            (SpellingPage, self._spelling_page),
            (KeysPage, lambda: KeysPage(self.keys)),
            (FoldersPage, self._folders_page),
            (PrivacyPage, self._privacy_page),
            (GoalsPage, GoalsPage),
        )
        return tuple(PageEntry(kind.shown_title(), make) for kind, make in makers)

    def _writing_page(self) -> "SettingsPage":
        from longwriter_desktop.doctor import examine
        from longwriter_desktop.ui.models.loaded_line import loaded_words
        from longwriter_desktop.ui.settings.writing_page import WritingPage

        parts, session = self._reached.parts, self._reached.parts.session
        page = WritingPage(
            lambda: choices_of(self._models.rows) or parts.choices(),
            lambda: session.model,
            lambda: loaded_words(session),
            lambda: examine(parts.paths),
        )
        page.model_wanted.connect(self.model_wanted)
        page.models_wanted.connect(self._models.show)
        return page

    def _spelling_page(self) -> "SettingsPage":
        from longwriter_desktop.ui.settings.spelling_page import SpellingPage

        page = SpellingPage(self._reached.parts.paths, self._reached.parts.dictionary_folders)
        page.changed.connect(lambda: self._reached.text.spelling.use_settings(self._settings()))
        return page

    def _folders_page(self) -> "SettingsPage":
        from longwriter_desktop.ui.settings.folders_page import FoldersPage

        page = FoldersPage(self._reached.parts.paths)
        page.models_folders_wanted.connect(self._files.show_folders)
        return page

    def _privacy_page(self) -> "SettingsPage":
        from longwriter_desktop.ui.settings.privacy_page import PrivacyPage

        file = self._reached.parts.file
        page = PrivacyPage(self._reached.parts.paths, file.forget_all, file.remember)
        page.changed.connect(self.recent_changed)
        page.caches_cleared.connect(self._show_sizes)
        return page

    def _show_sizes(self) -> None:
        from longwriter_desktop.ui.settings.folders_page import FoldersPage

        for page in self.dialog.pages if self.dialog is not None else ():
            if isinstance(page, FoldersPage):
                page.begin()

    def _recommended(self) -> Sampling:
        """What the makers of the model in use recommend, or LongWriter's where there is none."""
        model = self._reached.parts.session.model
        return model.sampling(seed=0) if model is not None else Sampling()
