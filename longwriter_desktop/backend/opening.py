"""Opening a model: checked first, on the GPU if there is one, with the best context that the memory allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.context import Context, NoContext
from longwriter_desktop.backend.cores import choose_threads
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.llama import (
    CannotLoad,
    Log,
    Model,
    devices,
    system_info,
    versions,
)
from longwriter_desktop.backend.memory import (
    Free,
    Plan,
    Room,
    best_plan,
    chosen_devices,
    least_bytes,
    next_plan,
    plan_remarks,
    wanted_context,
)
from longwriter_desktop.backend.messages import Device, Load
from longwriter_desktop.backend.session import Session
from longwriter_desktop.backend.state_files import StateFiles, model_key, remove_oldest
from longwriter_desktop.backend.thread_count import ThreadCount
from longwriter_desktop.errors import ModelProblem, ModelTooLarge, OutOfMemory
from longwriter_desktop.size_words import memory_words


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


def open_model(asked: Load, log: Log, on_plan: Callable[[Plan], None], on_progress: Callable[[float], bool]) -> Opened:
    """Opens the model with as many layers on devices and as long a context as can be had.

    ``on_plan`` is told how it is tried, each time before anything is loaded; ``on_progress`` gets fractions
    and returns False to stop. Raises ModelProblem, ModelTooLarge, OutOfMemory, LoadCancelled.
    """
    header = read_header(Path(asked.path))
    chosen = chosen_devices(devices(), asked.options.device)
    memory = psutil.virtual_memory()
    _check_size(asked, header, chosen, memory.total)
    # Asked before loading: afterwards the file's pages count as used on some systems.
    free = Free(memory.available, tuple(Room.on(device) for device in chosen))
    free = free.limited(asked.ram_limit_bytes, asked.device_limit_bytes)
    wanted = wanted_context(header, asked.context_tokens)
    plan: Plan | None = best_plan(header, free, asked.options, wanted)
    while plan is not None:
        on_plan(plan)
        opened, free = _try(asked, header, plan, free, log, on_progress)
        if opened is not None:
            return opened
        plan = next_plan(header, free, asked.options, wanted, plan)
    raise OutOfMemory(
        f"There is not enough free memory for the model {asked.name}, not even with a short context. Everything "
        "written is kept. Close other programs, or choose a smaller model."
    )


def _try(
    asked: Load, header: GgufHeader, plan: Plan, free: Free, log: Log, on_progress: Callable[[float], bool]
) -> tuple[Opened | None, Free]:
    """Opens the model as planned, or with a smaller context and the layers where they are.

    Where that cannot be done: None, and what is free for a plan with other layers.
    """
    try:
        model = _load(asked, plan, log, on_progress)
    except OutOfMemory:
        if not plan.gpu_layers:
            raise
        return None, free.below(plan)
    wanted, threads = wanted_context(header, asked.context_tokens), choose_threads(asked.options)
    tried: Plan | None = plan
    try:
        while tried is not None and tried.layers == plan.layers:
            try:
                context = Context(
                    model,
                    tokens=tried.tokens,
                    kv_type=tried.kv_type,
                    threads=threads,
                    batch=tried.batch,
                    flash_attention=tried.flash_attention,
                )
            except NoContext:
                free = free.below(tried)
                tried = next_plan(header, free, asked.options, wanted, tried)
            else:
                return _opened(asked, model, context, tried, wanted), free
    except BaseException:
        model.close()
        raise
    model.close()
    return None, free


def _check_size(asked: Load, header: GgufHeader, chosen: Sequence[Device], ram_bytes: int) -> None:
    """Raises ModelTooLarge for what cannot be opened here however much is closed."""
    least = least_bytes(header, asked.options)
    has = ram_bytes + sum(device.memory_total_bytes for device in chosen if not Room.on(device).shares_ram)
    if least > has:
        raise ModelTooLarge(
            f"The model {asked.name} needs {memory_words(least)} of memory, and this computer has "
            f"{memory_words(has)}. Choose a smaller file of it, such as Q4_K_M, or a smaller model."
        )


def _load(asked: Load, plan: Plan, log: Log, on_progress: Callable[[float], bool]) -> Model:
    stopped = False
    path = Path(asked.path)

    def progress(fraction: float) -> bool:
        nonlocal stopped
        stopped = stopped or not on_progress(fraction)
        return not stopped

    layers = {room.name: count for room, count in zip(plan.rooms, plan.layers, strict=True)}
    try:
        model = Model(path, log, layers=layers, repack=_repacks(asked, plan), on_progress=progress)
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
    if not on_progress(1.0):  # A long context takes a second or more to make, and cannot be stopped meanwhile.
        model.close()
        raise LoadCancelled
    return model


def _opened(asked: Load, model: Model, context: Context, plan: Plan, wanted: int) -> Opened:
    vocabulary = model.vocabulary
    bos, eos = vocabulary.name(vocabulary.bos), vocabulary.name(vocabulary.eos)
    template = ChatTemplate(asked.template, model.chat_template, bos=bos, eos=eos)
    remarks = [template.remark] if template.remark else []
    remarks += plan_remarks(plan, wanted, asked.options)
    # Where a graphics processor computes all of it, a trial of fewer threads would tell nothing.
    threads = ThreadCount(context.threads[0], adapts=asked.options.adapt_threads and plan.gpu_layers < plan.all_layers)
    session = Session(context, vocabulary, template, asked.stop, _states(asked, plan), threads)
    return Opened(model, context, session, _device(asked, plan), plan.kv_type, tuple(remarks))


def _states(asked: Load, plan: Plan) -> StateFiles | None:
    """Where the model's states are kept, if they are."""
    folder = Path(asked.state_folder)
    if not asked.options.state_limit_bytes:
        remove_oldest(folder, 0)
        return None
    try:
        model = model_key(Path(asked.path))
    except OSError:
        return None
    # What computes is in the key because devices round differently.
    held = " ".join(f"{room.name}:{count}" for room, count in zip(plan.rooms, plan.layers, strict=True))
    key = f"{model} {plan.kv_type} {held} {_repacks(asked, plan)} {system_info()}"
    return StateFiles(folder, key, " ".join(versions()), asked.options.state_limit_bytes)


def _device(asked: Load, plan: Plan) -> str:
    """What computes, for the status line."""
    writing, _reading = choose_threads(asked.options)
    processor = f"CPU, {writing} {'thread' if writing == 1 else 'threads'}"
    names = [room.description or room.name for room, count in zip(plan.rooms, plan.layers, strict=True) if count]
    if not names:
        return processor
    return " + ".join(names if plan.gpu_layers == plan.all_layers else [*names, processor])


def _repacks(asked: Load, plan: Plan) -> bool:
    """Whether the weights are laid out anew for the processor.

    With AVX-512 and VNNI that was measured to write 6 % (8B) to 40 % (1.5B) faster and to read a quarter slower;
    with AVX2 alone it made nothing faster.
    """
    if plan.gpu_layers:
        return False
    return "AVX512_VNNI = 1" in system_info() if asked.options.repack is None else asked.options.repack


def _speaks_of_memory(reason: str) -> bool:
    words = ("alloc", "out of memory", "cannot allocate", "mmap failed: cannot")
    return any(word in reason.casefold() for word in words)
