"""The parallel variant of AgentWrite (Bai et al. 2024): each section from instruction and plan alone.

Sections that know nothing of each other can be written at the same time, which is faster. They cannot take up
each other's thread: in the paper's measurement coherence was 6 % lower than that of texts written in order.
"""

from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

from longwriter_desktop.agentwrite.batch import MOST, WAITING, Batch
from longwriter_desktop.agentwrite.engine import Engine, Sampling
from longwriter_desktop.agentwrite.events import SectionFinished, TextsSettled, WriterEvent, WritingFinished
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import InputProblem

PARALLEL_WARNING = (
    "The sections are written at the same time, from the plan alone. They do not know each other: texts made so were "
    "6 % less coherent in the paper's measurement."
)
"""What a person should know before their text is written so."""


def write_parallel(
    read: Callable[[], Document],
    engine: Engine,
    templates: TemplatesOf,
    *,
    sections: Sequence[str] | None = None,
    again: bool = False,
    sampling: Sampling | None = None,
    layout: Layout = "paper",
) -> Generator[WriterEvent, None, None]:
    """As `writer.write`, but up to `batch.MOST` sections at a time, their events mixed.

    Word budget, loop guard and clean-up work on each section as they do in `write`; a section that begins later
    makes good what those before were over or under. An engine that writes one reply at a time writes the
    sections one after another, still from the plan alone. Near the end `TextsSettled` says against what all of
    them count as written, so that none is stale because of another.
    """
    document = read()
    if not document.sections:
        raise InputProblem("The document has no plan yet. Make a plan first, then write.")
    usage = engine.usage
    batch = Batch(engine)
    waiting = deque(_to_write(document, sections, again))
    going: list[_Track] = []
    written: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(closing(batch))
        while going or waiting:
            while waiting and len(going) < MOST:
                number, section_id = waiting.popleft()
                events = write(
                    read, batch.share(number), templates, sections=[section_id],
                    again=again, sampling=sampling, layout=layout, alone=True,
                )  # fmt: skip  # One argument a line would be twice as long.
                going.append(_Track(number, stack.enter_context(closing(events))))
            for track in going:
                yield from track.advance(written)
            going = [track for track in going if not track.done]
            if going:
                yield from batch.advance({track.number for track in going})
        yield from batch.finish()
    if written:
        yield _settled(read(), written)
    yield WritingFinished(engine.usage - usage)


def _to_write(document: Document, sections: Collection[str] | None, again: bool) -> Iterator[tuple[int, str]]:
    """Place and id of each section that `write` would write."""
    for number, section in enumerate(document.sections):
        finished = section.complete and section.text.strip() and not again
        if not (section.locked or finished) and (sections is None or section.id in sections):
            yield number, section.id


def _settled(document: Document, written: Sequence[str]) -> TextsSettled:
    return TextsSettled(tuple((each, document.basis(each)) for each in written if document.has_section(each)))


@dataclass
class _Track:
    """One section on its way. Its writer reads the document itself, in which all events are recorded."""

    number: int
    events: Generator[WriterEvent, None, None]
    done: bool = False

    def advance(self, written: list[str]) -> Iterator[WriterEvent]:
        """Runs the writer until there is nothing new for it; adds to ``written`` what it has finished."""
        for event in self.events:
            if event is WAITING:
                return
            if isinstance(event, SectionFinished):
                written.append(event.section_id)
            if not isinstance(event, WritingFinished):
                yield event
        self.done = True
