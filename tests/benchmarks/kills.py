"""Kills and other faults of the worker at random moments, while a document is written; and how fast it is stopped.

    python tests/benchmarks/kills.py MODEL.gguf [--count 100] [--seed 1] [--parts kills,faults,orphans,cancels]

kills: ``--count`` times SIGKILL at random moments of starting, loading, reading, writing, warming and idling;
after each the writer is called again, as the window does when the person clicks Write. faults: an abort, a
crash, a hang and a memory limit. orphans: the program that owns the worker is killed. cancels: how long it takes
to stop while writing and while reading. Exit status 1 when a recovery fails, text is lost, a process is left
behind or the document does not come to its end.
"""

import argparse
import contextlib
import itertools
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, PromptProgress, Sampling, TextChunk
from longwriter_desktop.agentwrite.events import SectionStarted, TextCut, TextWritten, WriterEvent, WritingFinished
from longwriter_desktop.agentwrite.prompts import PromptTemplates
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.errors import BackendProblem, ModelProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from tests.backend.replies import long_text, question
from tests.backend.sample_documents import sample_document

AT_REST = ("warming", "idle")
MOMENTS = ("starting", "loading", "reading", "writing", *AT_REST)
SECTIONS, WORDS = 4, 50
SECONDS_TO_RECOVER = 60.0
SECONDS_TO_END = 5.0
STORY = question("Tell a long story about a fox.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--count", type=int, default=100, help="of kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", default="kills,faults,orphans,cancels")
    parser.add_argument("--own", metavar="MOMENT", help=argparse.SUPPRESS)  # The program that is killed in `orphans`.
    options = parser.parse_args()
    faults = 0
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        if options.own:
            own_a_worker(options.model, paths, options.own)
            return
        chance = random.Random(options.seed)
        parts = options.parts.split(",")
        with LlamaEngine(ModelSpec(options.model.stem, options.model), paths=paths) as engine:
            if "kills" in parts:
                faults += kills(engine, paths, options.count, chance)
            if "faults" in parts:
                faults += other_faults(engine, paths, chance)
            if "cancels" in parts:
                faults += cancels(engine, chance)
        if "orphans" in parts:
            faults += orphans(options.model, max(6, options.count // 5), chance)
    left = len(workers())
    print(f"\n{faults} faults (goal: 0), {left} processes left behind (goal: 0)")
    sys.exit(bool(faults or left))


def workers() -> list[psutil.Process]:
    """The workers that this process has."""
    found = []
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "longwriter_desktop.backend.worker" in child.cmdline():
                found.append(child)
    return found


class Desk:
    """A document that is being written, as a window would have it."""

    def __init__(self, engine: LlamaEngine, paths: AppPaths, seed: int) -> None:
        self.document = sample_document(SECTIONS, WORDS)
        self.engine = engine
        self._paths = paths
        self._seed = seed

    def writing(self) -> Generator[WriterEvent, None, None]:
        """What Write starts. All that is handed out is in the document by the time it is seen here."""
        for event in write(
            lambda: self.document, self.engine, self._templates, sampling=Sampling(seed=self._seed), layout="paper"
        ):
            self.document = record(self.document, event, 0.0)
            yield event

    def _templates(self, _language: str) -> PromptTemplates:
        return load_templates("en", self._paths)

    @property
    def texts(self) -> dict[str, str]:
        return {section.id: section.text for section in self.document.sections}

    @property
    def finished(self) -> bool:
        return all(section.complete and section.text.strip() for section in self.document.sections)


class Killer:
    """Sends a signal to the worker after a while, from a thread of its own."""

    def __init__(self, seconds: float, deed: Callable[[int], None]) -> None:
        self.pid = 0
        self.at = 0.0
        self._deed = deed
        self._thread = threading.Timer(seconds, self._strike)
        self._thread.start()

    def _strike(self) -> None:
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            for worker in workers():
                self.pid, self.at = worker.pid, time.monotonic()
                self._deed(worker.pid)
                return
            time.sleep(0.002)

    @property
    def struck(self) -> bool:
        """Whether there was a worker to strike; waits for it."""
        self._thread.join()
        return bool(self.pid)

    def wait_for_end(self) -> None:
        """Until the worker is gone, at most a few seconds."""
        with contextlib.suppress(psutil.Error):
            psutil.Process(self.pid).wait(SECONDS_TO_END)


def kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


@dataclass
class Tally:
    """What came of the faults of one kind."""

    done: int = 0
    silent: int = 0
    """Without any error, because nothing was going on or nothing more came of it."""
    failures: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """From the fault to the first new text."""
    errors: Counter[str] = field(default_factory=Counter)


def kills(engine: LlamaEngine, paths: AppPaths, count: int, chance: random.Random) -> int:
    """SIGKILL at random moments, one after another."""
    table: defaultdict[str, Tally] = defaultdict(Tally)
    documents, taken_back = 0, 0
    desk = Desk(engine, paths, seed=1)
    while sum(tally.done for tally in table.values()) < count:
        moment = chance.choice(MOMENTS)
        strike = Strike(desk, moment, kill, chance)
        strike.run(table[moment])
        taken_back += strike.taken_back
        if desk.finished:
            documents += 1
            desk = Desk(engine, paths, seed=documents + 1)
    for event in desk.writing():
        if isinstance(event, WritingFinished):
            documents += desk.finished
    if not desk.finished:
        table["end"].failures.append("the last document did not come to its end")
    print_table("killed while", table)
    done = sum(tally.done for tally in table.values())
    failed = sum(len(tally.failures) for tally in table.values())
    print(
        f"{done} kills, {done - failed} recoveries (goal: all); {documents} documents of {SECTIONS} sections finished; "
    )
    print(f"{taken_back} characters taken back by the writer itself after going on, none lost otherwise")
    return failed


class Strike:
    """One fault at a moment of a document's writing, and the recovery from it."""

    def __init__(self, desk: Desk, moment: str, deed: Callable[[int], None], chance: random.Random) -> None:
        self._desk = desk
        self._moment = moment
        self._deed = deed
        self._chance = chance
        self._killer: Killer | None = None
        self.taken_back = 0
        """Characters that the writer itself cut when it went on."""

    def run(self, tally: Tally) -> None:
        """Writes until the fault has come, and goes on after it; counts it when it came at all."""
        if self._moment in {"starting", "loading"}:
            self._desk.engine.close()
        silent = True
        try:
            self._write()
        except (BackendProblem, ModelProblem) as error:
            silent = False
            tally.errors[f"{type(error).__name__}: {error}"] += 1
        if self._killer is None or not self._killer.struck:
            return  # The document came to its end first.
        if silent:
            # Nothing was going on. A process takes a moment to end, and nobody clicks that fast.
            self._killer.wait_for_end()
        tally.done += 1
        tally.silent += silent
        try:
            tally.seconds.append(self._recover(self._killer))
        except (AssertionError, BackendProblem, ModelProblem) as error:
            tally.failures.append(f"{type(error).__name__}: {error}")
            print("NOT RECOVERED", self._moment, tally.failures[-1], flush=True)

    def _write(self) -> None:
        chunks = self._chance.randrange(1, 8)
        with contextlib.closing(self._desk.writing()) as events:
            for event in events:
                chunks -= isinstance(event, TextWritten)
                if self._moment in AT_REST and chunks <= 0:
                    break
                if self._killer is None and has_come(self._moment, event, chunks):
                    self._arm()
        if self._moment not in AT_REST or chunks > 0:
            return
        self._arm()
        if self._moment == "warming":
            for _ in self._desk.engine.warm(question(long_text(1500, start=self._chance.randrange(5000)))):
                pass

    def _arm(self) -> None:
        self._killer = Killer(self._chance.uniform(0, 0.25), self._deed)

    def _recover(self, killer: Killer) -> float:
        """Calls the writer again; returns the seconds from the fault to new text."""
        desk = self._desk
        before, was_finished = desk.texts, desk.finished
        with contextlib.closing(desk.writing()) as events:
            for event in events:
                assert not (isinstance(event, SectionStarted) and event.again), "a section was begun anew"
                if isinstance(event, TextCut):
                    self.taken_back += event.characters
                if isinstance(event, TextWritten) or time.monotonic() - killer.at > SECONDS_TO_RECOVER:
                    break
        seconds = time.monotonic() - killer.at
        assert seconds < SECONDS_TO_RECOVER, "no new text"
        assert len(workers()) <= 1, "there is more than one process"
        assert killer.pid not in [worker.pid for worker in workers()], "the old process is still there"
        after = desk.texts
        lost = sum(len(text) - common_length(text, after[section]) for section, text in before.items())
        assert lost <= self.taken_back, f"{lost} characters are lost"
        assert after != before or was_finished or desk.finished, "nothing new was written"
        return seconds


def common_length(one: str, other: str) -> int:
    """How many characters both begin with."""
    same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def has_come(moment: str, event: WriterEvent, chunks: int) -> bool:
    """Whether the moment is there at this event; ``chunks`` of text are still to come before a fault while writing."""
    match moment:
        case "starting":
            return isinstance(event, ModelLoading)
        case "loading":
            return isinstance(event, ModelLoading) and event.fraction > 0
        case "reading":
            return isinstance(event, PromptProgress)
        case "writing":
            return isinstance(event, TextWritten) and chunks <= 0
    return False


def print_table(title: str, table: dict[str, Tally]) -> None:
    print(f"\n{title:22}{'times':>7}{'recovered':>11}{'unnoticed':>11}{'to new text, median s':>23}{'longest':>9}")
    for name, tally in table.items():
        seconds = sorted(tally.seconds) or [float("nan")]
        recovered = tally.done - len(tally.failures)
        print(
            f"{name:22}{tally.done:7}{recovered:11}{tally.silent:11}"
            f"{seconds[len(seconds) // 2]:23.2f}{seconds[-1]:9.2f}"
        )
    for name, tally in table.items():
        for error, count in tally.errors.most_common():
            print(f"  {name}, {count} times: {error}")
    sys.stdout.flush()


def other_faults(engine: LlamaEngine, paths: AppPaths, chance: random.Random) -> int:
    """An abort, a crash, a hang and a memory limit, three times each while reading and while writing."""
    deeds: dict[str, Callable[[int], None]] = {
        "abort": lambda pid: os.kill(pid, signal.SIGABRT),
        "crash": lambda pid: os.kill(pid, signal.SIGSEGV),
        "hang": lambda pid: os.kill(pid, signal.SIGSTOP),
        "memory limit": no_more_memory,
    }
    table: defaultdict[str, Tally] = defaultdict(Tally)
    for name, deed in deeds.items():
        for moment in ("reading", "writing"):
            tally = table[f"{name}, {moment}"]
            while tally.done < 3:
                desk = Desk(engine, paths, seed=tally.done + 1)
                engine._hang_after = 2.0 if name == "hang" else 120.0  # The default would take minutes here.
                Strike(desk, moment, deed, chance).run(tally)
    engine._hang_after = 120.0
    print_table("fault", table)
    return sum(len(tally.failures) for tally in table.values())


def no_more_memory(pid: int) -> None:
    """The process may not have a byte more than it has."""
    resource.prlimit(pid, resource.RLIMIT_AS, (psutil.Process(pid).memory_info().vms, resource.RLIM_INFINITY))


def cancels(engine: LlamaEngine, chance: random.Random, times: int = 20) -> int:
    """How long it takes until the caller is free, and until the same process does something else."""
    goal = 0.1
    heads = ("stopped while", "times", "caller free, longest ms", "at the next, median ms", "longest")
    print("\n{:22}{:>7}{:>25}{:>24}{:>9}".format(*heads))
    few = Sampling(temperature=0, max_tokens=2)
    list(engine.generate(STORY, few))
    pid = workers()[0].pid
    too_late = 0
    for moment in ("writing", "reading"):
        free, ready = [], []
        for turn in range(times):
            prompt = STORY if moment == "writing" else question(long_text(4000, start=100 * turn))
            events = engine.generate(prompt, Sampling(seed=turn, max_tokens=600))
            _begun(events, moment)
            until = time.monotonic() + chance.uniform(0, 0.3)
            while time.monotonic() < until:
                next(events)
            began = time.monotonic()
            events.close()  # type: ignore[attr-defined]  # It is a generator; the port only promises an iterator.
            free.append(time.monotonic() - began)
            next(event for event in engine.generate(STORY, few) if isinstance(event, PromptProgress))
            ready.append(time.monotonic() - began)
        ready.sort()
        print(f"{moment:22}{times:7}{max(free) * 1000:25.0f}{ready[times // 2] * 1000:24.0f}{ready[-1] * 1000:9.0f}")
        too_late += sum(seconds > goal for seconds in free)
    kept = workers()[0].pid == pid
    print(f"goal: 100 ms, the process reused: {kept}; {too_late} times too late")
    return too_late + (not kept)


def _begun(events: Iterator[EngineEvent], moment: str) -> None:
    """Takes events until it reads, or writes."""
    for event in events:
        if moment == "reading" and isinstance(event, PromptProgress) and event.read:
            return
        if moment == "writing" and isinstance(event, TextChunk):
            return


def orphans(model: Path, times: int, chance: random.Random) -> int:
    """Kills the program that owns the worker, at any moment; the worker has to end by itself."""
    table: defaultdict[str, list[float]] = defaultdict(list)
    alive_count = 0
    for turn in range(times):
        moment = MOMENTS[turn % len(MOMENTS)]
        command = [sys.executable, __file__, str(model), "--own", moment]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
            assert owner.stdout is not None
            worker = psutil.Process(int(owner.stdout.readline()))
            assert owner.stdout.readline().strip() == moment
            time.sleep(chance.uniform(0, 0.15))
            owner.kill()
            began = time.monotonic()
            _gone, alive = psutil.wait_procs([worker], timeout=SECONDS_TO_END)
            table[moment].append(time.monotonic() - began)
            for each in alive:
                alive_count += 1
                each.kill()
    print(f"\n{'owner killed while':22}{'times':>7}{'worker gone, longest s':>24}")
    for moment, seconds in table.items():
        print(f"{moment:22}{len(seconds):7}{max(seconds):24.2f}")
    print(f"{alive_count} workers outlived their owner by {SECONDS_TO_END:.0f} s (goal: 0)", flush=True)
    return alive_count


def own_a_worker(model: Path, paths: AppPaths, moment: str) -> None:
    """Brings a worker to the moment, says so, and goes on until it is killed."""

    def say() -> None:
        while not workers():
            time.sleep(0.002)
        print(workers()[0].pid, moment, sep="\n", flush=True)

    def tell(come: bool) -> None:
        if come and not told:
            told.append(threading.Thread(target=say))
            told[0].start()

    told: list[threading.Thread] = []
    engine = LlamaEngine(ModelSpec(model.stem, model), paths=paths)
    chunks = 5
    with contextlib.closing(Desk(engine, paths, seed=1).writing()) as events:
        for event in events:
            chunks -= isinstance(event, TextWritten)
            if moment in AT_REST and chunks <= 0:
                break
            tell(has_come(moment, event, chunks))
    if moment == "warming":
        for each in engine.warm(question(long_text(3000))):
            tell(isinstance(each, PromptProgress) and each.read > 0)
    tell(come=True)
    time.sleep(SECONDS_TO_RECOVER)


if __name__ == "__main__":
    main()
