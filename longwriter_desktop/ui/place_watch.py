"""How many words are selected, or in the section in hand: the first count of the bar at the bottom."""

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.status_bar import StatusBar

_DELAY_MS = 120
"""How long after a change is counted: while a selection is drawn, not each of its steps."""
_SLICE_S = 0.004
"""How long one turn of counting may take, in seconds."""
_PIECE = 20_000
"""Characters that are counted at once, about a millisecond's worth."""


class PlaceWatch(QObject):
    """Follows the cursor. A selection is counted in short turns, however long it is.

    The words of a section change when those of ``outline`` do, so that both say the same. While a section is being
    written, whose words the bar shows too, this one says that it is where the cursor is.
    """

    def __init__(
        self,
        session: Session,
        outline: OutlineModel,
        manuscript: Manuscript,
        bar: StatusBar,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._manuscript = manuscript
        self._bar = bar
        self._pieces: Iterator[str] | None = None
        self._words = 0
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)
        for signal in (manuscript.selectionChanged, manuscript.section_entered, session.activity_changed):
            signal.connect(self._count_soon)
        outline.counted.connect(self._show_counts)
        session.document_closed.connect(lambda: bar.show_place(""))

    def _show_counts(self) -> None:
        if self._manuscript.textCursor().hasSelection():
            self._count_soon()
        elif self._pieces is None:
            self._show()

    def _count_soon(self, *_: object) -> None:
        # What is being counted is counted to its end: text that streams in must not begin it anew for ever.
        self._again = self._pieces is not None
        if not self._timer.isActive():
            self._timer.start(_DELAY_MS)

    def _count(self) -> None:
        if self._pieces is None:
            self._pieces, self._words = self._selected(), 0
        end = time.perf_counter() + _SLICE_S
        for piece in self._pieces:
            self._words += count_words(piece)
            if time.perf_counter() > end:
                self._timer.start(0)
                return
        self._pieces = None
        self._show()
        if self._again:
            self._count_soon()

    def _show(self) -> None:
        session, document = self._session, self._session.document
        section_id = self._manuscript.current_section()
        if self._words and self._manuscript.textCursor().hasSelection():
            unit, one = length_sign(document.language), self.tr("1 word selected")
            several = self.tr("{count} {unit} selected").format(count=f"{self._words:,}", unit=unit)
            self._bar.show_place(one if self._words == 1 and document.language != "zh" else several)
        elif document.has_section(section_id) and section_id != session.section_in_work:
            section = document.section(section_id)
            words, number = session.tally.words(section), document.index(section_id) + 1
            count = f"{words:,} / {section.word_target:,}" if section.word_target else f"{words:,}"
            here, at_cursor = self.tr("section {number}: {count}"), self.tr("cursor in section {number}: {count}")
            told = at_cursor if session.sections_in_work else here
            self._bar.show_place(told.format(number=number, count=count))
        else:
            self._bar.show_place("")

    def _selected(self) -> Iterator[str]:
        """The selected text, in pieces that end between words."""
        for span in self._manuscript.selected_spans():
            text, at = span.field.text, span.begin
            while at < span.end:
                end = min(at + _PIECE, span.end)
                while end < span.end and not text[end].isspace() and end - at < 2 * _PIECE:
                    end += 1
                yield text[at:end]
                at = end
