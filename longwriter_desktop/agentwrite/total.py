"""Another length for a document that has a plan: the word targets follow."""

from dataclasses import replace

from longwriter_desktop.agentwrite.targets import (
    LONGEST_PARAGRAPH,
    SHORTEST_PARAGRAPH,
    bounded_shares,
    least_target,
    share_words,
)
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


def with_total(document: Document, total: int) -> Document:
    """The document with ``total`` words asked for, and word targets that add up to it, in the proportions they have.

    Where it can be, none falls below 200 words or goes beyond 1,000. Locked sections keep their targets. Finished
    ones do too, so that they do not become stale, as long as the others can take up the change within that range.
    Where all is locked, too few words are left, or the plan has so many words already, only the asked length changes.
    """
    asked = replace(document, word_target=total)
    if total == document.words_planned:
        return asked
    unlocked = [section for section in document.sections if not section.locked]
    unfinished = [section for section in unlocked if not (section.complete and section.text.strip())]
    for changing in (unfinished, unlocked):
        left = total - (document.words_planned - sum(section.word_target for section in changing))
        low, high = (least_target(total), LONGEST_PARAGRAPH) if changing is not unlocked else (1, max(1, total))
        if changing and len(changing) * low <= left <= len(changing) * high:
            return _shared(asked, changing, left)
    return asked


def _shared(document: Document, changing: list[Section], words: int) -> Document:
    weights = [float(max(1, section.word_target)) for section in changing]
    count = len(changing)
    is_roomy = count * SHORTEST_PARAGRAPH <= words <= count * LONGEST_PARAGRAPH
    made = bounded_shares(words, weights) if is_roomy else share_words(words, weights)
    shares = {section.id: share for section, share in zip(changing, made, strict=True)}
    return replace(
        document,
        sections=tuple(replace(each, word_target=shares.get(each.id, each.word_target)) for each in document.sections),
    )
