"""What `evaluate` does on the command line: measure the length of texts, have them judged, report."""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn, Protocol, cast, get_args

from tqdm import tqdm

from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.methods import Bench, Method
from longwriter_desktop.evaluation.plot import MISSING, can_plot, draw
from longwriter_desktop.evaluation.quality import judge_all
from longwriter_desktop.evaluation.report import METRICS, labels_of, quality_of, report, runs_of
from longwriter_desktop.evaluation.results import (
    Judgement,
    Line,
    Result,
    ResultLog,
    Setup,
    check_setup,
    judgements_of,
    read_lines,
    results_of,
)
from longwriter_desktop.evaluation.run import Progress, run
from longwriter_desktop.evaluation.tasks import Benchmark, Task, only, read_tasks, sample
from longwriter_desktop.export.replace import put_file
from longwriter_desktop.opened_model import opened, templates_of, wanted_model
from longwriter_desktop.paths import AppPaths

DONE, INTERRUPTED = 0, 130
_SEED = 1
"""Where none is given: figures that others are to get again need one."""


# -- arguments -----------------------------------------------------------------------------------------


def add_evaluate(parser: argparse.ArgumentParser) -> None:
    """Gives ``parser`` the arguments of `evaluate`."""
    kinds = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    length = kinds.add_parser("length", help="LongBench-Write: the length that is delivered, repetition, plans, time")
    _add_run(length)
    ruler = kinds.add_parser("ruler", help="LongWrite-Ruler: the same few instructions at many lengths")
    _add_run(ruler)
    quality = kinds.add_parser("quality", help="a model judges texts in the paper's six dimensions")
    quality.add_argument("results", type=Path, nargs="+", metavar="RESULTS.jsonl", help="what `length` or `ruler` made")
    quality.add_argument("--judge", required=True, metavar="NAME|PATH", help="the model that judges")
    quality.add_argument("-o", "--output", type=Path, metavar="SCORES.jsonl", help="RESULTS-quality.jsonl otherwise")
    _add_common(quality)
    tables = kinds.add_parser("report", help="tables and a plot of results, several files side by side")
    tables.add_argument("results", type=Path, nargs="+", metavar="RESULTS.jsonl", help="results and judges' scores")
    tables.add_argument("-o", "--output", type=Path, required=True, metavar="REPORT.md")


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--prompts", type=Path, required=True, metavar="FILE.jsonl", help="one object a line: prompt, type, length"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="RESULTS.jsonl",
        help="what is there already is gone on with",
    )
    parser.add_argument("--model", default="", metavar="NAME|PATH", help="a model of the catalogue, or a GGUF file")
    parser.add_argument(
        "--method",
        choices=get_args(Method),
        default="agentwrite",
        help="agentwrite: as the app writes; plain: its plan, then one reply a line, nothing watched or mended; paper: "
        "all of it as the paper's own scripts do; direct: the instruction in one call",
    )
    parser.add_argument("--layout", choices=get_args(Layout), help="of agentwrite's prompts; the model's own otherwise")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--sample", type=int, metavar="N", help="N prompts, always the same, of all lengths")
    which.add_argument("--only", type=_numbers, metavar="N,N…", help="the prompts of these numbers, from 1")
    _add_common(parser)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=_SEED, metavar="N", help="%(default)s otherwise")
    parser.add_argument("--json", action="store_true", help="print JSON Lines on standard output")


def _numbers(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} should be numbers such as 1,5,12") from error


def evaluate(options: argparse.Namespace, paths: AppPaths) -> int:
    """Runs `evaluate` with the arguments that `add_evaluate` describes; returns the exit status."""
    if options.what == "report":
        return _report(options.results, options.output)
    reporter: EvaluationReporter = JsonEvaluation() if options.json else EvaluationBar()
    commands = EvaluateCommands(paths, reporter)
    if options.what == "quality":
        return commands.quality(options.results, options.judge, options.output, seed=options.seed)
    tasks = read_tasks(options.prompts)
    if options.only is not None:
        tasks = only(tasks, options.only)
    elif options.sample is not None:
        tasks = sample(tasks, options.sample, options.what)
    choice = RunChoice(options.what, options.method, options.model, options.layout, options.seed)
    return commands.run(tasks, choice, options.output)


