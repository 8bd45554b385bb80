"""What the commands that write with a model do: plan, write, rewrite, alternatives, draft."""

import secrets
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from longwriter_desktop.agentwrite.alternative_events import AlternativeEvent, AlternativeFinished, record_alternative
from longwriter_desktop.agentwrite.alternatives import alternatives
from longwriter_desktop.agentwrite.engine import Engine, Sampling
from longwriter_desktop.agentwrite.events import PlanFinished, SectionSummarised, WriterEvent
from longwriter_desktop.agentwrite.parallel import PARALLEL_WARNING, write_parallel
from longwriter_desktop.agentwrite.passage import find_passage
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.record import record, record_plan
from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.agentwrite.rewrite import rewrite
from longwriter_desktop.agentwrite.rewrite_events import RewriteEvent, RewriteFinished, Wish, record_rewrite
from longwriter_desktop.agentwrite.targets import DEFAULT_WORDS
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.errors import InputProblem, ProjectProblem
from longwriter_desktop.export.registry import check_target, export
from longwriter_desktop.models.library import Model
from longwriter_desktop.opened_document import Saving, created_document, opened_document, save_or_keep
from longwriter_desktop.opened_model import opened, templates_of, wanted_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import load_settings
from longwriter_desktop.summary import Run, near_duplicate_sentences, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE, INTERRUPTED = 0, 130
PROJECT_SUFFIX = ".longwriter"

AnyEvent = TypeVar("AnyEvent")


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What a plan is to be made of; ``words`` None follows the instruction, ``seed`` None is drawn."""

    instruction: str
    words: int | None = None
    language: Literal["auto", "en", "zh"] = "auto"
    model: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What to write with; "" and None follow the document, then the settings. ``parallel``: from the plan alone."""

    model: str = ""
    seed: int | None = None
    temperature: float | None = None
    parallel: bool = False


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """Planning and writing in one go."""

    plan: PlanOptions
    temperature: float | None = None


