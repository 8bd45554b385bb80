"""How lines of the log are made, so that none of them holds a word of the person's.

The words of an error often quote what it was about: a text, a title, the name of a file. So the log gets the kind of
an error, the system's number for it, and the lines of the app's code that it came through, and never its words.
"""

import copy
import logging
import sqlite3
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from typing_extensions import override


class PrivateFormatter(logging.Formatter):
    """A formatter that names errors instead of quoting them, as arguments of a line and in tracebacks."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        private = copy.copy(record)
        if isinstance(record.args, tuple):
            private.args = tuple(_named(each) if isinstance(each, BaseException) else each for each in record.args)
        # Another handler's formatter may have left the error's own words there.
        private.exc_text = None
        return super().format(private)

    @override
    def formatException(self, ei: Any) -> str:
        _kind, error, trace = ei
        return "\n".join(_lines(error, trace)) if error is not None else ""


def _lines(error: BaseException, trace: TracebackType | None) -> Iterator[str]:
    """The way of an error through the code and its kind; what it came from before it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines(before, before.__traceback__)
        yield "which led to:"
    yield from (frame.rstrip() for frame in traceback.format_tb(trace))
    yield _named(error)


def _named(error: BaseException) -> str:
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind} ({error.errno}: {error.strerror})"
    if isinstance(error, sqlite3.Error) and hasattr(error, "sqlite_errorname"):
        return f"{kind} ({error.sqlite_errorname})"
    return f"{kind} from {_named(error.__cause__)}" if error.__cause__ is not None else kind
