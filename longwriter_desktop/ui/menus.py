"""The menus and their keys. Each action is an attribute; the main window connects them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from longwriter_desktop.project.recent import RecentDocument
from longwriter_desktop.ui import section_keys
from longwriter_desktop.ui.model_combo import OPEN_FILE, ModelChoice
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.recent_list import title_of

THEMES = (("As the system", "system"), ("Light", "light"), ("Dark", "dark"))
FOCUS = (
    ("Dim all but the &paragraph", "paragraph"),
    ("Dim all but the &sentence", "sentence"),
    ("Dim &nothing", "nothing"),
)
MAIN_KEY = "Ctrl+Return"
_Keys = str | QKeySequence.StandardKey


class Menus(QObject):
    """Builds the menu bar: File, Edit, View, Write, Model, Help."""

    def __init__(self, bar: QMenuBar, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._build_file(bar.addMenu("&File"))
        self._build_edit(bar.addMenu("&Edit"))
        self._build_view(bar.addMenu("&View"))
        self._build_section(bar.addMenu("&Section"))
        self._build_write(bar.addMenu("&Write"))
        self.model_menu = bar.addMenu("&Model")
        self.models = self._action(None, "M&odels…", "Ctrl+Shift+L")
        self.open_model = self._action(None, OPEN_FILE)
        self._build_help(bar.addMenu("&Help"))

    @property
    def window(self) -> QWidget:
        """The window whose menus these are."""
        return self._window

    def _build_file(self, menu: QMenu) -> None:
        self.new = self._action(menu, "&New", QKeySequence.StandardKey.New)
        self.open = self._action(menu, "&Open…", QKeySequence.StandardKey.Open)
        self.recent_menu = menu.addMenu("Open &recent")
        menu.addSeparator()
        self.save_copy = self._action(menu, "&Save a copy…", "Ctrl+Shift+S")
        self.backups = self._action(menu, "&Backups…")
        self.revert = self._action(menu, "Re&vert to last opened")
        self.export = self._action(menu, "&Export…", "Ctrl+E")
        menu.addSeparator()
        self.close = self._action(menu, "&Close document", QKeySequence.StandardKey.Close)
        self.quit = self._action(menu, "&Quit", "Ctrl+Q")

    def _build_edit(self, menu: QMenu) -> None:
        self.undo = self._action(menu, "&Undo", QKeySequence.StandardKey.Undo)
        self.redo = self._action(menu, "&Redo", QKeySequence.StandardKey.Redo)
        menu.addSeparator()
        self.cut = self._action(menu, "Cu&t", QKeySequence.StandardKey.Cut)
        self.copy = self._action(menu, "&Copy", QKeySequence.StandardKey.Copy)
        self.paste = self._action(menu, "&Paste", QKeySequence.StandardKey.Paste)
        self.select_all = self._action(menu, "Select &all", QKeySequence.StandardKey.SelectAll)
        menu.addSeparator()
        self.find = self._action(menu, "&Find…", "Ctrl+F")
        self.replace = self._action(menu, "Rep&lace…", "Ctrl+H")
        self.find_next = self._action(menu, "Find &next", "F3")
        self.find_previous = self._action(menu, "Find pre&vious", "Shift+F3")
        menu.addSeparator()
        self.spelling_menu = menu.addMenu("&Spelling")
        self.check_spelling = self._action(self.spelling_menu, "&Check spelling", "Shift+F7", checkable=True)
        self.next_misspelt = self._action(self.spelling_menu, "&Next misspelt word", "F7")

    def _build_view(self, menu: QMenu) -> None:
        self.show_outline = self._action(menu, "&Outline", "F8", checkable=True)
        self.show_section_panel = self._action(menu, "&Section panel", "F9", checkable=True)
        menu.addSeparator()
        self.next_pane = self._action(menu, "&Next panel", "F6")
        self.go_outline = self._action(menu, "Go to outl&ine", "Ctrl+1")
        self.go_manuscript = self._action(menu, "Go to &manuscript", "Ctrl+2")
        self.go_section = self._action(menu, "Go to s&ection panel", "Ctrl+3")
        menu.addSeparator()
        self.larger = self._action(menu, "&Larger text", "Ctrl++")
        self.larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.smaller = self._action(menu, "Smalle&r text", "Ctrl+-")
        self.usual_size = self._action(menu, "&Usual size", "Ctrl+0")
        menu.addSeparator()
        self.statistics = self._action(menu, "St&atistics", "Ctrl+Shift+T")
        menu.addSeparator()
        self.show_origins = self._action(menu, "Mar&k generated, edited and own text", checkable=True)
        focus = menu.addMenu("Fo&cus")
        self.focus_mode = self._action(focus, "&Focus mode", "Ctrl+Shift+F", checkable=True)
        focus.addSeparator()
        self.focus_dims = []
        for text, dims in FOCUS:
            self.focus_dims.append(action := self._action(focus, text, checkable=True))
            action.setData(dims)
        focus.addSeparator()
        self.typewriter = self._action(focus, "&Keep the line in the middle", checkable=True)
        self.full_screen = self._action(menu, "&Full screen", "F11", checkable=True)
        menu.addSeparator()
        themes = menu.addMenu("&Theme")
        self.themes = QActionGroup(self)
        for text, choice in THEMES:
            action = self._action(themes, text, checkable=True)
            action.setData(choice)
            self.themes.addAction(action)

    def _build_section(self, menu: QMenu) -> None:
        self.add_section = self._action(menu, "&Add section", "Ctrl+Shift+N")
        menu.addSeparator()
        self.split_section = self._action(menu, "&Split at the cursor", section_keys.SPLIT)
        self.join_sections = self._action(menu, "&Join chosen sections, or with the next", section_keys.JOIN)
        self.duplicate_sections = self._action(menu, "D&uplicate", section_keys.DUPLICATE)
        menu.addSeparator()
        self.move_up = self._action(menu, "Mo&ve up", "Ctrl+Alt+Up")
        self.move_down = self._action(menu, "Move do&wn", "Ctrl+Alt+Down")
        self.begin_chapter = self._action(menu, "Begin a &chapter here", section_keys.CHAPTER)
        menu.addSeparator()
        self.lock_sections = self._action(menu, "&Lock or unlock", section_keys.LOCK)
        self.delete_sections = self._action(menu, "&Delete")

    def _build_write(self, menu: QMenu) -> None:
        self.instruction = self._action(menu, "&Instruction…", "Ctrl+I")
        self.plan = self._action(menu, "&Make a plan", "Ctrl+Shift+M")
        menu.addSeparator()
        self.write = self._action(menu, "&Write")
        self.pause = self._action(menu, "&Pause")
        for action in (self.write, self.pause):
            action.setAutoRepeat(False)  # The key, held down, would write and pause by turns.
        menu.addSeparator()
        self.write_again = self._action(menu, "Write this section &again", "Ctrl+Shift+Return")
        self.write_section = self._action(menu, "Write this section &only", "Ctrl+Alt+Return")
        self.write_from_here = self._action(menu, "Write &from here on", "Ctrl+Alt+Shift+Return")
        self.alternatives = self._action(menu, "Write a&lternatives of this section")
        self.compare = self._action(menu, "&Compare versions of this section…", "Ctrl+D")
        self.write_stale = self._action(menu, "&Rewrite stale sections")
        self.write_parallel = self._action(menu, "Write all at the same &time (6 % less coherent)")
        menu.addSeparator()
        self.rewrite_menu = menu.addMenu("Rewrite s&election")
        self.rewrite_selection = self._action(None, "As &I ask…", "Ctrl+Shift+R")
        menu.addSeparator()
        self.deleted_sections = self._action(menu, "&Deleted sections…")
        self.clean_up_versions = self._action(menu, "Clean &up versions…")

    def _build_help(self, menu: QMenu) -> None:
        self.shortcuts = self._action(menu, "&Keys", "F1")
        self.about = self._action(menu, "&About LongWriter Desktop")

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
        group = QActionGroup(self.model_menu)
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
            *(self.export, self.save_copy, self.close, self.show_outline, self.show_section_panel, self.next_pane),
            *(self.go_outline, self.go_manuscript, self.go_section, self.larger, self.smaller, self.usual_size),
            *(self.instruction, self.write_again, self.write_section, self.alternatives, self.write_stale),
            self.write_from_here,
            *(self.add_section, self.deleted_sections, self.clean_up_versions, *self.changing_sections()),
            *(self.find, self.replace, self.find_next, self.find_previous, self.focus_mode),
            *(self.check_spelling, self.next_misspelt, self.show_origins),
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
            *(self.move_up, self.move_down, self.lock_sections, self.delete_sections),
        )

    def show_activity(self, busy: bool, stops: bool, has_document: bool) -> None:
        """One key writes and pauses: it belongs to whichever of the two can be done now.

        ``stops``: what goes on cannot be gone on with later, as writing can.
        """
        keys = [QKeySequence(MAIN_KEY), QKeySequence("Ctrl+Enter")]
        self.write.setShortcuts([] if busy else keys)
        self.pause.setShortcuts(keys if busy else [])
        self.write.setEnabled(has_document and not busy)
        self.write_parallel.setEnabled(has_document and not busy)
        self.pause.setEnabled(busy)
        self.pause.setText("Sto&p" if stops else "&Pause")
        self.plan.setEnabled(has_document and not busy)

    def keys(self) -> list[tuple[str, str]]:
        """Every action that has a key: what it does, and the key as it is written on this system."""
        actions = [
            value
            for value in vars(self).values()
            if isinstance(value, QAction) and value not in (self.write, self.pause)
        ]
        native = QKeySequence.SequenceFormat.NativeText
        sheet = [
            (action.text().replace("&", "").rstrip("…"), action.shortcut().toString(native))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        return [("Write or pause", QKeySequence(MAIN_KEY).toString(native)), *sheet]
