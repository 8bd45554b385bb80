"""What a person does with one or several sections in the outline, each a deed that one undo takes back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.agentwrite.total import with_total
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import are_neighbours, duplicated, joined
from longwriter_desktop.document.section import Status
from longwriter_desktop.ui.length_words import length_unit
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.outline_groups import (
    accepted_sections,
    locked_sections,
    regrouped,
    with_other_total,
)
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.translation import translate
from longwriter_desktop.ui.writing import Activity

NEW_CHAPTER, NEW_CHINESE_CHAPTER = "New chapter", "新的一章"
"""The heading of a chapter that is still to be named. It is part of the text, so it is in the document's language."""


class OutlineControl(QObject):
    """Does in a session what the outline wishes. Sections that are no longer there are passed over."""

    sections_made = Signal(object)  # these sections are new, or what became of others: to be chosen; a tuple of ids
    section_unfinished = Signal(str)  # a new section has no main point yet: to be edited; its id
    chapter_begun = Signal(str)  # a chapter begins with this section and is to be named; its id

    def __init__(self, session: Session, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock

    # -- order -------------------------------------------------------------------------------------

    def move(self, section_ids: Sequence[str], index: int, opens: bool = False) -> None:
        """Moves sections to ``index``, counted without them; ``opens`` as in `moved_sections`."""
        ids = self._there(section_ids)
        self._session.move_sections(ids, index, opens)
        self.sections_made.emit(ids)

    def delete(self, section_ids: Sequence[str]) -> None:
        """Deletes sections; undo brings them back with everything that was in them."""
        self._session.delete_sections(self._there(section_ids))

    # -- one of several, several of one ------------------------------------------------------------

    def split(self, section_id: str, place: int = 0) -> None:
        """Makes two sections of one, at character ``place`` of its text; see `halved` for a place outside of it."""
        from longwriter_desktop.agentwrite.section_halves import halved

        if not self._there([section_id]):
            return
        self._session.about_to_change(section_id)
        before = self._session.document
        number = before.index(section_id) + 1
        after = halved(before, section_id, place, self._clock())
        second = after.sections[number]
        told = self.tr("Section {number} is two sections now.").format(number=number)
        self._do(self._regrouped(translate("Deed", "Split section"), after), [section_id], told)
        self.sections_made.emit((second.id,))
        if not second.main_point:
            self.section_unfinished.emit(second.id)

    def join(self, section_ids: Sequence[str]) -> None:
        """Makes one section of several that stand next to each other, or of one and the next."""
        ids = self._there(section_ids)
        sections = self._session.document.sections
        if len(ids) == 1:
            ids = tuple(each.id for each in sections[self._session.document.index(ids[0]) :][:2])
        if not are_neighbours(self._session.document, ids):
            last = self.tr("There is no section behind this one, so nothing was joined.")
            apart = self.tr("Only sections that stand next to each other can be joined. Move them together first.")
            self._session.tell(last if len(ids) < 2 else apart)
            return
        for each in ids:
            self._session.about_to_change(each)
        number = self._session.document.index(ids[0]) + 1
        after = joined(self._session.document, ids, self._clock())
        told = self.tr("Sections {first} to {last} are one section now. Their texts are among its versions.")
        told = told.format(first=number, last=number + len(ids) - 1)
        self._do(self._regrouped(translate("Deed", "Join sections"), after), ids, told)
        self.sections_made.emit(ids[:1])

    def duplicate(self, section_ids: Sequence[str]) -> None:
        """Copies sections, with their texts, to behind the last of them."""
        ids = self._there(section_ids)
        if not ids:
            return
        before = self._session.document
        known = {section.id for section in before.sections}
        after = duplicated(before, ids)
        one, several = translate("Deed", "Duplicate section"), translate("Deed", "Duplicate sections")
        self._do(self._regrouped(one if len(ids) == 1 else several, after), ())
        self.sections_made.emit(tuple(section.id for section in after.sections if section.id not in known))

    def begin_chapter(self, section_id: str) -> None:
        """Begins a chapter with a section, for the person to name."""
        if self._there([section_id]):
            is_chinese = self._session.document.language == "zh"
            self._session.set_heading(section_id, NEW_CHINESE_CHAPTER if is_chinese else NEW_CHAPTER)
            self.chapter_begun.emit(section_id)

    # -- locks, writing, length --------------------------------------------------------------------

    def toggle_lock(self, section_ids: Sequence[str]) -> None:
        """Locks sections against the writer; where all of them are locked, unlocks them."""
        ids = self._there(section_ids)
        document = self._session.document
        lock = any(not document.section(each).locked for each in ids)
        changing = [each for each in ids if document.section(each).locked is not lock]
        if changing:
            self._do(locked_sections(document, changing, lock), changing if lock else ())

    def accept(self, section_ids: Sequence[str]) -> None:
        """Takes the stale mark from sections that are fine as they stand; their texts are not changed."""
        document = self._session.document
        statuses = document.statuses()
        stale = [each for each in self._there(section_ids) if statuses[each] is Status.STALE]
        if not stale:
            self._session.tell(self.tr("None of the chosen sections is stale, so nothing was changed."))
            return
        one = self.tr("Section {number} is no longer marked as stale.").format(number=document.index(stale[0]) + 1)
        several = self.tr("{count} sections are no longer marked as stale.").format(count=len(stale))
        self._do(accepted_sections(document, stale), (), one if len(stale) == 1 else several)

    def write(self, section_ids: Sequence[str], again: bool) -> None:
        """Writes these sections only, in their order, or writes them anew; locked ones are left out, which is told."""
        ids = self._there(section_ids)
        document = self._session.document
        unlocked = [each for each in ids if not document.section(each).locked]
        if len(unlocked) > 1:
            self._session.write_sections(unlocked, again)
            if len(unlocked) < len(ids):
                told = self.tr("{count} sections are written; locked ones are left as they are.")
                self._session.tell(told.format(count=len(unlocked)))
        elif ids:
            one = (unlocked or ids)[0]
            (self._session.write_again if again else self._session.write_section)(one)

    def set_total(self, words: int) -> None:
        """Asks for another length of the whole document; the word targets follow in proportion."""
        before = self._session.document
        if words <= 0 or words == before.word_target:
            return
        after = with_total(before, words)
        pairs = zip(before.sections, after.sections, strict=True)
        count = sum(old.word_target != new.word_target for old, new in pairs)
        kept = len(before.sections) - count
        told = self._what_follows(after, count, kept) if before.sections else ""
        self._do(with_other_total(before, after), (), told)

    def _what_follows(self, after: Document, count: int, kept: int) -> str:
        """Of how many sections the word targets have followed another total, and how many keep theirs."""
        if after.words_planned == after.word_target and not count:
            already = self.tr("The plan already has {words} {unit}.")
            return already.format(words=f"{after.words_planned:,}", unit=length_unit(after.language))
        if not count:
            return self.tr("No word target could follow: the sections are locked, or too few words are left for them.")
        told = self.tr("The word targets of {count} sections follow, to {words} {unit} in all.").format(
            count=count, words=f"{after.words_planned:,}", unit=length_unit(after.language)
        )
        if not kept:
            return told
        one = self.tr("1 locked or finished one keeps its own.")
        several = self.tr("{count} locked or finished ones keep theirs.").format(count=kept)
        return f"{told} {one if kept == 1 else several}"

    # -- doing -------------------------------------------------------------------------------------

    def _there(self, section_ids: Sequence[str]) -> tuple[str, ...]:
        """Those of the sections that are in the document, in its order; none while a plan is being made."""
        return () if self._session.activity is Activity.PLANNING else self._session.there(section_ids)

    def _regrouped(self, label: str, after: Document) -> Deed:
        return regrouped(label, self._session.document, after, self._clock())

    def _do(self, deed: Deed, changing: Sequence[str], told: str = "") -> None:
        """Does a deed, after whatever writes in the sections it changes has stopped; ``told`` comes with an undo."""
        for section_id in changing:
            self._session.about_to_change(section_id)
        if told:
            self._session.push_and_tell(deed, told)
        else:
            self._session.push(deed)
