"""How fast the writing goes, and when it will be done: measured, reading of prompts and loading included."""

from collections import deque
from datetime import datetime

WINDOW_S = 120.0
"""How far back the speed is measured."""


LEAST_S = 2.0
"""A speed over less than this would jump about."""
_FIRST_AND_LAST = 2


class Pace:
    """The speed of one run of writing. Times are in seconds of one clock (Unix seconds for `done_at`)."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int, int]] = deque()

    def begin(self, at: float) -> None:
        """Writing begins or goes on: earlier measurements no longer count."""
        self._marks.clear()
        self._marks.append((at, 0, 0))

    def wrote(self, words: int, tokens: int, at: float) -> None:
        """``words`` and ``tokens`` more were written up to ``at``."""
        if not self._marks:
            self.begin(at)
        _, words_before, tokens_before = self._marks[-1]
        self._marks.append((at, words_before + words, tokens_before + tokens))
        while len(self._marks) > _FIRST_AND_LAST and at - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()

    def words_per_second(self, at: float) -> float:
        """Words a second up to ``at``; 0.0 before anything was measured over at least two seconds."""
        return self._rate(at, 1)

    def tokens_per_second(self, at: float) -> float:
        return self._rate(at, 2)

    def done_at(self, words_left: int, at: float) -> float | None:
        """When ``words_left`` more words will be there; None while nobody can tell."""
        speed = self.words_per_second(at)
        if speed <= 0 or words_left <= 0:
            return None
        return at + words_left / speed

    def _rate(self, at: float, field: int) -> float:
        if len(self._marks) < _FIRST_AND_LAST or at - self._marks[0][0] < LEAST_S:
            return 0.0
        return float(self._marks[-1][field] - self._marks[0][field]) / (at - self._marks[0][0])


def clock_words(done_at: float, at: float) -> str:
    """When, for a person: "23:40", "tomorrow 06:15", "Sat 06:15"; local time."""
    done = datetime.fromtimestamp(done_at)  # noqa: DTZ006 - a person reads local time
    now = datetime.fromtimestamp(at)  # noqa: DTZ006 - a person reads local time
    days = (done.date() - now.date()).days
    if days == 0:
        return f"{done:%H:%M}"
    return f"tomorrow {done:%H:%M}" if days == 1 else f"{done:%a %H:%M}"
