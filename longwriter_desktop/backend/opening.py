"""Opening a model: checked first, on the GPU if there is one, with the best context that the memory allows."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.llama import (
    CannotLoad,
    Context,
    Log,
    Model,
    NoContext,
    devices,
    supports_gpu_offload,
)
from longwriter_desktop.backend.memory import ContextPlan, context_plans, least_bytes, wanted_context
from longwriter_desktop.backend.messages import Load
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.session import Session
from longwriter_desktop.errors import ModelProblem, ModelTooLarge, OutOfMemory

_CPU_PIECE = 128
"""Tokens read in one go on the CPU. An operation of a piece is the shortest time in which reading can be
stopped; with an 8B model on two cores it takes 0.1 s at this size, 0.4 s at 512. Larger was not faster."""
_GPU_PIECE = 512
_FEW_CORES = 4


class LoadCancelled(Exception):
    """Loading was stopped because it was asked for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open model. ``device`` is for the status line, ``remarks`` are sentences about what is not as wished."""

    model: Model
    context: Context
    session: Session
    device: str
    kv_type: str
    remarks: tuple[str, ...]

    def close(self) -> None:
        """Gives the memory back."""
        self.session.close()
        self.context.close()
        self.model.close()


def choose_threads(options: EngineOptions) -> tuple[int, int]:
    """Threads for writing and for reading.

    Writing waits for the memory, not for the cores: from four cores on, one that is left to the window
    costs nothing. Reading computes, and gets all. Hyper-threads make neither faster. On two cores the
    second thread is worth half the speed, and the lower priority of this process keeps the window fluent.
    """
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        cores = min(cores, len(os.sched_getaffinity(0)))
    return options.writing_threads or (cores - 1 if cores >= _FEW_CORES else cores), options.reading_threads or cores


def open_model(asked: Load, log: Log, on_progress: Callable[[float], bool]) -> Opened:
    """Opens the model with as much GPU and context as can be had.

    ``on_progress`` gets fractions and returns False to stop. Raises ModelProblem, ModelTooLarge,
    OutOfMemory, LoadCancelled.
    """
    path = Path(asked.path)
    header = read_header(path)
    total = psutil.virtual_memory().total
    on_gpu = supports_gpu_offload() and any("GPU" in device.kind for device in devices())
    if not on_gpu and least_bytes(header) > total:
        raise ModelTooLarge(
            f"The model {asked.name} needs {_gigabytes(least_bytes(header))} of memory, and this computer has "
            f"{_gigabytes(total)}. Choose a smaller file of it, such as Q4_K_M, or a smaller model."
        )
    # Asked before loading: afterwards the file's pages count as used on some systems.
    free = psutil.virtual_memory().available
    for use_gpu in [True, False] if on_gpu else [False]:
        model = _load(asked, path, log, use_gpu=use_gpu, on_progress=on_progress)
        try:
            found = _context(model, header, asked, free, on_gpu=use_gpu)
        except BaseException:
            model.close()
            raise
        if found is not None:
            context, plan = found
            return _opened(asked, model, context, plan, header, gpu_left=on_gpu and not use_gpu)
        model.close()
    raise OutOfMemory(
        f"There is not enough free memory for the model {asked.name}, not even with a short context. Everything "
        "written is kept. Close other programs, or choose a smaller model."
    )


def _load(asked: Load, path: Path, log: Log, *, use_gpu: bool, on_progress: Callable[[float], bool]) -> Model:
    stopped = False

    def progress(fraction: float) -> bool:
        nonlocal stopped
        stopped = stopped or not on_progress(fraction)
        return not stopped

    try:
        model = Model(path, log, on_gpu=use_gpu, on_progress=progress)
    except CannotLoad as error:
        if stopped:
            raise LoadCancelled from error
        reason = str(error)
        if _speaks_of_memory(reason):
            raise OutOfMemory(
                f"There is not enough free memory to load the model {asked.name}. Everything written is kept. "
                "Close other programs, or choose a smaller model."
            ) from error
        raise ModelProblem(
            f"llama.cpp cannot use the model file “{path}”{f' ({reason})' if reason else ''}. Download it again, or "
            "choose another model."
        ) from error
    if not model.can_write or model.vocabulary.size == 0:
        model.close()
        raise ModelProblem(f"The model in “{path}” is not one that writes text. Choose another model.")
    return model


def _context(
    model: Model, header: GgufHeader, asked: Load, free_bytes: int, *, on_gpu: bool
) -> tuple[Context, ContextPlan] | None:
    """The best context that can be made; None on a GPU where the one that is wanted cannot."""
    wanted = wanted_context(header, asked.context_tokens)
    batch = _GPU_PIECE if on_gpu else _CPU_PIECE
    threads = choose_threads(asked.options)
    # A GPU has memory of its own, and llama.cpp divides the layers: there only trying tells.
    plans = context_plans(header, wanted, free_bytes=1 << 62 if on_gpu else free_bytes)
    for plan in plans:
        if on_gpu and plan.tokens < wanted:
            return None
        try:
            return Context(model, tokens=plan.tokens, kv_type=plan.kv_type, threads=threads, batch=batch), plan
        except NoContext:
            continue
    return None


def _opened(
    asked: Load, model: Model, context: Context, plan: ContextPlan, header: GgufHeader, *, gpu_left: bool
) -> Opened:
    vocabulary = model.vocabulary
    bos, eos = vocabulary.name(vocabulary.bos), vocabulary.name(vocabulary.eos)
    template = ChatTemplate(asked.template, model.chat_template, bos=bos, eos=eos)
    remarks = [template.remark] if template.remark else []
    wanted = wanted_context(header, asked.context_tokens)
    if plan.tokens < wanted:
        remarks.append(
            f"The context is {plan.tokens:,} tokens instead of {wanted:,}, because there is not more memory free."
        )
    if gpu_left:
        remarks.append("The graphics processor has not enough memory for this model, so the processor computes.")
    session = Session(context, vocabulary, template, asked.stop)
    return Opened(model, context, session, _device(asked, context), plan.kv_type, tuple(remarks))


def _device(asked: Load, context: Context) -> str:
    if context.batch == _GPU_PIECE:
        gpu = next((device for device in devices() if "GPU" in device.kind), None)
        if gpu is not None:
            return gpu.description or gpu.name
    writing, _reading = choose_threads(asked.options)
    return f"CPU, {writing} {'thread' if writing == 1 else 'threads'}"


def _speaks_of_memory(reason: str) -> bool:
    words = ("alloc", "out of memory", "cannot allocate", "mmap failed: cannot")
    return any(word in reason.casefold() for word in words)


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
