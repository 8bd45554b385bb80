"""Cleaning up versions: what is taken out, and what remains."""

from collections.abc import Collection
from dataclasses import replace

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version


def version_count(document: Document, section_ids: Collection[str] | None = None) -> int:
    """How many versions these sections of a document have, None all; those in the trash are not counted."""
    wanted = (each for each in document.sections if section_ids is None or each.id in section_ids)
    return sum(len(section.versions) for section in wanted)


def cleaned_up(document: Document, newest: int, section_ids: Collection[str] | None = None) -> Document:
    """The document with the ``newest`` versions of each section and the one that stands in it, and no others.

    ``section_ids`` are the sections that are cleaned up, None all of them. What was written is never
    changed, and sections in the trash stay as they are. Raises ValueError for fewer than 0.
    """
    if newest < 0:
        raise ValueError(f"{newest} versions cannot be kept")
    sections = tuple(
        section if section_ids is not None and section.id not in section_ids else _cleaned_up(section, newest)
        for section in document.sections
    )
    return replace(document, sections=sections)


def _cleaned_up(section: Section, newest: int) -> Section:
    first_kept = len(section.versions) - newest
    kept: tuple[Version, ...] = tuple(
        version for at, version in enumerate(section.versions) if at >= first_kept or version.text == section.text
    )
    return section if len(kept) == len(section.versions) else replace(section, versions=kept)
