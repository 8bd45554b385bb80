"""A line beside a field that says why something typed there was not taken."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from longwriter_desktop.ui.accessible_roles import read_aloud
from longwriter_desktop.ui.theme import scaled, small_font

STAYS_MS = 7000
"""How long it is shown, where nothing else is typed meanwhile."""
_WIDEST_PX = 420
_GAP_PX = 4
_LOW = 0.75
"""From here on, as a share of the window's height, a field has what the window is for below it: its buttons."""


class FieldNote(QObject):
    """Lies over what is below or above the field, so that nothing jumps; goes when something else is typed or done."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self._label: QLabel | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)
        line = field.findChild(QLineEdit) if isinstance(field, QSpinBox) else field
        if isinstance(line, QLineEdit):
            line.textChanged.connect(self.hide)
        field.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is shown, "" when nothing is."""
        return self._label.text() if self._label is not None and not self._label.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Shows one sentence, and has a screen reader say it."""
        if not self._field.isVisible():
            return
        window = self._field.window()
        label = self._label_in(window)
        label.setWordWrap(False)  # Its natural width first; it is wrapped where that is too wide.
        label.setText(sentence)
        width = min(scaled(_WIDEST_PX), label.sizeHint().width(), window.width() - 16)
        label.setWordWrap(True)
        label.resize(width, label.heightForWidth(width))
        label.move(self._place(label, window))
        label.show()
        label.raise_()
        self._timer.start()
        read_aloud(label)

    def hide(self) -> None:
        self._timer.stop()
        if self._label is not None:
            self._label.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        return super().eventFilter(watched, event)

    def _label_in(self, window: QWidget) -> QLabel:
        if self._label is None:
            label = QLabel(window)
            label.setObjectName("fieldNote")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(small_font(self._field.font()))
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._field.destroyed.connect(label.deleteLater)
            self._label = label
        return self._label

    def _place(self, label: QLabel, window: QWidget) -> QPoint:
        """Below the field, or above one that is low in the window; inside the window from left to right."""
        below = self._field.mapTo(window, QPoint(0, self._field.height() + _GAP_PX))
        if below.y() > window.height() * _LOW:
            below.setY(self._field.mapTo(window, QPoint(0, 0)).y() - label.height() - _GAP_PX)
        below.setX(max(8, min(below.x(), window.width() - label.width() - 8)))
        return below
