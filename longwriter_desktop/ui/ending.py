"""Ending a generator of events in a thread, where nobody is left to catch what that raises."""

import logging
from collections.abc import Generator, Iterator

from longwriter_desktop.errors import LongWriterError

log = logging.getLogger(__name__)


def end(events: Iterator[object] | None, doing: str) -> Exception | None:
    """Closes ``events`` if they can be closed; an error is logged, and returned when it is the program's own."""
    if not isinstance(events, Generator):
        return None
    try:
        events.close()
    except LongWriterError as problem:
        log.warning("while %s was stopped: %s", doing, problem)
    except Exception as bug:
        log.exception("%s could not be stopped", doing)
        return bug
    return None
