"""Planning: from an instruction to an outline with word targets.

The app knows the asked length, decides how many paragraphs of 200 to 1,000 words that makes, and gives the
words. The lines come from the model, in one of two ways: "guided", one after another (`plan_lines`), or "free",
all at once, checked and mended (`free_plan`). Both take up what the instruction names to be covered. Above 50
paragraphs, where the original gives up, chapters are planned first and then each chapter's paragraphs with the
other chapters in view, both guided.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.coverage import (
    best_line,
    is_closing,
    missed_topics,
    topics_in_language,
    with_topic,
)
from longwriter_desktop.agentwrite.engine import Engine, Message, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.agentwrite.events import (
    ChapterPlanned,
    PlanEvent,
    PlanFinished,
    RequestUnderstood,
    StepPlanned,
)
from longwriter_desktop.agentwrite.free_plan import draft_plan, least_steps, usable_steps
from longwriter_desktop.agentwrite.headings import split_main_point, title_from
from longwriter_desktop.agentwrite.plan_lines import SEED_LIMIT, LineRequest, clean_line, fill_lines
from longwriter_desktop.agentwrite.prompts import (
    Planning,
    PromptTemplates,
    chapter_messages,
    example_for,
    free_plan_messages,
    kind_of,
    plan_messages,
    spare_for,
    title_messages,
)
from longwriter_desktop.agentwrite.request import Language, understand
from longwriter_desktop.agentwrite.targets import (
    DEFAULT_WORDS,
    MOST_IN_ONE_LEVEL,
    bounded_shares,
    chapter_count,
    least_target,
    paragraph_count,
    planned_targets,
)
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.agentwrite.worked_example import is_from_example
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.outline import Step
from longwriter_desktop.errors import InputProblem

_SUBJECT_CHARACTERS = 200
_TITLE_TRIES = 3


def plan(
    instruction: str,
    engine: Engine,
    templates: PromptTemplates,
    *,
    words: int | None = None,
    sampling: Sampling | None = None,
    planning: Planning = "guided",
) -> Generator[PlanEvent, None, None]:
    """Plans a text; the last event is `PlanFinished`, whose steps' word targets add up to the asked length.

    ``words`` overrides the length that the instruction names. Raises InputProblem for an instruction
    without words, and whatever the engine raises.
    """
    instruction = instruction.strip()
    if not count_words(instruction):
        raise InputProblem("There is no instruction. Say in a sentence what is to be written, then plan again.")
    understood = _understood(instruction, words, templates)
    yield understood
    planner = _Planner(instruction, engine, templates, sampling or Sampling(), understood.word_target)
    if understood.paragraphs > MOST_IN_ONE_LEVEL:
        yield from planner.in_two_levels(understood.paragraphs)
    elif planning == "free" and understood.paragraphs > 1:
        yield from planner.freely(understood.paragraphs)
    else:
        yield from planner.line_by_line(understood.paragraphs)
    title = yield from planner.title()
    yield PlanFinished(title, tuple(planner.planned), planner.usage)


def _understood(instruction: str, words: int | None, templates: PromptTemplates) -> RequestUnderstood:
    request = understand(instruction)
    total = words or request.words or DEFAULT_WORDS
    paragraphs = paragraph_count(total)
    if request.words == total:
        return RequestUnderstood(total, templates.language, paragraphs, "instruction", request.evidence)
    return RequestUnderstood(total, templates.language, paragraphs, "person" if words else "default")


@dataclass
class _Planner:
    """One plan in the making: the steps that are settled, and what they cost."""

    instruction: str
    engine: Engine
    templates: PromptTemplates
    sampling: Sampling
    total: int

    def __post_init__(self) -> None:
        self.planned: list[StepPlanned] = []
        self.usage = Usage()
        self._spare = spare_for(self.instruction, self.templates)
        self._example = example_for(self.instruction, self.templates)
        self._topics = topics_in_language(self.instruction, chinese=self.templates.language == "zh")

    def line_by_line(self, paragraphs: int) -> Iterator[PlanEvent]:
        """The guided way."""
        yield from self._filled((), planned_targets(self.total, paragraphs))

    def freely(self, paragraphs: int) -> Iterator[PlanEvent]:
        """The free way; lines that are missing are filled in the guided way, all of them where nothing parses."""
        messages = free_plan_messages(self.instruction, self.templates, words=self.total, paragraphs=paragraphs)
        text, is_cut, spent = yield from draft_plan(self.engine, messages, paragraphs, self.sampling)
        self.usage += spent
        steps = usable_steps(text, self.total, is_cut=is_cut)[:MOST_IN_ONE_LEVEL]
        if not steps:
            yield from self.line_by_line(paragraphs)
            return
        count = len(steps) if len(steps) >= least_steps(self.total, paragraphs) else max(paragraphs, len(steps))
        lines = [step.main_point for step in steps]
        missed = missed_topics(self._topics, lines)
        room = min(self.total // least_target(self.total), MOST_IN_ONE_LEVEL) - len(steps)
        if room > 0:
            count = max(count, len(steps) + min(len(missed), room))
        else:
            for topic in missed:
                place = best_line(topic, lines) or 0
                lines[place] = with_topic(lines[place], topic)
        usual = sum(step.words for step in steps) / len(steps)
        weights = [float(step.words) for step in steps]
        closing = int(count > len(steps) > 1 and is_closing(lines[-1]))
        place = len(steps) - closing
        weights[place:place] = [usual] * (count - len(steps))
        targets = bounded_shares(self.total, weights)
        yield from self._filled(tuple(lines[:place]), targets, tuple(lines[place:]))

    def in_two_levels(self, paragraphs: int) -> Iterator[PlanEvent]:
        """Chapters first, with their shares of the words, then the paragraphs of each.

        While chapters are made, each is shown where its first paragraph will stand, which later has its heading.
        """
        targets = planned_targets(self.total, paragraphs)
        counts = _shared_out(paragraphs, chapter_count(paragraphs))
        starts = [sum(counts[:place]) for place in range(len(counts))]
        shares = [sum(targets[start : start + count]) for start, count in zip(starts, counts, strict=True)]
        chapters: list[Step] = []
        messages = plan_messages(
            self.instruction, self.templates, paragraphs=len(counts), words_each=round(self.total / len(counts))
        )
        numbers = tuple(start + 1 for start in starts)
        request = self._request(messages, numbers=numbers, topics=self._topics)
        for line in self._lines(request, len(counts)):
            if not isinstance(line, str):
                yield line
                continue
            heading, main_point = split_main_point(line)
            chapters.append(Step(len(chapters) + 1, main_point, shares[len(chapters)]))
            yield ChapterPlanned(chapters[-1], heading, len(counts))
        for chapter, start, count in zip(chapters, starts, counts, strict=True):
            yield from self._paragraphs_of(chapter, tuple(chapters), targets[start : start + count])

    def _paragraphs_of(self, chapter: Step, chapters: tuple[Step, ...], targets: list[int]) -> Iterator[PlanEvent]:
        messages = chapter_messages(self.instruction, chapters, chapter.number, self.templates, paragraphs=len(targets))
        first = len(self.planned) + 1
        request = self._request(
            messages,
            taken=tuple(each.step.main_point for each in self.planned),
            numbers=tuple(range(first, first + len(targets))),
        )
        heading = split_main_point(chapter.main_point)[0] or chapter.main_point
        made = 0
        for line in self._lines(request, len(targets)):
            if isinstance(line, str):
                _, main_point = split_main_point(line)
                yield self._settled(main_point, targets[made], heading if made == 0 else "")
                made += 1
            else:
                yield line

    def _filled(self, given: tuple[str, ...], targets: list[int], closing: tuple[str, ...] = ()) -> Iterator[PlanEvent]:
        """Settles the ``given`` lines, fills in those that are missing to the number of ``targets``, and closes."""
        count = len(targets)
        yield from [self._with_heading(line, targets) for line in given]
        messages = plan_messages(
            self.instruction, self.templates, paragraphs=count, words_each=round(self.total / count)
        )
        alone = self._whole_subject() if count == 1 else ""
        topics = missed_topics(self._topics, (*given, *closing)) if given else self._topics
        request = self._request(messages, alone=alone, taken=closing, topics=topics)
        for line in self._lines(request, count - len(closing), given):
            yield self._with_heading(line, targets) if isinstance(line, str) else line
        yield from [self._with_heading(line, targets) for line in closing]

    def _request(
        self,
        messages: tuple[Message, ...],
        *,
        numbers: tuple[int, ...] = (),
        taken: tuple[str, ...] = (),
        alone: str = "",
        topics: tuple[str, ...] = (),
    ) -> LineRequest:
        return LineRequest(
            messages, self.sampling, self._spare, taken, numbers, alone, self.instruction, self._example, topics
        )

    def _whole_subject(self) -> str:
        """What the text is about, as the one line of a plan: from the instruction, filled up where that is short."""
        title = title_from(self.instruction)
        short = " ".join(self.instruction.split())[:_SUBJECT_CHARACTERS]
        filled = f"{title}: {re.split('[:：]', self._spare.lines[0], maxsplit=1)[-1].strip()}"
        return next((each for each in (title, short) if not is_vague(each)), filled)

    def _with_heading(self, line: str, targets: list[int]) -> StepPlanned:
        heading, main_point = split_main_point(line)
        known = {each.heading.casefold() for each in self.planned}
        heading = "" if heading.casefold() in known else _heading_for(self.instruction, heading, len(targets))
        return self._settled(main_point, targets[len(self.planned)], heading)

    def _settled(self, main_point: str, words: int, heading: str) -> StepPlanned:
        self.planned.append(StepPlanned(Step(len(self.planned) + 1, main_point, words), heading))
        return self.planned[-1]

    def _lines(self, request: LineRequest, count: int, given: tuple[str, ...] = ()) -> Iterator[PlanEvent | str]:
        self.usage += yield from fill_lines(self.engine, request, count, given)

    def title(self) -> Generator[PlanEvent, None, str]:
        """A title from the model when it gives a usable one, else one from the instruction.

        A small model may give the worked example's title again, or speak of what that is about; it is asked anew.
        """
        shown = [each for each in self.planned if each.heading or len(self.planned) <= MOST_IN_ONE_LEVEL]
        lines = "\n".join(
            f"{number}. {each.step.main_point if len(shown) == len(self.planned) else each.heading}"
            for number, each in enumerate(shown, start=1)
        )
        prompt = Prompt(title_messages(self.instruction, lines, self.templates))
        for attempt in range(_TITLE_TRIES):
            title = clean_line((yield from self._titled(prompt, attempt))).strip("\"'“”‘’《》.。")
            if not is_from_example(title, self.instruction, self._example):
                usable = 1 <= count_words(title) <= (24 if self.templates.language == "zh" else 14)
                return title if usable else title_from(self.instruction)
        return title_from(self.instruction)

    def _titled(self, prompt: Prompt, attempt: int) -> Generator[PlanEvent, None, str]:
        asked = replace(self.sampling, max_tokens=40, min_tokens=2, stop=("\n",))
        if attempt:
            hotter = min(1.0, asked.temperature + 0.15 * attempt)
            asked = replace(asked, seed=(asked.seed + attempt) % SEED_LIMIT, temperature=hotter)
        text = ""
        for event in self.engine.generate(prompt, asked):
            match event:
                case TextChunk(text=more):
                    text += more
                case ReplyFinished():
                    self.usage += event.usage
                case _:
                    yield event
        return text


def _shared_out(count: int, among: int) -> list[int]:
    """``count`` things in ``among`` groups of nearly the same size, the larger ones in the middle."""
    each, rest = divmod(count, among)
    groups = [each] * among
    for step in range(rest):
        groups[(among - rest) // 2 + step] += 1
    return groups


def _heading_for(instruction: str, heading: str, paragraphs: int) -> str:
    """Headings divide a factual text; a short story or a speech runs on without them."""
    if paragraphs < 2:
        return ""
    runs_on = kind_of(instruction) == "fiction" and paragraphs < 8
    spoken = re.search(
        r"\b(?:speech|letter|email|rap|response|toast)\b|演讲|发言|信$|申请信|致辞", instruction, re.IGNORECASE
    )
    return "" if runs_on or spoken else heading


def language_of(instruction: str, chosen: str) -> Language:
    """The language to plan in: the chosen one ("en", "zh"), or the instruction's own for "auto"."""
    if chosen == "en":
        return "en"
    return "zh" if chosen == "zh" else understand(instruction).language
