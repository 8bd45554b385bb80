"""A document in figures: asked against delivered for each section, and how much of it says the same again."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from longwriter_desktop.agentwrite.loop_guard import SHARE_CHINESE_GRAM, share_steps
from longwriter_desktop.agentwrite.near_duplicates import NearDuplicate, fingerprint, resembling
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.length_score import length_score
from longwriter_desktop.document.section import Section, Status

NEAR = 0.1
"""A section within this share of its word target has the length that was asked for."""


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """One section. ``asked`` and ``delivered`` are words; ``asked`` is 0 where no length was asked for."""

    number: int
    section_id: str
    heading: str
    main_point: str
    asked: int
    delivered: int
    status: Status
    is_locked: bool = False

    @property
    def title(self) -> str:
        """What the section is called in one line: its heading, else its main point."""
        return " ".join((self.heading or self.main_point).split())

    @property
    def is_done(self) -> bool:
        """Whether its length can be judged: it is finished, and a length was asked for."""
        return self.asked > 0 and self.status in (Status.WRITTEN, Status.STALE)

    @property
    def score(self) -> float | None:
        """The length score S_l, 0 to 100; None for a section that cannot be judged yet."""
        return length_score(self.asked, self.delivered) if self.is_done else None

    @property
    def difference(self) -> float | None:
        """By what share of its target a finished section is longer (above 0) or shorter; None as for `score`."""
        return self.delivered / self.asked - 1 if self.is_done else None


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole document. ``asked`` is the length it is judged by, ``language`` what tells words from characters."""

    language: str
    asked: int
    sections: tuple[SectionFigures, ...]

    @property
    def delivered(self) -> int:
        return sum(each.delivered for each in self.sections)

    @property
    def done(self) -> tuple[SectionFigures, ...]:
        """The sections whose length can be judged."""
        return tuple(each for each in self.sections if each.is_done)

    @property
    def near(self) -> int:
        """How many finished sections are within a tenth of their word targets."""
        return sum(abs(each.delivered - each.asked) <= NEAR * each.asked for each in self.done)

    @property
    def score(self) -> float | None:
        """The length score S_l of the document, 0 to 100; None while it is not finished, or no length was asked."""
        unfinished = any(each.status in (Status.PLANNED, Status.WRITING, Status.PARTIAL) for each in self.sections)
        return None if unfinished or not self.asked else length_score(self.asked, self.delivered)

    @property
    def section_score(self) -> float | None:
        """The mean length score of the finished sections; None while there are none."""
        scores = [each.score for each in self.done if each.score is not None]
        return sum(scores) / len(scores) if scores else None


def figures(document: Document, words_of: Callable[[Section], int], writing: str = "") -> Figures:
    """The figures of a document. ``words_of`` counts a section's text; ``writing`` is the id of the one in work."""
    statuses = document.statuses(writing)
    return Figures(
        document.language,
        document.words_asked,
        tuple(
            SectionFigures(
                number,
                section.id,
                section.heading,
                section.main_point,
                section.word_target,
                words_of(section),
                statuses[section.id],
                section.locked,
            )
            for number, section in enumerate(document.sections, start=1)
        ),
    )


@dataclass(frozen=True, slots=True)
class Repetition:
    """How much a document repeats itself. ``share`` is as `share_steps` measures it, alike in both languages."""

    share: float
    duplicates: tuple[NearDuplicate, ...]


def repetition(document: Document) -> Repetition:
    """Looks through the whole text: about a second for 100,000 words, so not where a person waits."""
    steps = repetition_steps(document)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Repetition = end.value
            return found


def repetition_steps(document: Document) -> Generator[None, None, Repetition]:
    """As `repetition`, in steps of a few milliseconds, for who does other things in between."""
    share = yield from share_steps("\n".join(section.text for section in document.sections), SHARE_CHINESE_GRAM)
    prints = []
    for section in document.sections:
        prints.append(fingerprint(section.text))
        yield
    found = []
    for place, section in enumerate(document.sections):
        resembled = [
            NearDuplicate(section.id, earlier.id, passages)
            for earlier, other in zip(document.sections[:place], prints, strict=False)
            if (passages := resembling(prints[place], other))
        ]
        if resembled:
            found.append(max(resembled, key=lambda each: each.words))
        yield
    return Repetition(share, tuple(found))
