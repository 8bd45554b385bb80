"""Prompts for planning and writing: the templates' form, and how a document fills them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.agentwrite.engine import Message, Prompt
from longwriter_desktop.agentwrite.plan_text import format_plan, format_step
from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section

Kind = Literal["fact", "fiction"]

Layout = Literal["paper", "conversation", "continuous", "guided"]
"""How instruction, plan, text and step lie in a prompt.

paper: one question a section, the text so far inside it (Bai et al. 2024, appendix B). conversation:
instruction and plan, then a turn for each section. continuous: instruction and plan are the question, the
document is one long reply. guided: the same after a worked example, for the smallest models. In the last
three the model never reads again what it has written.
"""

_FICTION = re.compile(
    r"\b(?:stor(?:y|ies)|novel(?:la)?|tale|fiction|fairy|chapter of|scene|screenplay|script|poem|diary|fable)\b"
    r"|小说|故事|童话|剧本|诗|散文|日记|剧情|记叙文",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlanExample:
    """A worked example: small models follow its form far better than a description of it.

    ``lines`` is its plan; ``texts`` are the texts of its first lines.
    """

    kind: Kind
    instruction: str
    title: str
    lines: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromptTemplates:
    """The wording of all prompts in one language; ``$NAMES$`` are filled in. See ``resources/prompts``."""

    language: Language
    plan_request: str
    plan_examples: tuple[PlanExample, ...]
    title_request: str
    paper_prompt: str
    paper_step: str
    paper_more: str
    conversation_prompt: str
    conversation_step: str
    conversation_more: str
    continuous_prompt: str
    continuous_heading: str
    continuous_more: str
    continuous_direction: str
    guided_prompt: str
    nothing_yet: str
    omitted: str
    changed_plan: str
    direction: str


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted now: the section at ``index`` (from 0), to become ``words`` words long.

    ``written`` is text of the section that the model has ended too early; it is asked to write on with it.
    """

    index: int
    words: int
    written: str = ""

    @property
    def missing(self) -> int:
        return max(1, self.words - count_words(self.written))


@dataclass(frozen=True, slots=True)
class Omission:
    """Sections from index ``first`` up to, not including, ``end`` are left out of the text so far."""

    first: int
    end: int


def fill(template: str, values: Mapping[str, str]) -> str:
    """``template`` with each ``$NAME$`` replaced, in one pass, so that filled-in text is never filled in again."""
    return re.sub(r"\$([A-Z_]+)\$", lambda match: values.get(match[1], match[0]), template)


def kind_of(instruction: str) -> Kind:
    """Whether an instruction asks for fiction, judged by its words."""
    return "fiction" if _FICTION.search(instruction) else "fact"


def plan_messages(
    instruction: str, templates: PromptTemplates, *, paragraphs: int, words_each: int
) -> tuple[Message, ...]:
    """The question for a plan, after one worked example of the same kind."""
    example = _example_for(instruction, templates)
    shown = "\n".join(f"{number}. {line}" for number, line in enumerate(example.lines, start=1))
    return (
        _plan_request(example.instruction, templates, len(example.lines), words_each),
        Message("assistant", shown),
        _plan_request(instruction, templates, paragraphs, words_each),
    )


def _plan_request(instruction: str, templates: PromptTemplates, paragraphs: int, words_each: int) -> Message:
    values = {"INSTRUCTION": instruction, "PARAGRAPHS": str(paragraphs), "WORDS_EACH": str(words_each)}
    return Message("user", fill(templates.plan_request, values))


def title_messages(instruction: str, plan: str, templates: PromptTemplates) -> tuple[Message, ...]:
    """The question for a title, asked after the plan, with one worked example."""
    example = _example_for(instruction, templates)
    shown = "\n".join(f"{number}. {line}" for number, line in enumerate(example.lines, start=1))
    return (
        Message("user", f"{example.instruction}\n\n{shown}\n\n{templates.title_request}"),
        Message("assistant", example.title),
        Message("user", f"{instruction}\n\n{plan}\n\n{templates.title_request}"),
    )


def write_prompt(
    document: Document,
    ask: Ask,
    templates: PromptTemplates,
    *,
    layout: Layout = "paper",
    omission: Omission | None = None,
) -> Prompt:
    """The prompt for a section, or for more of it.

    Two prompts for neighbouring sections are the same up to the end of the earlier one's text, so a model
    that keeps its state reads only what is new. The plan stands in it as it was when writing began; what
    has changed since comes at the end.
    """
    match layout:
        case "paper":
            return _paper(document, ask, templates, omission)
        case "conversation":
            return _conversation(document, ask, templates, omission)
        case "continuous":
            question = fill(templates.continuous_prompt, _frame(document, templates))
            return Prompt((Message("user", question),), _reply_so_far(document, ask, templates, omission))
        case "guided":
            return Prompt(_guided_messages(document, templates), _reply_so_far(document, ask, templates, omission))


