"""What a sequence of the context holds, as tokens, and what of a prompt has to be read in view of it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Grid:
    """How a prompt may be cut into pieces so that they give the same state, to the last bit, however it is cut.

    In tokens: no piece is smaller than ``smallest``, and all but the first begin at a multiple of ``multiple``.
    A whole prompt that is smaller is a piece of its own kind.
    """

    smallest: int
    multiple: int


GROUPS = Grid(8, 8)
"""ggml multiplies on the CPU in groups of tokens, and rounds otherwise for fewer than eight and for what is left over,
by enough to change a word. (Measured without flash attention, and with it on a q8_0 cache: Q4_K_M and Q4_1,
repacked and not, AVX-512.)"""
TILES = Grid(64, 1)
"""ggml's flash attention on an f16 cache works in tiles from so many tokens on (GGML_FA_TILE_Q)."""


@dataclass(slots=True)
class Line:
    """A sequence of the context.

    The first ``read`` cells were read in pieces of full size, or, when that is 0, the first ``short`` in one
    smaller piece. What stands behind was written by the model, or read behind that. ``pending`` is a token
    that was chosen, but is not in the context yet. ``has_logits``: those of the last cell are at hand.
    """

    sequence: int = 0
    grid: Grid = GROUPS
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
        self.read, self.short = (0, length) if length < self.grid.smallest else (length, 0)

    def beginning(self, length: int, sequence: int) -> "Line":
        """The first ``length`` cells as another sequence."""
        line = Line(sequence, self.grid, self.tokens.copy(), self.read, self.short, has_logits=self.has_logits)
        line.cut(length)
        return line


def first_to_read(line: Line, prompt: Sequence[int]) -> int:
    """From which token on a prompt has to be read; its length when nothing has to be.

    That is the end of the common beginning or, among cells that were read, some tokens before it, so
    that the pieces give the state that reading all of the prompt would have given (see `Grid`). The
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
    grid = line.grid
    return max(0, min(common, len(prompt) - grid.smallest)) // grid.multiple * grid.multiple


def pieces(start: int, end: int, largest: int, grid: Grid) -> Iterator[tuple[int, int]]:
    """Cuts a stretch of tokens into pieces of at most ``largest``, the last ones evened so that none is too small."""
    while start < end:
        size = min(largest, end - start)
        left = end - start - size
        if 0 < left < grid.smallest:
            size -= grid.smallest - left
        cut = start + size
        if left:
            cut -= cut % grid.multiple
        yield start, cut
        start = cut


def common_length(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens both begin with."""
    length = 0
    for mine, yours in zip(one, other, strict=False):
        if mine != yours:
            break
        length += 1
    return length
