"""How the processor reads and writes fastest on this machine: `doctor --tune`.

It is the number of threads, and whether the model's weights are laid out anew for the processor.
Each number is measured with the model itself, opened anew in a process of its own as for writing. The heat
of a laptop changes what is measured, so the numbers take turns, several times where there is time for it,
and another number than the automatic one is kept only where it is clearly faster. While other programs
compute, fewer threads are always faster, which would be wrong to keep for when they do not.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from statistics import median

import psutil

from longwriter_desktop.agentwrite.engine import (
    Engine,
    EngineEvent,
    Message,
    Prompt,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.cores import choose_threads, usable_cores
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.thread_count import steps
from longwriter_desktop.errors import EnvironmentProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Repack, load_settings, save_settings, settings_path

SECONDS = 50.0
"""For all measurements; what goes on then is broken off."""
_SHARE_FOR_THREADS = 0.6
"""Of the time; the rest is for the weights."""
_PASSES = 3
_MOST_NUMBERS = 6
_LONGEST_READING, _LONGEST_WRITING = 3.0, 4.0
_LEAST_TOKENS = 8
_BUSY_PERCENT = 25.0
"""Of all cores; when other programs use more, nothing is kept."""
_CLEARLY = 1.03
"""A number has to be so many times as fast as the automatic one to be kept."""
_SUBJECTS = "lighthouses bridges gardens railways harbours clocks".split()
_SENTENCE = (
    "Describe number {number} of the {subject} that stand along the old road: when it was built, who paid for it, "
    "what it looks like in winter, and why people who pass through the valley still stop to see it. "
)


@dataclass(slots=True)
class Measured:
    """Tokens a second with so many threads, one figure a pass. ``repack`` as in `EngineOptions`."""

    threads: int
    repack: bool | None = None
    writing: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians in tokens a second; None where there was no time to measure."""

    threads: int
    writing: float | None
    reading: float | None


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was measured, and what of it is to be kept; 0 threads leaves the number to the app.

    ``others_percent`` is how much of the processor other programs used before.
    """

    model: str
    device: str
    speeds: tuple[Speed, ...]
    automatic_writing: int
    automatic_reading: int
    writing_threads: int
    reading_threads: int
    others_percent: float = 0.0
    as_in_file: Speed | None = None
    """With the weights as they lie in the file; None where a graphics processor computes."""
    repacked: Speed | None = None
    """With the weights laid out anew."""

    @property
    def repack(self) -> Repack:
        """What is to be kept of that: a document is mostly written, so the writing decides."""
        if self.as_in_file is None or self.repacked is None:
            return "auto"
        file, new = self.as_in_file.writing, self.repacked.writing
        if file is None or new is None or max(file, new) <= min(file, new) * _CLEARLY:
            return "auto"
        return "on" if new > file else "off"

    @property
    def is_worth_keeping(self) -> bool:
        """False when other programs were in the way."""
        return self.others_percent <= _BUSY_PERCENT

    @property
    def values(self) -> dict[str, object]:
        """Ready for JSON."""
        return {
            "model": self.model,
            "device": self.device,
            "tokens_per_second": [asdict(speed) for speed in self.speeds],
            "automatic": {"writing_threads": self.automatic_writing, "reading_threads": self.automatic_reading},
            "fastest": {"writing_threads": self.writing_threads, "reading_threads": self.reading_threads},
            "as_in_file": asdict(self.as_in_file) if self.as_in_file else None,
            "repacked": asdict(self.repacked) if self.repacked else None,
            "repack": self.repack,
            "kept": self.is_worth_keeping,
            "others_percent": self.others_percent,
        }


def tune(
    model: ModelSpec,
    paths: AppPaths,
    tell: Callable[[str], None],
    *,
    seconds: float = SECONDS,
    others_percent: Callable[[], float] = lambda: psutil.cpu_percent(1.0),
    clock: Callable[[], float] = time.monotonic,
) -> Tuning:
    """Measures and chooses; keeps nothing. ``tell`` gets a sentence after each measurement. Errors as in `Engine`."""
    busy = others_percent()
    options = replace(EngineOptions.of(load_settings(paths)), adapt_threads=False, state_limit_bytes=0)
    automatic = choose_threads(replace(options, writing_threads=None, reading_threads=None))
    found = [Measured(threads) for threads in candidates(usable_cores(), psutil.cpu_count() or 1, automatic)]
    began = clock()
    end = began + seconds * _SHARE_FOR_THREADS
    device = ""
    for done, (each, left) in enumerate(_turns(found)):
        now = clock()
        # The first time each gets what there is; again only when there is time for a whole measurement.
        if now >= end or (done >= len(found) and now + (now - began) / done > end):
            break
        with LlamaEngine(model, paths=paths, options=_with(options, each.threads)) as engine:
            _measure(engine, each, now + (end - now) / left, end, clock)
            device = device or engine.device.partition(",")[0]
        tell(_progress(each))
    layouts = [Measured(automatic[0], repack) for repack in (False, True)] if device == "CPU" else []
    for each in layouts:
        with LlamaEngine(model, paths=paths, options=replace(options, repack=each.repack)) as engine:
            now = clock()
            share = (began + seconds - now) / (1 if each.repack else 2)
            _measure(engine, each, now + share, began + seconds, clock)
        tell(_progress(each))
    speeds = tuple(map(_speed, found))
    writing = best({speed.threads: speed.writing for speed in speeds}, automatic[0])
    reading = best({speed.threads: speed.reading for speed in speeds}, automatic[1])
    return Tuning(model.name, device, speeds, *automatic, writing, reading, busy, *map(_speed, layouts))


def keep(tuning: Tuning, paths: AppPaths) -> None:
    """Puts the numbers into settings.toml, if they are worth it. Raises EnvironmentProblem."""
    if not tuning.is_worth_keeping:
        return
    chosen = replace(
        load_settings(paths),
        writing_threads=tuning.writing_threads,
        reading_threads=tuning.reading_threads,
        repack=tuning.repack,
    )
    try:
        save_settings(paths, chosen)
    except OSError as error:
        raise EnvironmentProblem(
            f"The settings could not be saved in {settings_path(paths)}: {error.strerror}. They are as they were. "
            "See to it that the file can be written, then try again."
        ) from error


def candidates(cores: int, logical: int, automatic: tuple[int, int]) -> list[int]:
    """The numbers of threads worth measuring, the automatic ones first; a handful, since each takes seconds.

    Down to a quarter of the cores: where the memory is slow, no more are kept busy. Up to the hyper-threads.
    """
    wanted = [*automatic, cores, *(number for number in steps(cores) if 4 * number >= cores), 2 * cores]
    return [number for number in dict.fromkeys(wanted) if number <= max(logical, *automatic)][:_MOST_NUMBERS]


def best(speeds: dict[int, float | None], automatic: int) -> int:
    """The fastest number of threads; 0 when none is clearly faster than the automatic one."""
    usual = speeds.get(automatic)
    known = {threads: speed for threads, speed in speeds.items() if speed is not None}
    if usual is None or not known:
        return 0
    fastest = max(known, key=lambda threads: known[threads])
    return fastest if known[fastest] > usual * _CLEARLY else 0


def table(tuning: Tuning) -> str:
    """What was measured and what is kept, as lines of text."""
    lines = [f"{tuning.model} on {tuning.device}, tokens a second:", f"{'threads':>9}{'writing':>10}{'reading':>10}"]
    for speed in sorted(tuning.speeds, key=lambda each: each.threads):
        marks = [
            f"automatic for {what}"
            for what, number in (("writing", tuning.automatic_writing), ("reading", tuning.automatic_reading))
            if number == speed.threads
        ]
        row = f"{speed.threads:>9}{_figure(speed.writing):>10}{_figure(speed.reading):>10}"
        lines.append(f"{row}  {', '.join(marks)}".rstrip())
    if not tuning.is_worth_keeping:
        lines.append(
            f"Other programs used {tuning.others_percent:.0f} % of the processor, so this says little. The settings "
            "are as they were. Close the other programs, then try again."
        )
        return "\n".join(lines)
    if tuning.as_in_file and tuning.repacked:
        choice = {"on": "on, kept in the settings", "off": "off, kept in the settings", "auto": "automatic: no matter"}
        lines.append(
            f"repack: {choice[tuning.repack]}; weights as in the file {_figure(tuning.as_in_file.writing)} written, "
            f"{_figure(tuning.as_in_file.reading)} read; laid out anew {_figure(tuning.repacked.writing)} written, "
            f"{_figure(tuning.repacked.reading)} read"
        )
    for what, number, usual in (
        ("writing", tuning.writing_threads, tuning.automatic_writing),
        ("reading", tuning.reading_threads, tuning.automatic_reading),
    ):
        kept = (
            f"{_threads(number)}, kept in the settings" if number else f"automatic ({_threads(usual)}): none is faster"
        )
        lines.append(f"{what}: {kept}")
    return "\n".join(lines)


def _speed(each: Measured) -> Speed:
    return Speed(each.threads, _median(each.writing), _median(each.reading))


def _with(options: EngineOptions, threads: int) -> EngineOptions:
    return replace(options, writing_threads=threads, reading_threads=threads)


def _turns(found: list[Measured]) -> Iterator[tuple[Measured, int]]:
    """All numbers, several times, every other time from behind; and how many are left of the first time."""
    for turn in range(_PASSES):
        for index, each in enumerate(found if turn % 2 == 0 else reversed(found)):
            yield each, max(1, len(found) - index) if turn == 0 else 1


def _measure(engine: LlamaEngine, each: Measured, fair_end: float, end: float, clock: Callable[[], float]) -> None:
    """Adds what could be measured. Loading is not counted, but takes of the time until ``fair_end``."""
    name = f"{len(each.writing)} {each.threads} {each.repack}"
    _until(engine.warm(_prompt(f"{name} loading", 1)), end, clock)
    now = clock()
    share = max(0.0, fair_end - now)
    reading = _reading(engine, name, min(now + _LONGEST_READING, now + share * 0.4), end, clock)
    if reading:
        each.reading.append(reading)
    now = clock()
    writing = _writing(engine, name, min(now + _LONGEST_WRITING, max(fair_end, now + share * 0.3)), end, clock)
    if writing:
        each.writing.append(writing)


def _reading(engine: Engine, name: str, until: float, end: float, clock: Callable[[], float]) -> float | None:
    """One prompt at least, unless that takes until ``end``."""
    read, seconds, number = 0, 0.0, 0
    while not number or clock() < until:
        number += 1
        finished = _until(engine.warm(_prompt(f"{name} {number}", 3)), end, clock)
        if finished is None:
            break
        read += finished.usage.prompt_tokens_read
        seconds += finished.usage.seconds_reading
    return read / seconds if seconds > 0 else None


def _writing(engine: Engine, name: str, until: float, end: float, clock: Callable[[], float]) -> float | None:
    """A few tokens at least, unless they take until ``end``."""
    first = last = 0.0
    tokens = 0
    sampling = Sampling(seed=1, max_tokens=1024, min_tokens=1024)
    with closing(_closable(engine.generate(_prompt(name, 1), sampling))) as events:
        for event in events:
            now = clock()
            if isinstance(event, TextChunk):
                tokens += event.tokens if first else 0
                first, last = first or now, now
            if now >= end or (now >= until and tokens >= _LEAST_TOKENS):
                break
    return tokens / (last - first) if last > first and tokens >= _LEAST_TOKENS else None


def _until(events: Iterator[EngineEvent], end: float, clock: Callable[[], float]) -> ReplyFinished | None:
    """The last event, or None where it had to be broken off."""
    with closing(_closable(events)) as going:
        for event in going:
            if isinstance(event, ReplyFinished):
                return event
            if clock() >= end:
                break
    return None


def _closable(events: Iterator[EngineEvent]) -> Generator[EngineEvent, None, None]:
    """As a generator; closing it closes the events."""
    yield from events


def _prompt(name: str, sentences: int) -> Prompt:
    """A prompt that begins otherwise than every other, so that nothing of it is known."""
    text = "".join(
        _SENTENCE.format(number=f"{name} {index}", subject=_SUBJECTS[index % len(_SUBJECTS)])
        for index in range(sentences)
    )
    return Prompt((Message("user", f"{name}. {text}"),))


def _progress(each: Measured) -> str:
    writing, reading = _figure(_last(each.writing)), _figure(_last(each.reading))
    how = {None: "", True: ", weights laid out anew", False: ", weights as in the file"}[each.repack]
    return f"{_threads(each.threads)}{how}: {writing} tokens a second written, {reading} read"


def _threads(number: int) -> str:
    return f"{number} thread" if number == 1 else f"{number} threads"


def _last(figures: list[float]) -> float | None:
    return figures[-1] if figures else None


def _median(figures: list[float]) -> float | None:
    return median(figures) if figures else None


def _figure(speed: float | None) -> str:
    return "–" if speed is None else f"{speed:.1f}"
