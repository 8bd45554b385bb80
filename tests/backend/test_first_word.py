"""What the writer asks of a real model before a first word: nothing once it has read ahead, else only the tail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import get_args

import pytest

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, PromptProgress, Sampling, Usage
from longwriter_desktop.agentwrite.events import SectionFinished, TextWritten, WriterEvent
from longwriter_desktop.agentwrite.next_prompt import warm_next
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.prompt_templates import templates
from tests.backend.replies import long_text

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
TAIL = 140
"""Tokens. A step's wording, or up to 63 tokens of what is known already (see `Session`) and the step's own line."""
POINTS = (
    "Fire on the headland: why sailors feared the coast more than the open sea",
    "Pharos of Alexandria: how high it stood and how it was paid for",
    "Glass and oil: the lamp of Argand and the lens of Fresnel",
    "The keepers: pay, loneliness and the log books that they left",
)


@dataclass
class Listening:
    """An engine that notes how many tokens were read for each reply."""

    engine: LlamaEngine
    read: list[int]

    @property
    def model_name(self) -> str:
        return self.engine.model_name

    @property
    def usage(self) -> Usage:
        return self.engine.usage

    @property
    def context_tokens(self) -> int:
        return self.engine.context_tokens

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        known = None
        for event in self.engine.generate(prompt, sampling):
            if isinstance(event, PromptProgress) and known is None:
                known = event.reused
                self.read.append(event.total - known)
            yield event

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self.engine.warm(prompt)


class Desk:
    """A document that a real model writes, in one layout."""

    def __init__(self, engine: LlamaEngine, layout: Layout) -> None:
        sections = tuple(
            Section(point, 40, point.split(":")[0], id=name) for name, point in zip("abcd", POINTS, strict=True)
        )
        self.document = Document(instruction="Write a history of lighthouses", sections=sections)
        self.engine = engine
        self.layout: Layout = layout

    def write(self, until: Callable[[WriterEvent], bool], *, only: str | None = None, again: bool = False) -> list[int]:
        """Writes until then; the tokens that were read for each reply."""
        listening = Listening(self.engine, [])
        events = write(
            lambda: self.document,
            listening,
            templates,
            layout=self.layout,
            sections=None if only is None else [only],
            again=again,
            sampling=Sampling(seed=5),
        )
        for event in events:
            self.document = record(self.document, event, 0.0)
            if until(event):
                break
        events.close()
        return listening.read

    def warm(self) -> None:
        for _ in warm_next(self.document, self.engine, templates, layout=self.layout):
            pass

    def words(self, section_id: str, words: int) -> Callable[[WriterEvent], bool]:
        return lambda _event: self.document.section(section_id).words >= words


def ended(section_id: str) -> Callable[[WriterEvent], bool]:
    return lambda event: isinstance(event, SectionFinished) and event.section_id == section_id


def a_word(event: WriterEvent) -> bool:
    return isinstance(event, TextWritten)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_first_word_waits_for_the_tail_alone_and_for_nothing_once_it_was_read_ahead(
    engine: LlamaEngine, layout: Layout
) -> None:
    desk = Desk(engine, layout)
    desk.write(ended("a"))
    desk.warm()
    assert desk.write(a_word)[0] == 0  # the next section
    desk.warm()
    assert desk.write(a_word)[0] == 0  # after a pause
    edited = desk.document.section("b").text.rstrip(" .,") + ", which I typed myself, and"
    desk.document = desk.document.with_text("b", edited)
    before = engine.usage
    desk.warm()
    assert (engine.usage - before).prompt_tokens_read <= TAIL  # after an edit only what is new is read ahead
    assert desk.write(a_word)[0] == 0
    desk.write(ended("b"))
    desk.warm()
    assert desk.write(a_word, only="b", again=True)[0] <= TAIL  # the section that was written last
    assert desk.write(a_word, only="a", again=True)[0] <= TAIL  # one further up


@pytest.mark.parametrize("layout", ["continuous", "guided"])
def test_in_one_long_reply_a_finished_section_is_never_read_again(engine: LlamaEngine, layout: Layout) -> None:
    desk = Desk(engine, layout)
    desk.write(ended("a"))
    read = desk.write(ended("c"))
    assert max(read) < 70
    assert desk.document.section("b").words > 30


def test_in_a_conversation_a_section_that_came_in_one_reply_is_never_read_again(engine: LlamaEngine) -> None:
    """Whatever was asked of it in its turn: what sections are over or under changes the targets of later ones."""
    desk = Desk(engine, "conversation")
    section = desk.document.section("a")
    desk.document = desk.document.with_section(replace(section, text=long_text(80), complete=True))
    assert len(desk.write(desk.words("b", 25))) == 1
    text = desk.document.section("b").text
    end = text.rfind(" ")
    desk.document = desk.document.with_section(replace(desk.document.section("b"), text=text[:end], complete=True))
    assert desk.write(a_word)[0] <= 75
