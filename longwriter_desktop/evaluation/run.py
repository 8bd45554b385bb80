"""Running a benchmark: one prompt after another, each measured and kept before the next begins."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass

from longwriter_desktop.agentwrite.engine import Usage
from longwriter_desktop.agentwrite.loop_guard import repeated_share
from longwriter_desktop.document.length_score import length_score
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.methods import Bench, Doing, Method, Written, written
from longwriter_desktop.evaluation.plan_validity import plan_coverage, plan_faults
from longwriter_desktop.evaluation.results import (
    PlanResult,
    Result,
    ResultLog,
    SectionResult,
    Setup,
    check_setup,
    results_of,
)
from longwriter_desktop.evaluation.tasks import Task


@dataclass(frozen=True, slots=True)
class Progress:
    """What is going on at one of the prompts: the ``place``-th of ``total`` in this run, counted from 1."""

    place: int
    total: int
    number: int
    what: str


RunEvent = Progress | Result


def run(
    tasks: Sequence[Task],
    method: Method,
    setup: Setup,
    bench: Bench,
    log: ResultLog,
    clock: Callable[[], float],
) -> Generator[RunEvent, None, None]:
    """Writes and measures each task that ``log`` has not yet; each result is in the log when it is told.

    ``clock`` gives seconds. Raises InputProblem when the log holds results of another setup or of other prompts,
    and whatever the engine raises; what is in the log stays, and the next run goes on from there.
    """
    check_setup(log, setup)
    done = {result.number: result.prompt for result in results_of(log.lines)}
    for task in tasks:
        if done.get(task.number, task.prompt) != task.prompt:
            raise InputProblem(
                f"{log.path} holds the result of another prompt {task.number}. Choose another name for the results "
                "of these prompts. The file was left as it is."
            )
    for place, task in enumerate(tasks, start=1):
        if task.number in done:
            continue
        began, before = clock(), bench.engine.usage
        with closing(written(method, task, bench)) as writing:
            while True:
                try:
                    doing: Doing = next(writing)
                except StopIteration as end:
                    text: Written = end.value
                    break
                yield Progress(place, len(tasks), task.number, doing.what)
        result = measured(task, setup, text, bench.engine.usage - before, clock() - began)
        log.append(result)
        yield result


def measured(task: Task, setup: Setup, text: Written, usage: Usage, seconds: float) -> Result:
    """The result of a task: everything that is counted in its text."""
    words = sum(section.words for section in text.sections)
    asked = text.understood or task.length
    plan = None
    if text.steps is not None:
        planned = sum(step.words for step in text.steps)
        covered = plan_coverage(task.prompt, text.steps, text.sections)
        faults = plan_faults(text.steps, asked)
        plan = PlanResult(len(text.steps), planned, faults, len(covered.named), covered.missed)
    return Result(
        benchmark=setup.benchmark,
        method=setup.method,
        model=setup.model,
        layout=setup.layout,
        seed=setup.seed,
        number=task.number,
        prompt=task.prompt,
        type=task.type,
        language=task.language,
        bucket=task.bucket,
        length=task.length,
        words=words,
        length_score=round(length_score(task.length, words), 3),
        understood=text.understood,
        plan=plan,
        sections=tuple(
            SectionResult(section.word_target, section.words, section.stop_reason) for section in text.sections
        ),
        repeated=round(repeated_share("\n".join(section.text for section in text.sections)), 5),
        seconds=round(seconds, 3),
        tokens_written=usage.tokens_written,
        tokens_read=usage.prompt_tokens_read,
        tokens_reused=usage.prompt_tokens_reused,
        seconds_writing=round(usage.seconds_writing, 3),
        seconds_reading=round(usage.seconds_reading, 3),
        stop=text.stop,
        text=text.text,
    )
