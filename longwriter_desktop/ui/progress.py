"""How far a document is, held against its plan."""

from dataclasses import dataclass

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.tally import Tally


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of words. ``aim`` is what the plan adds up to, for that is what will be written; ``asked`` is the wish.

    ``share`` is how much of the plan is done, 0.0 to 1.0: a finished section counts whole, whatever its length
    has become, so that a finished document is never at 99 %.
    """

    words: int
    aim: int
    asked: int
    share: float

    @property
    def differs(self) -> bool:
        """Whether the plan is not as long as what was asked."""
        return bool(self.asked) and self.aim != self.asked


def progress_of(document: Document, tally: Tally) -> Progress:
    """The progress of a document as it stands."""
    words = tally.total(document)
    planned = document.words_planned
    done = 0.0
    for section in document.sections:
        if section.complete and section.text.strip():
            done += section.word_target
        else:
            done += min(tally.words(section), section.word_target)
    return Progress(words, planned or document.word_target, document.word_target, done / planned if planned else 0.0)