def _report(files: Sequence[Path], output: Path) -> int:
    if output.suffix != ".md":
        raise InputProblem(f"A report is a .md file: choose a name that ends so, not “{output.name}”.")
    lines = _lines_of(files)
    if not lines:
        raise InputProblem("There are no results in the files, so there is nothing to report.")
    written, remark = _write_report(lines, output)
    for sentence in (f"Written to {', '.join(str(path) for path in written)}", remark):
        if sentence:
            print(sentence, file=sys.stderr)  # noqa: T201  # The command's message.
    return DONE


# -- what is done --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunChoice:
    """What to run with; ``model`` "" is the best one here, ``layout`` None the model's own."""

    benchmark: Benchmark
    method: Method = "agentwrite"
    model: str = ""
    layout: Layout | None = None
    seed: int = _SEED


class EvaluateCommands:
    """Evaluations. Each returns the exit status and raises LongWriterError with a sentence for the person."""

    def __init__(self, paths: AppPaths, reporter: "EvaluationReporter") -> None:
        self._paths = paths
        self._reporter = reporter

    def run(self, tasks: Sequence[Task], choice: RunChoice, output: Path) -> int:
        """Writes and measures the tasks that ``output`` has no result of yet, and makes the report beside it."""
        if choice.layout is not None and choice.method != "agentwrite":
            raise InputProblem(
                f"--layout goes with --method agentwrite; {choice.method} has its own. Nothing was done."
            )
        model = wanted_model(choice.model, self._paths, self._reporter.message)
        layout: Layout = choice.layout or model.layout
        shown = layout if choice.method == "agentwrite" else ""
        setup = Setup(choice.benchmark, choice.method, model.title, shown, choice.seed)
        log = _log(output)
        check_setup(log, setup)
        status = DONE
        with opened(model, self._paths, self._reporter.message, seed=choice.seed) as engine:
            sampling = model.sampling(seed=choice.seed)
            bench = Bench(engine, templates_of(self._paths), sampling, layout, model.planning)
            try:
                with closing(run(tasks, choice.method, setup, bench, log, time.monotonic)) as events:
                    for event in events:
                        self._reporter.event(event)
            except KeyboardInterrupt:
                status = INTERRUPTED
        self._finish(log, log.lines, status)
        return status

    def quality(self, files: Sequence[Path], judge: str, output: Path | None, *, seed: int) -> int:
        """Has the results of ``files`` judged, but for those with scores in ``output``; reports beside it."""
        results = results_of(_lines_of(files))
        if not results:
            raise InputProblem("There are no results in the files, so there is nothing to judge.")
        output = output or files[0].with_name(f"{files[0].stem}-quality.jsonl")
        model = wanted_model(judge, self._paths, self._reporter.message)
        log = _log(output)
        status = DONE
        with opened(model, self._paths, self._reporter.message, seed=seed) as engine:
            try:
                with closing(judge_all(results, model.title, engine, log, seed=seed)) as events:
                    for event in events:
                        self._reporter.event(event)
            except KeyboardInterrupt:
                status = INTERRUPTED
        self._finish(log, (*results, *log.lines), status)
        return status

    def _finish(self, log: ResultLog, lines: Sequence[Line], status: int) -> None:
        """Makes the report of ``lines``, and tells the figures of what is in the log."""
        if status == INTERRUPTED:
            self._reporter.message(
                f"Stopped. What was finished is kept in {log.path}; the same command goes on from there."
            )
        files: list[Path] = []
        if lines:
            files, remark = _write_report(lines, log.path.with_suffix(".md"))
            if remark:
                self._reporter.message(remark)
        values = _values(log.lines)
        self._reporter.finish({"results": str(log.path), "report": [str(path) for path in files], **values})


def _log(path: Path) -> ResultLog:
    if not path.parent.is_dir():
        raise InputProblem(f"There is no folder {path.parent}. Make it first, or choose another place.")
    return ResultLog(path)


def _lines_of(files: Sequence[Path]) -> tuple[Line, ...]:
    return tuple(line for file in files for line in read_lines(file))


