"""Putting together the text of a section from its versions, as a deed that can be undone."""

from dataclasses import replace

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.manuscript.history import Deed
from longwriter_desktop.ui.translation import translate


def took_passages(section: Section, text: str, at: float) -> Deed:
    """Puts ``text``, made of two versions, in place. Either way, what stood there is kept as a version.

    A section that was not finished is not finished by it. ``at`` is in Unix seconds.
    """

    def put(document: Document, wanted: str) -> Document:
        if not document.has_section(section.id):
            return document
        kept = document.section(section.id).with_text_kept(at)
        return document.with_section(replace(kept, text=wanted, complete=section.complete and bool(wanted.strip())))

    return Deed(
        translate("Deed", "Take passages"),
        lambda document: put(document, text),
        lambda document: put(document, section.text),
        len(section.text) + len(text),
    )