class WritingCommands:
    """The commands. Each returns the exit status and raises LongWriterError with a sentence for the person."""

    def __init__(self, paths: AppPaths, reporter: Reporter) -> None:
        self._paths = paths
        self._reporter = reporter

    def plan(self, options: PlanOptions, output: Path) -> int:
        """Makes a plan and a new document of it."""
        if output.suffix != PROJECT_SUFFIX:
            raise InputProblem(
                f"A plan is kept in a {PROJECT_SUFFIX} file: choose a name that ends so. Nothing was made."
            )
        self._check_new(output)
        self._check_instruction(options)
        model = self._model(options.model)
        with self._engine(model, seed=options.seed) as engine:
            run = Run(model.title, _drawn() if options.seed is None else options.seed)
            document = self._make_plan(options, engine, model, run)
            run = replace(run, usage=engine.usage)
        if document is None:
            self._reporter.message("Stopped before the plan was finished; no file was made.")
            return INTERRUPTED
        with Project.create(output, document):
            pass
        self._reporter.exported(str(output))
        self._reporter.finish(summary(document, run), summary_sentence(document, run))
        return DONE

    def write(
        self,
        file: Path,
        numbers: list[int],
        *,
        again: bool,
        options: WriteOptions,
        stale: bool = False,
        direction: str | None = None,
    ) -> int:
        """Writes what is missing, or the sections of those numbers, or those that are ``stale`` anew.

        ``direction`` is put down as the sections' note for the writer first; "" takes theirs away.
        """
        with opened_document(file, self._paths, self._reporter.message) as project:
            if direction is not None:
                project.save(_with_direction(project.document, numbers, direction))
            sections = project.document.stale_sections() if stale else _sections_of(project.document, numbers)
            again = again or stale
            if stale and not sections:
                self._reporter.message("No section is stale, so nothing was written.")
                self._finish(project.document, Run(), DONE)
                return DONE
            self._tell_what_stays(project.document, sections, again=again)
            wanted = options.model or project.document.settings.model
            model = self._model(wanted)
            with self._engine(model, seed=_asked_seed(options, project.document.settings)) as engine:
                run, status = self._write(project, engine, model, options, sections=sections, again=again)
            if again and status == DONE:
                self._tell_what_is_stale(project.document)
            self._finish(project.document, run, status)
        return status

    def rewrite(self, file: Path, number: int, words: str, wish: Wish, options: WriteOptions) -> int:
        """Rewrites the passage of a section that consists of ``words``; the text before stays a version."""
        with opened_document(file, self._paths, self._reporter.message) as project:
            document = project.document
            (section_id,) = _sections_of(document, [number]) or [""]
            passage = find_passage(document.section(section_id), words)

            def take(event: RewriteEvent) -> None:
                if isinstance(event, RewriteFinished):
                    save_or_keep(project, record_rewrite(project.document, event, time.time()), self._paths)
                self._reporter.rewrite(event, number, project.document)

            model = self._model(options.model or document.settings.model)
            sampling = _sampling(model, options, document.settings, self._paths)
            with self._engine(model, seed=_asked_seed(options, document.settings)) as engine:
                events = rewrite(document, passage, wish, engine, templates_of(self._paths), sampling=sampling)
                status = _to_the_end(events, take)
                run = Run(model.title, sampling.seed, engine.usage)
            if status == INTERRUPTED:
                self._reporter.message("Stopped. The passage was left as it is.")
            self._reporter.finish(summary(project.document, run), summary_sentence(project.document, run))
        return status

    def alternatives(self, file: Path, number: int, count: int, options: WriteOptions) -> int:
        """Writes several texts for one section at the same time; they become versions of it."""
        with opened_document(file, self._paths, self._reporter.message) as project:
            document = project.document
            (section_id,) = _sections_of(document, [number]) or [""]

            def take(event: AlternativeEvent) -> None:
                if isinstance(event, AlternativeFinished):
                    save_or_keep(project, record_alternative(project.document, event, time.time()), self._paths)
                elif isinstance(event, SectionSummarised):
                    project.save(record(project.document, event, time.time()))
                self._reporter.alternative(event, number, project.document)

            model = self._model(options.model or document.settings.model)
            sampling = _sampling(model, options, document.settings, self._paths)
            with self._engine(model, seed=_asked_seed(options, document.settings)) as engine:
                events = alternatives(
                    document, section_id, engine, templates_of(self._paths),
                    count=count, sampling=sampling, layout=model.layout,
                )  # fmt: skip  # One argument a line would be twice as long as the method may be.
                status = _to_the_end(events, take)
                run = Run(model.title, sampling.seed, engine.usage)
            self._finish(project.document, run, status)
        return status

    def draft(self, options: DraftOptions, output: Path) -> int:
        """Plans, writes and exports. The document itself is kept beside the exported file."""
        to_export = output.suffix != PROJECT_SUFFIX
        if to_export:
            check_target(output)
            file = new_document_path(output.parent, output.stem)
        else:
            file = output
        self._check_new(file)
        self._check_instruction(options.plan)
        model = self._model(options.plan.model)
        with self._engine(model, seed=options.plan.seed) as engine:
            plan_run = Run(model.title, _drawn() if options.plan.seed is None else options.plan.seed)
            document = self._make_plan(options.plan, engine, model, plan_run)
            if document is None:
                self._reporter.message("Stopped before the plan was finished; no file was made.")
                return INTERRUPTED
            with created_document(file, document, self._paths) as project:
                self._reporter.message(f"The document is kept in {file}.")
                choice = WriteOptions(options.plan.model, plan_run.seed, options.temperature)
                run, status = self._write(project, engine, model, choice, sections=None, again=False)
                document = project.document
            run = replace(run, usage=engine.usage)
        if to_export and status == DONE:
            export(document, output)
            self._reporter.exported(str(output))
        if status == INTERRUPTED:
            self._reporter.message(f"Go on with: longwriter-desktop write {file}")
        self._finish(document, run, status)
        return status

    # -- parts -----------------------------------------------------------------------------------

    def _make_plan(self, options: PlanOptions, engine: Engine, model: Model, run: Run) -> Document | None:
        """The new document with its plan; None when it was interrupted."""
        language = language_of(options.instruction, options.language)
        words = options.words or understand(options.instruction).words or DEFAULT_WORDS
        settings = DocumentSettings(model=model.name if options.model else "", seed=options.seed)
        document = Document(
            instruction=options.instruction.strip(), language=language, word_target=words, settings=settings
        )
        sampling = model.sampling(seed=run.seed or 0, chosen=load_settings(self._paths).sampling)
        events = plan(
            options.instruction,
            engine,
            load_templates(language, self._paths),
            words=options.words,
            sampling=sampling,
            planning=model.planning,
        )
        try:
            for event in events:
                if isinstance(event, PlanFinished):
                    document = record_plan(document, event)
                self._reporter.event(event, document)
        except KeyboardInterrupt:
            return None
        return document

    def _write(
        self,
        project: Project,
        engine: Engine,
        model: Model,
        options: WriteOptions,
        *,
        sections: list[str] | None,
        again: bool,
    ) -> tuple[Run, int]:
        """Writes into the project, saving as the text arrives; returns what it took and the exit status."""
        sampling = _sampling(model, options, project.document.settings, self._paths)
        desk = _Desk(project.document)
        usage_before = engine.usage
        run = write_parallel if options.parallel else write
        if options.parallel:
            self._reporter.message(PARALLEL_WARNING)
        with _saving(project, desk, self._paths) as saving:

            def take(event: WriterEvent) -> None:
                desk.put(record(desk.document, event, time.time()))
                self._reporter.event(event, desk.document)
                if saving.failure is not None:
                    raise saving.failure

            events = run(
                lambda: desk.document,
                engine,
                templates_of(self._paths),
                sections=sections,
                again=again,
                sampling=sampling,
                layout=model.layout,
            )
            status = _to_the_end(events, take)
        return Run(model.title, sampling.seed, engine.usage - usage_before), status

    def _finish(self, document: Document, run: Run, status: int) -> None:
        if status == INTERRUPTED:
            self._reporter.message("Stopped. Everything written so far is kept; `write` goes on from there.")
        for sentence in near_duplicate_sentences(document):
            self._reporter.message(sentence)
        self._reporter.finish(summary(document, run), summary_sentence(document, run))

    def _model(self, wanted: str) -> Model:
        return wanted_model(wanted, self._paths, self._reporter.message)

    def _engine(self, model: Model, *, seed: int | None) -> AbstractContextManager[LlamaEngine]:
        return opened(model, self._paths, self._reporter.message, seed=seed)

    def _tell_what_stays(self, document: Document, sections: list[str] | None, *, again: bool) -> None:
        """Says which of the asked sections are left alone, and why."""
        wanted = [each for each in document.sections if sections is None or each.id in sections]
        finished = [each for each in wanted if each.complete and each.text.strip() and not each.locked and not again]
        locked = [each for each in wanted if each.locked]
        if wanted and len(finished) + len(locked) == len(wanted):
            self._reporter.message("There is nothing left to write here. --again writes finished sections anew.")
        if sections is not None and locked:
            numbers = ", ".join(str(document.index(each.id) + 1) for each in locked)
            self._reporter.message(f"Locked, and left as it is: section {numbers}. Unlock it in the window.")

    def _tell_what_is_stale(self, document: Document) -> None:
        """After sections were written anew: which ones now stand behind a text that they were not written against."""
        numbers = [str(document.index(section_id) + 1) for section_id in document.stale_sections()]
        if numbers:
            which = f"Section {numbers[0]} is" if len(numbers) == 1 else f"Sections {', '.join(numbers)} are"
            self._reporter.message(
                f"{which} stale: the text or the plan has changed since. `write --stale` writes just that anew."
            )

    def _check_new(self, output: Path) -> None:
        if output.exists():
            raise ProjectProblem(
                f"{output} exists already and was left as it is. Choose another name, or go on with it."
            )
        if not output.parent.is_dir():
            raise ProjectProblem(f"There is no folder {output.parent}. Make it first, or choose another place.")

    def _check_instruction(self, options: PlanOptions) -> None:
        if not count_words(options.instruction):
            raise InputProblem("There is no instruction. Say in a sentence what is to be written, then try again.")


