"""Documents for the tests of the window."""

from dataclasses import replace

from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version


def lighthouses(*words: int, language: str = "en") -> Document:
    """A document with a planned section for each of ``words``, none of them written."""
    sections = tuple(
        Section(f"Point {number}: what it is about", target, heading=f"Point {number}", id=f"s{number}")
        for number, target in enumerate(words, start=1)
    )
    return Document("Lighthouses", "A history of lighthouses", language, sum(words), sections)


def written(document: Document, section_id: str, text: str) -> Document:
    """The document with a section that the writer has finished."""
    section = document.section(section_id)
    version = Version(text, 1_699_999_000.0, "generated", "scripted", 7, 0.5)
    document = document.with_section(replace(section, text=text, complete=True, versions=(version,)))
    return document.with_section(replace(document.section(section_id), basis=document.basis(section_id)))


ids = st.sampled_from([f"s{number}" for number in range(1, 5)])
"""Ids of `lighthouses` with four sections."""
