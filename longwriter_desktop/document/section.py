"""A section: one planned paragraph of AgentWrite, its text, and every text that it had before."""

import hashlib
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


def text_fingerprint(text: str) -> str:
    """Tells whether a text is still the one that something was made from; space at its ends does not count."""
    return hashlib.blake2b(text.strip().encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def new_section_id() -> str:
    """An id that stays with a section wherever it is moved."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Section:
    """One section. ``word_target`` is in words; ``text`` is Markdown without the section's own heading.

    ``complete`` says that the writer (or the person) has finished it. ``basis`` is the fingerprint of
    what it was written against (see `Document.basis`), empty for text that no model wrote.
    ``stop_reason`` says why the writer ended it: "target", "end", "length", "repetition" or "".
    ``summary`` stands for the text in prompts that have no room for it; ``summary_of`` is the fingerprint of
    the text that a model made it from (see `text_fingerprint`), empty for a summary that the person wrote.
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
    summary: str = ""
    summary_of: str = ""
    versions: tuple[Version, ...] = ()
    id: str = field(default_factory=new_section_id)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def length_score(self) -> float:
        return length_score(self.word_target, self.words)

    @property
    def lacks_summary(self) -> bool:
        """Whether a summary is to be made: there is text and none of it, or one of another text by a model."""
        if not self.text.strip():
            return False
        return not self.summary or (bool(self.summary_of) and self.summary_of != text_fingerprint(self.text))

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
