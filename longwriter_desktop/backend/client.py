"""The Engine port on llama.cpp: `LlamaEngine` starts the worker, speaks to it and judges how it fails."""

import contextlib
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Literal, Self

import psutil

from longwriter_desktop.agentwrite.engine import (
    EngineEvent,
    Heartbeat,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
    Usage,
)
from longwriter_desktop.backend import failures, messages
from longwriter_desktop.backend.messages import Event, Request
from longwriter_desktop.backend.model_spec import FoundModel, ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.process import WorkerEnded, WorkerProcess
from longwriter_desktop.errors import BackendProblem
from longwriter_desktop.paths import AppPaths

_TICK = 0.05
"""Seconds. The longest wait before a caller gets a chance to stop."""
_SECONDS_FOR_CANCEL = 0.08
"""How long closing waits for the worker to have stopped; later the next call waits for it."""

Stage = Literal["starting", "loading", "working"]


class LlamaEngine:
    """A model of llama.cpp in a process of its own, as `agentwrite.engine.Engine`.

    The process is started by the first call and again after a failure; the model is loaded then. One call
    at a time, from any thread; a second one while the first goes on raises RuntimeError.
    ``hang_after`` is how many seconds without any sign of life make a hang.
    """

    def __init__(
        self,
        model: ModelSpec | FoundModel,
        *,
        paths: AppPaths,
        options: EngineOptions | None = None,
        hang_after: float = 120.0,
    ) -> None:
        self._spec = ModelSpec.of(model)
        self._options = options or EngineOptions()
        self._states = paths.cache / "states"
        self._hang_after = hang_after
        self._log = paths.log / "backend.log"
        self._busy = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._stop_at_exit: Callable[[], object] = _nothing
        self._loaded: messages.Loaded | None = None
        self._number = 0
        self._closing = False
        self._usage = Usage()

    @property
    def model_name(self) -> str:
        """The model's name as a person knows it."""
        return self._spec.name

    @property
    def usage(self) -> Usage:
        """The sum of all calls so far, those that were cancelled included."""
        return self._usage

    @property
    def device(self) -> str:
        """What it computes on, such as "CPU, 2 threads"; "" until the model is loaded."""
        return self._loaded.device if self._loaded else ""

    @property
    def context_tokens(self) -> int:
        """The context that could be opened, in tokens; 0 until the model is loaded."""
        return self._loaded.context_tokens if self._loaded else 0

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences for the person about what is not as was wished, such as a shorter context."""
        return self._loaded.remarks if self._loaded else ()

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the worker; 0 while there is none."""
        worker = self._worker
        if worker is None:
            return 0
        try:
            return int(psutil.Process(worker.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        """Writes the reply to ``prompt``; the last event is `ReplyFinished`. Errors as in `Engine`."""
        return self._ask(lambda number: messages.Generate(number, _sendable(prompt), sampling))

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        """Reads ``prompt`` without writing; the last event is `ReplyFinished` with what it took."""
        return self._ask(lambda number: messages.Warm(number, _sendable(prompt)))

    def close(self) -> None:
        """Ends the process. A call that goes on elsewhere ends as cancelled; a later one starts it again."""
        self._closing = True
        self._drop_worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: Callable[[int], Request]) -> Iterator[EngineEvent]:
        if not self._busy.acquire(blocking=False):
            raise RuntimeError("the engine does one thing at a time: close the other iterator first")
        try:
            self._closing = False
            yield from self._ready()
            yield from self._do(request, "working")
        except _Closed:
            yield ReplyFinished("cancelled", Usage())
        finally:
            self._busy.release()

    def _ready(self) -> Iterator[EngineEvent]:
        """Makes sure of a worker with the model open."""
        if self._worker is not None and self._worker.exit_status is not None:
            # It ended while nothing was asked of it: nothing is lost, and nobody needs to hear of it.
            self._drop_worker()
        if self._worker is None:
            yield ModelLoading(0.0)
            self._start()
            yield from self._hear(0, "starting")
        if self._loaded is None:
            spec = self._spec
            path, context = str(spec.path.absolute()), self._options.context_tokens or spec.context_tokens
            states = str(self._states.absolute()) if self._options.state_limit_bytes else ""
            yield from self._do(
                lambda number: messages.Load(
                    number, spec.name, path, spec.template, spec.stop, context, self._options, states
                ),
                "loading",
            )

    def _start(self) -> None:
        try:
            worker = WorkerProcess(self._log)
        except OSError as error:
            raise failures.not_started(error, self.model_name) from error
        self._worker = worker
        # An engine that is forgotten instead of closed does not leave its process behind.
        self._stop_at_exit = weakref.finalize(self, worker.stop)

    def _do(self, request: Callable[[int], Request], stage: Stage) -> Iterator[EngineEvent]:
        self._number += 1
        number = self._number
        ended = False
        try:
            try:
                self._its_worker().send(request(number))
            except WorkerEnded:
                raise self._judged(stage) from None
            for event in self._hear(number, stage):
                ended = isinstance(event, ReplyFinished)
                yield event
            ended = True
        except Exception:
            ended = True
            raise
        finally:
            # Closed by the caller, or interrupted: GeneratorExit and KeyboardInterrupt are no Exceptions.
            if not ended:
                self._cancel(number)

    def _hear(self, number: int, stage: Stage) -> Iterator[EngineEvent]:
        """What the worker says about request ``number``, up to its last message; heartbeats in between.

        Silence is counted in waits of our own: while this computer sleeps, nothing is silent.
        """
        silent = 0.0
        shown = time.monotonic()
        while True:
            try:
                event = self._its_worker().next_event(_TICK)
            except WorkerEnded:
                raise self._judged(stage) from None
            self._count(event)
            silent = 0.0 if event is not None else silent + _TICK
            if silent >= self._hang_after:
                raise self._hung(silent)
            if event is not None and event.request == number:
                said = self._translated(event)
                if said is not None:
                    yield said
                    shown = time.monotonic()
                if isinstance(event, _LAST):
                    return
            if time.monotonic() - shown >= _TICK:
                yield Heartbeat()
                shown = time.monotonic()

    def _translated(self, event: Event) -> EngineEvent | None:
        """The event for the caller, if it is one."""
        said: EngineEvent | None = None
        match event:
            case messages.Text():
                said = TextChunk(event.text, event.tokens)
            case messages.Reading():
                said = PromptProgress(event.read, event.total, event.reused)
            case messages.Loading():
                said = ModelLoading(event.fraction)
            case messages.Finished():
                said = ReplyFinished(event.reason, event.usage)
            case messages.Loaded():
                self._loaded = event
            case messages.Failed():
                if event.kind in {"memory", "bug", "library"}:
                    # Whatever is left in that process, nothing should be built on it.
                    self._drop_worker()
                raise failures.problem(event, self._log)
        return said

    def _count(self, event: Event | None) -> None:
        """Adds what a call cost, also one that was cancelled and whose last message comes during the next."""
        if isinstance(event, messages.Finished):
            self._usage += event.usage

    def _cancel(self, number: int) -> None:
        """Tells the worker to stop, and waits a moment for it. Never raises: somebody is already leaving."""
        worker = self._worker
        if worker is None:
            return
        deadline = time.monotonic() + _SECONDS_FOR_CANCEL
        try:
            worker.send(messages.Cancel(number))
            while (left := deadline - time.monotonic()) > 0:
                event = worker.next_event(left)
                self._count(event)
                if isinstance(event, messages.Loaded):
                    self._loaded = event
                if event is not None and event.request == number and isinstance(event, _LAST):
                    return
        except WorkerEnded:
            self._drop_worker()

    def _judged(self, stage: Stage) -> Exception:
        """The error for a worker that has ended; it is cleared away for the next call."""
        worker = self._worker
        if self._closing or worker is None:
            return _Closed()
        end = failures.WorkerEnd(
            worker.wait_for_end(), stage, self.model_name, self._log, worker.last_words(), worker.killed_for_memory()
        )
        self._drop_worker()
        return failures.judge(end)

    def _hung(self, seconds: float) -> BackendProblem:
        worker = self._worker
        if worker is not None:
            worker.kill()
        self._drop_worker()
        return failures.hung(seconds, self.model_name)

    def _its_worker(self) -> WorkerProcess:
        worker = self._worker
        if worker is None:
            raise WorkerEnded
        return worker

    def _drop_worker(self) -> None:
        self._worker = None
        self._loaded = None
        # The finalizer calls WorkerProcess.stop, once.
        self._stop_at_exit()


_LAST = (messages.Finished, messages.Failed, messages.Loaded, messages.Ready)
"""After these nothing more comes of a request."""


class _Closed(Exception):
    """The engine was closed while a call went on."""


def _nothing() -> None:
    """In place of a finalizer while there is no worker."""


def _sendable(prompt: Prompt) -> Prompt:
    """Half of a surrogate pair, as a paste can leave it in a text, is no character and cannot be sent."""
    return Prompt(
        tuple(Message(message.role, _whole(message.content)) for message in prompt.messages),
        _whole(prompt.reply_prefix),
        _whole(prompt.grammar),
    )


def _whole(text: str) -> str:
    with contextlib.suppress(UnicodeEncodeError):
        text.encode()
        return text
    return text.encode("utf-8", "replace").decode()
