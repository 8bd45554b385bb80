"""Lines and titles that a small model takes from the worked example in its prompt and not from the instruction."""

import itertools
import re
from collections import Counter
from functools import lru_cache

from longwriter_desktop.agentwrite.prompts import PlanExample
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity

_OFTEN = 3
"""Words that the example uses so often are what it is about: "bee", "hive" and "keep" in a guide to keeping bees."""
_ENOUGH = 2
_TOKEN = re.compile("[\u4e00-\u9fff]+|[^\\W\\d_\u4e00-\u9fff]{3,}")
_STOP = frozenset(
    "the and for with from that this was were had has have how what when who why where will into its his her she he it "
    "they them their there not but all one two could would than then been out".split()
)
_CHINESE_STOP = re.compile("[的了和与在是一不有这那也就都着上下里什么怎为]")
_ENDINGS = ("ing", "ers", "er", "es", "s")


def is_from_example(text: str, instruction: str, example: PlanExample) -> bool:
    """Whether a planned line or a title says what the worked example says, or speaks of what it is about.

    What the instruction is about too is nobody's loan.
    """
    borrowed = _subject_of(example) - _words(instruction)
    if len(borrowed & _words(text)) >= _ENOUGH or _phrases(text) & _phrases_with(borrowed, example):
        return True
    if len(borrowed) <= len(_subject_of(example)) // 2:
        return False
    return any(similarity(text, each) >= NEAR_IDENTICAL for each in (example.title, *example.lines))


def _phrases_with(borrowed: frozenset[str], example: PlanExample) -> set[tuple[str, str]]:
    """Two words in a row of the example's title or instruction, one of them borrowed: "keeping bees"."""
    return {each for part in (example.title, example.instruction) for each in _phrases(part) if borrowed & set(each)}


def _phrases(text: str) -> set[tuple[str, str]]:
    return set(itertools.pairwise(_listed(text)))


@lru_cache(maxsize=16)
def _subject_of(example: PlanExample) -> frozenset[str]:
    parts = (example.instruction, example.title, *example.lines, *example.texts)
    counts = Counter(itertools.chain.from_iterable(map(_listed, parts)))
    return frozenset(word for word, count in counts.items() if count >= _OFTEN)


def _words(text: str) -> frozenset[str]:
    return frozenset(_listed(text))


def _listed(text: str) -> list[str]:
    """The words of a text without endings, and its pairs of Chinese characters."""
    found: list[str] = []
    for token in _TOKEN.findall(text.casefold()):
        if "\u4e00" <= token[0] <= "\u9fff":
            runs = _CHINESE_STOP.split(token)
            found += [first + second for run in runs for first, second in itertools.pairwise(run)]
        elif token not in _STOP:
            ending = next((each for each in _ENDINGS if token.endswith(each) and len(token) - len(each) >= 3), "")
            found.append(token.removesuffix(ending))
    return found
