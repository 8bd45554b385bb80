"""What the commands of the command line do: plan, outline, write, draft, export."""

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from longwriter_desktop.agentwrite.alternatives import AlternativeFinished, alternatives, record_alternative
from longwriter_desktop.agentwrite.engine import Engine, Sampling
from longwriter_desktop.agentwrite.events import PlanFinished
from longwriter_desktop.agentwrite.outline import with_plan
from longwriter_desktop.agentwrite.parallel import write_parallel
from longwriter_desktop.agentwrite.passage import find_passage
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.plan_check import check_plan, repaired_all
from longwriter_desktop.agentwrite.plan_text import format_plan, has_plan_form, read_plan
from longwriter_desktop.agentwrite.record import record, record_plan
from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.agentwrite.rewrite import RewriteFinished, Wish, record_rewrite, rewrite
from longwriter_desktop.agentwrite.targets import DEFAULT_WORDS, with_targets
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.errors import InputProblem, LongWriterError, ProjectProblem
from longwriter_desktop.export.registry import check_target, export
from longwriter_desktop.export.training import TrainingFormat, check_training_target, export_training
from longwriter_desktop.models.library import Model
from longwriter_desktop.opened_model import context_of, opened, templates_of, wanted_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.summary import Run, near_duplicate_sentences, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE, INTERRUPTED = 0, 130
PARALLEL_WARNING = (
    "The sections are written at the same time, from the plan alone. They do not know each other: texts made so were "
    "6 % less coherent in the paper's measurement."
)
PROJECT_SUFFIX = ".longwriter"


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


