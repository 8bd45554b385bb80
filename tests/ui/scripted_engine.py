"""An engine that says what a test tells it to: a queue of replies, each a list of events."""

import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from longwriter_desktop.agentwrite.engine import (
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

Reply = Iterable[EngineEvent | Exception]
HEARTBEAT_S = 0.02


def text_reply(text: str) -> list[EngineEvent]:
    """A reply of ``text``, a word an event, that the model ends by itself."""
    words = text.split(" ")
    chunks: list[EngineEvent] = [
        TextChunk(word if at == 0 else f" {word}", 1) for at, word in enumerate(words) if word or at == 0
    ]
    return [*chunks, ReplyFinished("end", Usage(10, 0, len(chunks), 0.01, 0.01 * len(chunks)))]


class ScriptedEngine:
    """Gives the queued replies in order; without any, keeps to what ``answer`` says.

    ``delay_s`` passes before each event. `hold` makes it wait with heartbeats only, as a slow model
    does, until `go_on`; `hold_warming` does so while it reads ahead. It does one thing at a time: a second call
    while one goes on is a RuntimeError, as with a real engine.
    """

    def __init__(self, answer: Callable[[Prompt], str] | None = None, delay_s: float = 0.0) -> None:
        self.replies: deque[Reply] = deque()
        self.answer = answer or planner_and_writer
        self.delay_s = delay_s
        self.prompts: list[Prompt] = []
        self.closed = False
        self.held = False
        self.warmed: list[Prompt] = []
        self.warmings: deque[Reply] = deque()
        self.warming_held = False
        self.finished_warmings = 0
        self.usage = Usage()
        self.device = "CPU"
        self.memory_bytes = 150 * 2**20
        self.remarks: tuple[str, ...] = ()
        self.context_tokens = 8192
        self._busy = threading.Lock()

    @property
    def model_name(self) -> str:
        return "scripted"

    def hold(self) -> None:
        self.held = True

    def hold_warming(self) -> None:
        self.warming_held = True

    def go_on(self) -> None:
        self.held = self.warming_held = False

    def close(self) -> None:
        self.closed = True

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        with self._alone():
            self.prompts.append(prompt)
            reply = self.replies.popleft() if self.replies else text_reply(self.answer(prompt))
            for event in reply:
                while self.held:
                    yield self._heartbeat()
                if self.delay_s:
                    time.sleep(self.delay_s)
                yield self._said(event)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        with self._alone():
            self.warmed.append(prompt)
            for event in self.warmings.popleft() if self.warmings else READ:
                yield self._said(event)
                while self.warming_held and not isinstance(event, ModelLoading):
                    yield self._heartbeat()
            self.finished_warmings += 1

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise RuntimeError("the engine does one thing at a time")
        try:
            yield
        finally:
            self._busy.release()

    @staticmethod
    def _heartbeat() -> Heartbeat:
        time.sleep(HEARTBEAT_S)
        return Heartbeat()

    def _said(self, event: EngineEvent | Exception) -> EngineEvent:
        if isinstance(event, Exception):
            raise event
        if isinstance(event, ReplyFinished):
            self.usage = self.usage + event.usage
        return event


READ: tuple[EngineEvent, ...] = (
    PromptProgress(0, 10, 0),
    PromptProgress(10, 10, 0),
    ReplyFinished("end", Usage(prompt_tokens_read=10)),
)
"""What is said while a prompt of ten tokens is read."""

PLAN_LINES = (
    "Fire on the headland: why sailors feared the coast more than the open sea",
    "Pharos of Alexandria: how high it stood and how it was paid for",
    "Glass and oil: the lamp of Argand and the lens of Fresnel",
    "The keepers: pay, loneliness and the log books that they left",
    "Wrecks that stopped: insurance figures before and after",
    "Bell Rock: building on a reef that the tide covers twice a day",
    "Electric light: what the satellites left",
    "Museums: who keeps the towers now",
)
TITLE = "A Short History of Lighthouses"


def planner_and_writer(prompt: Prompt) -> str:
    """What a good model answers: a line for a plan, a title, or prose for a section."""
    line = re.search(r"(\d+)\.$", prompt.reply_prefix)
    if line:
        return " " + PLAN_LINES[(int(line[1]) - 1) % len(PLAN_LINES)]
    if "title" in prompt.messages[-1].content.lower()[-400:] and not prompt.reply_prefix:
        return TITLE
    return prose(prompt)


_SUBJECTS = "lamp keeper tower reef storm lens harbour captain signal oil wick sailor fog bell island cliff".split()
_VERBS = "guarded crossed measured remembered described repaired followed counted watched feared".split()
_OBJECTS = "coast winter ledger horizon channel rocks village convoy darkness machinery".split()


def prose(prompt: Prompt) -> str:
    """Text that is different each time, so that nothing takes it for a loop; a line for a plan."""
    seed = len(prompt.reply_prefix) + sum(len(message.content) for message in prompt.messages)
    sentences = []
    for at in range(60):
        pick = seed * 7 + at * 13 + at * at * 3
        subject, verb = _SUBJECTS[pick % len(_SUBJECTS)], _VERBS[(pick // 3) % len(_VERBS)]
        thing, number = _OBJECTS[(pick // 5) % len(_OBJECTS)], _SUBJECTS[(pick // 7) % len(_SUBJECTS)]
        sentences.append(f"In year {1700 + pick % 299} the {subject} {verb} the {thing} beyond the {number}.")
    return " ".join(sentences)
