"""Edit > Spelling: whether it is checked and in which language, the next misspelt word, the person's own words."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QActionGroup, QContextMenuEvent, QDesktopServices
from PySide6.QtWidgets import QApplication

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings
from longwriter_desktop.spelling.dictionaries import chosen_language, dictionaries, own_folder
from longwriter_desktop.spelling.own_words import change_own_words, load_own_words, own_words_path
from longwriter_desktop.ui.language_names import language_name
from longwriter_desktop.ui.manuscript.spelling import Spelling
from longwriter_desktop.ui.menus import Menus
from longwriter_desktop.ui.notice import NoticeAction
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, shown, translate
from longwriter_desktop.ui.workspace import Workspace

BY_DOCUMENT = QT_TRANSLATE_NOOP("SpellingMenu", "As the &document")
OPEN_FOLDER = QT_TRANSLATE_NOOP("SpellingMenu", "&Folder for dictionaries…")
NONE_FOUND = QT_TRANSLATE_NOOP(
    "SpellingMenu",
    "No spelling dictionary for this document was found. Edit > Spelling opens a folder where one can be put: "
    "two files such as de_DE.aff and de_DE.dic, as LibreOffice and Firefox have them.",
)


class SpellingMenu(QObject):
    """Keeps the manuscript's spelling as the person has chosen it. ``folders`` gives where dictionaries lie."""

    settings_wanted = Signal(object)  # the person has chosen something that is remembered; a dict of settings

    def __init__(
        self,
        session: Session,
        workspace: Workspace,
        menus: Menus,
        settings: Settings,
        paths: AppPaths,
        folders: Callable[[], Sequence[Path]],
    ) -> None:
        super().__init__(menus)
        self._session = session
        self._menu = menus.spelling_menu
        self._paths = paths
        self._folders = folders
        self._wanted = settings.spelling_language
        self._languages: QActionGroup | None = None
        self._own = load_own_words(paths)
        self.spelling = Spelling(workspace.manuscript)
        self.spelling.add_wished.connect(self.add_word)
        self.spelling.told.connect(session.tell)
        self._check = menus.check_spelling
        self._check.setChecked(settings.check_spelling)
        self._check.triggered.connect(self._choose_to_check)
        menus.next_misspelt.triggered.connect(self._go_to_next)
        menus.suggestions.triggered.connect(self._open_menu_at_cursor)
        self._workspace = workspace
        self._fixed = len(self._menu.actions())
        self._menu.aboutToShow.connect(self._show_languages)
        session.document_opened.connect(lambda _: self.refresh())
        session.document_closed.connect(lambda: self.spelling.use(None, self._own))

    def close(self) -> None:
        """Ends the process that looks words up, for when the window closes."""
        self.spelling.close()

    def refresh(self) -> bool:
        """Uses the dictionary that fits now; False when it is to be checked, and there is none."""
        dictionary = None
        is_wanted = self._check.isChecked() and self._session.has_document
        if is_wanted:
            there = dictionaries(self._folders())
            locale = QLocale.system().name()
            dictionary = there.get(chosen_language(there, self._wanted, self._session.document.language, locale))
        self.spelling.use(dictionary, self._own)
        return dictionary is not None or not is_wanted

    def use_settings(self, settings: Settings) -> None:
        """Checks as other settings ask, with the person's words as they stand in their file, and ticks the menu so."""
        self._wanted = settings.spelling_language
        self._check.setChecked(settings.check_spelling)
        self._own = load_own_words(self._paths)
        self.refresh()

    # -- what the person chooses ---------------------------------------------------------------------

    def _choose_to_check(self, check: bool) -> None:
        self.settings_wanted.emit({"check_spelling": check})
        if not self.refresh():
            self._session.tell(translate("SpellingMenu", NONE_FOUND))

    def _choose_language(self, language: str) -> None:
        self._wanted = language
        self._check.setChecked(True)
        self.settings_wanted.emit({"spelling_language": language, "check_spelling": True})
        if not self.refresh():
            self._session.tell(translate("SpellingMenu", NONE_FOUND))

    def _go_to_next(self) -> None:
        if not self._check.isChecked():  # Whoever looks for one wants the spelling checked.
            self._check.setChecked(True)
            self.settings_wanted.emit({"check_spelling": True})
        if self.refresh():
            self.spelling.go_to_next()
        else:
            self._session.tell(translate("SpellingMenu", NONE_FOUND))

    def _open_menu_at_cursor(self) -> None:
        """Opens the menu of what has the focus, as the Menu key does; in the text it begins with suggestions."""
        manuscript = self._workspace.manuscript
        focus = QApplication.focusWidget() or manuscript
        if focus is manuscript and not self._check.isChecked():
            self._choose_to_check(True)
        at = focus.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
        at = at.toPoint() if isinstance(at, QPointF) else at
        reason = QContextMenuEvent.Reason.Keyboard
        QApplication.postEvent(focus, QContextMenuEvent(reason, at, focus.mapToGlobal(at)))

    def _show_languages(self) -> None:
        """Fills the menu below its fixed entries: what dictionaries there are may have changed."""
        for action in self._menu.actions()[self._fixed :]:
            self._menu.removeAction(action)
            action.deleteLater()
        self._languages = QActionGroup(self._menu)
        self._menu.addSeparator()
        there = sorted(dictionaries(self._folders()), key=language_name)
        for text, language in [
            (translate("SpellingMenu", BY_DOCUMENT), ""),
            *((language_name(each), each) for each in there),
        ]:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(language == self._wanted)
            action.triggered.connect(lambda _=False, chosen=language: self._choose_language(chosen))
            self._languages.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(translate("SpellingMenu", OPEN_FOLDER), self._open_folder)

    def _open_folder(self) -> None:
        folder = own_folder(self._paths)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            told = self.tr("The folder {folder} could not be made ({problem}). Nothing was changed.")
            self._session.tell(told.format(folder=folder, problem=problem))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            told = self.tr("Put dictionaries into {folder}: pairs of files such as de_DE.aff and de_DE.dic.")
            self._session.tell(told.format(folder=folder))

    # -- the person's own words ----------------------------------------------------------------------

    def add_word(self, word: str) -> None:
        """Takes a word among the person's own; the notice that says so has an Undo."""
        if self._change_words(add=(word,)):
            undo = NoticeAction(self.tr("Undo"), lambda: self._change_words(remove=(word,)))
            told = self.tr("“{word}” is among your words now, in {file}.")
            self._session.tell(told.format(word=word, file=own_words_path(self._paths)), undo)

    def _change_words(self, add: tuple[str, ...] = (), remove: tuple[str, ...] = ()) -> bool:
        try:
            self._own = change_own_words(self._paths, add, remove)
        except OSError as problem:
            told = self.tr("Your word could not be kept ({problem}). The list of your words is as it was.")
            self._session.tell(told.format(problem=shown(str(problem))))
            return False
        self.refresh()
        return True
