"""Measures how long the manuscript keeps the event loop busy, and prints it beside the goals.

    python tests/benchmarks/manuscript_latency.py [WORDS ...]

Without arguments: 10,000 and 100,000 words. Times are in milliseconds. The probe is a timer that fires
in every turn of the event loop; the time between two turns is what one event, painting included, has cost.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.manuscript.manuscript import Manuscript
from longwriter_desktop.ui.theme import LIGHT, load_fonts, stylesheet

SECTION_WORDS, PARAGRAPH_WORDS = 700, 70
STREAM_SECONDS, TOKENS_A_SECOND, KEYS_A_SECOND = 6, 100, 8
GOAL_EVENT, GOAL_OPEN = 16, 1500
GOAL_RESIZE = {10_000: 40, 100_000: 250}
WORDS = "the light of a lamp that was lit by keepers on **the headland** and seen from *thirty* kilometres away".split()


def document(words: int) -> Document:
    chance = random.Random(7)

    def paragraph() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(PARAGRAPH_WORDS)).capitalize() + "."

    def section(number: int) -> Section:
        text = "\n\n".join(paragraph() for _ in range(SECTION_WORDS // PARAGRAPH_WORDS))
        return Section(
            f"Point {number}", SECTION_WORDS, heading=f"Heading {number}" if number % 3 == 0 else "", text=text
        )

    sections = tuple(section(number) for number in range(max(2, words // SECTION_WORDS)))
    return Document(title="A measured document", word_target=words, sections=sections)


class Probe:
    """Lengths of the turns of the event loop while it is on, in milliseconds."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def run(self, seconds: float) -> list[float]:
        self.turns = []
        self._last = time.perf_counter()
        self._timer.start()
        end = self._last + seconds
        while time.perf_counter() < end:
            QCoreApplication.processEvents()
        self._timer.stop()
        return self.turns

    def _turn(self) -> None:
        now = time.perf_counter()
        self.turns.append((now - self._last) * 1000)
        self._last = now


def timed(deed: Callable[[], object]) -> float:
    """How long a deed and everything that follows from it takes, in milliseconds."""
    begin = time.perf_counter()
    deed()
    QCoreApplication.processEvents()
    return (time.perf_counter() - begin) * 1000


def p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def report(what: str, values: list[float], goal: float) -> None:
    verdict = "" if p99(values) <= goal else "  MISSED"
    sys.stdout.write(
        f"  {what:<42} median {statistics.median(values):7.1f}  p99 {p99(values):7.1f}  longest {max(values):7.1f}"
        f"  goal {goal}{verdict}\n"
    )


def measure(words: int) -> None:
    shown = document(words)
    manuscript = Manuscript(LIGHT)
    manuscript.resize(1000, 800)
    manuscript.show()
    QCoreApplication.processEvents()
    sys.stdout.write(f"{words:,} words, {len(shown.sections)} sections\n")
    report("open, until the first paint", [timed(lambda: manuscript.set_document(shown))], GOAL_OPEN)
    probe = Probe()
    begin = time.perf_counter()
    turns: list[float] = []
    while not manuscript.highlighter.is_done:
        turns += probe.run(0.05)
    finished = (time.perf_counter() - begin) * 1000
    report(f"highlighting after it, all of it {finished:.0f}", turns, GOAL_EVENT)
    report("the same document again", [timed(lambda: manuscript.set_document(shown)) for _ in range(20)], GOAL_EVENT)

    middle = shown.sections[len(shown.sections) // 2].id
    other = shown.sections[len(shown.sections) // 3].id
    report(
        "going to a section",
        [timed(partial(manuscript.show_section, each)) for each in (middle, other) * 5],
        GOAL_EVENT,
    )
    keys = [timed(lambda: QTest.keyClick(manuscript.viewport(), Qt.Key.Key_X)) for _ in range(200)]
    report("keystroke in the middle", keys, GOAL_EVENT)
    report("undo and redo", [timed(each) for _ in range(10) for each in (manuscript.undo, manuscript.redo)], GOAL_EVENT)

    for name, writing in (("middle", middle), ("end", shown.sections[-1].id)):
        stream(manuscript, probe, f"streaming into the {name}, typing elsewhere", writing)
    resize(manuscript, words)
    sys.stdout.write(f"  memory of the process {psutil.Process().memory_info().rss / 2**20:.0f} MB\n")
    manuscript.close()
    manuscript.deleteLater()
    QCoreApplication.processEvents()


def stream(manuscript: Manuscript, probe: Probe, what: str, writing: str) -> None:
    manuscript.set_writing(writing)
    tokens, keys = QTimer(), QTimer()
    sent = 0

    def send() -> None:
        nonlocal sent
        sent += 1
        manuscript.append_text(writing, "\n\n" if sent % 90 == 0 else f" {WORDS[sent % len(WORDS)]}")

    tokens.timeout.connect(send)
    keys.timeout.connect(lambda: QTest.keyClick(manuscript.viewport(), Qt.Key.Key_Y))
    tokens.start(1000 // TOKENS_A_SECOND)
    keys.start(1000 // KEYS_A_SECOND)
    turns = probe.run(STREAM_SECONDS)
    tokens.stop()
    keys.stop()
    manuscript.set_writing("")
    # Turns in which nothing happened would hide what the others cost.
    report(f"{what} ({sent} tokens)", [turn for turn in turns if turn > 1] or turns, GOAL_EVENT)


def resize(manuscript: Manuscript, words: int) -> None:
    goal = min((GOAL_RESIZE[size] for size in GOAL_RESIZE if size >= words), default=GOAL_RESIZE[100_000])
    wide = [timed(partial(manuscript.resize, width, 800)) for width in (1100, 900, 1000) * 4]
    report("resize, wider than the measure", wide, goal)
    narrow = [timed(partial(manuscript.resize, width, 800)) for width in (560, 520, 600) * 4]
    report("resize, narrower", narrow, goal)
    report("zoom", [timed(manuscript.zoom_in), timed(manuscript.zoom_out)], goal)


def main() -> None:
    app = QApplication(sys.argv[:1])
    load_fonts()
    app.setStyleSheet(stylesheet(LIGHT))
    for words in [int(each) for each in sys.argv[1:]] or list(GOAL_RESIZE):
        measure(words)


if __name__ == "__main__":
    main()
