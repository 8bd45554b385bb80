"""What planning and writing say while they go on. Engine events are passed through between them."""

from dataclasses import dataclass
from typing import Literal

from longwriter_desktop.agentwrite.engine import Heartbeat, ModelLoading, PromptProgress, Usage
from longwriter_desktop.document.outline import Step


@dataclass(frozen=True, slots=True)
class RequestUnderstood:
    """First event of planning: what was read out of the instruction. ``word_target`` in words.

    ``source`` says where the length comes from: it stands in the instruction (``evidence`` is the place), the
    person gave it beside the instruction, or none was named and it is the app's own.
    """

    word_target: int
    language: str
    paragraphs: int
    source: Literal["instruction", "person", "default"] = "default"
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class ChapterPlanned:
    """One chapter of a plan in two levels is settled; ``step`` is its line, of whose words its paragraphs share."""

    step: Step
    heading: str
    chapters: int


@dataclass(frozen=True, slots=True)
class StepDrafted:
    """The main point of a step as far as it has been written; comes again and again while it grows."""

    number: int
    main_point: str


@dataclass(frozen=True, slots=True)
class StepPlanned:
    """One step of the plan is settled. ``heading`` is a short title for it, or ""."""

    step: Step
    heading: str


@dataclass(frozen=True, slots=True)
class PlanFinished:
    """Last event of planning. ``title`` is a title for the document."""

    title: str
    steps: tuple[StepPlanned, ...]
    usage: Usage


PlanEvent = (
    RequestUnderstood
    | ChapterPlanned
    | StepDrafted
    | StepPlanned
    | PlanFinished
    | ModelLoading
    | PromptProgress
    | Heartbeat
)


@dataclass(frozen=True, slots=True)
class WritingStarted:
    """First event of writing. ``plan`` is the plan that all prompts of the document repeat from now on."""

    plan: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SectionStarted:
    """A section begins. ``again``: its present text is to be kept as a version and cleared first.

    ``number`` counts from 1 in the document; ``words`` is what it has already (0 with ``again``).
    """

    section_id: str
    number: int
    words: int
    word_target: int
    again: bool


@dataclass(frozen=True, slots=True)
class TextWritten:
    """Text to be put at the end of a section. ``tokens`` is how many tokens it came from."""

    section_id: str
    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class TextCut:
    """The last ``characters`` characters of a section are taken back (clean-up, a loop, a sentence cut short)."""

    section_id: str
    characters: int


@dataclass(frozen=True, slots=True)
class SectionFinished:
    """A section is complete. ``stop_reason``: "target", "end", "length" or "repetition"; ``basis`` as in Document."""

    section_id: str
    stop_reason: str
    basis: str
    model: str
    seed: int
    temperature: float
    direction: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class TextOmitted:
    """The text has outgrown the model's context: sections ``first`` to ``last`` (from 1) are left out of the prompt.

    Comes again when others are left out. Summaries of them, which may have to be made first, stand in the prompt.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SectionSummarised:
    """The model has summed up a section. ``summary_of`` is the fingerprint of the text that it had (see `Section`)."""

    section_id: str
    summary: str
    summary_of: str


@dataclass(frozen=True, slots=True)
class TextsSettled:
    """Sections that were written at the same time all stand now: id and basis (as in Document) of each."""

    bases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WritingFinished:
    """Last event of writing: nothing that was asked for is left. ``usage`` is the sum of all sections."""

    usage: Usage


WriterEvent = (
    WritingStarted
    | SectionStarted
    | TextWritten
    | TextCut
    | SectionFinished
    | TextOmitted
    | SectionSummarised
    | TextsSettled
    | WritingFinished
    | ModelLoading
    | PromptProgress
    | Heartbeat
)
