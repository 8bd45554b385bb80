"""The plan while the model is still making it."""

from dataclasses import dataclass, replace

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.events import PlanFinished, StepDrafted, StepPlanned
from longwriter_desktop.document.outline import Step


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A plan line while the plan is being made. ``words`` is 0 until it is ``settled``."""

    main_point: str
    words: int = 0
    heading: str = ""
    settled: bool = False


class PlanDraft:
    """The lines of a plan so far, in order; the last ones may still be growing."""

    def __init__(self) -> None:
        self.steps: tuple[DraftStep, ...] = ()

    def clear(self) -> None:
        """Another plan begins, or this one is done."""
        self.steps = ()

    def add(self, event: StepDrafted | StepPlanned) -> None:
        """Takes over what the planner says of one line."""
        number = event.number if isinstance(event, StepDrafted) else event.step.number
        steps = [*self.steps, *(DraftStep("") for _ in range(number - len(self.steps)))]
        if isinstance(event, StepDrafted):
            steps[number - 1] = replace(steps[number - 1], main_point=event.main_point)
        else:
            steps[number - 1] = DraftStep(event.step.main_point, event.step.words, event.heading, settled=True)
        self.steps = tuple(steps)

    def as_plan(self) -> PlanFinished:
        """The plan that the settled lines make, numbered anew; what still grows is left out."""
        settled = [step for step in self.steps if step.settled]
        planned = tuple(
            StepPlanned(Step(number, step.main_point, step.words), step.heading)
            for number, step in enumerate(settled, start=1)
        )
        return PlanFinished("", planned, Usage())
