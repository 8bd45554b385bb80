"""A model of a few lines of Python that writes several replies at a time."""

from collections.abc import Collection, Iterator, Sequence

from longwriter_desktop.agentwrite.engine import (
    BranchEvent,
    BranchFinished,
    BranchText,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from tests.agentwrite.fake_model import FakeModel


class BranchingModel(FakeModel):
    """A `FakeModel` that writes several replies in turns, a token each; counts how many go on at a time."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]  # They pass through.
        self.widths: list[int] = []

    def generate_branches(
        self, asked: Sequence[tuple[Prompt, Sampling]], ended: Collection[int] = ()
    ) -> Iterator[BranchEvent]:
        self.widths.append(len(asked))
        replies = {number: iter(self.generate(*each)) for number, each in enumerate(asked)}
        counts = dict.fromkeys(replies, 0)
        while replies:
            for number, events in list(replies.items()):
                event = ReplyFinished("cancelled", Usage()) if number in ended else next(events)
                if isinstance(event, TextChunk):
                    counts[number] += event.tokens
                    yield BranchText(number, event.text, event.tokens)
                elif isinstance(event, ReplyFinished):
                    del replies[number]
                    yield BranchFinished(number, event.reason, counts[number])
                elif isinstance(event, PromptProgress):
                    yield event
        yield ReplyFinished("end", Usage())
