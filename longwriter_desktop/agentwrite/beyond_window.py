"""Beyond the window: what a prompt leaves out when instruction, plan and text do not fit the model's context.

Kept are the beginning of the document, its end and the plan; for the sections between, their summaries stand (see
`summaries`). Sections are left out in strides: the prompt grows until the context is full, then falls to 65 % of
it, so that what stands before stays the same for as many sections as possible and need not be read again.

What a section's prompts leave out follows from the document before it and from the engine alone: the strides are
replayed from the first section. So going on after a pause, or on another day, leaves out the same.
"""

import math
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from longwriter_desktop.agentwrite.engine import Engine, Heartbeat, ModelLoading, Progress, Prompt, Sampling
from longwriter_desktop.agentwrite.prompts import Ask, Layout, Omission, PromptTemplates, write_prompt
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import PromptTooLong

MORE_THAN_ANY_CONTEXT = 2**31 - 1
"""Tokens of a reply that no engine has room for: asked for it, an engine says how long the prompt is, and no more."""

_FILL = 0.65
"""Of the room for the prompt, the share that it takes after a stride: the rest is for the sections to come."""
_SHARE_OF_REPLY = 1 / 3
_SHARE_OF_SUMMARIES = 0.2
_SHARE_OF_PLAN = 0.4
"""Of the context, what the plan may take before only the lines near the present section are given."""
_SHARE_OF_NEAR_LINES = 0.25
_SUMMARY_TOKENS = 55
"""What a summary is reckoned with, made or not, so that making it changes nothing."""
_TOKENS_A_WORD = 3
_SPARE_TOKENS = 64
_TEMPLATE_TOKENS = 256
"""What chat templates may put around the messages, at most; for each message `_SPARE_TOKENS` more."""
_STEP = 1.1
_STEPS = 12
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\u3000-\u303f]")
_MESSAGE = 8
_CHARACTERS_A_TOKEN = 4


def estimated_tokens(text: str) -> float:
    """About how many tokens a text has, for comparing texts: four characters each, a Chinese one is one by itself."""
    eastern = len(_EASTERN.findall(text))
    return eastern + (len(text) - eastern) / _CHARACTERS_A_TOKEN


