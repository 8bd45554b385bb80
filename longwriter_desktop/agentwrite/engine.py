"""The Engine port: what the writer asks of a language model, and what it hears back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

Reason = Literal["end", "length", "stop", "cancelled"]
"""Why a reply ended: the model ended it, it has ``max_tokens``, a stop text came, it was cancelled."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Chat messages, the last from the user, and optionally the beginning of the reply.

    ``reply_prefix`` is text that the reply already has: generation goes on right behind it, so that a
    half-written paragraph goes on in mid-sentence. ``grammar`` is GBNF for what is still to come, or "".
    """

    messages: tuple[Message, ...]
    reply_prefix: str = ""
    grammar: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. Defaults are LongWriter's own (temperature, top_p, top_k).

    ``temperature`` 0 is greedy. ``penalty_*`` is llama.cpp's repetition penalty over the last
    ``penalty_last`` tokens; ``dry_*`` is the DRY sampler (off when ``dry_multiplier`` is 0), which
    lowers no logit by more than ``dry_most``. Both see the
    end of the prompt's reply prefix too. ``max_tokens`` ends the reply; the end of the reply is not
    chosen before ``min_tokens`` tokens. ``stop`` texts end the reply and are not part of it.
    ``logit_bias`` adds to the logit of each token that the given text begins with.
    """

    temperature: float = 0.5
    top_p: float = 0.8
    top_k: int = 50
    min_p: float = 0.0
    penalty_repeat: float = 1.1
    penalty_last: int = 256
    dry_multiplier: float = 0.8
    dry_base: float = 1.75
    dry_allowed_length: int = 3
    dry_last: int = 1024
    dry_most: float = 6.0
    seed: int = 0
    max_tokens: int = 2048
    min_tokens: int = 0
    stop: tuple[str, ...] = ()
    logit_bias: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ModelLoading:
    """The model is being loaded; ``fraction`` from 0.0 to 1.0.

    ``needs_bytes`` is what it will need of memory, ``free_bytes`` what is free, both 0 until that is known,
    which is before anything is loaded. ``remarks`` are sentences for the person that should not wait until
    the model is open; they come with each of these events.
    """

    fraction: float
    needs_bytes: int = 0
    free_bytes: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def memory(self) -> str:
        """Such as "needs 7.1 GB, 9.3 GB free"; "" while that is not known."""
        return f"needs {self.needs_bytes / 1e9:.1f} GB, {self.free_bytes / 1e9:.1f} GB free" if self.needs_bytes else ""


@dataclass(frozen=True, slots=True)
class PromptProgress:
    """The prompt is being read: ``read`` of ``total`` tokens, of which ``reused`` were known already."""

    read: int
    total: int
    reused: int


@dataclass(frozen=True, slots=True)
class TextChunk:
    """Text of the reply, one or more whole tokens, always whole characters."""

    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new; comes at least every 100 ms while nothing else does, so that a caller can stop."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What replies cost, in tokens and seconds. ``+`` sums, ``-`` gives what came since."""

    prompt_tokens_read: int = 0
    prompt_tokens_reused: int = 0
    tokens_written: int = 0
    seconds_reading: float = 0.0
    seconds_writing: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens_read + other.prompt_tokens_read,
            self.prompt_tokens_reused + other.prompt_tokens_reused,
            self.tokens_written + other.tokens_written,
            self.seconds_reading + other.seconds_reading,
            self.seconds_writing + other.seconds_writing,
        )

    def __sub__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens_read - other.prompt_tokens_read,
            self.prompt_tokens_reused - other.prompt_tokens_reused,
            self.tokens_written - other.tokens_written,
            self.seconds_reading - other.seconds_reading,
            self.seconds_writing - other.seconds_writing,
        )


@dataclass(frozen=True, slots=True)
class ReplyFinished:
    """The last event of a call."""

    reason: Reason
    usage: Usage


EngineEvent = ModelLoading | PromptProgress | TextChunk | Heartbeat | ReplyFinished
Progress = ModelLoading | PromptProgress | Heartbeat
"""What an engine says before and between the parts of a reply."""


@dataclass(frozen=True, slots=True)
class BranchText:
    """Text of one of several replies that are written at the same time; ``branch`` counts from 0."""

    branch: int
    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class BranchFinished:
    """The last event of one of several replies; "cancelled": it was asked to end."""

    branch: int
    reason: Reason
    tokens: int


BranchEvent = ModelLoading | PromptProgress | BranchText | BranchFinished | Heartbeat | ReplyFinished


class Engine(Protocol):
    """A language model. Closing an iterator cancels what it does within 100 ms; one call at a time.

    Both methods raise `PromptTooLong` (before anything is read or written) when prompt plus ``max_tokens``
    do not fit the context, `ModelProblem` when the model cannot be used, and `BackendProblem` when the
    process behind it fails; after any of these the engine can be called again.
    """

    @property
    def model_name(self) -> str:
        """The model's name as a person knows it."""
        ...

    @property
    def usage(self) -> Usage:
        """The sum of all calls so far, those that were cancelled included."""
        ...

    @property
    def context_tokens(self) -> int:
        """The context in tokens, prompt and reply together; 0 before the model is loaded."""
        ...

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        """Writes the reply to ``prompt``; the last event is `ReplyFinished`."""
        ...

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        """Reads ``prompt`` without writing, so that a later `generate` on it begins at once."""
        ...


@runtime_checkable
class BranchingEngine(Engine, Protocol):
    """An engine that writes several replies at the same time, which costs less than one after another."""

    def generate_branches(
        self, asked: Sequence[tuple[Prompt, Sampling]], ended: Collection[int] = ()
    ) -> Iterator[BranchEvent]:
        """Writes a reply to each prompt; what the prompts begin with in common is read once.

        Each reply ends with `BranchFinished`; the last event is `ReplyFinished`. The caller may add to
        ``ended`` the numbers of replies that it has enough of, at any time. Errors as in `Engine`; where the
        context has no room for all replies at once, some are written after the others.
        """
        ...
