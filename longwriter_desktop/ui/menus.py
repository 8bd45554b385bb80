"""The menus and their keys. Each action is an attribute; the main window connects them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui import section_keys
from longwriter_desktop.ui.model_combo import OPEN_FILE, ModelChoice
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.recent_list import title_of
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

THEMES = (
    (QT_TRANSLATE_NOOP("Menus", "As the &system"), "system"),
    (QT_TRANSLATE_NOOP("Menus", "&Light"), "light"),
    (QT_TRANSLATE_NOOP("Menus", "&Dark"), "dark"),
)
FOCUS = (
    (QT_TRANSLATE_NOOP("Menus", "Dim all but the &paragraph"), "paragraph"),
    (QT_TRANSLATE_NOOP("Menus", "Dim all but the &sentence"), "sentence"),
    (QT_TRANSLATE_NOOP("Menus", "Dim &nothing"), "nothing"),
)
_Keys = str | QKeySequence.StandardKey


class Menus(QObject):
    """Builds the menu bar: File, Edit, View, Write, Model, Help."""

    def __init__(self, bar: QMenuBar, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._is_busy = False
        # By their codes: where both keys are called Enter, as in Chinese, their names would give the same one twice.
        control = Qt.Modifier.CTRL
        self.main_keys = [QKeySequence(control | Qt.Key.Key_Return), QKeySequence(control | Qt.Key.Key_Enter)]
        self._build_file(bar.addMenu(self.tr("&File")))
        self.edit_menu = bar.addMenu(self.tr("&Edit"))
        self._build_edit(self.edit_menu)
        self._build_view(bar.addMenu(self.tr("&View")))
        self.section_menu = bar.addMenu(self.tr("&Section"))
        self._build_section(self.section_menu)
        self.write_menu = bar.addMenu(self.tr("&Write"))
        self._build_write(self.write_menu)
        self.model_menu = bar.addMenu(self.tr("&Model"))
        self._models_group = QActionGroup(self.model_menu)
        self.models = self._action(None, self.tr("M&odels…"), "Ctrl+Shift+L")
        self.open_model = self._action(None, translate("ModelCombo", OPEN_FILE))
        self._build_help(bar.addMenu(self.tr("&Help")))

    @property
    def window(self) -> QWidget:
        """The window whose menus these are."""
        return self._window

    def _build_file(self, menu: QMenu) -> None:
        self.new = self._action(menu, self.tr("&New"), QKeySequence.StandardKey.New)
        self.open = self._action(menu, self.tr("&Open…"), QKeySequence.StandardKey.Open)
        self.recent_menu = menu.addMenu(self.tr("Open &recent"))
        self.recent_menu.setToolTipsVisible(True)  # Documents may have the same title.
        menu.addSeparator()
        self.save = self._action(menu, self.tr("&Save"), QKeySequence.StandardKey.Save)
        self.save_copy = self._action(menu, self.tr("Save &a copy…"), "Ctrl+Shift+S")
        self.backups = self._action(menu, self.tr("&Backups…"))
        self.revert = self._action(menu, self.tr("Re&vert to last opened"))
        self.export = self._action(menu, self.tr("&Export…"), "Ctrl+E")
        menu.addSeparator()
        self.close = self._action(menu, self.tr("&Close document"), QKeySequence.StandardKey.Close)
        self.quit = self._action(menu, self.tr("&Quit"), "Ctrl+Q")
        # Also from the dialogs that stand beside the window.
        self.quit.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)

    def _build_edit(self, menu: QMenu) -> None:
        self.undo = self._action(menu, self.tr("&Undo"), QKeySequence.StandardKey.Undo)
        self.redo = self._action(menu, self.tr("&Redo"), QKeySequence.StandardKey.Redo)
        menu.addSeparator()
        self.cut = self._action(menu, self.tr("Cu&t"), QKeySequence.StandardKey.Cut)
        self.copy = self._action(menu, self.tr("&Copy"), QKeySequence.StandardKey.Copy)
        self.paste = self._action(menu, self.tr("&Paste"), QKeySequence.StandardKey.Paste)
        self.select_all = self._action(menu, self.tr("Select &all"), QKeySequence.StandardKey.SelectAll)
        menu.addSeparator()
        self.find = self._action(menu, self.tr("&Find…"), "Ctrl+F")
        self.replace = self._action(menu, self.tr("Rep&lace…"), "Ctrl+H")
        self.find_next = self._action(menu, self.tr("Find &next"), "F3")
        self.find_previous = self._action(menu, self.tr("Find pre&vious"), "Shift+F3")
        menu.addSeparator()
        self.spelling_menu = menu.addMenu(self.tr("&Spelling"))
        self.check_spelling = self._action(self.spelling_menu, self.tr("&Check spelling"), "Shift+F7", checkable=True)
        self.next_misspelt = self._action(self.spelling_menu, self.tr("&Next misspelt word"), "F7")
        self.suggestions = self._action(self.spelling_menu, self.tr("&Suggestions at the cursor"), "Shift+F10")
        menu.addSeparator()
        self.settings = self._action(menu, self.tr("S&ettings…"), "Ctrl+,")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)

    def _build_view(self, menu: QMenu) -> None:
        self.show_outline = self._action(menu, self.tr("&Outline"), "F8", checkable=True)
        self.show_section_panel = self._action(menu, self.tr("&Section panel"), "F9", checkable=True)
        menu.addSeparator()
        self.next_pane = self._action(menu, self.tr("&Next panel"), "F6")
        self.go_outline = self._action(menu, self.tr("Go to outl&ine"), "Ctrl+1")
        self.go_manuscript = self._action(menu, self.tr("Go to &manuscript"), "Ctrl+2")
        self.go_section = self._action(menu, self.tr("Go to s&ection panel"), "Ctrl+3")
        menu.addSeparator()
        self.larger = self._action(menu, self.tr("&Larger text"), "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._action(menu, self.tr("Smalle&r text"), "Ctrl+-")
        self.usual_size = self._action(menu, self.tr("&Usual size"), "Ctrl+0")
        menu.addSeparator()
        self.statistics = self._action(menu, self.tr("St&atistics"), "Ctrl+Shift+T")
        menu.addSeparator()
        self.show_origins = self._action(menu, self.tr("Mar&k generated, edited and own text"), checkable=True)
        focus = menu.addMenu(self.tr("Fo&cus"))
        self.focus_mode = self._action(focus, self.tr("&Focus mode"), "Ctrl+Shift+F", checkable=True)
        focus.addSeparator()
        self.focus_dims = []
        for text, dims in FOCUS:
            self.focus_dims.append(action := self._action(focus, translate("Menus", text), checkable=True))
            action.setData(dims)
        focus.addSeparator()
        self.typewriter = self._action(focus, self.tr("&Keep the line in the middle"), checkable=True)
        self.full_screen = self._action(menu, self.tr("&Full screen"), "F11", checkable=True)
        menu.addSeparator()
        themes = menu.addMenu(self.tr("&Theme"))
        self.themes = QActionGroup(self)
        for text, choice in THEMES:
            action = self._action(themes, translate("Menus", text), checkable=True)
            action.setData(choice)
            self.themes.addAction(action)

    def _build_section(self, menu: QMenu) -> None:
        self.add_section = self._action(menu, self.tr("&Add section"), "Ctrl+Shift+N")
        menu.addSeparator()
        self.split_section = self._action(menu, self.tr("&Split at the cursor"), section_keys.SPLIT)
        self.join_sections = self._action(menu, self.tr("&Join chosen sections, or with the next"), section_keys.JOIN)
        self.duplicate_sections = self._action(menu, self.tr("D&uplicate"), section_keys.DUPLICATE)
        menu.addSeparator()
        self.move_up = self._action(menu, self.tr("Mo&ve up"), "Ctrl+Alt+Up")
        self.move_down = self._action(menu, self.tr("Move do&wn"), "Ctrl+Alt+Down")
        self.begin_chapter = self._action(menu, self.tr("Begin a &chapter here"), section_keys.CHAPTER)
        menu.addSeparator()
        self.lock_sections = self._action(menu, self.tr("&Lock or unlock"), section_keys.LOCK)
        self.keep_stale = self._action(menu, self.tr("Keep as it is: not s&tale"))
        self.delete_sections = self._action(menu, self.tr("&Delete"))
        self.deleted_sections = self._action(menu, self.tr("Deleted sectio&ns…"))

    def _build_write(self, menu: QMenu) -> None:
        self.instruction = self._action(menu, self.tr("&Instruction…"), "Ctrl+I")
        self.plan = self._action(menu, self.tr("&Make a plan"), "Ctrl+Shift+M")
        menu.addSeparator()
        menu.setToolTipsVisible(True)
        self.write = self._action(menu, self.tr("&Write", "begins"))
        self.pause = self._action(menu, self.tr("&Pause"))
        for action in (self.write, self.pause):
            action.setAutoRepeat(False)  # The key, held down, would write and pause by turns.
        menu.addSeparator()
        self.write_again = self._action(menu, self.tr("Write this section &again"), "Ctrl+Shift+Return")
        self.write_section = self._action(menu, self.tr("Write this section &only"), "Ctrl+Alt+Return")
        self.write_from_here = self._action(menu, self.tr("Write &from here on"), "Ctrl+Alt+Shift+Return")
        self.alternatives = self._action(menu, self.tr("Write a&lternatives of this section"))
        self.compare = self._action(menu, self.tr("&Compare versions of this section…"), "Ctrl+D")
        self.write_stale = self._action(menu, self.tr("&Rewrite stale sections"))
        self.write_parallel = self._action(menu, self.tr("Write all sections at the same &time"))
        self.write_parallel.setToolTip(self.tr("Faster, but the text is about 6 % less coherent."))
        menu.addSeparator()
        self.rewrite_menu = menu.addMenu(self.tr("Rewrite s&election"))
        self.rewrite_selection = self._action(None, self.tr("As &I ask…"), "Ctrl+Shift+R")
        menu.addSeparator()
        menu.addAction(self.deleted_sections)  # In the menu Section, too: it is looked for in both.
        self.clean_up_versions = self._action(menu, self.tr("Clean &up versions…"))

    def _build_help(self, menu: QMenu) -> None:
        self.shortcuts = self._action(menu, self.tr("&Keys"), "F1")
        self.guide = self._action(menu, self.tr("&Guided document"))
        menu.addSeparator()
        self.report = self._action(menu, self.tr("&Report a problem…"))
        self.about = self._action(menu, self.tr("&About LongWriter Desktop"))

    def _action(self, menu: QMenu | None, text: str, keys: _Keys = "", checkable: bool = False) -> QAction:
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setCheckable(checkable)
        if menu is not None:
            menu.addAction(action)
        return action

    # -- menus whose entries change ------------------------------------------------------------------

    def show_recent(self, entries: Sequence[RecentDocument], open_path: Callable[[Path], object]) -> None:
        """Fills File > Open recent."""
        self.recent_menu.clear()
        for entry in entries[:10]:
            action = self.recent_menu.addAction(title_of(entry).replace("&", "&&"))
            action.setToolTip(plain_tip(str(entry.path)))
            action.triggered.connect(lambda _=False, path=entry.path: open_path(path))
        self.recent_menu.setEnabled(bool(entries))

    def show_models(
        self, choices: Sequence[ModelChoice], current: str, choose: Callable[[ModelChoice], object]
    ) -> None:
        """Fills Model; ``current`` is the name of the one in use."""
        self.model_menu.clear()
        self._models_group.deleteLater()
        self._models_group = group = QActionGroup(self.model_menu)
        for choice in choices:
            fit = f"  ·  {choice.fit}" if choice.fit else ""
            action = self.model_menu.addAction(f"{choice.model.title}{fit}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(choice.model.name == current)
            group.addAction(action)
            action.triggered.connect(lambda _=False, chosen=choice: choose(chosen))
        self.model_menu.addSeparator()
        self.model_menu.addAction(self.models)
        self.model_menu.addAction(self.open_model)

    def show_theme(self, choice: str) -> None:
        """Ticks the theme in use."""
        for action in self.themes.actions():
            action.setChecked(action.data() == choice)

    def enable_for_document(self, has_document: bool) -> None:
        """Turns off what makes no sense on the start page."""
        for action in (
            *(self.save, self.export, self.save_copy, self.close, self.show_outline, self.show_section_panel),
            self.next_pane,
            *(self.go_outline, self.go_manuscript, self.go_section, self.larger, self.smaller, self.usual_size),
            *(self.instruction, self.write_again, self.write_section, self.alternatives, self.write_stale),
            self.write_from_here,
            *(self.add_section, self.deleted_sections, self.clean_up_versions, *self.changing_sections()),
            *(self.find, self.replace, self.find_next, self.find_previous, self.focus_mode),
            *(self.check_spelling, self.next_misspelt, self.suggestions, self.show_origins),
            *(self.statistics, self.compare, self.rewrite_selection),
        ):
            action.setEnabled(has_document)

    def allow_changes(self, allowed: bool) -> None:
        """Turns off what would change the document, where it is open for reading only."""
        for action in (
            *(self.undo, self.redo, self.cut, self.paste, self.instruction, self.plan, self.write, self.add_section),
            *(self.write_again, self.write_section, self.alternatives, self.write_stale, self.write_parallel),
            *(self.replace, self.rewrite_selection, self.write_from_here, *self.changing_sections()),
        ):
            action.setEnabled(allowed)

    def changing_sections(self) -> tuple[QAction, ...]:
        """What the menu Section does with the chosen sections."""
        return (
            *(self.split_section, self.join_sections, self.duplicate_sections, self.begin_chapter),
            *(self.move_up, self.move_down, self.lock_sections, self.keep_stale, self.delete_sections),
        )

    def show_activity(self, busy: bool, stops: bool, has_document: bool) -> None:
        """One key writes and pauses: it belongs to whichever of the two can be done now.

        ``stops``: what goes on cannot be gone on with later, as writing can.
        """
        self._is_busy = busy
        self.set_main_keys(self.main_keys)
        self.write.setEnabled(has_document and not busy)
        self.write_parallel.setEnabled(has_document and not busy)
        self.pause.setEnabled(busy)
        self.pause.setText(self.tr("Sto&p") if stops else self.tr("&Pause"))
        self.plan.setEnabled(has_document and not busy)

    def show_begun(self, begun: bool) -> None:
        """Whether writing goes on, or begins."""
        self.write.setText(self.tr("&Go on writing") if begun else self.tr("&Write", "begins"))

    def set_main_keys(self, keys: list[QKeySequence]) -> None:
        """The keys that write and pause."""
        self.main_keys = keys
        self.write.setShortcuts([] if self._is_busy else keys)
        self.pause.setShortcuts(keys if self._is_busy else [])
