"""Prompts for planning and writing: the templates' form, and how a document fills them."""

import re
from collections.abc import Iterator, Mapping
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
Planning = Literal["guided", "free"]
"""How a model plans: line by line in the app's frame, or the whole plan at once, for models that can."""

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
class RewriteExample:
    """A worked example of rewriting: one passage, what stands around it, and the answer to each way of asking.

    ``tone`` and ``wish`` are what the answers to those two were asked with.
    """

    instruction: str
    before: str
    passage: str
    after: str
    tone: str
    wish: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartTemplates:
    """The wording for a part of a sentence (see `sentence_part`), which stands in its sentence between ``brackets``.

    ``prompt`` is the frame; ``sentence`` is the worked example's and ``answers`` are its answers, whole sentences.
    """

    prompt: str
    brackets: tuple[str, str]
    sentence: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RewriteTemplates:
    """The wording for a passage that is to be written anew (see `rewrite`).

    ``prompt`` is the frame, ``nothing`` stands in it where there is no text; the next five say what is asked.
    ``tones`` are descriptions of tones by their names.
    """

    prompt: str
    nothing: str
    shorten: str
    expand: str
    rephrase: str
    tone: str
    own: str
    tones: Mapping[str, str]
    example: RewriteExample
    part: PartTemplates


@dataclass(frozen=True, slots=True)
class SpareLines:
    """Lines of a plan for any subject, for a model that says nothing new.

    Each of ``lines`` goes with each of ``views``.

    A line is "title: what the part says". No two of them, nor two with different views, are near-identical.
    """

    kind: Kind
    lines: tuple[str, ...]
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PromptTemplates:
    """The wording of all prompts in one language; ``$NAMES$`` are filled in. See ``resources/prompts``."""

    language: Language
    plan_request: str
    plan_free: str
    plan_chapter: str
    plan_spare: tuple[SpareLines, ...]
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
    summaries: str
    summary_request: str
    changed_plan: str
    direction: str
    rewrite: RewriteTemplates


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
    """What a prompt has no room for (see `beyond_window`).

    Sections from index ``first`` up to, not including, ``end`` are left out of the text so far; in the place of
    those from index ``told`` on stand their summaries. ``plan`` are the indices of the plan's lines that are
    given, None for all of them; of the others there are the ``chapters``: the headings alone, or nothing.
    """

    first: int
    end: int
    told: int = 0
    plan: range | None = None
    chapters: bool = True

    def leaves_out(self, index: int) -> bool:
        """Whether the text of the section at ``index`` is left out."""
        return self.first <= index < self.end


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
    example = example_for(instruction, templates)
    shown = "\n".join(f"{number}. {line}" for number, line in enumerate(example.lines, start=1))
    return (
        _plan_request(example.instruction, templates, len(example.lines), words_each),
        Message("assistant", shown),
        _plan_request(instruction, templates, paragraphs, words_each),
    )


def _plan_request(instruction: str, templates: PromptTemplates, paragraphs: int, words_each: int) -> Message:
    values = {"INSTRUCTION": instruction, "PARAGRAPHS": str(paragraphs), "WORDS_EACH": str(words_each)}
    return Message("user", fill(templates.plan_request, values))


def free_plan_messages(
    instruction: str, templates: PromptTemplates, *, words: int, paragraphs: int
) -> tuple[Message, ...]:
    """The question for a whole plan at once, in AgentWrite's form (Bai et al. 2024, appendix B)."""
    values = {"INSTRUCTION": instruction, "WORDS": str(words), "PARAGRAPHS": str(paragraphs)}
    return (Message("user", fill(templates.plan_free, values)),)


def chapter_messages(
    instruction: str, chapters: tuple[Step, ...], number: int, templates: PromptTemplates, *, paragraphs: int
) -> tuple[Message, ...]:
    """The question for the paragraphs of chapter ``number`` (from 1), with all chapters in view."""
    example = example_for(instruction, templates)
    shown = "\n".join(f"{place}. {line}" for place, line in enumerate(example.lines, start=1))
    chapter = chapters[number - 1]
    words_each = round(chapter.words / paragraphs)
    values = {
        "INSTRUCTION": instruction,
        "CHAPTERS": "\n".join(f"{each.number}. {each.main_point}" for each in chapters),
        "NUMBER": str(number),
        "CHAPTER": chapter.main_point,
        "PARAGRAPHS": str(paragraphs),
        "WORDS_EACH": str(words_each),
    }
    return (
        _plan_request(example.instruction, templates, len(example.lines), words_each),
        Message("assistant", shown),
        Message("user", fill(templates.plan_chapter, values)),
    )


def spare_for(instruction: str, templates: PromptTemplates) -> SpareLines:
    """The spare lines of the same kind as the text."""
    kind = kind_of(instruction)
    return next((each for each in templates.plan_spare if each.kind == kind), templates.plan_spare[0])


def title_messages(instruction: str, plan: str, templates: PromptTemplates) -> tuple[Message, ...]:
    """The question for a title, asked after the plan, with one worked example."""
    example = example_for(instruction, templates)
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
            question = fill(templates.continuous_prompt, _frame(document, templates, omission))
            question = _with_summaries(question, document, templates, omission)
            return Prompt((Message("user", question),), _reply_so_far(document, ask, templates, omission))
        case "guided":
            messages = _guided_messages(document, templates, omission)
            return Prompt(messages, _reply_so_far(document, ask, templates, omission))


