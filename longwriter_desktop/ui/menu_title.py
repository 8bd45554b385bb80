"""What stands at the right end of the menu bar: the document's title, or the app's name while there is none."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMenuBar
from typing_extensions import override

from longwriter_desktop.ui.plain_tip import plain_tip

_MOST_PX = 360


class MenuTitle(QLabel):
    """A title of any length, cut where it is longer than there is room for; its tip has the whole of it.

    To the right of the menus, for these must not move when it becomes another one: one aims at them without looking.
    """

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("menuTitle")
        self._bar = bar
        self._title = ""
        bar.setCornerWidget(self, Qt.Corner.TopRightCorner)
        bar.installEventFilter(self)

    def show_title(self, title: str) -> None:
        """Shows a title in the place of the one before."""
        if title != self._title:
            self._title = title
            self.setToolTip(plain_tip(title))
            self.fit()

    def fit(self) -> None:
        """Makes it as wide as its text, whose style may be another one now, and no wider than the menus leave room."""
        self._cut()
        # The menu bar gives a corner widget another width only when it is put there anew.
        self._bar.setCornerWidget(self, Qt.Corner.TopRightCorner)

    def _cut(self) -> None:
        around = self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
        menus = self._bar.sizeHint().width() - self.sizeHint().width()
        room = min(_MOST_PX, self._bar.width() - menus - around)
        self.setText(self.fontMetrics().elidedText(self._title, Qt.TextElideMode.ElideRight, max(0, room)))
        self.adjustSize()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() is QEvent.Type.Resize:
            self._cut()
        return super().eventFilter(watched, event)
