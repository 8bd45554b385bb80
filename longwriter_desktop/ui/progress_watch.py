"""What the bar at the bottom says: follows the session and puts it into words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.agentwrite.engine import ModelLoading
from longwriter_desktop.document.length_unit import sign_of
from longwriter_desktop.ui.pace import clock_words
from longwriter_desktop.ui.session import DraftStep, Session
from longwriter_desktop.ui.status_bar import MainButton, StatusBar
from longwriter_desktop.ui.writing import BUSY, Activity

REFRESH_MS = 500
LOOK_AFTER_MODEL_MS = 2000
STARTING, READING_AHEAD = "starting", "reading ahead"
DOING = {
    Activity.PLANNING: "making a plan",
    Activity.TRYING: "writing alternatives",
    Activity.REWRITING: "rewriting a passage",
}
"""What the bar says before anything more can be said."""


class ProgressWatch(QObject):
    """Keeps a `StatusBar` true. Twice a second is often enough for numbers that people read."""

    def __init__(
        self, session: Session, bar: StatusBar, clock: Callable[[], float], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS // 2)
        self._soon.timeout.connect(self.refresh)
        self._now_and_then = QTimer(self)
        self._now_and_then.setInterval(LOOK_AFTER_MODEL_MS)
        self._now_and_then.timeout.connect(self._look_after_the_model)
        self._now_and_then.start()
        session.activity_changed.connect(self._activity_changed)
        session.document_changed.connect(self._document_changed)
        session.document_opened.connect(self.refresh)
        session.model_changed.connect(self.refresh)
        session.draft_changed.connect(self._draft_grew)
        session.alternatives_grew.connect(self._alternatives_grew)
        session.rewrite_grew.connect(lambda _: self._bar.show_doing(DOING[Activity.REWRITING]))
        session.section_started.connect(self._section_started)
        session.text_written.connect(self._text_came)
        session.writing.model_loading.connect(self._loading)
        session.writing.prompt_progress.connect(self._reading)
        session.writing.warming_changed.connect(self._warming_changed)

    def refresh(self, *_: object) -> None:
        """Shows everything as it is now."""
        session, document = self._session, self._session.document
        words = session.tally.total(document)
        unit = sign_of(document.language)
        self._bar.show_words(words, document.words_asked, unit)
        now = self._clock()
        speed = session.pace.words_per_second(now) if session.activity is Activity.WRITING else 0.0
        left = sum(
            max(0, section.word_target - session.tally.words(section))
            for section in document.sections
            if not section.complete and not section.locked
        )
        done_at = session.pace.done_at(left, now) if speed else None
        end = clock_words(done_at, now) if done_at else ""
        self._bar.show_speed(speed, unit, session.pace.tokens_per_second(now), end)
        self._bar.show_model(self._model_words())
        self._bar.offer(self._main_button())
        if session.activity not in BUSY:
            self._bar.show_doing(READING_AHEAD if session.writing.is_warming else "")

    def _main_button(self) -> MainButton:
        session = self._session
        match session.activity:
            case Activity.PLANNING | Activity.TRYING | Activity.REWRITING:
                return MainButton("Stop", "stop")
            case Activity.WRITING:
                return MainButton("Pause", "pause")
        sections = session.document.sections
        if not sections:
            return MainButton("Make a plan", "play", enabled=session.model is not None)
        left = any(not section.locked and not (section.complete and section.text.strip()) for section in sections)
        return MainButton("Write" if left else "Written", "play", enabled=left and session.model is not None)

    def _model_words(self) -> str:
        session = self._session
        if session.model is None:
            return "no model"
        parts = [session.model.title]
        engine = session.writing.engine
        if engine is not None and engine.device:
            parts.append(engine.device)
        if engine is not None and engine.memory_bytes:
            parts.append(f"{engine.memory_bytes / 2**30:.1f} GB")
        return " · ".join(parts)

    def _activity_changed(self, activity: Activity) -> None:
        if activity in BUSY:
            self._bar.show_doing(DOING.get(activity, STARTING))
            self._timer.start()
        else:
            self._timer.stop()
        self.refresh()

    def _look_after_the_model(self) -> None:
        """Nothing tells of a process that ends while nothing is asked of it."""
        self._bar.show_model(self._model_words())

    def _warming_changed(self) -> None:
        # A moment later, so that a short look ahead does not flicker.
        self._soon.start()

    def _document_changed(self) -> None:
        if not self._timer.isActive() and not self._soon.isActive():
            self._soon.start()
        elif not self._timer.isActive():
            self._bar.offer(self._main_button())

    def _draft_grew(self, draft: Sequence[DraftStep]) -> None:
        if draft and self._session.activity is Activity.PLANNING:
            self._bar.show_doing(f"making a plan, section {len(draft)}")

    def _alternatives_grew(self, section_id: str, words: Sequence[int]) -> None:
        document = self._session.document
        if document.has_section(section_id) and self._session.activity is Activity.TRYING:
            counts = " + ".join(str(each) for each in words)
            unit = sign_of(document.language)
            self._bar.show_doing(f"section {document.index(section_id) + 1}: {counts} {unit}")

    def _section_started(self, section_id: str) -> None:
        document = self._session.document
        if (several := len(self._session.sections_in_work)) > 1:
            self._bar.show_doing(f"writing {several} sections at the same time")
        elif document.has_section(section_id):
            number, count = document.index(section_id) + 1, len(document.sections)
            self._bar.show_doing(f"writing section {number} of {count}")

    def _text_came(self, section_id: str, _text: str) -> None:
        self._section_started(section_id)

    def _loading(self, loading: ModelLoading) -> None:
        if not self._session.is_busy:
            return
        if loading.fraction < 1:
            memory = f" · {loading.memory}" if loading.memory else ""
            self._bar.show_doing(f"loading the model {100 * loading.fraction:.0f} %{memory}")
        else:
            self._bar.show_doing(DOING.get(self._session.activity, STARTING))

    def _reading(self, read: int, total: int) -> None:
        if self._session.activity in BUSY - {Activity.PLANNING} and read < total:
            self._bar.show_doing(f"reading {read:,} of {total:,} tokens")
