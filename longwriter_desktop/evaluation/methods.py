"""The ways of writing that are compared: ours, the paper's, what lies between, and one question to the model.

Events tell how far it is; what a generator returns is the text with what is known of its plan.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.agentwrite.events import PlanEvent, PlanFinished, SectionStarted, StepPlanned, WriterEvent
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.plan_text import format_step, parse_plan
from longwriter_desktop.agentwrite.prompts import Layout, Planning, fill
from longwriter_desktop.agentwrite.record import record, record_plan
from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.agentwrite.writer import TemplatesOf, write
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import PromptTooLong
from longwriter_desktop.evaluation.tasks import Task
from longwriter_desktop.export.to_markdown import plain_markdown
from longwriter_desktop.paths import resource_path

Method = Literal["agentwrite", "plain", "paper", "direct"]
"""agentwrite: the app's own way. plain: the app's plan, then one reply a line with the paper's prompt, without word
budget, loop guard and clean-up. paper: the same with the paper's own plan, as LongWriter's scripts do it. direct: the
instruction alone in one call, the paper's baseline."""

_FAR_OVER = 4
"""Times the asked length: from there on the length score is 0, so a baseline that runs on is ended there."""
_DIRECT_TOKENS = 32_768
_PAPER_TOKENS = 4_096
"""The most tokens of a reply, as in LongWriter's pred.py and write.py."""
_MOST_STEPS = 50
"""LongWriter's write.py leaves out instructions whose plan has more lines."""
_LEAST_ROOM = 64
_LOOK_EVERY = 400
"""Characters between two looks at how long a reply has become."""
_SEED_LIMIT = 2**32

CONTEXT_FULL = "the context was full"
FAR_OVER = f"ended at {_FAR_OVER} times the asked length"
NO_MORE_TOKENS = "ended at the most tokens of a reply"
NO_PLAN = "no plan that could be written from"


@dataclass(frozen=True, slots=True)
class Bench:
    """What a text is written with. ``layout`` counts for the method agentwrite, ``planning`` for plain as well."""

    engine: Engine
    templates: TemplatesOf
    sampling: Sampling
    layout: Layout
    planning: Planning = "guided"


@dataclass(frozen=True, slots=True)
class Doing:
    """What is going on now, in a few words, such as "section 3 of 12"."""

    what: str


@dataclass(frozen=True, slots=True)
class Written:
    """A text. ``sections`` are those of its plan with their targets; without a plan there is one, with target 0.

    ``steps`` is the plan, None where the method makes none; ``understood`` and ``stop`` as in `results.Result`.
    """

    text: str
    sections: tuple[Section, ...]
    steps: tuple[Step, ...] | None = None
    understood: int | None = None
    stop: str = ""


Writing = Generator[Doing, None, Written]


def written(method: Method, task: Task, bench: Bench) -> Writing:
    """Writes a task's text. Raises whatever the engine raises, but for a full context, which ends the text."""
    match method:
        case "agentwrite":
            return _agentwrite(task, bench)
        case "plain":
            return _plain(task, bench)
        case "paper":
            return _paper(task, bench)
        case "direct":
            return _direct(task, bench)


# -- ours ----------------------------------------------------------------------------------------------


def _agentwrite(task: Task, bench: Bench) -> Writing:
    """As a person would: the instruction is typed, and the length too where the instruction does not name it."""
    desk, understood = _typed(task)
    stop = ""
    try:
        yield from _plan_onto(desk, bench)
        yield from _write_onto(desk, bench)
    except PromptTooLong:
        stop = CONTEXT_FULL
    document = desk[0]
    text = plain_markdown(document).rstrip()
    return Written(text, document.sections, document.steps, understood, stop)


def _typed(task: Task) -> tuple[list[Document], int | None]:
    """A document with the instruction alone, as a desk to work on; and the length that the app reads out of it."""
    understood = understand(task.prompt).words
    language = language_of(task.prompt, "auto")
    document = Document(instruction=task.prompt.strip(), language=language, word_target=understood or task.length)
    return [document], understood


def _plan_onto(desk: list[Document], bench: Bench) -> Generator[Doing, None, None]:
    document = desk[0]
    templates = bench.templates(document.language)
    planned = plan(
        document.instruction,
        bench.engine,
        templates,
        words=document.word_target,
        sampling=bench.sampling,
        planning=bench.planning,
    )
    with closing(planned) as events:
        for event in events:
            if isinstance(event, PlanFinished):
                desk[0] = record_plan(document, event)
            yield from _told(event, "planning")


def _write_onto(desk: list[Document], bench: Bench) -> Generator[Doing, None, None]:
    doing = "writing"
    with closing(
        write(lambda: desk[0], bench.engine, bench.templates, sampling=bench.sampling, layout=bench.layout)
    ) as events:
        for event in events:
            desk[0] = record(desk[0], event, 0.0)
            if isinstance(event, SectionStarted):
                doing = f"section {event.number} of {len(desk[0].sections)}"
            yield from _told(event, doing)


def _told(event: PlanEvent | WriterEvent, doing: str) -> Generator[Doing, None, None]:
    match event:
        case ModelLoading(fraction):
            yield Doing(f"loading the model {fraction:.0%}")
        case PromptProgress(read, total) if read < total:
            yield Doing(f"{doing}, reading {read:,} of {total:,} tokens")
        case StepPlanned(step):
            yield Doing(f"planned {step.number} lines")
        case PromptProgress() | SectionStarted():
            yield Doing(doing)


