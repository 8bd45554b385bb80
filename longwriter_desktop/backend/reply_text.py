"""Turning the bytes of tokens into text that may be shown: whole characters, and nothing of a stop text."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """Text to hand out, from ``tokens`` whole tokens. ``stopped``: a stop text came, this is the last of it."""

    text: str
    tokens: int
    stopped: bool = False


class ReplyText:
    """Takes the tokens of a reply one by one and holds back what may not be shown yet.

    Only whole tokens are handed out, except before a stop text, so that the text handed out stands for
    tokens that are known: a reply that is taken up again need not be cut into tokens anew. Bytes that never become a
    character are left out, and so is U+FFFD, the sign that stands for them in what models were trained on.
    """

    def __init__(self, stop: Sequence[str]) -> None:
        self._stop = tuple(text for text in stop if text)
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._held = ""
        self._ends: list[int] = []
        """Where in the held text each token ends; -1 for one that ends inside a character."""

    def add(self, piece: bytes) -> Shown | None:
        """What can be shown after one more token, or None."""
        self._held += self._decoder.decode(piece).replace("\ufffd", "")
        whole = not self._decoder.getstate()[0]
        self._ends.append(len(self._held) if whole else -1)
        found = [place for text in self._stop if (place := self._held.find(text)) >= 0]
        if found:
            return Shown(self._held[: min(found)], len(self._ends), stopped=True)
        if not whole:
            return None
        return self._take(len(self._held) - self._held_back())

    def rest(self) -> Shown | None:
        """What was held back, when the reply ends here. Half a character is dropped."""
        return self._take(len(self._held)) if self._held else None

    def _held_back(self) -> int:
        """Length of the end of the held text that may be the beginning of a stop text."""
        return max(
            (
                length
                for text in self._stop
                for length in range(1, min(len(text), len(self._held) + 1))
                if self._held.endswith(text[:length])
            ),
            default=0,
        )

    def _take(self, upto: int) -> Shown | None:
        """Hands out the tokens that end at or before ``upto``."""
        last = max((index for index, end in enumerate(self._ends) if 0 <= end <= upto), default=-1)
        if last < 0 or not self._ends[last]:
            return None
        end, tokens = self._ends[last], last + 1
        shown = Shown(self._held[:end], tokens)
        self._held = self._held[end:]
        self._ends = [max(-1, each - end) if each >= 0 else -1 for each in self._ends[tokens:]]
        return shown
