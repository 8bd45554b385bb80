"""The window: lays out start page, workspace, notices and the bottom bar, and connects menus with the session."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError, ModelProblem
from longwriter_desktop.models.library import Model
from longwriter_desktop.project.backups import Backups
from longwriter_desktop.project.store import Project
from longwriter_desktop.project.writing_days import WritingDays
from longwriter_desktop.settings import Settings, load_settings, save_changes
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.backups_menu import BackupsMenu
from longwriter_desktop.ui.enter_key import EnterKey
from longwriter_desktop.ui.export_menu import ExportMenu, proposed_file
from longwriter_desktop.ui.folding import Folding
from longwriter_desktop.ui.going_on import show_where_it_goes_on
from longwriter_desktop.ui.help_menu import HelpMenu
from longwriter_desktop.ui.history_menu import HistoryMenu
from longwriter_desktop.ui.letting_go import LettingGo
from longwriter_desktop.ui.menu_offers import MenuOffers
from longwriter_desktop.ui.menu_title import MenuTitle
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.model_choices import choices_of
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.models_menu import ModelsMenu
from longwriter_desktop.ui.models.own_files import OwnFiles
from longwriter_desktop.ui.models.shelf import AppShelf
from longwriter_desktop.ui.notice import Notice
from longwriter_desktop.ui.notice_strip import NoticeStrip
from longwriter_desktop.ui.opening import Opening
from longwriter_desktop.ui.place_watch import PlaceWatch
from longwriter_desktop.ui.progress_watch import ProgressWatch
from longwriter_desktop.ui.reading_only import ReadingOnly
from longwriter_desktop.ui.saving_trouble import SavingTrouble, StandingStrip
from longwriter_desktop.ui.section_menu import SectionMenu
from longwriter_desktop.ui.settings.applying import Reached
from longwriter_desktop.ui.settings.settings_menu import SettingsMenu
from longwriter_desktop.ui.spelling_menu import SpellingMenu
from longwriter_desktop.ui.start_page import StartPage, Wish
from longwriter_desktop.ui.statistics.diary import Diary
from longwriter_desktop.ui.statistics.statistics_menu import StatisticsMenu
from longwriter_desktop.ui.status_bar import StatusBar
from longwriter_desktop.ui.text_menu import TextMenu
from longwriter_desktop.ui.theme import ThemeChoice, scaled
from longwriter_desktop.ui.translation import in_a_row, shown
from longwriter_desktop.ui.unfinished_work import may_stop
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.window_place import kept_place, restore_place
from longwriter_desktop.ui.workspace import Workspace
from longwriter_desktop.ui.writing import BUSY, Activity
from longwriter_desktop.ui.writing_menu import WritingMenu

log = logging.getLogger(__name__)

_APP_NAME = "LongWriter"


class MainWindow(QMainWindow):
    """One document at a time, or the start page."""

    closed = Signal()  # the window closes for good
    settings_changed = Signal(object)  # other settings are in force; the Settings
    language_changed = Signal()  # the person has chosen another language of the interface; it is in `settings`

    _is_put_away = False

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self._settings = parts.settings
        self._of_document: Notice | None = None
        self._still_told = ""
        self.unsaved_settings: dict[str, Any] = {}  # what was chosen and could not be saved yet, by its name
        palette = parts.theme.palette
        self.session = parts.session
        self.start_page = StartPage(palette)
        self.workspace = Workspace(parts.session, palette, parts.settings, parts.clock)
        self.notice = NoticeStrip(palette)
        self.standing = StandingStrip(palette)
        self.opening = Opening(parts.file, parts.patience_s, self)
        self.trouble = SavingTrouble(
            parts.session,
            self.standing,
            self.opening,
            lambda: file_dialogs.ask_copy_target(
                self, parts.paths.documents / proposed_file(parts.session, ".longwriter")
            ),
            lambda title: file_dialogs.ask_about_discarding(self, title),
            self,
        )
        self.letting_go = LettingGo(parts.session, self.workspace, self.trouble, self)
        manuscript, rows = self.workspace.manuscript, self.workspace.outline.list
        fields = (self.workspace.section, self.workspace.outline.totals)
        self.reading_only = ReadingOnly((manuscript, rows), fields, self)
        self.status = StatusBar(palette)
        self.menus = Menus(self.menuBar(), self)
        self._title = MenuTitle(self.menuBar())
        self._progress = ProgressWatch(parts.session, self.workspace.outline_model, self.status, parts.clock, self)
        self._make_menus(parts)
        self._lay_out()
        self._connect_menus()
        self._connect_pages()
        self._connect_session()
        self._show_as_set(parts)
        self._show_models()
        self._show_start()
        self.trouble.look_for_kept_text()

    def _make_menus(self, parts: WindowParts) -> None:
        """What stands behind the entries of the menus, and what follows the document beside them."""
        manuscript = self.workspace.manuscript
        backups = Backups.of_app(parts.paths, parts.settings, parts.clock)
        self.history = HistoryMenu(parts.session, self.workspace, self.menus, self)
        self.section_menu = SectionMenu(self.workspace, self.menus, self.notice.dismiss, self)
        PlaceWatch(parts.session, self.workspace.outline_model, manuscript, self.status, self)
        self.writing_menu = WritingMenu(
            parts.session, self.workspace, self.menus, self.status, self.notice.dismiss, self
        )
        spelling = SpellingMenu(
            parts.session, self.workspace, self.menus, parts.settings, parts.paths, parts.dictionary_folders
        )
        self.text_menu = TextMenu(parts.session, self.workspace, self.menus, parts.settings, spelling)
        diary = Diary(parts.session, manuscript, WritingDays(parts.paths), parts.clock)
        self.statistics = StatisticsMenu(
            parts.session, self.workspace, self.menus, parts.theme, diary, parts.settings, self
        )
        self.export_menu = ExportMenu(parts, self.workspace.commit, self.menus, self)
        self.help = HelpMenu(parts, self.workspace, self.menus, self)
        self.workspace.offer(self.menus)
        self.backups = BackupsMenu(
            parts.session, self.opening, self.menus, parts.theme, backups, self.workspace.commit, self
        )
        self.models = ModelsMenu(parts.session, parts.theme, parts.shelf or AppShelf(parts.paths), self)
        self.own_files = OwnFiles(parts.session, parts.theme, parts.paths, parts.clock, self)
        reached = Reached(parts, self.menus, self.workspace, self.text_menu, self.statistics, backups, self.status)
        self.preferences = SettingsMenu(reached, self.models, self.own_files, lambda: self._settings, self)

    def _lay_out(self) -> None:
        room = self.screen().availableGeometry()
        self.setMinimumSize(min(scaled(880), room.width()), min(scaled(520), room.height()))
        self.resize(min(1280, room.width()), min(800, room.height()))
        if self._settings.window_geometry:
            restore_place(self, self._settings.window_geometry)
        self.menuBar().setNativeMenuBar(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.workspace)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(self.standing)
        column.addWidget(self.notice)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        self.status.machine.setText(self._parts.machine)

    @property
    def settings(self) -> Settings:
        """The settings as they stand."""
        return self._settings

    def change_settings(self, changes: Mapping[str, Any]) -> None:
        """Puts other settings in force and keeps them; ``changes`` by their names."""
        self._remember(replace(self._settings, **changes))

    def _show_as_set(self, parts: WindowParts) -> None:
        """Shows the machine, and ticks the menus as the settings are."""
        self.menus.show_theme(parts.theme.choice)
        self.menus.show_outline.setChecked(parts.settings.show_outline)
        self.menus.show_section_panel.setChecked(parts.settings.show_section_panel)

    # -- connecting --------------------------------------------------------------------------------

    def _connect_menus(self) -> None:
        menus, workspace = self.menus, self.workspace
        MenuOffers(self.session, workspace, menus)
        self._folding = Folding(workspace, menus)
        EnterKey(self)
        workspace.further_panels.append((self.notice, self.notice.go_to))
        menus.new.triggered.connect(self.close_document)
        menus.open.triggered.connect(self.ask_and_open)
        menus.close.triggered.connect(self.close_document)
        menus.quit.triggered.connect(self.close)
        menus.show_outline.toggled.connect(workspace.outline.setVisible)
        workspace.outline_wanted.connect(lambda: menus.show_outline.setChecked(True))
        menus.show_section_panel.toggled.connect(workspace.section.setVisible)
        menus.next_pane.triggered.connect(workspace.go_to_next_panel)
        menus.go_outline.triggered.connect(lambda: self._go(menus.show_outline, workspace.go_to_outline))
        menus.go_manuscript.triggered.connect(workspace.go_to_manuscript)
        menus.go_section.triggered.connect(lambda: self._go(menus.show_section_panel, workspace.go_to_section))
        menus.themes.triggered.connect(lambda action: self._choose_theme(action.data()))
        menus.instruction.triggered.connect(self.edit_instruction)
        menus.open_model.triggered.connect(self.own_files.ask_for_file)

    def _connect_pages(self) -> None:
        page = self.start_page
        page.plan_requested.connect(self.start_with_plan)
        page.own_outline_requested.connect(self.start_with_own_outline)
        page.model_chosen.connect(lambda choice: self.use_model(choice.model))
        page.model_file_requested.connect(self.own_files.ask_for_file)
        page.guide_requested.connect(self.help.open_guide)
        self.models.connect_to(self.menus, page, self.status)
        self.models.model_wanted.connect(self.use_model)
        self.models.models_changed.connect(self._show_models)
        self.own_files.connect_to(self.models)
        self.own_files.model_wanted.connect(self.use_model)
        self.preferences.model_wanted.connect(self.use_model)
        self.preferences.recent_changed.connect(self._show_recent)
        self.preferences.language_changed.connect(self.language_changed)
        self.settings_changed.connect(self.preferences.take)
        for part in (self.own_files, self.text_menu, self.statistics, self.preferences):
            part.settings_wanted.connect(self.change_settings)
        page.recent.open_requested.connect(self.open)
        page.recent.forget_requested.connect(self._forget)

    def _connect_session(self) -> None:
        session, parts = self.session, self._parts
        session.document_opened.connect(self._show_document)
        session.document_closed.connect(self._show_start)
        session.document_closed.connect(self._look_at_models)
        session.document_changed.connect(self._show_title)
        session.activity_changed.connect(self._activity_changed)
        session.history_moved.connect(self.notice.dismiss_info)
        session.noticed.connect(self._tell_of_document)
        for part in (self.trouble, self.opening, self.models, self.export_menu, self.help, self.start_page):
            part.noticed.connect(self.notice.show_notice)
        self.opening.opened.connect(self._take)
        self.help.document_made.connect(lambda made: self._take(made, is_guide=True))
        self.reading_only.refused.connect(session.refuse)
        parts.theme.palette_changed.connect(self._palette_changed)

    # -- documents ---------------------------------------------------------------------------------

    def start_with_plan(self, wish: Wish) -> None:
        """Makes a document for what the start page asks and begins to plan."""
        if self._tried(lambda: self.session.new_document(wish.instruction, wish.words, wish.language)):
            self.session.make_plan()

    def start_with_own_outline(self, wish: Wish) -> None:
        """Asks for the outline and makes a document with it."""
        from longwriter_desktop.ui.own_outline_dialog import OwnOutlineDialog

        dialog = OwnOutlineDialog(self)
        dialog.finished.connect(dialog.deleteLater)
        if dialog.exec() and dialog.steps:
            self._tried(
                lambda: self.session.new_document_with_outline(
                    wish.instruction, wish.words, wish.language, dialog.steps
                )
            )

    def edit_instruction(self) -> None:
        """Shows what was asked, and takes over what the person changes in it."""
        from longwriter_desktop.ui.instruction_dialog import InstructionDialog

        dialog = InstructionDialog(self.session.document, self)
        dialog.finished.connect(dialog.deleteLater)
        if dialog.exec():
            self.session.set_instruction(dialog.text, dialog.asked)

    def open(self, path: Path, still_told: str = "") -> None:
        """Opens a document; what is in hand stays when that fails. ``still_told`` is told when it is open, too."""
        if path != self.session.path or self._parts.file.read_only:
            self._still_told = still_told
            self.opening.open(path)

    def _take(self, project: Project, is_guide: bool = False) -> None:
        """Shows a document that has been opened, if what is in hand may be put away."""
        if self._is_put_away or not self.letting_go.may_go():
            project.close()
            return
        self.session.take(project)
        file, still_told, self._still_told = self._parts.file, self._still_told, ""
        troubles = [still_told, *file.repairs, *file.remarks, self._use_model_of(self.session.document)]
        goes_on = show_where_it_goes_on(self.session.document, self.workspace.manuscript)
        told = in_a_row([*map(shown, troubles), "" if is_guide or file.read_only else goes_on])
        if told:
            self._tell_of_document(Notice(told, "problem" if any(troubles) else "info"))

    def ask_and_open(self) -> None:
        path = file_dialogs.ask_document_to_open(self, self._parts.paths.documents)
        if path is not None:
            self.open(path)

    def close_document(self) -> None:
        """Puts the document away and shows the start page."""
        if not self.session.has_document:
            self.start_page.start_afresh()
        elif self.letting_go.may_go():
            self.session.close_document()
            self.start_page.start_afresh()

    def export(self, path: Path) -> None:
        """Exports the document as it stands; the strip says when it is done."""
        self.export_menu.export(path)

    def _forget(self, path: Path) -> None:
        self._parts.file.forget(path)
        self._show_recent()

    def _tried(self, do: Callable[[], object]) -> bool:
        """Does it; a problem goes into the strip. True when there was none."""
        try:
            do()
        except LongWriterError as problem:
            self._tell(str(problem), "problem")
            return False
        return True

    def _tell(self, text: str, kind: str = "info") -> None:
        self.notice.show_notice(Notice(text, "problem" if kind == "problem" else "info"))

    def _tell_of_document(self, notice: Notice) -> None:
        """What the session tells is about the document in hand, and goes with it."""
        self._of_document = notice
        self.notice.show_notice(notice)

    # -- showing -----------------------------------------------------------------------------------

    def _show_start(self) -> None:
        self.notice.dismiss_info()
        if self.notice.notice is self._of_document:
            self.notice.dismiss()
        self._pages.setCurrentWidget(self.start_page)
        self.status.show_start()
        self.menus.allow_changes(True)
        self.menus.enable_for_document(False)
        self._activity_changed(self.session.activity)
        self._title.show_title(_APP_NAME)
        self.setWindowTitle(_APP_NAME)
        self._show_recent()
        self.start_page.instruction.setFocus()

    def _show_document(self, document: Document) -> None:
        self.notice.dismiss()
        self._pages.setCurrentWidget(self.workspace)
        self.status.show_document()
        self.menus.enable_for_document(True)
        self._activity_changed(self.session.activity)
        self.reading_only.set_on(self._parts.file.read_only)
        self.menus.allow_changes(not self._parts.file.read_only)
        self._show_title(document)
        self._show_recent()
        (self.workspace.go_to_outline if self.menus.show_outline.isChecked() else self.workspace.go_to_manuscript)()

    def _show_title(self, document: Document) -> None:
        title = document.title or (self.session.path.stem if self.session.path else _APP_NAME)
        self._title.show_title(title)
        self.setWindowTitle(f"{title} — {_APP_NAME}")

    def _show_recent(self) -> None:
        entries = self._parts.file.recent()
        self.start_page.show_recent(entries, self._parts.clock())
        self.menus.show_recent(entries, self.open)

    def _activity_changed(self, activity: Activity) -> None:
        busy = activity in BUSY
        self.menus.show_activity(busy, activity is not Activity.WRITING, self.session.has_document)

    # -- models ------------------------------------------------------------------------------------

    def use_model(self, model: Model) -> None:
        """Writes with another model from now on, and remembers it."""
        in_use = self.session.model
        if in_use is not None and in_use.path != model.path and not may_stop(self.session, self):
            model = in_use  # Whatever shows the other one already shows this one again.
        self.session.choose_model(model)
        self._remember(replace(self._settings, model=model.name))
        self._show_models()

    def _use_model_of(self, document: Document) -> str:
        """Goes on with the model that the document was begun with; returns what to tell where it is not here now."""
        wanted, told = document.settings.model, ""
        if not wanted or (self.session.model is not None and self.session.model.name == wanted):
            return told
        try:
            self.session.choose_model(self._parts.model_at(Path(wanted)))
        except ModelProblem as problem:
            told = self.tr("{problem} Until then it is written with the model shown below.")
            told = told.format(problem=shown(str(problem)))
        self._show_models()
        return told

    def _look_at_models(self) -> None:
        """How fast each of them writes may have been measured meanwhile."""
        if not self._is_put_away:
            self.models.refresh()

    def _show_models(self, *_: object) -> None:
        choices, model = choices_of(self.models.rows) or self._parts.choices(), self.session.model
        if model is not None and all(choice.model.path != model.path for choice in choices):
            choices.append(ModelChoice(model, fit="", fits=True))
        current = next((each.model.name for each in choices if model is not None and each.model.path == model.path), "")
        self.start_page.show_models(choices, current)
        self.menus.show_models(choices, current, lambda choice: self.use_model(choice.model))

    # -- looks -------------------------------------------------------------------------------------

    def _choose_theme(self, choice: str) -> None:
        wanted: ThemeChoice = "light" if choice == "light" else "dark" if choice == "dark" else "system"
        self._parts.theme.choose(wanted)
        self._remember(replace(self._settings, theme=wanted))

    def _palette_changed(self) -> None:
        palette = self._parts.theme.palette
        for part in (self.start_page, self.workspace, self.notice, self.standing, self.status):
            part.set_palette(palette)
        self._title.fit()
        self._progress.refresh()

    def _go(self, shown: QAction, go: Callable[[], None]) -> None:
        shown.setChecked(True)
        go()

    def _remember(self, settings: Settings) -> None:
        for each in fields(Settings):
            if each.compare and getattr(settings, each.name) != getattr(self._settings, each.name):
                self.unsaved_settings[each.name] = getattr(settings, each.name)
        # Moving the models writes where they are now; that is in force here, too.
        self._settings = replace(settings, models_folder=load_settings(self._parts.paths).models_folder)
        try:
            save_changes(self._parts.paths, self.unsaved_settings)
        except OSError as problem:
            log.warning("the settings were not saved: %s", problem)
            self.preferences.tell_unsaved(problem)
        else:
            self.unsaved_settings = {}
        self.settings_changed.emit(self._settings)

    # -- the window itself ---------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.notice.isVisible():
            self.notice.dismiss()
            return
        if event.key() == Qt.Key.Key_Escape and self.menus.focus_mode.isChecked():
            self.menus.focus_mode.setChecked(False)
            return
        super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.put_away():
            super().closeEvent(event)
        else:
            event.ignore()

    def put_away(self, *, in_sight: bool = False) -> bool:
        """Saves everything and ends all work; False where that must not be now, and the person has been told why.

        ``in_sight``: the window is still to be seen, as it looks now, until another one stands in its place.
        """
        if self._is_put_away:
            return True
        if not self.models.may_close() or not self.letting_go.may_go():
            return False
        self._is_put_away = True
        shown = self.workspace.splitter.sizes()
        self._remember(
            replace(
                self._settings,
                window_geometry=kept_place(self),
                splitter_sizes=tuple(shown) if min(shown) > 0 else self._settings.splitter_sizes,
                show_outline=self.menus.show_outline.isChecked(),
                show_section_panel=self._folding.panel_wanted,
            )
        )
        if in_sight:
            self.setUpdatesEnabled(False)
        else:
            self.hide()  # What is put away from here on may take a moment, of which nobody sees anything.
        self.closed.emit()
        self.opening.close()
        self.session.close()
        self._parts.exporting.close()
        self.backups.close()
        self.own_files.close()
        self.text_menu.close()
        self.models.close()
        self.preferences.close()
        return True
