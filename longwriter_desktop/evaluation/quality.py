"""Judging the texts of a results file, one after another; each judgement is kept before the next begins."""

from collections.abc import Generator, Sequence
from contextlib import closing

from longwriter_desktop.agentwrite.engine import Engine
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.judge import Verdict, judged
from longwriter_desktop.evaluation.results import Judgement, Result, ResultLog, judgements_of
from longwriter_desktop.evaluation.run import Progress

QualityEvent = Progress | Judgement


def judge_all(
    results: Sequence[Result], judge: str, engine: Engine, log: ResultLog, *, seed: int = 0
) -> Generator[QualityEvent, None, None]:
    """Judges each result that ``log`` has no judgement of by this ``judge``.

    An empty text has nothing to be judged and gets no scores. Raises InputProblem when the log holds something
    else, and whatever the engine raises; what is in the log stays, and the next run goes on from there.
    """
    if any(isinstance(line, Result) for line in log.lines):
        raise InputProblem(f"{log.path} holds results. Choose another name for the judge's scores.")
    if others := {line.judge for line in judgements_of(log.lines)} - {judge}:
        raise InputProblem(
            f"{log.path} holds the scores of {', '.join(sorted(others))}; this judge is {judge}. "
            "Choose another name with -o. The file was left as it is."
        )
    done = {(judgement.setup, judgement.number) for judgement in judgements_of(log.lines)}
    for place, result in enumerate(results, start=1):
        if (result.setup, result.number) in done:
            continue
        verdict = Verdict({}, 1.0, 0)
        if result.text.strip():
            with closing(judged(result.prompt, result.text, engine, seed=seed)) as judging:
                while True:
                    try:
                        doing = next(judging)
                    except StopIteration as end:
                        verdict = end.value
                        break
                    yield Progress(place, len(results), result.number, doing.what)
        judgement = Judgement(
            benchmark=result.benchmark,
            method=result.method,
            model=result.model,
            layout=result.layout,
            seed=result.seed,
            number=result.number,
            language=result.language,
            bucket=result.bucket,
            length=result.length,
            judge=judge,
            scores=dict(verdict.scores),
            share_read=round(verdict.share_read, 3),
            tries=verdict.tries,
            analysis=verdict.analysis,
        )
        log.append(judgement)
        yield judgement
