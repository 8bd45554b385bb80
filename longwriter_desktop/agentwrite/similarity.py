"""How alike two short texts are, such as two main points of a plan."""

import itertools
import re

_TOKEN = re.compile("[\u4e00-\u9fff]|[^\\W_]+")
_STOP = frozenset(
    "a an and are as at be by for from has have how in into is it its of on or that the their them they this to "
    "was were what when where which who why will with part main point text about "
    "的 了 和 与 在 是 及 对 为 等 中 其 从".split()
)


def _features(text: str) -> set[str]:
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    words = {token for token in tokens if token not in _STOP and not "\u4e00" <= token <= "\u9fff"}
    chinese = [token for token in tokens if "\u4e00" <= token <= "\u9fff"]
    return words | {first + second for first, second in itertools.pairwise(chinese)}


def similarity(first: str, second: str) -> float:
    """0.0 (nothing in common) to 1.0: the shared words (in Chinese, pairs of characters) over the fewer ones."""
    a, b = _features(first), _features(second)
    if not a or not b:
        return 1.0 if first.split() == second.split() else 0.0
    return len(a & b) / min(len(a), len(b))


NEAR_IDENTICAL = 0.7
"""Two main points at least this alike say the same."""
