"""What the bar at the bottom says: follows the session and puts it into words."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer

from longwriter_desktop.agentwrite.engine import ModelLoading
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui.length_words import length_sign
from longwriter_desktop.ui.models.loaded_line import loaded_words
from longwriter_desktop.ui.outline_model import OutlineModel
from longwriter_desktop.ui.pace import ReadingPace, clock_words, duration_words
from longwriter_desktop.ui.plan_draft import DraftStep
from longwriter_desktop.ui.progress import Progress, progress_of
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.status_bar import MainButton, StatusBar
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, in_a_row, shown, translate
from longwriter_desktop.ui.writing import BUSY, Activity

REFRESH_MS = 500
LEAST_TOLD_S = 5
"""A wait shorter than this is not worth a number."""
LOOK_AFTER_MODEL_MS = 2000
STARTING = QT_TRANSLATE_NOOP("ProgressWatch", "starting")
READING_AHEAD = QT_TRANSLATE_NOOP("ProgressWatch", "reading ahead")
DOING = {
    Activity.PLANNING: QT_TRANSLATE_NOOP("ProgressWatch", "making a plan"),
    Activity.TRYING: QT_TRANSLATE_NOOP("ProgressWatch", "writing alternatives"),
    Activity.REWRITING: QT_TRANSLATE_NOOP("ProgressWatch", "rewriting a passage"),
}
"""What the bar says before anything more can be said."""


class ProgressWatch(QObject):
    """Keeps a `StatusBar` true.

    Its counts change when those of ``outline`` do, so that both say the same. Twice a second is often enough for the
    time that is left.
    """

    def __init__(
        self,
        session: Session,
        outline: OutlineModel,
        bar: StatusBar,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._bar = bar
        self._clock = clock
        self._counted = session.document
        self._reading_pace = ReadingPace()
        self._section = ""
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(outline.refresh)
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
        outline.counted.connect(self._outline_counted)
        for signal in (session.model_changed, session.document_opened):
            signal.connect(self.refresh)
        session.draft_changed.connect(self._draft_grew)
        session.alternatives_grew.connect(self._alternatives_grew)
        session.rewrite_grew.connect(self._rewrite_grew)
        session.section_started.connect(self._section_started)
        session.text_written.connect(self._text_came)
        session.writing.model_loading.connect(self._loading)
        session.writing.prompt_progress.connect(self._reading)
        session.writing.warming_changed.connect(self._warming_changed)
        session.writing.ended.connect(self.refresh)

    def refresh(self, *_: object) -> None:
        """Shows everything as it is now."""
        self._look_after_the_model()
        self._show_counts()

    def _show_counts(self) -> None:
        session, document, now = self._session, self._session.document, self._clock()
        self._counted = document
        progress = progress_of(document, session.tally)
        unit = length_sign(document.language)
        words, aim, asked = (f"{each:,}" for each in (progress.words, progress.aim, progress.asked))
        told = self.tr("{words} of {aim} {unit}") if progress.aim else self.tr("{words} {unit}")
        told = told.format(words=words, aim=aim, unit=unit)
        about_plan = self.tr("{asked} were asked for; the plan adds up to {aim}.").format(asked=asked, aim=aim)
        about_count = self.tr("Counted without punctuation and figures; Statistics says what a word processor counts.")
        tips = (about_plan if progress.differs else "", about_count if document.language == "zh" else "")
        named = self.tr("{unit} planned").format(unit=unit) if progress.differs else unit
        self._bar.show_words(progress.words, progress.aim, named, in_a_row(tips))
        left = ""
        if session.activity is Activity.WRITING:
            left = self._show_speed(document, unit, now)
        else:
            self._bar.show_speed(0.0, unit, 0.0)
            self._bar.show_end("", "")
        with_time = self.tr("{done}, {time} left").format(done=told, time=left)
        self._bar.show_progress(progress.share, with_time if left else told)
        self._bar.offer(self._main_button())
        if session.activity in BUSY:
            self._show_section()
        else:
            self._show_rest(progress, now)

    def _outline_counted(self) -> None:
        if self._timer.isActive():
            self._timer.start()  # Anew: it is for when no text comes.
        self._show_counts()

    def _show_speed(self, document: Document, unit: str, now: float) -> str:
        """The speed of writing and its end; returns how long it will still take, "" while nobody can tell."""
        run = self._session.run
        run.measure(document, now)
        self._bar.show_speed(run.pace.words_per_minute(now), unit, run.pace.tokens_per_second(now))
        seconds = run.pace.seconds_left(run.words_left(document), now)
        left = duration_words(seconds) if seconds is not None else ""
        self._bar.show_end(left, clock_words(now + seconds, now) if seconds is not None else "")
        return left

    def _show_rest(self, progress: Progress, now: float) -> None:
        """What is told while nothing is being written: why not, or that all of it is there."""
        session = self._session
        self._bar.show_reading(1.0)
        run = session.run
        if session.writing.is_warming:
            self._show_doing(READING_AHEAD)
        elif why := run.why_stopped(session.document):
            kept = self.tr("Everything that was written is kept; “Go on” writes on from there.")
            self._bar.show_doing(why, kept)
        else:
            # Not where a part of it has been undone since.
            is_whole = all(each.complete for each in session.document.sections if each.text.strip())
            is_done = run.ended_at and session.has_document and progress.words and is_whole
            finished = self.tr("finished at {time}").format(time=clock_words(run.ended_at, now))
            self._bar.show_doing(finished if is_done else "")

    def _show_doing(self, doing: str) -> None:
        """One of the constants above."""
        self._bar.show_doing(translate("ProgressWatch", doing))

    def _main_button(self) -> MainButton:
        session = self._session
        match session.activity:
            case Activity.PLANNING | Activity.TRYING | Activity.REWRITING:
                return MainButton(self.tr("Stop"), "stop")
            case Activity.WRITING:
                return MainButton(self.tr("Pause"), "pause")
        sections = session.document.sections
        if not sections:
            return MainButton(self.tr("Make a plan"), "play", enabled=session.model is not None)
        left = any(not section.locked and not (section.complete and section.text.strip()) for section in sections)
        has_text = any(section.text.strip() for section in sections)
        write = self.tr("Go on", "writing") if has_text else self.tr("Write")
        return MainButton(write if left else self.tr("Written"), "play", enabled=left and session.model is not None)

    def _model_words(self) -> str:
        session = self._session
        if session.model is None:
            return self.tr("no model")
        parts = [session.model.title]
        engine = session.writing.engine
        if engine is not None and engine.device:
            parts += [shown(each) for each in engine.device.split(", ")]
            # Before it is loaded, its process has next to no memory, which says nothing.
            if engine.memory_bytes:
                parts.append(memory_words(engine.memory_bytes))
        return " · ".join(parts)

    def _activity_changed(self, activity: Activity) -> None:
        if activity in BUSY:
            self._section = ""
            self._bar.show_reading(1.0)
            self._show_doing(DOING.get(activity, STARTING))
            self._timer.start()
        else:
            self._timer.stop()
        self.refresh()

    def _look_after_the_model(self) -> None:
        """Nothing tells of a process that ends while nothing is asked of it."""
        self._bar.show_model(self._model_words(), loaded_words(self._session))

    def _warming_changed(self) -> None:
        # A moment later, so that a short look ahead does not flicker.
        self._soon.start()

    def _document_changed(self) -> None:
        if not self._timer.isActive():
            self._bar.offer(self._main_button())

    def _draft_grew(self, draft: Sequence[DraftStep]) -> None:
        if draft and self._session.activity is Activity.PLANNING:
            self._bar.show_doing(self.tr("making a plan, section {number}").format(number=len(draft)))

    def _alternatives_grew(self, section_id: str, texts: Mapping[int, str]) -> None:
        document = self._session.document
        if document.has_section(section_id) and self._session.activity is Activity.TRYING:
            counts = " + ".join(f"{count_words(texts[number]):,}" for number in sorted(texts))
            unit = length_sign(document.language)
            told = self.tr("section {number}: {counts} {unit}")
            self._bar.show_reading(1.0)
            self._bar.show_doing(told.format(number=document.index(section_id) + 1, counts=counts, unit=unit))

    def _rewrite_grew(self, _text: str) -> None:
        self._bar.show_reading(1.0)
        self._show_doing(DOING[Activity.REWRITING])

    def _section_started(self, section_id: str) -> None:
        self._section = section_id
        self._bar.show_reading(1.0)
        self._show_section()

    def _show_section(self) -> None:
        """The section that is being written, and how far it is; nothing before its first word."""
        session, document = self._session, self._session.document
        if session.activity is not Activity.WRITING or not self._section or not self._bar.reading.isHidden():
            return
        if (several := len(session.sections_in_work)) > 1:
            self._bar.show_doing(self.tr("writing {count} sections at the same time").format(count=several))
        elif self._section in session.sections_in_work and document.has_section(self._section):
            number, count = document.index(self._section) + 1, len(document.sections)
            is_counted = self._counted.has_section(self._section)
            section = (self._counted if is_counted else document).section(self._section)
            words = f"{session.tally.words(section):,} / {section.word_target:,}"
            told = self.tr("writing section {number} of {count}: {words}")
            self._bar.show_doing(told.format(number=number, count=count, words=words))

    def _text_came(self, section_id: str, _text: str) -> None:
        if section_id != self._section or not self._bar.reading.isHidden():
            self._section_started(section_id)

    def _loading(self, loading: ModelLoading) -> None:
        if not self._session.is_busy:
            return
        self._bar.show_reading(loading.fraction, self.tr("Loading the model"))
        if loading.fraction < 1:
            memory = f" · {shown(loading.memory)}" if loading.memory else ""
            told = self.tr("loading the model {percent} %").format(percent=f"{100 * loading.fraction:.0f}")
            self._bar.show_doing(f"{told}{memory}")
        else:
            self._show_doing(DOING.get(self._session.activity, STARTING))

    def _reading(self, read: int, total: int) -> None:
        if self._session.activity not in BUSY - {Activity.PLANNING}:
            return
        left = self._reading_pace.read(read, total, self._clock())
        self._bar.show_reading(read / total if total else 1.0, self.tr("Reading the prompt"))
        if read < total:
            told = self.tr("reading {read} of {total} tokens").format(read=f"{read:,}", total=f"{total:,}")
            if left is not None and left >= LEAST_TOLD_S:
                told = self.tr("{doing}, {time}").format(doing=told, time=duration_words(left))
            self._bar.show_doing(told)
