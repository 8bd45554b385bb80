"""How much of the writing speed remains beside other programs, and whether a window stays fluent beside ours.

    python tests/benchmarks/company.py [MODEL.gguf] [--llama-bench PATH] [--seconds 10] [--rounds 3]

The starter model unless another is named. In each round the engine writes undisturbed with the best fixed
setting (all threads, GNU OpenMP's own waiting), and with its own policy: undisturbed, with one core burnt
by a busy loop, with all of them burnt, and beside another llama.cpp job with as many threads. That job is
`llama-bench` where its path is given, else a plain client of llama-cpp-python; both with default settings.
Rates are medians over the rounds, and what stands beside a goal is a ratio within this run.

*Lateness* is how much longer than alone a small job takes that a window could have: 2 ms of work, every
16 ms, at normal priority.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

import psutil

from longwriter_desktop.agentwrite.engine import Message, Prompt, ReplyFinished, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import find_model
from longwriter_desktop.paths import AppPaths

CORES = psutil.cpu_count(logical=False) or os.cpu_count() or 1
QUESTION = Prompt((Message("user", "Write a long article about the lighthouses of the northern coast."),))
TOKENS = 400
"""Of each reply, so that all rates are taken at the same depth."""
SETTLING_SECONDS = 1.0

BURNER = "while True: pass"
FRAME = """
import time
late = []
due = time.perf_counter() + 0.016
while True:
    time.sleep(max(0.0, due - time.perf_counter()))
    work = time.thread_time() + 0.002
    while time.thread_time() < work:
        pass
    print(f"{(time.perf_counter() - due - 0.002) * 1000:.3f}", flush=True)
    due = max(due + 0.016, time.perf_counter())
"""
CLIENT = """
import sys
import llama_cpp
model = llama_cpp.Llama(sys.argv[1], n_threads=int(sys.argv[2]), n_ctx=2048, verbose=False)
while True:
    for _ in model.create_completion("Once upon a time", max_tokens=400, stream=True):
        pass
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", type=Path)
    parser.add_argument("--llama-bench", type=Path, metavar="PATH")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as home:
        paths = AppPaths.of_this_machine({"LONGWRITER_HOME": home})
        spec = ModelSpec(options.model.stem, options.model) if options.model else starter(paths)
        print(f"{spec.name}, {CORES} cores, {options.rounds} rounds of {options.seconds:g} s")
        rates, lateness = measured(spec, paths, options)
    tell(rates, lateness)


def starter(paths: AppPaths) -> ModelSpec:
    return ModelSpec.of(find_model("starter", load_catalogue(paths), paths))


def measured(
    spec: ModelSpec, paths: AppPaths, options: argparse.Namespace
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    other_job = [str(options.llama_bench), "-m", str(spec.path), "-p", "0", "-n", "400", "-r", "1000"]
    if not options.llama_bench:
        other_job = [sys.executable, "-c", CLIENT, str(spec.path), str(CORES)]
    company: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "undisturbed": contextlib.nullcontext,
        "one core burnt": lambda: beside(burners(1)),
        "all cores burnt": lambda: beside(burners(CORES)),
        "another llama.cpp job": lambda: beside([other_job]),
    }
    rates: dict[str, list[float]] = {}
    lateness: dict[str, list[float]] = {"nothing": frames_beside(contextlib.nullcontext(), options.seconds)}
    fixed = EngineOptions(writing_threads=CORES, adapt_threads=False, state_limit_bytes=0)
    own = EngineOptions(state_limit_bytes=0)
    for _ in range(options.rounds):
        with environment({"GOMP_SPINCOUNT": "300000"}), LlamaEngine(spec, paths=paths, options=fixed) as engine:
            rate(engine, SETTLING_SECONDS)
            rates.setdefault("undisturbed, best fixed setting", []).append(rate(engine, options.seconds))
        with LlamaEngine(spec, paths=paths, options=own) as engine:
            rate(engine, SETTLING_SECONDS)
            for name, others in company.items():
                with others():
                    rates.setdefault(name, []).append(rate(engine, options.seconds))
    with LlamaEngine(spec, paths=paths, options=own) as engine:
        rate(engine, SETTLING_SECONDS)
        with frames() as late:
            rate(engine, options.seconds)
        lateness["writing"] = late
        with frames() as late:
            read(engine, options.seconds)
        lateness["reading"] = late
    return rates, lateness


def rate(engine: LlamaEngine, seconds: float) -> float:
    """Tokens a second between the first and the last text of each reply."""
    tokens, spent, number = 0, 0.0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number += 1
        sampling = Sampling(seed=number, max_tokens=TOKENS, min_tokens=TOKENS)
        first = last = 0.0
        events = engine.generate(QUESTION, sampling)
        for event in events:
            now = time.monotonic()
            if isinstance(event, TextChunk):
                tokens += event.tokens if first else 0
                first, last = first or now, now
            if now >= end:
                break
        events.close()  # type: ignore[attr-defined]  # It is a generator; the port only promises an iterator.
        spent += last - first
    return tokens / spent if spent else 0.0


def read(engine: LlamaEngine, seconds: float) -> None:
    """Reads other prompts again and again."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        text = " ".join(f"{number} {word}" for word in range(600))
        for event in engine.warm(Prompt((Message("user", text),))):
            if isinstance(event, ReplyFinished) or time.monotonic() >= end:
                break


# -- company ---------------------------------------------------------------------------------------------


def burners(count: int) -> list[list[str]]:
    return [[sys.executable, "-c", BURNER]] * count


@contextlib.contextmanager
def beside(commands: list[list[str]]) -> Iterator[None]:
    """While these run."""
    running = [subprocess.Popen(each, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for each in commands]
    try:
        time.sleep(SETTLING_SECONDS)
        yield
        assert all(each.poll() is None for each in running), "what was to run beside has ended"
    finally:
        for each in running:
            each.send_signal(signal.SIGTERM)
            each.wait()


@contextlib.contextmanager
def frames() -> Iterator[list[float]]:
    """Runs the window's small job meanwhile; the list holds its lateness in milliseconds at the end."""
    late: list[float] = []
    with subprocess.Popen([sys.executable, "-c", FRAME], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield late
        finally:
            process.terminate()
            output, _ = process.communicate()
            late += [float(line) for line in output.splitlines()[1:-1]]


def frames_beside(others: AbstractContextManager[object], seconds: float) -> list[float]:
    with others, frames() as late:
        time.sleep(seconds)
    return late


@contextlib.contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """With these variables set, for a worker that is started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def tell(rates: dict[str, list[float]], lateness: dict[str, list[float]]) -> None:
    best = median(rates["undisturbed, best fixed setting"])
    own = median(rates["undisturbed"])
    goals = {"undisturbed": 0.95, "one core burnt": 0.60, "all cores burnt": 0.40, "another llama.cpp job": 0.30}
    print(f"\n{'':32}{'tokens/s':>9}{'ratio':>8}{'goal':>7}   each round")
    for name, found in rates.items():
        base = best if name.startswith("undisturbed") else own
        goal = f"{goals[name]:.2f}" if name in goals else ""
        each = " ".join(f"{value:.0f}" for value in found)
        print(f"{name:32}{median(found):9.1f}{median(found) / (base or float('nan')):8.2f}{goal:>7}   {each}")
    print(f"\n{'lateness beside':32}{'median':>9}{'99 %':>8}{'worst':>7}  milliseconds")
    for name, late in lateness.items():
        print(f"{name:32}{median(late):9.2f}{quantiles(late, n=100)[98]:8.2f}{max(late):7.1f}")


if __name__ == "__main__":
    main()
