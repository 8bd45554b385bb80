"""Guided planning: the app holds the frame of a plan, and the model fills in one line after another.

Small models cannot be trusted with the form of a plan, its length or its sums. A line is its first sentence. One
that says what an earlier one said, or what the worked example says, is asked for again, then with a title given;
what still says nothing new is replaced by a spare line (see `prompts.SpareLines`), so that any model gives a plan
of different lines. What the instruction names to be covered, and no line has taken up when its turn comes, is the
title of the next line.
"""

import math
import re
from collections.abc import Generator
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.coverage import missed_topics
from longwriter_desktop.agentwrite.engine import Engine, Message, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.agentwrite.events import PlanEvent, StepDrafted
from longwriter_desktop.agentwrite.headings import split_main_point
from longwriter_desktop.agentwrite.prompts import PlanExample, SpareLines
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.agentwrite.whole_points import first_sentence, has_whole_sentence
from longwriter_desktop.agentwrite.worked_example import is_from_example
from longwriter_desktop.document.counting import chinese_share, count_words

_FREE_TRIES = 3
_TRIES = 5
_LINE_TOKENS = 90
_SEED_STEP = 7919
SEED_LIMIT = 2**32
_NO_LINE = 3.0
_LOAN = 1.0


@dataclass(frozen=True, slots=True)
class LineRequest:
    """What the lines of one plan (or of one chapter) are asked with.

    ``numbers`` are those of the lines in the whole plan, where the outline shows them. ``taken`` are lines from
    elsewhere that are not to be said again; ``spare`` is what stands in for a line that says nothing new, and
    ``alone`` for the line of a plan that has only one. ``topics`` are to be taken up by the lines, and nothing is
    to come from ``example``, the worked example in ``messages``, that is not in the ``instruction``.
    """

    messages: tuple[Message, ...]
    sampling: Sampling
    spare: SpareLines
    taken: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    alone: str = ""
    instruction: str = ""
    example: PlanExample | None = None
    topics: tuple[str, ...] = ()

    def number(self, place: int) -> int:
        """The number in the whole plan of the line at ``place`` (from 1)."""
        return self.numbers[place - 1] if self.numbers else place


def fill_lines(
    engine: Engine, request: LineRequest, count: int, given: tuple[str, ...] = ()
) -> Generator[PlanEvent | str, None, Usage]:
    """Yields the lines of a plan that are missing to ``count``, in order, and events between them.

    ``given`` are the first lines, as far as they are there already.
    """
    lines = list(given)
    usage = Usage()
    while len(lines) < count:
        line, spent = yield from _fill_line(engine, request, lines, _topic_due(request.topics, lines, count))
        usage += spent
        lines.append(line)
        yield line
    return usage


def _topic_due(topics: tuple[str, ...], lines: list[str], count: int) -> str:
    """The title that the next of ``count`` lines is given so that all topics find a place, in their order; or ""."""
    missed = missed_topics(topics, lines)
    place = len(lines) + 1
    if not missed or len(topics) - len(missed) >= len(topics) * place // count:
        return ""
    together = missed[: math.ceil(len(missed) / (count - place + 1))]
    if chinese_share(together[0]) > 0.5:
        return f"{'、'.join(together)}："
    title = " and ".join(filter(None, (", ".join(together[:-1]), together[-1])))
    return f"{title[:1].upper()}{title[1:]}:"


def _fill_line(
    engine: Engine, request: LineRequest, lines: list[str], topic: str
) -> Generator[PlanEvent | str, None, tuple[str, Usage]]:
    """One line of the plan: the first try that says something new, else the least repetitive one."""
    place = len(lines) + 1
    before = "".join(f"{number}. {line}\n" for number, line in enumerate(lines, start=1))
    planned = [*lines, *request.taken]
    avoided = planned + _lines_of_example(request.messages)
    best, best_fault, usage = "", _NO_LINE, Usage()
    for attempt in range(_TRIES):
        title = topic or ("" if attempt < _FREE_TRIES else _spare_title(request.spare, place + attempt, avoided))
        tried = _sampling_of_try(request, place, attempt)
        prompt = Prompt(request.messages, f"{before}{place}. {title}" if title else f"{before}{place}.")
        line, spent = yield from _stream_line(engine, prompt, tried, request.number(place), title)
        usage += spent
        fault = _fault(line, avoided) + (_LOAN if _is_loan(line, request) else 0.0)
        if fault < best_fault:
            best, best_fault = line, fault
        if fault < NEAR_IDENTICAL:
            break
    if is_vague(best) or not is_new(best, planned) or _is_loan(best, request):
        best = _with_topic(topic, request.spare, planned) if topic else ""
        best = best or request.alone or spare_line(request.spare, place, planned)
    return best, usage


