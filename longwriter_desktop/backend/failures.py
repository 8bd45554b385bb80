"""Why the worker failed or ended, in words for the person at the keyboard."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from longwriter_desktop.backend.messages import Failed
from longwriter_desktop.errors import (
    BackendCrashed,
    BackendHung,
    LongWriterError,
    ModelProblem,
    ModelTooLarge,
    OutOfMemory,
    PromptTooLong,
)

_KEPT = "Everything written is kept"
_MEMORY_WORDS = (
    "out of memory",
    "bad_alloc",
    "failed to allocate",
    "cannot allocate",
    "unable to allocate",
    "memory allocation",
    "mem_buffer != null",
    "outofmemory",  # Metal
    "insufficient memory",
    "outofdevicememory",  # Vulkan
    "outofhostmemory",
)
"""What llama.cpp, ggml, the C++ library and OpenBLAS say before they end for want of memory."""
_SENTENCES: dict[str, type[Exception]] = {
    "model": ModelProblem,
    "too large": ModelTooLarge,
    "memory": OutOfMemory,
    "request": ValueError,  # A grammar of ours that cannot be parsed: our bug, and not for the person to mend.
}
"""Failures whose message is the sentence for the person already."""
_WINDOWS_ILLEGAL_INSTRUCTION = 0xC000001D


@dataclass(frozen=True, slots=True)
class WorkerEnd:
    """How a worker process ended.

    ``exit_status`` as in `subprocess.Popen.returncode`; ``doing`` what it was at ("trying": the model was
    loaded and has not written a word yet); ``last_words`` what it added to its log; ``killed_for_memory``:
    the system has killed a process for memory meanwhile.
    """

    exit_status: int | None
    doing: Literal["starting", "loading", "trying", "working"]
    model: str
    log: Path
    last_words: str = ""
    killed_for_memory: bool = False


def judge(end: WorkerEnd) -> LongWriterError:
    """The error for a worker that ended by itself or was ended from outside."""
    speaks_of_memory = any(words in end.last_words.casefold() for words in _MEMORY_WORDS)
    killed = sys.platform != "win32" and end.exit_status == -signal.SIGKILL
    if speaks_of_memory or (killed and end.killed_for_memory):
        return OutOfMemory(
            f"The memory of this computer was not enough to go on with the model {end.model}. {_KEPT}. Close other "
            "programs or choose a smaller model, then go on."
        )
    if killed:
        return BackendCrashed(
            "The process that runs the model was ended from outside, as a system does when memory runs short. "
            f"{_KEPT}; go on, and it starts again."
        )
    if _is_illegal_instruction(end.exit_status):
        return BackendCrashed(
            "llama.cpp was built for another processor than this one and cannot run. Install llama-cpp-python again "
            f"so that it is built on this computer. The log is {end.log}."
        )
    if end.doing in {"loading", "trying"}:
        return _broke_down_over(end)
    if end.doing == "starting":
        return BackendCrashed(
            f"The process that runs the model could not be started ({_how(end.exit_status)}). Install the app again, "
            f"or report this with the log {end.log}."
        )
    return BackendCrashed(
        f"The process that runs the model ended by itself ({_how(end.exit_status)}). {_KEPT}; go on, and it starts "
        f"again. If it happens often, report it with the log {end.log}."
    )


def _broke_down_over(end: WorkerEnd) -> ModelProblem:
    """The error for a crash over a model that has not written a word yet."""
    if end.doing == "loading":
        return ModelProblem(
            f"llama.cpp broke down over the model {end.model}, so its file is probably damaged. {_KEPT}. Download it "
            f"again, or choose another model. The log is {end.log}."
        )
    return ModelProblem(
        f"llama.cpp broke down as soon as it used the model {end.model} ({_how(end.exit_status)}). {_KEPT}. Its file "
        "may be damaged: download it again, or choose another model. If others fail as well, report it with the log "
        f"{end.log}."
    )


def asks_for_less(end: WorkerEnd, gpu_layers: int) -> bool:
    """Whether it is worth opening the model again with less: fewer layers on the devices, or a shorter context.

    That is so where memory was missing, and where a device's library broke down over loading: what it says
    then differs from maker to maker.
    """
    if end.doing == "starting":
        return False
    killed = sys.platform != "win32" and end.exit_status == -signal.SIGKILL
    return isinstance(judge(end), OutOfMemory) or (end.doing in {"loading", "trying"} and gpu_layers > 0 and not killed)


def hung(seconds: float, model: str) -> BackendHung:
    """The error for a worker that said nothing for ``seconds`` and was stopped."""
    return BackendHung(
        f"The model {model} has done nothing for {seconds:.0f} seconds, so its process was stopped. {_KEPT}; go on, "
        "and it starts again."
    )


def not_started(error: OSError, model: str) -> BackendCrashed:
    """The error for a process that the system would not start."""
    return BackendCrashed(
        f"The process for the model {model} could not be started: {error.strerror or type(error).__name__}. {_KEPT}. "
        "Close other programs and try again."
    )


def problem(failed: Failed, log: Path) -> Exception:
    """The error for a request that a living worker could not do."""
    if failed.kind == "too long":
        return PromptTooLong(failed.prompt_tokens, failed.reply_tokens, failed.context_tokens)
    if failed.kind in _SENTENCES:
        return _SENTENCES[failed.kind](_readable(failed.message))
    if failed.kind == "library":
        return BackendCrashed(
            f"llama.cpp cannot be used here: {failed.message}. Install llama-cpp-python again. The log is {log}."
        )
    return BackendCrashed(
        f"The process that runs the model made a mistake ({failed.message}). {_KEPT}; go on, and it starts again. If "
        f"it happens often, report it with the log {log}."
    )


def _readable(sentence: str) -> str:
    """On one line and without control characters: llama.cpp quotes from damaged files."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in sentence)


def _is_illegal_instruction(status: int | None) -> bool:
    if sys.platform == "win32":
        return status == _WINDOWS_ILLEGAL_INSTRUCTION
    return status == -signal.SIGILL


def _how(status: int | None) -> str:
    if status is None:
        return "it closed its pipe"
    if status < 0:
        try:
            return signal.Signals(-status).name
        except ValueError:
            return f"signal {-status}"
    return f"exit status {status}"
