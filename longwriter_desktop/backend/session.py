"""One conversation with an open model: what it has read stays read, and replies come token by token.

The cells of the context mirror a list of tokens. A new prompt keeps their longest common beginning, the
rest is cut off and read. Nothing is shifted or otherwise bent, so a reply is what it would have been
without the reuse; that also asks for some care about how the reading is cut into pieces, see
`first_to_read`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from longwriter_desktop.agentwrite.engine import Prompt, PromptProgress, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.llama import Context, Decoded, Vocab
from longwriter_desktop.backend.prompt_tokens import PromptTokens, tokenize_prompt
from longwriter_desktop.backend.reply_text import ReplyText, Shown
from longwriter_desktop.backend.sampling import Chooser, Samplers

SMALLEST_PIECE = 64
"""Tokens. From this many on, ggml's attention on the CPU works in tiles (GGML_FA_TILE_Q) and rounds otherwise
than for fewer, by enough to change a word. Pieces of at least this size give the same state, to the last
bit, however a prompt is cut into them."""

SessionEvent = PromptProgress | TextChunk | ReplyFinished
Reason = Literal["end", "length", "stop", "cancelled"]
Asked = Callable[[], bool]


class TooLong(Exception):
    """The prompt and the room for the reply do not fit the context; lengths in tokens."""

    def __init__(self, prompt_tokens: int, reply_tokens: int, context_tokens: int) -> None:
        super().__init__(prompt_tokens, reply_tokens, context_tokens)
        self.prompt_tokens = prompt_tokens
        self.reply_tokens = reply_tokens
        self.context_tokens = context_tokens


@dataclass(slots=True)
class Cells:
    """What the context holds.

    The first ``read`` cells were read in pieces of full size, or, when that is 0, the first ``short`` in one
    smaller piece. What stands behind was written by the model, or read behind that.
    """

    tokens: list[int] = field(default_factory=list)
    read: int = 0
    short: int = 0

    def cut(self, length: int) -> None:
        """Forgets everything from ``length`` on."""
        del self.tokens[length:]
        self.read = min(self.read, length)
        if length < self.short:
            self.short = 0

    def settle(self, start: int) -> None:
        """Takes note that everything from ``start`` on has just been read."""
        length = len(self.tokens)
        if start > self.read or start == length:
            return
        self.read, self.short = (0, length) if length < SMALLEST_PIECE else (length, 0)


def first_to_read(cells: Cells, prompt: Sequence[int], *, pending: int | None, has_logits: bool) -> int:
    """From which token on a prompt has to be read; its length when nothing has to be.

    That is the end of the common beginning or, among cells that were read, up to 63 tokens before it, so
    that the piece is large enough to give the state that reading all of the prompt would have given. The
    model's own tokens stay as they are: going on behind them is going on, not reading.
    """
    common = common_length(cells.tokens, prompt)
    edge = max(cells.read, cells.short)
    if common == len(prompt):
        if has_logits and common == len(cells.tokens):
            return common
        common -= 1
        if common >= edge:
            return common
    elif common == len(cells.tokens) == len(prompt) - 1 and prompt[-1] == pending:
        return common
    if common > edge:
        return common
    if cells.short:
        return 0
    return max(0, min(common, len(prompt) - SMALLEST_PIECE))


def pieces(start: int, end: int, largest: int) -> Iterator[tuple[int, int]]:
    """Cuts a stretch of tokens into pieces of ``largest``, the last ones evened so that none is too small."""
    while start < end:
        size = min(largest, end - start)
        left = end - start - size
        if 0 < left < SMALLEST_PIECE <= size - SMALLEST_PIECE + left:
            size -= SMALLEST_PIECE - left
        yield start, start + size
        start += size


def common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with."""
    length = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        length += 1
    return length


@dataclass(slots=True)
class _Count:
    """A `Usage` in the making."""

    read: int = 0
    reused: int = 0
    written: int = 0
    reading: float = 0.0
    writing: float = 0.0

    def finished(self, reason: Reason) -> ReplyFinished:
        return ReplyFinished(reason, Usage(self.read, self.reused, self.written, self.reading, self.writing))