def _paper(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> Prompt:
    text = text_before(document, ask.index, templates, omission)
    if ask.written:
        heading = document.sections[ask.index].heading
        own = f"## {heading}\n\n{ask.written}" if heading else ask.written
        text = f"{text}\n\n{own}" if text else own
    step = templates.paper_more if ask.written else templates.paper_step
    values = _frame(document, templates, omission) | {
        "TEXT": text or templates.nothing_yet,
        "STEP": _tail(document, ask, step, templates),
    }
    return Prompt((Message("user", fill(templates.paper_prompt, values)),))


def _conversation(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> Prompt:
    turns: list[Message] = []

    def turn(question: str, answer: str = "") -> None:
        if not turns:
            values = _frame(document, templates, omission) | {"STEP": question}
            question = fill(templates.conversation_prompt, values)
        turns.append(Message("user", question))
        if answer:
            turns.append(Message("assistant", answer))

    summaries = _summaries(document, templates, omission)
    for place, section in enumerate(document.sections[: ask.index]):
        if section.text.strip() and not (omission and omission.leaves_out(place)):
            earlier = Ask(place, section.word_target)
            question = _tail(document, earlier, templates.conversation_step, templates, with_changes=False)
            if summaries and omission and place >= omission.end:
                question, summaries = f"{summaries}\n\n{question}", ""
            turn(question, section.text.strip())
    # As it will stand in later prompts, where nobody knows what target the section had been given in its turn.
    step = Ask(ask.index, document.sections[ask.index].word_target)
    question = _tail(document, step, templates.conversation_step, templates)
    turn(f"{summaries}\n\n{question}" if summaries else question, ask.written.strip())
    if ask.written.strip():
        turn(_tail(document, ask, templates.conversation_more, templates))
    return Prompt(tuple(turns))


def _guided_messages(document: Document, templates: PromptTemplates, omission: Omission | None) -> tuple[Message, ...]:
    example = example_for(document.instruction, templates)
    shown = zip(example.lines, example.texts, strict=False)
    lines = "; ".join(example.lines[: len(example.texts)])
    question = fill(templates.guided_prompt, _frame(document, templates, omission))
    return (
        Message("user", fill(templates.guided_prompt, {"INSTRUCTION": example.instruction, "LINES": lines})),
        Message("assistant", "\n\n".join(f"{_heading_line(line, templates)}\n\n{text}" for line, text in shown)),
        Message("user", _with_summaries(question, document, templates, omission)),
    )


def _reply_so_far(document: Document, ask: Ask, templates: PromptTemplates, omission: Omission | None) -> str:
    """The document up to a section as one reply, down to the section's own steering line."""
    parts: list[str] = []
    for place, section in enumerate(document.sections[: ask.index]):
        if section.text.strip() and not (omission and omission.leaves_out(place)):
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


def example_for(instruction: str, templates: PromptTemplates) -> PlanExample:
    """The worked example of the same kind as the text."""
    kind = kind_of(instruction)
    return next((each for each in templates.plan_examples if each.kind == kind), templates.plan_examples[0])


def _frame(document: Document, templates: PromptTemplates, omission: Omission | None) -> dict[str, str]:
    plan = document.plan_at_start or document.steps
    lines = tuple(_plan_in_view(document, plan, omission))
    return {
        "INSTRUCTION": document.instruction or document.title,
        "PLAN": "\n".join(
            f"{step.number}. {heading}" if heading else format_step(step, templates.language) for step, heading in lines
        ),
        "LINES": "; ".join(heading or " ".join(step.main_point.split()) for step, heading in lines),
        "WORDS": str(sum(step.words for step in plan)),
        "PARAGRAPHS": str(len(plan)),
    }


def _plan_in_view(document: Document, plan: tuple[Step, ...], omission: Omission | None) -> Iterator[tuple[Step, str]]:
    """The steps that a prompt has room for, each with the heading that is given instead of it, or ""."""
    for place, step in enumerate(plan):
        if omission is None or omission.plan is None or place in omission.plan:
            yield step, ""
        elif omission.chapters and place < len(document.sections) and document.sections[place].heading.strip():
            yield step, " ".join(document.sections[place].heading.split())


def _summaries(document: Document, templates: PromptTemplates, omission: Omission | None) -> str:
    """What stands in a prompt for the sections that it leaves out; "" where there are no summaries."""
    if omission is None:
        return ""
    lines = [
        f"{place + 1}. {' '.join(section.summary.split())}"
        for place, section in enumerate(document.sections[: omission.end])
        if place >= max(omission.first, omission.told) and section.summary.strip() and section.text.strip()
    ]
    if not lines:
        return ""
    values = {"FIRST": str(omission.first + 1), "LAST": str(omission.end), "SUMMARIES": "\n".join(lines)}
    return fill(templates.summaries, values)


def _with_summaries(question: str, document: Document, templates: PromptTemplates, omission: Omission | None) -> str:
    """The question with the summaries behind it: inside the long reply they would pass for text."""
    summaries = _summaries(document, templates, omission)
    return f"{question}\n\n{summaries}" if summaries else question


def summary_message(text: str, words: int, templates: PromptTemplates) -> Message:
    """The request to sum up a section's text in at most so many words."""
    return Message("user", fill(templates.summary_request, {"TEXT": text, "WORDS": str(words)}))


def text_before(document: Document, index: int, templates: PromptTemplates, omission: Omission | None = None) -> str:
    """The text of all sections before ``index`` with their headings, without the omitted ones."""
    parts: list[str] = []
    for place, section in enumerate(document.sections[:index]):
        if omission and omission.leaves_out(place):
            if place == omission.first:
                values = {"FIRST": str(omission.first + 1), "LAST": str(omission.end)}
                parts.append(_summaries(document, templates, omission) or fill(templates.omitted, values))
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
