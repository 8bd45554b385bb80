"""Trying a model: it writes 100 words, and from how long that takes follows how long 10,000 words will.

The more text stands before a token, the longer it takes, because attention looks back at all of it. So the time for
a long document is not the time for 100 words a hundred times over: `seconds_for` counts that in.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace

from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    TextChunk,
)
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.expected_speed import LONG_DOCUMENT_WORDS, token_seconds_behind
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.speeds import Speed

TRIAL_WORDS = 100
TRIAL_CONTEXT_TOKENS = 2048
"""What to open a model with for a trial: the speed does not depend on it, the memory does."""

Said = str | ModelLoading | PromptProgress
"""What a trial reports: text of the reply, or how far it is before any text comes."""

_PROMPTS = {
    "en": "Write two paragraphs, about 120 words together, for a book on lighthouses: a day in the life of a keeper, "
    "from trimming the lamp at dusk to winding the clockwork and writing the log at dawn; what he hears and sees in a "
    "storm, what he eats, whom he waits for. Write plain, whole sentences, no list and no heading, and begin at once.",
    "zh": "请为一本关于灯塔的书写两段文字，共约一百五十个字：守塔人的一天，从傍晚修剪灯芯，到夜里给钟机上发条，"
    "再到黎明写下日志；暴风雨中他听见什么、看见什么，他吃什么，等待谁。请用朴素完整的句子，不要列表和标题，直接开始写。",
}
_MOST_TOKENS = 400
"""For 100 words: models with small vocabularies take up to three tokens a word."""
_LEAST_WORDS, _LEAST_TOKENS = 10, 12
"""Less than this says nothing about speed."""
_LEAST_READ_TOKENS = 32
_READ_TOKENS = 3_000
"""What is read while 10,000 words are written in one long reply: the plan once, and 60 tokens a section."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model wrote on trial and how fast.

    ``seconds`` are of writing alone, from the first token to the last; loading and reading come before.
    ``prompt_tokens_per_second`` is 0.0 where the prompt was read too fast, or was known already.
    """

    words: int
    seconds: float
    tokens_per_second: float
    words_per_minute: float
    seconds_for_10000_words: float
    prompt_tokens_per_second: float = 0.0
    text: str = ""

    @property
    def values(self) -> dict[str, object]:
        """As plain values, ready for JSON."""
        return asdict(self)


def try_model(
    model: Model,
    engine: Engine,
    on_text: Callable[[Said], None],
    stop: Callable[[], bool] = lambda: False,
    *,
    language: str = "en",
    clock: Callable[[], float] = time.monotonic,
) -> Trial | None:
    """Has ``engine``, which has ``model`` open or opens it, write 100 words ("en" or "zh").

    ``on_text`` gets what is written and how loading and reading go; ``stop`` is asked at least ten times a second.
    None when it was stopped before there was enough to measure. Raises what `Engine` raises, and ModelProblem when
    the model ends its reply before it has written anything worth measuring.
    """
    measured = _Measured()
    sampling = replace(model.sampling(seed=1), max_tokens=_MOST_TOKENS, min_tokens=TRIAL_WORDS)
    prompt = Prompt((Message("user", _PROMPTS.get(language, _PROMPTS["en"])),))
    stopped = False
    with closing(closable(engine.generate(prompt, sampling))) as events:
        for event in events:
            measured.hear(event, clock())
            if isinstance(event, TextChunk):
                on_text(event.text)
            elif isinstance(event, ModelLoading | PromptProgress):
                on_text(event)
            stopped = stop()
            if stopped or measured.is_enough:
                break
    if measured.seconds <= 0 or measured.words < _LEAST_WORDS or measured.tokens < _LEAST_TOKENS:
        if stopped:
            return None
        raise ModelProblem(
            f"{model.title} wrote only {measured.words} words where 100 were asked for, so its speed was not "
            "measured. Its chat template may be wrong: choose another one for it, or another model."
        )
    device = str(getattr(engine, "device", ""))  # Only the real engine computes on something.
    on_device = bool(device) and not device.startswith("CPU")
    return measured.trial(model.header or read_header(model.path), on_device=on_device)


def speed_of(trial: Trial, model: Model, device: str, measured_at: float) -> Speed:
    """What to keep of a trial, for `speeds.record_speed`; ``measured_at`` in Unix seconds."""
    header = model.header or read_header(model.path)
    return Speed(
        model=model.name,
        tokens_per_second=trial.tokens_per_second,
        words_per_minute=trial.words_per_minute,
        prompt_tokens_per_second=trial.prompt_tokens_per_second,
        device=device,
        measured_at=measured_at,
        title=model.title,
        file_bytes=header.file_bytes,
        layers=header.number("block_count"),
    )


def seconds_for(
    words: int, tokens_per_word: float, token_seconds: float, depth: int, header: GgufHeader, *, on_device: bool = False
) -> float:
    """The time to write ``words`` words in one document, in seconds, without loading and reading.

    A token took ``token_seconds`` behind ``depth`` tokens; each further one before it makes a token slower, see
    `expected_speed`. No more tokens stand before than the model's context holds. ``on_device``: graphics processors
    compute all of it.
    """
    tokens = words * tokens_per_word
    longest = header.context_tokens or tokens
    filling = min(tokens, longest)
    mean = filling / 2 * filling / tokens + longest * (tokens - filling) / tokens if tokens else 0.0
    return tokens * token_seconds_behind(mean, header, token_seconds, depth, on_device=on_device)


class _Measured:
    """What was heard of a reply and when; times in seconds of one clock."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._first = self._last = 0.0
        self._first_tokens = 0
        self._reading_since: float | None = None
        self._read = self._to_read = 0
        self._exact = 0.0
        self.tokens = 0

    def hear(self, event: EngineEvent, at: float) -> None:
        match event:
            case PromptProgress(read, total, reused):
                if self._reading_since is None:
                    self._reading_since, self._read = at, max(read, reused)
                self._to_read = total
            case TextChunk(text, tokens):
                if not self._text:
                    self._first, self._first_tokens = at, tokens
                self._last = at
                self.tokens += tokens
                self._text.append(text)
            case ReplyFinished(_, usage) if usage.seconds_reading > 0 and usage.prompt_tokens_read:
                self._exact = usage.prompt_tokens_read / usage.seconds_reading
            case _:
                pass

    @property
    def text(self) -> str:
        return "".join(self._text)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def is_enough(self) -> bool:
        """100 words, and up to 30 more for the sentence to come to its end."""
        words = self.words
        at_end = self.text.rstrip().endswith((".", "!", "?", "。", "！", "？", "”", '"'))
        return words >= TRIAL_WORDS + 30 or (words >= TRIAL_WORDS and at_end)

    @property
    def seconds(self) -> float:
        """From the first token to the last."""
        return self._last - self._first

    def trial(self, header: GgufHeader, *, on_device: bool) -> Trial:
        words, seconds = self.words, self.seconds
        token_seconds = seconds / max(1, self.tokens - self._first_tokens)
        reading = self._reading_speed()
        depth = self._to_read + self.tokens // 2
        whole = seconds_for(LONG_DOCUMENT_WORDS, self.tokens / words, token_seconds, depth, header, on_device=on_device)
        return Trial(
            words=words,
            seconds=seconds,
            tokens_per_second=1 / token_seconds,
            words_per_minute=60 * words / (token_seconds * self.tokens),
            seconds_for_10000_words=whole + (_READ_TOKENS / reading if reading else 0.0),
            prompt_tokens_per_second=reading,
            text=self.text,
        )

    def _reading_speed(self) -> float:
        """Tokens a second; 0.0 where too little was read to tell."""
        if self._exact:
            return self._exact
        if self._reading_since is None or self._to_read - self._read < _LEAST_READ_TOKENS:
            return 0.0
        seconds = self._first - self._reading_since
        return (self._to_read - self._read) / seconds if seconds > 0 else 0.0


def closable(events: Iterator[EngineEvent]) -> Generator[EngineEvent, None, None]:
    """As a generator; closing it closes the events."""
    yield from events
