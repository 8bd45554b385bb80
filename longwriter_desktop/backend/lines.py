"""What a sequence of the context holds, as tokens, and what of a prompt has to be read in view of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

SMALLEST_PIECE = 64
"""Tokens. From this many on, ggml's attention on the CPU works in tiles (GGML_FA_TILE_Q) and rounds otherwise
than for fewer, by enough to change a word. Pieces of at least this size give the same state, to the last
bit, however a prompt is cut into them."""


@dataclass(slots=True)
class Line:
    """A sequence of the context.

    The first ``read`` cells were read in pieces of full size, or, when that is 0, the first ``short`` in one
    smaller piece. What stands behind was written by the model, or read behind that. ``pending`` is a token
    that was chosen, but is not in the context yet. ``has_logits``: those of the last cell are at hand.
    """

    sequence: int = 0
    tokens: list[int] = field(default_factory=list)
    read: int = 0
    short: int = 0
    pending: int | None = None
    has_logits: bool = False

    @property
    def known(self) -> list[int]:
        """The tokens with the pending one."""
        return self.tokens if self.pending is None else [*self.tokens, self.pending]

    def cut(self, length: int) -> None:
        """Forgets everything from ``length`` on."""
        if length < len(self.tokens):
            self.has_logits = False
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

    def beginning(self, length: int, sequence: int) -> "Line":
        """The first ``length`` cells as another sequence."""
        line = Line(sequence, self.tokens.copy(), self.read, self.short, has_logits=self.has_logits)
        line.cut(length)
        return line


def first_to_read(line: Line, prompt: Sequence[int]) -> int:
    """From which token on a prompt has to be read; its length when nothing has to be.

    That is the end of the common beginning or, among cells that were read, up to 63 tokens before it, so
    that the piece is large enough to give the state that reading all of the prompt would have given. The
    model's own tokens stay as they are: going on behind them is going on, not reading.
    """
    common = common_length(line.tokens, prompt)
    edge = max(line.read, line.short)
    if common == len(prompt):
        if line.has_logits and common == len(line.tokens):
            return common
        common -= 1
        if common >= edge:
            return common
    elif common == len(line.tokens) == len(prompt) - 1 and prompt[-1] == line.pending:
        return common
    if common > edge:
        return common
    if line.short:
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
