"""Rewriting a passage that the person has marked: shorter, longer, in other words, in another tone, or as they ask.

The text around the passage is in the model's view. A part of a sentence is written as the end of its sentence, and
ends where the model comes back to what stood behind it; where it never does, the whole sentence is written anew. The
document is not changed until the person takes the new passage (see `rewrite_events.record_rewrite`).
"""

import math
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut
from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Message,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.agentwrite.loop_guard import LoopGuard
from longwriter_desktop.agentwrite.passage import Edges, Passage, around, edges_of, joined, without_neighbours
from longwriter_desktop.agentwrite.prompts import PromptTemplates, fill
from longwriter_desktop.agentwrite.rewrite_events import How, RewriteEvent, RewriteFinished, RewriteGrew, Wish
from longwriter_desktop.agentwrite.sentence_part import (
    SentencePart,
    sentence_part,
    sentences_in,
    up_to_end,
)
from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends
from longwriter_desktop.agentwrite.writer import TemplatesOf
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import InputProblem, PromptTooLong

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
_HOTTER, _OTHER_WORD = 0.2, -3.0
"""For each new try at a part of a sentence: added to the temperature, and to the logit of its old first word."""


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
    part = sentence_part(section.text, passage)
    wording, sampling = templates(document.language), sampling or Sampling()
    if part is None:
        rewriter = _Rewriter(document, passage, wish, engine, wording, sampling)
    else:
        rewriter = _PartRewriter(document, passage, wish, engine, wording, sampling, part)
    yield from rewriter.run()


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a question is made of: its wording, the worked example, and the passage with the text to be shown of it.

    ``example_core`` is what of the example is rewritten, ``passage`` is what the text around is looked for at.
    """

    wording: str
    example: str
    example_core: str
    answers: Mapping[str, str]
    passage: Passage
    text: str


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
        self.guard = LoopGuard()

    def run(self) -> Generator[RewriteEvent, None, None]:
        stop_reason = yield from self._replies()
        self.text = self.text.rstrip()
        if surplus := ending_to_cut(self.text):
            self.text = self.text[: len(self.text) - surplus].rstrip()
        self.text = without_neighbours(self.text, *around(self.document, self.passage, _AROUND[1]))
        text = joined(self.edges, self.text, is_sentence=self.is_sentence) if self.text else self.passage.text
        yield self._finished(self.passage, text, stop_reason)

    def _finished(self, passage: Passage, text: str, stop_reason: str) -> RewriteFinished:
        return RewriteFinished(
            passage,
            text,
            stop_reason,
            self.engine.model_name,
            self.sampling.seed,
            self.sampling.temperature,
            str(self.wish),
            asked=self.passage,
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
        clean_up = CleanUp("", "", self._begun(), (self._task(self.wish, self.edges.core),))
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
                    if (loop := self.guard.look(self.text)) is not None:
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
        missing = self._longest() - count_words(self.text)
        sampling = replace(
            self._sampling(attempt),
            seed=(self.sampling.seed + 104_729 * attempt) % _SEED_LIMIT,
            max_tokens=min(_LONGEST_REPLY, 64 + 3 * max(0, round(missing))),
            min_tokens=_SHORTEST_REPLY if self.is_sentence else 1,
            stop=(*self.sampling.stop, *(("\n",) if self._is_one_line() else self._labels())),
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

    def _sampling(self, attempt: int) -> Sampling:
        """How the tokens of a reply are chosen; its seed and limits are set elsewhere."""
        del attempt  # it differs by the seed alone
        return self.sampling

    def _longest(self) -> float:
        """The words that there is room for in one reply."""
        return max(self.most, 1.5 * self.wished)

    def _is_one_line(self) -> bool:
        """Whether the end of a line is the end of the passage."""
        return not self.is_sentence

    def _begun(self) -> str:
        """What a reply goes on from."""
        return self.text

    def _labels(self) -> Iterator[str]:
        """The lines of the question that say what follows: where the model writes one of them, it has ended."""
        for line in self.templates.rewrite.prompt.splitlines():
            if line.strip() and "$" not in line:
                yield f"\n{line.strip()}"

    def _prompt(self) -> Prompt:
        """The question after a worked example, which small models follow better than words."""
        example, frame = self.templates.rewrite.example, self._frame()
        before, after = around(self.document, frame.passage, _AROUND[self.around])
        shown = Wish(self.wish.how, {"tone": example.tone, "own": example.wish}.get(self.wish.how, ""))
        example_task = self._task(shown, frame.example_core)
        subject = self.document.instruction or self.document.title
        messages = (
            self._question(
                frame.wording, example.instruction, example.before, frame.example, example.after, example_task
            ),
            Message("assistant", frame.answers[self.wish.how]),
            self._question(frame.wording, subject, before, frame.text, after, self._task(self.wish, self.edges.core)),
        )
        return Prompt(messages, self._begun())

    def _frame(self) -> _Frame:
        wording, core = self.templates.rewrite, self.edges.core
        example = wording.example
        return _Frame(wording.prompt, example.passage, example.passage, example.answers, self.passage, core)

    def _question(self, frame: str, instruction: str, before: str, passage: str, after: str, task: str) -> Message:
        nothing = self.templates.rewrite.nothing
        values = {
            "INSTRUCTION": instruction,
            "BEFORE": before or nothing,
            "AFTER": after or nothing,
            "PASSAGE": passage,
            "TASK": task,
        }
        return Message("user", fill(frame, values))

    def _task(self, wish: Wish, passage: str) -> str:
        wording = self.templates.rewrite
        asked = {
            "shorten": wording.shorten,
            "expand": wording.expand,
            "rephrase": wording.rephrase,
            "tone": wording.tone,
            "own": wording.own,
        }[wish.how]
        tone = wording.tones.get(wish.words.casefold(), wish.words)
        has = count_words(passage)
        wished = max(1, round(_SHARES[wish.how][1] * has))
        return fill(asked, {"HAS": str(has), "WORDS": str(wished), "TONE": tone, "WISH": wish.words.rstrip(".。")})


@dataclass
class _PartRewriter(_Rewriter):
    """Writes a part of a sentence anew; ``text`` is what a reply has added to the beginning of the sentence."""

    part: SentencePart

    def __post_init__(self) -> None:
        super().__post_init__()
        self.behind = count_words(self.part.tail)
        self.new = ""
        self.whole = ""
        """The first whole sentence that was written, for want of a part that fits."""

    def run(self) -> Generator[RewriteEvent, None, None]:
        stop_reason = "length"
        for attempt in range(_REPLIES_AT_MOST):
            self.text = self.new = ""
            stop_reason = yield from self._reply(attempt)
            if stop_reason == "end":
                self._look(ended=True)
            if self.new:
                text = joined(self.edges, self.new, is_sentence=self.is_sentence)
                yield self._finished(self.passage, text, stop_reason)
                return
            self.whole = self.whole or self._whole()
        passage = self.part.whole if self.whole else self.passage
        yield self._finished(passage, self.whole or passage.text, stop_reason)

    def _put(self, more: str) -> Generator[RewriteEvent, None, None]:
        for bracket in self.templates.rewrite.part.brackets:
            if bracket not in self.part.whole.text:
                more = more.replace(bracket, "")
        self.text += more if self.text or self.part.head else more.lstrip()
        if shown := (self.new or self.text).strip():
            yield RewriteGrew(self.edges.before + shown)

    def _end(self, seen: int) -> str:
        del seen  # where the sentence comes back to its end is looked for in all of it
        self._look(ended=False)
        if self.new:
            return "target"
        said = len(sentence_ends(self.text))
        most = sentences_in(self.edges.core + self.part.tail)
        astray = said > most or count_words(self.text) > 2 * self.most + self.behind
        # A passage that is expanded may well begin with the old one.
        return "overlong" if astray or (self.wish.how != "expand" and self._has_old_passage()) else ""

    def _has_old_passage(self) -> bool:
        """Whether the reply says the old passage again, word for word."""
        return self.edges.core.casefold() in self.text.casefold()

    def _look(self, *, ended: bool) -> None:
        """Finds the new passage in what is written, once it is there and as it should be."""
        sentences = 1 if self.wish.how == "shorten" else sentences_in(self.edges.core)
        new = self.part.new_passage(self.text, sentences, ended=ended)
        if new is not None and self._is_of_use(new):
            self.new = new

    def _is_of_use(self, new: str) -> bool:
        words = count_words(new)
        if not words or new.casefold().rstrip(".。") == self.edges.core.casefold().rstrip(".。"):
            return False
        return words > self.has if self.wish.how == "expand" else words <= self.most

    def _whole(self) -> str:
        """The whole sentence, where the reply has brought another one to an end."""
        old = self.part.whole.text
        written = up_to_end(self._begun(), sentences_in(old), ended=True)
        if written is None or not ends_sentence(written) or self._has_old_passage():
            return ""
        share = count_words(written) / count_words(old)
        most = 1 if self.wish.how == "shorten" else math.inf
        least = 1 if self.wish.how == "expand" else _SHARES[self.wish.how][0]
        return written if least <= share < most else ""

    def _sampling(self, attempt: int) -> Sampling:
        """With a push away from the old passage, which small models like to say again."""
        if not attempt:
            return self.sampling
        space = " " if self.part.head[-1:].isspace() else ""
        first_word = space + self.edges.core.split(maxsplit=1)[0]
        return replace(
            self.sampling,
            temperature=self.sampling.temperature + _HOTTER * attempt,
            logit_bias=(*self.sampling.logit_bias, (first_word, _OTHER_WORD * attempt)),
        )

    def _longest(self) -> float:
        return super()._longest() + self.behind

    def _is_one_line(self) -> bool:
        return "\n" not in self.edges.core

    def _begun(self) -> str:
        return self.part.head.rstrip() + self.text

    def _frame(self) -> _Frame:
        wording, part = self.templates.rewrite.part, self.part
        opening, closing = wording.brackets
        sentence = f"{part.head}{opening}{self.edges.core}{closing}{part.tail}"
        example_core = wording.sentence.partition(opening)[2].partition(closing)[0]
        return _Frame(wording.prompt, wording.sentence, example_core, wording.answers, part.whole, sentence)
