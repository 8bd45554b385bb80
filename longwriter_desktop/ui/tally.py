"""Word counts of a growing document, counted again only where the text has changed."""

from collections.abc import Callable

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


class Tally:
    """Remembers the words of each section's text; ``count`` counts them.

    Counting 100,000 words takes 30 ms, which is too long for each keystroke; one section takes well
    under one.
    """

    def __init__(self, count: Callable[[str], int] = count_words) -> None:
        self._count = count
        self._counted: dict[str, tuple[str, int]] = {}

    def words(self, section: Section) -> int:
        """The words of ``section``, as `Section.words`."""
        known = self._counted.get(section.id)
        if known is not None and known[0] is section.text:
            return known[1]
        words = self._count(section.text)
        self._counted[section.id] = (section.text, words)
        return words

    def total(self, document: Document) -> int:
        """The words of all sections, as `Document.words`."""
        total = sum(self.words(section) for section in document.sections)
        if len(self._counted) > 2 * len(document.sections) + 16:
            kept = {section.id for section in document.sections}
            self._counted = {key: value for key, value in self._counted.items() if key in kept}
        return total
