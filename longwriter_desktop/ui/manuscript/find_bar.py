"""The bar for finding and replacing, above the manuscript."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.manuscript.finder import Finder, Tally
from longwriter_desktop.ui.manuscript.finding import Query
from longwriter_desktop.ui.theme import Palette, small_font, with_tabular_numbers
from longwriter_desktop.ui.undo_keys import UndoKeys, forget_typing

_LONGEST_SELECTION = 200
"""A selection of more characters, or of more than one line, is not taken as what to find."""
_ICON = QSize(14, 14)
_MARGINS = (12, 8, 8, 6)
_FIELD_PX = 96
"""How narrow a field may become beside the buttons."""
_SAY_AFTER_MS = 600
"""How long the number of places has to stand before a screen reader is told."""


class FindBar(QWidget):
    """Two lines, the second only for replacing, and a line that says how many places there are."""

    closed = Signal()  # the person has closed the bar

    def __init__(self, finder: Finder, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Find and replace"))
        self._finder = finder
        self.query = self._field(self.tr("Find"))
        self.instead = self._field(self.tr("Replace with"))
        case = self.tr("Match case")
        self.matches_case = self._switch("Aa", case, self.tr("Capital and small letters must be as typed"))
        self.whole_words = self._switch("ab|", self.tr("Whole words"), self.tr("Not inside of longer words"))
        self.is_regex = self._switch(
            ".*", self.tr("Regular expression"), self.tr("A pattern: $1 or \\1 in the replacement is its group 1")
        )
        self.to_previous = self._button(self.tr("Previous place"), "Shift+F3")
        self.to_next = self._button(self.tr("Next place"), "F3")
        self.close_button = self._button(self.tr("Close"), "Esc")  # The bar's own key, which nobody can change.
        self.replace = QPushButton(self.tr("&Replace"))
        self.replace_all = QPushButton(self.tr("Replace &all"))
        self._deeds, self._fields, self._is_narrow = QWidget(), QGridLayout(), False
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setFont(with_tabular_numbers(small_font(self.font())))
        # A line is there also while nothing is said: the text below must not jump.
        self.said.setMinimumHeight(self.said.fontMetrics().height())
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAY_AFTER_MS)
        self._saying.timeout.connect(self._say_aloud)
        self._lay_out()
        self._connect()
        self.set_palette(palette)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.setMinimumWidth(_FIELD_PX)
        return field

    def _switch(self, text: str, name: str, tip: str) -> QToolButton:
        switch = QToolButton()
        switch.setText(text)
        switch.setCheckable(True)
        switch.setAccessibleName(name)
        switch.setToolTip(self.tr("{name}: {tip}").format(name=name, tip=tip))
        switch.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return switch

    def _button(self, name: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(_ICON)
        button.setAccessibleName(name)
        self._show_keys_of(button, keys)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _show_keys_of(self, button: QToolButton, keys: str) -> None:
        name = button.accessibleName()
        button.setToolTip(self.tr("{name} ({keys})").format(name=name, keys=keys) if keys else name)

    def show_keys(self, to_next: str, to_previous: str) -> None:
        """Names other keys in the tips of the arrows; "" for none."""
        self._show_keys_of(self.to_next, to_next)
        self._show_keys_of(self.to_previous, to_previous)

    def _lay_out(self) -> None:
        options = QHBoxLayout()
        options.setSpacing(2)
        for button in (self.matches_case, self.whole_words, self.is_regex, self.to_previous, self.to_next):
            options.addWidget(button)
        options.addWidget(self.close_button)
        deeds = QHBoxLayout()
        deeds.setContentsMargins(0, 0, 0, 0)
        deeds.setSpacing(4)
        deeds.addWidget(self.replace)
        deeds.addWidget(self.replace_all)
        self._deeds.setLayout(deeds)
        fields = self._fields
        fields.setHorizontalSpacing(6)
        fields.setVerticalSpacing(6)
        fields.setColumnStretch(0, 1)
        fields.addWidget(self.query, 0, 0)
        fields.addLayout(options, 0, 1)
        self._place_replacing()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*_MARGINS)
        whole.setSpacing(4)
        whole.addLayout(fields)
        whole.addWidget(self.said)
        order: list[QWidget] = [
            *(self.query, self.instead, self.matches_case, self.whole_words, self.is_regex),
            *(self.to_previous, self.to_next, self.replace, self.replace_all, self.close_button),
        ]
        for one, other in pairwise(order):
            QWidget.setTabOrder(one, other)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for them beside the field, the two buttons stand below it."""
        super().resizeEvent(event)
        left, _, right, _ = _MARGINS
        room = event.size().width() - left - right - self._fields.horizontalSpacing() - _FIELD_PX
        is_narrow = self._deeds.sizeHint().width() > room
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._place_replacing()

    def _place_replacing(self) -> None:
        for widget in (self.instead, self._deeds):
            self._fields.removeWidget(widget)
        if self._is_narrow:
            self._fields.addWidget(self.instead, 1, 0, 1, 2)
            self._fields.addWidget(self._deeds, 2, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        else:
            self._fields.addWidget(self.instead, 1, 0)
            self._fields.addWidget(self._deeds, 1, 1)

    def _connect(self) -> None:
        finder = self._finder
        self.query.textChanged.connect(lambda _: self._look())
        for switch in (self.matches_case, self.whole_words, self.is_regex):
            switch.toggled.connect(lambda _: self._look())
        self.to_next.clicked.connect(finder.next)
        self.to_previous.clicked.connect(finder.previous)
        self.replace.clicked.connect(self._replace)
        self.replace_all.clicked.connect(lambda: finder.replace_all(self.instead.text()))
        finder.replaced.connect(lambda: forget_typing(self.query, self.instead))
        UndoKeys(self).watch(self.query, self.instead)
        self.close_button.clicked.connect(self.closed)
        finder.changed.connect(self._show_state)

    def set_palette(self, palette: Palette) -> None:
        self.close_button.setIcon(icon("close", palette.muted))
        self.to_previous.setIcon(icon("chevron-up", palette.ink))
        self.to_next.setIcon(icon("chevron-down", palette.ink))

    # -- opening and closing -------------------------------------------------------------------------

    def open(self, selected: str, replacing: bool) -> None:
        """Shows the bar; what is selected in the manuscript is looked for, if it is a part of one line."""
        for widget in (self.instead, self._deeds):
            widget.setVisible(replacing)
        is_usable = bool(selected.strip()) and "\n" not in selected and len(selected) <= _LONGEST_SELECTION
        # While a pattern is looked for, what is selected is what it has found.
        if is_usable and not (self.is_regex.isChecked() and self.isVisible()):
            self.query.setText(selected)
        self.show()
        self._look()
        field = self.instead if replacing and self.query.hasFocus() and self.query.text() else self.query
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def close_quietly(self) -> None:
        """Takes the bar and all marks away."""
        self._finder.stop()
        self.hide()

    def _replace(self) -> None:
        self._finder.replace(self.instead.text())

    def _look(self) -> None:
        if not self.isHidden():
            self._finder.look_for(
                Query(
                    self.query.text(),
                    self.is_regex.isChecked(),
                    self.matches_case.isChecked(),
                    self.whole_words.isChecked(),
                )
            )
        self._show_state()

    # -- what is said ------------------------------------------------------------------------------

    def _show_state(self) -> None:
        tally = self._finder.tally
        words, has_place = self._words(tally), bool(tally.places)
        for button in (self.to_next, self.to_previous, self.replace, self.replace_all):
            button.setEnabled(has_place or button.hasFocus())
        is_problem = bool(self._finder.problem)
        if self.said.property("role") != (role := "warning" if is_problem else "muted"):
            self.said.setProperty("role", role)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)
        if words != self.said.text():
            self.said.setText(words)
            self.said.setAccessibleName(words)
            self._saying.start()

    def _words(self, tally: Tally) -> str:
        finder = self._finder
        if not self.query.text():
            return finder.note
        if finder.problem:
            return finder.problem
        if not tally.places:
            # What was done says enough: that nothing is left to find after it is no failure.
            return finder.note or (self.tr("Looking…") if finder.is_looking else self.tr("Not found"))
        return " · ".join(filter(None, (self._count(tally), finder.note)))

    def _count(self, tally: Tally) -> str:
        places = f"{tally.places:,}"
        if not tally.is_all:
            places = self.tr("more than {count}").format(count=places)
        if tally.current:
            return self.tr("{number} of {count}").format(number=f"{tally.current:,}", count=places)
        is_one = tally.places == 1 and tally.is_all
        return self.tr("1 place") if is_one else self.tr("{count} places").format(count=places)

    def _say_aloud(self) -> None:
        if self.isVisible() and self.said.text():
            QAccessible.updateAccessibility(QAccessibleEvent(self.said, QAccessible.Event.Alert))

    # -- keys --------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif is_enter and self.query.hasFocus():
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self._finder.previous if is_back else self._finder.next)()
        elif is_enter and self.instead.hasFocus():
            self._replace()
        else:
            super().keyPressEvent(event)
