"""Results, judgements and tasks for tests of evaluation."""

import msgspec

from longwriter_desktop.evaluation.results import Judgement, PlanResult, Result, SectionResult
from longwriter_desktop.evaluation.tasks import Task


def task(length: int = 400, number: int = 1, prompt: str = "") -> Task:
    return Task(number, prompt or f"Write a {length}-word article on glass", "Popular Science", length)


RESULT = Result(
    benchmark="length",
    method="agentwrite",
    model="M",
    layout="paper",
    seed=1,
    number=1,
    prompt="Write a 400-word article on glass",
    type="",
    language="en",
    bucket="0-500",
    length=400,
    words=400,
    length_score=100.0,
    understood=400,
    plan=PlanResult(2, 400),
    sections=(SectionResult(200, 200, "target"), SectionResult(200, 200, "target")),
    repeated=0.0,
    seconds=60.0,
    tokens_written=500,
    tokens_read=100,
    tokens_reused=0,
    seconds_writing=50.0,
    seconds_reading=5.0,
    stop="",
    text="Glass.",
)


def result(**fields: object) -> Result:
    return msgspec.structs.replace(RESULT, **fields)


def judgement(scores: dict[str, int], **fields: object) -> Judgement:
    made = Judgement(
        benchmark="length",
        method="agentwrite",
        model="M",
        layout="paper",
        seed=1,
        number=1,
        language="en",
        bucket="0-500",
        length=400,
        judge="J",
        scores=scores,
        share_read=1.0,
        tries=1,
    )
    return msgspec.structs.replace(made, **fields)
