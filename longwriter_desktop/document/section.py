"""A section: one planned paragraph of AgentWrite, its text, and every text that it had before."""

import uuid
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.length_score import length_score


class Status(StrEnum):
    """How far a section is.

    STALE: written against text or a plan line that has changed since; never rewritten by itself.
    """

    PLANNED = "planned"
    WRITING = "writing"
    PARTIAL = "partial"
    WRITTEN = "written"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Version:
    """A text that a section had: when (Unix seconds) and how it came about."""

    text: str
    created_at: float
    origin: Literal["generated", "edited"]
    model: str = ""
    seed: int | None = None
    temperature: float | None = None
    direction: str = ""

    @property
    def words(self) -> int:
        return count_words(self.text)


def new_section_id() -> str:
    """An id that stays with a section wherever it is moved."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Section:
    """One section. ``word_target`` is in words; ``text`` is Markdown without the section's own heading.

    ``complete`` says that the writer (or the person) has finished it. ``basis`` is the fingerprint of
    what it was written against (see `Document.basis`), empty for text that no model wrote.
    ``stop_reason`` says why the writer ended it: "target", "end", "length", "repetition" or "".
    """

    main_point: str
    word_target: int
    heading: str = ""
    direction: str = ""
    text: str = ""
    complete: bool = False
    locked: bool = False
    basis: str = ""
    stop_reason: str = ""
    versions: tuple[Version, ...] = ()
    id: str = field(default_factory=new_section_id)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def length_score(self) -> float:
        return length_score(self.word_target, self.words)

    def with_kept(self, version: Version) -> "Section":
        """The section with ``version`` among its versions, unless it is empty or the newest one has the same text."""
        if not version.text.strip() or (self.versions and self.versions[-1].text == version.text):
            return self
        return replace(self, versions=(*self.versions, version))

    def with_text_kept(self, at: float) -> "Section":
        """The section with its present text among its versions, so that the text may be replaced.

        A text that equals any kept version is not kept twice. ``at`` is in Unix seconds.
        """
        if any(version.text == self.text for version in self.versions):
            return self
        return self.with_kept(Version(self.text, at, "edited"))
