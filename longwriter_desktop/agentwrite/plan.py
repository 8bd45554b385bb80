"""Planning: from an instruction to an outline with word targets.

Small models cannot be trusted with the form of a plan, its length or its sums, so the app holds the
frame: it knows the asked length, decides how many paragraphs of 200 to 1,000 words that makes, and lets
the model fill in one line after another. Lines that say what an earlier one said are asked for again.
"""

import re
from collections.abc import Generator
from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.engine import Engine, Message, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.agentwrite.events import PlanEvent, PlanFinished, RequestUnderstood, StepDrafted, StepPlanned
from longwriter_desktop.agentwrite.headings import split_main_point, title_from
from longwriter_desktop.agentwrite.prompts import PromptTemplates, kind_of, plan_messages, title_messages
from longwriter_desktop.agentwrite.request import Language, understand
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.agentwrite.targets import DEFAULT_WORDS, paragraph_count, planned_targets
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.outline import Step
from longwriter_desktop.errors import InputProblem

_TRIES = 4
_LINE_TOKENS = 90
_SEED_STEP = 7919
_SEED_LIMIT = 2**32
_FEWEST_WORDS = 3
_NO_LINE = 3.0


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    usage: Usage


def plan(
    instruction: str,
    engine: Engine,
    templates: PromptTemplates,
    *,
    words: int | None = None,
    sampling: Sampling | None = None,
) -> Generator[PlanEvent, None, None]:
    """Plans a text; the last event is `PlanFinished`, whose steps' word targets add up to the asked length.

    ``words`` overrides the length that the instruction names. Raises InputProblem for an instruction
    without words, and whatever the engine raises.
    """
    instruction = instruction.strip()
    if not count_words(instruction):
        raise InputProblem("There is no instruction. Say in a sentence what is to be written, then plan again.")
    total = words or understand(instruction).words or DEFAULT_WORDS
    targets = planned_targets(total, paragraph_count(total))
    yield RequestUnderstood(total, templates.language, len(targets))

    sampling = sampling or Sampling()
    messages = plan_messages(instruction, templates, paragraphs=len(targets), words_each=round(total / len(targets)))
    planned: list[StepPlanned] = []
    usage = Usage()
    for number, target in enumerate(targets, start=1):
        line, spent = yield from _fill_line(engine, messages, planned, number, sampling)
        usage += spent
        heading, main_point = split_main_point(line or title_from(instruction))
        step = StepPlanned(Step(number, main_point, target), _heading_for(instruction, heading, len(targets)))
        planned.append(step)
        yield step
    title, spent = yield from _ask_title(engine, instruction, planned, templates, sampling)
    yield PlanFinished(title, tuple(planned), usage + spent)


def _fill_line(
    engine: Engine, messages: tuple[Message, ...], planned: list[StepPlanned], number: int, sampling: Sampling
) -> Generator[PlanEvent, None, tuple[str, Usage]]:
    """One line of the plan: the first try that says something new, else the least repetitive one."""
    before = "".join(f"{each.step.number}. {each.step.main_point}\n" for each in planned)
    taken = [each.step.main_point for each in planned] + _lines_of_example(messages)
    best, best_fault, usage = "", _NO_LINE, Usage()
    for attempt in range(_TRIES):
        tried = replace(
            sampling,
            temperature=min(1.0, sampling.temperature + 0.15 * attempt),
            seed=(sampling.seed + _SEED_STEP * number + attempt) % _SEED_LIMIT,
            max_tokens=_LINE_TOKENS,
            min_tokens=4,
            stop=("\n",),
        )
        reply = yield from _stream_line(engine, Prompt(messages, f"{before}{number}."), tried, number)
        usage += reply.usage
        line = clean_line(reply.text)
        fault = _fault(line, taken)
        if fault < best_fault:
            best, best_fault = line, fault
        if fault < NEAR_IDENTICAL:
            break
    return best, usage


def _lines_of_example(messages: tuple[Message, ...]) -> list[str]:
    replies = [message.content for message in messages if message.role == "assistant"]
    return [clean_line(line) for reply in replies for line in reply.splitlines()]


def _fault(line: str, taken: list[str]) -> float:
    """How unfit a line is for the plan, from 0.0: likeness to a line that is there, no title, too few words."""
    if count_words(line) < _FEWEST_WORDS:
        return _NO_LINE - 0.1 * count_words(line)
    heading, _ = split_main_point(line)
    alike = max((similarity(line, each) for each in taken), default=0.0)
    same_title = any(heading.casefold() == split_main_point(each)[0].casefold() for each in taken)
    return alike + (0.0 if heading else 0.5) + (0.5 if heading and same_title else 0.0)


def _stream_line(engine: Engine, prompt: Prompt, sampling: Sampling, number: int) -> Generator[PlanEvent, None, _Reply]:
    text = ""
    usage = Usage()
    for event in engine.generate(prompt, sampling):
        match event:
            case TextChunk(text=more):
                text += more
                yield StepDrafted(number, clean_line(text))
            case ReplyFinished():
                usage = event.usage
            case _:
                yield event
    return _Reply(text, usage)


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


def _heading_for(instruction: str, heading: str, paragraphs: int) -> str:
    """Headings divide a factual text; a short story or a speech runs on without them."""
    if paragraphs < 2:
        return ""
    runs_on = kind_of(instruction) == "fiction" and paragraphs < 8
    spoken = re.search(
        r"\b(?:speech|letter|email|rap|response|toast)\b|演讲|发言|信$|申请信|致辞", instruction, re.IGNORECASE
    )
    return "" if runs_on or spoken else heading


def _ask_title(
    engine: Engine, instruction: str, planned: list[StepPlanned], templates: PromptTemplates, sampling: Sampling
) -> Generator[PlanEvent, None, tuple[str, Usage]]:
    """A title from the model when it gives a usable one, else one from the instruction."""
    lines = "\n".join(f"{each.step.number}. {each.step.main_point}" for each in planned)
    asked = replace(sampling, max_tokens=40, min_tokens=2, stop=("\n",))
    text = ""
    usage = Usage()
    for event in engine.generate(Prompt(title_messages(instruction, lines, templates)), asked):
        match event:
            case TextChunk(text=more):
                text += more
            case ReplyFinished():
                usage = event.usage
            case _:
                yield event
    title = clean_line(text).strip("\"'“”‘’《》.。")
    usable = 1 <= count_words(title) <= (24 if templates.language == "zh" else 14)
    if any(similarity(title, example.title) >= NEAR_IDENTICAL for example in templates.plan_examples):
        usable = False  # a small model may give the worked example's title again
    return (title if usable else title_from(instruction)), usage


def language_of(instruction: str, chosen: str) -> Language:
    """The language to plan in: the chosen one ("en", "zh"), or the instruction's own for "auto"."""
    if chosen == "en":
        return "en"
    return "zh" if chosen == "zh" else understand(instruction).language
