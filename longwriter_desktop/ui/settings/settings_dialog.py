"""The settings: the list of pages and a search on the left, the page in hand on the right. No modal box."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
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
from longwriter_desktop.ui.accessible_roles import read_aloud
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.settings.page import PAGE_LEFT_PX, SettingsPage, plain_label, push_button
from longwriter_desktop.ui.theme import scaled, small_font, text_px

_BESIDE_TEXT_PX = 56
"""Of the list and the search: padding, and the cross that empties the search."""
_WIDTH_LINES, _HEIGHT_LINES = 62, 46
"""The size of the dialog, in lines of the system's font."""
_HEADING = 1.2
"""How much larger than other text the title of the page in hand is."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the dialog. It is made when it is first shown or searched."""

    title: str
    make: Callable[[], SettingsPage]


@dataclass(frozen=True, slots=True)
class DialogPlace:
    """Where the person is in the settings, for the dialog of another window.

    ``typed`` is what is half typed, by the page's number; ``changed`` names the settings that were changed since the
    dialog was opened, when ``at_first`` was in force; ``focus`` is the number of the field with the cursor on the page
    in hand, -1 for none of them.
    """

    row: int
    typed: Mapping[int, object]
    at_first: Settings
    changed: frozenset[str]
    focus: int = -1


