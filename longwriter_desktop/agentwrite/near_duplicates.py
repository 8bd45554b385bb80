"""Near-duplicates: passages that say in nearly the same words what another section says.

Sentences are compared by their shingles, the short sequences of words that stand in them, so that a changed
name, number or turn of phrase hides nothing. Nothing is changed: the person is told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from longwriter_desktop.agentwrite.sentences import sentence_ends
from longwriter_desktop.document.counting import is_chinese
from longwriter_desktop.document.document import Document

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_\u4e00-\u9fff]+")
_SHINGLE, _CHINESE_SHINGLE = 3, 4
_ALIKE = 0.5
"""Of a sentence's shingles, the share that stands in the other section."""
_SHORTEST_SENTENCE = 8
_WORDS_TOLD, _SHARE_TOLD = 40, 0.2
"""A section is told of from so many repeated words, or from that share of its own."""
_WORDS_AT_LEAST = 16


@dataclass(frozen=True, slots=True)
class Passage:
    """Neighbouring sentences, and what they resemble in the other section."""

    text: str
    resembles: str
    words: int


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A section and an earlier one that it resembles. ``words`` are those of its ``passages``."""

    section_id: str
    other_id: str
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        return sum(passage.words for passage in self.passages)


Shingle = str
"""Words with blanks between. As tuples they would be a hundred thousand objects for Python to look after."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text cut into sentences, each with its words and shingles, and the shingles of all together."""

    sentences: tuple[tuple[str, int, frozenset[Shingle]], ...]
    shingles: frozenset[Shingle]
    words: int


def near_duplicates(document: Document) -> tuple[NearDuplicate, ...]:
    """Each section that repeats an earlier one in nearly the same words, with that one of them it repeats most."""
    fingerprints = [fingerprint(section.text) for section in document.sections]
    found = []
    for place, section in enumerate(document.sections):
        resembled = [
            NearDuplicate(section.id, earlier.id, passages)
            for earlier, other in zip(document.sections[:place], fingerprints, strict=False)
            if (passages := resembling(fingerprints[place], other))
        ]
        if resembled:
            found.append(max(resembled, key=lambda each: each.words))
    return tuple(found)


def fingerprint(text: str) -> Fingerprint:
    """What a text is compared by; it may be kept as long as the text stays the same."""
    sentences = tuple(_sentences(text))
    shingles = frozenset(shingle for _, _, those in sentences for shingle in those)
    return Fingerprint(sentences, shingles, sum(words for _, words, _ in sentences))


def resembling(text: Fingerprint, other: Fingerprint) -> tuple[Passage, ...]:
    """The passages of a text that another has too, in nearly the same words; () where there is little of that."""
    if text.shingles.isdisjoint(other.shingles):
        return ()
    passages = tuple(_passages(text, other))
    words = sum(passage.words for passage in passages)
    enough = words >= _WORDS_TOLD or (words >= _WORDS_AT_LEAST and words >= _SHARE_TOLD * text.words)
    return passages if enough else ()


def _passages(text: Fingerprint, other: Fingerprint) -> Iterator[Passage]:
    run: list[tuple[str, str, int]] = []
    for sentence, words, shingles in text.sentences:
        if words >= _SHORTEST_SENTENCE and len(shingles & other.shingles) >= _ALIKE * len(shingles):
            run.append((sentence, _most_alike(shingles, other), words))
        elif run:
            yield _passage(run)
            run = []
    if run:
        yield _passage(run)


def _passage(run: Sequence[tuple[str, str, int]]) -> Passage:
    sentences, others, words = zip(*run, strict=True)
    return Passage(" ".join(sentences), " ".join(dict.fromkeys(others)), sum(words))


def _most_alike(shingles: frozenset[Shingle], other: Fingerprint) -> str:
    return max(other.sentences, key=lambda each: len(shingles & each[2]))[0]


def _sentences(text: str) -> Iterator[tuple[str, int, frozenset[Shingle]]]:
    start = 0
    for end in (*sentence_ends(text), len(text)):
        words = [match.group().casefold() for match in _TOKEN.finditer(text, start, end)]
        if words:
            yield text[start:end].strip(), len(words), frozenset(_shingles(words))
        start = end


def _shingles(words: Sequence[str]) -> Iterator[Shingle]:
    normal = ["0" if word[0].isdigit() else word for word in words]
    for place in range(len(normal)):
        length = _CHINESE_SHINGLE if is_chinese(normal[place][0]) else _SHINGLE
        if place + length <= len(normal):
            yield " ".join(normal[place : place + length])
