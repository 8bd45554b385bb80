"""The process that runs llama.cpp: ``python -m longwriter_desktop.backend.worker``, spoken to over its pipes.

It does one request after another; a second thread listens, so that a request can be cancelled while it is
worked on. It ends when its input ends, which happens on every system when its parent is gone, however it
went. (Linux's PR_SET_PDEATHSIG would not do: it fires when the *thread* that started the process ends.)
"""

import contextlib
import faulthandler
import os
import queue
import select
import signal
import sys
import threading
import time
import traceback
from typing import Any

from longwriter_desktop.agentwrite.engine import BranchFinished, BranchText, PromptProgress, ReplyFinished, TextChunk
from longwriter_desktop.backend import messages
from longwriter_desktop.backend.messages import (
    Cancel,
    EndBranch,
    Event,
    Failed,
    FailureKind,
    Generate,
    GenerateBranches,
    Inspect,
    Load,
    Warm,
)
from longwriter_desktop.backend.no_network import refuse_network
from longwriter_desktop.errors import ModelProblem, ModelTooLarge, OutOfMemory
from longwriter_desktop.leftovers import leave_no_core

_READ_BYTES = 65_536
_NICE = 1
"""The window goes first where both want a core. With two cores both burnt by other programs, one thread of the
starter model wrote 118 tokens a second at 0 and 49 at 5, of 194 undisturbed."""
_SECONDS_BETWEEN_SIGNS = 1.0
"""The client takes a long silence for a hang."""
_SECONDS_BETWEEN_FRACTIONS = 0.05
_SECONDS_TO_GATHER = 0.045
"""Text is sent at once, and then not before so much time has gone by."""
_SECONDS_TO_END = 1.0
_SECONDS_UNTIL_IDLE = 1.0
_EVERYTHING = 1 << 62
_OUT_OF_MEMORY = -2
"""llama_decode: memory for the computation could not be allocated."""


