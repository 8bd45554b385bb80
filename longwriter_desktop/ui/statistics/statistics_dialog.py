"""The statistics of the document in hand, and of what the person writes: three pages that follow what goes on."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.figures import Figures, Repetition, figures, repetition_steps
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.export.figures_csv import days_csv, sections_csv
from longwriter_desktop.export.replace import put_file
from longwriter_desktop.project.names import proposed_name
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.background import Background, Report
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.statistics.days_page import DaysPage
from longwriter_desktop.ui.statistics.diary import Diary
from longwriter_desktop.ui.statistics.goal import Goal
from longwriter_desktop.ui.statistics.lengths_page import LengthsPage
from longwriter_desktop.ui.statistics.repetition_page import RepetitionPage
from longwriter_desktop.ui.theme import Palette, scaled, small_font
from longwriter_desktop.ui.translation import shown

REFRESH_MS = 1000
"""How often the figures follow a document that changes."""
LOOK_AFTER_MS = 3000
"""So long after the last change the whole text is looked through for what it says again."""
_WORK_S, _REST_S = 0.003, 0.003
"""While the whole text is looked through: so long at a time, and so long between."""


class StatisticsDialog(FittedDialog):
    """No modal box: writing goes on beside it. Nothing is computed while it is hidden."""

    section_wanted = Signal(str)  # the person wants to see a section; its id

    def __init__(
        self,
        session: Session,
        diary: Diary,
        palette: Palette,
        goal: Goal,
        folder: Callable[[], Path],
        parent: QWidget | None = None,
    ) -> None:
        """``folder`` is where a CSV file goes unless the person says otherwise."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Statistics"))
        self.resize(scaled(900), scaled(680))
        self._session = session
        self._diary = diary
        self._folder = folder
        self._figures: Figures | None = None
        self._looked_at: Document | None = None
        self.lengths = LengthsPage(palette)
        self.repetition = RepetitionPage()
        self.days = DaysPage(palette, goal)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.lengths, self.tr("&Lengths"))
        self.pages.addTab(self.repetition, self.tr("&Repetition"))
        self.pages.addTab(self.days, self.tr("&Days and goal"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setFont(small_font(self.font()))
        self.save = QPushButton(self.tr("Save as CSV…"))
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.ask_and_save)
        self.done_button = QPushButton(self.tr("Close"))
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.reject)
        self._lay_out()
        self._looking = Background("repetition", self)
        self._looking.done.connect(self._show_repetition)
        self._looking.failed.connect(lambda sentence: self.told.setText(shown(sentence)))
        self._refreshing = self._timer(REFRESH_MS, self.refresh)
        self._soon = self._timer(LOOK_AFTER_MS, self._look_through)
        session.document_changed.connect(self._changed)
        self.lengths.section_wanted.connect(self.section_wanted)
        self.repetition.section_wanted.connect(self.section_wanted)
        self.days.goal_changed.connect(self._goal_changed)
        self.pages.currentChanged.connect(self._page_changed)

    def _timer(self, after_ms: int, do: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(do)
        return timer

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.told, 1)
        row.addWidget(self.save)
        row.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addLayout(row)

    def set_palette(self, palette: Palette) -> None:
        self.lengths.set_palette(palette)
        self.days.set_palette(palette)

    # -- following ---------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.told.clear()
        self.refresh()
        self._look_through()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for timer in (self._refreshing, self._soon):
            timer.stop()
        self._looking.forget()
        self._looked_at = None

    def _changed(self, _document: Document) -> None:
        if self.isVisible():
            if not self._refreshing.isActive():
                self._refreshing.start()
            self._soon.start()

    def use_goal(self, goal: Goal) -> None:
        """Shows a goal that was set elsewhere."""
        self.days.use_goal(goal)
        if self.isVisible():
            self.refresh()

    def _goal_changed(self, _goal: Goal) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Shows lengths and days as they are now."""
        session = self._session
        self._figures = figures(session.document, session.tally.words, session.section_in_work)
        self.lengths.show_figures(self._figures)
        self.lengths.show_other_count(session.document)
        self.days.show_days(self._diary.days(), self._diary.date_of_today(), self._diary.session)

    def _look_through(self) -> None:
        """On another thread, and only while it is looked at: the whole text is compared with itself."""
        document = self._session.document
        if self._looked_at is document or self.pages.currentWidget() is not self.repetition:
            return
        self._looked_at = document
        self.repetition.show_looking()

        def work(_report: Report, stop: threading.Event) -> tuple[Document, Repetition] | None:
            steps, until = repetition_steps(document), time.monotonic() + _WORK_S
            while not stop.is_set():
                try:
                    next(steps)
                except StopIteration as end:
                    return document, end.value
                if time.monotonic() > until:
                    # Python runs one thread at a time: what the window has to do comes first.
                    time.sleep(_REST_S)
                    until = time.monotonic() + _WORK_S
            return None

        self._looking.start(work)

    def _show_repetition(self, found: object) -> None:
        if isinstance(found, tuple):
            self.repetition.show_repetition(*found)

    def _page_changed(self) -> None:
        self.save.setEnabled(self.pages.currentWidget() is not self.repetition)
        if self.isVisible():
            self._look_through()

    @property
    def has_looked_through(self) -> bool:
        """Whether the page about repetition shows the document as it stands."""
        return self._looked_at is self._session.document and not self._looking.is_busy

    # -- saving ------------------------------------------------------------------------------------

    def ask_and_save(self) -> None:
        """Asks where, and saves the table of the page as CSV."""
        is_days = self.pages.currentWidget() is self.days
        document = self._session.document
        name = self.tr("Writing days")
        if not is_days:
            title = proposed_name(document.title, self.tr("Document"))
            name = self.tr("{title} statistics").format(title=title)
        proposed = self._folder() / f"{name}.csv"
        path = file_dialogs.ask_export_target(self, proposed, {proposed.suffix: self.tr("CSV tables")})
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Saves the table of the page; what came of it stands at the bottom."""
        self.refresh()
        is_days = self.pages.currentWidget() is self.days
        content = days_csv(self._diary.days()) if is_days or self._figures is None else sections_csv(self._figures)
        try:
            put_file(path, content)
        except ExportProblem as problem:
            self.told.setText(shown(str(problem)))
        else:
            self.told.setText(self.tr("Saved as {path}.").format(path=path))

    def close_down(self) -> None:
        """Ends what goes on for it; it is not shown again."""
        self.hide()
        self._looking.close()
