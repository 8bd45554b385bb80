"""The model of the window, without widgets: the document in hand and each thing a person can do with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from longwriter_desktop.agentwrite.alternative_events import AlternativeFinished, AlternativeGrew, record_alternative
from longwriter_desktop.agentwrite.engine import ModelLoading, Sampling
from longwriter_desktop.agentwrite.events import (
    ChapterPlanned,
    PlanFinished,
    RequestUnderstood,
    SectionFinished,
    SectionStarted,
    StepDrafted,
    StepPlanned,
    TextCut,
    TextOmitted,
    TextWritten,
    WritingFinished,
)
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.prompts import PromptTemplates
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.rewrite_events import RewriteFinished, RewriteGrew, Wish, record_rewrite
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.library import Model
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import SamplingChoice
from longwriter_desktop.ui import run_notices
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.edited_document import EditedDocument
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.notice import NoticeAction
from longwriter_desktop.ui.outline_changes import new_plan
from longwriter_desktop.ui.plan_draft import DraftStep, PlanDraft
from longwriter_desktop.ui.run import CHANGED, Run
from longwriter_desktop.ui.starting import document_for
from longwriter_desktop.ui.translation import in_a_row, shown
from longwriter_desktop.ui.trial import Trial
from longwriter_desktop.ui.writing import BUSY, Activity, Ending, OwnedEngine, Writing, fresh_seed, now
from longwriter_desktop.ui.writing_thread import Event

ALTERNATIVES = 3
"""Texts of one section that are written at the same time."""


class Session(EditedDocument):
    """The document in hand with its file and its writer.

    The document is the only state: whatever was written is in it, and is on its way to disk.
    """

    document_opened = Signal(object)  # another document is in hand and is to be shown whole; a Document
    document_closed = Signal()  # no document is in hand any more
    text_written = Signal(str, str)  # the writer has added text at the end of a section; id, text
    text_cut = Signal(str, int)  # the writer has taken back characters from the end of a section; id, how many
    text_cleared = Signal(str)  # the writer begins a section again, its text is among its versions; id
    section_started = Signal(str)  # the writer begins or goes on with a section; id
    section_finished = Signal(str)  # a section is complete; id
    draft_changed = Signal(object)  # while a plan is being made, and with () when it is done; tuple of DraftStep
    activity_changed = Signal(object)  # the engine begins or ends something; an Activity
    model_changed = Signal(object)  # another model was chosen; a Model
    alternatives_grew = Signal(str, object)  # several texts of a section grow; its id, each by its number
    rewrite_grew = Signal(str)  # the new passage so far
    rewrite_finished = Signal(object)  # a passage is rewritten, the document as it was; a RewriteFinished
    passage_taken = Signal(str, str)  # a new passage is to be put in place; section id, the section's whole text

    def __init__(
        self,
        file: DocumentFile,
        open_engine: Callable[[Model], OwnedEngine],
        templates: Callable[[str], PromptTemplates],
        sampling: Callable[[], SamplingChoice] = SamplingChoice,
        clock: Callable[[], float] = now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(clock, parent)
        self.file = file
        self._chosen_sampling = sampling
        self._draft = PlanDraft()
        self._in_work: frozenset[str] = frozenset()
        self._deaf = False
        self._trial = Trial()
        self._remarks: tuple[str, ...] = ()
        self._remarks_before_loading: tuple[str, ...] = ()
        self.run = Run(self.tally)
        self.writing = Writing(lambda: self.document, open_engine, templates, self)
        self.writing.events_arrived.connect(self._record)
        self.writing.activity_changed.connect(
            lambda activity: self.history.set_writing(activity in (Activity.WRITING, Activity.STOPPING))
        )
        self.writing.activity_changed.connect(self.activity_changed)
        self.writing.model_loading.connect(self._model_loading)
        self.writing.ended.connect(self._run_ended)
        file.setParent(self)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """The file of the document."""
        return self.file.path

    @property
    def activity(self) -> Activity:
        return self.writing.activity

    @property
    def is_busy(self) -> bool:
        """Whether planning, writing or rewriting goes on (not: is being stopped)."""
        return self.activity in BUSY

    @property
    def sections_in_work(self) -> frozenset[str]:
        """The ids of the sections that are being written: one, or several at the same time."""
        return self._in_work if self.activity is Activity.WRITING else frozenset()

    @property
    def section_in_work(self) -> str:
        """The id of the only section that is being written; "" while none is, or several."""
        return next(iter(self.sections_in_work)) if len(self.sections_in_work) == 1 else ""

    @property
    def draft(self) -> tuple[DraftStep, ...]:
        """The plan as far as it has been made, while one is being made."""
        return self._draft.steps

    @property
    def model(self) -> Model | None:
        return self.writing.model

    # -- documents ---------------------------------------------------------------------------------

    def new_document(self, instruction: str, words: int | None, language: str) -> None:
        """Makes a document with a file of its own and opens it. ``language`` is "auto", "en" or "zh".

        Raises InputProblem for an empty instruction, ProjectProblem when the file cannot be made.
        """
        self._begin_document(document_for(instruction, words, language))

    def new_document_with_outline(
        self, instruction: str, words: int | None, language: str, steps: tuple[Step, ...]
    ) -> None:
        """As `new_document`, with the person's own plan. Lines without a word count share what is left."""
        self._begin_document(document_for(instruction, words, language, steps))

    def _begin_document(self, document: Document) -> None:
        made = self.file.create(document)
        self.close_document()
        self._opened(self.file.take(made))

    def open(self, path: Path, read_only: bool = False) -> None:
        """Opens a .longwriter file. Raises ProjectProblem and leaves what is in hand as it was."""
        self.take(self.file.read(path, read_only))

    def take(self, project: Project) -> None:
        """Puts an open project in the place of what is in hand."""
        self.close_document()
        self._opened(self.file.take(project))

    def move_to(self, path: Path) -> None:
        """Goes on in a new file at ``path``. Raises ProjectProblem and leaves everything as it was."""
        self.file.move_to(path, self.document)
        self.document_changed.emit(self.document)

    def close_document(self) -> None:
        """Stops writing, saves and puts the document away."""
        if self._document is None:
            return
        self.writing.wait_until_stopped()
        self.file.close(self._document)
        self._document = None
        self._in_work = frozenset()
        self.history.clear()
        self.document_closed.emit()

    def pause_and_wait(self) -> None:
        """Pauses, and returns when everything that was written is in the document."""
        self.writing.wait_until_stopped()

    def close(self) -> None:
        """Closes the document and ends the model's process."""
        self.close_document()
        self.writing.close()

    def _opened(self, document: Document) -> None:
        self._document = document
        self.run.clear()
        self.history.clear()
        self.note_unkept(document)
        self.document_opened.emit(document)
        self.document_changed.emit(document)

    # -- planning and writing ----------------------------------------------------------------------

    def choose_model(self, model: Model) -> None:
        """Uses another model from now on, and for this document from then on. Stops what the old one does."""
        self.run.use_model(model)
        self.writing.choose_model(model)
        if self._document is not None and self._document.settings.model != model.name and not self.file.read_only:
            self.put(replace(self._document, settings=replace(self._document.settings, model=model.name)))
        self.model_changed.emit(model)

    def make_plan(self) -> None:
        """Asks the model for a plan of the document's instruction."""
        document = self.document
        if self.is_busy or not self.has_document or self._refuses() or (model := self._model_to_begin()) is None:
            return
        self._draft.clear()
        self.run.clear()
        words, sampling = document.word_target or None, self._sampling(model)
        self.writing.plan(document.instruction, words, document.language, sampling, model.planning)

    def write(self) -> None:
        """Writes whatever is not written yet, going on in mid-sentence where text is there."""
        if not self.is_busy and self.document.sections:
            self._begin(None, again=False)

    def write_stale(self) -> None:
        """Writes anew, in their order, just the sections that a change has made stale."""
        if stale := self.document.stale_sections():
            self._begin(stale, again=True)
        else:
            self.tell(self.tr("No section is stale: all of them fit the plan and the text above them."))

    def write_parallel(self) -> None:
        """Writes all that is not written yet at the same time, from the plan alone, and says what that costs."""
        if self.is_busy or not self.document.sections or self._refuses() or (model := self._model_to_begin()) is None:
            return
        from longwriter_desktop.agentwrite.parallel import PARALLEL_WARNING

        self.tell(PARALLEL_WARNING, NoticeAction(self.tr("Stop"), self.pause))
        self.run.begin(self.document)
        self.writing.write_parallel(self._sampling(model), model.layout)

    def write_alternatives(self, section_id: str) -> None:
        """Writes several texts for one section at the same time; each becomes a version of it."""
        if self._may_write(section_id) and (model := self._model_to_begin()) is not None:
            self._trial.begin(self.document.section(section_id))
            self.run.clear()
            self.writing.write_alternatives(section_id, ALTERNATIVES, self._sampling(model), model.layout)

    def rewrite(self, passage: Passage, wish: Wish) -> None:
        """Rewrites a passage. The document changes when the person takes the result, see `take_rewrite`."""
        if self._may_write(passage.section_id) and (model := self._model_to_begin()) is not None:
            self.run.clear()
            self.writing.rewrite(passage, wish, self._sampling(model))

    def take_rewrite(self, event: RewriteFinished) -> None:
        """Puts a new passage in place; the text before is kept as a version, and undo brings it back."""
        before = self.document
        after = record_rewrite(before, event, self._clock())
        if after is before:
            self.tell(self.tr("The passage no longer stands in the text as it was, so nothing was replaced."))
            return
        section = after.section(event.passage.section_id)
        self.put(before.with_section(replace(section, text=before.section(section.id).text)))
        self.passage_taken.emit(section.id, section.text)

    def write_section(self, section_id: str) -> None:
        """Writes one section, or goes on with it."""
        if self._may_write(section_id):
            self._begin([section_id], again=False)

    def write_again(self, section_id: str) -> None:
        """Writes one section anew; its present text stays among its versions."""
        if self._may_write(section_id):
            self._begin([section_id], again=True)

    def write_sections(self, section_ids: Sequence[str], again: bool) -> None:
        """Writes several sections in the order of the document, or writes them anew; locked ones are left alone."""
        self._begin(section_ids, again)

    def pause(self, cause: str = "") -> None:
        """Stops planning or writing at once; all that was written is in the document. ``cause`` as in `Run.pausing`."""
        if cause or self.activity in (Activity.WRITING, Activity.STOPPING):
            self.run.pausing(cause)
        self.writing.stop()

    def pause_for_typing(self) -> None:
        """Pauses because the person types in the section being written.

        Whatever the writer still says belongs behind a text that has changed: it is not taken over, and
        writing goes on from what stands in the document.
        """
        self.pause(CHANGED)
        self._deaf = self.activity is Activity.STOPPING

    def write_or_pause(self) -> None:
        """What the main button does."""
        if self.is_busy:
            self.pause()
        elif self.document.sections:
            self.write()
        else:
            self.make_plan()

    def _may_write(self, section_id: str) -> bool:
        if not self.document.has_section(section_id) or self._refuses():
            return False
        locked = self.document.section(section_id).locked
        if locked:
            number = self.document.index(section_id) + 1
            self.noticed.emit(run_notices.locked_notice(number, lambda: self.toggle_lock(section_id)))
        return not locked

    def _begin(self, sections: Sequence[str] | None, again: bool) -> None:
        if not self._refuses() and (model := self._model_to_begin()) is not None:
            self.run.begin(self.document, sections, again)
            self.writing.write(sections, again, self._sampling(model), model.layout)

    def _model_to_begin(self) -> Model | None:
        """The model to begin something with; where nothing can be begun, the person is told why."""
        if lost := run_notices.lost_by_stopping(self.activity, self.document):
            self.noticed.emit(run_notices.at_work_notice(lost, self.pause))
            return None
        if self.model is None:
            self.noticed.emit(run_notices.no_model_notice())
        return self.model

    def _sampling(self, model: Model) -> Sampling:
        """The model's own sampling, with what the person chose for this document or for the app."""
        chosen = self.document.settings
        seed = fresh_seed() if chosen.seed is None else chosen.seed
        return model.sampling(seed=seed, temperature=chosen.temperature, chosen=self._chosen_sampling())

    def refuse(self) -> None:
        """Tells why nothing can be changed in a document that is open for reading only."""
        self.tell(self.tr("The document is open for reading only, so nothing was changed. Open a copy to change it."))

    def _refuses(self) -> bool:
        if self.file.read_only:
            self.refuse()
        return self.file.read_only

    @override
    def push(self, deed: Deed) -> Deed:
        return deed if self._refuses() else super().push(deed)

    @override
    def about_to_change(self, section_id: str) -> None:
        if section_id in self.sections_in_work:
            self.pause_for_typing()

    @override
    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        is_in_work = any(section_id in self._in_work for section_id, _ in texts)
        if is_in_work and self.activity in (Activity.WRITING, Activity.STOPPING):
            # Typed before the engine has answered, or in one of several sections: what it still says belongs elsewhere.
            self._deaf = True
            self.pause(CHANGED)
        super().set_texts(texts)

    @override
    def put(self, document: Document, outdated: bool = False) -> None:
        if self._refuses():
            super().put(self.document, outdated=True)  # the window shows again what is
            return
        if outdated and self._touches_section_in_work(document):
            self.pause_for_typing()
        self.file.changed(document)
        super().put(document, outdated)

    def _touches_section_in_work(self, document: Document) -> bool:
        """Whether a change, undone or redone, takes the section being written away or gives it another text."""
        before = self.document
        return any(
            not document.has_section(each) or document.section(each).text != before.section(each).text
            for each in self.sections_in_work
            if before.has_section(each)
        )

    # -- what the engine says ----------------------------------------------------------------------

    def _record(self, events: list[Event]) -> None:
        if not self.has_document:
            return  # It went while the engine did not answer.
        at = self._clock()
        before = self.document
        for event in events:
            if self._deaf:
                break
            match event:
                case StepDrafted() | StepPlanned():
                    self._draft.add(event)
                    self.draft_changed.emit(self._draft.steps)
                case RequestUnderstood() if not self.document.word_target:
                    self.put(replace(self.document, word_target=event.word_target))
                case RequestUnderstood() | ChapterPlanned():
                    pass
                case PlanFinished():
                    self._use_plan(event)
                case AlternativeGrew() | AlternativeFinished() | RewriteGrew() | RewriteFinished():
                    self._record_trial(event, at)
                case _:
                    stood, self._document = self.document, record(self.document, event, at)
                    self._pass_on(event, stood, at)
        if self.document is not before:
            self.put(self.document)

    def _pass_on(self, event: Event, before: Document, at: float) -> None:
        match event:
            case SectionStarted():
                self.note_begun(event.section_id, before)
                self._in_work |= {event.section_id}
                self.run.section_started(event)
                if event.again:
                    self.text_cleared.emit(event.section_id)
                self.section_started.emit(event.section_id)
            case TextWritten():
                self.note_generated(event.section_id, is_kept=False)
                self._tell_remarks()
                self.run.wrote(event.tokens, at)
                self.text_written.emit(event.section_id, event.text)
            case TextCut():
                self.text_cut.emit(event.section_id, event.characters)
            case SectionFinished():
                self._in_work -= {event.section_id}
                self.run.section_finished(event.section_id)
                self.note_generated(event.section_id, is_kept=True)
                self.section_finished.emit(event.section_id)
            case TextOmitted(first, last):
                self.tell(run_notices.omitted_sentence(first, last))
            case WritingFinished():
                self.noticed.emit(run_notices.done_notice(self.document, self.run, self.tally, self.write_stale))

    def _record_trial(
        self, event: AlternativeGrew | AlternativeFinished | RewriteGrew | RewriteFinished, at: float
    ) -> None:
        """What is written for the person to choose from; only a finished alternative is kept by itself."""
        self._tell_remarks()
        match event:
            case AlternativeGrew(number, section_id, text):
                self.alternatives_grew.emit(section_id, self._trial.grew(number, text))
            case AlternativeFinished(number, section_id):
                done = self._trial.finished(number)
                in_place = self._trial.is_left_alone(self.document, section_id)
                self.put(record_alternative(self.document, event, at, in_place=in_place), outdated=True)
                if self.document.has_section(section_id):
                    place = self.document.index(section_id) + 1
                    self.tell(run_notices.alternatives_sentence(done, ALTERNATIVES, place))
            case RewriteGrew(text):
                self.rewrite_grew.emit(text)
            case RewriteFinished():
                self.rewrite_finished.emit(event)

    def _model_loading(self, loading: ModelLoading) -> None:
        """Tells at once what should not wait until the model is open, such as another window's model."""
        if loading.remarks and loading.remarks != self._remarks_before_loading:
            self._remarks_before_loading = loading.remarks
            self.tell(in_a_row(map(shown, loading.remarks)))

    def _tell_remarks(self) -> None:
        """What is not as was wished with the loaded model, once for each model."""
        engine = self.writing.engine
        if engine is not None and engine.remarks != self._remarks:
            self._remarks = engine.remarks
            if self._remarks:
                self.tell(in_a_row(map(shown, self._remarks)))

    def _use_plan(self, plan: PlanFinished) -> None:
        replaced = sum(1 for section in self.document.sections if section.text.strip())
        deed = self.push(new_plan(self.document, plan))
        if replaced:
            one = self.tr("The plan is new. The text of 1 section was put away with the old one.")
            several = self.tr("The plan is new. The text of {count} sections was put away with the old one.")
            self.tell(one if replaced == 1 else several.format(count=replaced), self.undo_action(deed))

    def _run_ended(self, ending: Ending) -> None:
        self._in_work = frozenset()
        self._deaf = False
        self._trial.end()
        if ending.activity is Activity.PLANNING:
            self._planning_ended(ending)
        elif ending.activity is Activity.WRITING:
            self.run.ended("failed" if ending.failure else "paused" if ending.stopped else "done", self._clock())
        if ending.failure is not None:
            self.noticed.emit(run_notices.failure_notice(ending, self.file.log_path))

    def _planning_ended(self, ending: Ending) -> None:
        plan = self._draft.as_plan()
        self._draft.clear()
        if plan.steps and not self.document.sections:
            self.push(new_plan(self.document, plan))
            self.tell(run_notices.kept_lines_sentence(len(plan.steps)))
        elif ending.stopped and self.has_document:
            self.tell(self.tr("Planning was stopped. Nothing was changed."))
        self.draft_changed.emit(())
