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
