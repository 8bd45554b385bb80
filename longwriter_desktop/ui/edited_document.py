"""The document in hand and everything that a person changes in it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.agentwrite.targets import DEFAULT_SECTION_WORDS
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.keeping import as_it_stood, kept_before_edit, with_versions_of
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.document.version_cleanup import version_count
from longwriter_desktop.ui.manuscript.history import Deed, History
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.outline_changes import (
    changed_instruction,
    changed_section,
    cleaned_versions,
    emptied_trash,
    inserted_section,
    repaired_plan,
    restored_section,
    touched_fields,
    used_version,
    what_was_repaired,
)
from longwriter_desktop.ui.outline_groups import deleted_sections, moved_sections
from longwriter_desktop.ui.tally import Tally
from longwriter_desktop.ui.version_changes import took_passages

if TYPE_CHECKING:
    from longwriter_desktop.agentwrite.plan_check import Finding


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a section stood, without its text, and whether that was the writer's and no version yet."""

    section: Section
    is_unkept: bool


class EditedDocument(QObject):
    """Holds one document, or none. Every change makes a new value of it and is told by signal.

    Whatever a person or the writer does is a step of one `history`: the deeds from here, and what happens in
    the text from the manuscript, which shows it. A wish about a section that is no longer there changes nothing.
    """

    document_changed = Signal(object)  # after any change of the document, by person or writer; a Document
    manuscript_outdated = Signal(object)  # a change that came neither from the manuscript nor from the writer
    history_moved = Signal()  # after a deed was done, undone or redone
    text_wanted = Signal()  # before a deed is undone or redone: text that is not in the manuscript yet is to go in
    text_undo_wished = Signal()  # undo was asked for, and the step to be taken back is one of the manuscript's
    text_redo_wished = Signal()  # the same for redo
    place_wished = Signal(str)  # after undo or redo of a deed: the section where something is another; its id
    noticed = Signal(object)  # something to tell the person; a Notice

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._document: Document | None = None
        self._unkept: set[str] = set()
        self._newest: tuple[Section, Deed] | None = None
        """The section that the person has added last, as it was then, and how."""
        self._own_targets: dict[str, int] = {}
        """The word targets that the person has set, by section; one that has another by now is no longer its own."""
        self._before: Document | None = None
        self.history = History(self._standing)
        self.tally = Tally()

    @property
    def document(self) -> Document:
        """The document as it stands; an empty one while none is in hand."""
        return self._document or Document()

    @property
    def has_document(self) -> bool:
        return self._document is not None

    # -- the outline -------------------------------------------------------------------------------

    def set_main_point(self, section_id: str, main_point: str) -> None:
        self._edit(
            self.tr("Edit main point"), section_id, lambda section: replace(section, main_point=main_point.strip())
        )

    def set_target(self, section_id: str, words: int) -> None:
        self._own_targets[section_id] = max(0, words)
        self._edit(self.tr("Edit word target"), section_id, lambda section: replace(section, word_target=max(0, words)))

    def set_heading(self, section_id: str, heading: str) -> None:
        self._edit(self.tr("Edit heading"), section_id, lambda section: replace(section, heading=heading.strip()))

    def set_direction(self, section_id: str, direction: str) -> None:
        self._edit(self.tr("Edit direction"), section_id, lambda section: replace(section, direction=direction))

    def set_summary(self, section_id: str, summary: str) -> None:
        """The person has written what stands for the section; with "" the model makes one when it needs it."""
        self._edit(
            self.tr("Edit summary"),
            section_id,
            lambda section: replace(section, summary=summary.strip(), summary_of=""),
        )

    def toggle_lock(self, section_id: str) -> None:
        """Locks a section against the writer, or unlocks it."""
        if not self.document.has_section(section_id):
            return
        locked = self.document.section(section_id).locked
        if not locked:
            self.about_to_change(section_id)
        label = self.tr("Unlock section") if locked else self.tr("Lock section")
        self._edit(label, section_id, lambda section: replace(section, locked=not locked))

    def insert_section(self, index: int, main_point: str = "") -> str:
        """Adds a section at ``index`` with the usual word target of the others; returns its id."""
        targets = [section.word_target for section in self.document.sections if section.word_target]
        usual = round(sum(targets) / len(targets), -1) if targets else DEFAULT_SECTION_WORDS
        section = Section(main_point, int(usual))
        self._newest = section, self.push(inserted_section(section, index))
        return section.id

    def is_new_and_empty(self, section_id: str) -> bool:
        """Whether a section is the one that was added last, and nothing has been put in it."""
        if self._newest is None or not self.document.has_section(section_id):
            return False
        return not self._newest[0].main_point and self.document.section(section_id) == self._newest[0]

    def give_up_section(self, section_id: str) -> None:
        """Takes out a section that the person has added and put nothing in; any other stays."""
        if self._newest is not None and self.is_new_and_empty(section_id):
            deed = self._newest[1]
            self._newest = None
            if self.history.undo_deed(deed) is not None:
                self._make(deed.undo(self.document))
                self.history_moved.emit()

    def delete_sections(self, section_ids: Sequence[str]) -> None:
        """Deletes sections; undo brings them back with everything that was in them."""
        ids = self.there(section_ids)
        if ids:
            number = self.document.index(ids[0]) + 1
            for section_id in ids:
                self.about_to_change(section_id)
            one = self.tr("Section {number} was deleted. Write > Deleted sections brings it back.")
            several = self.tr("{count} sections were deleted. Write > Deleted sections brings them back.")
            told = one.format(number=number) if len(ids) == 1 else several.format(count=len(ids))
            self.push_and_tell(deleted_sections(self.document, ids), told)

    def move_sections(self, section_ids: Sequence[str], index: int, opens: bool = False) -> None:
        """Moves sections side by side to ``index``, counted without them; ``opens`` as in `moved_sections`."""
        ids = self.there(section_ids)
        if not ids:
            return
        index = max(0, min(index, len(self.document.sections) - len(ids)))
        deed = moved_sections(self.document, ids, index, opens)
        if deed.do(self.document) != self.document:
            for section_id in ids:
                self.about_to_change(section_id)
            self.push(deed)

    def there(self, section_ids: Sequence[str]) -> tuple[str, ...]:
        """Those of the sections that are in the document, in its order."""
        return tuple(section.id for section in self.document.sections if section.id in section_ids)

    def repair_plan(self, finding: "Finding | None") -> None:
        """Repairs what a finding of the plan check is about, or with None all that can be repaired.

        Word targets that the person has set since the document was opened are kept where the others can follow.
        """
        from longwriter_desktop.agentwrite.plan_check import repaired, repaired_all

        before = self.document
        own = [each.id for each in before.sections if self._own_targets.get(each.id) == each.word_target]
        after = repaired_all(before, own)[0] if finding is None else repaired(before, finding, own)
        if after == before:
            return
        for section in before.sections:
            if not after.has_section(section.id):
                self.about_to_change(section.id)
        self.push_and_tell(repaired_plan(before, after), what_was_repaired(before, after))

    def use_version(self, section_id: str, version: Version) -> None:
        """Puts an earlier text in place; the present one is kept as a version."""
        if not self.document.has_section(section_id):
            return
        self.about_to_change(section_id)
        section = self.document.section(section_id)
        if section.text != version.text:
            self.push(used_version(section, version, self._clock()))

    def take_passages(self, section_id: str, before: str, text: str) -> bool:
        """Puts ``text`` in place, made of the text ``before`` and of a version; False where that is gone by now."""
        if not self.document.has_section(section_id) or self.document.section(section_id).text != before:
            return False
        self.about_to_change(section_id)
        section = self.document.section(section_id)
        if section.text != before:  # Something that was being written has come in.
            return False
        self.push(took_passages(section, text, self._clock()))
        return True

    def clean_up_versions(self, cleaned: Document) -> None:
        """Takes out the versions that ``cleaned`` has no longer; undo brings them back."""
        before = self.document
        gone = version_count(before) - version_count(cleaned)
        if gone > 0:
            one, several = self.tr("1 version was deleted."), self.tr("{count} versions were deleted.")
            self.push_and_tell(
                cleaned_versions(before, cleaned), one if gone == 1 else several.format(count=f"{gone:,}")
            )

    # -- the trash ---------------------------------------------------------------------------------

    def restore_section(self, section: Section, index: int) -> None:
        """Brings a section back from the trash to ``index``."""
        if section in self.document.trash:
            self.push(restored_section(self.document, section, index))

    def empty_trash(self, sections: Sequence[Section]) -> None:
        """Deletes sections of the trash for good; undo brings them back as long as the document is open."""
        there = [section for section in self.document.trash if any(section is each for each in sections)]
        if there:
            one, several = (
                self.tr("The section was deleted for good."),
                self.tr("{count} sections were deleted for good."),
            )
            self.push_and_tell(emptied_trash(there), one if len(there) == 1 else several.format(count=len(there)))

    # -- the manuscript ----------------------------------------------------------------------------

    def set_text(self, section_id: str, text: str) -> None:
        """The person has changed the text of a section. Without any text left it is planned again.

        What the writer wrote, and whatever is replaced in one go, is kept as a version first; what an undo takes
        out, only where the writer wrote it and it is not finished. A text that an undo or redo brings back is as
        finished as it was then, and so is all else that belongs to it.
        """
        self.set_texts([(section_id, text)])

    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """As `set_text` for several sections that the person has changed with one deed; each an id and its text."""
        document = self.document
        for section_id, text in texts:
            if document.has_section(section_id):
                section = document.section(section_id)
                if section.text != text:
                    document = document.with_section(self._with_text(section, text))
        if document is not self.document:
            self.put(document)

    def _with_text(self, section: Section, text: str) -> Section:
        is_generated = section.id in self._unkept
        kept = section
        if is_generated or not self.history.is_retracing:
            kept = kept_before_edit(section, text, self._clock(), is_generated=is_generated)
        if kept is not section:
            self._unkept.discard(section.id)
        then = self.history.stood(section.id)
        if not isinstance(then, _Standing):
            return replace(kept, text=text, complete=section.complete and bool(text.strip()))
        self.note_generated(section.id, is_kept=not then.is_unkept)
        return as_it_stood(kept, text, then.section)

    def _standing(self, section_ids: Collection[str]) -> dict[str, object]:
        """How sections stand with the texts that the manuscript shows."""
        document = self._before or self.document
        return {section.id: self._as_it_stands(section) for section in document.sections if section.id in section_ids}

    def _as_it_stands(self, section: Section) -> "_Standing":
        return _Standing(replace(section, text=""), section.id in self._unkept)

    def note_begun(self, section_id: str, before: Document) -> None:
        """The writer begins with a section, and has perhaps emptied it already; ``before``: the document until then."""
        if before.has_section(section_id):
            in_writing = _Standing(replace(self.document.section(section_id), text=""), is_unkept=True)
            self.history.section_begun(section_id, self._as_it_stands(before.section(section_id)), in_writing)

    def note_generated(self, section_id: str, is_kept: bool) -> None:
        """The writer has written in a section; ``is_kept`` when the text is among its versions."""
        if is_kept:
            self._unkept.discard(section_id)
        else:
            self._unkept.add(section_id)

    def note_unkept(self, document: Document) -> None:
        """A document was opened: half-written sections may hold text of the writer's that is no version yet."""
        self._unkept = {
            section.id for section in (*document.sections, *document.trash) if section.text and not section.complete
        }

    def set_heading_in_manuscript(self, section_id: str, heading: str) -> None:
        """The person has typed in a heading; the manuscript has its own undo for it."""
        if self.document.has_section(section_id):
            section = self.document.section(section_id)
            if section.heading != heading:
                self.put(self.document.with_section(replace(section, heading=heading)))

    def set_title(self, title: str) -> None:
        """The person has typed in the title."""
        if self.document.title != title:
            self.put(replace(self.document, title=title))

    def set_instruction(self, instruction: str, word_target: int) -> None:
        """What the document is to be, and how long in words; 0 leaves the length open. Nothing written changes."""
        before, wanted = self.document, instruction.strip()
        if wanted and (wanted, max(0, word_target)) != (before.instruction, before.word_target):
            self.push(changed_instruction(before, wanted, max(0, word_target)))

    # -- changing ----------------------------------------------------------------------------------

    def about_to_change(self, section_id: str) -> None:
        """Called before a section is moved, deleted, locked or given another text; for what writes in it to stop."""

    def push(self, deed: Deed) -> Deed:
        """Does something that can be undone."""
        before = self.document
        standing = [(section, self._as_it_stands(section)) for section in before.sections]
        self._make(deed.do(before))
        there = {id(section) for section in self.document.sections}
        changed = {section.id: stood for section, stood in standing if id(section) not in there}
        self.history.record_deed(deed, touched_fields(before, self.document), changed)
        self.history_moved.emit()
        return deed

    def push_and_tell(self, deed: Deed, told: str) -> None:
        """Does something that can be undone, and if it has changed anything says ``told``, with an undo of it."""
        before = self.document
        self.push(deed)
        if self.document is not before:
            self.tell(told, self.undo_action(deed))

    def undo(self) -> None:
        """Takes back what was done last, in the outline or in the text, by the person or the writer."""
        self.text_wanted.emit()
        step = self.history.next_undo()
        if step is not None and step.deed is None:
            self.text_undo_wished.emit()
        elif step is not None and step.deed is not None:
            self.history.undo()
            self._retrace(step.deed.undo, step.before)

    def redo(self) -> None:
        """Does once more what was undone last."""
        self.text_wanted.emit()
        step = self.history.next_redo()
        if step is not None and step.deed is None:
            self.text_redo_wished.emit()
        elif step is not None and step.deed is not None:
            self.history.redo()
            self._retrace(step.deed.do, step.after)

    def undo_action(self, deed: Deed) -> NoticeAction:
        """Undo of that very deed, for a notice that stands while the person types on elsewhere."""

        def undo() -> None:
            self.text_wanted.emit()
            step = self.history.undo_deed(deed)
            if step is None:
                told = self.tr(
                    "Something else has changed there since. Edit > Undo takes back one thing after another."
                )
                self.tell(told)
            else:
                self._retrace(deed.undo, step.before)

        return NoticeAction(self.tr("Undo"), undo)

    def _retrace(self, make: Callable[[Document], Document], stood: Mapping[str, object]) -> None:
        before = self.document
        after = make(before)
        sections = [self._back(section, stood.get(section.id)) for section in after.sections]
        self._make(replace(after, sections=tuple(sections)))
        self.history_moved.emit()
        place = _first_difference(before, self.document)
        if place:
            self.place_wished.emit(place)

    def _back(self, section: Section, then: object) -> Section:
        """A section that a deed, undone or redone, has brought back as it stood ``then``."""
        if not isinstance(then, _Standing):
            return section
        self.note_generated(section.id, is_kept=not then.is_unkept)
        return with_versions_of(section, then.section)

    def _make(self, after: Document) -> None:
        with self.history.in_deed():
            self.put(after, outdated=True)

    def put(self, document: Document, outdated: bool = False) -> None:
        """Makes ``document`` the current one and says so; ``outdated``: the manuscript does not show it yet."""
        before, self._document = self._document, document
        if outdated:
            self._before = before
            try:
                self.manuscript_outdated.emit(document)
            finally:
                self._before = None
        self.document_changed.emit(document)

    def tell(self, text: str, *actions: NoticeAction) -> None:
        """Tells the person something in passing."""
        self.noticed.emit(Notice(text, actions=actions))

    def _edit(self, label: str, section_id: str, edited: Callable[[Section], Section]) -> None:
        if not self.document.has_section(section_id):
            return
        old = self.document.section(section_id)
        new = edited(old)
        if new != old:
            self.push(changed_section(label, old, new))


def _first_difference(before: Document, after: Document) -> str:
    """The id of the first section of ``after`` where the two differ; "" where they do not, or it is empty."""
    for at, section in enumerate(after.sections):
        if at >= len(before.sections) or before.sections[at] is not section:
            return section.id
    is_shorter = len(after.sections) < len(before.sections)
    return after.sections[-1].id if is_shorter and after.sections else ""
