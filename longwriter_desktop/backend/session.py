"""One conversation with an open model: what it has read stays read, and replies come token by token.

The cells of the context mirror a list of tokens. A new prompt keeps their longest common beginning, the
rest is cut off and read. Nothing is shifted or otherwise bent, so a reply is what it would have been
without the reuse; that also asks for some care about how the reading is cut into pieces, see
`lines.first_to_read`.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from longwriter_desktop.agentwrite.engine import (
    BranchFinished,
    BranchText,
    Prompt,
    PromptProgress,
    Reason,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.context import BRANCHES, MAIN, Context, Decoded
from longwriter_desktop.backend.lines import Line, common_length, first_to_read, pieces
from longwriter_desktop.backend.llama import Vocab
from longwriter_desktop.backend.prompt_tokens import PromptTokens, tokenize_prompt
from longwriter_desktop.backend.reply import Reply
from longwriter_desktop.backend.sampling import Samplers
from longwriter_desktop.backend.state_files import StateFiles
from longwriter_desktop.backend.thread_count import ThreadCount

SessionEvent = PromptProgress | TextChunk | ReplyFinished
BranchSessionEvent = PromptProgress | BranchText | BranchFinished | ReplyFinished
Asked = Callable[[], bool]

_WORTH_KEEPING = 256
"""Tokens. As many as have been read since the last time are worth a file of their own."""
_WORTH_KEEPING_WHEN_IDLE = 64
_SECONDS_TO_STOP = 0.08
"""A token that takes longer is stopped in its middle. llama.cpp asks hundreds of times a token whether it is to stop,
which the tokens of a small model would take longer for."""
_LARGEST_STRETCH = 512
"""Tokens in one file. With an 8B model and an f16 cache it has 67 MB, which are in memory until they are written."""


class TooLong(Exception):
    """The prompt and the room for the reply do not fit the context; lengths in tokens."""

    def __init__(self, prompt_tokens: int, reply_tokens: int, context_tokens: int) -> None:
        super().__init__(prompt_tokens, reply_tokens, context_tokens)
        self.prompt_tokens = prompt_tokens
        self.reply_tokens = reply_tokens
        self.context_tokens = context_tokens


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


@dataclass(slots=True)
class _Branch:
    """One of several replies: its number as the caller counts, its line and what is written on it."""

    number: int
    line: Line
    reply: Reply


class Session:
    """Reads prompts and writes replies with one context. Each call is a generator that ends with `ReplyFinished`.

    ``cancelled`` is asked between tokens, and on the CPU between the operations of a piece that is read.
    ``states`` None: nothing is kept on disk. ``threads`` None: as many as the context was made with.
    """

    def __init__(
        self,
        context: Context,
        vocab: Vocab,
        template: ChatTemplate,
        stop: Sequence[str] = (),
        states: StateFiles | None = None,
        threads: ThreadCount | None = None,
        stop_within: float = _SECONDS_TO_STOP,
    ) -> None:
        self._context = context
        self._vocab = vocab
        self._template = template
        self._stop = (*stop, *template.stop)
        self._ends = vocab.ends | {special.token for text, special in vocab.special.items() if text in self._stop}
        self._samplers = Samplers(vocab, self._ends)
        self._states = states if context.has_states else None
        self._threads = threads or ThreadCount(context.threads[0], adapts=False)
        self._stop_within = stop_within
        self._seconds = 0.0
        """What the last token took."""
        self._line = Line(MAIN, context.grid)
        self._others: list[Line] = []
        """The branches written last: one of them may be what the text goes on with."""
        self._kept = 0
        """How many cells of the line are on disk."""

    def generate(self, prompt: Prompt, sampling: Sampling, cancelled: Asked) -> Iterator[SessionEvent]:
        """Writes the reply. Raises TooLong before anything is read, GrammarProblem, DecodeFailed."""
        cut = self._tokens_of(prompt, sampling.max_tokens)
        count = _Count()
        reply = self._reply(cut, sampling, prompt.grammar)
        try:
            yield from self._read_main(cut.tokens, count, cancelled)
            if cancelled():
                yield count.finished("cancelled")
                return
            yield from self._write(reply, count, cancelled)
        finally:
            reply.close()

    def warm(self, prompt: Prompt, cancelled: Asked) -> Iterator[PromptProgress | ReplyFinished]:
        """Reads the prompt alone. Raises TooLong, DecodeFailed."""
        cut = self._tokens_of(prompt, 0)
        count = _Count()
        yield from self._read_main(cut.tokens, count, cancelled)
        yield count.finished("cancelled" if cancelled() else "end")

    def generate_branches(
        self, asked: Sequence[tuple[Prompt, Sampling]], ended: Collection[int], cancelled: Asked
    ) -> Iterator[BranchSessionEvent]:
        """Writes several replies at the same time, as many as there is room for; the others afterwards.

        ``ended`` holds the numbers of those that are to end, whenever it is looked at. Errors as in `generate`.
        """
        cuts = [self._tokens_of(prompt, sampling.max_tokens) for prompt, sampling in asked]
        count = _Count()
        waiting = list(range(len(asked)))
        while waiting:
            wave = self._that_fit(waiting, cuts, asked)
            del waiting[: len(wave)]
            branches: list[_Branch] = []
            try:
                yield from self._begin_branches(wave, cuts, asked, branches, count, cancelled)
                yield from self._write_branches(branches, ended, count, cancelled)
            finally:
                for branch in branches:
                    branch.reply.close()
        yield count.finished("cancelled" if cancelled() else "end")

    def keep(self, *, worth: int = _WORTH_KEEPING_WHEN_IDLE) -> bool:
        """Sees to it that what the model knows gets to the disk, if it is ``worth`` tokens more than what is there.

        False: the disk has yet to take what it was given before, the rest is for later.
        """
        line, states = self._line, self._states
        while states is not None and states.has_room and len(line.tokens) - self._kept >= worth:
            if states.is_busy:
                return False
            end = min(len(line.tokens), self._kept + _LARGEST_STRETCH)
            data = self._context.state(self._kept, end)
            short = line.short if line.short <= end else 0
            if not data or not states.save(line.tokens[:end], self._kept, min(line.read, end), short, data):
                break
            self._kept = end
        return True

    def close(self) -> None:
        """Ends what goes on in the background; the context is its owner's."""
        if self._states is not None:
            self._states.close()

    # -- prompts ---------------------------------------------------------------------------------------

    def _tokens_of(self, prompt: Prompt, reply_tokens: int) -> PromptTokens:
        parts = self._template.render(prompt.messages, prompt.reply_prefix)
        best: PromptTokens | None = None
        reused = -1
        for line in (self._line, *self._others):
            cut = tokenize_prompt(parts, self._vocab, line.known, may_owe=not prompt.grammar)
            common = common_length(cut.tokens, line.known)
            if common > reused:
                best, reused = cut, common
        assert best is not None  # noqa: S101 - there is always the main line; this tells mypy.
        if len(best.tokens) + reply_tokens > self._context.tokens:
            raise TooLong(len(best.tokens), reply_tokens, self._context.tokens)
        return best

    def _reply(self, cut: PromptTokens, sampling: Sampling, grammar: str) -> Reply:
        beginning = cut.tokens[len(cut.tokens) - cut.reply_tokens :]
        chooser = self._samplers.chooser(sampling, beginning, grammar)
        return Reply(chooser, sampling, self._ends, self._stop, cut.owed)

    # -- reading ---------------------------------------------------------------------------------------

    def _read_main(self, tokens: Sequence[int], count: _Count, cancelled: Asked) -> Iterator[PromptProgress]:
        """Brings the main sequence to exactly these tokens, the last one's logits at hand, unless cancelled."""
        began = time.monotonic()
        self._choose_line(tokens)
        start = first_to_read(self._line, tokens)
        self._load_state(tokens, start)
        yield from self._read(self._line, tokens, count, cancelled)
        self.keep(worth=_WORTH_KEEPING)
        count.reading += time.monotonic() - began

    def _choose_line(self, tokens: Sequence[int]) -> None:
        """Goes on with the branch that has most in common with the prompt; the others are forgotten."""
        best = max((self._line, *self._others), key=lambda line: common_length(line.tokens, tokens))
        if best is not self._line:
            common = common_length(self._line.tokens, best.tokens)
            data = self._context.state(common, len(best.tokens), best.sequence)
            self._forget_others()
            self._line.cut(self._context.cut(common))
            self._kept = min(self._kept, common)
            self._put_state(data, best)
        self._forget_others()

    def _forget_others(self) -> None:
        for line in self._others:
            self._context.cut(0, line.sequence)
        self._others.clear()

    def _load_state(self, tokens: Sequence[int], start: int) -> None:
        """Takes from disk what of the prompt is there, when that spares more than it costs."""
        if self._states is None or len(tokens) - start < _WORTH_KEEPING:
            return
        for state in self._states.find(tokens, common_length(self._line.tokens, tokens)):
            data = self._states.load(state)
            if data is None:
                break
            self._line.cut(self._context.cut(state.start))
            if not self._put_state(
                data, Line(MAIN, self._line.grid, list(tokens[: state.common]), state.read, state.short)
            ):
                break
            self._kept = state.common

    def _put_state(self, data: bytearray, line: Line) -> bool:
        """Puts cells behind the main line's; ``line`` is what that makes of it. False: it stays as it is.

        They lie behind each other in the cache as they do in the text, so that attention adds them up in the
        same order, and rounds alike.
        """
        self._line.pending = None
        self._line.has_logits = False
        end = len(line.tokens)
        if not (data and self._context.put_state(data, end)):
            return False
        self._line.tokens[:] = line.tokens
        self._line.read, self._line.short = min(line.read, end), line.short if line.short <= end else 0
        return True

    def _read(self, line: Line, tokens: Sequence[int], count: _Count, cancelled: Asked) -> Iterator[PromptProgress]:
        start = first_to_read(line, tokens)
        line.pending = None
        if start < len(line.tokens):
            start = self._context.cut(start, line.sequence)
            line.cut(start)
        if line is self._line:
            self._kept = min(self._kept, start)
        count.reused += start
        yield PromptProgress(start, len(tokens), start)
        self._context.stop_when(cancelled)
        try:
            for first, end in pieces(start, len(tokens), self._context.batch, line.grid):
                if cancelled() or not self._take(line, tokens[first:end], logits=end == len(tokens)):
                    break
                count.read += end - first
                line.settle(start)
                if line is self._line:
                    self.keep(worth=_LARGEST_STRETCH)
                yield PromptProgress(end, len(tokens), start)
        finally:
            self._context.stop_when(None)

    def _take(self, line: Line, tokens: Sequence[int], *, logits: bool) -> bool:
        """Adds the tokens to the line; False when it was told to stop in their middle."""
        line.has_logits = False
        try:
            how = self._context.decode(tokens, len(line.tokens), logits=logits, sequence=line.sequence)
            if logits:
                self._context.synchronize()
        except BaseException:
            self._forget_all()
            raise
        line.tokens += tokens
        if how is Decoded.STOPPED:
            # A piece is one batch of llama.cpp's, and it takes back all of one that was stopped.
            line.cut(self._context.length(line.sequence))
            return False
        line.has_logits = logits
        return True

    def _take_pending(self) -> bool:
        """Adds the pending token of the main line; False when it was told to stop in its middle."""
        pending = self._line.pending
        return pending is None or self._take(self._line, [pending], logits=True)

    def _forget_all(self) -> None:
        for sequence in (MAIN, *BRANCHES):
            self._context.cut(0, sequence)
        self._others.clear()
        self._line = Line(MAIN, self._context.grid)
        self._kept = 0

    # -- writing ---------------------------------------------------------------------------------------

    def _write(self, reply: Reply, count: _Count, cancelled: Asked) -> Iterator[TextChunk | ReplyFinished]:
        began = time.monotonic()
        line, context, piece = self._line, self._context, self._vocab.piece
        self._threads.start()
        while reply.reason is None:
            if line.pending is not None and self._timed(self._take_pending, cancelled):
                line.pending = None
            if cancelled():
                reply.reason = "cancelled"
                break
            line.pending, shown = reply.add_token(context, piece)
            if shown is not None:
                yield shown
        context.stop_when(None)
        count.written += reply.written
        count.writing += time.monotonic() - began
        yield count.finished(reply.reason)

    def _timed(self, compute: Callable[[], bool], cancelled: Asked) -> bool:
        """Computes a token, or one for each branch, with the number of threads that is best now."""
        self._context.set_threads(self._threads.count)
        self._context.stop_when(cancelled if self._seconds > self._stop_within else None)
        began = time.perf_counter()
        whole = compute()
        self._seconds = time.perf_counter() - began
        self._threads.took(self._seconds)
        return whole

    # -- branches --------------------------------------------------------------------------------------

    def _that_fit(
        self, waiting: Sequence[int], cuts: Sequence[PromptTokens], asked: Sequence[tuple[Prompt, Sampling]]
    ) -> list[int]:
        """The first of the waiting replies for which there is room at the same time: one at least."""
        fit = [waiting[0]]
        first = cuts[waiting[0]].tokens
        common = len(first)
        for number in waiting[1 : len(BRANCHES)]:
            common = min(common, common_length(first, cuts[number].tokens))
            together = [*fit, number]
            own = sum(len(cuts[each].tokens) - common + asked[each][1].max_tokens for each in together)
            if common + own > self._context.tokens:
                break
            fit = together
        return fit

    def _begin_branches(
        self,
        wave: Sequence[int],
        cuts: Sequence[PromptTokens],
        asked: Sequence[tuple[Prompt, Sampling]],
        branches: list[_Branch],
        count: _Count,
        cancelled: Asked,
    ) -> Iterator[BranchSessionEvent]:
        """Reads what the prompts have in common on the main line, then each one's own, and its first token."""
        first = cuts[wave[0]].tokens
        common = min((common_length(first, cuts[number].tokens) for number in wave), default=0)
        yield from self._read_main(first[:common], count, cancelled)
        began = time.monotonic()
        chosen: list[BranchSessionEvent] = []
        for sequence, number in zip(BRANCHES, wave, strict=False):
            if cancelled():
                break
            prompt, sampling = asked[number]
            tokens = cuts[number].tokens
            start = first_to_read(self._line, tokens)
            line = self._line.beginning(start, sequence)
            self._context.share(MAIN, sequence, start)
            reply = self._reply(cuts[number], sampling, prompt.grammar)
            branches.append(_Branch(number, line, reply))
            self._others.append(line)
            if start < len(tokens):
                self._line.has_logits = False  # They are this branch's from now on.
                own = _Count()
                yield from self._read(line, tokens, own, cancelled)
                count.read += own.read
            if line.has_logits and reply.reason is None:
                chosen += self._add_token(branches[-1])
        count.reading += time.monotonic() - began
        yield from chosen

    def _write_branches(
        self, branches: Sequence[_Branch], ended: Collection[int], count: _Count, cancelled: Asked
    ) -> Iterator[BranchText | BranchFinished]:
        began = time.monotonic()
        self._threads.start()
        active = list(branches)
        while active:
            stopped = cancelled()
            going: list[_Branch] = []
            for branch in active:
                if branch.reply.reason is None and (stopped or branch.number in ended):
                    branch.reply.reason = "cancelled"
                if branch.reply.reason is None:
                    going.append(branch)
                else:
                    count.written += branch.reply.written
                    yield BranchFinished(branch.number, branch.reply.reason, branch.reply.written)
            if len(going) < len(active):
                self._threads.start()  # Fewer tokens at a time take less.
            active = going
            if active and self._timed(lambda: self._take_each(active), cancelled):  # noqa: B023 - called at once.
                for index, branch in enumerate(active):
                    yield from self._add_token(branch, index)
        self._context.stop_when(None)
        count.writing += time.monotonic() - began

    def _take_each(self, branches: Sequence[_Branch]) -> bool:
        """Adds the pending token of each branch to the context; False when it was told to stop in their middle."""
        entries = []
        for branch in branches:
            line = branch.line
            assert line.pending is not None  # noqa: S101 - a branch that goes on has chosen a token; this tells mypy.
            entries.append((line.pending, len(line.tokens), line.sequence))
        self._line.has_logits = False
        try:
            how = self._context.decode_each(entries)
            self._context.synchronize()
        except BaseException:
            self._forget_all()
            raise
        if how is Decoded.STOPPED:  # Then llama.cpp has taken back all of it.
            return False
        for branch, (token, _position, _sequence) in zip(branches, entries, strict=True):
            branch.line.tokens.append(token)
            branch.line.pending = None
        return True

    def _add_token(self, branch: _Branch, index: int = -1) -> list[BranchText]:
        branch.line.pending, shown = branch.reply.add_token(self._context, self._vocab.piece, index)
        branch.line.has_logits = False
        return [] if shown is None else [BranchText(branch.number, shown.text, shown.tokens)]
