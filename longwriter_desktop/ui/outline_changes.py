"""Changes of the outline that can be undone while text goes on arriving.

A change does not remember whole documents: undoing it after the writer has added text must not lose
that text. It remembers what it does to one section, and how to take just that back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QUndoCommand
from typing_extensions import override

from longwriter_desktop.agentwrite.events import PlanFinished
from longwriter_desktop.agentwrite.record import record_plan
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version


@dataclass(frozen=True, slots=True)
class Change:
    """``label`` names it for Edit > Undo. Both functions leave a document without the section as it is."""

    label: str
    do: Callable[[Document], Document]
    undo: Callable[[Document], Document]


class ChangeCommand(QUndoCommand):
    """A change on the undo stack; ``put`` makes the given document the current one."""

    def __init__(self, change: Change, current: Callable[[], Document], put: Callable[[Document], None]) -> None:
        super().__init__(change.label)
        self._change = change
        self._current = current
        self._put = put

    @override
    def redo(self) -> None:
        self._put(self._change.do(self._current()))

    @override
    def undo(self) -> None:
        self._put(self._change.undo(self._current()))


def changed_section(label: str, old: Section, new: Section) -> Change:
    """Replaces fields of a section; text and versions that arrive meanwhile stay."""
    fields = [
        name
        for name in ("main_point", "word_target", "heading", "direction", "locked", "summary", "summary_of")
        if getattr(old, name) != getattr(new, name)
    ]

    def set_fields(document: Document, values: Section) -> Document:
        if not document.has_section(old.id):
            return document
        section = document.section(old.id)
        return document.with_section(replace(section, **{name: getattr(values, name) for name in fields}))

    return Change(label, lambda document: set_fields(document, new), lambda document: set_fields(document, old))


def inserted_section(section: Section, index: int) -> Change:
    """Adds a section at ``index``."""
    return Change(
        "Add section",
        lambda document: _brought_back(document, section, index),
        lambda document: document.deleted(section.id) if document.has_section(section.id) else document,
    )


def deleted_section(document: Document, section_id: str) -> Change:
    """Deletes a section; its text is in the trash of the document until it comes back."""
    section, index = document.section(section_id), document.index(section_id)
    return Change(
        "Delete section",
        lambda current: current.deleted(section_id) if current.has_section(section_id) else current,
        lambda current: _brought_back(current, section, index),
    )


def moved_section(document: Document, section_id: str, index: int) -> Change:
    """Moves a section to ``index``, counted without it."""
    old_index = document.index(section_id)

    def move(current: Document, to: int) -> Document:
        return current.moved(section_id, to) if current.has_section(section_id) else current

    return Change("Move section", lambda current: move(current, index), lambda current: move(current, old_index))


def used_version(section: Section, version: Version, at: float) -> Change:
    """Puts the text of a version in place. Either way, the text that stood there is kept as a version."""

    def put(document: Document, text: str, complete: bool) -> Document:
        if not document.has_section(section.id):
            return document
        kept = document.section(section.id).with_text_kept(at)
        return document.with_section(replace(kept, text=text, complete=complete))

    return Change(
        "Use version",
        lambda document: put(document, version.text, complete=True),
        lambda document: put(document, section.text, complete=section.complete),
    )


def new_plan(before: Document, plan: PlanFinished) -> Change:
    """Another plan. Undoing it brings the sections back that stood there; text written since goes to the trash."""
    planned = record_plan(before, plan)

    def in_place(current: Document, sections: tuple[Section, ...], plan_at_start: tuple[Step, ...]) -> Document:
        """``sections`` as they were last, instead of those that stand there; what holds text goes to the trash."""
        newest = {each.id: each for each in (*current.trash, *current.sections)}
        put = tuple(newest.get(each.id, each) for each in sections)
        ids = {each.id for each in put}
        left = tuple(each for each in current.sections if each.id not in ids and (each.text.strip() or each.versions))
        trash = tuple(each for each in current.trash if each.id not in ids)
        return replace(current, sections=put, plan_at_start=plan_at_start, trash=(*trash, *left))

    return Change(
        "Make a plan",
        lambda current: replace(in_place(current, planned.sections, ()), title=current.title or planned.title),
        lambda current: in_place(current, before.sections, before.plan_at_start),
    )


def repaired_plan(before: Document, after: Document) -> Change:
    """The plan of ``after``, whose sections are mostly those of ``before``; texts that arrive meanwhile stay."""

    def with_plan_of(current: Document, wanted: Document) -> Document:
        newest = {each.id: each for each in (*current.trash, *current.sections)}
        sections = tuple(
            replace(
                newest.get(each.id, each),
                main_point=each.main_point,
                word_target=each.word_target,
                heading=each.heading,
            )
            for each in wanted.sections
        )
        ids = {each.id for each in sections}
        left = tuple(each for each in current.sections if each.id not in ids and (each.text.strip() or each.versions))
        trash = tuple(each for each in current.trash if each.id not in ids)
        return replace(current, sections=sections, trash=(*trash, *left))

    return Change(
        "Repair the plan",
        lambda current: with_plan_of(current, after),
        lambda current: with_plan_of(current, before),
    )


def _brought_back(document: Document, section: Section, index: int) -> Document:
    if document.has_section(section.id):
        return document
    newest = next((each for each in reversed(document.trash) if each.id == section.id), section)
    trash = tuple(each for each in document.trash if each.id != section.id)
    return replace(document, trash=trash).inserted(index, newest)
