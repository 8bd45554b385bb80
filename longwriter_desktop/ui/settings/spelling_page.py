"""Settings > Spelling: whether and in which language it is checked, and the person's own words."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings
from longwriter_desktop.spelling.dictionaries import dictionaries, own_folder
from longwriter_desktop.spelling.own_words import change_own_words, load_own_words, own_words_path
from longwriter_desktop.spelling.words import looked_up
from longwriter_desktop.ui.language_names import language_name
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.open_folder import open_folder
from longwriter_desktop.ui.settings.page import SettingsPage, push_button
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP

_LIST_LINES = 9


class SpellingPage(SettingsPage):
    """``folders`` gives where dictionaries lie."""

    TITLE = QT_TRANSLATE_NOOP("SpellingPage", "Spelling")

    def __init__(self, paths: AppPaths, folders: Callable[[], Sequence[Path]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths, self._folders = paths, folders
        self._added: frozenset[str] = frozenset()
        self._removed: frozenset[str] = frozenset()
        self._there: list[str] = []
        self.add_check(
            "check_spelling",
            self.tr("Check spelling"),
            self.tr("Misspelt words are underlined; Edit > Spelling goes from one to the next."),
        )
        self.languages = ChoiceField()
        self.add_row(
            self.tr("Language"),
            self.tr(
                "To add a language, put its dictionary into this folder: two files such as de_DE.aff and "
                "de_DE.dic, which come with LibreOffice and Firefox."
            ),
            self.languages,
            push_button(self.tr("Open folder"), self._open_folder),
        )
        self.bind_combo("spelling_language", self.languages)
        self._shows["spelling_language"] = self._show_language
        self.add_title(self.tr("Your words"))
        self.add_text(self.tr("These words count as correct in every document."))
        self._add_words()
        self.add_stretch()

    def _add_words(self) -> None:
        self.words = QListWidget()
        self.words.setAccessibleName(self.tr("Your words"))
        self.words.setFixedHeight(_LIST_LINES * self.fontMetrics().lineSpacing())
        self.words.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.word = QLineEdit()
        self.word.setPlaceholderText(self.tr("Another word"))
        self.word.setAccessibleName(self.tr("Another word"))
        self.word.returnPressed.connect(self.add_word)
        self.add_button = push_button(self.tr("Add"), self.add_word)
        self.remove_button = push_button(self.tr("Remove"), self.remove_words)
        self.words.itemSelectionChanged.connect(self._show_buttons)
        self.word.textChanged.connect(lambda _: self._show_buttons())
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.word, 1)
        row.addWidget(self.add_button)
        row.addWidget(self.remove_button)
        column.addLayout(row)
        self.add_wide(box, self.tr("Your words"))

    # -- the page as a whole -------------------------------------------------------------------------

    @override
    def begin(self) -> None:
        self._there = sorted(dictionaries(self._folders()), key=language_name)
        self._added = self._removed = frozenset()
        self._show_words(load_own_words(self._paths))

    @property
    @override
    def has_changes(self) -> bool:
        return bool(self._added or self._removed)

    @override
    def take_back(self) -> None:
        if self.has_changes:
            self._change_words(self._removed, self._added)

    @property
    @override
    def half_typed(self) -> object:
        return self.word.text() or None

    @override
    def type_again(self, typed: object) -> None:
        self.word.setText(str(typed or ""))

    @override
    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._show_words(load_own_words(self._paths))

    def _show_language(self, wanted: str) -> None:
        there = [*self._there, *([wanted] if wanted and wanted not in self._there else [])]
        names = [(language_name(each), each) for each in there]
        self.languages.offer([(self.tr("Same as the document"), ""), *names])
        self.languages.setCurrentIndex(self.languages.findData(wanted))

    # -- own words -----------------------------------------------------------------------------------

    def add_word(self) -> None:
        """Takes what stands in the field among the person's words."""
        word = looked_up(self.word.text().strip())
        if word and self._change_words(frozenset({word}), frozenset()):
            self.word.clear()

    def remove_words(self) -> None:
        """Takes the chosen words out of the list."""
        self._change_words(frozenset(), frozenset(item.text() for item in self.words.selectedItems()))

    def _change_words(self, add: frozenset[str], remove: frozenset[str]) -> bool:
        before = load_own_words(self._paths)
        try:
            words = change_own_words(self._paths, add, remove)
        except OSError as problem:
            self.told.emit(
                self.tr("The list of your words could not be saved in {file} ({problem}); it is as it was.").format(
                    file=own_words_path(self._paths), problem=problem
                )
            )
            return False
        added, removed = words - before, before - words
        self._added, self._removed = (
            (self._added - removed) | (added - self._removed),
            (self._removed - added) | (removed - self._added),
        )
        self._show_words(words)
        self.changed.emit()
        return True

    def _show_words(self, words: frozenset[str]) -> None:
        shown = sorted(words, key=lambda word: (word.casefold(), word))
        if shown != [self.words.item(at).text() for at in range(self.words.count())]:
            self.words.clear()  # Otherwise what is chosen in the list stays so.
            self.words.addItems(shown)
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.add_button.setEnabled(bool(self.word.text().strip()))
        self.remove_button.setEnabled(bool(self.words.selectedItems()))

    def _open_folder(self) -> None:
        if sentence := open_folder(own_folder(self._paths), make=True):
            self.told.emit(sentence)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.words.hasFocus():
            self.remove_words()
        else:
            super().keyPressEvent(event)
