"""Looks for near-duplicates among finished sections, a little at a time, while the window does other things."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from longwriter_desktop.agentwrite.near_duplicates import (
    Fingerprint,
    NearDuplicate,
    Passage,
    fingerprint,
    resembling,
)
from longwriter_desktop.document.document import Document

LOOK_AFTER_MS = 1000
"""So long after a change nothing is compared: somebody is typing, or the next change is close."""
PAIRS_AT_A_TIME = 32
"""About 30 microseconds each: the window does not notice."""
_PAIRS_A_TEXT = 16
"""A text that is looked at for the first time costs as much as so many comparisons."""
_PAIRS_KNOWN = 1 / 30
"""So does finding that a pair was compared before."""

_Pair = tuple[str, str]


class NearDuplicateWatch(QObject):
    """Follows a document. Only finished sections are compared, and each pair again only when a text has changed."""

    found_changed = Signal()  # other sections resemble each other than before

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[str, str] = {}
        self._fingerprints: dict[str, Fingerprint] = {}
        self._compared: dict[_Pair, tuple[Passage, ...]] = {}
        self._to_compare: Iterator[_Pair] = iter(())
        self._changed: set[str] = set()
        self._found: dict[str, NearDuplicate] = {}
        self._order: tuple[str, ...] = ()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_AFTER_MS)
        self._later.timeout.connect(self._begin)
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setInterval(0)
        self._between.timeout.connect(self._compare_some)

    def of(self, section_id: str) -> NearDuplicate | None:
        """What a section repeats, as far as that is known."""
        return self._found.get(section_id)

    def set_document(self, document: Document) -> None:
        """Looks at ``document`` a moment later."""
        texts = {section.id: section.text for section in document.sections if section.complete}
        order = tuple(texts)
        if order == self._order and all(texts[each] is self._texts.get(each) for each in order):
            return
        changed = {each for each in self._texts if self._texts[each] != texts.get(each)}
        for each in changed:
            self._fingerprints.pop(each, None)
        self._changed |= changed
        self._texts, self._order = texts, order
        self._between.stop()
        self._later.start()

    def _begin(self) -> None:
        if self._changed:
            self._compared = {pair: found for pair, found in self._compared.items() if self._changed.isdisjoint(pair)}
            self._changed = set()
        self._to_compare = _pairs(self._order)
        self._compare_some()

    def _compare_some(self) -> None:
        cost = 0.0
        for pair in self._to_compare:
            if pair in self._compared:
                cost += _PAIRS_KNOWN
            else:
                known = len(self._fingerprints)
                later, earlier = pair
                self._compared[pair] = resembling(self._fingerprint(later), self._fingerprint(earlier))
                cost += 1 + _PAIRS_A_TEXT * (len(self._fingerprints) - known)
            if cost >= PAIRS_AT_A_TIME:
                self._between.start()
                return
        self._settle()

    def _fingerprint(self, section_id: str) -> Fingerprint:
        known = self._fingerprints.get(section_id)
        if known is None:
            known = self._fingerprints[section_id] = fingerprint(self._texts[section_id])
        return known

    def _settle(self) -> None:
        place = {section_id: number for number, section_id in enumerate(self._order)}
        found: dict[str, NearDuplicate] = {}
        for (later, earlier), passages in self._compared.items():
            if passages and place.get(earlier, -1) < place.get(later, -1) and earlier in place:
                duplicate = NearDuplicate(later, earlier, passages)
                if later not in found or found[later].words < duplicate.words:
                    found[later] = duplicate
        if found != self._found:
            self._found = found
            self.found_changed.emit()


def _pairs(order: tuple[str, ...]) -> Iterator[_Pair]:
    """Each section with each one before it, from the end of the document."""
    for place in reversed(range(len(order))):
        for earlier in reversed(order[:place]):
            yield order[place], earlier
