"""Recording what planning and writing did in the document. The window and the command line share this."""

from dataclasses import replace

from longwriter_desktop.agentwrite.events import (
    PlanFinished,
    SectionFinished,
    SectionStarted,
    SectionSummarised,
    TextCut,
    TextsSettled,
    TextWritten,
    WriterEvent,
    WritingStarted,
)
from longwriter_desktop.agentwrite.headings import title_from
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version


def record_plan(document: Document, plan: PlanFinished) -> Document:
    """The document with a new plan. Sections that it had go to the trash when they hold text.

    The plan's title takes the place of none, and of one that was only made from the instruction.
    """
    sections = tuple(
        Section(main_point=planned.step.main_point, word_target=planned.step.words, heading=planned.heading)
        for planned in plan.steps
    )
    kept = tuple(section for section in document.sections if section.text.strip() or section.versions)
    is_made = document.title == title_from(document.instruction)
    return replace(
        document,
        title=plan.title if plan.title and (is_made or not document.title) else document.title,
        sections=sections,
        plan_at_start=(),
        trash=(*document.trash, *kept),
    )


def record(document: Document, event: WriterEvent, at: float) -> Document:
    """The document after ``event``; ``at`` is the time in Unix seconds.

    An event about a section that the person has deleted meanwhile changes nothing.
    """
    match event:
        case WritingStarted(plan):
            return replace(document, plan_at_start=plan)
        case SectionStarted() | TextWritten() | TextCut() | SectionFinished() | SectionSummarised():
            if not document.has_section(event.section_id):
                return document
            section = document.section(event.section_id)
            return document.with_section(_section_after(section, event, at))
        case TextsSettled(bases):
            for section_id, basis in bases:
                if document.has_section(section_id):
                    document = document.with_section(replace(document.section(section_id), basis=basis))
            return document
        case _:
            return document


def _section_after(
    section: Section, event: SectionStarted | TextWritten | TextCut | SectionFinished | SectionSummarised, at: float
) -> Section:
    match event:
        case SectionStarted(again=True):
            return replace(section.with_text_kept(at), text="", complete=False, basis="", stop_reason="")
        case SectionStarted():
            return replace(section, complete=False)
        case TextWritten(text=text):
            return replace(section, text=section.text + text)
        case SectionSummarised(summary=summary, summary_of=summary_of):
            is_the_persons = bool(section.summary) and not section.summary_of
            return section if is_the_persons else replace(section, summary=summary, summary_of=summary_of)
        case TextCut(characters=characters):
            return replace(section, text=section.text[: len(section.text) - characters])
        case SectionFinished():
            done = replace(section, complete=True, basis=event.basis, stop_reason=event.stop_reason)
            return done.with_kept(
                Version(
                    text=section.text,
                    created_at=at,
                    origin="generated",
                    model=event.model,
                    seed=event.seed,
                    temperature=event.temperature,
                    direction=event.direction,
                )
            )
