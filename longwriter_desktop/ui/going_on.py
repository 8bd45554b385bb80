"""Where writing goes on in a document that was left half-written."""

from longwriter_desktop.agentwrite.next_section import next_section
from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.translation import translate


def show_where_it_goes_on(document: Document, manuscript: Manuscript) -> str:
    """Goes in the manuscript to the section that is written next, and says which; "" where nothing is begun or left."""
    is_begun = any(section.text.strip() for section in document.sections)
    section = next_section(document, sections=None, again=False, done=set()) if is_begun else None
    if section is None:
        return ""
    manuscript.show_section(section.id)
    if section.text.strip():
        told = translate(
            "GoingOn", "Section {number} of {count} is not finished; “Go on” writes on from its last word."
        )
    else:
        told = translate("GoingOn", "Section {number} of {count} is not written yet; “Go on” writes on there.")
    return told.format(number=document.index(section.id) + 1, count=len(document.sections))
