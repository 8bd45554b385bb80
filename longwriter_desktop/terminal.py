"""What the command line shows while it works: JSON Lines, a progress bar, or plain lines.

Standard output belongs to the command's result, standard error to progress and messages.
"""

import json
import sys
from collections.abc import Mapping
from typing import IO, NoReturn, Protocol

from tqdm import tqdm

from longwriter_desktop.agentwrite.alternative_events import AlternativeEvent, AlternativeFinished, AlternativeGrew
from longwriter_desktop.agentwrite.engine import ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.events import (
    ChapterPlanned,
    PlanEvent,
    PlanFinished,
    RequestUnderstood,
    SectionFinished,
    SectionStarted,
    SectionSummarised,
    StepPlanned,
    TextCut,
    TextOmitted,
    TextWritten,
    WriterEvent,
)
from longwriter_desktop.agentwrite.plan_check import Finding
from longwriter_desktop.agentwrite.plan_text import format_step
from longwriter_desktop.agentwrite.rewrite_events import RewriteEvent, RewriteFinished, RewriteGrew
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_unit import unit_of
from longwriter_desktop.document.outline import Step


class Reporter(Protocol):
    """Shows what happens to a person or a program."""

    def event(self, event: PlanEvent | WriterEvent, document: Document) -> None:
        """Something happened; ``document`` has it recorded already."""
        ...

    def alternative(self, event: AlternativeEvent, number: int, document: Document) -> None:
        """Something happened to one of several texts for section ``number``."""
        ...

    def rewrite(self, event: RewriteEvent, number: int, document: Document) -> None:
        """Something happened while a passage of section ``number`` is rewritten."""
        ...

    def message(self, text: str) -> None:
        """A sentence for the person."""
        ...

    def plan(self, steps: tuple[Step, ...], text: str) -> None:
        """The plan as it stands: as steps and as AgentWrite lines."""
        ...

    def findings(self, found: tuple[Finding, ...], document: Document) -> None:
        """What the plan check found in the document; nothing is a finding, too."""
        ...

    def trash(self, document: Document) -> None:
        """The deleted sections of a document, numbered from 1, the newest first."""
        ...

    def exported(self, path: str) -> None:
        """A file was written."""
        ...

    def finish(self, values: Mapping[str, object], sentence: str) -> None:
        """The summary, once, last: as values for a program and as a sentence for a person."""
        ...


