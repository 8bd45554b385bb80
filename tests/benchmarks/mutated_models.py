"""A thousand broken model files through the real engine: each gives one clear message, and nothing else happens.

    python tests/benchmarks/mutated_models.py MODEL.gguf [--count 1000] [--seed 1]

Each mutation of `tests/backend/gguf_mutations.py` is opened and asked for four tokens, by a caller in a process
of its own. Exit status 1 when one of them hangs, takes the caller down, leaves a process behind, ends in
anything but text or one error of `longwriter_desktop.errors`, or in a message that is not one whole line. At
the end a model that is larger than this computer's memory must be refused before it is loaded, and the whole
file must write. Single mutations are looked into with ``--seed N --count 1 --messages``.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from longwriter_desktop.agentwrite.engine import Message, Prompt, ReplyFinished, Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.paths import AppPaths
from tests.backend.gguf_files import larger_than_memory
from tests.backend.gguf_mutations import GgufMutator

PROMPT = Prompt((Message("user", "Hello."),))
FEW = Sampling(temperature=0, max_tokens=4)
HANG_AFTER = 30.0
LIMIT = 60.0
"""Seconds that one file may take."""
WRITES = "it writes"
LARGER = "larger than memory"


@dataclass(frozen=True)
class Outcome:
    """What one file led to: "it writes" or the error's class, and the message; ``fault`` is what must not be."""

    kind: str
    message: str
    seconds: float
    worker_bytes: int = 0
    fault: str = ""

    @property
    def row(self) -> str:
        """Which row of the table it belongs to: errors apart by who noticed."""
        if "llama.cpp cannot use" in self.message:
            return f"{self.kind}, refused by llama.cpp"
        if "broke down" in self.message or "ended by itself" in self.message:
            return f"{self.kind}, worker broke down"
        return f"{self.kind}, refused by the check of the header" if self.kind == "ModelProblem" else self.kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first mutation; the others follow")
    parser.add_argument("--messages", action="store_true", help="print what was said about each file")
    options = parser.parse_args()
    mutator = GgufMutator(options.model)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "model.gguf"
        shutil.copyfile(options.model, copy)
        caller = Caller(Path(folder))
        table = Table(options.messages)
        for seed in range(options.seed, options.seed + options.count):
            mutation = mutator.mutation(seed)
            with mutator.applied(mutation, copy):
                table.add(seed, mutation.kind, caller.outcome(copy))
        large = larger_than_memory(Path(folder) / "large.gguf")
        table.add(-1, LARGER, caller.outcome(large), must_be="ModelTooLarge")
        table.add(-1, "whole file", caller.outcome(copy), must_be=WRITES)
        left = caller.stop()
    table.show(left)
    sys.exit(bool(table.faults or left))


