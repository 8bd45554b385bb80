"""With how many threads the next token is computed: the number follows the time that tokens take. Pure.

Threads wait for each other several hundred times a token. Alone on a computer two are faster than one;
as soon as another program computes, the one that holds a core is waited for by all others, and two can be
fifty times slower than one. No single number is good in both cases, and which one it is changes while a
document is being written. So now and then a few tokens are written with a neighbouring number, and the
faster of the two goes on.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice
from statistics import fmean, median

_RECENT = 16
"""Tokens that stand for the present number of threads."""
_FIRST_LOOK, _LOOKS_APART = 0.25, 1.0
"""Seconds of writing before the first trial, and at most between two; doubled from the one to the other."""
_TOKENS_APART = 8
_TRIAL_TOKENS = 6
_ENOUGH_TO_REJECT = 3
_FASTER = 0.95
"""A trial wins when its tokens take at most this share of the time."""
_HOPELESS = 2.0
"""A token of a trial that takes so many times as long ends it."""
_CHANGED = 1.3
"""The tokens' time has changed by so much: something else has begun, or has stopped, to use the processor."""
_TOKENS_OF_A_CHANGE = 5
_COST_DOWN, _COST_UP = 0.004, 0.05
"""The share of the writing time that trials may lose.

With fewer threads: while nothing is amiss they are sure to lose, and a change is seen without them. With
more: that the other program has ended is seen by nothing else, and it is worth much more than this.
"""


class ThreadCount:
    """``count`` is the number of threads for the next token, from 1 to ``most``, with which it begins.

    With ``adapts`` False it stays ``most``.
    """

    def __init__(self, most: int, *, adapts: bool = True) -> None:
        self.count = most
        self._ladder = steps(most) if adapts else [most]
        self._step = 0
        self._recent: deque[float] = deque(maxlen=_RECENT)
        self._usual = 0.0
        """Seconds a token, when the number was last found to be right; 0 before."""
        self._trial: list[float] | None = None
        self._direction = 1
        self._tried = 0
        """Of the trial that goes on, or was made last; direction 1 is towards fewer threads."""
        self._reach = {1: 1, -1: 1}
        """How many steps away the next trial is, for each direction."""
        self._since = 0.0
        self._tokens = 0
        """Seconds and tokens of writing since the last trial."""
        self._apart = _FIRST_LOOK
        self._credit = {1: 0.0, -1: 0.0}
        """Seconds that trials may still lose, for each direction."""

    def start(self) -> None:
        """Must be called when writing begins again: what else the computer does may have changed meanwhile."""
        self._recent.clear()
        self._trial = None
        self._apart = _FIRST_LOOK
        self._since = 0.0
        self._tokens = 0
        self.count = self._ladder[self._step]

    def took(self, seconds: float) -> None:
        """Must be told what each token took, computed with ``count`` threads; ``count`` is then for the next."""
        if len(self._ladder) == 1 or seconds <= 0:
            return
        if self._trial is not None:
            self._trial.append(seconds)
            self._judge(self._trial)
        else:
            self._recent.append(seconds)
            self._since += seconds
            self._tokens += 1
            self._credit[1] += seconds * _COST_DOWN
            self._credit[-1] += seconds * _COST_UP
            self._consider()

    def _consider(self) -> None:
        """Begins a trial when it is time for one."""
        change = self._change()
        if self._since < self._apart or self._tokens < (_TOKENS_OF_A_CHANGE if change else _TOKENS_APART):
            return
        # Slower: fewer threads may help, whatever trials have cost. Otherwise first where none was made last.
        for direction in [1] if change > 0 else [-self._direction, self._direction]:
            affordable = change > 0 or self._credit[direction] >= 0
            tried = self._neighbour(direction)
            if affordable and tried != self._step:
                self._direction, self._tried = direction, tried
                self._trial = []
                self.count = self._ladder[tried]
                return
        self._usual = self._now()

    def _neighbour(self, direction: int) -> int:
        """The step to try. Each trial that was lost makes the next one reach twice as far, from the end on anew.

        On many cores threads wait for one that is held up however many they are; then only few enough help.
        """
        end = len(self._ladder) - 1 if direction > 0 else 0
        distance = abs(end - self._step)
        reach = self._reach[direction]
        if reach >= 2 * distance:
            reach = self._reach[direction] = 1
        return self._step + direction * min(reach, distance)

    def _now(self) -> float:
        """Seconds a token, by the last few."""
        return median(islice(self._recent, max(0, len(self._recent) - _TOKENS_OF_A_CHANGE), None))

    def _change(self) -> int:
        """1 when tokens have become slower for good, -1 when faster, 0 otherwise."""
        if not self._usual:
            return 0
        now = self._now()
        return 1 if now > self._usual * _CHANGED else -1 if now * _CHANGED < self._usual else 0

    def _judge(self, trial: Sequence[float]) -> None:
        """Ends the trial when it is clear how it went. Its first token wakes threads up and does not count."""
        usual, counted = median(self._recent), trial[1:]
        hopeless = trial[-1] > usual * (_HOPELESS if counted else _HOPELESS**2)
        if hopeless or (len(counted) >= _ENOUGH_TO_REJECT and not _is_faster(counted, self._recent)):
            self._reject(trial)
        elif len(counted) >= _TRIAL_TOKENS:
            self._step = self._tried
            self._reach = {1: 1, -1: 1}
            # The next one goes the same way, then back: a wrong turn is found out soon.
            self._direction = -self._direction
            self._recent.clear()
            self._recent.extend(counted)
            self._settle(_FIRST_LOOK)

    def _reject(self, trial: Sequence[float]) -> None:
        usual = fmean(self._recent)
        self._reach[self._direction] *= 2
        self._credit[self._direction] -= max(0.0, sum(trial) - usual * len(trial))
        self._settle(min(_LOOKS_APART, 2 * self._apart))

    def _settle(self, apart: float) -> None:
        self.count = self._ladder[self._step]
        self._usual = self._now()
        self._trial = None
        self._since = 0.0
        self._tokens = 0
        self._apart = apart


def steps(most: int) -> list[int]:
    """The numbers of threads that are tried, from ``most`` to 1, each about three quarters of the one before."""
    found = [most]
    while found[-1] > 1:
        found.append(max(1, found[-1] * 3 // 4))
    return found


def _is_faster(trial: Sequence[float], usual: Sequence[float]) -> bool:
    """In the middle and on average, with single tokens that were held up counted as no more than they may mean."""
    middle = median(usual)
    longest = 4 * middle
    average = fmean(min(each, longest) for each in usual)
    return median(trial) <= middle * _FASTER and fmean(min(each, longest) for each in trial) <= average * _FASTER
