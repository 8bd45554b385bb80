"""What the commands of the command line do: plan, outline, write, draft, export."""

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from longwriter_desktop.agentwrite.alternatives import AlternativeFinished, alternatives, record_alternative
from longwriter_desktop.agentwrite.engine import Engine
from longwriter_desktop.agentwrite.events import PlanFinished
from longwriter_desktop.agentwrite.outline import with_plan
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.plan_text import format_plan, has_plan_form, parse_plan
from longwriter_desktop.agentwrite.prompts import PromptTemplates
from longwriter_desktop.agentwrite.record import record, record_plan
from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.agentwrite.targets import DEFAULT_WORDS, with_targets
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.errors import InputProblem, LongWriterError, ProjectProblem
from longwriter_desktop.export.registry import check_target, export
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model, default_model, find_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.autosave import Autosave
from longwriter_desktop.project.names import new_document_path
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import load_settings
from longwriter_desktop.summary import Run, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE, INTERRUPTED = 0, 130
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
    """What to write with; "" and None follow the document, then the settings."""

    model: str = ""
    seed: int | None = None
    temperature: float | None = None


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

    def outline(self, file: Path, plan_text: str | None) -> int:
        """Prints the plan; with ``plan_text``, puts that one in its place first."""
        with self._opened(file, read_only=plan_text is None) as project:
            document = project.document
            if plan_text is not None:
                document = _with_loaded_plan(document, plan_text)
                project.save(document)
                count = len(document.sections)
                self._reporter.message(f"The plan of {file} has {count} {'section' if count == 1 else 'sections'} now.")
        language: Literal["en", "zh"] = "zh" if document.language == "zh" else "en"
        self._reporter.plan(document.steps, format_plan(document.steps, language))
        return DONE

    def write(self, file: Path, numbers: list[int], *, again: bool, options: WriteOptions) -> int:
        """Writes what is missing, or the sections of those numbers."""
        with self._opened(file) as project:
            sections = _sections_of(project.document, numbers)
            self._tell_what_stays(project.document, sections, again=again)
            wanted = options.model or project.document.settings.model
            model = self._model(wanted)
            seed = project.document.settings.seed if options.seed is None else options.seed
            with self._engine(model, seed=seed) as engine:
                run, status = self._write(project, engine, model, options, sections=sections, again=again)
            self._finish(project.document, run, status)
        return status

    def alternatives(self, file: Path, number: int, count: int, options: WriteOptions) -> int:
        """Writes several texts for one section at the same time; they become versions of it."""
        with self._opened(file) as project:
            (section_id,) = _sections_of(project.document, [number]) or [""]
            chosen = project.document.settings
            model = self._model(options.model or chosen.model)
            seed = _seed(options.seed, chosen.seed)
            temperature = chosen.temperature if options.temperature is None else options.temperature
            sampling = model.sampling(seed=seed, temperature=temperature)
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
            options.instruction, engine, load_templates(language, self._paths), words=words, sampling=sampling
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
        with _saving(project, desk) as failed:
            events = write(
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

    def _finish(self, document: Document, run: Run, status: int) -> None:
        if status == INTERRUPTED:
            self._reporter.message("Stopped. Everything written so far is kept; `write` goes on from there.")
        self._reporter.finish(summary(document, run), summary_sentence(document, run))

    def _templates(self) -> Callable[[str], PromptTemplates]:
        return lambda language: load_templates("zh" if language == "zh" else "en", self._paths)

    def _model(self, wanted: str) -> Model:
        catalogue = load_catalogue(self._paths)
        if wanted:
            return find_model(wanted, catalogue, self._paths)
        model = default_model(catalogue, self._paths, load_settings(self._paths).model)
        if model.is_for_trying_out:
            self._reporter.message(
                f"Writing with {model.title}, which is for trying things out. LongWriter-8B is for writing: "
                "see `longwriter-desktop models`."
            )
        return model

    @contextmanager
    def _engine(self, model: Model, *, seed: int | None) -> Iterator[LlamaEngine]:
        """``seed``: the one that was asked for, if any; the same one is to give the same text."""
        options = replace(EngineOptions.of(load_settings(self._paths)), adapt_threads=seed is None)
        with LlamaEngine(model, paths=self._paths, options=options) as engine:
            try:
                yield engine
            finally:
                for remark in engine.remarks:
                    self._reporter.message(remark)

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


def _with_loaded_plan(document: Document, text: str) -> Document:
    """The document with the plan of a text; lines without a word count share what the others leave."""
    steps = parse_plan(text)
    if not steps or (len(steps) == 1 and not steps[0].words and not has_plan_form(text)):
        raise InputProblem("There is no plan in the file: no line has a main point. The document was left as it is.")
    return with_plan(document, with_targets(steps, document.words_asked))
