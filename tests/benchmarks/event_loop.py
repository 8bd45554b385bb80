"""Measures every event of the window's main thread while text streams in and somebody types.

    python tests/benchmarks/event_loop.py [WORDS ...] [--seconds 20] [--tokens 100] [--starter] [--no-start]

Without WORDS: documents of 10,000 and 100,000 words. Times are in milliseconds. The window is the whole one, with its
files; text comes from an engine that only keeps the time, or with ``--starter`` from the starter model in its own
process, which keeps the processor busy. Each event that the loop hands out is timed from its beginning to its end,
what follows from it at once included: *wall*, as a person feels it, and *own*, the processor time of the main thread
alone, which is what the app can do something about when other programs run beside it.

Typing: from the moment at which a key is due until the manuscript has been painted. Start: from the birth of the
process until the window has been painted and its loop turns (see one_start.py). Open: from the wish until the same
holds for the text.
"""

import argparse
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, ReplyFinished, Sampling, TextChunk, Usage
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model, default_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.main_window import MainWindow
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme, load_fonts
from longwriter_desktop.ui.window_parts import WindowParts
from longwriter_desktop.ui.writing import Activity, OwnedEngine
from tests.benchmarks.manuscript_latency import document as sample
from tests.benchmarks.manuscript_latency import p99

GOAL_EVENT, GOAL_START, GOAL_OPEN, GOAL_MB = 16, 1000, 1500, 250
GOAL_RESIZE = {10_000: 40, 100_000: 250}
KEYS_A_SECOND, SETTLE_S, STARTS = 8, 3.0, 5
_WORTH_COUNTING_MS = 1.0
"""Events in which nothing happens would hide what the others cost."""


@dataclass(frozen=True)
class Timed:
    """One event: what it was, its milliseconds by the clock and on the processor."""

    what: str
    wall: float
    own: float


