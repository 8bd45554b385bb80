"""The seam between a text and what a model goes on with."""


class Seam:
    """The seam between a text and its continuation: space at the end of the text is not asked for twice.

    Where the text ends with a space, a new paragraph may still begin; where it ends a line, all space has been set.
    """

    def __init__(self, text: str) -> None:
        self.prefix = text.rstrip(" \t")
        self._open = len(text) > len(self.prefix) or text.endswith("\n")
        self._space = None if self.prefix.endswith("\n") else " \t"

    def fit(self, continuation: str) -> str:
        """What of ``continuation`` is put behind the text."""
        if not (self._open and continuation):
            return continuation
        continuation = continuation.lstrip(self._space)
        self._open = not continuation
        return continuation
