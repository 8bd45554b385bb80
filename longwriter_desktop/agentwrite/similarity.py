"""How alike two short texts are, such as two main points of a plan."""

import itertools
import re
from functools import lru_cache

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_]+")
_STOP = frozenset(
    "a an and are as at be by for from has have how in into is it its of on or that the their them they this to "
    "was were what when where which who why will with part main point text about "
    "的 了 和 与 在 是 及 对 为 等 中 其 从".split()
)


@lru_cache(maxsize=1024)
def features(text: str) -> frozenset[str]:
    """What a text is compared by: its words without the usual small ones, and its pairs of Chinese characters."""
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    words = {_singular(token) for token in tokens if token not in _STOP and not "\u4e00" <= token <= "\u9fff"}
    chinese = [token for token in tokens if "\u4e00" <= token <= "\u9fff"]
    return frozenset(words | {first + second for first, second in itertools.pairwise(chinese)})


def _singular(word: str) -> str:
    """A word without the ending of a plural or of a verb's third person: "histories" and "history" are one word."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def similarity(first: str, second: str) -> float:
    """0.0 (nothing in common) to 1.0: the shared words (in Chinese, pairs of characters) over the fewer ones."""
    a, b = features(first), features(second)
    if not a or not b:
        return 1.0 if first.split() == second.split() else 0.0
    return len(a & b) / min(len(a), len(b))


NEAR_IDENTICAL = 0.7
"""Two main points at least this alike say the same."""
