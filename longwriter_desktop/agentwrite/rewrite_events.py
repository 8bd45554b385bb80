"""What rewriting a passage begins with and what it says: the wish, the events, and how the new passage is recorded."""

from dataclasses import dataclass, replace
from typing import Literal

from longwriter_desktop.agentwrite.engine import Heartbeat, ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.passage import Passage, located
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import InputProblem

How = Literal["shorten", "expand", "rephrase", "tone", "own"]
WAYS: tuple[How, ...] = ("shorten", "expand", "rephrase", "tone", "own")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a passage. ``words`` name the tone, or are the person's own; else ""."""

    how: How
    words: str = ""

    def __str__(self) -> str:
        return f"tone: {self.words}" if self.how == "tone" else self.words or self.how


def read_wish(text: str) -> Wish:
    """The wish that "shorten", "expand", "rephrase", "tone:NAME" or any other words stand for.

    Raises InputProblem for no words, and for a tone without a name.
    """
    text = " ".join(text.split())
    for way in WAYS[:3]:
        if text.casefold() == way:
            return Wish(way)
    name, colon, tone = text.partition(":")
    if colon and name.strip().casefold() == "tone":
        if not tone.strip():
            raise InputProblem("The tone has no name: say tone:formal, for example. Nothing was changed.")
        return Wish("tone", tone.strip())
    if not text:
        raise InputProblem("Say how the passage is to be rewritten: shorten, for example. Nothing was changed.")
    return Wish("own", text)


@dataclass(frozen=True, slots=True)
class RewriteGrew:
    """The new passage so far."""

    text: str


@dataclass(frozen=True, slots=True)
class RewriteFinished:
    """The new passage. ``stop_reason`` as in `events.SectionFinished`; ``text`` is the old one where none is of use.

    ``asked`` is the passage that was asked for. Where that is a part of a sentence for which the model found no other
    that fits, ``passage`` is the whole sentence, and ``text`` another one.
    """

    passage: Passage
    text: str
    stop_reason: str
    model: str
    seed: int
    temperature: float
    direction: str
    asked: Passage

    @property
    def is_whole_sentence(self) -> bool:
        """Whether the whole sentence was rewritten where only a part of it was asked for."""
        return self.passage != self.asked


RewriteEvent = RewriteGrew | RewriteFinished | ModelLoading | PromptProgress | Heartbeat


def record_rewrite(document: Document, event: RewriteFinished, at: float) -> Document:
    """The document with the new passage in place; ``at`` is the time in Unix seconds.

    The section's text before is among its versions, and the new one too if the section was complete. Nothing
    changes where the old passage no longer stands in the section, or the section is locked.
    """
    passage = event.passage
    if not document.has_section(passage.section_id):
        return document
    section = document.section(passage.section_id)
    start = located(section.text, passage)
    if start is None or section.locked or event.text == passage.text:
        return document
    text = section.text[:start] + event.text + section.text[start + len(passage.text) :]
    after = replace(section.with_text_kept(at), text=text)
    if section.complete:
        version = Version(text, at, "generated", event.model, event.seed, event.temperature, event.direction)
        after = after.with_kept(version)
    return document.with_section(after)