class SettingsDialog(FittedDialog):
    """What is changed applies at once. “Undo changes” brings back what was in force when the dialog was opened."""

    settings_wanted = Signal(object)  # the person has changed settings; a dict of their names and values

    def __init__(
        self, entries: Sequence[PageEntry], settings: Callable[[], Settings], parent: QWidget | None = None
    ) -> None:
        """``settings`` gives those in force."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        line = self.fontMetrics().lineSpacing()
        self.resize(_WIDTH_LINES * line, _HEIGHT_LINES * line)
        self._entries = tuple(entries)
        self._pages: dict[int, SettingsPage] = {}
        self._settings = settings
        self._at_first = settings()
        self._changed: frozenset[str] = frozenset()
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search the settings"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._seek())
        self.search.installEventFilter(self)
        # One page at a turn of the event loop: what is typed meanwhile does not wait for all of them.
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.setInterval(0)
        self._making.timeout.connect(self._make_next)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Pages"))
        self.stack = QStackedWidget()
        self._places: list[QVBoxLayout] = []
        for entry in self._entries:
            self.list.addItem(QListWidgetItem(entry.title))
            place = QWidget()
            self._places.append(QVBoxLayout(place))
            self._places[-1].setContentsMargins(0, 0, 0, 0)
            self.stack.addWidget(place)
        self.none_found = plain_label(self.tr("No setting was found. Try another word."), "muted")
        self.none_found.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none_found.hide()
        self.heading = QLabel()
        self.heading.setProperty("role", "strong")
        self.heading.setIndent(PAGE_LEFT_PX)
        larger = self.heading.font()
        larger.setPixelSize(round(text_px() * _HEADING))
        self.heading.setFont(larger)
        self.told = plain_label("", "muted")
        self.told.setFont(small_font(self.font()))
        self.reset_button = push_button(self.tr("Reset this page"), self._reset)
        self.undo_button = push_button(self.tr("Undo changes"), self._take_back)
        self.close_button = push_button(self.tr("Close"), self.reject)
        self._lay_out()
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._go_to_row)
        self.stack.currentChanged.connect(self._show_page)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        beside = QWidget()
        beside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        texts = (self.search.placeholderText(), *(entry.title for entry in self._entries))
        beside.setFixedWidth(max(map(self.fontMetrics().horizontalAdvance, texts)) + scaled(_BESIDE_TEXT_PX))
        right = QVBoxLayout()
        right.setSpacing(16)
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

    def open_again(self) -> None:
        """Shows the dialog where it was, or brings it to the front."""
        if not self.isVisible():
            self._begin()
        self.show()
        self.list.doItemsLayout()  # Its rows were as high as text alone while the list had no style yet.
        self.activateWindow()
        self.search.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Shows what is in force now, wherever it was changed."""
        for page in self.pages:
            page.show_settings(settings)
        self._show_buttons()

    def show_model(self) -> None:
        """Shows that another model is in use."""
        for page in self.pages:
            page.show_model()
        self.show_settings(self._settings())

    @property
    def place(self) -> DialogPlace:
        """Which page is in hand, what is half typed on each of them, and what can be undone."""
        typed = {at: page.half_typed for at, page in self._pages.items() if page.half_typed is not None}
        fields, at = self._fields(), self.focusWidget()
        focus = fields.index(at) if at in fields else -1
        return DialogPlace(self.list.currentRow(), typed, self._at_first, self._changed, focus)

    def go_to(self, place: DialogPlace) -> None:
        """Shows what was the `place` of the dialog of another window."""
        self._at_first, self._changed = place.at_first, place.changed
        self.list.setCurrentRow(place.row)
        for at, typed in place.typed.items():
            self._page_at(at).type_again(typed)
        fields = self._fields()
        if 0 <= place.focus < len(fields):
            fields[place.focus].setFocus()
        self._show_buttons()

    def _fields(self) -> list[QWidget]:
        """What Tab reaches on the page in hand, in the order in which it was made."""
        stops = (each for each in self.page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return [each for each in stops if each.window() is self]

    def tell(self, sentence: str) -> None:
        """Says something at the foot."""
        self.told.setText(sentence)
        if sentence:
            read_aloud(self.told)

    def close_down(self) -> None:
        """Ends what goes on for it; it is not shown again."""
        self._making.stop()
        for page in self.pages:
            page.close_down()
        self.hide()

    # -- pages -----------------------------------------------------------------------------------------

    @property
    def page(self) -> SettingsPage:
        """The page in hand."""
        return self._page_at(max(0, self.stack.currentIndex()))

    @property
    def pages(self) -> tuple[SettingsPage, ...]:
        """Those that were needed so far."""
        return tuple(self._pages[at] for at in sorted(self._pages))

    def _page_at(self, at: int) -> SettingsPage:
        if at in self._pages:
            return self._pages[at]
        page = self._pages[at] = self._entries[at].make()
        page.settings_wanted.connect(self._change)
        page.told.connect(self.tell)
        page.changed.connect(self._show_buttons)
        page.begin()
        page.show_settings(self._settings())
        self._places[at].addWidget(page)
        page.show()
        self._put_foot_last(page)
        return page

    def _put_foot_last(self, page: SettingsPage) -> None:
        """Tab goes from the page to the buttons below it: what is made later comes behind them otherwise."""
        chain: list[QWidget] = [self]
        while (following := chain[-1].nextInFocusChain()) is not None and following is not self:
            chain.append(following)
        stops = [each for each in chain if page.isAncestorOf(each) and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for one, other in pairwise((*stops[-1:], self.reset_button, self.undo_button, self.close_button)):
            self.setTabOrder(one, other)

    def _make_next(self) -> None:
        """Makes one of the pages that are still to be searched."""
        missing = [at for at in range(len(self._entries)) if at not in self._pages]
        if missing and self.search.text():
            self._page_at(missing[0])
            self._seek()

    # -- inside ----------------------------------------------------------------------------------------

    def _seek(self) -> None:
        """Leaves the pages and rows that hold all words of the search; with none of them everything is shown again.

        A page that is not made yet is left until it is, a moment later.
        """
        words = self.search.text()
        found = [self._pages[at].seek(words) if at in self._pages else 1 for at in range(len(self._entries))]
        is_complete = not words or len(self._pages) == len(self._entries)
        for at, count in enumerate(found):
            self.list.item(at).setHidden(not count)
        shown = [at for at, count in enumerate(found) if count]
        if is_complete and shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])
        for widget in (self.heading, self.stack, self.reset_button):
            widget.setVisible(bool(shown))
        self.none_found.setVisible(not shown)
        self.tell("")
        if not is_complete:
            self._making.start()

    def _begin(self) -> None:
        self._at_first, self._changed = self._settings(), frozenset()
        self.search.clear()
        self.tell("")
        for page in self.pages:
            page.begin()
        self.show_settings(self._at_first)
        self._show_page(self.stack.currentIndex())

    def _change(self, changes: Mapping[str, object]) -> None:
        self.tell("")
        self._changed = self._changed.union(changes)
        self.settings_wanted.emit(changes)

    def _changes(self) -> dict[str, object]:
        """What of the settings that were changed here was otherwise when the dialog was opened."""
        before, after = self._at_first, self._settings()
        names = sorted(self._changed)
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
        self._tell_success(self.tr("This page has its default values. “Undo changes” brings back yours."))

    def _tell_success(self, sentence: str) -> None:
        """Says that all went well, where nobody has said otherwise."""
        self._show_buttons()
        if not self.told.text():
            self.tell(sentence)

    def _show_buttons(self) -> None:
        self.reset_button.setEnabled(self.page.can_be_reset)
        self.undo_button.setEnabled(bool(self._changes()) or any(page.has_changes for page in self.pages))

    def _go_to_row(self, row: int) -> None:
        if row >= 0:
            self.stack.setCurrentIndex(row)

    def _show_page(self, at: int) -> None:
        self.heading.setText(self._entries[at].title)
        self.tell("")  # It was about the other page.
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
