"""What the tests of the writer share: a document that it writes in, and models that say too much."""

import random
from collections.abc import Iterator

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.agentwrite.events import (
    WriterEvent,
)
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates

LAYOUTS: tuple[Layout, ...] = ("paper", "conversation", "continuous", "guided")


class Desk:
    """A document on a desk: what the writer does is recorded in it, as the window and the command line do."""

    def __init__(self, *targets: int, language: str = "en") -> None:
        sections = tuple(
            Section(main_point=f"Point {name}: about {name}", word_target=target, heading=f"Point {name}", id=name)
            for name, target in zip("abcdefghijklmnopqrstuvwxyz", targets, strict=False)
        )
        self.document = Document(instruction="Write about the sea", language=language, sections=sections)
        self.events: list[WriterEvent] = []

    def text(self, section_id: str) -> str:
        return self.document.section(section_id).text

    def run(self, model: FakeModel, *, stop_after: int | None = None, layout: Layout = "paper", **how: object) -> None:
        events = self.stream(model, layout=layout, **how)
        for count, _ in enumerate(events, start=1):
            if count == stop_after:
                events.close()  # type: ignore[attr-defined]  # write() returns a generator
                return

    def stream(self, model: FakeModel, *, layout: Layout = "paper", **how: object) -> Iterator[WriterEvent]:
        def events() -> Iterator[WriterEvent]:
            for event in write(lambda: self.document, model, templates, layout=layout, **how):  # type: ignore[arg-type]  # keywords pass through
                self.document = record(self.document, event, 100.0)
                self.events.append(event)
                yield event

        return events()


def talkative(prompt: Prompt, sampling: Sampling) -> str:
    """Far more text than is ever asked for."""
    return prose(sampling.seed, 1500)


def uneven(seed: int, language: str) -> str:
    """Sentences as long and short as people write them, and paragraphs."""
    chance = random.Random(seed)
    made = []
    for _ in range(150):
        words = max(3, round(chance.gauss(30, 14) if language == "zh" else chance.gauss(18, 9)))
        if language == "zh":
            sentence = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(words)) + "。"
        else:
            sentence = prose(chance.randrange(10**6), words, words) + " "
        made.append(sentence + ("\n\n" if chance.random() < 0.2 else ""))
    return "".join(made)
