"""The document in hand and everything that a person changes in it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from longwriter_desktop.agentwrite.plan_check import Finding, repaired, repaired_all
from longwriter_desktop.agentwrite.targets import DEFAULT_SECTION_WORDS
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.notice import Notice, NoticeAction
from longwriter_desktop.ui.outline_changes import (
    Change,
    ChangeCommand,
    changed_section,
    deleted_section,
    inserted_section,
    moved_section,
    repaired_plan,
    used_version,
)
from longwriter_desktop.ui.tally import Tally


class EditedDocument(QObject):
    """Holds one document, or none. Every change makes a new value of it and is told by signal.

    Changes of the outline can be undone (`history`); what is typed is undone in the manuscript. A wish
    about a section that is no longer there changes nothing.
    """

    document_changed = Signal(object)  # after any change of the document, by person or writer; a Document
    manuscript_outdated = Signal(object)  # a change that came neither from the manuscript nor from the writer
    noticed = Signal(object)  # something to tell the person; a Notice

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._document: Document | None = None
        self.history = QUndoStack(self)
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
        self._edit("Edit main point", section_id, lambda section: replace(section, main_point=main_point.strip()))

    def set_target(self, section_id: str, words: int) -> None:
        self._edit("Edit word target", section_id, lambda section: replace(section, word_target=max(0, words)))

    def set_heading(self, section_id: str, heading: str) -> None:
        self._edit("Edit heading", section_id, lambda section: replace(section, heading=heading.strip()))

    def set_direction(self, section_id: str, direction: str) -> None:
        self._edit("Edit direction", section_id, lambda section: replace(section, direction=direction))

    def set_summary(self, section_id: str, summary: str) -> None:
        """The person has written what stands for the section; with "" the model makes one when it needs it."""
        self._edit("Edit summary", section_id, lambda section: replace(section, summary=summary.strip(), summary_of=""))

    def toggle_lock(self, section_id: str) -> None:
        """Locks a section against the writer, or unlocks it."""
        if not self.document.has_section(section_id):
            return
        locked = self.document.section(section_id).locked
        if not locked:
            self.about_to_change(section_id)
        label = "Unlock section" if locked else "Lock section"
        self._edit(label, section_id, lambda section: replace(section, locked=not locked))

    def insert_section(self, index: int, main_point: str = "") -> str:
        """Adds a section at ``index`` with the usual word target of the others; returns its id."""
        targets = [section.word_target for section in self.document.sections if section.word_target]
        usual = round(sum(targets) / len(targets), -1) if targets else DEFAULT_SECTION_WORDS
        section = Section(main_point, int(usual))
        self.push(inserted_section(section, index))
        return section.id

    def delete_section(self, section_id: str) -> None:
        """Deletes a section; undo brings it back with everything that was in it."""
        if not self.document.has_section(section_id):
            return
        number = self.document.index(section_id) + 1
        self.about_to_change(section_id)
        self.push(deleted_section(self.document, section_id))
        self.tell(f"Section {number} was deleted. Its text is kept.", NoticeAction("Undo", self.history.undo))

    def move_section(self, section_id: str, index: int) -> None:
        """Moves a section to ``index``, counted without it."""
        if not self.document.has_section(section_id):
            return
        index = max(0, min(index, len(self.document.sections) - 1))
        if index != self.document.index(section_id):
            self.about_to_change(section_id)
            self.push(moved_section(self.document, section_id, index))

    def repair_plan(self, finding: Finding | None) -> None:
        """Repairs what a finding of the plan check is about, or with None all that can be repaired."""
        before = self.document
        after = repaired_all(before)[0] if finding is None else repaired(before, finding)
        if after == before:
            return
        for section in before.sections:
            if not after.has_section(section.id):
                self.about_to_change(section.id)
        self.push(repaired_plan(before, after))
        self.tell("The plan was repaired.", NoticeAction("Undo", self.history.undo))

    def use_version(self, section_id: str, version: Version) -> None:
        """Puts an earlier text in place; the present one is kept as a version."""
        if not self.document.has_section(section_id):
            return
        self.about_to_change(section_id)
        section = self.document.section(section_id)
        if section.text != version.text:
            self.push(used_version(section, version, self._clock()))

    # -- the manuscript ----------------------------------------------------------------------------

    def set_text(self, section_id: str, text: str) -> None:
        """The person has typed in a section. Without any text left it is planned again.

        A text that it had before, as after an undo, is as finished as it was then; what stood there is kept.
        """
        if not self.document.has_section(section_id):
            return
        section = self.document.section(section_id)
        if section.text != text:
            known = not section.complete and any(version.text == text for version in section.versions)
            if known:
                section = section.with_text_kept(self._clock())
            complete = (section.complete or known) and bool(text.strip())
            self.put(self.document.with_section(replace(section, text=text, complete=complete)))

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
        after = replace(self.document, instruction=instruction.strip(), word_target=max(0, word_target))
        if after.instruction and after != self.document:
            self.put(after, outdated=True)

    # -- changing ----------------------------------------------------------------------------------

    def about_to_change(self, section_id: str) -> None:
        """Called before a section is moved, deleted, locked or given another text; for what writes in it to stop."""

    def push(self, change: Change) -> None:
        """Makes a change that can be undone."""
        self.history.push(ChangeCommand(change, lambda: self.document, lambda after: self.put(after, outdated=True)))

    def put(self, document: Document, outdated: bool = False) -> None:
        """Makes ``document`` the current one and says so; ``outdated``: the manuscript does not show it yet."""
        self._document = document
        if outdated:
            self.manuscript_outdated.emit(document)
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
