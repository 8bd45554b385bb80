"""Putting an earlier state of a document in the place of the present one, without losing what was written since."""

from dataclasses import replace

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


def put_back(current: Document, earlier: Document, at: float) -> Document:
    """The document as it was ``earlier``: its plan, its texts, its order, its settings.

    Every text that only ``current`` has stays: a section that both have keeps it as a version, one that was
    made since goes to the trash when it holds anything. ``at`` (Unix seconds) dates what becomes a version.
    """
    present = {each.id: each for each in (*current.trash, *current.sections)}
    sections = tuple(_with_texts_of(each, present.get(each.id), at) for each in earlier.sections)
    taken = {each.id for each in sections}
    left = tuple(each for each in current.sections if each.id not in taken and (each.text.strip() or each.versions))
    trash = (*(each for each in current.trash if each.id not in taken), *left)
    known = {each.id for each in trash} | taken
    return replace(
        earlier, sections=sections, trash=(*(each for each in earlier.trash if each.id not in known), *trash)
    )


def changed_back(current: Document, from_: Document, to: Document, at: float) -> Document:
    """``current``, which was ``from_`` and may have changed since, with what differs in ``to`` as it is there.

    A title, a heading or a text that is the same in both stays as it is by now. ``at`` as in `put_back`.
    """
    if current == from_:
        return to
    old = {each.id: each for each in from_.sections}
    now = {each.id: each for each in current.sections}
    sections = tuple(_as_now(each, old.get(each.id), now.get(each.id)) for each in to.sections)
    title = current.title if from_.title == to.title else to.title
    return put_back(current, replace(to, title=title, sections=sections), at)


def _as_now(section: Section, was: Section | None, present: Section | None) -> Section:
    """``section`` with heading and text of ``present``, as far as they do not differ from those it ``was``."""
    if was is None or present is None:
        return section
    if was.heading == section.heading:
        section = replace(section, heading=present.heading)
    if was.text == section.text and present.text != section.text:
        section = replace(
            section,
            text=present.text,
            complete=present.complete,
            basis=present.basis,
            stop_reason=present.stop_reason,
            summary=present.summary,
            summary_of=present.summary_of,
        )
    return section


def _with_texts_of(section: Section, present: Section | None, at: float) -> Section:
    """``section`` with what ``present``, the same section now, has in versions and text beyond its own."""
    if present is None:
        return section
    known = set(section.versions)
    versions = present.with_text_kept(at).versions if present.text != section.text else present.versions
    return replace(section, versions=(*section.versions, *(each for each in versions if each not in known)))
