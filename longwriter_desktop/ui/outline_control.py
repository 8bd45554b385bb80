"""What a person does with one or several sections in the outline, each a deed that one undo takes back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from longwriter_desktop.agentwrite.total import with_total
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import are_neighbours, duplicated, joined
from longwriter_desktop.document.section import Section, Status
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


@dataclass(frozen=True, slots=True)
class _Split:
    """What has become of a section that was split, and how."""

    first: str
    second: str
    deed: Deed

    @property
    def ids(self) -> tuple[str, str]:
        return self.first, self.second


class OutlineControl(QObject):
    """Does in a session what the outline wishes. Sections that are no longer there are passed over."""

    sections_made = Signal(object)  # these sections are new, or what became of others: to be chosen; a tuple of ids
    half_made = Signal(str)  # a section was split: the main point of the second one is to be looked at; its id
    chapter_begun = Signal(str)  # a chapter begins with this section and is to be named; its id

    def __init__(self, session: Session, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = clock
        self._last_split: _Split | None = None

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
        deed = self._regrouped(translate("Deed", "Split section"), after)
        self._do(deed, [section_id], told)
        self._last_split = _Split(section_id, second.id, deed)
        self.sections_made.emit((second.id,))
        self.half_made.emit(second.id)

    def join(self, section_ids: Sequence[str]) -> None:
        """Makes one section of several that stand next to each other, or of one and the next.

        The second half of what was split last goes with its first half. While nothing else has been done since, the
        split is taken back, so that main point, target and text are as they were.
        """
        ids = self._there(section_ids)
        if not ids:
            return
        if len(ids) == 1:
            ids = self._with_neighbour(ids[0])
        if not are_neighbours(self._session.document, ids):
            last = self.tr("There is no section behind this one, so nothing was joined.")
            apart = self.tr("Only sections that stand next to each other can be joined. Move them together first.")
            self._session.tell(last if len(ids) < 2 else apart)
            return
        for each in ids:
            self._session.about_to_change(each)
        number = self._session.document.index(ids[0]) + 1
        if self._takes_back_split(ids):
            self._session.tell(self.tr("Section {number} is one section again, as before.").format(number=number))
            return
        after = joined(self._session.document, ids, self._clock())
        told = self.tr("Sections {first} to {last} are one section now. Their texts are among its versions.")
        told = told.format(first=number, last=number + len(ids) - 1)
        self._do(self._regrouped(translate("Deed", "Join sections"), after), ids, told)
        self.sections_made.emit(ids[:1])

    def _with_neighbour(self, section_id: str) -> tuple[str, ...]:
        """A section and the one that it is joined with: its other half, else the next, of which there may be none."""
        ids = [section.id for section in self._session.document.sections]
        at = ids.index(section_id)
        split = self._last_split
        is_second = split is not None and split.ids == tuple(ids[max(0, at - 1) : at + 1])
        return tuple(ids[at - 1 : at + 1] if is_second else ids[at : at + 2])

    def _takes_back_split(self, section_ids: tuple[str, ...]) -> bool:
        """Undoes the split that has made these two, where it is what was done last; whether it was."""
        self._session.text_wanted.emit()
        split, last = self._last_split, self._session.history.next_undo()
        is_last = split is not None and last is not None and last.deed is split.deed and section_ids == split.ids
        if is_last:
            self._session.undo()
        return is_last

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
        """Begins a chapter with a section, for the person to name; where one begins there, it is named anew."""
        if not self._there([section_id]):
            return
        if not self._session.document.section(section_id).heading:
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
        statuses, ids = document.statuses(), self._there(section_ids)
        stale = [each for each in ids if statuses[each] is Status.STALE]
        if not ids:
            return
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
        if not unlocked:
            if ids:
                self._session.write_section(ids[0])  # It says that the section is locked.
            return
        if len(unlocked) > 1:
            self._session.write_sections(unlocked, again)
        else:
            (self._session.write_again if again else self._session.write_section)(unlocked[0])
        has_begun = self._session.activity in (Activity.WRITING, Activity.STOPPING)
        if has_begun and len(unlocked) < len(ids):
            several = self.tr("{count} sections are written; locked ones are left as they are.")
            one = self.tr("1 section is written; locked ones are left as they are.")
            self._session.tell(one if len(unlocked) == 1 else several.format(count=len(unlocked)))

    def set_total(self, words: int) -> None:
        """Asks for another length of the whole document; the word targets follow in proportion."""
        before = self._session.document
        if words <= 0 or words == before.word_target:
            return
        after = with_total(before, words)
        pairs = list(zip(before.sections, after.sections, strict=True))
        count = sum(old.word_target != new.word_target for old, new in pairs)
        kept = sum(old.word_target == new.word_target and _keeps_target(old) for old, new in pairs)
        told = self._what_follows(after, count, kept) if before.sections else ""
        self._do(with_other_total(before, after), (), told)

    def _what_follows(self, after: Document, count: int, kept: int) -> str:
        """Of how many sections the word targets have followed another total, and how many keep theirs."""
        if after.words_planned == after.word_target and not count:
            already = self.tr("The plan already has {words} {unit}.")
            return already.format(words=f"{after.words_planned:,}", unit=length_unit(after.language))
        if not count:
            return self.tr("No word target could follow: the sections are locked, or too few words are left for them.")
        told = self.tr("The word targets of {count} sections follow, to {words} {unit} in all.")
        if count == 1:
            told = self.tr("The word target of 1 section follows, to {words} {unit} in all.")
        words = f"{after.words_planned:,}"
        told = told.format(count=count, words=words, unit=length_unit(after.language))
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


def _keeps_target(section: Section) -> bool:
    """Whether a section keeps its word target as long as others can follow another total (see `with_total`)."""
    return section.locked or (section.complete and bool(section.text.strip()))
