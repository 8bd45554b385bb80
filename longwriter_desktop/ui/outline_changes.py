"""What a person does in the outline, each a deed that can be undone while text goes on arriving.

A deed does not remember whole documents: undoing it after the writer has added text must not lose
that text. It remembers what it does to one section, and how to take just that back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from longwriter_desktop.agentwrite.events import PlanFinished
from longwriter_desktop.agentwrite.record import record_plan
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.regrouping import in_order
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.ui.manuscript.fields import TITLE, FieldKey, heading_key, text_key
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.translation import translate

Versions = tuple[Version, ...]


def touched_fields(before: Document, after: Document) -> frozenset[FieldKey]:
    """The fields of the manuscript that are other ones in ``after``, or in one of the two alone."""
    old = {section.id: section for section in before.sections}
    new = {section.id: section for section in after.sections}
    touched = {TITLE} if before.title != after.title else set()
    for section_id in old.keys() | new.keys():
        one, other = old.get(section_id), new.get(section_id)
        if one is other:
            continue
        if one is None or other is None or one.text != other.text:
            touched.add(text_key(section_id))
        if one is None or other is None or one.heading != other.heading:
            touched.add(heading_key(section_id))
    return frozenset(touched)


def _characters(*sections: Iterable[Section]) -> int:
    """About how much text these hold on to."""
    return sum(len(section.text) for each in sections for section in each)


def changed_section(label: str, old: Section, new: Section) -> Deed:
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

    return Deed(label, lambda document: set_fields(document, new), lambda document: set_fields(document, old))


def inserted_section(section: Section, index: int) -> Deed:
    """Adds a section at ``index``."""
    return Deed(
        translate("Deed", "Add section"),
        lambda document: _brought_back(document, section, index),
        lambda document: _taken_out(document, section.id),
    )


def deleted_section(document: Document, section_id: str) -> Deed:
    """Deletes a section; its text is in the trash of the document until it comes back."""
    section, index = document.section(section_id), document.index(section_id)
    return Deed(
        translate("Deed", "Delete section"),
        lambda current: current.deleted(section_id) if current.has_section(section_id) else current,
        lambda current: _brought_back(current, section, index),
        len(section.text),
    )


def used_version(section: Section, version: Version, at: float) -> Deed:
    """Puts the text of a version in place. Either way, the text that stood there is kept as a version."""

    def put(document: Document, text: str, complete: bool, stop_reason: str) -> Document:
        if not document.has_section(section.id):
            return document
        kept = document.section(section.id).with_text_kept(at)
        return document.with_section(replace(kept, text=text, complete=complete, stop_reason=stop_reason))

    return Deed(
        translate("Deed", "Use version"),
        # Why the writer ended the other text is no reason for this one.
        lambda document: put(document, version.text, complete=True, stop_reason=""),
        lambda document: put(document, section.text, section.complete, section.stop_reason),
        len(section.text) + len(version.text),
    )


def new_plan(before: Document, plan: PlanFinished) -> Deed:
    """Another plan. Undoing it brings the sections back that stood there; text written since goes to the trash."""
    planned = record_plan(before, plan)
    known = _ids(before.sections, planned.sections)
    made_title = planned.title if planned.title != before.title else None

    def do(current: Document) -> Document:
        put = _newest(current, planned.sections)
        after = _with_sections(replace(current, plan_at_start=()), put, known)
        return replace(after, title=planned.title if current.title in ("", before.title) else current.title)

    def undo(current: Document) -> Document:
        put = _newest(current, before.sections)
        after = _with_sections(replace(current, plan_at_start=before.plan_at_start), put, known)
        return replace(after, title=before.title if current.title == made_title else current.title)

    return Deed(translate("Deed", "Make a plan"), do, undo, _characters(before.sections))


def repaired_plan(before: Document, after: Document) -> Deed:
    """The plan of ``after``, whose sections are mostly those of ``before``; texts that arrive meanwhile stay."""
    known = _ids(before.sections, after.sections)

    def with_plan_of(current: Document, wanted: Document) -> Document:
        put = [
            replace(
                section,
                main_point=each.main_point,
                word_target=each.word_target,
                heading=each.heading,
                direction=each.direction,
            )
            for section, each in zip(_newest(current, wanted.sections), wanted.sections, strict=True)
        ]
        return _with_sections(current, put, known, _ids(wanted.trash))

    return Deed(
        translate("Deed", "Repair the plan"),
        lambda current: with_plan_of(current, after),
        lambda current: with_plan_of(current, before),
        _characters(before.sections, after.sections),
    )


def _ids(*sections: Iterable[Section]) -> frozenset[str]:
    return frozenset(section.id for each in sections for section in each)


def _newest(current: Document, sections: Iterable[Section]) -> list[Section]:
    """Sections as they were last, in the document or its trash."""
    newest = {each.id: each for each in (*current.trash, *current.sections)}
    return [newest.get(each.id, each) for each in sections]


def _with_sections(
    current: Document, put: Sequence[Section], known: Collection[str], to_trash: Collection[str] = ()
) -> Document:
    """``put`` in the place of those that stand there and are ``known``; any other stays behind its neighbour.

    Of what leaves, all that holds text or is named in ``to_trash`` goes to the trash.
    """
    wanted = {each.id: each for each in put}
    left = [each for each in current.sections if each.id in known and each.id not in wanted]
    kept = [each for each in left if each.text.strip() or each.versions or each.id in to_trash]
    trash = [each for each in current.trash if each.id not in wanted]
    standing = [wanted.pop(each.id, each) for each in current.sections if each.id in wanted or each.id not in known]
    after = replace(current, sections=(*standing, *wanted.values()), trash=(*trash, *kept))
    return in_order(after, [each.id for each in put])


def what_was_repaired(before: Document, after: Document) -> str:
    """A sentence that says what in the plan of ``before`` is another in that of ``after``."""
    old = {section.id: section for section in before.sections}
    there = [(old[each.id], each) for each in after.sections if each.id in old]
    counts = (
        sum(one.word_target != other.word_target for one, other in there),
        sum(one.main_point != other.main_point for one, other in there),
        len(after.sections) - len(there),
        len(old) - len(there),
    )
    words = (
        (translate("Deed", "1 target changed"), translate("Deed", "{count} targets changed")),
        (translate("Deed", "1 main point changed"), translate("Deed", "{count} main points changed")),
        (translate("Deed", "1 section added"), translate("Deed", "{count} sections added")),
        (translate("Deed", "1 section left out"), translate("Deed", "{count} sections left out")),
    )
    said = [
        one if count == 1 else several.format(count=count)
        for count, (one, several) in zip(counts, words, strict=True)
        if count
    ]
    if not said:
        return translate("Deed", "The plan was repaired.")
    return translate("Deed", "The plan was repaired: {what}.").format(what=translate("Deed", ", ").join(said))


def _brought_back(document: Document, section: Section, index: int) -> Document:
    if document.has_section(section.id):
        return document
    newest = next((each for each in reversed(document.trash) if each.id == section.id), section)
    trash = tuple(each for each in document.trash if each.id != section.id)
    return replace(document, trash=trash).inserted(index, newest)


def _taken_out(document: Document, section_id: str) -> Document:
    """The document without a section that was added; what has been written in it since is in the trash."""
    if not document.has_section(section_id):
        return document
    section = document.section(section_id)
    if section.text.strip() or section.versions:
        return document.deleted(section_id)
    return replace(document, sections=tuple(each for each in document.sections if each.id != section_id))


def changed_instruction(before: Document, instruction: str, word_target: int) -> Deed:
    """Another instruction and length in words; nothing that is written changes."""

    def with_request(document: Document, text: str, words: int) -> Document:
        return replace(document, instruction=text, word_target=words)

    return Deed(
        translate("Deed", "Edit instruction"),
        lambda document: with_request(document, instruction, word_target),
        lambda document: with_request(document, before.instruction, before.word_target),
    )


def cleaned_versions(before: Document, after: Document) -> Deed:
    """Takes out the versions that ``after`` has no longer; those that come about meanwhile stay."""
    old = {section.id: section.versions for section in before.sections}
    kept = {section.id: section.versions for section in after.sections}
    cleaned = [key for key, versions in old.items() if kept.get(key, versions) != versions]

    def with_versions(document: Document, wanted: Mapping[str, Versions], instead: Mapping[str, Versions]) -> Document:
        for key in cleaned:
            if document.has_section(key):
                section = document.section(key)
                since = tuple(each for each in section.versions if each not in instead[key])
                document = document.with_section(replace(section, versions=(*wanted[key], *since)))
        return document

    return Deed(
        translate("Deed", "Clean up versions"),
        lambda document: with_versions(document, kept, old),
        lambda document: with_versions(document, old, kept),
        sum(len(version.text) for key in cleaned for version in old[key]),
    )


def restored_section(document: Document, section: Section, index: int) -> Deed:
    """Brings a section back from the trash to ``index``; undoing it puts it there again, as it is then."""
    after = document.restored(section, index)
    there = {each.id for each in document.sections}
    put_in = next(each for each in after.sections if each.id not in there)

    def back(current: Document) -> Document:
        wanted = next((each for each in reversed(current.trash) if each.id in (put_in.id, section.id)), None)
        if wanted is None or current.has_section(put_in.id):
            return current
        trash = tuple(each for each in current.trash if each is not wanted)
        return replace(current, trash=trash).inserted(index, replace(wanted, id=put_in.id))

    return Deed(
        translate("Deed", "Bring section back"),
        back,
        lambda current: current.deleted(put_in.id) if current.has_section(put_in.id) else current,
        len(section.text),
    )


def emptied_trash(sections: Sequence[Section]) -> Deed:
    """Deletes sections from the trash for good: only undo brings them back."""

    def emptied(document: Document) -> Document:
        gone = list(sections)
        kept = []
        for section in document.trash:
            if section in gone:
                gone.remove(section)
            else:
                kept.append(section)
        return replace(document, trash=tuple(kept))

    return Deed(
        translate("Deed", "Delete for good"),
        emptied,
        lambda document: replace(document, trash=(*sections, *document.trash)),
        _characters(sections),
    )
