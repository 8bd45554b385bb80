"""DRY ("don't repeat yourself"): a token that goes on with a repetition is made the less likely the longer it is.

The same numbers as llama.cpp's sampler, which compares all the tokens that it looks back on anew for each one
that is written. Here the lengths of the repetitions are carried on from token to token, and looking takes a
tenth of the time. https://github.com/oobabooga/text-generation-webui/pull/5677
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Logits = np.ndarray[Any, np.dtype[np.float32]]
Applied = tuple[list[int], Any]

BREAKERS = (b"\n", b":", b'"', b"*")
"""llama.cpp's own: a repetition is not followed across a token that has one of these."""
_LARGEST_LOGARITHM = 88.7228391
"""Of a 32-bit float; llama.cpp's number."""


class Dry:
    """Lowers the logits of tokens that follow, in the last ``last`` tokens of the text, on what it ends with.

    Where the last n tokens stood before, and n is at least ``allowed_length``, the one that followed is lowered
    by multiplier · base^(n - allowed_length), but by no more than ``most``. A model that is sure of a word would
    otherwise write it in small letters, without its space or misspelt, which is worse than a repetition.
    """

    def __init__(
        self,
        multiplier: float,
        base: float,
        allowed_length: int,
        last: int,
        piece: Callable[[int], bytes],
        tokens: Sequence[int] = (),
        most: float = math.inf,
    ) -> None:
        """``piece`` gives a token's bytes; ``tokens`` were written before."""
        self._multiplier = float(np.float32(multiplier))
        self._base = float(np.float32(base))
        self._allowed = allowed_length
        self._last = last
        self._most = most
        self._piece = piece
        highest = int(_LARGEST_LOGARITHM / math.log(self._base)) if self._base > 1.000001 else 0
        self._highest_exponent = highest or None
        self._text = np.zeros(2 * last, np.int64)
        self._lengths = np.zeros(2 * last, np.int64)
        """For each token of the text: how many before it, and itself, are the same as those at the text's end."""
        self._count = 0
        self._unbroken = 0
        """Tokens since the last one with a breaker."""
        self._begin_with(tokens[-last:] if last > 0 else ())

    def _begin_with(self, tokens: Sequence[int]) -> None:
        """As `accept` for each of them, in the time of a few."""
        count = len(tokens)
        text = self._text[:count]
        text[:] = tokens
        self._count = count
        self._unbroken = next((n for n, token in enumerate(reversed(tokens)) if self._breaks(token)), count)
        places, length = np.arange(count - 1), 0
        while count and len(places := places[(places >= length) & (text[places - length] == text[count - 1 - length])]):
            length += 1
            self._lengths[places] = length

    def accept(self, token: int) -> None:
        """Takes note of a token that was chosen."""
        count = self._count
        if count == len(self._text):
            # Only the last ones count: they move to the front, to leave room for as many again.
            count = self._last
            self._text[:count] = self._text[count:]
            self._lengths[:count] = self._lengths[count:]
        same = self._text[:count] == token
        lengths = np.zeros(count, np.int64)
        lengths[1:] = self._lengths[: max(0, count - 1)]
        self._lengths[:count] = (lengths + 1) * same
        self._text[count] = token
        self._count = count + 1
        self._unbroken = 0 if self._breaks(token) else self._unbroken + 1

    def apply(self, logits: Logits) -> Applied:
        """Changes the logits in place. `undo` needs what is returned."""
        found = self._repetitions()
        ids = list(found)
        before = logits[ids]
        for token, length in found.items():
            lowered_by = min(self._most, self._multiplier * self._base ** self._exponent(length))
            logits[token] -= np.float32(lowered_by)
        return ids, before

    def undo(self, logits: Logits, applied: Applied) -> None:
        """Makes the logits what they were."""
        ids, before = applied
        logits[ids] = before

    def _repetitions(self) -> dict[int, int]:
        """The tokens that would go on with a repetition, and how long the longest of these is."""
        start = max(0, self._count - self._last)
        within = self._count - start
        limit = min(self._unbroken, within)
        if within <= self._allowed or limit < self._allowed:
            return {}
        # A repetition is not followed beyond the last tokens that count.
        lengths = np.minimum(self._lengths[start : self._count - 1], limit)
        long = np.flatnonzero(lengths >= self._allowed)
        found: dict[int, int] = {}
        for index in long.tolist():
            token, length = int(self._text[start + index + 1]), min(int(lengths[index]), index + 1)
            if length >= self._allowed and length > found.get(token, -1) and not self._breaks(token):
                found[token] = length
        return found

    def _exponent(self, length: int) -> int:
        exponent = length - self._allowed
        return exponent if self._highest_exponent is None else min(exponent, self._highest_exponent)

    def _breaks(self, token: int) -> bool:
        piece = self._piece(token)
        return any(breaker in piece for breaker in BREAKERS)
