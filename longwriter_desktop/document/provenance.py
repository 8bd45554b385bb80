"""Where a line of a section's text comes from: from a model, from a model and then edited, or from the person."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from longwriter_desktop.document.counting import word_spans
from longwriter_desktop.document.section import Version

_EDITED_SHARE = 0.5
"""A line that shares this much of its words with a generated one was made out of it."""


class TextOrigin(StrEnum):
    """Who wrote a line."""

    GENERATED = "generated"
    EDITED = "edited"
    OWN = "own"


class Provenance:
    """Tells the origin of lines by the generated texts that a section has had among its versions."""

    def __init__(self, versions: Sequence[Version]) -> None:
        texts = (version.text for version in versions if version.origin == "generated")
        self._generated = {line.strip() for text in texts for line in text.split("\n") if line.strip()}
        self._words: list[Counter[str]] = []
        self._lines_with: dict[str, list[int]] = {}
        self._known: dict[str, TextOrigin] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the section is known to be generated."""
        return not self._generated

    def of(self, line: str) -> TextOrigin:
        """The origin of a line that is not blank. A line that was only moved is generated still."""
        line = line.strip()
        if line in self._generated:
            return TextOrigin.GENERATED
        known = self._known.get(line)
        if known is None:
            known = self._known[line] = self._of_changed(line)
        return known

    def _of_changed(self, line: str) -> TextOrigin:
        if self._generated and not self._words:
            self._index()
        words = _words_in(line)
        candidates: Counter[int] = Counter()
        for word, count in words.items():
            for number in self._lines_with.get(word, ()):
                candidates[number] += min(count, self._words[number][word])
        most = max(candidates.values(), default=0)
        return TextOrigin.EDITED if most and most >= _EDITED_SHARE * words.total() else TextOrigin.OWN

    def _index(self) -> None:
        for number, line in enumerate(self._generated):
            words = _words_in(line)
            self._words.append(words)
            for word in words:
                self._lines_with.setdefault(word, []).append(number)


def _words_in(line: str) -> Counter[str]:
    return Counter(line[begin:end].casefold() for begin, end in word_spans(line))