def _paper(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> Prompt:
    text = text_before(document, ask.index, templates, omission)
    if ask.written:
        heading = document.sections[ask.index].heading
        own = f"## {heading}\n\n{ask.written}" if heading else ask.written
        text = f"{text}\n\n{own}" if text else own
    step = templates.paper_more if ask.written else templates.paper_step
    values = _frame(document, templates) | {
        "TEXT": text or templates.nothing_yet,
        "STEP": _tail(document, ask, step, templates),
    }
    return Prompt((Message("user", fill(templates.paper_prompt, values)),))


def _conversation(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> Prompt:
    turns: list[Message] = []

    def turn(question: str, answer: str = "") -> None:
        if not turns:
            values = _frame(document, templates) | {"STEP": question}
            question = fill(templates.conversation_prompt, values)
        turns.append(Message("user", question))
        if answer:
            turns.append(Message("assistant", answer))

    for place, section in enumerate(document.sections[: ask.index]):
        left_out = omission is not None and omission.first <= place < omission.end
        if section.text.strip() and not left_out:
            earlier = Ask(place, section.word_target)
            question = _tail(document, earlier, templates.conversation_step, templates, with_changes=False)
            turn(question, section.text.strip())
    # As it will stand in later prompts, where nobody knows what target the section had been given in its turn.
    step = Ask(ask.index, document.sections[ask.index].word_target)
    turn(_tail(document, step, templates.conversation_step, templates), ask.written.strip())
    if ask.written.strip():
        turn(_tail(document, ask, templates.conversation_more, templates))
    return Prompt(tuple(turns))


def _guided_messages(document: Document, templates: PromptTemplates) -> tuple[Message, ...]:
    example = _example_for(document.instruction, templates)
    shown = zip(example.lines, example.texts, strict=False)
    lines = "; ".join(example.lines[: len(example.texts)])
    frame = _frame(document, templates)
    return (
        Message("user", fill(templates.guided_prompt, {"INSTRUCTION": example.instruction, "LINES": lines})),
        Message("assistant", "\n\n".join(f"{_heading_line(line, templates)}\n\n{text}" for line, text in shown)),
        Message("user", fill(templates.guided_prompt, frame)),
    )


def _reply_so_far(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> str:
    """The document up to a section as one reply, down to the section's own steering line."""
    parts: list[str] = []
    for place, section in enumerate(document.sections[: ask.index]):
        left_out = omission is not None and omission.first <= place < omission.end
        if section.text.strip() and not left_out:
            parts += [_steering(section, templates), section.text.strip()]
    section = document.sections[ask.index]
    parts.append(_steering(section, templates))
    if ask.written.strip():
        more = fill(templates.continuous_more, {"HEADING": section.heading or section.main_point})
        parts += [ask.written.strip(), more]
    return "\n\n".join(parts) + "\n\n"


def _steering(section: Section, templates: PromptTemplates) -> str:
    """The line above a section in the continuous layout: its main point, which need not stand in the document."""
    line = _heading_line(section.main_point or section.heading, templates)
    if direction := " ".join(section.direction.split()):
        line += "\n\n" + fill(templates.continuous_direction, {"DIRECTION": direction})
    return line


def _heading_line(heading: str, templates: PromptTemplates) -> str:
    return fill(templates.continuous_heading, {"HEADING": " ".join(heading.split())})


def _example_for(instruction: str, templates: PromptTemplates) -> PlanExample:
    kind = kind_of(instruction)
    return next((each for each in templates.plan_examples if each.kind == kind), templates.plan_examples[0])


def _frame(document: Document, templates: PromptTemplates) -> dict[str, str]:
    plan = document.plan_at_start or document.steps
    return {
        "INSTRUCTION": document.instruction or document.title,
        "PLAN": format_plan(plan, templates.language),
        "LINES": "; ".join(" ".join(step.main_point.split()) for step in plan),
        "WORDS": str(sum(step.words for step in plan)),
        "PARAGRAPHS": str(len(plan)),
    }


def text_before(document: Document, index: int, templates: PromptTemplates, omission: Omission | None = None) -> str:
    """The text of all sections before ``index`` with their headings, without the omitted ones."""
    parts: list[str] = []
    for place, section in enumerate(document.sections[:index]):
        if omission and omission.first <= place < omission.end:
            if place == omission.first:
                values = {"FIRST": str(omission.first + 1), "LAST": str(omission.end)}
                parts.append(fill(templates.omitted, values))
            continue
        if section.text.strip():
            if section.heading:
                parts.append(f"## {section.heading}")
            parts.append(section.text.strip())
    return "\n\n".join(parts)


def _tail(document: Document, ask: Ask, template: str, templates: PromptTemplates, *, with_changes: bool = True) -> str:
    """What a prompt ends with: how the plan goes on if it was changed, the line to write now, the direction."""
    parts: list[str] = []
    plan = document.plan_at_start or document.steps
    if with_changes and document.steps[ask.index :] != plan[ask.index :]:
        coming = format_plan(document.steps[ask.index :], templates.language)
        parts.append(fill(templates.changed_plan, {"PLAN": coming}))
    step = document.steps[ask.index]
    line = format_step(Step(step.number, step.main_point, ask.words), templates.language)
    values = {
        "WORDS": str(ask.words),
        "LINE": line,
        "DONE": str(ask.words - ask.missing),
        "MISSING": str(ask.missing),
    }
    parts.append(fill(template, values))
    if direction := document.sections[ask.index].direction.strip():
        parts.append(fill(templates.direction, {"DIRECTION": direction}))
    return "\n\n".join(parts)
