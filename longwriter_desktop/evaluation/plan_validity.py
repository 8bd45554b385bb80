"""Whether a plan is valid and covers its request, judged from outside: by its lines alone.

Faults are not found with what the app repairs plans with. Coverage is judged with the reading of the instruction
that guides planning, so it says how far plans take up what the app has understood, not more.
"""

from collections.abc import Sequence
from itertools import combinations

from longwriter_desktop.agentwrite.coverage import Coverage, coverage
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.agentwrite.targets import LONGEST_PARAGRAPH, SHORTEST_PARAGRAPH
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section

_TOLERANCE = 0.01


def plan_faults(steps: Sequence[Step], asked: int) -> tuple[str, ...]:
    """What is wrong with a plan for ``asked`` words, one short sentence each; () for a valid plan.

    Valid: every step has a main point, no two say the same, each word target is from 200 to 1,000 (or the whole
    text, where that is shorter), and the targets add up to the asked length within 1 %.
    """
    if not steps:
        return ("no line of the plan could be read",)
    faults = []
    if empty := [step.number for step in steps if not count_words(step.main_point)]:
        faults.append(f"no main point in {_listed(empty)}")
    least = min(SHORTEST_PARAGRAPH, asked)
    if outside := [step.number for step in steps if not least <= step.words <= LONGEST_PARAGRAPH]:
        faults.append(f"word target not from {least} to {LONGEST_PARAGRAPH:,} in {_listed(outside)}")
    total = sum(step.words for step in steps)
    if abs(total - asked) > _TOLERANCE * asked:
        faults.append(f"the targets add up to {total:,} words and not to {asked:,}")
    alike = [
        f"{first.number} and {second.number}"
        for first, second in combinations(steps, 2)
        if similarity(first.main_point, second.main_point) >= NEAR_IDENTICAL
    ]
    if alike:
        faults.append(f"nearly the same main point in {', '.join(alike[:5])}{' …' if len(alike) > 5 else ''}")
    return tuple(faults)


def plan_coverage(instruction: str, steps: Sequence[Step], sections: Sequence[Section] = ()) -> Coverage:
    """What the instruction names to be covered, and what of it no main point or section's heading takes up."""
    return coverage(instruction, [*(step.main_point for step in steps), *(section.heading for section in sections)])


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:10])
    return f"step {shown}{' …' if len(numbers) > 10 else ''}"
