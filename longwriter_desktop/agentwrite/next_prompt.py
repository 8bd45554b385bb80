"""What the writer would ask next: so that a model can read it while the person still reads or edits.

Both functions let `writer.write` itself run up to its first request, so that what is read ahead and what is
asked later cannot come to differ.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

from longwriter_desktop.agentwrite.beyond_window import MORE_THAN_ANY_CONTEXT
from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    Usage,
)
from longwriter_desktop.agentwrite.events import WriterEvent
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import PromptTooLong


def next_prompt(
    document: Document,
    templates: TemplatesOf,
    *,
    sections: Sequence[str] | None = None,
    again: bool = False,
    layout: Layout = "paper",
) -> Prompt | None:
    """The prompt that `write` would hand to the engine first, with the same arguments; None when it asks nothing.

    That is for an engine which the prompt fits: what has to be left out for a short context only an engine
    can tell (see `warm_next`).
    """
    try:
        for _ in _up_to_first_reply(document, _Asking(), templates, sections, again, layout):
            pass
    except _Asked as asked:
        return asked.prompt
    return None


def warm_next(
    document: Document,
    engine: Engine,
    templates: TemplatesOf,
    *,
    sections: Sequence[str] | None = None,
    again: bool = False,
    layout: Layout = "paper",
) -> Generator[EngineEvent, None, None]:
    """Has the engine read the prompt that `write` would hand to it first, without writing anything.

    Where the prompt and the room for a reply do not fit the context, sections are left out as `write` does.
    Close the iterator to stop. Raises whatever the engine raises.
    """
    try:
        for event in _up_to_first_reply(document, _Warming(engine), templates, sections, again, layout):
            if isinstance(event, EngineEvent):
                yield event
    except _Warmed:
        return


def _up_to_first_reply(
    document: Document,
    engine: Engine,
    templates: TemplatesOf,
    sections: Sequence[str] | None,
    again: bool,
    layout: Layout,
) -> Iterator[WriterEvent]:
    """What `write` says to a copy of the document of its own, until the engine ends it."""
    if not document.sections:
        return
    copy = [document]
    for event in write(lambda: copy[0], engine, templates, sections=sections, again=again, layout=layout):
        copy[0] = record(copy[0], event, at=0.0)
        yield event


class _Asked(Exception):
    """Ends a run of the writer with what it has asked."""

    def __init__(self, prompt: Prompt) -> None:
        super().__init__()
        self.prompt = prompt


class _Warmed(Exception):
    """Ends a run of the writer once its prompt is read."""


class _Asking:
    """An engine that has room for everything and answers nothing."""

    model_name = ""
    usage = Usage()
    context_tokens = MORE_THAN_ANY_CONTEXT

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:  # noqa: ARG002 - the port's name
        raise _Asked(prompt)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        raise _Asked(prompt)


@dataclass(frozen=True, slots=True)
class _Warming:
    """An engine that reads where it is asked to write."""

    engine: Engine

    @property
    def model_name(self) -> str:
        return self.engine.model_name

    @property
    def usage(self) -> Usage:
        return self.engine.usage

    @property
    def context_tokens(self) -> int:
        return self.engine.context_tokens

    def generate(self, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, None]:
        """Reads the prompt; raises PromptTooLong as generating would, that is with room for the reply."""
        if sampling.max_tokens == MORE_THAN_ANY_CONTEXT:  # The question is how long the prompt is.
            yield from self.engine.generate(prompt, sampling)
            return
        reading = self.engine.warm(prompt)
        try:
            for event in reading:
                if isinstance(event, PromptProgress):
                    self._check_room(event.total, sampling.max_tokens)
                if not isinstance(event, ReplyFinished):  # there was no reply, and the writer should not see one
                    yield event
        except PromptTooLong as full:
            raise PromptTooLong(full.prompt_tokens, sampling.max_tokens, full.context_tokens) from None
        finally:
            if isinstance(reading, Generator):
                reading.close()
        raise _Warmed

    def _check_room(self, prompt_tokens: int, reply_tokens: int) -> None:
        context = self.engine.context_tokens
        if 0 < context < prompt_tokens + reply_tokens:
            raise PromptTooLong(prompt_tokens, reply_tokens, context)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        return self.engine.warm(prompt)
