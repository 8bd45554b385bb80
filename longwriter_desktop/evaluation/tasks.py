"""Reading the prompts of a benchmark, in LongBench-Write's form, and choosing a fixed sample of them."""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.document.counting import chinese_share, count_words
from longwriter_desktop.errors import InputProblem

Benchmark = Literal["length", "ruler"]
"""LongBench-Write: many kinds of text, judged by bucket of length. LongWrite-Ruler: the same few at many lengths."""

_BUCKETS = ((500, "0-500"), (2_000, "500-2k"), (4_000, "2k-4k"), (20_000, "4k-20k"))
_LONGEST_BUCKET = "20k+"
BUCKETS = (*(name for _end, name in _BUCKETS), _LONGEST_BUCKET)
"""Lengths in words; the last one is only in the ruler."""
_CHINESE = 0.3


@dataclass(frozen=True, slots=True)
class Task:
    """One prompt. ``number`` is its place in the file, from 1; ``length`` is what it asks for, in words."""

    number: int
    prompt: str
    type: str
    length: int

    @property
    def language(self) -> Language:
        """The language that the prompt is written in."""
        return "zh" if chinese_share(self.prompt) > _CHINESE else "en"

    @property
    def bucket(self) -> str:
        """LongBench-Write's bucket of length (Bai et al. 2024, section 4.1)."""
        return next((name for end, name in _BUCKETS if self.length < end), _LONGEST_BUCKET)


class _Line(msgspec.Struct, frozen=True):
    prompt: str
    length: int
    type: str = ""


def read_tasks(path: Path) -> tuple[Task, ...]:
    """The prompts of a JSON Lines file with the fields prompt, length and type. Raises InputProblem."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # not splitlines: a string may hold other line ends
    except UnicodeDecodeError as error:
        raise InputProblem(f"The prompts in {path} are not UTF-8 text. Save them as UTF-8, then try again.") from error
    except OSError as error:
        raise InputProblem(f"The prompts cannot be read from {path}: {error.strerror}.") from error
    tasks: list[Task] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            tasks.append(_task(line, len(tasks) + 1, f"line {number} of {path}"))
    if not tasks:
        raise InputProblem(f"There are no prompts in {path}: one JSON object a line is wanted, with prompt and length.")
    return tuple(tasks)


def _task(line: str, number: int, place: str) -> Task:
    try:
        read = msgspec.json.decode(line.encode("utf-8", "surrogatepass"), type=_Line)
    except msgspec.MsgspecError as error:
        raise InputProblem(
            f'There is no prompt in {place}: {error}. Wanted is {{"prompt": "…", "type": "…", "length": 1000}}.'
        ) from error
    if not count_words(read.prompt) or read.length < 1:
        raise InputProblem(f"The prompt in {place} has no words, or its length is below 1.")
    return Task(number, read.prompt, read.type, read.length)


def only(tasks: Sequence[Task], numbers: Sequence[int]) -> tuple[Task, ...]:
    """The tasks of those numbers, in the file's order. Raises InputProblem for a number that there is not."""
    last = len(tasks)
    for number in numbers:
        if not 1 <= number <= last:
            raise InputProblem(f"There is no prompt {number}: the file has {last}. Nothing was done.")
    return tuple(task for task in tasks if task.number in numbers)


def sample(tasks: Sequence[Task], count: int, benchmark: Benchmark) -> tuple[Task, ...]:
    """``count`` tasks in the file's order, always the same: all lengths and both languages before any twice.

    A larger sample holds the smaller one. Raises InputProblem for a count below 1.
    """
    if count < 1:
        raise InputProblem("A sample has at least 1 prompt. Nothing was done.")

    def cell_of(task: Task) -> Hashable:
        return (task.length if benchmark == "ruler" else task.bucket), task.language

    cells = [_spread(cell) for cell in _cells(tasks, cell_of)]
    taken = [0] * len(cells)
    for _turn in range(min(count, len(tasks))):
        open_cells = [index for index, cell in enumerate(cells) if taken[index] < len(cell)]
        index = min(open_cells, key=lambda each: (taken[each] > 0, (taken[each] + 0.5) / len(cells[each]), each))
        taken[index] += 1
    chosen = [task for cell, amount in zip(cells, taken, strict=True) for task in cell[:amount]]
    return tuple(sorted(chosen, key=lambda task: task.number))


def _cells(tasks: Sequence[Task], cell_of: Callable[[Task], Hashable]) -> list[list[Task]]:
    cells: dict[Hashable, list[Task]] = {}
    for task in tasks:
        cells.setdefault(cell_of(task), []).append(task)
    return list(cells.values())


def _spread(tasks: list[Task]) -> list[Task]:
    """In an order of which every beginning is spread over the whole: the middle, the quarters and so on."""
    order: list[Task] = []
    parts = deque([(0, len(tasks))])
    while parts:
        first, end = parts.popleft()
        if first < end:
            middle = (first + end) // 2
            order.append(tasks[middle])
            parts.extend([(first, middle), (middle + 1, end)])
    return order
