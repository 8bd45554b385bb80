"""Rewriting a passage that the person has marked: shorter, longer, in other words, in another tone, or as they ask.

The text around the passage is in the model's view. The document is not changed until the person takes the new
passage (see `record_rewrite`).
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut
from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Heartbeat,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.agentwrite.loop_guard import find_loop
from longwriter_desktop.agentwrite.passage import Edges, Passage, around, edges_of, joined, located, without_neighbours
from longwriter_desktop.agentwrite.prompts import PromptTemplates, fill
from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.agentwrite.writer import TemplatesOf
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Version
from longwriter_desktop.errors import InputProblem, PromptTooLong

How = Literal["shorten", "expand", "rephrase", "tone", "own"]
WAYS: tuple[How, ...] = ("shorten", "expand", "rephrase", "tone", "own")

_SHARES: dict[How, tuple[float, float, float]] = {
    "shorten": (0.3, 0.5, 0.75),
    "expand": (1.6, 2.0, 2.6),
    "rephrase": (0.7, 1.0, 1.4),
    "tone": (0.7, 1.0, 1.4),
    "own": (0.0, 1.0, 4.0),
}
"""Least, wished and most words of the new passage, as shares of the old one's."""
_LEEWAY = 8
"""A passage of a few words may become so many words longer than its share: no sentence is that exact."""
_AROUND = (2400, 800, 0)
"""Characters of the text before the passage in the prompt, and half as many behind it; fewer where there is no room."""
_REPLIES_AT_MOST = 4
_LONGEST_REPLY = 2048
_SHORTEST_REPLY = 6
_GUARD_EVERY = 160
_SEED_LIMIT = 2**32


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to become of a passage. ``words`` name the tone, or are the person's own; else ""."""

    how: How
    words: str = ""

    def __str__(self) -> str:
        return f"tone: {self.words}" if self.how == "tone" else self.words or self.how


def read_wish(text: str) -> Wish:
    """The wish that "shorten", "expand", "rephrase", "tone:NAME" or any other words stand for.

    Raises InputProblem for no words, and for a tone without a name.
    """
    text = " ".join(text.split())
    for way in WAYS[:3]:
        if text.casefold() == way:
            return Wish(way)
    name, colon, tone = text.partition(":")
    if colon and name.strip().casefold() == "tone":
        if not tone.strip():
            raise InputProblem("The tone has no name: say tone:formal, for example. Nothing was changed.")
        return Wish("tone", tone.strip())
    if not text:
        raise InputProblem("Say how the passage is to be rewritten: shorten, for example. Nothing was changed.")
    return Wish("own", text)


@dataclass(frozen=True, slots=True)
class RewriteGrew:
    """The new passage so far."""

    text: str


@dataclass(frozen=True, slots=True)
class RewriteFinished:
    """The new passage. ``stop_reason`` as in `events.SectionFinished`; ``text`` is the old one where none is of use."""

    passage: Passage
    text: str
    stop_reason: str
    model: str
    seed: int
    temperature: float
    direction: str


RewriteEvent = RewriteGrew | RewriteFinished | ModelLoading | PromptProgress | Heartbeat


def rewrite(
    document: Document,
    passage: Passage,
    wish: Wish,
    engine: Engine,
    templates: TemplatesOf,
    *,
    sampling: Sampling | None = None,
) -> Generator[RewriteEvent, None, None]:
    """Writes a passage anew. Its Markdown marks and spaces at either end stay.

    Close the iterator to stop. Raises InputProblem where there is nothing to rewrite or the section is locked, and
    whatever the engine raises.
    """
    section = document.section(passage.section_id)
    if section.locked:
        raise InputProblem("The section is locked, so nothing was rewritten. Unlock it, then try again.")
    if not count_words(passage.text):
        raise InputProblem("There are no words in the passage, so nothing was rewritten. Mark some text first.")
    rewriter = _Rewriter(document, passage, wish, engine, templates(document.language), sampling or Sampling())
    yield from rewriter.run()


