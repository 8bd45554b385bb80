"""A model of a few lines of Python that keeps to the Engine port: it says what a test's function says."""

import random
from collections.abc import Callable, Iterator

from longwriter_desktop.agentwrite.engine import (
    EngineEvent,
    Heartbeat,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.errors import PromptTooLong

Speak = Callable[[Prompt, Sampling], str]


class FakeModel:
    """Replies with ``speak(prompt, sampling)``, a few characters an event; a token is four characters.

    Stop texts and ``max_tokens`` are kept to. ``context_tokens`` is what prompt and reply must fit.
    """

    model_name = "fake"

    def __init__(self, speak: Speak, context_tokens: int = 1_000_000, step: int = 4) -> None:
        self.speak = speak
        self.context_tokens = context_tokens
        self.step = step
        self.usage = Usage()
        self.calls: list[tuple[Prompt, Sampling]] = []

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self.calls.append((prompt, sampling))
        size = (sum(len(message.content) for message in prompt.messages) + len(prompt.reply_prefix)) // 4
        if size + sampling.max_tokens > self.context_tokens:
            raise PromptTooLong(size, sampling.max_tokens, self.context_tokens)
        self.usage += Usage(prompt_tokens_read=size)
        yield PromptProgress(size, size, 0)
        yield Heartbeat()
        text = self.speak(prompt, sampling)
        cuts = [text.index(stop) for stop in sampling.stop if stop in text]
        reason = "stop" if cuts else "end"
        if cuts:
            text = text[: min(cuts)]
        if len(text) > 4 * sampling.max_tokens:
            text, reason = text[: 4 * sampling.max_tokens], "length"
        for start in range(0, len(text), self.step):
            self.usage += Usage(tokens_written=1)
            yield TextChunk(text[start : start + self.step], 1)
        yield ReplyFinished("end" if reason == "end" else "stop" if reason == "stop" else "length", Usage())

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        yield ReplyFinished("end", Usage())


_WORDS = (
    "amber basin candle delta ember fathom gravel harbour island juniper kettle lantern meadow needle orchard pebble "
    "quarry ribbon saddle timber umber valley willow yonder zephyr anchor beacon cinder dapple evening"
).split()


def prose(seed: int, words: int, sentence: int = 11) -> str:
    """Sentences of ``sentence`` words that do not repeat: ``words`` words in all."""
    chance = random.Random(seed)
    made = []
    for number in range(words):
        word = chance.choice(_WORDS)
        if number % sentence == 0:
            word = word.title()
        made.append(word + ("." if number % sentence == sentence - 1 or number == words - 1 else ""))
    return " ".join(made)