@dataclass
class View:
    """What the prompts for the section at ``index`` show of ``document``.

    ``omission`` is what they leave out now, None for nothing; `look` settles it before the first prompt, and
    `narrow` leaves out more when the engine has no room even so.
    """

    document: Document
    index: int
    templates: PromptTemplates
    layout: Layout
    omission: Omission | None = None
    context_tokens: int = 0
    _omissions: Iterator[Omission] | None = field(default=None, init=False)
    _tried: set[Omission | None] = field(default_factory=set, init=False)

    @property
    def longest_reply(self) -> int:
        """The room that is kept for a reply, in tokens."""
        if not self.context_tokens:
            return MORE_THAN_ANY_CONTEXT
        return max(1, int(_SHARE_OF_REPLY * self.context_tokens))

    @property
    def sections_left_out(self) -> tuple[int, int] | None:
        """The numbers, from 1, of the first and the last section whose text is left out."""
        omission = self.omission or Omission(0, 0)
        places = [
            place
            for place, section in enumerate(self.document.sections[: self.index])
            if omission.leaves_out(place) and section.text.strip()
        ]
        return (places[0] + 1, places[-1] + 1) if places else None

    def look(self, engine: Engine, sampling: Sampling) -> Generator[Progress, None, None]:
        """Settles what is left out, as at the section's beginning, however far the section is.

        Where that is not plain, the engine is asked how long the prompt is. Raises whatever it raises, but not
        PromptTooLong.
        """
        self.context_tokens = engine.context_tokens
        prompt = self._prompt(None)
        if self.context_tokens:
            if _most_tokens(prompt) + self._reply_tokens() <= self.context_tokens:
                return
        elif not any(section.text.strip() for section in self.document.sections[: self.index]):
            return
        full = yield from _measured(engine, prompt, sampling)
        if full is None:
            return
        self.context_tokens = full.context_tokens
        if full.prompt_tokens + self._reply_tokens() > full.context_tokens:
            self._omissions = self._from_the_mildest(full.prompt_tokens / _estimate(prompt))
            self.omission = next(self._omissions, None)

    def narrow(self, full: PromptTooLong, prompt: Prompt) -> None:
        """Leaves out more, after ``prompt`` was too long. Raises ``full`` when nothing more can be left out."""
        self.context_tokens = full.context_tokens
        if self._omissions is None:
            self._omissions = self._from_the_mildest(full.prompt_tokens / _estimate(prompt))
        self._tried.add(self.omission)
        for omission in self._omissions:
            if omission not in self._tried:
                self.omission = omission
                return
        raise full

    def _prompt(self, omission: Omission | None, index: int | None = None) -> Prompt:
        place = self.index if index is None else index
        ask = Ask(place, self.document.sections[place].word_target)
        return write_prompt(self.document, ask, self.templates, layout=self.layout, omission=omission)

    def _reply_tokens(self) -> int:
        """Room for the longest section of the plan, the same for each of them: so the strides do not depend on it."""
        longest = max(section.word_target for section in self.document.sections)
        return min(_TOKENS_A_WORD * longest + _SPARE_TOKENS, self.longest_reply)

    def _from_the_mildest(self, density: float) -> Iterator[Omission]:
        """What could be left out, each time more. ``density``: tokens for each that was estimated.

        It is rounded up to a step, because a text's tokens are not always cut in the same way.
        """
        step = math.ceil(math.log(max(density, 0.01) * 1.02, _STEP))
        for finer in range(_STEPS):
            if (omission := self._replayed(_STEP ** (step + finer))) is not None:
                yield omission
        yield from self._harder(_STEP**step)

    def _harder(self, density: float) -> Iterator[Omission]:
        """Without the summaries; then with a part of the plan; then without the beginning; then without any text."""
        last, near = max(1, self.index - 1), self._near_lines(density)
        if last > 1:
            yield Omission(1, last, told=last)
        if near is not None:
            yield Omission(1, last, told=last, plan=near)
        if self.index:
            yield Omission(0, self.index - 1, told=last, plan=near)
            yield Omission(0, self.index, told=self.index, plan=near)
        if near is not None:
            yield Omission(0, self.index, told=self.index, plan=near, chapters=False)

    def _replayed(self, density: float) -> Omission | None:
        """What is left out by the strides up to the present section; None for nothing."""
        context = self.context_tokens / density
        room = (self.context_tokens - self._reply_tokens()) / density
        near = None
        frame = _estimate(self._prompt(None, 0))
        if frame > _SHARE_OF_PLAN * context:
            near = self._near_lines(density)
            frame = _estimate(self._prompt(Omission(0, 0, plan=near), 0))
        most_told = int(_SHARE_OF_SUMMARIES * context / _SUMMARY_TOKENS)
        end = left_out_up_to(self._sizes(), frame=frame, room=room, summary=_SUMMARY_TOKENS, most_told=most_told)
        if end == 1 and near is None:
            return None
        return Omission(1, end, told=max(1, end - most_told), plan=near)

    def _sizes(self) -> list[float]:
        """What each section before the present one takes in a prompt, in estimated tokens."""
        turn = estimated_tokens(self.templates.conversation_step) if self.layout == "conversation" else 0.0
        return [
            estimated_tokens(f"{section.heading} {section.main_point} {section.direction} {section.text}") + turn
            if section.text.strip()
            else 0.0
            for section in self.document.sections[: self.index]
        ]

    def _near_lines(self, density: float) -> range | None:
        """The lines of the plan around the present section, in blocks that stay for several; None for all."""
        plan = self.document.plan_at_start or self.document.steps
        whole = sum(estimated_tokens(step.main_point) + _MESSAGE for step in plan)
        lines = _SHARE_OF_NEAR_LINES * self.context_tokens / density / (whole / len(plan))
        block = max(2, int(lines / 3))
        first = max(0, (self.index // block - 1) * block)
        near = range(first, min(len(plan), (self.index // block + 2) * block))
        return None if len(near) >= len(plan) else near


def left_out_up_to(sizes: list[float], *, frame: float, room: float, summary: float, most_told: int) -> int:
    """Where the kept text goes on behind the first section: sections from 1 up to there are left out, 1 for none.

    ``sizes`` are those of the sections written so far, ``frame`` is what instruction and plan take, ``room`` what a
    prompt may take; for each section left out, up to ``most_told``, there is a ``summary``. All in the same unit.
    The last section is always kept.
    """
    behind = list(accumulate(sizes, initial=0.0))
    end = 1
    for index in range(2, len(sizes) + 1):

        def prompt(end: int, index: int = index) -> float:
            return frame + behind[1] + min(end - 1, most_told) * summary + behind[index] - behind[end]

        if prompt(end) > room:
            while end < index - 1 and prompt(end) > _FILL * room:
                end += 1
    return end


def _measured(engine: Engine, prompt: Prompt, sampling: Sampling) -> Generator[Progress, None, PromptTooLong | None]:
    """Has the engine say how long the prompt is, without reading it; None from one that has room for everything."""
    events = engine.generate(prompt, replace(sampling, max_tokens=MORE_THAN_ANY_CONTEXT))
    try:
        for event in events:
            if not isinstance(event, ModelLoading | Heartbeat):
                return None
            yield event
    except PromptTooLong as full:
        return full
    finally:
        if isinstance(events, Generator):
            events.close()
    return None


def _estimate(prompt: Prompt) -> float:
    texts = (*(message.content for message in prompt.messages), prompt.reply_prefix)
    return sum(estimated_tokens(text) + _MESSAGE for text in texts)


def _most_tokens(prompt: Prompt) -> int:
    """More tokens than the prompt can have: no vocabulary needs more than one for a byte."""
    texts = (*(message.content for message in prompt.messages), prompt.reply_prefix)
    return sum(len(text.encode("utf-8", "replace")) + _SPARE_TOKENS for text in texts) + _TEMPLATE_TOKENS
