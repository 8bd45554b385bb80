"""Which section is written next, and when its old text gives way to the new one."""

from collections.abc import Generator, Sequence
from contextlib import closing

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.events import SectionFinished, SectionStarted, TextCut, TextWritten, WriterEvent
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section


def after_first_words(
    started: SectionStarted, events: Generator[WriterEvent, None, Usage]
) -> Generator[WriterEvent, None, Usage]:
    """The events with ``started`` before the first that changes the document.

    A text that is to be written again is cleared when there are new words to put in its place, and not while
    a model is still loading that may turn out not to fit.
    """
    told = False
    with closing(events):
        while True:
            try:
                event = next(events)
            except StopIteration as end:
                usage: Usage = end.value
                return usage
            if not told and isinstance(event, TextWritten | TextCut | SectionFinished):
                told = True
                yield started
            yield event


def next_section(document: Document, sections: Sequence[str] | None, again: bool, done: set[str]) -> Section | None:
    """The first that is not in ``done``, not locked, one of ``sections`` (None: any), and unfinished or ``again``."""
    for section in document.sections:
        if section.id in done or section.locked or (sections is not None and section.id not in sections):
            continue
        if again or not (section.complete and section.text.strip()):
            return section
    return None