def record_rewrite(document: Document, event: RewriteFinished, at: float) -> Document:
    """The document with the new passage in place; ``at`` is the time in Unix seconds.

    The section's text before is among its versions, and the new one too if the section was complete. Nothing
    changes where the old passage no longer stands in the section, or the section is locked.
    """
    passage = event.passage
    if not document.has_section(passage.section_id):
        return document
    section = document.section(passage.section_id)
    start = located(section.text, passage)
    if start is None or section.locked or event.text == passage.text:
        return document
    text = section.text[:start] + event.text + section.text[start + len(passage.text) :]
    after = replace(section.with_text_kept(at), text=text)
    if section.complete:
        version = Version(text, at, "generated", event.model, event.seed, event.temperature, event.direction)
        after = after.with_kept(version)
    return document.with_section(after)


@dataclass
class _Rewriter:
    """Writes one passage anew; ``text`` is the new one so far, without what the edges hold."""

    document: Document
    passage: Passage
    wish: Wish
    engine: Engine
    templates: PromptTemplates
    sampling: Sampling

    def __post_init__(self) -> None:
        self.edges: Edges = edges_of(self.passage.text)
        self.is_sentence = ends_sentence(self.edges.core)
        self.has = count_words(self.edges.core)
        least, wished, most = (share * self.has for share in _SHARES[self.wish.how])
        self.least, self.wished = least, max(1, round(wished))
        self.most = max(most, wished + _LEEWAY)
        if self.wish.how == "shorten":
            self.most = min(self.most, max(1, self.has - 1))
        self.around = 0
        self.text = ""

    def run(self) -> Generator[RewriteEvent, None, None]:
        stop_reason = yield from self._replies()
        self.text = self.text.rstrip()
        if surplus := ending_to_cut(self.text):
            self.text = self.text[: len(self.text) - surplus].rstrip()
        self.text = without_neighbours(self.text, *around(self.document, self.passage, _AROUND[1]))
        yield RewriteFinished(
            self.passage,
            joined(self.edges, self.text, is_sentence=self.is_sentence) if self.text else self.passage.text,
            stop_reason,
            self.engine.model_name,
            self.sampling.seed,
            self.sampling.temperature,
            str(self.wish),
        )

    def _replies(self) -> Generator[RewriteEvent, None, str]:
        for attempt in range(_REPLIES_AT_MOST):
            before = len(self.text)
            outcome = yield from self._reply(attempt)
            if outcome == "overlong" or (outcome == "end" and self._is_no_shorter()):
                self.text = ""  # Another try may do better than a sentence that is cut off.
                continue
            if outcome != "end" or not self.is_sentence:
                return outcome
            if len(self.text) == before or (count_words(self.text) >= self.least and ends_sentence(self.text)):
                return "end"
        return "length"

    def _is_no_shorter(self) -> bool:
        return self.wish.how == "shorten" and count_words(self.text) > self.most

    def _reply(self, attempt: int) -> Generator[RewriteEvent, None, str]:
        """One reply of the model, which goes on where the new passage stands; returns why it ended."""
        self.text = self.text.rstrip()
        clean_up = CleanUp("", "", self.text, (self._task(self.wish),))
        guarded = len(self.text)
        with closing(self._generate(attempt)) as events:
            for event in events:
                if isinstance(event, ReplyFinished):
                    yield from self._put(clean_up.finish())
                    return "end"
                if not isinstance(event, TextChunk):
                    yield event
                    continue
                seen = len(self.text)
                yield from self._put(clean_up.feed(event.text))
                if outcome := self._end(seen):
                    yield from self._put("")
                    return outcome
                if len(self.text) - guarded >= _GUARD_EVERY:
                    guarded = len(self.text)
                    if (loop := find_loop(self.text, 0)) is not None:
                        ends = [end for end in sentence_ends(self.text) if end <= loop]
                        self.text = self.text[: ends[-1] if ends else loop]
                        yield from self._put("")
                        return "repetition"
        return "end"

    def _put(self, more: str) -> Generator[RewriteEvent, None, None]:
        self.text = (self.text + more) if self.text else more.lstrip()
        if self.text:
            yield RewriteGrew(self.edges.before + self.text)

    def _end(self, seen: int) -> str:
        """Ends the passage where it is long enough; returns why, or ""."""
        words = count_words(self.text)
        if words < self.wished:
            return ""
        ends = [(end, count_words(self.text[:end])) for end in sentence_ends(self.text)]
        if self.wish.how == "expand":
            # There is always more to say: the end is the model's only where it comes before the wished length.
            near = [end for end, count in ends if count >= self.wished and end > seen - 8][:1]
        elif words > self.most:
            near = [end for end, count in ends if self.least <= count <= self.most]
        else:
            near = []
        if not near and words > self.most and self.wish.how != "shorten":
            near = [end for end, count in ends[-1:] if words > 2 * self.most or count >= self.wished]
        if near:
            self.text = self.text[: near[-1]]
            return "target"
        return "overlong" if words > 2 * self.most or self._is_no_shorter() else ""

    def _generate(self, attempt: int) -> Generator[EngineEvent, None, None]:
        """The engine's reply; with less of the text around where the context is full."""
        missing = max(self.most, 1.5 * self.wished) - count_words(self.text)
        sampling = replace(
            self.sampling,
            seed=(self.sampling.seed + 104_729 * attempt) % _SEED_LIMIT,
            max_tokens=min(_LONGEST_REPLY, 64 + 3 * max(0, round(missing))),
            min_tokens=_SHORTEST_REPLY if self.is_sentence else 1,
            stop=(*self.sampling.stop, *(self._labels() if self.is_sentence else ("\n",))),
        )
        while True:
            try:
                yield from self.engine.generate(self._prompt(), sampling)
            except PromptTooLong:
                if self.around + 1 == len(_AROUND):
                    raise
                self.around += 1
            else:
                return

    def _labels(self) -> Iterator[str]:
        """The lines of the question that say what follows: where the model writes one of them, it has ended."""
        for line in self.templates.rewrite.prompt.splitlines():
            if line.strip() and "$" not in line:
                yield f"\n{line.strip()}"

    def _prompt(self) -> Prompt:
        """The question after a worked example, which small models follow better than words."""
        example = self.templates.rewrite.example
        before, after = around(self.document, self.passage, _AROUND[self.around])
        shown = Wish(self.wish.how, {"tone": example.tone, "own": example.wish}.get(self.wish.how, ""))
        messages = (
            self._question(example.instruction, example.before, example.passage, example.after, self._task(shown)),
            Message("assistant", example.answers[self.wish.how]),
            self._question(
                self.document.instruction or self.document.title, before, self.edges.core, after, self._task(self.wish)
            ),
        )
        return Prompt(messages, self.text)

    def _question(self, instruction: str, before: str, passage: str, after: str, task: str) -> Message:
        wording = self.templates.rewrite
        values = {
            "INSTRUCTION": instruction,
            "BEFORE": before or wording.nothing,
            "AFTER": after or wording.nothing,
            "PASSAGE": passage,
            "TASK": task,
        }
        return Message("user", fill(wording.prompt, values))

    def _task(self, wish: Wish) -> str:
        wording = self.templates.rewrite
        asked = {
            "shorten": wording.shorten,
            "expand": wording.expand,
            "rephrase": wording.rephrase,
            "tone": wording.tone,
            "own": wording.own,
        }[wish.how]
        passage = self.edges.core if wish is self.wish else wording.example.passage
        tone = wording.tones.get(wish.words.casefold(), wish.words)
        has = count_words(passage)
        wished = max(1, round(_SHARES[wish.how][1] * has))
        return fill(asked, {"HAS": str(has), "WORDS": str(wished), "TONE": tone, "WISH": wish.words.rstrip(".。")})
