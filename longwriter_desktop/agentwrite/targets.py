"""How many paragraphs a length makes, and how the words are shared among them."""

import math
from dataclasses import replace

from longwriter_desktop.document.outline import Step

SHORTEST_PARAGRAPH = 200
LONGEST_PARAGRAPH = 1000
"""Words; the range that AgentWrite plans in (Bai et al. 2024, section 3)."""

DEFAULT_WORDS = 1000
"""The length of a text for which none was asked."""

DEFAULT_SECTION_WORDS = 500
"""The word target of a section where nothing better is known."""

LEAST_SECTION_WORDS = 100
"""The smallest share of a line without a word count."""


MOST_IN_ONE_LEVEL = 50
"""Paragraphs; a plan of more is made chapter by chapter. The original gives up above that many."""

_COMFORTABLE = 500
_LONG_TEXT = 25_000


def paragraph_count(words: int) -> int:
    """How many paragraphs a text of ``words`` words is planned in.

    Paragraphs grow with the square root of the text, from 200 words in a text of 1,000 to 400 in one of
    10,000 and 500 in one of 15,000; beyond 25,000 words they grow on, to 1,000 in one of 100,000. None is
    shorter than 200 words unless the text is.
    """
    words = max(words, 1)
    each = max(float(SHORTEST_PARAGRAPH), min(_COMFORTABLE, 4 * math.sqrt(words)))
    if words > _LONG_TEXT:
        each = min(LONGEST_PARAGRAPH, _COMFORTABLE * math.sqrt(words / _LONG_TEXT))
    return max(1, math.ceil(words / LONGEST_PARAGRAPH), min(round(words / each), words // SHORTEST_PARAGRAPH))


def chapter_count(paragraphs: int) -> int:
    """How many chapters a plan of ``paragraphs`` paragraphs is divided into: of about six each, at most 25."""
    return max(2, min(25, round(paragraphs / 6)))


def least_target(total: int) -> int:
    """The smallest word target in a text of ``total`` words: 200, smaller only when the whole is smaller."""
    return max(1, min(SHORTEST_PARAGRAPH, total))


def bounded_shares(total: int, weights: list[float], least: int | None = None) -> list[int]:
    """``total`` words in proportion to ``weights``, each share from 200 to 1,000 words where that is possible.

    ``least`` is another lower bound than 200, for a whole that is too small for that. The shares add up to ``total``
    exactly, which must be at least their number. Where there are too many or too few for the total, all are equal.
    """
    low, high = least_target(total) if least is None else least, LONGEST_PARAGRAPH
    count = len(weights)
    if not count * low <= total <= count * high:
        return share_words(total, [1.0] * count)
    open_places, left = list(range(count)), total
    shares = [0] * count
    while open_places:
        whole = sum(weights[place] for place in open_places)
        exact = {place: left * weights[place] / whole for place in open_places}
        over = sum(max(0.0, share - high) for share in exact.values())
        under = sum(max(0.0, low - share) for share in exact.values())
        if not over and not under:
            break
        bound = high if over >= under else low
        fixed = [place for place in open_places if (exact[place] > high if over >= under else exact[place] < low)]
        for place in fixed:
            shares[place] = bound
        left -= bound * len(fixed)
        open_places = [place for place in open_places if place not in fixed]
    if open_places:
        for place, share in zip(open_places, share_words(left, [weights[each] for each in open_places]), strict=True):
            shares[place] = share
    return _within(shares, low, high)


def _within(shares: list[int], low: int, high: int) -> list[int]:
    """Rounding to tens may have put a share just outside; the words go to the nearest with room for them."""
    for place, share in enumerate(shares):
        missing = max(low - share, 0) or min(high - share, 0)
        while missing:
            step = 1 if missing > 0 else -1
            room = [min(each - low, step * missing) if step > 0 else min(high - each, -missing) for each in shares]
            other = max((each for each in range(len(shares)) if each != place), key=lambda each: room[each])
            moved = step * max(1, room[other])
            shares[place] += moved
            shares[other] -= moved
            missing -= moved
    return shares


def share_words(total: int, weights: list[float]) -> list[int]:
    """``total`` words in whole numbers, in proportion to ``weights``; the shares add up to ``total`` exactly.

    Shares are multiples of 10 where the total allows it. Each is at least 1; ``total`` must be at least
    the number of weights, which must all be positive.
    """
    unit = 10 if total >= 100 * len(weights) else 1
    units, rest = divmod(total, unit)
    whole = sum(weights)
    exact = [units * weight / whole for weight in weights]
    shares = [max(1, math.floor(value)) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda index: exact[index] - shares[index], reverse=True)
    missing = units - sum(shares)
    for turn in range(abs(missing)):
        index = by_remainder[turn % len(by_remainder)] if missing > 0 else shares.index(max(shares))
        shares[index] += 1 if missing > 0 else -1
    words = [share * unit for share in shares]
    words[words.index(max(words))] += rest
    return words


def planned_targets(total: int, paragraphs: int) -> list[int]:
    """Word targets for a new plan: equal, with a shorter opening and close where there is room for them."""
    weights = [1.0] * paragraphs
    if paragraphs >= 6:
        weights[0] = weights[-1] = 0.8
    return bounded_shares(max(total, paragraphs), weights)


def with_targets(steps: tuple[Step, ...], asked: int) -> tuple[Step, ...]:
    """The steps with a word target each: lines without one share what the others leave of ``asked`` words.

    Where they leave nothing, such a line gets what the others have on average.
    """
    given = [step.words for step in steps if step.words > 0]
    missing = len(steps) - len(given)
    left = asked - sum(given)
    if missing and left > 0:
        share = max(LEAST_SECTION_WORDS, round(left / missing))
    else:
        share = max(LEAST_SECTION_WORDS, round(sum(given) / len(given))) if given else DEFAULT_SECTION_WORDS
    return tuple(step if step.words > 0 else replace(step, words=share) for step in steps)
