"""Several texts for one section at the same time, for the person to choose from.

Each is written by `writer.write` on a copy of the document of its own, with everything that belongs to it
(word budget, loop guard, clean-up). Their engine is shared: what they ask for is written in one batch, which
costs less than one after another, and what their prompts begin with is read once. What stands for sections that the
model's context has no room for is summed up before, once for all of them.
"""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace

from longwriter_desktop.agentwrite.alternative_events import AlternativeEvent, AlternativeFinished, AlternativeGrew
from longwriter_desktop.agentwrite.batch import MOST, WAITING, Batch
from longwriter_desktop.agentwrite.beyond_window import View
from longwriter_desktop.agentwrite.engine import Engine, Progress, Sampling
from longwriter_desktop.agentwrite.events import SectionFinished, SectionSummarised, TextOmitted, WriterEvent
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.summaries import sum_up, wanted_summaries
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import InputProblem

_SEEDS_APART = 1_000_003
_SEED_LIMIT = 2**32


def alternatives(
    document: Document,
    section_id: str,
    engine: Engine,
    templates: TemplatesOf,
    *,
    count: int = 3,
    sampling: Sampling | None = None,
    layout: Layout = "paper",
) -> Generator[AlternativeEvent, None, None]:
    """Writes ``count`` texts, 2 to 8, for a section: from its beginning, or on from a half-written text.

    The document is not changed; see `alternative_events.record_alternative`, and `record` for the summaries that were
    made. Close the iterator to stop. An engine that writes one reply at a time writes them one after another. Raises
    InputProblem for a locked section or another count, and whatever the engine raises.
    """
    section = document.section(section_id)
    if not 2 <= count <= MOST:
        raise InputProblem(f"There can be from 2 to {MOST} alternatives. Nothing was changed.")
    if section.locked:
        raise InputProblem("The section is locked, so nothing was written. Unlock it, then try again.")
    sampling = sampling or Sampling()
    again = section.complete and bool(section.text.strip())
    document = yield from _summed_up(document, section_id, engine, templates, sampling, layout, again=again)
    batch = Batch(engine)
    tracks = [_Track(number, document) for number in range(count)]
    with ExitStack() as stack:
        stack.enter_context(closing(batch))
        for track in tracks:
            seed = (sampling.seed + _SEEDS_APART * track.number) % _SEED_LIMIT
            track.events = write(
                track.read,
                batch.share(track.number),
                templates,
                sections=[section_id],
                again=again,
                sampling=replace(sampling, seed=seed),
                layout=layout,
            )
            stack.enter_context(closing(track.events))
        going = tracks
        while going:
            for track in going:
                yield from track.advance(section_id)
            going = [track for track in going if not track.done]
            if going:
                yield from batch.advance({track.number for track in going})
        yield from batch.finish()


def _summed_up(
    document: Document,
    section_id: str,
    engine: Engine,
    templates: TemplatesOf,
    sampling: Sampling,
    layout: Layout,
    *,
    again: bool,
) -> Generator[Progress | TextOmitted | SectionSummarised, None, Document]:
    """The document with the summaries that the section's prompts will show, as `write` would make them."""
    section = document.section(section_id)
    as_begun = document.with_section(replace(section, text="")) if again else document
    view = View(as_begun, document.index(section_id), templates(document.language), layout)
    yield from view.look(engine, sampling)
    if (left_out := view.sections_left_out) is not None:
        yield TextOmitted(*left_out)
    for lacking in wanted_summaries(document, view.omission):
        summarised = yield from sum_up(lacking, engine, templates(document.language), sampling)
        yield summarised
        document = record(document, summarised, at=0.0)
    return document


@dataclass
class _Track:
    """One alternative on its way: a copy of the document, and the writer that fills it."""

    number: int
    document: Document
    events: Generator[WriterEvent, None, None] = field(init=False)
    done: bool = False

    def read(self) -> Document:
        return self.document

    def advance(self, section_id: str) -> Iterator[AlternativeEvent]:
        """Runs the writer until there is nothing new for it."""
        for event in self.events:
            if event is WAITING:
                return
            before = self.document
            self.document = record(before, event, at=0.0)
            if isinstance(event, SectionFinished):
                text = self.document.section(section_id).text
                version = Version(text, 0.0, "generated", event.model, event.seed, event.temperature, event.direction)
                yield AlternativeFinished(self.number + 1, section_id, version, event.stop_reason, event.basis)
            elif isinstance(event, SectionSummarised):
                yield event  # The engine had even less room than was reckoned with.
            elif self.document is not before and (text := self.document.section(section_id).text):
                yield AlternativeGrew(self.number + 1, section_id, text)
        self.done = True
