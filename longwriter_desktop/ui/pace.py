"""How fast the writing goes, and when it will be done: from what was measured, not from what was promised."""

from collections import deque
from datetime import datetime
from math import sqrt

from PySide6.QtCore import QLocale

from longwriter_desktop.ui.translation import translate

WINDOW_S = 120.0
"""How far back the speed is measured."""
LEAST_S = 2.0
"""A speed over less than this would jump about."""
PIECE_WORDS = 100
"""The speed is kept of pieces of this many words, to see how it falls as the text grows."""
_MOST_PIECES = 400
_LEAST_PIECES = 8
_LEAST_SPAN_WORDS = 800
"""Over less than this, chance says more about the speed than the length of the text does."""
_FIRST_AND_LAST = 2
_MINUTE_S, _HOUR_S = 60, 3600


class Pace:
    """The speed of runs of writing. Times are in seconds of one clock (Unix seconds for `done_at`).

    What comes before the first word of a run, loading the model and reading the prompt, does not count: it comes
    once. What comes between later words does. ``depth`` is how many words stand before what is written; each
    further word takes longer with them, and that is measured too.
    """

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int, int]] = deque()
        self._pieces: deque[tuple[float, float]] = deque(maxlen=_MOST_PIECES)
        self._piece_begin: tuple[float, int] | None = None
        self._depth = 0
        self._known_cost = 0.0

    def forget(self) -> None:
        """Another model writes from now on: nothing that was measured says anything about it."""
        self.begin()
        self._pieces.clear()
        self._known_cost = 0.0

    def begin(self, depth: int = 0) -> None:
        """A run begins behind ``depth`` words; the speed of the one before it is what is expected of it."""
        self._marks.clear()
        self._piece_begin = None
        self._depth = depth

    def saw(self, words: int, tokens: int, at: float) -> None:
        """``words`` and ``tokens`` in all have come in this run up to ``at``; the first call is with the first text."""
        self._marks.append((at, words, tokens))
        while len(self._marks) > _FIRST_AND_LAST and at - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()
        if self._piece_begin is None:
            self._piece_begin = (at, words)
        began, before = self._piece_begin
        if words - before >= PIECE_WORDS:
            self._pieces.append((self._depth + (words + before) / 2, (at - began) / (words - before)))
            self._piece_begin = (at, words)
        if (speed := self._rate(at, 1)) > 0:
            self._known_cost = 1 / speed

    def words_per_minute(self, at: float) -> float:
        """Words a minute up to ``at``; 0.0 before anything was measured over at least two seconds."""
        return _MINUTE_S * self._rate(at, 1)

    def tokens_per_second(self, at: float) -> float:
        return self._rate(at, 2)

    def seconds_left(self, words_left: int, at: float) -> float | None:
        """How long ``words_left`` more words will take; None while nobody can tell."""
        speed = self._rate(at, 1)
        cost = 1 / speed if speed > 0 else self._known_cost
        if cost <= 0 or words_left <= 0:
            return None
        return words_left * (cost + self._slope() * words_left / 2)

    def done_at(self, words_left: int, at: float) -> float | None:
        """When ``words_left`` more words will be there; None while nobody can tell."""
        seconds = self.seconds_left(words_left, at)
        return None if seconds is None else at + seconds

    def _rate(self, at: float, field: int) -> float:
        if len(self._marks) < _FIRST_AND_LAST or at - self._marks[0][0] < LEAST_S:
            return 0.0
        return max(0.0, float(self._marks[-1][field] - self._marks[0][field]) / (at - self._marks[0][0]))

    def _slope(self) -> float:
        """Seconds that a word takes longer for each word before it; 0.0 where the pieces lie on no clear line."""
        count = len(self._pieces)
        depths = [depth for depth, _ in self._pieces]
        if count < _LEAST_PIECES or max(depths) - min(depths) < _LEAST_SPAN_WORDS:
            return 0.0
        middle, mean = sum(depths) / count, sum(cost for _, cost in self._pieces) / count
        spread = sum((depth - middle) ** 2 for depth in depths)
        slope = sum((depth - middle) * (cost - mean) for depth, cost in self._pieces) / spread
        off = sum((cost - mean - slope * (depth - middle)) ** 2 for depth, cost in self._pieces)
        error = sqrt(off / (count - 2) / spread)
        return slope if slope > 2 * error else 0.0


class ReadingPace:
    """How long the reading of a prompt will still take."""

    def __init__(self) -> None:
        self._marks: list[tuple[float, int]] = []
        self._total = 0

    def read(self, tokens: int, total: int, at: float) -> float | None:
        """``tokens`` of ``total`` are read at ``at``; gives the seconds left, None before two were measured."""
        if total != self._total or (self._marks and tokens < self._marks[-1][1]):
            self._marks.clear()  # Another prompt, of which the beginning may be known from the one before.
        self._total = total
        self._marks = [*self._marks[:1], (at, tokens)]
        (began, before), (_, read) = self._marks[0], self._marks[-1]
        if at - began < LEAST_S or read <= before:
            return None
        return (total - read) * (at - began) / (read - before)


def clock_words(done_at: float, at: float) -> str:
    """When, for a person: "23:40", "tomorrow 06:15", "Sat 06:15"; local time."""
    done = datetime.fromtimestamp(done_at)  # noqa: DTZ006 - a person reads local time
    now = datetime.fromtimestamp(at)  # noqa: DTZ006 - a person reads local time
    days = (done.date() - now.date()).days
    if days == 0:
        return f"{done:%H:%M}"
    day = (
        translate("Pace", "tomorrow")
        if days == 1
        else QLocale().dayName(done.isoweekday(), QLocale.FormatType.ShortFormat)
    )
    return f"{day} {done:%H:%M}"


def duration_words(seconds: float) -> str:
    """How long, for a person: "20 s", "12 min", "1 h 25 min", "31 h"; as exact as such a guess can be."""
    if seconds < _MINUTE_S - 5:
        return translate("Pace", "{seconds} s").format(seconds=max(10, 10 * round(seconds / 10)))
    if seconds < _HOUR_S - _MINUTE_S / 2:
        return translate("Pace", "{minutes} min").format(minutes=round(seconds / _MINUTE_S))
    if seconds < 10 * _HOUR_S:
        hours, minutes = divmod(5 * round(seconds / 300), 60)
        told = translate("Pace", "{hours} h {minutes} min") if minutes else translate("Pace", "{hours} h")
        return told.format(hours=hours, minutes=minutes)
    return translate("Pace", "{hours} h").format(hours=round(seconds / _HOUR_S))