def _write_report(lines: Sequence[Line], path: Path) -> tuple[list[Path], str]:
    """Writes the report and its plot; returns the files, and a sentence about a plot that is missing, or ""."""
    results = results_of(lines)
    runs = runs_of(results)
    png, svg = path.with_suffix(".png"), path.with_suffix(".svg")
    plotted = bool(results) and can_plot()
    if plotted:
        draw({label: runs[setup] for setup, label in labels_of(runs).items()}, png, svg)
    text = report(results, judgements_of(lines), plot=png.name if plotted else "")
    put_file(path, text.encode("utf-8", "replace"))
    return [path, *([png, svg] if plotted else [])], MISSING if results and not plotted else ""


def _values(lines: Sequence[Line]) -> dict[str, object]:
    """The figures over all lines, ready for JSON."""
    results, judgements = results_of(lines), judgements_of(lines)
    values: dict[str, object] = {}
    if results:
        values = {metric.name: metric.of(results) for metric in METRICS}
    if judgements:
        values |= {
            "judged": sum(bool(each.scores) for each in judgements),
            "not_judgeable": sum(not each.scores for each in judgements),
            "quality": quality_of(judgements),
        }
    return values


# -- what is shown -------------------------------------------------------------------------------------


class EvaluationReporter(Protocol):
    """Shows what happens to a person or a program."""

    def event(self, event: Progress | Result | Judgement) -> None:
        """Something goes on, or a prompt is done."""
        ...

    def message(self, text: str) -> None:
        """A sentence for the person."""
        ...

    def finish(self, values: Mapping[str, object]) -> None:
        """The figures of the whole file, once, last."""
        ...


class JsonEvaluation:
    """One JSON object a finished prompt on standard output; the last is the summary."""

    def event(self, event: Progress | Result | Judgement) -> None:
        if isinstance(event, Result):
            lengths = {"words": event.words, "length": event.length, "length_score": event.length_score}
            self._print({"event": "evaluated", "number": event.number, **lengths, "repeated": event.repeated})
        elif isinstance(event, Judgement):
            scores = {"scores": event.scores, "quality": event.quality, "share_read": event.share_read}
            self._print({"event": "judged", "number": event.number, **scores})

    def message(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201  # The command's message.

    def finish(self, values: Mapping[str, object]) -> None:
        self._print({"event": "summary", **values})

    def _print(self, values: Mapping[str, object]) -> None:
        print(json.dumps(values), flush=True)  # noqa: T201  # The command's result.


class EvaluationBar:
    """A progress bar over the prompts on a terminal, and a line for each one that is done."""

    def __init__(self, err: IO[str] | None = None) -> None:
        self._err = err or sys.stderr
        self._bar: tqdm[NoReturn] | None = None

    def event(self, event: Progress | Result | Judgement) -> None:
        match event:
            case Progress(place, total, number, what):
                self._show(place - 1, total, f"prompt {number}, {what}")
            case Result():
                self.message(
                    f"Prompt {event.number}: {event.words:,} of {event.length:,} words, S_l {event.length_score:.1f}, "
                    f"{event.seconds:.0f} s{f', {event.stop}' if event.stop else ''}"
                )
            case Judgement():
                self.message(f"Prompt {event.number}: {_judged(event)}")

    def message(self, text: str) -> None:
        if self._bar is not None:
            self._bar.clear()
        print(text.encode("utf-8", "replace").decode(), file=self._err, flush=True)  # For the person.
        if self._bar is not None:
            self._bar.refresh()

    def finish(self, values: Mapping[str, object]) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
        for name in ("length_score", "quality"):
            if (value := values.get(name)) is not None:
                self.message(f"{'S_l' if name == 'length_score' else 'S_q'} {value:.1f}")
        if files := cast("Sequence[str]", values["report"]):
            self.message(f"The report is in {files[0]}.")

    def _show(self, done: int, total: int, doing: str) -> None:
        if not self._err.isatty():
            return
        if self._bar is None:
            self._bar = tqdm(file=self._err, unit=" prompts", total=total, dynamic_ncols=True, leave=False)
        self._bar.n = done
        self._bar.set_description_str(doing, refresh=False)
        self._bar.update(0)


def _judged(judgement: Judgement) -> str:
    if judgement.quality is None:
        return "not judgeable"
    part = "" if judgement.share_read == 1 else f", by its beginning, middle and end ({judgement.share_read:.0%})"
    return f"S_q {judgement.quality:.0f}{part}"
