"""Deeds on several sections at once, each undone as one: moved, deleted, changed, cut in two, joined, copied.

Like the deeds of `outline_changes` they remember what they do to which section, so that undoing one loses
no text that has arrived since.
"""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace

from longwriter_desktop.document.chapters import with_heading_taken_over, with_headings_left_behind
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import in_order, moved_together
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.outline_changes import changed_instruction, changed_section, deleted_section
from longwriter_desktop.ui.translation import translate

_FIELDS = tuple(each.name for each in fields(Section) if each.name not in ("id", "versions"))


def moved_sections(document: Document, section_ids: Collection[str], index: int, opens: bool = False) -> Deed:
    """Moves sections to ``index``, counted without them, side by side.

    ``opens``: they are put at the head of the chapter whose first section stands there, under its heading.
    """
    one, several = translate("Deed", "Move section"), translate("Deed", "Move sections")
    label = one if len(section_ids) == 1 else several
    after = with_headings_left_behind(document, section_ids)
    rest = [section for section in after.sections if section.id not in section_ids]
    first = next(section.id for section in after.sections if section.id in section_ids)
    if opens and index < len(rest) and rest[index].heading and not after.section(first).heading:
        after = with_heading_taken_over(after, first, rest[index].id)
    headings = changed_sections(label, _differing(document, after))
    before = [section.id for section in document.sections]
    order = [section.id for section in moved_together(after, section_ids, index).sections]
    move = Deed(label, lambda current: in_order(current, order), lambda current: in_order(current, before))
    return _one_after_another(label, [headings, move], [move, headings])


def deleted_sections(document: Document, section_ids: Collection[str]) -> Deed:
    """Deletes sections; their texts are in the trash of the document until they come back."""
    one, several = translate("Deed", "Delete section"), translate("Deed", "Delete sections")
    label = one if len(section_ids) == 1 else several
    after = with_headings_left_behind(document, section_ids)
    headings = changed_sections(label, _differing(document, after))
    deeds = [deleted_section(after, section.id) for section in after.sections if section.id in section_ids]
    return _one_after_another(label, [headings, *deeds], [*deeds, headings])


def _differing(before: Document, after: Document) -> list[tuple[Section, Section]]:
    return [(old, new) for old, new in zip(before.sections, after.sections, strict=True) if old != new]


def changed_sections(label: str, changes: Sequence[tuple[Section, Section]]) -> Deed:
    """Replaces fields of sections, each pair the old and the new one; text that arrives meanwhile stays."""
    deeds = [changed_section(label, old, new) for old, new in changes]
    return _one_after_another(label, deeds, deeds[::-1])


def locked_sections(document: Document, section_ids: Collection[str], lock: bool) -> Deed:
    """Locks sections against the writer, or unlocks them."""
    if lock:
        one, several = translate("Deed", "Lock section"), translate("Deed", "Lock sections")
    else:
        one, several = translate("Deed", "Unlock section"), translate("Deed", "Unlock sections")
    label = several if len(section_ids) > 1 else one
    sections = [document.section(section_id) for section_id in section_ids]
    return changed_sections(label, [(each, replace(each, locked=lock)) for each in sections])


def accepted_sections(document: Document, section_ids: Collection[str]) -> Deed:
    """Takes sections as they stand for written against what stands above them now, so that they are not stale."""
    bases = document.bases()
    now = {each: bases[each] for each in section_ids}
    before = {each: document.section(each).basis for each in section_ids}

    def put(current: Document, wanted: dict[str, str]) -> Document:
        for section_id, basis in wanted.items():
            if current.has_section(section_id):
                current = current.with_section(replace(current.section(section_id), basis=basis))
        return current

    label = translate("Deed", "Keep stale sections")
    return Deed(label, lambda current: put(current, now), lambda current: put(current, before))


def with_other_total(before: Document, after: Document) -> Deed:
    """The asked length and the word targets of ``after``."""
    label = translate("Deed", "Change the total")
    targets = changed_sections(label, _differing(before, after))
    asked = changed_instruction(before, before.instruction, after.word_target)
    return _one_after_another(label, [targets, asked], [asked, targets])


def _one_after_another(label: str, doing: Sequence[Deed], undoing: Sequence[Deed]) -> Deed:
    def do(document: Document) -> Document:
        for deed in doing:
            document = deed.do(document)
        return document

    def undo(document: Document) -> Document:
        for deed in undoing:
            document = deed.undo(document)
        return document

    return Deed(label, do, undo, sum(deed.characters for deed in doing))


def regrouped(label: str, before: Document, after: Document, at: float) -> Deed:
    """Other sections, of the same texts, in the place of some; all else stays as it is when it is done or undone.

    A text that neither of the two documents knows is kept as a version, or in the trash. ``at`` is in Unix seconds.
    """
    in_both = {id(section) for section in before.sections} & {id(section) for section in after.sections}
    return Deed(
        label,
        lambda current: _exchanged(current, before, after, at),
        lambda current: _exchanged(current, after, before, at),
        sum(len(each.text) for each in (*before.sections, *after.sections) if id(each) not in in_both),
    )


def _exchanged(current: Document, old: Document, new: Document, at: float) -> Document:
    """``current`` with what is another in ``new`` than in ``old`` as it is in ``new``."""
    standing = {section.id: section for section in (*current.trash, *current.sections)}
    known = {section.id: section for section in old.sections}
    wanted = {each.id: _as_in(standing.get(each.id), known.get(each.id), each, at) for each in new.sections}
    sections: list[Section] = []
    trash = [section for section in current.trash if section.id not in wanted]
    for section in current.sections:
        if section.id in wanted or section.id not in known:
            sections.append(wanted.pop(section.id, section))
        elif _has_grown(section, known[section.id]):
            trash.append(section)
    after = replace(current, sections=(*sections, *wanted.values()), trash=tuple(trash))
    return in_order(after, [section.id for section in new.sections])


def _has_grown(standing: Section, known: Section) -> bool:
    return standing.text != known.text or standing.versions != known.versions


def _as_in(standing: Section | None, old: Section | None, new: Section, at: float) -> Section:
    """``standing`` with the fields in which ``new`` differs from ``old``; versions that it has got since stay."""
    if standing is None or old is None:
        return new
    if old is new:
        return standing
    changes = {name: getattr(new, name) for name in _FIELDS if getattr(old, name) != getattr(new, name)}
    if "text" in changes and standing.text not in (old.text, new.text):
        standing = standing.with_text_kept(at)
    since = [each for each in standing.versions if each not in old.versions and each not in new.versions]
    versions = standing.versions if old.versions == new.versions else (*new.versions, *since)
    return replace(standing, versions=versions, **changes)
