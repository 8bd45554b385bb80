"""Several texts for one section at the same time, for the person to choose from.

Each is written by `writer.write` on a copy of the document of its own, with everything that belongs to it
(word budget, loop guard, clean-up). Their engine is shared: what they ask for is written in one batch, which
costs less than one after another, and what their prompts begin with is read once.
"""

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace

from longwriter_desktop.agentwrite.engine import (
    BranchEvent,
    BranchFinished,
    BranchingEngine,
    BranchText,
    EngineEvent,
    Heartbeat,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.agentwrite.events import SectionFinished, WriterEvent
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import InputProblem, PromptTooLong

MOST = 8
_SEEDS_APART = 1_000_003
_SEED_LIMIT = 2**32
_WAITING = Heartbeat()
"""What a writer hears while there is nothing new for it."""


@dataclass(frozen=True, slots=True)
class AlternativeGrew:
    """The text of one alternative so far; ``number`` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class AlternativeFinished:
    """One alternative is complete. ``version`` is its text and how it came about; its time is 0."""

    number: int
    section_id: str
    version: Version
    stop_reason: str
    basis: str


AlternativeEvent = AlternativeGrew | AlternativeFinished | ModelLoading | PromptProgress | Heartbeat


def alternatives(
    document: Document,
    section_id: str,
    engine: BranchingEngine,
    templates: TemplatesOf,
    *,
    count: int = 3,
    sampling: Sampling | None = None,
    layout: Layout = "paper",
) -> Generator[AlternativeEvent, None, None]:
    """Writes ``count`` texts, from 2 to `MOST`, for a section: from its beginning, or on from a half-written text.

    The document is not changed; see `record_alternative`. Close the iterator to stop. Raises InputProblem for a
    locked section or another count, and whatever the engine raises.
    """
    section = document.section(section_id)
    if not 2 <= count <= MOST:
        raise InputProblem(f"There can be from 2 to {MOST} alternatives. Nothing was changed.")
    if section.locked:
        raise InputProblem("The section is locked, so nothing was written. Unlock it, then try again.")
    sampling = sampling or Sampling()
    again = section.complete and bool(section.text.strip())
    batch = _Batch(engine)
    tracks = [_Track(number, document) for number in range(count)]
    with ExitStack() as stack:
        stack.enter_context(closing(batch))
        for track in tracks:
            seed = (sampling.seed + _SEEDS_APART * track.number) % _SEED_LIMIT
            track.events = write(
                track.read,
                _Share(batch, track.number),
                templates,
                sections=[section_id],
                again=again,
                sampling=replace(sampling, seed=seed),
                layout=layout,
            )
            stack.enter_context(closing(track.events))
        going = tracks
        while going:
            for track in going:
                yield from track.advance(section_id)
            going = [track for track in going if not track.done]
            if going:
                yield from batch.advance({track.number for track in going})
        yield from batch.finish()


def record_alternative(document: Document, event: AlternativeFinished, at: float) -> Document:
    """The document with an alternative among the section's versions; ``at`` is the time in Unix seconds.

    The first one becomes the text of a section that was not finished. Nothing changes when it is gone.
    """
    if not document.has_section(event.section_id):
        return document
    section = document.section(event.section_id)
    version = replace(event.version, created_at=at)
    if event.number == 1 and not section.complete:
        section = replace(
            section.with_text_kept(at),
            text=version.text,
            complete=True,
            basis=event.basis,
            stop_reason=event.stop_reason,
        )
    return document.with_section(section.with_kept(version))


@dataclass
class _Track:
    """One alternative on its way: a copy of the document, and the writer that fills it."""

    number: int
    document: Document
    events: Generator[WriterEvent, None, None] = field(init=False)
    done: bool = False

    def read(self) -> Document:
        return self.document

    def advance(self, section_id: str) -> Iterator[AlternativeEvent]:
        """Runs the writer until there is nothing new for it."""
        for event in self.events:
            if event is _WAITING:
                return
            before = self.document
            self.document = record(before, event, at=0.0)
            if isinstance(event, SectionFinished):
                text = self.document.section(section_id).text
                version = Version(text, 0.0, "generated", event.model, event.seed, event.temperature, event.direction)
                yield AlternativeFinished(self.number + 1, section_id, version, event.stop_reason, event.basis)
            elif self.document is not before and (text := self.document.section(section_id).text):
                yield AlternativeGrew(self.number + 1, text)
        self.done = True


_Heard = deque[EngineEvent | PromptTooLong]


class _Batch:
    """What the writers have asked for, written together. A new batch begins when all of them wait for one."""

    def __init__(self, engine: BranchingEngine) -> None:
        self.engine = engine
        self._asked: dict[int, tuple[Prompt, Sampling, _Heard]] = {}
        self._running: Iterator[BranchEvent] | None = None
        self._hearers: list[_Heard] = []
        self._ended: set[int] = set()

    def ask(self, number: int, prompt: Prompt, sampling: Sampling) -> _Heard:
        """For the writer ``number``; returns where its events will stand."""
        heard: _Heard = deque()
        self._asked[number] = prompt, sampling, heard
        return heard

    def enough(self, number: int, heard: _Heard) -> None:
        """The writer wants no more of that reply."""
        if number in self._asked and self._asked[number][2] is heard:
            del self._asked[number]
        self._ended.update(branch for branch, hearer in enumerate(self._hearers) if hearer is heard)

    def advance(self, going: set[int]) -> Iterator[AlternativeEvent]:
        """Takes the next event of the batch; begins one when all writers that are ``going`` on wait for it."""
        if self._running is None:
            if set(self._asked) != going:
                return
            asked = [self._asked[number] for number in sorted(going)]
            self._asked.clear()
            self._hearers = [heard for _prompt, _sampling, heard in asked]
            self._ended = set()
            self._running = self.engine.generate_branches([each[:2] for each in asked], self._ended)
        try:
            event = next(self._running, None)
        except PromptTooLong as full:
            for heard in self._hearers:
                heard.append(full)
            self._running = None
            return
        match event:
            case BranchText():
                self._hearers[event.branch].append(TextChunk(event.text, event.tokens))
            case BranchFinished():
                self._hearers[event.branch].append(ReplyFinished(event.reason, Usage()))
            case ReplyFinished() | None:
                self._running = None
            case _:
                yield event

    def finish(self) -> Iterator[AlternativeEvent]:
        """Hears the batch out, of which nobody wants more: so its cost is known."""
        while self._running is not None:
            yield from self.advance(set())

    def close(self) -> None:
        """Stops what is being written."""
        if isinstance(self._running, Generator):
            self._running.close()
        self._running = None


@dataclass(frozen=True, slots=True)
class _Share:
    """One writer's part of the engine."""

    batch: _Batch
    number: int

    @property
    def model_name(self) -> str:
        return self.batch.engine.model_name

    @property
    def usage(self) -> Usage:
        return self.batch.engine.usage

    def generate(self, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, None]:
        heard = self.batch.ask(self.number, prompt, sampling)
        try:
            while True:
                event = heard.popleft() if heard else _WAITING
                if isinstance(event, PromptTooLong):
                    raise event
                yield event
                if isinstance(event, ReplyFinished):
                    return
        finally:
            self.batch.enough(self.number, heard)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self.batch.engine.warm(prompt)