class Session:
    """Reads prompts and writes replies with one context. Each call is a generator that ends with `ReplyFinished`.

    ``cancelled`` is asked between tokens, and on the CPU between the operations of a piece that is read.
    """

    def __init__(self, context: Context, vocab: Vocab, template: ChatTemplate, stop: Sequence[str] = ()) -> None:
        self._context = context
        self._vocab = vocab
        self._template = template
        self._stop = tuple(stop)
        stops = {*stop, *template.stop}
        self._ends = vocab.ends | {special.token for text, special in vocab.special.items() if text in stops}
        self._samplers = Samplers(vocab, self._ends)
        self._cells = Cells()
        self._pending: int | None = None
        """A token that was chosen, but is not in the context yet."""
        self._has_logits = False
        """Whether the context's logits are those behind its last cell."""

    def generate(self, prompt: Prompt, sampling: Sampling, cancelled: Asked) -> Iterator[SessionEvent]:
        """Writes the reply. Raises TooLong before anything is read, GrammarProblem, DecodeFailed."""
        cut = self._tokens_of(prompt, sampling.max_tokens)
        count = _Count()
        chooser = self._samplers.chooser(sampling, cut.tokens[len(cut.tokens) - cut.reply_tokens :], prompt.grammar)
        try:
            yield from self._read(cut.tokens, count, cancelled)
            if cancelled():
                yield count.finished("cancelled")
                return
            yield from self._write(chooser, sampling, cut.owed, count, cancelled)
        finally:
            chooser.close()

    def warm(self, prompt: Prompt, cancelled: Asked) -> Iterator[SessionEvent]:
        """Reads the prompt alone. Raises TooLong, DecodeFailed."""
        cut = self._tokens_of(prompt, 0)
        count = _Count()
        yield from self._read(cut.tokens, count, cancelled)
        yield count.finished("cancelled" if cancelled() else "end")

    def close(self) -> None:
        """Gives back what was kept for sampling; the context is its owner's."""
        self._samplers.close()

    def _tokens_of(self, prompt: Prompt, reply_tokens: int) -> PromptTokens:
        known = self._cells.tokens if self._pending is None else [*self._cells.tokens, self._pending]
        parts = self._template.render(prompt.messages, prompt.reply_prefix)
        cut = tokenize_prompt(parts, self._vocab, known, may_owe=not prompt.grammar)
        if len(cut.tokens) + reply_tokens > self._context.tokens:
            raise TooLong(len(cut.tokens), reply_tokens, self._context.tokens)
        return cut

    def _read(self, tokens: Sequence[int], count: _Count, cancelled: Asked) -> Iterator[PromptProgress]:
        """Brings the context to exactly these tokens, the last one's logits at hand, unless cancelled."""
        began = time.monotonic()
        start = first_to_read(self._cells, tokens, pending=self._pending, has_logits=self._has_logits)
        self._pending = None
        if start < len(self._cells.tokens):
            self._has_logits = False
            start = self._context.cut(start)
            self._cells.cut(start)
        count.reused = start
        yield PromptProgress(start, len(tokens), start)
        self._context.stop_reading_when(cancelled)
        try:
            for first, end in pieces(start, len(tokens), self._context.batch):
                if cancelled() or not self._take(tokens[first:end], logits=end == len(tokens)):
                    break
                count.read += end - first
                yield PromptProgress(end, len(tokens), start)
        finally:
            self._context.stop_reading_when(None)
            self._cells.settle(start)
            count.reading = time.monotonic() - began

    def _take(self, tokens: Sequence[int], *, logits: bool) -> bool:
        """Adds the tokens to the context; False when it was told to stop in their middle."""
        self._has_logits = False
        try:
            how = self._context.decode(tokens, len(self._cells.tokens), logits=logits)
            if logits:
                self._context.synchronize()
        except BaseException:
            self._context.cut(0)
            self._cells.cut(0)
            raise
        self._cells.tokens += tokens
        if how is Decoded.STOPPED:
            # A piece is one batch of llama.cpp's, and it takes back all of one that was stopped.
            self._cells.cut(self._context.length())
            return False
        self._has_logits = logits
        return True

    def _write(
        self, chooser: Chooser, sampling: Sampling, owed: str, count: _Count, cancelled: Asked
    ) -> Iterator[TextChunk | ReplyFinished]:
        began = time.monotonic()
        text = ReplyText((*sampling.stop, *self._stop, *self._template.stop))
        reason: Reason = "length"
        while count.written < sampling.max_tokens:
            if self._pending is not None:
                token, self._pending = self._pending, None
                self._take([token], logits=True)
            if cancelled():
                reason = "cancelled"
                break
            token = chooser.choose(self._context)
            if token in self._ends:
                reason = "end"
                break
            count.written += 1
            self._pending = token
            shown = text.add(self._vocab.piece(token))
            if shown is not None:
                if shown.text:
                    yield TextChunk(*_paid(shown, owed))
                owed = ""
                if shown.stopped:
                    reason = "stop"
                    break
        if reason in {"end", "length"}:
            rest = text.rest()
            if rest is not None and rest.text:
                yield TextChunk(*_paid(rest, owed))
        count.writing = time.monotonic() - began
        yield count.finished(reason)


def _paid(shown: Shown, owed: str) -> tuple[str, int]:
    """The text without the space that the reply before it ends with already."""
    return shown.text.removeprefix(owed), shown.tokens
