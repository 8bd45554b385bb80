"""A document with a plan and no text yet, and writing it with the real model; an engine that keeps nothing."""

from collections.abc import Iterator

from longwriter_desktop.agentwrite.engine import Engine, EngineEvent, Message, Prompt, Sampling, Usage
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.prompt_templates import templates

_LINES = (
    "The first lights: fires on headlands and the towers of antiquity",
    "Pharos: how the lighthouse of Alexandria was built and lost",
    "The dark centuries: monks, guilds and lanterns on chapels",
    "Reading a coast: why ships were lost where they were lost",
    "The engineers: how towers were first anchored to bare rock",
    "Stone: dovetailed blocks and the quarries they came from",
    "The lamp: from coal fires to oil, gas and electric arcs",
    "The lens: what Fresnel understood and how it was ground",
    "The keeper's day: trimming wicks, winding clockwork, writing the log",
    "Families: children, gardens and schooling on an island",
    "Supplies: boats, cranes, water tanks and the long winter",
    "Storms: what the great waves did to the towers",
    "Fog: bells, guns, sirens and the diaphone",
    "Lightships: anchored where nothing could be built",
    "Signals: how each light got a rhythm of its own",
    "Wrecks: three nights that changed the law",
    "Money: light dues, harbour boards and quarrels over tolls",
    "War: lights put out, painted grey and fought over",
    "Women at the lamp: keepers who were never called so",
    "Birds: migration, the dazzle of the beam and the first counts",
    "Radio: beacons, radar and the beginning of the end",
    "The last keepers: automation, tower by tower",
    "Afterlives: houses, hostels, museums and ruins",
    "Restoring a lantern: brass, paint and mercury",
    "Why a light still matters to those at sea",
)


def sample_document(sections: int = len(_LINES), words: int = 70, first: int = 0) -> Document:
    """A plan of ``sections`` sections of ``words`` words each, at most 25; ``first`` turns the lines round."""
    lines = (*_LINES[first:], *_LINES[:first])
    planned = tuple(
        Section(main_point=line, word_target=words, heading=line.partition(":")[0], id=f"s{number}")
        for number, line in enumerate(lines[:sections], 1)
    )
    total = words * sections
    return Document(
        title="Lighthouses",
        instruction=f"Write a book of {total} words on lighthouses and the people who kept them.",
        word_target=total,
        sections=planned,
    )


def written(document: Document, engine: Engine, layout: Layout, sampling: Sampling) -> Document:
    """The document once the writer is done with it."""
    desk = [document]
    for event in write(lambda: desk[0], engine, templates, sampling=sampling, layout=layout):
        desk[0] = record(desk[0], event, 0.0)
    return desk[0]


class Forgetful:
    """An engine that has forgotten everything at each call, because something else was asked in between."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def model_name(self) -> str:
        return self._engine.model_name

    @property
    def usage(self) -> Usage:
        return self._engine.usage

    @property
    def context_tokens(self) -> int:
        return self._engine.context_tokens

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        for _ in self._engine.generate(Prompt((Message("user", "Forget."),)), Sampling(temperature=0, max_tokens=1)):
            pass
        return self._engine.generate(prompt, sampling)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self._engine.warm(prompt)
