"""The seam between a text and what a model goes on with."""


class Seam:
    """The seam between a text and its continuation: spaces at the end of the text are not asked for twice."""

    def __init__(self, text: str) -> None:
        self.prefix = text.rstrip(" \t")
        self._open = len(text) > len(self.prefix) or text.endswith("\n")

    def fit(self, continuation: str) -> str:
        if not (self._open and continuation):
            return continuation
        continuation = continuation.lstrip()
        self._open = not continuation
        return continuation
