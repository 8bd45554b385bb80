"""The strip that says what happened: quiet, in the window, never a box in the way."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.theme import Palette
from longwriter_desktop.ui.translation import shown

INFO_STAYS_MS = 12_000
"""How long a notice stays that is no problem and has no button; the others stay until the next deed."""


class NoticeStrip(QWidget):
    """Shows one notice at a time, the newest."""

    dismissed = Signal()  # the strip has gone, by itself or by the person

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notice: Notice | None = None
        self._buttons: list[QPushButton] = []
        self._close = QToolButton()
        self._close.setAccessibleName(self.tr("Dismiss"))
        self._close.setToolTip(self.tr("Dismiss (Esc)"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._close.clicked.connect(self.dismiss)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(14, 6, 8, 6)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._text, 1)
        self._layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INFO_STAYS_MS)
        self._timer.timeout.connect(self.dismiss)
        self.set_palette(palette)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown, "" when nothing is."""
        return "" if self.isHidden() else self._text.text()

    @property
    def notice(self) -> Notice | None:
        """The one that is shown, or was last."""
        return self._notice

    def set_palette(self, palette: Palette) -> None:
        self._close.setIcon(icon("close", palette.muted))

    def show_notice(self, notice: Notice) -> None:
        """Shows ``notice`` in the place of whatever was shown."""
        self._notice = notice
        text = shown(notice.text)
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.setProperty("kind", notice.kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self._set_buttons(notice.actions)
        self.show()
        if notice.kind == "info" and not notice.actions:
            self._timer.start()
        else:
            self._timer.stop()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Takes the strip away."""
        self._timer.stop()
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def dismiss_info(self) -> None:
        """Takes a notice away that something else has overtaken; a problem stays."""
        if self.property("kind") == "info":
            self.dismiss()

    def _set_buttons(self, actions: tuple[NoticeAction, ...]) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for place, action in enumerate(actions, start=1):
            button = QPushButton(action.label)
            button.setProperty("role", "link")
            button.setAccessibleName(action.label)
            button.clicked.connect(lambda _=False, do=action.do: self._act(do))
            self._layout.insertWidget(place, button)
            self._buttons.append(button)
        for one, other in pairwise([*self._buttons, self._close]):
            QWidget.setTabOrder(one, other)

    def go_to(self) -> None:
        """Gives the focus to the first thing that can be done, else to the cross."""
        first = self._buttons[0] if self._buttons else self._close
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _act(self, do: Callable[[], object]) -> None:
        self.dismiss()
        do()