def _is_loan(line: str, request: LineRequest) -> bool:
    return request.example is not None and is_from_example(line, request.instruction, request.example)


def _with_topic(title: str, spare: SpareLines, planned: list[str]) -> str:
    """A line on a topic that the model has nothing to say about, and that no line says; "" when there is none."""
    gap = "" if title.endswith("：") else " "
    made = [title.rstrip(":："), *(f"{title}{gap}{view}" for view in spare.views)]
    return next((line for line in made if not is_vague(line) and is_new(line, planned)), "")


def _sampling_of_try(request: LineRequest, place: int, attempt: int) -> Sampling:
    return replace(
        request.sampling,
        temperature=min(1.0, request.sampling.temperature + 0.15 * attempt),
        seed=(request.sampling.seed + _SEED_STEP * request.number(place) + attempt) % SEED_LIMIT,
        max_tokens=_LINE_TOKENS,
        min_tokens=4,
        stop=("\n",),
    )


def _stream_line(
    engine: Engine, prompt: Prompt, sampling: Sampling, number: int, title: str
) -> Generator[PlanEvent | str, None, tuple[str, Usage]]:
    """The line, up to the end of its first sentence: what the model would go on with is not waited for."""
    text, is_cut = "", False
    before = engine.usage
    for event in engine.generate(prompt, sampling):
        match event:
            case TextChunk(text=more):
                text += more
                line = clean_line(title + text)
                if has_whole_sentence(line):
                    yield StepDrafted(number, first_sentence(line))
                    break
                yield StepDrafted(number, line)
            case ReplyFinished(reason=reason):
                is_cut = reason == "length"
            case _:
                yield event
    return first_sentence(clean_line(title + text), is_cut=is_cut), engine.usage - before


def _lines_of_example(messages: tuple[Message, ...]) -> list[str]:
    replies = [message.content for message in messages if message.role == "assistant"]
    return [clean_line(line) for reply in replies for line in reply.splitlines()]


def _fault(line: str, taken: list[str]) -> float:
    """How unfit a line is for the plan, from 0.0: likeness to a line that is there, no title, too few words."""
    if is_vague(line):
        return _NO_LINE - 0.1 * min(4, count_words(line))
    heading, _ = split_main_point(line)
    alike = max((similarity(line, each) for each in taken), default=0.0)
    same_title = any(heading.casefold() == split_main_point(each)[0].casefold() for each in taken)
    return alike + (0.0 if heading else 0.5) + (0.5 if heading and same_title else 0.0)


def is_new(line: str, lines: list[str]) -> bool:
    """Whether ``line`` says what none of ``lines`` says."""
    return all(similarity(line, each) < NEAR_IDENTICAL for each in lines)


def spare_line(spare: SpareLines, place: int, lines: list[str]) -> str:
    """A spare line that says what none of ``lines`` says; ``place`` (from 1) is where in the store to begin.

    Each line is used once before any comes again with another view.
    """
    count = len(spare.lines) * len(spare.views)
    made = [_with_view(spare, (place - 1 + step) % count) for step in range(count)]
    return next((line for line in made if is_new(line, lines)), made[0])


def _with_view(spare: SpareLines, index: int) -> str:
    line = spare.lines[index % len(spare.lines)]
    view = spare.views[(index + index // len(spare.lines)) % len(spare.views)]
    return f"{line}，{view}" if chinese_share(line) > 0.5 else f"{line}, {view}"


def _spare_title(spare: SpareLines, place: int, lines: list[str]) -> str:
    """The title of a spare line, with its colon, that no line has."""
    titles = {split_main_point(line)[0].casefold() for line in lines}
    for step in range(len(spare.lines)):
        line = spare.lines[(place - 1 + step) % len(spare.lines)]
        if split_main_point(line)[0].casefold() not in titles:
            return re.split("(?<=[:：])", line, maxsplit=1)[0]
    return ""


def clean_line(line: str) -> str:
    """A planned line without numbers, labels, brackets, Markdown signs or word counts around it."""
    line = " ".join(line.split())
    line = re.sub(r"^(?:\(?\d{1,3}[.):、]\s*|[-*•]\s+|\*\*)+", "", line)
    line = re.sub(r"^(?:paragraph|part|chapter|section)\s+\d+\s*[:.\-–—]\s*", "", line, flags=re.IGNORECASE)
    line = re.sub(r"^(?:第?[\d一二三四五六七八九十]+部分|部分\d+)\s*[:：]\s*", "", line)
    line = line.replace("**", "").strip(" \t[]")
    line = re.sub(
        r"\s*[-–—(,，（]*\s*(?:(?:word count|字数)\s*[:：]\s*)?(?:about\s+|约)?\d[\d,]*\s*(?:words|字)[)）.]?\s*$",
        "",
        line,
        flags=re.IGNORECASE,
    )
    return line.strip(" \t-–—,，;；")
