"""The middle of the window: the manuscript, and above it the bar for finding while it is open."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from longwriter_desktop.ui.manuscript.find_bar import FindBar
from longwriter_desktop.ui.manuscript.finder import Finder
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.theme import Palette


class WritingPage(QWidget):
    """Lays the two out and opens the bar. ``may_change``: whether the text may be changed at all."""

    def __init__(
        self,
        manuscript: Manuscript,
        palette: Palette,
        may_change: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.manuscript = manuscript
        self.finder = Finder(manuscript, may_change)
        self.find_bar = FindBar(self.finder, palette)
        self.find_bar.closed.connect(self.close_find_bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.find_bar)
        layout.addWidget(manuscript, 1)

    def set_palette(self, palette: Palette) -> None:
        self.find_bar.set_palette(palette)

    def open_find_bar(self, replacing: bool = False) -> None:
        """Opens the bar, with what is selected as the text to find, for replacing too if so wished."""
        selected = self.manuscript.textCursor().selectedText().replace("\u2029", "\n")
        self.find_bar.open(selected, replacing)

    def find_next(self) -> None:
        """Goes to the next place; opens the bar where it is closed."""
        self.finder.next() if self._is_finding() else self.open_find_bar()

    def find_previous(self) -> None:
        self.finder.previous() if self._is_finding() else self.open_find_bar()

    def _is_finding(self) -> bool:
        return self.find_bar.isVisible() and bool(self.find_bar.query.text())

    def close_find_bar(self) -> None:
        """Back to the text, at the place that was found last."""
        self.find_bar.close_quietly()
        self.manuscript.setFocus()

    def put_away(self) -> None:
        """Another document, or none, is in hand: what was looked for belonged to the old one."""
        self.find_bar.close_quietly()
