"""The word budget: how long a section is to become, and where to end it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.document.counting import chinese_share, count_words, is_chinese, word_spans
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section

SECTION_TOLERANCE = 0.10
"""A section ends within this share of its own target."""
DOCUMENT_TOLERANCE = 0.03
"""The last section written ends so that the document is within this share of its planned length."""

_MOST_ADJUSTMENT = 0.06
"""What others were over or under moves a target by no more: the end of a sentence has to be found within 10 %."""
_LAST_RESORT = 1.35
_WORTH_A_CUT = 0.8
_WORTH_KEEPING = 0.5
_WORTH_GOING_ON = 0.2
_TRIES_EACH = 3
_USUAL_SENTENCE = 16, 26
"""Words of a sentence in English and in Chinese, where a text has too few to tell."""
_SHORTEST_SENTENCE, _LONGEST_SENTENCE = 6, 48


def _words_of(section: Section) -> int:
    return section.words


def adjusted_target(document: Document, section_id: str, words: Callable[[Section], int] = _words_of) -> int:
    """The words a section is to become: its own target, moved by what finished sections were over or under.

    Locked sections keep theirs. The change is spread over all sections that are still to be written, and
    is at most 6 % of the target. ``words`` counts a section's words.
    """
    section = document.section(section_id)
    if section.locked or section.word_target <= 0:
        return section.word_target
    return max(1, round(section.word_target * (1 + adjustment(document, section_id, words))))


def adjustment(document: Document, besides: str = "", words: Callable[[Section], int] = _words_of) -> float:
    """By what share the targets of the sections still to be written move, from -0.06 to 0.06.

    The section ``besides`` counts as one of them. ``words`` counts a section's words.
    """
    done = [each for each in document.sections if each.id != besides and (each.complete or each.locked)]
    delivered = [(words(each), each.word_target) for each in done]
    over = sum(count - target for count, target in delivered if count)
    left = document.words_planned - sum(target for _, target in delivered)
    share = -over / left if left > 0 else 0.0
    return max(-_MOST_ADJUSTMENT, min(_MOST_ADJUSTMENT, share))


@dataclass(frozen=True, slots=True)
class WordBudget:
    """What a section may have, in words: as near to ``target`` as its sentences allow, from ``least`` to ``most``."""

    target: int
    least: int
    most: int

    @classmethod
    def of(cls, document: Document, section_id: str, words: Callable[[Section], int] = _words_of) -> "WordBudget":
        """A section's budget in view of all others: the last one to be written makes the document come out.

        ``words`` counts a section's words.
        """
        own = document.section(section_id).word_target
        least = math.ceil(own * (1 - SECTION_TOLERANCE))
        most = math.floor(own * (1 + SECTION_TOLERANCE))
        target = adjusted_target(document, section_id, words)
        others = [each for each in document.sections if each.id != section_id]
        if all(each.complete or each.locked for each in others):
            planned, written = document.words_planned, sum(words(each) for each in others)
            lower = math.ceil(planned * (1 - DOCUMENT_TOLERANCE)) - written
            upper = math.floor(planned * (1 + DOCUMENT_TOLERANCE)) - written
            if lower <= most and upper >= least:
                least, most = max(least, lower), min(most, upper)
        return cls(max(least, min(target, most)), least, most)

    def enough_without_model(self, text: str) -> bool:
        """Whether a text that is there already needs nothing more: long enough and at a sentence's end."""
        return count_words(text) >= self.least and ends_sentence(text)

    def satisfied(self, text: str) -> bool:
        """Whether a reply that the model ended by itself is long enough."""
        return count_words(text) >= self.least

    def is_over(self, words: int) -> bool:
        """Whether so many words are too many, so that the sentence in hand cannot be the last."""
        return words > self.most

    def end_of_section(self, text: str, seen: int, own: int = 0, words: int | None = None) -> int | None:
        """Where to end the section, as a place in ``text``, or None to go on.

        ``seen`` is the length of the text (in characters) up to which ends were looked for before; up to
        ``own`` it is the person's, and is never cut. ``words`` are those of ``text``, where they are known.

        The end is the first end of a sentence to which the next one will probably not come nearer: from half
        a sentence before the target on. Where that is over the budget, it is the last one before.
        """
        words = count_words(text) if words is None else words
        if words < self.least:
            return None
        for end in sentence_ends(text, max(own, seen - 8)):
            enough = max(float(self.least), self.target - _sentence_words(text[:end]) / 2)
            if enough <= count_words(text[:end]) <= self.most:
                return end
        if words <= self.most:
            return None
        near = self._ends(text, own, self.least)
        return near[-1] if near else None

    def _ends(self, text: str, own: int, least: float) -> list[int]:
        """The ends of sentences up to which there are ``least`` words, and no more than are allowed."""
        return [end for end in sentence_ends(text, own) if least <= count_words(text[:end]) <= self.most]

    def start_of_overlong(self, text: str, own: int = 0, tried: int = 0) -> int | None:
        """Where, in a text that is over the budget in mid-sentence, to begin that sentence anew.

        When that was ``tried`` three times, the sentence before it is written anew as well, and so on. None where
        the sentence is nearly all of the text: another one would hardly be shorter.
        """
        ends = self._ends(text, own, _WORTH_GOING_ON * self.target)
        return ends[max(0, len(ends) - 1 - tried // _TRIES_EACH)] if ends else None

    def nearer(self, known: str, text: str, own: int = 0) -> str:
        """``known``, or ``text`` up to an end of a sentence that comes nearer to the budget."""
        for end in self._ends(text, own, _WORTH_A_CUT * self.target):
            if self.is_nearer(text[:end], known):
                known = text[:end]
        return known

    def is_nearer(self, one: str, other: str) -> bool:
        """Whether ``one`` misses the budget by less than ``other``."""
        return self._misses_by(one) < self._misses_by(other)

    def _misses_by(self, text: str) -> int:
        words = count_words(text)
        return max(self.least - words, words - self.most, 0)

    def last_resort(self, text: str, own: int = 0) -> int | None:
        """Where to end a text that is over its budget without the end of a sentence within it; None to go on.

        That is the last sentence before, when little is lost by it; else the next one; at a third over, the
        last end of a sentence in the second half, or the end of a word.
        """
        if before := self._ends(text, own, _WORTH_A_CUT * self.target):
            return before[-1]
        spans = word_spans(text)
        most = max(1, math.ceil(_LAST_RESORT * self.target))
        limit = spans[most - 1][1] if len(spans) >= most else len(text)
        behind = [end for end in sentence_ends(text, own) if end <= limit and count_words(text[:end]) > self.most]
        if behind:
            return behind[0]
        if len(spans) < most:
            return None
        far = self._ends(text, own, _WORTH_KEEPING * self.target)
        return far[-1] if far else max(own, limit)

    def tokens_missing(self, text: str) -> int:
        """A generous count of tokens for the words that are missing, with room to end a sentence."""
        missing = max(0, round(_LAST_RESORT * self.target) - count_words(text))
        return max(64, 2 * missing + 64)


class RunningCount:
    """Counts the words of a growing text, each time only those that are new."""

    def __init__(self) -> None:
        self._length = 0
        self._words = 0

    def of(self, text: str) -> int:
        """The words of ``text``, which goes on from the one given before."""
        settled = len(text)
        while settled > self._length and text[settled - 1].isalpha() and not is_chinese(text[settled - 1]):
            settled -= 1  # A word that may go on is counted anew.
        if settled > self._length:
            self._words += count_words(text[self._length : settled])
            self._length = settled
        return self._words + count_words(text[self._length :])


def _sentence_words(text: str) -> float:
    """The words of a sentence of this text, on average."""
    chinese = chinese_share(text) > 0.5
    usual = _USUAL_SENTENCE[chinese]
    ends = sentence_ends(text)
    if not ends:
        return usual
    # A few usual ones beside them, so that one long sentence is not taken for the rule.
    mean = (count_words(text[: ends[-1]]) + 2 * usual) / (len(ends) + 2)
    return max(_SHORTEST_SENTENCE, min(_LONGEST_SENTENCE, mean))
