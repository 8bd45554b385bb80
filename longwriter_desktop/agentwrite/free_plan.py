"""Free planning: a capable model writes the whole plan in AgentWrite's form; what it wrote is checked and mended.

The wording is after the paper's own prompt (Bai et al. 2024, appendix B).
"""

import math
from collections.abc import Generator
from dataclasses import replace
from itertools import pairwise

from longwriter_desktop.agentwrite.engine import Engine, Message, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.agentwrite.events import PlanEvent, StepDrafted
from longwriter_desktop.agentwrite.plan_lines import clean_line, is_new
from longwriter_desktop.agentwrite.plan_text import has_plan_form, parse_plan
from longwriter_desktop.agentwrite.targets import LONGEST_PARAGRAPH, least_target
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.agentwrite.whole_points import first_sentence, mended_point
from longwriter_desktop.document.outline import Step
from longwriter_desktop.errors import PromptTooLong

_LINE_TOKENS = 100
_SPARE_TOKENS = 200


def draft_plan(
    engine: Engine, messages: tuple[Message, ...], paragraphs: int, sampling: Sampling
) -> Generator[PlanEvent, None, tuple[str, bool, Usage]]:
    """The model's plan as it wrote it, streamed as `StepDrafted`; "" when the question does not fit its context.

    With it comes whether its last line was cut off by the limit of tokens. The model is stopped when it goes on for
    twice as many lines as were asked for.
    """
    asked = replace(sampling, max_tokens=_LINE_TOKENS * paragraphs + _SPARE_TOKENS, min_tokens=8, stop=())
    text, finished, is_cut = "", 0, False
    before = engine.usage
    try:
        for event in engine.generate(Prompt(messages), asked):
            if isinstance(event, TextChunk):
                text += event.text
                if "\n" in event.text:
                    whole = text[: text.rindex("\n")]
                    finished = len(parse_plan(whole)) if has_plan_form(whole) else 0
                current = parse_plan(text[text.rfind("\n") + 1 :])
                if current and has_plan_form(text):
                    yield StepDrafted(finished + 1, clean_line(current[0].main_point))
                if finished > 2 * paragraphs:
                    break
            elif isinstance(event, ReplyFinished):
                is_cut = event.reason == "length"
            else:
                yield event
    except PromptTooLong:
        return "", False, Usage()
    return text, is_cut and not text.endswith("\n"), engine.usage - before


def usable_steps(text: str, total: int, *, is_cut: bool = False) -> tuple[Step, ...]:
    """The steps of a plan that a model wrote, for a text of ``total`` words; () when it wrote none.

    ``is_cut`` says that its last line was cut off. Left out are placeholders, steps too vague to write from and
    those that say what an earlier one says. A main point keeps the whole sentences that are not too much for a line:
    a capable model's second one often names a topic. Where there are more steps than ``total`` words allow, the
    shortest neighbours are joined.
    """
    if not has_plan_form(text):
        return ()
    kept: list[Step] = []
    steps = parse_plan(text)
    for step in steps:
        point = clean_line(step.main_point)
        point = first_sentence(point, is_cut=True) if is_cut and step is steps[-1] else mended_point(point)
        if not is_vague(point) and is_new(point, [each.main_point for each in kept]):
            kept.append(replace(step, main_point=point))
    given = [step.words for step in kept if step.words]
    usual = round(sum(given) / len(given)) if given else 1
    weighed = [replace(step, words=step.words or usual) for step in kept]
    return tuple(_joined(weighed, max(1, total // least_target(total))))


def least_steps(total: int, paragraphs: int) -> int:
    """With fewer steps a plan lacks lines: for the word targets' range, or for half of what was asked for."""
    return max(math.ceil(total / LONGEST_PARAGRAPH), math.ceil(paragraphs / 2))


def _joined(steps: list[Step], most: int) -> list[Step]:
    while len(steps) > most:
        sums = [first.words + second.words for first, second in pairwise(steps)]
        place = sums.index(min(sums))
        first, second = steps[place : place + 2]
        point = f"{first.main_point.rstrip('.。;；')}; {second.main_point}"
        both = replace(first, main_point=mended_point(point), words=first.words + second.words)
        steps[place : place + 2] = [both]
    return steps
