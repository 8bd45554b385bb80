"""The word budget: how long a section is to become, and where to end it."""

from dataclasses import dataclass

from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.document.counting import chinese_share, count_words
from longwriter_desktop.document.document import Document

_MOST_ADJUSTMENT = 0.08
"""A section stays within 10 % of its own target, so what others were over or under moves it less than that."""

_OVERRUN = 1.10
_LAST_RESORT = 1.35


def adjusted_target(document: Document, section_id: str) -> int:
    """The words a section is to become: its own target, moved by what finished sections were over or under.

    Locked sections keep theirs. The change is spread over all sections that are still to be written, and
    is at most 8 % of the target.
    """
    section = document.section(section_id)
    if section.locked or section.word_target <= 0:
        return section.word_target
    done = [each for each in document.sections if each.id != section_id and (each.complete or each.locked)]
    over = sum(each.words - each.word_target for each in done if each.words)
    left = document.words_planned - sum(each.word_target for each in done)
    share = -over / left if left > 0 else 0.0
    return max(1, round(section.word_target * (1 + max(-_MOST_ADJUSTMENT, min(_MOST_ADJUSTMENT, share)))))


@dataclass(frozen=True, slots=True)
class WordBudget:
    """What a section may have, in words."""

    target: int

    def enough_without_model(self, text: str) -> bool:
        """Whether a text that is there already needs nothing more: near its target and at a sentence's end."""
        return count_words(text) >= 0.9 * self.target and ends_sentence(text)

    def satisfied(self, text: str) -> bool:
        """Whether a reply that the model ended by itself is long enough."""
        return count_words(text) >= 0.93 * self.target

    def end_of_section(self, text: str, seen: int, own: int = 0) -> int | None:
        """Where to end the section, as a place in ``text``, or None to go on.

        ``seen`` is the length of the text (in characters) up to which ends were looked for before; up to
        ``own`` it is the person's, and is never cut. The end
        is the first end of a sentence from half a sentence before the target on. When 10 % over
        there is none, the last one before is taken if it is within 10 % of the target; failing that, at a
        third over, the last end of a sentence anywhere in the second half, or the end of a word.
        """
        words = count_words(text)
        if words < self._from(text):
            return None
        for end in sentence_ends(text, max(own, seen - 8)):
            if count_words(text[:end]) >= self._from(text):
                return end
        return self._last_resort(text, words, own) if words >= _OVERRUN * self.target else None

    def _last_resort(self, text: str, words: int, own: int) -> int | None:
        """Where to end a text of ``words`` words that is over its target without the end of a sentence near it."""
        ends = sentence_ends(text, own)
        near = [end for end in ends if count_words(text[:end]) >= 0.9 * self.target]
        if near:
            return near[-1]
        if words < _LAST_RESORT * self.target:
            return None
        far = [end for end in ends if count_words(text[:end]) >= 0.5 * self.target]
        if far:
            return far[-1]
        space = text.rstrip().rfind(" ")
        return space if space > own and count_words(text[:space]) >= 0.5 * self.target else len(text)

    def _from(self, text: str) -> float:
        half_sentence = 14 if chinese_share(text) > 0.5 else 8
        return max(0.93 * self.target, self.target - half_sentence)

    def tokens_missing(self, text: str) -> int:
        """A generous count of tokens for the words that are missing, with room to end a sentence."""
        missing = max(0, round(_LAST_RESORT * self.target) - count_words(text))
        return max(64, 2 * missing + 64)
