"""Does a model fit this machine? One rule for the window, the command line and the choice of a default.

The memory is what the backend counts when it opens a model (`backend.memory.best_plan`), fed with the file's header
where the file is here and with the catalogue's facts where it is not. So what is said here is what will happen.
"""

import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

import psutil

from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.memory import (
    Free,
    Plan,
    Room,
    best_plan,
    chosen_devices,
    cpu_flash_attention,
    has_room,
    ram_bytes,
    wanted_context,
)
from longwriter_desktop.backend.messages import Device
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.entry_header import entry_header
from longwriter_desktop.models.expected_speed import LONG_DOCUMENT_WORDS, Expected, expected_speed
from longwriter_desktop.models.places import expanded
from longwriter_desktop.models.speeds import Speed
from longwriter_desktop.size_words import memory_words

Verdict = Literal["fits", "slow", "too large"]

_SHORT_CONTEXT_TOKENS = 8192
"""A model that has not the memory for this much is of no use for long documents."""
_LONG_CONTEXT_TOKENS = 16_384
"""This holds 10,000 English words and their plan."""
_SYSTEM_BYTES = 1_500_000_000
"""What the system itself needs and cannot give away, however much is closed."""
_SLOW_MINUTES = 75
"""A model is called slow when 10,000 words may take longer."""
_LONG_MINUTES = 100
"""From here on, hours are said."""
_SHARED_WITH_METAL = 2 / 3
"""Of the computer's memory, what Metal lets a program use before it has been asked how much it is."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What matters about a computer for running a model; sizes in bytes."""

    total_ram_bytes: int
    available_ram_bytes: int
    """Free now, or freed by the system when asked for."""
    cores: int
    free_disk_bytes: int
    gpu: str = ""
    """The name of a device that llama.cpp computes on, "" for the processor alone."""
    gpu_memory_bytes: int = 0
    """Its own memory; 0 where it shares the computer's."""
    rooms: tuple[Room, ...] = ()
    """The devices as the backend has named them, see `machine.machine_here`; () where it has not been asked."""

    @property
    def all_rooms(self) -> tuple[Room, ...]:
        """The devices, as the backend has named them or as far as they are known without it."""
        if self.rooms or not self.gpu:
            return self.rooms
        if self.gpu_memory_bytes:
            return (Room(self.gpu, self.gpu, self.gpu_memory_bytes),)
        return (Room(self.gpu, self.gpu, int(self.total_ram_bytes * _SHARED_WITH_METAL), shares_ram=True),)

    def with_devices(self, devices: Sequence[Device], wanted: str = "auto") -> "Machine":
        """This machine with what the backend says of its devices; ``wanted`` is the setting of that name."""
        try:
            chosen = chosen_devices(devices, wanted)
        except ModelProblem:
            chosen = chosen_devices(devices, "auto")
        rooms = tuple(Room.on(device) for device in chosen)
        names = " and ".join(room.description or room.name for room in rooms)
        own = sum(room.free_bytes for room in rooms if not room.shares_ram)
        return replace(self, gpu=names, gpu_memory_bytes=own, rooms=rooms)

    @staticmethod
    def of_this(folder: Path | None = None, gpu: str = "", gpu_memory_bytes: int = 0) -> "Machine":
        """This computer. ``folder`` is on the disk in question; the home folder when None.

        The device is for the backend to name; on Apple silicon it is known to be Metal.
        """
        memory = psutil.virtual_memory()
        if not gpu and platform.system() == "Darwin" and platform.machine() == "arm64":
            gpu = "Metal"
        return Machine(
            total_ram_bytes=memory.total,
            available_ram_bytes=memory.available,
            cores=psutil.cpu_count(logical=False) or psutil.cpu_count() or 1,
            free_disk_bytes=_free_disk(folder or Path.home()),
            gpu=gpu,
            gpu_memory_bytes=gpu_memory_bytes,
        )


@dataclass(frozen=True, slots=True)
class Fit:
    """The verdict, how much memory the model needs with its whole context, in bytes, and one sentence why.

    The sentence has neither a capital letter nor a full stop, so that it can stand in a column or follow a name; its
    clauses are joined with semicolons.
    """

    verdict: Verdict
    needs_bytes: int
    reason: str
    words_a_minute: tuple[int, int] | None = None
    """On average over a document of 10,000 words, from slow to fast; None: nobody has measured anything like it."""
    speed_source: str = ""
    """Whose figures those are, in words that may follow them: "measured here with this model"."""
    context_tokens: int = 0
    """The context that it would be opened with now."""
    is_ready: bool = False
    """The memory for it is free now, with a context for a long document."""