class Table:
    """Counts what happened."""

    def __init__(self, with_messages: bool) -> None:
        self.faults: list[str] = []
        self._with_messages = with_messages
        self._rows: Counter[str] = Counter()
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)
        self._kinds: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, seed: int, kind: str, outcome: Outcome, *, must_be: str = "") -> None:
        self._rows[outcome.row] += 1
        self._seconds[outcome.row].append(outcome.seconds)
        self._kinds[kind][outcome.kind] += 1
        fault = outcome.fault
        if must_be and outcome.kind != must_be:
            fault = f"{outcome.kind} instead of {must_be}"
        if fault:
            self.faults.append(f"seed {seed} ({kind}): {fault}: {outcome.message!r}")
            print(self.faults[-1], flush=True)
        if self._with_messages:
            print(f"{seed:6} {kind:28} {outcome.seconds:5.1f} s  {outcome.kind}: {outcome.message}", flush=True)

    def show(self, left: int) -> None:
        print(f"\n{'outcome':52}{'files':>7}{'median s':>10}{'longest s':>11}")
        for row, count in self._rows.most_common():
            seconds = sorted(self._seconds[row])
            print(f"{row:52}{count:7}{seconds[len(seconds) // 2]:10.2f}{seconds[-1]:11.2f}")
        print()
        for kind, outcomes in self._kinds.items():
            print(f"{kind:28}" + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
        total = sum(self._rows.values())
        print(
            f"\n{total} files, {len(self.faults)} of them wrongly dealt with (goal: 0), {left} processes left (goal: 0)"
        )


class Caller:
    """The process that has the engine; started again when it is gone."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._context = multiprocessing.get_context("spawn")
        self._started = 0
        self._start()

    def _start(self) -> None:
        self._connection, theirs = self._context.Pipe()
        self._process = self._context.Process(target=be_caller, args=(theirs, str(self._home)))
        self._process.start()
        theirs.close()

    def outcome(self, path: Path) -> Outcome:
        """What the engine makes of a file."""
        began = time.monotonic()
        try:
            self._connection.send(str(path))
            if self._connection.poll(LIMIT):
                outcome: Outcome = self._connection.recv()
                return outcome
            fault = f"no answer within {LIMIT:.0f} s"
        except (EOFError, OSError):
            self._process.join(5)
            fault = f"the caller ended with status {self._process.exitcode}"
        self._end()
        self._start()
        return Outcome("nothing", "", time.monotonic() - began, fault=fault)

    def _end(self) -> None:
        for process in (*_children(self._process.pid), psutil.Process(self._process.pid)):
            process.kill()
        self._process.join()

    def stop(self) -> int:
        """Ends the caller; returns how many processes it has left behind."""
        workers = _children(self._process.pid)
        self._connection.send(None)
        self._process.join(10)
        _gone, alive = psutil.wait_procs(workers, timeout=5)
        return len(alive)


def be_caller(connection: Connection, home: str) -> None:
    """Opens the files that it is told of, all with one engine, as a window does."""
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
    engine: LlamaEngine | None = None
    while path := connection.recv():
        if engine is None or engine.model_name != Path(path).stem:
            if engine is not None:
                engine.close()
            options = EngineOptions(state_limit_bytes=0)
            engine = LlamaEngine(
                ModelSpec(Path(path).stem, Path(path)), paths=paths, options=options, hang_after=HANG_AFTER
            )
        connection.send(asked(engine))
    if engine is not None:
        engine.close()


def asked(engine: LlamaEngine) -> Outcome:
    """Four tokens of the model or one error; afterwards the file is in nobody's hands."""
    began = time.monotonic()
    kind, message, fault = "nothing", "", ""
    try:
        ends = [event for event in engine.generate(PROMPT, FEW) if isinstance(event, ReplyFinished)]
        kind = WRITES
        if len(ends) != 1:
            fault = f"{len(ends)} ends of the reply"
    except LongWriterError as error:
        kind, message = type(error).__name__, str(error)
        fault = fault_of(message)
    except Exception as error:
        kind, message, fault = type(error).__name__, str(error), "no error of this app"
    seconds, size = time.monotonic() - began, engine.memory_bytes
    if kind == WRITES:
        engine.close()
    if len(_children(os.getpid())) != (engine.memory_bytes > 0):
        fault = fault or "a process is left behind"
    return Outcome(kind, message, seconds, size, fault)


def fault_of(message: str) -> str:
    """What is wrong with a message to a person, "" when nothing is."""
    if "\n" in message or not message.isprintable():
        return "the message is not one line of readable text"
    if "made a mistake" in message:
        return "a bug of ours"
    if not message.endswith(".") or len(message) < 40:
        return "the message is no whole sentence"
    return "" if len(message) < 1000 else "the message is too long"


def _children(pid: int | None) -> list[psutil.Process]:
    return [each for each in _descendants(pid) if "longwriter_desktop.backend.worker" in _command(each)]


def _descendants(pid: int | None) -> Iterator[psutil.Process]:
    try:
        yield from psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


if __name__ == "__main__":
    main()
