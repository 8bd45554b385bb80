"""Regular expressions that are compiled when they are first used.

Those of this package are long, with many words of two languages in each: to compile them all takes 50 ms, which whoever
opens a document or a window should not have to wait for.
"""

import re
from collections.abc import Callable
from functools import cache

LatePattern = Callable[[], re.Pattern[str]]
"""Gives the expression, the same one each time."""


def late(expression: str, flags: int = 0) -> LatePattern:
    """``expression`` to be compiled with ``flags``, as by `re.compile`, at the first call of what is returned."""
    return cache(lambda: re.compile(expression, flags))