class Found(Protocol):
    """A model whose file is here; see library.Model."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def title(self) -> str: ...
    @property
    def entry(self) -> ModelEntry | None: ...
    @property
    def header(self) -> GgufHeader | None: ...


def fit(
    model: ModelEntry | Found,
    machine: Machine,
    *,
    context_tokens: int | None = None,
    to_download: bool = False,
    speeds: Sequence[Speed] = (),
    options: EngineOptions | None = None,
) -> Fit:
    """Judges a model opened with ``context_tokens`` (the model's default when None) and ``options``.

    ``to_download``: the file is not here yet, so that it also has to fit on the disk. ``speeds`` are what was
    measured on this machine. Raises ModelProblem for a file of the person's own that cannot be read.
    """
    entry = model if isinstance(model, ModelEntry) else model.entry
    header = _header(model)
    asked = context_tokens or (entry.default_context_tokens if entry is not None else None)
    wanted, chosen = wanted_context(header, asked), options or EngineOptions()
    if not header.file_bytes:
        return Fit("fits", 0, "its size is not known before it is downloaded", context_tokens=wanted)
    if to_download and header.file_bytes > machine.free_disk_bytes:
        disk = f"needs {memory_words(header.file_bytes)} on the disk, {memory_words(machine.free_disk_bytes)} free"
        return Fit("too large", _whole_bytes(header, wanted, chosen), disk)
    judged = _Judged.of(header, machine, chosen, wanted)
    names = (model.name, str(model.path))
    speed = expected_speed(header, judged.now if judged.is_ready else judged.emptied, speeds, names)
    return _verdict(judged, machine, speed)


def memory_for(model: ModelEntry | Found | GgufHeader, context_tokens: int) -> int:
    """The memory that a model takes with a context of so many tokens in f16, on the processor, in bytes.

    Raises ModelProblem for a file of the person's own that cannot be read.
    """
    header = model if isinstance(model, GgufHeader) else _header(model)
    return ram_bytes(header, context_tokens, "f16", cpu_flash_attention(header, "f16", EngineOptions()))


@dataclass(frozen=True, slots=True)
class _Judged:
    """How a model would be opened now, and with everything else closed. Sizes in bytes, contexts in tokens."""

    header: GgufHeader
    options: EngineOptions
    wanted: int
    now: Plan
    emptied: Plan
    fits_emptied: bool
    is_ready: bool

    @staticmethod
    def of(header: GgufHeader, machine: Machine, options: EngineOptions, wanted: int) -> "_Judged":
        rooms = () if options.device.casefold() == "cpu" else machine.all_rooms
        free = Free(machine.available_ram_bytes, rooms)
        most = Free(max(machine.total_ram_bytes - _SYSTEM_BYTES, machine.available_ram_bytes), rooms)
        now, emptied = (best_plan(header, each, options, wanted) for each in (free, most))
        is_ready = has_room(now, free) and now.tokens >= min(wanted, _LONG_CONTEXT_TOKENS)
        return _Judged(header, options, wanted, now, emptied, has_room(emptied, most), is_ready)

    @property
    def whole_bytes(self) -> int:
        """What it takes with the whole context that is wanted."""
        for plan in (self.now, self.emptied):
            if plan.tokens == self.wanted:
                return plan.needs_bytes
        return _whole_bytes(self.header, self.wanted, self.options)


def _verdict(judged: _Judged, machine: Machine, speed: Expected | None) -> Fit:
    needs, plan = judged.whole_bytes, judged.now if judged.is_ready else judged.emptied
    if not judged.fits_emptied or judged.emptied.tokens < min(judged.wanted, _SHORT_CONTEXT_TOKENS):
        least = _whole_bytes(judged.header, min(judged.wanted, _SHORT_CONTEXT_TOKENS), judged.options)
        asked, has = memory_words(least), memory_words(machine.total_ram_bytes)
        return Fit("too large", least, f"needs {asked}, this computer has {has} of memory")
    verdict: Verdict = "fits"
    if not judged.is_ready or (speed is not None and speed.minutes > _SLOW_MINUTES):
        verdict = "slow"
    parts = [_memory_words(judged, machine, needs)]
    if speed is not None:
        parts.append(f"{speed_words((speed.slow, speed.fast))}, {speed.source}")
    words = (speed.slow, speed.fast) if speed is not None else None
    source = speed.source if speed is not None else ""
    return Fit(verdict, needs, "; ".join(parts), words, source, plan.tokens, judged.is_ready)


def _memory_words(judged: _Judged, machine: Machine, needs: int) -> str:
    needed, has = memory_words(needs), memory_words(machine.total_ram_bytes)
    free = memory_words(machine.available_ram_bytes)
    if not judged.is_ready and judged.emptied.tokens >= min(judged.wanted, _LONG_CONTEXT_TOKENS):
        return f"needs {needed}, {free} free: close other programs first"
    if not judged.is_ready:
        return (
            f"needs {needed} for its whole context, this computer has {has} of memory: it is opened with a shorter one"
        )
    return "; ".join((_room_words(judged, machine, needed, free), *_limits(judged, machine)))


def _room_words(judged: _Judged, machine: Machine, needed: str, free: str) -> str:
    """What it takes and what there is, where it is to be opened."""
    plan = judged.now
    if plan.gpu_layers and plan.gpu_layers == plan.all_layers and machine.gpu_memory_bytes:
        on_device, room = memory_words(plan.device_bytes), memory_words(machine.gpu_memory_bytes)
        return f"needs {on_device} on {machine.gpu}, {room} free there"
    return f"needs {needed}, {free} free"


def _limits(judged: _Judged, machine: Machine) -> list[str]:
    """What more memory would change."""
    plan, limits = judged.now, []
    if plan.tokens < judged.wanted:
        limits.append(f"opened with a context of {plan.tokens:,} tokens")
    if plan.gpu_layers and plan.gpu_layers < plan.all_layers:
        limits.append(f"{plan.gpu_layers} of {plan.all_layers} layers on {machine.gpu}")
    if plan.kv_type == "q8_0" and not plan.gpu_layers and judged.options.kv_type is None:
        limits.append("with more memory it would write faster")
    return limits


def speed_words(words_a_minute: tuple[int, int]) -> str:
    """How fast, for a person: "140 to 290 words a minute"."""
    slow, fast = words_a_minute
    return f"about {fast:,} words a minute" if slow == fast else f"{slow:,} to {fast:,} words a minute"


@dataclass(frozen=True, slots=True)
class DocumentTime:
    """How long 10,000 words take, in numbers no more exact than such an estimate is."""

    shortest: str
    longest: str
    unit: Literal["minutes", "hours"]

    @property
    def is_one_minute(self) -> bool:
        return self.unit == "minutes" and self.shortest == self.longest == "1"


def document_time(words_a_minute: tuple[int, int]) -> DocumentTime:
    """How long 10,000 words take at a pace from slow to fast; writing alone."""
    longest, shortest = (max(1.0, LONG_DOCUMENT_WORDS / speed) for speed in words_a_minute)
    if longest >= _LONG_MINUTES:
        hours = [f"{each / 60:.1f}".removesuffix(".0") for each in (shortest, longest)]
        return DocumentTime(hours[0], hours[1], "hours")
    minutes = [str(round(each / 5) * 5 if each > 12 else round(each)) for each in (shortest, longest)]
    return DocumentTime(minutes[0], minutes[1], "minutes")


def long_document_words(words_a_minute: tuple[int, int]) -> str:
    """The same for a person: "35 to 70 minutes", "about 2 hours"."""
    time = document_time(words_a_minute)
    if time.shortest != time.longest:
        return f"{time.shortest} to {time.longest} {time.unit}"
    return "about a minute" if time.is_one_minute else f"about {time.shortest} {time.unit}"


def _header(model: ModelEntry | Found) -> GgufHeader:
    """What the file says of itself, or else what the catalogue says of the file."""
    if not isinstance(model, ModelEntry):
        if model.header is not None:
            return model.header
        if model.entry is None or not _describes(model.entry):
            return read_header(model.path)
        return entry_header(model.entry)
    own = expanded(model.path) if model.path else None
    return read_header(own) if own is not None and not _describes(model) and own.is_file() else entry_header(model)


def _describes(entry: ModelEntry) -> bool:
    """Whether the catalogue tells enough to compute memory from."""
    return bool(entry.size_bytes and entry.kv_bytes_per_token and entry.layers)


def _whole_bytes(header: GgufHeader, context_tokens: int, options: EngineOptions) -> int:
    """What it takes at least with that context, on the processor."""
    kind = options.kv_type or "q8_0"
    return ram_bytes(header, context_tokens, kind, cpu_flash_attention(header, kind, options))


def _free_disk(folder: Path) -> int:
    """Free bytes on the disk of a folder, which need not be there yet; 0 when the system does not say."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