class _Desk:
    """The document while it is being written; what it is given is handed on to be saved."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.changed: Callable[[Document], None] = lambda _document: None

    def put(self, document: Document) -> None:
        if document is not self.document:
            self.document = document
            self.changed(document)


@contextmanager
def _saving(project: Project, desk: _Desk, paths: AppPaths) -> Iterator[Saving]:
    """Saves what lies on the desk as it changes. What cannot be saved until the end is kept; that is raised then."""
    saving = Saving(project, paths)
    desk.changed = saving.document_changed
    try:
        yield saving
    finally:
        with _uninterrupted():
            saving.finish(desk.document)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl+C and being told to end wait until this is over: a second Ctrl+C must not cost what the first one kept."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = [(each, signal.signal(each, signal.SIG_IGN)) for each in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)


def _to_the_end(events: Generator[AnyEvent, None, None], take: Callable[[AnyEvent], None]) -> int:
    """Hands each event to ``take``; Ctrl+C stops what makes them. Returns the exit status."""
    try:
        with closing(events):
            for event in events:
                take(event)
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _asked_seed(options: WriteOptions, settings: DocumentSettings) -> int | None:
    """The seed that was asked for, now or for the document; None when one is to be drawn."""
    return settings.seed if options.seed is None else options.seed


def _sampling(model: Model, options: WriteOptions, settings: DocumentSettings, paths: AppPaths) -> Sampling:
    """The model's sampling as asked for now, else as the document or the app has it, with a seed in any case."""
    seed = _asked_seed(options, settings)
    temperature = settings.temperature if options.temperature is None else options.temperature
    chosen = load_settings(paths).sampling
    return model.sampling(seed=_drawn() if seed is None else seed, temperature=temperature, chosen=chosen)


def _drawn() -> int:
    """A seed, so that what is written can be written again."""
    return secrets.randbelow(2**32)


def _sections_of(document: Document, numbers: list[int]) -> list[str] | None:
    if not numbers:
        return None
    last = len(document.sections)
    for number in numbers:
        if not 1 <= number <= last:
            raise InputProblem(f"There is no section {number}: the document has {last}. Nothing was changed.")
    return [document.sections[number - 1].id for number in numbers]


def _with_direction(document: Document, numbers: list[int], direction: str) -> Document:
    for section_id in _sections_of(document, numbers) or []:
        document = document.with_section(replace(document.section(section_id), direction=direction.strip()))
    return document