class ProbedApplication(QApplication):
    """Times each event that its loop hands out; those that follow from one at once are part of it."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.events: list[Timed] = []
        self.on_paint: Callable[[float], object] | None = None
        self.painted: QObject | None = None
        self._depth = 0
        self._has_painted = False

    @override
    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._depth:
            if receiver is self.painted and event.type() == QEvent.Type.Paint:
                self._has_painted = True
            return super().notify(receiver, event)
        what = f"{event.type().name} to {type(receiver).__name__}"
        self._depth, self._has_painted = 1, False
        began, own = time.perf_counter(), time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            now = time.perf_counter()
            self._depth = 0
            self.events.append(Timed(what, 1000 * (now - began), 1000 * (time.thread_time() - own)))
            if self._has_painted and self.on_paint is not None:
                self.on_paint(now)


class PacedEngine:
    """Writes sentences that repeat nothing, so many tokens a second, as long as one wants them."""

    model_name, device, memory_bytes, remarks, context_tokens = "paced", "CPU", 0, (), 10_000_000

    def __init__(self, tokens_a_second: float) -> None:
        self._pause = 1 / tokens_a_second
        self.usage = Usage()
        chance = random.Random(5)
        syllables = [f"{a}{b}" for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "ai")]
        self._words = ["".join(chance.choices(syllables, k=chance.randint(1, 3))) for _ in range(4000)]
        self._chance = chance

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        due = time.perf_counter()
        for number in range(1, sampling.max_tokens + 1):
            due += self._pause
            time.sleep(max(0.0, due - time.perf_counter()))
            end = "." if number % 14 == 0 else ""
            yield TextChunk(f" {self._chance.choice(self._words)}{end}", 1)
        yield ReplyFinished("length", Usage(tokens_written=sampling.max_tokens))

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        yield ReplyFinished("end", Usage())

    def close(self) -> None:
        pass


class Typist(QObject):
    """Says when a key is due, by a thread of its own, whatever the main thread does."""

    due = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(1 / KEYS_A_SECOND):
            self.due.emit(time.perf_counter())


def unfinished(words: int) -> Document:
    """A document of so many words, with one section in its middle that has all the writing still before it."""
    whole = sample(words)
    sections = [replace(each, complete=True) for each in whole.sections]
    middle = len(sections) // 2
    sections[middle] = Section("What is being written while this is measured", 50_000, heading="In work")
    return replace(whole, sections=tuple(sections), instruction="Write a document to be measured")


def report(what: str, values: list[float], goal: float, note: str = "") -> None:
    verdict = "" if p99(values) <= goal else "  MISSED"
    print(
        f"  {what:<34} n {len(values):>5}  median {statistics.median(values):7.1f}  p99 {p99(values):7.1f}"
        f"  longest {max(values):7.1f}  goal {goal}{verdict}{note}",
        flush=True,
    )


def run_for(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QCoreApplication.processEvents()
        time.sleep(0.0005)


def wait_until(done: Callable[[], bool], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while not done() and time.perf_counter() < end:
        run_for(0.02)


def window_of(paths: AppPaths, model: Model, engine: Callable[[Model], OwnedEngine]) -> MainWindow:
    """The whole window on real files, with an engine of ours."""
    file = DocumentFile(paths)
    session = Session(file, engine, lambda language: load_templates("zh" if language == "zh" else "en", paths))
    session.choose_model(model)
    parts = WindowParts(
        paths=paths,
        settings=Settings(theme="light"),
        session=session,
        file=file,
        exporting=Exporting(export),
        theme=Theme("light"),
        formats={suffix: each.name for suffix, each in FORMATS.items()},
        choices=list,
        model_at=lambda path: Model(str(path), path.stem, path),
        machine="",
    )
    window = MainWindow(parts)
    session.setParent(window)
    window.resize(1280, 800)
    window.show()
    return window


def measure(app: ProbedApplication, words: int, options: argparse.Namespace, home: Path) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    path = home / f"{words}.longwriter"
    with Project.create(path, unfinished(words)):
        pass
    if options.starter:
        window = window_of(paths, default_model(load_catalogue(paths), paths, ""), partial(_starter, paths))
    else:
        paced = Model("paced", "Paced", Path("/nowhere/paced.gguf"))
        window = window_of(paths, paced, lambda _: PacedEngine(options.tokens))
    window.open(path)
    wait_until(lambda: window.session.has_document, 20)
    run_for(SETTLE_S)
    shown = window.session.document
    print(f"{words:,} words, {len(shown.sections)} sections", flush=True)
    stream(app, window, options)
    resize(window, words)
    window.session.pause_and_wait()
    window.close()
    window.deleteLater()
    run_for(0.2)


def _starter(paths: AppPaths, model: Model) -> OwnedEngine:
    from longwriter_desktop.backend.client import LlamaEngine  # noqa: PLC0415 - only when it is asked for

    return LlamaEngine(model, paths=paths)


def stream(app: ProbedApplication, window: MainWindow, options: argparse.Namespace) -> None:
    """Writing in the middle, typing in another section that is in view."""
    session, manuscript = window.session, window.workspace.manuscript
    middle = len(session.document.sections) // 2
    other = session.document.sections[middle // 2].id
    session.write()
    wait_until(lambda: bool(session.document.sections[middle].text), 180)
    manuscript.show_section(other)
    manuscript.setFocus()
    run_for(1.0)
    waiting: list[float] = []
    latencies: list[float] = []

    def press(due: float) -> None:
        waiting.append(due)
        QTest.keyClick(manuscript.viewport(), Qt.Key.Key_Y)

    def painted(now: float) -> None:
        latencies.extend(1000 * (now - due) for due in waiting)
        waiting.clear()

    typist = Typist()
    typist.due.connect(press)
    app.painted, app.on_paint = manuscript.viewport(), painted
    app.events = []
    tokens = session.run.tokens
    typist.start()
    began = time.perf_counter()
    run_for(options.seconds)
    seconds = time.perf_counter() - began
    typist.stop()
    events, app.events, app.on_paint = app.events, [], None
    state = "" if session.activity is Activity.WRITING else f", {session.activity} AT THE END"
    print(f"  {(session.run.tokens - tokens) / seconds:.0f} tokens a second came{state}")
    counted = [each for each in events if each.wall >= _WORTH_COUNTING_MS] or events
    report("events while writing, wall", [each.wall for each in counted], GOAL_EVENT)
    report("the same, own", [each.own for each in counted], GOAL_EVENT)
    if latencies:
        report("typing, key to paint", latencies, GOAL_EVENT)
    for what, group in slowest(counted):
        print(f"    {what:<44} n {len(group):>4}  own p99 {p99(group):6.1f}  longest {max(group):6.1f}")
    session.pause_and_wait()


def slowest(events: list[Timed]) -> list[tuple[str, list[float]]]:
    """The kinds of events with the longest processor times, the worst first."""
    ordered = sorted(events, key=lambda each: each.what)
    groups = [(what, [each.own for each in of]) for what, of in itertools.groupby(ordered, key=lambda each: each.what)]
    return sorted(groups, key=lambda group: -max(group[1]))[:6]


def resize(window: MainWindow, words: int) -> None:
    goal = min((GOAL_RESIZE[size] for size in GOAL_RESIZE if size >= words), default=GOAL_RESIZE[100_000])
    wall, own = [], []
    for width in (1100, 900, 1200, 1000, 1280) * 2:
        began, own_began = time.perf_counter(), time.thread_time()
        window.resize(width, 800)
        QCoreApplication.processEvents()
        wall.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.thread_time() - own_began))
        run_for(0.1)
    report("resize of the window, wall", wall, goal)
    report("the same, own", own, goal)


# -- start, open, memory: each in a process of its own -----------------------------------------------------


def measure_starts(words: int, home: Path) -> None:
    path = home / "opened.longwriter"
    with Project.create(path, sample(words)):
        pass
    found = []
    for _ in range(STARTS):
        command = [sys.executable, str(Path(__file__).with_name("one_start.py")), str(path)]
        done = subprocess.run(
            command, env={**os.environ, "LONGWRITER_HOME": str(home)}, capture_output=True, text=True, check=False
        )
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or not lines:
            raise SystemExit(f"the window did not start:\n{done.stderr[-2000:]}")
        found.append(json.loads(lines[-1]))
    print(f"a window of its own, {STARTS} times")
    report("start to a usable window", [each["start"] for each in found], GOAL_START)
    report("the same, processor time", [each["start_own"] for each in found], GOAL_START)
    report(f"opening {words:,} words", [each["open"] for each in found], GOAL_OPEN)
    report("the same, processor time", [each["open_own"] for each in found], GOAL_OPEN)
    report(f"MB of memory with {words:,} words", [each["megabytes"] for each in found], GOAL_MB)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", type=int, nargs="*")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--tokens", type=float, default=100, help="a second")
    parser.add_argument("--starter", action="store_true", help="text from the starter model")
    parser.add_argument("--no-start", action="store_true", help="leave out start, opening and memory")
    options = parser.parse_args()
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["LONGWRITER_HOME"] = home
        if not options.no_start:
            measure_starts(max(options.words, default=100_000), Path(home))
        app = ProbedApplication(sys.argv[:1])
        app.setStyle("Fusion")
        load_fonts()
        for words in options.words or list(GOAL_RESIZE):
            measure(app, words, options, Path(home))
        sys.stdout.flush()
        # An application whose `notify` is Python's is taken down in an order that Qt does not like.
        QTimer.singleShot(0, app.quit)
        app.exec()


if __name__ == "__main__":
    main()
