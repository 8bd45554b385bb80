"""The document that the start page asks for, before anything of it is written."""

from longwriter_desktop.agentwrite.headings import title_from
from longwriter_desktop.agentwrite.request import understand
from longwriter_desktop.agentwrite.targets import with_targets
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem


def document_for(instruction: str, words: int | None, language: str, steps: tuple[Step, ...] = ()) -> Document:
    """A new document. ``words`` None takes the length from the instruction; ``language`` is "auto", "en" or "zh".

    Its title is made from the instruction, until a plan brings a better one. ``steps`` is the person's own plan; its
    lines without a word count share what the others leave of the asked length. Raises InputProblem when there is
    neither an instruction nor a plan.
    """
    asked_for = instruction.strip()
    instruction = asked_for or _instruction_for(steps)
    if not instruction:
        raise InputProblem("There is no instruction. Say in a sentence what is to be written, then plan again.")
    request = understand(instruction)
    # A number in one of the outline's lines is that section's, not the document's.
    asked = words if words is not None else ((request.words or 0) if asked_for else 0)
    sections = tuple(Section(step.main_point, step.words) for step in with_targets(steps, asked))
    chosen = request.language if language == "auto" else language
    return Document(
        title=title_from(instruction), instruction=instruction, language=chosen, word_target=asked, sections=sections
    )


def _instruction_for(steps: tuple[Step, ...]) -> str:
    """What the writer is told when the person gives nothing but an outline."""
    points = "; ".join(step.main_point for step in steps)
    if not points:
        return ""
    chinese = understand(points).language == "zh"
    return f"按照以下提纲写一篇文章：{points}" if chinese else f"Write a text along this outline: {points}"
