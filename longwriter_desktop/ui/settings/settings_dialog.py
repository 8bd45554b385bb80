"""The settings: the list of pages and a search on the left, the page in hand on the right. No modal box."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.settings.page import SettingsPage, plain_label, push_button
from longwriter_desktop.ui.theme import small_font

_LIST_LETTERS = 22
_WIDTH_LINES, _HEIGHT_LINES = 62, 46
"""The size of the dialog, in lines of the system's font."""


class SettingsDialog(QDialog):
    """What is changed applies at once. “Undo changes” brings back what was in force when the dialog was opened."""

    settings_wanted = Signal(object)  # the person has changed settings; a dict of their names and values

    def __init__(
        self, pages: Sequence[SettingsPage], settings: Callable[[], Settings], parent: QWidget | None = None
    ) -> None:
        """``settings`` gives those in force."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        line, room = self.fontMetrics().lineSpacing(), self.screen().availableGeometry()
        self.resize(min(_WIDTH_LINES * line, room.width()), min(_HEIGHT_LINES * line, room.height()))
        self.pages = tuple(pages)
        self._settings = settings
        self._at_first = settings()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.seek)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.stack = QStackedWidget()
        for page in self.pages:
            self.list.addItem(QListWidgetItem(page.title))
            self.stack.addWidget(page)
            page.settings_wanted.connect(self._change)
            page.told.connect(self.tell)
            page.changed.connect(self._show_buttons)
        self.none_found = plain_label(self.tr("No setting was found. Try another word."), "muted")
        self.none_found.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none_found.hide()
        self.heading = QLabel()
        self.heading.setProperty("role", "strong")
        self.told = plain_label("", "muted")
        self.told.setFont(small_font(self.font()))
        self.reset_button = push_button(self.tr("Reset this page"), self._reset)
        self.undo_button = push_button(self.tr("Undo changes"), self._take_back)
        self.close_button = push_button(self.tr("Close"), self.reject)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_page)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        beside = QWidget()
        beside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        beside.setFixedWidth(_LIST_LETTERS * self.fontMetrics().averageCharWidth() + 40)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.heading)
        right.addWidget(self.stack, 1)
        right.addWidget(self.none_found, 1)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(beside)
        columns.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.reset_button)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(columns, 1)
        layout.addLayout(foot)

    # -- what the window does with it ------------------------------------------------------------------

    def open_at(self, page: SettingsPage | None = None) -> None:
        """Shows the dialog, on ``page`` or where it was, or brings it to the front."""
        if not self.isVisible():
            self._begin()
        if page is not None:
            self.list.setCurrentRow(self.pages.index(page))
        self.show()
        self.list.doItemsLayout()  # Its rows were as high as text alone while the list had no style yet.
        self.activateWindow()
        self.search.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Shows what is in force now, wherever it was changed."""
        for page in self.pages:
            page.show_settings(settings)
        self._show_buttons()

    @property
    def place(self) -> "tuple[int, tuple[object, ...]]":
        """Which page is in hand, and what is half typed on each of them."""
        return self.list.currentRow(), tuple(page.half_typed for page in self.pages)

    def go_to(self, place: "tuple[int, tuple[object, ...]]") -> None:
        """Shows what was the `place` of the dialog of another window."""
        row, typed = place
        self.list.setCurrentRow(row)
        for page, each in zip(self.pages, typed, strict=True):
            page.type_again(each)

    def tell(self, sentence: str) -> None:
        """Says something at the foot."""
        self.told.setText(sentence)

    def close_down(self) -> None:
        """Ends what goes on for it; it is not shown again."""
        for page in self.pages:
            page.close_down()
        self.hide()

    # -- inside ----------------------------------------------------------------------------------------

    @property
    def page(self) -> SettingsPage:
        """The page in hand."""
        return self.pages[max(0, self.stack.currentIndex())]

    def seek(self, words: str) -> None:
        """Leaves the pages and rows that hold all of ``words``; "" shows everything again."""
        found = [page.seek(words) for page in self.pages]
        for at, count in enumerate(found):
            self.list.item(at).setHidden(not count)
        shown = [at for at, count in enumerate(found) if count]
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        for widget in (self.heading, self.stack, self.reset_button):
            widget.setVisible(bool(shown))
        self.none_found.setVisible(not shown)
        self.tell("")

    def _begin(self) -> None:
        self._at_first = self._settings()
        self.search.clear()
        self.tell("")
        for page in self.pages:
            page.begin()
        self.show_settings(self._at_first)

    def _change(self, changes: object) -> None:
        self.tell("")
        self.settings_wanted.emit(changes)

    def _changes(self) -> dict[str, object]:
        """What of the pages' settings was otherwise when the dialog was opened."""
        before, after = self._at_first, self._settings()
        names = [name for page in self.pages for name in page.names]
        return {name: getattr(before, name) for name in names if getattr(before, name) != getattr(after, name)}

    def _take_back(self) -> None:
        changes = self._changes()
        self.tell("")
        for page in self.pages:
            if page.has_changes:
                page.take_back()
        if changes:
            self.settings_wanted.emit(changes)
        self._tell_success(self.tr("Everything is as it was when you opened the settings."))

    def _reset(self) -> None:
        self.tell("")
        self.page.reset()
        self._tell_success(self.tr("This page is as at first. “Undo changes” brings back what you had."))

    def _tell_success(self, sentence: str) -> None:
        """Says that all went well, where nobody has said otherwise."""
        self._show_buttons()
        if not self.told.text():
            self.tell(sentence)

    def _show_buttons(self) -> None:
        self.reset_button.setEnabled(self.page.can_be_reset)
        self.undo_button.setEnabled(bool(self._changes()) or any(page.has_changes for page in self.pages))

    def _show_page(self, row: int) -> None:
        if row >= 0:
            self.stack.setCurrentIndex(row)
            self.heading.setText(self.pages[row].title)
            self._show_buttons()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1}.get(event.key(), 0)
            if step:
                self._go(step)
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        """To the next page that is not hidden, from the search."""
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count() and self.list.item(row).isHidden():
            row += step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
