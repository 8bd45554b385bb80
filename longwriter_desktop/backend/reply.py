"""One reply in the making: its tokens are chosen, turned into text, and watched for their end. Worker only."""

from collections.abc import Callable, Sequence

from longwriter_desktop.agentwrite.engine import Reason, Sampling, TextChunk
from longwriter_desktop.backend.context import Context
from longwriter_desktop.backend.reply_text import ReplyText, Shown
from longwriter_desktop.backend.sampling import LAST, Chooser


class Reply:
    """A reply; ``reason`` is None until it has ended. ``written`` counts its tokens, ``seconds`` their time."""

    def __init__(
        self, chooser: Chooser, sampling: Sampling, ends: frozenset[int], stop: Sequence[str], owed: str
    ) -> None:
        """``ends`` are the model's end tokens; ``owed`` is a space that stands before the reply already."""
        self.reason: Reason | None = None if sampling.max_tokens > 0 else "length"
        self.written = 0
        self.seconds = 0.0
        self._chooser = chooser
        self._most = sampling.max_tokens
        self._ends = ends
        self._owed = owed
        self._text = ReplyText((*sampling.stop, *stop))

    def add_token(
        self, context: Context, piece: Callable[[int], bytes], index: int = LAST
    ) -> tuple[int | None, TextChunk | None]:
        """Chooses the next token from the logits ``index``; returns it (None: the end), and text to be shown now."""
        token = self._chooser.choose(context, index)
        if token in self._ends:
            self.reason = "end"
            return None, self._rest()
        self.written += 1
        shown = self._text.add(piece(token))
        if shown is not None and shown.stopped:
            self.reason = "stop"
        elif self.written >= self._most:
            self.reason = "length"
            return token, _joined(self._paid(shown), self._rest())
        return token, self._paid(shown)

    def close(self) -> None:
        """Gives back what choosing took."""
        self._chooser.close()

    def _rest(self) -> TextChunk | None:
        return self._paid(self._text.rest())

    def _paid(self, shown: Shown | None) -> TextChunk | None:
        """The text without the space that the reply before it ends with already."""
        if shown is None:
            return None
        text = shown.text.removeprefix(self._owed)
        if shown.text:
            self._owed = ""
            return TextChunk(text, shown.tokens)
        return None


def _joined(one: TextChunk | None, other: TextChunk | None) -> TextChunk | None:
    if one is None or other is None:
        return one or other
    return TextChunk(one.text + other.text, one.tokens + other.tokens)
