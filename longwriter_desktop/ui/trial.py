"""The alternatives that are being written for a section, before any of them is among its versions."""

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


class Trial:
    """What each alternative says so far, and what the section said when they were begun."""

    def __init__(self) -> None:
        self._section: Section | None = None
        self._texts: dict[int, str] = {}
        self._finished = 0

    def begin(self, section: Section) -> None:
        """Alternatives of ``section`` are begun."""
        self._section, self._finished = section, 0

    def grew(self, number: int, text: str) -> dict[int, str]:
        """Alternative ``number`` says ``text`` so far; returns the texts of all that are being written."""
        self._texts[number] = text
        return dict(self._texts)

    def finished(self, number: int) -> int:
        """Alternative ``number`` is complete; returns how many are."""
        self._texts.pop(number, None)
        self._finished += 1
        return self._finished

    def end(self) -> None:
        """No more is written of them."""
        self._texts = {}

    def is_left_alone(self, document: Document, section_id: str) -> bool:
        """Whether their section is as it was when they were begun, and not locked: one of them may become its text."""
        begun = self._section
        if begun is None or begun.id != section_id or not document.has_section(section_id):
            return False
        section = document.section(begun.id)
        return section.text == begun.text and not section.locked
