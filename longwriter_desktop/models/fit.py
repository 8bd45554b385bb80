"""Does a model fit this machine? One rule for the window, the command line and the choice of a default."""

import platform
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import psutil

from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.models.catalogue import ModelEntry

Verdict = Literal["fits", "slow", "too large"]

_WORKING_BYTES = 200_000_000
"""Compute buffers, vocabulary and the worker's Python: 70 to 180 MB, as `backend.memory` counts for a file."""
_Q8_0_SHARE = 34 / 64
"""What a q8_0 cache takes of an f16 one."""
_SHORT_CONTEXT_TOKENS = 8192
"""A model that has not the memory for this much is of no use for long documents."""
_SYSTEM_BYTES = 1_500_000_000
"""What the system itself needs and cannot give away, however much is closed."""
_SLOW_WITHOUT_GPU = 7_000_000_000
"""From this many parameters on, writing with the processor alone is slower than reading along."""
_SLOWEST_TOKENS, _FASTEST_TOKENS = 4.5, 9.6
"""Tokens written a second by Llama-3.1-8B Q4_K_M on laptop processors, i7-8550U to Ryzen 8840U (published)."""
_WORDS_PER_TOKEN = 0.75
"""10,000 English words are about 13,300 tokens."""
_OWN_CONTEXT_TOKENS = 32_768
"""The context to judge a file by that the catalogue does not know, where it was made for as much."""
_BYTES_A_PARAMETER = 0.6
"""In such a file, as in a Q4_K_M; only to tell the large from the small."""


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
    """The verdict, how much memory the model needs, and one sentence why."""

    verdict: Verdict
    needs_bytes: int
    reason: str


class Found(Protocol):
    """A model whose file is here; see library.Model."""

    @property
    def path(self) -> Path: ...
    @property
    def title(self) -> str: ...
    @property
    def entry(self) -> ModelEntry | None: ...
    @property
    def header(self) -> GgufHeader | None: ...


def fit(
    model: ModelEntry | Found, machine: Machine, *, context_tokens: int | None = None, to_download: bool = False
) -> Fit:
    """Judges a model opened with ``context_tokens`` (the model's default when None).

    As the backend does when it opens a model (backend.memory), it takes an f16 cache where the free
    memory allows, and a q8_0 one or a shorter context where it does not. ``to_download``: the file is
    not here yet, so that it also has to fit on the disk. Raises ModelProblem for a file of the
    person's own that cannot be read.
    """
    entry = model if isinstance(model, ModelEntry) else model.entry or _described(model)
    context = context_tokens or entry.default_context_tokens
    whole = _needs(entry, context, 1.0)
    if whole > max(machine.available_ram_bytes, machine.gpu_memory_bytes):
        whole = _needs(entry, context, _Q8_0_SHARE)
    least = _needs(entry, min(context, _SHORT_CONTEXT_TOKENS), _Q8_0_SHARE)
    if to_download and entry.size_bytes > machine.free_disk_bytes:
        disk = f"needs {_gigabytes(entry.size_bytes)} on the disk, {_gigabytes(machine.free_disk_bytes)} free"
        return Fit("too large", whole, disk)
    if machine.gpu_memory_bytes >= whole:
        return Fit("fits", whole, f"needs {_gigabytes(whole)}, {_gigabytes(machine.gpu_memory_bytes)} on {machine.gpu}")
    return _fit_in_ram(entry, machine, whole, least)


def _fit_in_ram(entry: ModelEntry, machine: Machine, whole: int, least: int) -> Fit:
    """The verdict where the weights have to be in the computer's own memory; sizes in bytes."""
    usable = machine.total_ram_bytes - _SYSTEM_BYTES
    needs, has = f"needs {_gigabytes(whole)}", f"this computer has {_gigabytes(machine.total_ram_bytes)} of memory"
    free = f"{_gigabytes(machine.available_ram_bytes)} free"
    if least > usable:
        return Fit("too large", least, f"needs {_gigabytes(least)}, {has}")
    if whole > usable:
        return Fit("slow", whole, f"{needs} for its whole context, {has}: it is opened with a shorter one")
    if whole > machine.available_ram_bytes:
        return Fit("slow", whole, f"{needs}, {free}: close other programs first")
    if entry.parameters >= _SLOW_WITHOUT_GPU and not machine.gpu:
        return Fit("slow", whole, f"{needs}, {free}; {_pace(entry)}")
    return Fit("fits", whole, f"{needs}, {free}")


def _needs(entry: ModelEntry, context_tokens: int, cache_share: float) -> int:
    cache = round(context_tokens * entry.kv_bytes_per_token * cache_share)
    return entry.size_bytes + cache + _WORKING_BYTES


def _described(model: Found) -> ModelEntry:
    """A file of the person's own, as far as it describes itself, in the form of a catalogue entry."""
    header = model.header or read_header(model.path)
    longest = header.context_tokens or _OWN_CONTEXT_TOKENS
    return ModelEntry(
        name=str(model.path),
        title=model.title,
        size_bytes=header.file_bytes,
        parameters=round(header.tensor_bytes / _BYTES_A_PARAMETER),
        context_tokens=longest,
        default_context_tokens=min(longest, _OWN_CONTEXT_TOKENS),
        kv_bytes_per_token=header.kv_values_per_token * 2,
    )


def _pace(entry: ModelEntry) -> str:
    """What is known of the speed without a graphics processor: only figures that somebody has measured."""
    if entry.template != "longwriter-llama" or entry.quantization != "Q4_K_M":
        return "slow without a graphics processor"
    slowest, fastest = (round(tokens * _WORDS_PER_TOKEN * 60, -1) for tokens in (_SLOWEST_TOKENS, _FASTEST_TOKENS))
    return f"without a graphics processor laptops write {slowest:.0f} to {fastest:.0f} words a minute with it"


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"


def _free_disk(folder: Path) -> int:
    """Free bytes on the disk of a folder, which need not be there yet; 0 when the system does not say."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
