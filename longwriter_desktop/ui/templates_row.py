"""What can be put into the box on the start page, as rows of small buttons below it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.ui.flow_layout import FlowLayout
from longwriter_desktop.ui.templates import KINDS, Beginnings, beginnings, kind_name
from longwriter_desktop.ui.theme import small_font

_GAP_PX = 6
# Quieter than the page's own buttons: their colours, less height.
_SMALL_BUTTONS = "QPushButton { font-weight: 400; padding: 3px 10px; } QPushButton:focus { padding: 2px 9px; }"

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class _RowButton(QPushButton):
    """Leaves the arrows to its row; Qt would go on to the next field with them, as with Tab."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
            return
        super().keyPressEvent(event)


class ButtonRow(QWidget):
    """Buttons that go on in the next line where the width ends. Tab reaches one of them, arrows the others."""

    pressed = Signal(int)  # a button was pressed; its number, from 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_SMALL_BUTTONS)
        self.label = QLabel()
        self.label.setProperty("role", "muted")
        self.label.setFont(small_font(self.font()))
        self.buttons: list[_RowButton] = []
        self._row = FlowLayout(_GAP_PX, self)
        self._row.addWidget(self.label)

    def show_entries(self, label: str, entries: Sequence[tuple[str, str]]) -> None:
        """Shows ``label`` and a button for each of ``entries``, which are a name and what its tip says."""
        self.label.setText(label)
        for number in range(len(self.buttons), len(entries)):
            button = _RowButton()
            button.setFont(small_font(self.font()))
            button.clicked.connect(lambda _=False, number=number: self.pressed.emit(number))
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus if number else Qt.FocusPolicy.StrongFocus)
            self._row.addWidget(button)
            self.buttons.append(button)
        for button, (name, tip) in zip(self.buttons, entries, strict=True):
            button.setText(name)
            button.setToolTip(f"<p>{escape(tip)}</p>")  # Qt breaks the lines of rich text alone.
            button.setAccessibleName(f"{label} {name}")
            button.setAccessibleDescription(tip)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        at = next((number for number, button in enumerate(self.buttons) if button.hasFocus()), -1)
        if not step or at < 0:
            super().keyPressEvent(event)
            return
        new = (at + step) % len(self.buttons)
        for number, button in enumerate(self.buttons):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == new else Qt.FocusPolicy.ClickFocus)
        self.buttons[new].setFocus(Qt.FocusReason.OtherFocusReason)


class TemplatesRow(QWidget):
    """The templates, and whole examples, in one language at a time."""

    chosen = Signal(str)  # the person wants this text in the box

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Beginnings = beginnings("en")
        self.templates = ButtonRow()
        self.examples = ButtonRow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self.templates)
        layout.addWidget(self.examples)
        self.templates.pressed.connect(lambda number: self.chosen.emit(self._shown.templates[KINDS[number]]))
        self.examples.pressed.connect(lambda number: self.chosen.emit(self._shown.examples[number].text))
        self.show_language("en")
        labels = (self.templates.label, self.examples.label)
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)  # The buttons of both rows begin at the same place.

    def show_language(self, language: str) -> None:
        """Offers the texts in ``language``, "en" or "zh". The names of templates stay in the window's language."""
        self._shown = beginnings(language)
        templates = [(kind_name(kind), self._shown.templates[kind]) for kind in KINDS]
        self.templates.show_entries(self.tr("Templates"), templates)
        self.examples.show_entries(self.tr("Examples"), [(each.name, each.text) for each in self._shown.examples])

    def counterpart(self, text: str, language: str) -> str:
        """The same template or example in ``language``, where ``text`` is one as it ships; else ""."""
        for known in ("en", "zh"):
            texts = beginnings(known).texts
            if text.strip() in texts:
                return beginnings(language).texts[texts.index(text.strip())]
        return ""