class Pipes:
    """The process's own input and output, taken away from everybody else.

    A print in a C library would otherwise land among the messages: file descriptor 1 leads to the log
    from here on, and 0 to nothing.
    """

    def __init__(self) -> None:
        self._input = os.dup(0)
        self._output = os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - a module of Windows alone.

            msvcrt.setmode(self._input, os.O_BINARY)
            msvcrt.setmode(self._output, os.O_BINARY)

    def read(self) -> bytes:
        """What has come; b"" at the end, or when the parent has gone without closing the pipe."""
        if sys.platform != "win32":
            parent = os.getppid()
            while not select.select([self._input], [], [], _SECONDS_BETWEEN_SIGNS)[0]:
                if os.getppid() != parent:
                    return b""
        return os.read(self._input, _READ_BYTES)

    def write(self, data: bytes) -> None:
        """Ends the process when nobody reads any more."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._output, rest) :]
        except OSError:
            os._exit(0)


class Worker:
    """Works off the requests."""

    def __init__(self, pipes: Pipes, network_refused_by: str) -> None:
        """``network_refused_by`` as from `no_network.refuse_network`."""
        self._pipes = pipes
        self._network_refused_by = network_refused_by
        self._requests: queue.SimpleQueue[messages.Request | None] = queue.SimpleQueue()
        self._cancelled_upto = -1
        self._last_sign = time.monotonic()
        self._request = 0
        self._ended_branches: set[int] = set()
        self._llama: Any = None
        self._context: Any = None
        self._opening: Any = None
        self._log: Any = None
        self._opened: Any = None
        self._load: Load | None = None

    def run(self) -> None:
        """Until the input ends."""
        threading.Thread(target=self._listen, name="requests", daemon=True).start()
        try:
            self._start_llama()
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            # A library that is missing, built for another system, or of another version.
            traceback.print_exc()
            self._send(Failed(0, "library", f"{type(error).__name__}: {error}"))
            return
        self._send(messages.Ready())
        while (request := self._next_request()) is not None:
            self._request = request.request
            self._answer(request)
        if self._opened is not None:
            self._opened.session.keep()
            self._opened.close()

    def _next_request(self) -> messages.Request | None:
        """The next thing to do; while nothing comes, what the model knows is kept on disk."""
        kept = self._opened is None
        while not kept:
            try:
                return self._requests.get(timeout=_SECONDS_UNTIL_IDLE)
            except queue.Empty:
                kept = self._opened.session.keep()
        return self._requests.get()

    def _start_llama(self) -> None:
        # Here and not at the top, so that a library that cannot be loaded is reported instead of a silent end.
        from longwriter_desktop.backend import context, llama, opening  # noqa: PLC0415 - they load the library.

        self._llama, self._context, self._opening = llama, context, opening
        self._log = llama.Log(_write_log)
        llama.start()

    def _listen(self) -> None:
        frames = messages.Unframer()
        try:
            while data := self._pipes.read():
                for body in frames.feed(data):
                    request = messages.read_request(body)
                    if isinstance(request, Cancel):
                        self._cancelled_upto = max(self._cancelled_upto, request.request)
                    elif isinstance(request, EndBranch):
                        self._ended_branches.add(request.branch)
                    else:
                        self._requests.put(request)
        except (OSError, messages.BrokenFrame):
            pass  # As at the end of the input: nothing that comes after it could be understood.
        except MemoryError:
            _write_log("Out of memory while a request was taken in.\n")  # The client looks for these words.
        self._cancelled_upto = _EVERYTHING
        self._requests.put(None)
        # The main thread ends within milliseconds, unless it is stuck inside llama.cpp.
        time.sleep(_SECONDS_TO_END)
        os._exit(0)

    def _send(self, event: Event) -> None:
        self._last_sign = time.monotonic()
        self._pipes.write(messages.frame(event))

    def _cancelled(self) -> bool:
        """Whether to stop. Asked all the time by what works, it is also where the signs of life come from."""
        if time.monotonic() - self._last_sign > _SECONDS_BETWEEN_SIGNS:
            self._send(messages.Alive(self._request))
        return self._cancelled_upto >= self._request

    def _answer(self, request: messages.Request) -> None:
        try:
            match request:
                case Load():
                    self._open(request)
                case Generate():
                    self._pass_on(self._session().generate(request.prompt, request.sampling, self._cancelled))
                case Warm():
                    self._pass_on(self._session().warm(request.prompt, self._cancelled))
                case GenerateBranches():
                    self._ended_branches.clear()
                    asked = list(zip(request.prompts, request.samplings, strict=True))
                    self._pass_on(self._session().generate_branches(asked, self._ended_branches, self._cancelled))
                case Inspect():
                    self._inspect()
        except Exception as error:
            self._send(self._failure(error))

    def _session(self) -> Any:
        if self._opened is None:
            raise RuntimeError("no model is open")
        return self._opened.session

    def _open(self, request: Load) -> None:
        if self._load is not None and _same_model(request, self._load):
            self._send_loaded()
            return
        if self._opened is not None:
            self._opened.close()
            self._opened = self._load = None
        last = 0.0

        def on_progress(fraction: float) -> bool:
            nonlocal last
            now = time.monotonic()
            if now - last > _SECONDS_BETWEEN_FRACTIONS or fraction >= 1:
                last = now
                self._send(messages.Loading(self._request, fraction))
            return not self._cancelled()

        self._opened = self._opening.open_model(request, self._log, self._send_opening, on_progress)
        self._load = request
        self._send_loaded()

    def _send_opening(self, plan: Any) -> None:
        self._send(
            messages.Opening(self._request, plan.needs_bytes, plan.free_bytes, plan.gpu_layers, *plan.limits_below())
        )

    def _send_loaded(self) -> None:
        opened = self._opened
        self._send(messages.Loaded(self._request, opened.device, opened.context.tokens, opened.kv_type, opened.remarks))

    def _pass_on(self, events: Any) -> None:
        """Sends what a session says. Text of small models is gathered: each message wakes the parent up, and it
        then takes a core away from the next token."""
        gathered: dict[int | None, tuple[str, int]] = {}
        branch: int | None
        sent = 0.0
        try:
            for event in events:
                match event:
                    case TextChunk(text, tokens):
                        branch = None
                    case BranchText(number, text, tokens):
                        branch = number
                    case _:
                        self._send_text(gathered)
                        self._send_other(event)
                        continue
                before = gathered.get(branch, ("", 0))
                gathered[branch] = before[0] + text, before[1] + tokens
                if time.monotonic() - sent >= _SECONDS_TO_GATHER:
                    self._send_text(gathered)
                    sent = time.monotonic()
        finally:
            self._send_text(gathered)

    def _send_text(self, gathered: dict[int | None, tuple[str, int]]) -> None:
        for branch, (text, tokens) in gathered.items():
            if branch is None:
                self._send(messages.Text(self._request, text, tokens))
            else:
                self._send(messages.BranchText(self._request, branch, text, tokens))
        gathered.clear()

    def _send_other(self, event: PromptProgress | BranchFinished | ReplyFinished) -> None:
        match event:
            case PromptProgress():
                self._send(messages.Reading(self._request, event.read, event.total, event.reused))
            case BranchFinished():
                self._send(messages.BranchFinished(self._request, event.branch, event.reason, event.tokens))
            case ReplyFinished():
                self._send(messages.Finished(self._request, event.reason, event.usage))

    def _inspect(self) -> None:
        library, llama_cpp = self._llama.versions()
        self._send(
            messages.Inspected(
                self._request,
                library,
                llama_cpp,
                self._llama.system_info(),
                self._llama.supports_gpu_offload(),
                self._llama.devices(),
                self._llama.backends(),
                self._network_refused_by,
            )
        )

    def _failure(self, error: Exception) -> Failed:
        from longwriter_desktop.backend import sampling, session  # noqa: PLC0415 - they import llama_cpp.

        if isinstance(error, session.TooLong):
            return Failed(self._request, "too long", "", error.prompt_tokens, error.reply_tokens, error.context_tokens)
        kinds: tuple[tuple[type[Exception], FailureKind], ...] = (
            (ModelTooLarge, "too large"),
            (ModelProblem, "model"),
            (OutOfMemory, "memory"),
            (sampling.GrammarProblem, "request"),
            (self._opening.LoadCancelled, "cancelled"),
        )
        for kind_of_error, kind in kinds:
            if isinstance(error, kind_of_error):
                return Failed(self._request, kind, str(error))
        decode_failed = isinstance(error, self._context.DecodeFailed)
        if isinstance(error, MemoryError) or (decode_failed and error.args[0] == _OUT_OF_MEMORY):
            return Failed(
                self._request, "memory", "The memory of this computer was not enough to go on. Everything written is "
                "kept. Close other programs or choose a smaller model, then go on."
            )  # fmt: skip
        # The stack alone: an exception's own words may quote what the person wrote.
        _write_log("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + "\n")
        return Failed(self._request, "bug", type(error).__name__ + (f" {error.args[0]}" if decode_failed else ""))


def _same_model(one: Load, other: Load) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in one.__struct_fields__ if name != "request")


def _write_log(text: str) -> None:
    with contextlib.suppress(OSError):
        os.write(2, text.encode("utf-8", "replace"))


def _be_considerate() -> None:
    """The window, and whatever else the person does, goes first; alone, nothing is lost by it."""
    if sys.platform == "win32":
        import psutil  # noqa: PLC0415 - only Windows has no nice in the standard library.

        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)


def main() -> None:
    """Runs a worker on the standard pipes of this process."""
    # Before the first thread is started and before any library is loaded.
    network_refused_by = refuse_network()
    pipes = Pipes()
    faulthandler.enable()
    leave_no_core()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        _be_considerate()
    Worker(pipes, network_refused_by).run()


if __name__ == "__main__":
    main()
