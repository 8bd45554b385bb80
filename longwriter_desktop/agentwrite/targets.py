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


def paragraph_count(words: int) -> int:
    """How many paragraphs a text of ``words`` words is planned in.

    Paragraphs grow with the square root of the text, from 200 words in a text of 1,000 to 400 in one of
    10,000 and 690 in one of 30,000, so that neither their number nor their length gets out of hand.
    """
    each = min(LONGEST_PARAGRAPH, max(SHORTEST_PARAGRAPH, 4 * math.sqrt(max(words, 1))))
    return max(1, round(words / each))


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
    if paragraphs >= 6 and total / paragraphs >= 1.3 * SHORTEST_PARAGRAPH:
        weights[0] = weights[-1] = 0.8
    return share_words(max(total, paragraphs), weights)


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
