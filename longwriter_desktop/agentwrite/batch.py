"""Several writers with one engine: what they ask for is written together, in batches.

A writer of its own is a generator (see `writer.write`) that is given a `Share` where it expects an engine. Whoever
runs the writers takes their events in turn, and lets the `Batch` advance when all of them wait.
"""

from collections import deque
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass

from longwriter_desktop.agentwrite.engine import (
    BranchEvent,
    BranchFinished,
    BranchingEngine,
    BranchText,
    Engine,
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
from longwriter_desktop.errors import PromptTooLong

MOST = 8
"""Writers at a time: as many as an engine writes for at once."""

WAITING = Heartbeat()
"""What a writer hears while there is nothing new for it; to be told from other heartbeats by identity."""

Heard = deque[EngineEvent | PromptTooLong]
BatchEvent = ModelLoading | PromptProgress | Heartbeat


class Batch:
    """What the writers have asked for, written together. A new batch begins when all of them wait for one.

    An engine that writes one reply at a time serves the writers one after another, the lowest number first.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._asked: dict[int, tuple[Prompt, Sampling, Heard]] = {}
        self._running: Iterator[BranchEvent] | None = None
        self._hearers: list[Heard] = []
        self._ended: set[int] = set()

    def share(self, number: int) -> "Share":
        """The engine for the writer ``number``."""
        return Share(self, number)

    def ask(self, number: int, prompt: Prompt, sampling: Sampling) -> Heard:
        """For the writer ``number``; returns where its events will stand."""
        heard: Heard = deque()
        self._asked[number] = prompt, sampling, heard
        return heard

    def enough(self, number: int, heard: Heard) -> None:
        """The writer wants no more of that reply."""
        if number in self._asked and self._asked[number][2] is heard:
            del self._asked[number]
        self._ended.update(branch for branch, hearer in enumerate(self._hearers) if hearer is heard)

    def advance(self, going: Collection[int]) -> Iterator[BatchEvent]:
        """Takes the next event of the batch; begins one when all writers that are ``going`` on wait for it."""
        if self._running is None and not self._begin(set(going)):
            return
        running = self._running
        if running is None:
            return
        try:
            event = next(running, None)
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

    def _begin(self, going: set[int]) -> bool:
        """Begins a batch if it is time for one."""
        engine, numbers = self.engine, sorted(self._asked)
        if isinstance(engine, BranchingEngine):
            if set(numbers) != going:
                return False
        else:
            numbers = numbers[:1]
        asked = [self._asked.pop(number) for number in numbers]
        if not asked:
            return False
        self._hearers = [heard for _prompt, _sampling, heard in asked]
        self._ended = set()
        if isinstance(engine, BranchingEngine):
            self._running = engine.generate_branches([each[:2] for each in asked], self._ended)
        else:
            self._running = _as_branch(engine, *asked[0][:2], self._ended)
        return True

    def finish(self) -> Iterator[BatchEvent]:
        """Hears the batch out, of which nobody wants more: so its cost is known."""
        while self._running is not None:
            yield from self.advance(())

    def close(self) -> None:
        """Cancels what is being written."""
        if isinstance(self._running, Generator):
            self._running.close()
        self._running = None


@dataclass(frozen=True, slots=True)
class Share:
    """One writer's part of the engine; keeps to the Engine port."""

    batch: Batch
    number: int

    @property
    def model_name(self) -> str:
        return self.batch.engine.model_name

    @property
    def usage(self) -> Usage:
        return self.batch.engine.usage

    @property
    def context_tokens(self) -> int:
        return self.batch.engine.context_tokens

    def generate(self, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, None]:
        """Says `WAITING` whenever there is nothing new, so that another writer can have its turn."""
        heard = self.batch.ask(self.number, prompt, sampling)
        try:
            while True:
                event = heard.popleft() if heard else WAITING
                if isinstance(event, PromptTooLong):
                    raise event
                yield event
                if isinstance(event, ReplyFinished):
                    return
        finally:
            self.batch.enough(self.number, heard)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self.batch.engine.warm(prompt)


def _as_branch(
    engine: Engine, prompt: Prompt, sampling: Sampling, ended: Collection[int]
) -> Generator[BranchEvent, None, None]:
    """A single reply as if it were one of several; it ends when ``ended`` holds its number, 0."""
    tokens = 0
    events = engine.generate(prompt, sampling)
    try:
        for event in events:
            if isinstance(event, ReplyFinished):
                yield BranchFinished(0, event.reason, tokens)
                yield event
            elif 0 in ended:
                yield BranchFinished(0, "cancelled", tokens)
                return
            elif isinstance(event, TextChunk):
                tokens += event.tokens
                yield BranchText(0, event.text, event.tokens)
            else:
                yield event
    finally:
        if isinstance(events, Generator):
            events.close()
