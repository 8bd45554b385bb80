"""Where two texts differ."""


def differing_span(old: str, new: str) -> tuple[int, int, int]:
    """Where ``old`` and ``new`` begin to differ, and where each of them ends to, in characters.

    ``old[begin:old_end]`` gave way to ``new[begin:new_end]``, and nothing outside of that has changed.
    """
    shortest = min(len(old), len(new))
    begin = _common_length(old, new, shortest)
    tail = _common_length(old[begin:][::-1], new[begin:][::-1], shortest - begin)
    return begin, len(old) - tail, len(new) - tail


def _common_length(one: str, other: str, limit: int) -> int:
    """How many characters both begin with, at most ``limit``; by halving, because slices compare fast."""
    if one[:limit] == other[:limit]:
        return limit
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
