"""Which model to take on a computer: one rule for what is recommended and for what is opened unasked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.fit import Fit

_BEARABLE_WORDS_A_MINUTE = 55
"""10,000 words in three hours: what is slower is recommended to nobody who has a choice."""


class Candidate(Protocol):
    """A model that could be taken."""

    @property
    def entry(self) -> ModelEntry: ...

    @property
    def fit(self) -> Fit: ...

    @property
    def is_here(self) -> bool:
        """Whether its file is on this computer."""
        ...


_Candidate = TypeVar("_Candidate", bound=Candidate)


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Candidate]):
    """The model to take, and a sentence why."""

    model: _Candidate
    why: str


def best_of(candidates: Sequence[_Candidate]) -> Choice[_Candidate] | None:
    """The best of ``candidates``, which are in the catalogue's order; None where no memory holds any.

    It is the first for writing for which there is memory now and that writes 10,000 words in bearable time. Of the
    same model in several quantizations those that are here go first, and of these the finest.
    """
    usable = [each for each in candidates if each.fit.verdict != "too large"]
    writing = [each for each in usable if each.entry.is_for_writing]
    ready = [each for each in writing if each.fit.is_ready]
    bearable = [each for each in ready if _words_a_minute(each) >= _BEARABLE_WORDS_A_MINUTE]
    if bearable:
        why = "It is the best for long documents of those that this computer has the memory for now."
        return Choice(_finest_here(bearable), why)
    if ready:
        why = "It is the fastest that this computer has the memory for now."
        return Choice(max(ready, key=_words_a_minute), why)
    if writing:
        why = "It needs the least memory of those for writing: close other programs first."
        return Choice(min(writing, key=lambda each: each.fit.needs_bytes), why)
    if usable:
        why = "No model for writing fits this computer's memory; this one shows how the app works."
        return Choice(usable[0], why)
    return None


def _finest_here(models: Sequence[_Candidate]) -> _Candidate:
    """The first of ``models``, or the largest file of it that is here."""
    first = models[0].entry
    alike = [
        each
        for each in models
        if each.is_here and (each.entry.parameters, each.entry.template) == (first.parameters, first.template)
    ]
    return max(alike, key=lambda each: each.entry.size_bytes, default=models[0])


def _words_a_minute(model: Candidate) -> float:
    """The middle of what is to be expected; where nobody knows, bearable."""
    words = model.fit.words_a_minute
    return math.sqrt(words[0] * words[1]) if words else _BEARABLE_WORDS_A_MINUTE
