"""Counts what is written while the window is open: typed and generated apart, by day, and the time at work."""

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.project.writing_days import Day, WritingDays
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.writing import Activity

IDLE_S = 300.0
"""A pause that is longer than this is no time at work."""
SAVE_AFTER_MS = 30_000
_AT_WORK = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class _Counted:
    """The words of a section before its last change and now, and what of those typed has been taken out again."""

    def __init__(self, words: int, text: str) -> None:
        self.before = self.now = words
        self.text = text
        self.typed = self.taken_out = 0


class Diary(QObject):
    """Follows a session and its manuscript.

    Words count as typed when the person puts them in, by keys or by pasting, and as generated when the writer adds
    them to the text. Words that were typed here and are deleted again no longer count; deleting other text takes
    nothing away. Undo and redo give and take what was counted. Versions, moved or restored sections count for nothing.
    """

    _saved = Signal()  # on another thread: what was being saved is saved, or could not be

    def __init__(
        self,
        session: Session,
        manuscript: Manuscript,
        days: WritingDays,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._days = days
        self._clock = clock
        self._known: dict[str, _Counted] = {}
        self._last_edit: tuple[str, int, int] = ("", 0, 0)
        self._last_at: float | None = None
        self._of_session = Day()
        self._loaded: dict[date, Day] | None = None
        self._unsaved: dict[date, Day] = {}
        self._in_work: dict[date, Day] = {}
        self._thread: threading.Thread | None = None
        self._went_well = False
        self._saved.connect(self._end_saving)
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.setInterval(SAVE_AFTER_MS)
        self._save_timer.timeout.connect(self._begin_saving)
        session.document_opened.connect(self._begin)
        session.document_closed.connect(self._end)
        session.document_changed.connect(self._follow)
        session.text_written.connect(lambda section_id, _text: self._generated(section_id))
        session.text_cut.connect(lambda section_id, _characters: self._generated(section_id))
        session.text_cleared.connect(self._cleared)
        session.history_moved.connect(self._work)
        session.passage_taken.connect(self._passage_taken)
        manuscript.text_edited.connect(self._edited)
        manuscript.texts_edited.connect(self._edited_together)
        for part in (manuscript, manuscript.viewport()):
            part.installEventFilter(self)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def session(self) -> Day:
        """What was written since the document was opened."""
        return self._of_session

    @property
    def today(self) -> Day:
        """What was written today, in all documents."""
        return self.days().get(self._date(), Day())

    def days(self) -> dict[date, Day]:
        """All days on which something was written."""
        if self._loaded is None:
            self._finish_saving()
            self._loaded = self._days.load()
        # What is just being saved is not waited for: the disk may take its time.
        return _sum(self._loaded, _added(self._in_work, self._unsaved))

    def date_of_today(self) -> date:
        return self._date()

    def _date(self) -> date:
        return datetime.fromtimestamp(self._clock()).date()  # noqa: DTZ006 - a person's day is a local one

    # -- words -------------------------------------------------------------------------------------

    def _begin(self, document: Document) -> None:
        self._known = {each.id: _Counted(self._words(each), each.text) for each in document.sections}
        self._of_session = Day()
        self._last_at = None

    def _end(self) -> None:
        self._known.clear()
        self._finish_saving()
        if self._unsaved:
            self._in_work, self._unsaved = self._unsaved, {}
            self._went_well = self._days.add(self._in_work)
            self._take_result()

    def _words(self, section: Section) -> int:
        return self._session.tally.words(section)

    def _follow(self, document: Document) -> None:
        """Keeps the counts true. Whoever has caused the change says so before (the writer) or after it (the person)."""
        is_trying = self._session.activity is Activity.TRYING
        for section in document.sections:
            known = self._known.get(section.id)
            if known is None:
                self._known[section.id] = _Counted(self._words(section), section.text)
            elif known.text is not section.text:
                known.before, known.now, known.text = known.now, self._words(section), section.text
                if is_trying and section.versions and section.versions[-1].text == section.text:
                    # The first alternative has become the text.
                    self._count(generated=max(0, known.now - known.before))

    def _generated(self, section_id: str) -> None:
        document = self._session.document
        if not document.has_section(section_id):
            return
        section = document.section(section_id)
        known = self._known.setdefault(section_id, _Counted(0, ""))
        before = known.now
        known.now, known.text = self._words(section), section.text
        known.before = known.now
        self._count(generated=known.now - before)

    def _cleared(self, section_id: str) -> None:
        """A section is written anew: what stood there was counted when it was written."""
        self._known[section_id] = _Counted(0, "")

    def _edited(self, section_id: str, _text: str) -> None:
        """The person has changed a text, which by now is in the document."""
        self._work()
        self._last_edit = ("", 0, 0)
        known = self._known.get(section_id)
        if known is None or known.before == known.now:
            return
        more, known.before = known.now - known.before, known.now
        counted = more
        if more < 0:
            counted = -min(known.typed, -more)
            known.taken_out -= counted
        elif self._session.history.is_retracing:
            counted = min(known.taken_out, more)
            known.taken_out -= counted
        known.typed += counted
        self._last_edit = section_id, counted, more
        self._count(typed=counted)

    def _edited_together(self, texts: Sequence[tuple[str, str]]) -> None:
        """The same, of several sections in one deed."""
        for section_id, text in texts:
            self._edited(section_id, text)

    def _passage_taken(self, section_id: str, _text: str) -> None:
        """What the manuscript has just reported as the person's was written by the model."""
        last_id, counted, more = self._last_edit
        if last_id == section_id:
            self._last_edit = ("", 0, 0)
            self._known[section_id].typed -= counted
            self._count(typed=-counted, generated=max(0, more))

    # -- time --------------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AT_WORK:
            self._work()
        return False

    def _work(self) -> None:
        """The person does something."""
        at = self._clock()
        if self._last_at is not None and 0 < at - self._last_at <= IDLE_S:
            self._count(seconds=at - self._last_at)
        self._last_at = at

    def _count(self, typed: int = 0, generated: int = 0, seconds: float = 0.0) -> None:
        if not (typed or generated or seconds):
            return
        more, today = Day(typed, generated, seconds), self._date()
        self._of_session += more
        was = self._unsaved.get(today, Day())
        # Not added as days are: what is taken back may have been saved before.
        self._unsaved[today] = Day(was.typed + typed, was.generated + generated, was.seconds + seconds)
        if not self._save_timer.isActive():
            self._save_timer.start()

    # -- saving ------------------------------------------------------------------------------------

    def _begin_saving(self) -> None:
        """On another thread: the disk may be busy."""
        if self._thread is not None or not self._unsaved:
            return
        self._in_work, self._unsaved = self._unsaved, {}
        self._thread = threading.Thread(target=self._save, args=(self._in_work,), name="diary")
        self._thread.start()

    def _save(self, days: dict[date, Day]) -> None:
        self._went_well = self._days.add(days)
        self._saved.emit()

    def _finish_saving(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._end_saving()

    def _end_saving(self) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
            self._take_result()

    def _take_result(self) -> None:
        if not self._went_well:
            self._unsaved = _added(self._in_work, self._unsaved)
        elif self._loaded is not None:
            self._loaded = _sum(self._loaded, self._in_work)
        self._in_work = {}


def _sum(days: dict[date, Day], more: dict[date, Day]) -> dict[date, Day]:
    """Days with more added to them; none has fewer words than none."""
    return {on: days.get(on, Day()) + more.get(on, Day()) for on in sorted({*days, *more})}


def _added(days: dict[date, Day], more: dict[date, Day]) -> dict[date, Day]:
    """As `_sum`, of what is to be added to days yet, which may be less than nothing."""
    return {
        on: Day(one.typed + other.typed, one.generated + other.generated, one.seconds + other.seconds)
        for on in sorted({*days, *more})
        for one, other in ((days.get(on, Day()), more.get(on, Day())),)
    }
