"""What the writing of alternatives says, and how a finished one is recorded."""

from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.engine import Heartbeat, ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.events import SectionSummarised, TextOmitted
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version


@dataclass(frozen=True, slots=True)
class AlternativeGrew:
    """The text of one alternative so far; ``number`` counts from 1."""

    number: int
    section_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AlternativeFinished:
    """One alternative is complete. ``version`` is its text and how it came about; its time is 0."""

    number: int
    section_id: str
    version: Version
    stop_reason: str
    basis: str


AlternativeEvent = (
    AlternativeGrew | AlternativeFinished | TextOmitted | SectionSummarised | ModelLoading | PromptProgress | Heartbeat
)


def record_alternative(document: Document, event: AlternativeFinished, at: float, *, in_place: bool = True) -> Document:
    """The document with an alternative among the section's versions; ``at`` is the time in Unix seconds.

    With ``in_place`` the first one becomes the text of a section that was not finished. Nothing changes when the
    section is gone.
    """
    if not document.has_section(event.section_id):
        return document
    section = document.section(event.section_id)
    version = replace(event.version, created_at=at)
    if in_place and event.number == 1 and not section.complete:
        section = replace(
            section.with_text_kept(at),
            text=version.text,
            complete=True,
            basis=event.basis,
            stop_reason=event.stop_reason,
        )
    return document.with_section(section.with_kept(version))
