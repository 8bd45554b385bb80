"""What the commands that need no model do: outline, export. See `writing_commands` for those that write."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from longwriter_desktop.agentwrite.outline import with_plan
from longwriter_desktop.agentwrite.plan_check import check_plan, repaired_all
from longwriter_desktop.agentwrite.plan_text import format_plan, has_plan_form, read_plan
from longwriter_desktop.agentwrite.targets import with_targets
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.export.registry import check_target, export
from longwriter_desktop.export.training import TrainingFormat, check_training_target, export_training
from longwriter_desktop.opened_document import opened_document
from longwriter_desktop.opened_model import context_of, templates_of
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.summary import Run, summary, summary_sentence
from longwriter_desktop.terminal import Reporter

DONE = 0


class Commands:
    """The commands. Each returns the exit status and raises LongWriterError with a sentence for the person."""

    def __init__(self, paths: AppPaths, reporter: Reporter) -> None:
        self._paths = paths
        self._reporter = reporter

    def outline(self, file: Path, plan_text: str | None, *, check: bool = False, repair: bool = False) -> int:
        """Prints the plan, or what the plan check finds in it; ``plan_text`` and ``repair`` change it first."""
        looks_only = plan_text is None and not repair
        with opened_document(file, self._paths, self._reporter.message, read_only=looks_only) as project:
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

    def export(self, file: Path, output: Path) -> int:
        """Exports a document."""
        check_target(output)
        with Project.open(file, read_only=True) as project:
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
            with Project.open(file, read_only=True) as project:
                documents.append(project.document)
        count = export_training(documents, output, kind, templates_of(self._paths), append=append)
        self._reporter.exported(str(output))
        self._reporter.finish({"examples": count}, f"{count} {'example' if count == 1 else 'examples'}.")
        return DONE


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