# -- the baselines -------------------------------------------------------------------------------------


def _direct(task: Task, bench: Bench) -> Writing:
    budget = _FAR_OVER * task.length
    ask = _Ask(task.prompt, _DIRECT_TOKENS, 0, "one reply", lambda text: count_words(text) > budget)
    reply, stop = yield from _reply(bench, ask)
    return Written(reply, (Section(main_point="", word_target=0, text=reply),), stop=stop)


def _plain(task: Task, bench: Bench) -> Writing:
    desk, understood = _typed(task)
    try:
        yield from _plan_onto(desk, bench)
    except PromptTooLong:
        return Written("", (), (), understood, CONTEXT_FULL)
    return replace((yield from _reply_a_step(task, bench, desk[0].steps)), understood=understood)


def _paper(task: Task, bench: Bench) -> Writing:
    question = fill(_paper_prompt("plan"), {"INST": task.prompt})
    ask = _Ask(question, _PAPER_TOKENS, 0, "planning", lambda text: text.count("\n") > 4 * _MOST_STEPS)
    reply, _stop = yield from _reply(bench, ask)
    steps = parse_plan(reply)
    if not 1 <= len(steps) <= _MOST_STEPS:
        return Written("", (), steps, stop=NO_PLAN)
    return (yield from _reply_a_step(task, bench, steps))


def _reply_a_step(task: Task, bench: Bench, steps: tuple[Step, ...]) -> Writing:
    sections: list[Section] = []
    stop = ""
    for step in steps:
        text = ""
        if stop not in (CONTEXT_FULL, FAR_OVER):
            text, stop = yield from _section(task, bench, steps, step, [each.text for each in sections])
        sections.append(Section(main_point=step.main_point, word_target=step.words, text=text))
    return Written(_joined([each.text for each in sections]), tuple(sections), steps, stop=stop)


def _section(
    task: Task, bench: Bench, steps: Sequence[Step], step: Step, before: list[str]
) -> Generator[Doing, None, tuple[str, str]]:
    left = _FAR_OVER * task.length - sum(count_words(text) for text in before)
    values = {
        "INST": task.prompt,
        "PLAN": "\n".join(format_step(each, task.language) for each in steps),
        "TEXT": _joined(before),
        "STEP": format_step(step, task.language),
    }
    doing = f"section {step.number} of {len(steps)}"
    ask = _Ask(
        fill(_paper_prompt("write"), values), _PAPER_TOKENS, step.number, doing, lambda text: count_words(text) > left
    )
    reply, stop = yield from _reply(bench, ask)
    return reply.strip(), stop


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _paper_prompt(name: str) -> str:
    """A prompt of LongWriter's own scripts, word for word: these are the baseline that others have measured."""
    return resource_path("prompts", "paper", f"{name}.txt").read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True)
class _Ask:
    """One question to the model; ``enough`` says of a reply that there is no use in more of it."""

    question: str
    most_tokens: int
    turn: int
    doing: str
    enough: Callable[[str], bool]


def _reply(bench: Bench, ask: _Ask) -> Generator[Doing, None, tuple[str, str]]:
    """One whole reply and why it was ended, "" for a reply that ended by itself.

    Sampled as the model's authors do, without the app's penalties on repetition. The reply is as long as the
    context allows, up to the limit of the paper's scripts.
    """
    sampling = replace(
        bench.sampling,
        seed=(bench.sampling.seed + 7919 * ask.turn) % _SEED_LIMIT,
        penalty_repeat=1.0,
        dry_multiplier=0.0,
        max_tokens=ask.most_tokens,
    )
    prompt = Prompt((Message("user", ask.question),))
    try:
        return (yield from _taken_in(bench.engine, prompt, sampling, ask))
    except PromptTooLong as full:
        room = full.context_tokens - full.prompt_tokens
        if room < _LEAST_ROOM:
            return "", CONTEXT_FULL
    text, stop = yield from _taken_in(bench.engine, prompt, replace(sampling, max_tokens=room), ask)
    return text, CONTEXT_FULL if stop == NO_MORE_TOKENS else stop


def _taken_in(engine: Engine, prompt: Prompt, sampling: Sampling, ask: _Ask) -> Generator[Doing, None, tuple[str, str]]:
    text, looked, stop = "", 0, ""
    yield Doing(ask.doing)
    with closing(_events(engine, prompt, sampling)) as events:
        for event in events:
            match event:
                case TextChunk(text=more):
                    text += more
                case ModelLoading() | PromptProgress():
                    yield from _told(event, ask.doing)
                case ReplyFinished(reason="length"):
                    stop = NO_MORE_TOKENS
            if len(text) - looked >= _LOOK_EVERY:
                looked = len(text)
                yield Doing(f"{ask.doing}: {count_words(text):,} words")
                if ask.enough(text):
                    return text, FAR_OVER
    return text, stop


def _events(engine: Engine, prompt: Prompt, sampling: Sampling) -> Generator[EngineEvent, None, None]:
    yield from engine.generate(prompt, sampling)
