"""What a run found, one JSON object a line, and the file that it is kept in and goes on with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.tasks import Benchmark

DIMENSIONS = ("Relevance", "Accuracy", "Coherence", "Clarity", "Breadth and Depth", "Reading Experience")
"""What a judge scores from 1 to 5 (Bai et al. 2024, section 4.1)."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What all results of one file share. ``layout`` is "" where the method has no choice of it."""

    benchmark: Benchmark
    method: str
    model: str
    layout: str
    seed: int

    def __str__(self) -> str:
        return ", ".join(each for each in (self.method, self.model, self.layout) if each)


class SectionResult(msgspec.Struct, frozen=True):
    """One section: the words that its plan line asked for, those delivered, and why it ended."""

    target: int
    words: int
    stop: str = ""


class PlanResult(msgspec.Struct, frozen=True):
    """A plan: its steps, the sum of their word targets, and what is wrong with it (nothing, where it is valid).

    ``topics`` is how many topics the instruction names to be covered; ``missed`` are those that no step takes up.
    """

    steps: int
    words: int
    faults: tuple[str, ...] = ()
    topics: int = 0
    missed: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        return not self.faults


class Result(msgspec.Struct, frozen=True, tag_field="kind", tag="result"):
    """One prompt's text and its figures.

    ``words`` counts the text without the headings that the app sets. ``understood`` is the length that the app
    read out of the instruction; None where it read none, or was not asked. ``plan`` is None where there is no
    plan. ``repeated`` is the share of 8-word sequences that stood in the text before, 0.0 to 1.0. ``seconds`` is
    the whole time; tokens and their seconds are the engine's. ``stop`` is "" for a text that came to its end.
    """

    benchmark: Benchmark
    method: str
    model: str
    layout: str
    seed: int
    number: int
    prompt: str
    type: str
    language: str
    bucket: str
    length: int
    words: int
    length_score: float
    understood: int | None
    plan: PlanResult | None
    sections: tuple[SectionResult, ...]
    repeated: float
    seconds: float
    tokens_written: int
    tokens_read: int
    tokens_reused: int
    seconds_writing: float
    seconds_reading: float
    stop: str
    text: str

    @property
    def setup(self) -> Setup:
        return Setup(self.benchmark, self.method, self.model, self.layout, self.seed)


class Judgement(msgspec.Struct, frozen=True, tag_field="kind", tag="judgement"):
    """A judge's scores for one result, 1 to 5 for each of `DIMENSIONS`; empty where no reply could be read.

    ``share_read`` is how much of the text the judge has seen, 0.0 to 1.0: of one that is longer than its context
    the beginning, middle and end. ``tries`` counts its replies.
    """

    benchmark: Benchmark
    method: str
    model: str
    layout: str
    seed: int
    number: int
    language: str
    bucket: str
    length: int
    judge: str
    scores: dict[str, int]
    share_read: float
    tries: int
    analysis: str = ""

    @property
    def setup(self) -> Setup:
        return Setup(self.benchmark, self.method, self.model, self.layout, self.seed)

    @property
    def quality(self) -> float | None:
        """S_q, 0 to 100: the mean of the scores with 1 as 0 and 5 as 100; None where there are none."""
        return 25 * (sum(self.scores.values()) / len(self.scores) - 1) if self.scores else None


Line = Result | Judgement
_DECODER = msgspec.json.Decoder(Line)
_BEGINNINGS = (b'{"kind":"result",', b'{"kind":"judgement",')
"""What every line begins with, by which a half-written one is told from somebody else's."""


def read_lines(path: Path) -> tuple[Line, ...]:
    """The lines of a results file; a last one that was only half written is left out. Raises InputProblem."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputProblem(f"The results cannot be read from {path}: {error.strerror}.") from error
    lines: list[Line] = []
    *whole, rest = content.split(b"\n")
    if not any(rest[: len(beginning)] == beginning[: len(rest)] for beginning in _BEGINNINGS):
        raise InputProblem(f"The last line of {path} is no result of `evaluate`. The file was left as it is.")
    for number, line in enumerate(whole, start=1):
        if line.strip():
            try:
                lines.append(_DECODER.decode(line))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise InputProblem(
                    f"Line {number} of {path} is no result of `evaluate`: {error}. The file was left as it is."
                ) from error
    return tuple(lines)


class ResultLog:
    """A results file that is added to. Each line is on the disk before the next begins.

    Opening it drops a half-written last line. Raises InputProblem for a file that is something else or cannot be
    written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix != ".jsonl":
            raise InputProblem(f"Results are kept in a .jsonl file: choose a name that ends so, not “{path.name}”.")
        try:
            self.lines: tuple[Line, ...] = read_lines(path) if path.exists() else ()
            with path.open("ab") as file:
                whole = path.read_bytes()
                file.truncate(whole.rfind(b"\n") + 1)
        except OSError as error:
            raise InputProblem(f"Results cannot be kept in {path}: {error.strerror}. Nothing was done.") from error

    def append(self, line: Line) -> None:
        """Adds a line. Raises InputProblem when the disk does not take it; what was there before stays."""
        self.lines = (*self.lines, line)
        try:
            with self.path.open("ab") as file:
                file.write(msgspec.json.encode(line) + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise InputProblem(
                f"{self.path} could not be added to: {error.strerror}. The results before are kept; "
                "run the same command again to go on."
            ) from error


def check_setup(log: ResultLog, setup: Setup) -> None:
    """Whether the file's results are those of ``setup``. Raises InputProblem."""
    for line in log.lines:
        if not isinstance(line, Result):
            raise InputProblem(f"{log.path} holds a judge's scores. Choose another name for the results.")
        if line.setup != setup:
            raise InputProblem(
                f"{log.path} holds results of {_full(line.setup)}; this run is {_full(setup)}. "
                "Choose another name for it. The file was left as it is."
            )


def _full(setup: Setup) -> str:
    return f"{setup.benchmark} ({setup}, seed {setup.seed})"


def results_of(lines: Sequence[Line]) -> tuple[Result, ...]:
    """The results among the lines; of those of one prompt and setup, the last."""
    last = {(line.setup, line.number): line for line in lines if isinstance(line, Result)}
    return tuple(last.values())


def judgements_of(lines: Sequence[Line]) -> tuple[Judgement, ...]:
    """The judgements among the lines; of those of one judge about one result, the last."""
    last = {(line.judge, line.setup, line.number): line for line in lines if isinstance(line, Judgement)}
    return tuple(last.values())