class Commands:
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
            run = Run(model.title, _seed(options.seed, None))
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

    def outline(self, file: Path, plan_text: str | None, *, check: bool = False, repair: bool = False) -> int:
        """Prints the plan, or what the plan check finds in it; ``plan_text`` and ``repair`` change it first."""
        with self._opened(file, read_only=plan_text is None and not repair) as project:
            document = project.document
            numbers: tuple[int | None, ...] = ()
            if plan_text is not None:
                document, numbers = with_loaded_plan(document, plan_text)
                count = len(document.sections)
                self._reporter.message(f"The plan of {file} has {count} {'section' if count == 1 else 'sections'} now.")
            if repair:
                document, done = repaired_all(document)
                for finding in done:
                    self._reporter.message(f"{finding.text} {finding.repair}: done.")
            if document is not project.document:
                project.save(document)
        if check:
            self._reporter.findings(check_plan(document, context_of(document, self._paths), numbers), document)
        else:
            for finding in check_plan(document, numbers=numbers):
                if finding.kind == "numbering":
                    self._reporter.message(finding.text)
            self._reporter.plan(document.steps, format_plan(document.steps, _language_of(document)))
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
        with self._opened(file) as project:
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
            seed = project.document.settings.seed if options.seed is None else options.seed
            with self._engine(model, seed=seed) as engine:
                run, status = self._write(project, engine, model, options, sections=sections, again=again)
            if again and status == DONE:
                self._tell_what_is_stale(project.document)
            self._finish(project.document, run, status)
        return status

    def rewrite(self, file: Path, number: int, words: str, wish: Wish, options: WriteOptions) -> int:
        """Rewrites the passage of a section that consists of ``words``; the text before stays a version."""
        with self._opened(file) as project:
            (section_id,) = _sections_of(project.document, [number]) or [""]
            passage = find_passage(project.document.section(section_id), words)
            chosen = project.document.settings
            model, seed, sampling = self._chosen(chosen, options)
            status = DONE
            with self._engine(model, seed=chosen.seed if options.seed is None else options.seed) as engine:
                events = rewrite(project.document, passage, wish, engine, self._templates(), sampling=sampling)
                try:
                    with closing(events):
                        for event in events:
                            if isinstance(event, RewriteFinished):
                                project.save(record_rewrite(project.document, event, time.time()))
                            self._reporter.rewrite(event, number, project.document)
                except KeyboardInterrupt:
                    status = INTERRUPTED
                    self._reporter.message("Stopped. The passage was left as it is.")
                run = Run(model.title, seed, engine.usage)
            self._reporter.finish(summary(project.document, run), summary_sentence(project.document, run))
        return status

    def alternatives(self, file: Path, number: int, count: int, options: WriteOptions) -> int:
        """Writes several texts for one section at the same time; they become versions of it."""
        with self._opened(file) as project:
            (section_id,) = _sections_of(project.document, [number]) or [""]
            chosen = project.document.settings
            model, seed, sampling = self._chosen(chosen, options)
            status = DONE
            with self._engine(model, seed=chosen.seed if options.seed is None else options.seed) as engine:
                events = alternatives(
                    project.document, section_id, engine, self._templates(),
                    count=count, sampling=sampling, layout=model.layout,
                )  # fmt: skip  # One argument a line would be twice as long as the method may be.
                try:
                    with closing(events):
                        for event in events:
                            if isinstance(event, AlternativeFinished):
                                project.save(record_alternative(project.document, event, time.time()))
                            self._reporter.alternative(event, number, project.document)
                except KeyboardInterrupt:
                    status = INTERRUPTED
                run = Run(model.title, seed, engine.usage)
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
            plan_run = Run(model.title, _seed(options.plan.seed, None))
            document = self._make_plan(options.plan, engine, model, plan_run)
            if document is None:
                self._reporter.message("Stopped before the plan was finished; no file was made.")
                return INTERRUPTED
            with Project.create(file, document) as project:
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

    def export(self, file: Path, output: Path) -> int:
        """Exports a document."""
        check_target(output)
        with self._opened(file, read_only=True) as project:
            document = project.document
        export(document, output)
        self._reporter.exported(str(output))
        self._reporter.finish(summary(document, Run()), summary_sentence(document, Run()))
        return DONE

    def export_training(self, files: Sequence[Path], output: Path, kind: TrainingFormat, *, append: bool) -> int:
        """Exports training data from the documents that the person names, and from no others."""
        check_training_target(output)
        documents = []
        for file in files:
            with self._opened(file, read_only=True) as project:
                documents.append(project.document)
        count = export_training(documents, output, kind, self._templates(), append=append)
        self._reporter.exported(str(output))
        self._reporter.finish({"examples": count}, f"{count} {'example' if count == 1 else 'examples'}.")
        return DONE

    # -- parts -----------------------------------------------------------------------------------

    def _make_plan(self, options: PlanOptions, engine: Engine, model: Model, run: Run) -> Document | None:
        """The new document with its plan; None when it was interrupted."""
        language = language_of(options.instruction, options.language)
        words = options.words or understand(options.instruction).words or DEFAULT_WORDS
        settings = DocumentSettings(model=model.name if options.model else "", seed=options.seed)
        document = Document(
            instruction=options.instruction.strip(), language=language, word_target=words, settings=settings
        )
        sampling = model.sampling(seed=run.seed or 0)
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
        before = project.document.settings
        seed = _seed(options.seed, before.seed)
        temperature = before.temperature if options.temperature is None else options.temperature
        sampling = model.sampling(seed=seed, temperature=temperature)
        desk = _Desk(project.document)
        usage_before = engine.usage
        status = DONE
        run = write_parallel if options.parallel else write
        if options.parallel:
            self._reporter.message(PARALLEL_WARNING)
        with _saving(project, desk) as failed:
            events = run(
                lambda: desk.document,
                engine,
                self._templates(),
                sections=sections,
                again=again,
                sampling=sampling,
                layout=model.layout,
            )
            try:
                with closing(events):
                    for event in events:
                        desk.put(record(desk.document, event, time.time()))
                        self._reporter.event(event, desk.document)
                        if failed:
                            raise failed[0]
            except KeyboardInterrupt:
                status = INTERRUPTED
        return Run(model.title, seed, engine.usage - usage_before), status

    def _chosen(self, settings: DocumentSettings, options: WriteOptions) -> tuple[Model, int, Sampling]:
        """The model, the seed and the sampling: as asked for now, else as the document has it."""
        model = self._model(options.model or settings.model)
        seed = _seed(options.seed, settings.seed)
        temperature = settings.temperature if options.temperature is None else options.temperature
        return model, seed, model.sampling(seed=seed, temperature=temperature)

    def _finish(self, document: Document, run: Run, status: int) -> None:
        if status == INTERRUPTED:
            self._reporter.message("Stopped. Everything written so far is kept; `write` goes on from there.")
        for sentence in near_duplicate_sentences(document):
            self._reporter.message(sentence)
        self._reporter.finish(summary(document, run), summary_sentence(document, run))

    def _templates(self) -> TemplatesOf:
        return templates_of(self._paths)

    def _model(self, wanted: str) -> Model:
        return wanted_model(wanted, self._paths, self._reporter.message)

    def _engine(self, model: Model, *, seed: int | None) -> AbstractContextManager[LlamaEngine]:
        return opened(model, self._paths, self._reporter.message, seed=seed)

    @contextmanager
    def _opened(self, file: Path, *, read_only: bool = False) -> Iterator[Project]:
        with Project.open(file, read_only=read_only) as project:
            yield project

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
def _saving(project: Project, desk: _Desk) -> Iterator[list[Exception]]:
    """Saves what lies on the desk as it changes. What goes wrong stands in the list; at the end it is raised."""
    failed: list[Exception] = []
    autosave = Autosave(project, lambda _document: None, failed.append)
    desk.changed = autosave.document_changed
    try:
        yield failed
    finally:
        with _uninterrupted():
            autosave.document_changed(desk.document)
            saved = autosave.flush(30)
            autosave.close()
    if not saved:
        raise failed[0] if failed else LongWriterError(f"{project.path} could not be saved in time.")


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


def _seed(asked: int | None, of_document: int | None) -> int:
    if asked is not None:
        return asked
    return of_document if of_document is not None else secrets.randbelow(2**32)


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


def with_loaded_plan(document: Document, text: str) -> tuple[Document, tuple[int | None, ...]]:
    """The document with the plan of a text, and the numbers that stood at its lines.

    Lines without a word count share what the others leave. Raises InputProblem where there is no plan.
    """
    read = read_plan(text)
    if not read.steps or (len(read.steps) == 1 and not read.steps[0].words and not has_plan_form(text)):
        raise InputProblem("There is no plan in the file: no line has a main point. The document was left as it is.")
    return with_plan(document, with_targets(read.steps, document.words_asked)), read.numbers


def _language_of(document: Document) -> Literal["en", "zh"]:
    return "zh" if document.language == "zh" else "en"
