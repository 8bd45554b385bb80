"""Chapters: a section with a heading opens one, and those behind it without a heading belong to it.

A heading belongs to the chapter, not to the section that happens to stand first in it: where that section leaves,
the next one takes the heading over. A chapter of a single section goes where its section goes.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections that stand together under a heading; ``heading`` is "" for those before the first one."""

    heading: str
    sections: tuple[Section, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(section.id for section in self.sections)


def chapters(sections: Sequence[Section]) -> tuple[Chapter, ...]:
    """The sections chapter by chapter, in their order."""
    borders = [*(at for at, section in enumerate(sections) if section.heading or not at), len(sections)]
    return tuple(Chapter(sections[start].heading, tuple(sections[start:end])) for start, end in pairwise(borders))


def one_step(headings: Sequence[str], chosen: Collection[int], step: int) -> tuple[tuple[int, ...], int] | None:
    """Which sections go where when those at the places ``chosen`` go up (-1) or down (1), side by side.

    ``headings`` are those of all sections. A section that opens a chapter takes the whole of it along and passes a
    whole chapter, so that no section comes under another heading; one without a heading passes a single section.
    Gives the places of what goes, and where it goes, counted without it; None at either end, and where sections that
    stand under no heading would come under that of a chapter put before them.
    """
    borders = [*(at for at, heading in enumerate(headings) if heading or not at), len(headings)]
    going = set(chosen)
    for start, end in pairwise(borders):
        if headings[start] and start in going:
            going.update(range(start, end))
    if not going:
        return None
    rest = [at for at in range(len(headings)) if at not in going]
    edge = min(going) if step < 0 else max(going)
    index = sum(at < edge for at in rest) + step
    has_heading = any(headings[at] for at in going)
    while has_heading and 0 < index < len(rest) and not headings[rest[index]]:
        index += step
    if not 0 <= index <= len(rest) or (has_heading and index < len(rest) and not headings[rest[index]]):
        return None
    return tuple(sorted(going)), index


def with_headings_left_behind(document: Document, leaving: Collection[str]) -> Document:
    """The document with headings handed on inside chapters whose first section leaves while others stay.

    The leaving section has no heading then. The headings of chapters that leave as a whole go with them.
    """
    heading_of: dict[str, str] = {}
    for chapter in chapters(document.sections):
        staying = [section for section in chapter.sections if section.id not in leaving]
        if chapter.heading and staying and staying[0] is not chapter.sections[0]:
            heading_of[chapter.sections[0].id] = ""
            heading_of[staying[0].id] = chapter.heading
    return _with_headings(document, heading_of)


def with_heading_taken_over(document: Document, section_id: str, chapter_of: str) -> Document:
    """The document with a section as the opener of the chapter that ``chapter_of`` opens now."""
    heading = document.section(chapter_of).heading
    return _with_headings(document, {section_id: heading, chapter_of: ""})


def _with_headings(document: Document, heading_of: dict[str, str]) -> Document:
    if not heading_of:
        return document
    sections = tuple(
        replace(section, heading=heading_of[section.id]) if section.id in heading_of else section
        for section in document.sections
    )
    return replace(document, sections=sections)