class JsonLines:
    """One JSON object an event on standard output; the last is the summary."""

    def __init__(self, out: IO[str] | None = None, err: IO[str] | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def event(self, event: PlanEvent | WriterEvent, document: Document) -> None:
        values = _values(event, document)
        if values:
            self._print(values)

    def alternative(self, event: AlternativeEvent, number: int, document: Document) -> None:
        if isinstance(event, AlternativeFinished):
            text = event.version.text
            values = {"alternative": event.number, "words": event.version.words, "text": text}
            self._print({"event": "alternative", "number": number, **values})
        elif not isinstance(event, AlternativeGrew):
            self.event(event, document)

    def rewrite(self, event: RewriteEvent, number: int, document: Document) -> None:
        if isinstance(event, RewriteFinished):
            texts = {"before": event.passage.text, "after": event.text, "words": count_words(event.text)}
            values = {"stop_reason": event.stop_reason, "whole_sentence": event.is_whole_sentence}
            self._print({"event": "rewritten", "number": number, **texts, **values})
        elif isinstance(event, ModelLoading | PromptProgress):
            self.event(event, document)

    def message(self, text: str) -> None:
        print(text, file=self._err, flush=True)

    def plan(self, steps: tuple[Step, ...], text: str) -> None:
        del text  # programs read the steps
        for step in steps:
            self._print({"event": "step", **_step_values(step)})
        self._print({"event": "summary", "sections": len(steps), "words_target": sum(step.words for step in steps)})

    def findings(self, found: tuple[Finding, ...], document: Document) -> None:
        for each in found:
            numbers = [_number(section_id, document) for section_id in each.sections]
            values = {"kind": each.kind, "sections": numbers, "text": each.text, "repair": each.repair}
            self._print({"event": "finding", **values})
        repairable = sum(bool(each.repair) for each in found)
        self._print({"event": "summary", "findings": len(found), "repairable": repairable})

    def trash(self, document: Document) -> None:
        for number, each in enumerate(reversed(document.trash), start=1):
            values = {"main_point": each.main_point, "heading": each.heading, "words": each.words, "text": each.text}
            self._print({"event": "deleted", "number": number, **values, "versions": len(each.versions)})
        self._print({"event": "summary", "sections": len(document.sections), "deleted": len(document.trash)})

    def exported(self, path: str) -> None:
        self._print({"event": "exported", "path": path})

    def finish(self, values: Mapping[str, object], sentence: str) -> None:
        del sentence  # programs compute their own
        self._print({"event": "summary", **values})

    def _print(self, values: Mapping[str, object]) -> None:
        # A lone surrogate, which a document may hold, has no UTF-8 form: ASCII escapes carry it all the same.
        print(json.dumps(values, ensure_ascii=True), file=self._out, flush=True)


def _values(event: PlanEvent | WriterEvent, document: Document) -> dict[str, object]:
    """The event as plain values, ready for JSON; {} for one that is not told."""
    if isinstance(event, TextWritten | TextCut | SectionFinished | SectionSummarised):
        return _section_values(event, document)
    name, values = _plain_values(event)
    return {"event": name, **values} if name else {}


def _plain_values(event: PlanEvent | WriterEvent) -> tuple[str, dict[str, object]]:
    name = ""
    values: dict[str, object] = {}
    match event:
        case ModelLoading():
            name, values = "model_loading", _loading_values(event)
        case PromptProgress(read, total, reused):
            name, values = "reading", {"read": read, "total": total, "reused": reused}
        case RequestUnderstood(words, language, paragraphs, source, evidence):
            name, values = "request", {"words": words, "language": language, "paragraphs": paragraphs}
            values |= {"source": source, "evidence": evidence}
        case ChapterPlanned(step, heading, chapters):
            name, values = "chapter", {"heading": heading, "chapters": chapters, **_step_values(step)}
        case StepPlanned(step, heading):
            name, values = "step", {"heading": heading, **_step_values(step)}
        case PlanFinished(title):
            name, values = "plan_finished", {"title": title}
        case SectionStarted(_, number, words, target, again):
            name = "section_started"
            values = {"number": number, "words": words, "words_target": target, "again": again}
        case TextOmitted(first, last):
            name, values = "text_omitted", {"first": first, "last": last}
    return name, values


def _loading_values(event: ModelLoading) -> dict[str, object]:
    values: dict[str, object] = {"fraction": round(event.fraction, 3)}
    if event.needs_bytes:
        values |= {"needs_bytes": event.needs_bytes, "free_bytes": event.free_bytes}
    return values | ({"remarks": event.remarks} if event.remarks else {})


def _step_values(step: Step) -> dict[str, object]:
    return {"number": step.number, "main_point": step.main_point, "words": step.words}


def _section_values(
    event: TextWritten | TextCut | SectionFinished | SectionSummarised, document: Document
) -> dict[str, object]:
    number = _number(event.section_id, document)
    match event:
        case TextWritten():
            return {"event": "text", "number": number, "text": event.text}
        case TextCut():
            return {"event": "text_cut", "number": number, "characters": event.characters}
        case SectionSummarised():
            return {"event": "summary_of_section", "number": number, "summary": event.summary}
        case SectionFinished():
            section = document.section(event.section_id)
            return {
                "event": "section_finished",
                "number": number,
                "words": section.words,
                "words_target": section.word_target,
                "stop_reason": event.stop_reason,
            }


def _number(section_id: str, document: Document) -> int:
    return document.index(section_id) + 1


def understood_sentence(event: RequestUnderstood) -> str:
    """What was read out of an instruction, and where the length comes from."""
    language = {"en": "English", "zh": "Chinese"}[event.language]
    sections = "1 section" if event.paragraphs == 1 else f"{event.paragraphs} sections"
    source = {
        "instruction": f"the instruction says “{event.evidence}”",
        "person": "the length that you gave",
        "default": "no length was named; --words N gives one",
    }[event.source]
    return f"Planning {event.word_target:,} {unit_of(event.language)} in {sections}, in {language} ({source})."


class ProgressBar:
    """A progress bar on a terminal; on anything else a line for each section. Words, not tokens, are counted."""

    def __init__(self, out: IO[str] | None = None, err: IO[str] | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._bar: tqdm[NoReturn] | None = None
        self._doing = ""
        self._growing: dict[int, int] = {}
        self._memory = ""
        self._remarks: set[str] = set()

    def event(self, event: PlanEvent | WriterEvent, document: Document) -> None:
        match event:
            case ModelLoading():
                self._loading(event, document)
            case PromptProgress(read, total) if read < total:
                self._show(document, f"reading {read:,} of {total:,} tokens")
            case RequestUnderstood() | ChapterPlanned() | StepPlanned():
                self._planned(event, document)
            case PlanFinished(title):
                self._close()
                self.message(f"Title: {title}")
            case SectionStarted():
                self._doing = f"section {event.number} of {len(document.sections)}"
                self._show(document, self._doing)
            case TextWritten():
                self._show(document, self._doing)
            case TextOmitted() | SectionSummarised():
                self._left_out(event, document)
            case SectionFinished():
                self._section_line(event, document)

    def _planned(self, event: RequestUnderstood | ChapterPlanned | StepPlanned, document: Document) -> None:
        match event:
            case RequestUnderstood():
                self.message(understood_sentence(event))
            case ChapterPlanned(step, heading, chapters):
                name = heading or step.main_point
                unit = unit_of(document.language)
                self.message(f"Chapter {step.number} of {chapters}: {name} ({step.words:,} {unit})")
            case StepPlanned(step):
                self._line(format_step(step, "zh" if document.language == "zh" else "en"), self._out)

    def alternative(self, event: AlternativeEvent, number: int, document: Document) -> None:
        unit = unit_of(document.language)
        match event:
            case AlternativeGrew():
                self._growing[event.number] = count_words(event.text)
                words = " + ".join(str(self._growing[each]) for each in sorted(self._growing))
                self._show(document, f"section {number}: {words} {unit}")
            case AlternativeFinished():
                kept = (
                    "its text and its first version"
                    if document.section(event.section_id).text == event.version.text
                    else "a version"
                )
                self.message(f"Section {number}, text {event.number}: {event.version.words} {unit}, kept as {kept}.")
            case _:
                self.event(event, document)

    def rewrite(self, event: RewriteEvent, number: int, document: Document) -> None:
        match event:
            case RewriteGrew(text):
                unit = unit_of(document.language)
                self._show(document, f"section {number}: {count_words(text)} {unit} of the new passage")
            case RewriteFinished(passage, text) if text == passage.text:
                self.message("The model gave no passage of use. Nothing was changed; try another --seed or model.")
            case RewriteFinished(passage, text):
                self._line(text, self._out)
                if event.is_whole_sentence:
                    self.message("No other words fitted into the sentence: all of it was rewritten.")
                self.message(
                    f"Section {number}: {count_words(passage.text)} {unit_of(document.language)} became "
                    f"{count_words(text)}. "
                    "The text before is kept as a version."
                )
            case ModelLoading() | PromptProgress():
                self.event(event, document)

    def _loading(self, event: ModelLoading, document: Document) -> None:
        for remark in event.remarks:
            if remark not in self._remarks:
                self._remarks.add(remark)
                self.message(remark)
        if event.memory and event.memory != self._memory:
            self._memory = event.memory
            self.message(f"Loading the model: {event.memory}.")
        self._show(document, f"loading the model {event.fraction:.0%}")

    def _left_out(self, event: TextOmitted | SectionSummarised, document: Document) -> None:
        match event:
            case TextOmitted(first, last):
                which = f"section {first}" if first == last else f"sections {first} to {last}"
                self.message(
                    f"The text has outgrown the model's context: it no longer reads {which} again, but short summaries."
                )
            case SectionSummarised(section_id):
                self._show(document, f"section {_number(section_id, document)} is summed up")

    def _section_line(self, event: SectionFinished, document: Document) -> None:
        section = document.section(event.section_id)
        number = _number(event.section_id, document)
        why = {
            "repetition": ", ended early: the model kept repeating itself. What it repeated is taken out; "
            f"`--section {number} --again` writes the section anew",
            "length": ", ended before its target",
        }
        length = f"{section.words} / {section.word_target} {unit_of(document.language)}"
        self.message(f"Section {number}: {length}{why.get(event.stop_reason, '')}")

    def message(self, text: str) -> None:
        self._line(text, self._err)

    def plan(self, steps: tuple[Step, ...], text: str) -> None:
        if steps:
            self._line(text, self._out)

    def findings(self, found: tuple[Finding, ...], document: Document) -> None:
        del document  # the sentences name the sections
        for each in found:
            self._line(f"{each.text} Repair: {each.repair}." if each.repair else each.text, self._out)
        repairable = sum(bool(each.repair) for each in found)
        if repairable:
            self.message(f"--repair repairs {repairable} of {len(found)}.")
        elif not found:
            self.message("The plan is good: nothing was found.")

    def trash(self, document: Document) -> None:
        unit = unit_of(document.language)
        for number, each in enumerate(reversed(document.trash), start=1):
            kept = f", versions: {len(each.versions)}" if each.versions else ""
            self._line(f"{number}. {' '.join(each.main_point.split())} ({unit}: {each.words:,}{kept})", self._out)
        if not document.trash:
            self.message("No section is in the trash.")

    def exported(self, path: str) -> None:
        self.message(f"Written to {path}")

    def finish(self, values: Mapping[str, object], sentence: str) -> None:
        del values  # the sentence says what a person wants to know
        self._close()
        self.message(sentence)

    def _line(self, text: str, file: IO[str]) -> None:
        if self._bar is not None:
            self._bar.clear()
        print(text.encode("utf-8", "replace").decode(), file=file, flush=True)
        if self._bar is not None:
            self._bar.refresh()

    def _show(self, document: Document, doing: str) -> None:
        if not self._err.isatty():
            return
        if self._bar is None:
            unit = f" {unit_of(document.language)}"
            self._bar = tqdm(file=self._err, unit=unit, initial=document.words, dynamic_ncols=True, leave=False)
        self._bar.total = document.words_asked or None
        self._bar.n = document.words
        self._bar.set_description_str(doing, refresh=False)
        self._bar.update(0)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
