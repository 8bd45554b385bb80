"""The Engine port on llama.cpp: `LlamaEngine` starts the worker, speaks to it and judges how it fails."""

import contextlib
import threading
import time
import weakref
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from types import TracebackType
from typing import Literal, Self, cast

import psutil

from longwriter_desktop.agentwrite.engine import (
    BranchEvent,
    BranchFinished,
    BranchText,
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
from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.messages import Event, Request
from longwriter_desktop.backend.model_spec import FoundModel, ModelSpec
from longwriter_desktop.backend.open_models import OpenModel, OpenModels, remark
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.process import WorkerEnded, WorkerProcess
from longwriter_desktop.errors import BackendProblem, LongWriterError
from longwriter_desktop.paths import AppPaths

_TICK = 0.05
"""Seconds. The longest wait before a caller gets a chance to stop."""
_MOST_STEPS = 6
"""How often a model is opened again with less memory when opening it has ended the process."""
_SECONDS_FOR_CANCEL = 0.08
"""How long closing waits for the worker to have stopped; later the next call waits for it."""
_SLOWEST_DISK = 10_000_000
"""Bytes a second. llama.cpp has a file read into memory in one go, and says nothing while that lasts."""

Stage = Literal["starting", "loading", "working"]
_AnyEvent = EngineEvent | BranchEvent


class LlamaEngine:
    """A model of llama.cpp in a process of its own, as `agentwrite.engine.Engine`.

    The process is started by the first call and again after a failure; the model is loaded then. One call
    at a time, from any thread; a second one while the first goes on raises RuntimeError.
    ``hang_after`` is how many seconds without any sign of life make a hang; while a model is loaded it is
    longer where reading the file from a slow disk may take longer. ``on_open`` is called on the calling
    thread each time that the model has been opened.
    """

    def __init__(
        self,
        model: ModelSpec | FoundModel,
        *,
        paths: AppPaths,
        options: EngineOptions | None = None,
        hang_after: float = 120.0,
        on_open: Callable[[], None] | None = None,
    ) -> None:
        self._spec = ModelSpec.of(model)
        self._on_open = on_open or _nothing
        self._options = options or EngineOptions()
        self._states = paths.cache / "states"
        self._open_models = OpenModels(paths.cache / "open-models")
        self._hang_after = hang_after
        self._log = paths.log / "backend.log"
        self._busy = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._stop_at_exit: Callable[[], object] = _nothing
        self._loaded: messages.Loaded | None = None
        self._opening: messages.Opening | None = None
        self._limits: tuple[int | None, int | None] = (None, None)
        """The most that the model may take of the computer's memory and of the devices', after a failure."""
        self._stepped_down = False
        self._said_before_loading: tuple[str, ...] = ()
        self._told: set[int] = set()
        """The workers of other app processes whose models the person has been told of."""
        self._has_worked = False
        """Whether the loaded model has written a word, or done anything else to its end."""
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
        return cast(
            "Iterator[EngineEvent]", self._ask(lambda number: messages.Generate(number, _sendable(prompt), sampling))
        )

    def generate_branches(
        self, asked: Sequence[tuple[Prompt, Sampling]], ended: Collection[int] = ()
    ) -> Iterator[BranchEvent]:
        """Writes several replies at the same time, see `agentwrite.engine.BranchingEngine`."""
        prompts = tuple(_sendable(prompt) for prompt, _sampling in asked)
        samplings = tuple(sampling for _prompt, sampling in asked)
        told: set[int] = set()
        events = cast(
            "Generator[BranchEvent, None, None]",
            self._ask(lambda number: messages.GenerateBranches(number, prompts, samplings)),
        )
        with contextlib.closing(events):
            for event in events:
                yield event
                for branch in set(ended) - told:
                    told.add(branch)
                    with contextlib.suppress(WorkerEnded):  # The next event says so.
                        self._its_worker().send(messages.EndBranch(self._number, branch))

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        """Reads ``prompt`` without writing; the last event is `ReplyFinished` with what it took."""
        return cast("Iterator[EngineEvent]", self._ask(lambda number: messages.Warm(number, _sendable(prompt))))

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

    def _ask(self, request: Callable[[int], Request]) -> Generator[_AnyEvent, None, None]:
        if not self._busy.acquire(blocking=False):
            raise RuntimeError("the engine does one thing at a time: close the other iterator first")
        try:
            self._closing = False
            yield from self._answered(request)
        except _Closed:
            yield ReplyFinished("cancelled", Usage())
        finally:
            self._busy.release()

    def _answered(self, request: Callable[[int], Request]) -> Generator[_AnyEvent, None, None]:
        """Opens the model and asks it; with less memory each time that this ends the worker before its first word."""
        if self._worker is not None and self._worker.exit_status is not None:
            # It ended while nothing was asked of it: nothing is lost, and nobody needs to hear of it.
            self._drop_worker()
        for step in range(_MOST_STEPS + 1):
            self._stepped_down = False
            try:
                yield from self._open()
                yield from self._do(request, "working")
            except LongWriterError:
                if not self._stepped_down or step == _MOST_STEPS:
                    raise
            else:
                return

    def _open(self) -> Generator[_AnyEvent, None, None]:
        if self._worker is None:
            yield ModelLoading(0.0)
            self._start()
            yield from self._hear(0, "starting")
        if self._loaded is None:
            spec = self._spec
            path, context = str(spec.path.absolute()), self._options.context_tokens or spec.context_tokens
            states = str(self._states.absolute())
            yield from self._do(
                lambda number: messages.Load(
                    number, spec.name, path, spec.template, spec.stop, context, self._options, states, *self._limits
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

    def _do(self, request: Callable[[int], Request], stage: Stage) -> Generator[_AnyEvent, None, None]:
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

    def _hear(self, number: int, stage: Stage) -> Generator[_AnyEvent, None, None]:
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
            if silent >= self._patience(stage):
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

    def _translated(self, event: Event) -> _AnyEvent | None:
        """The event for the caller, if it is one."""
        said: _AnyEvent | None = None
        match event:
            case messages.Text():
                said = TextChunk(event.text, event.tokens)
            case messages.Reading():
                said = PromptProgress(event.read, event.total, event.reused)
            case messages.Opening() | messages.Loading():
                said = self._loading(event)
            case messages.BranchText():
                said = BranchText(event.branch, event.text, event.tokens)
            case messages.BranchFinished():
                said = BranchFinished(event.branch, event.reason, event.tokens)
            case messages.Finished():
                said = ReplyFinished(event.reason, event.usage)
            case messages.Loaded():
                self._loaded = event
                self._on_open()
            case messages.Failed():
                if event.kind in {"memory", "bug", "library"}:
                    # Whatever is left in that process, nothing should be built on it.
                    self._drop_worker()
                raise failures.problem(event, self._log)
        return said

    def _count(self, event: Event | None) -> None:
        """Takes note of what counts also when it comes after a call was cancelled, and during the next."""
        if isinstance(event, messages.Finished):
            self._usage += event.usage
        elif isinstance(event, messages.Opening):
            self._opening = event
            self._register(event)
        self._has_worked = self._has_worked or isinstance(event, _WORK)

    def _register(self, opening: messages.Opening) -> None:
        """Lets other windows know of the model, and finds out what they have open."""
        worker, path = self._its_worker(), self._spec.path
        try:
            own = OpenModel.of(worker.pid, self.model_name, path, opening.needs_bytes, on_device=opening.gpu_layers > 0)
        except (OSError, psutil.Error):
            return
        self._open_models.add(own)
        others = [other for other in self._open_models.elsewhere() if other.worker not in self._told]
        self._told.update(other.worker for other in others)
        self._said_before_loading += tuple(remark(other, own, opening.free_bytes) for other in others)

    def _loading(self, event: messages.Opening | messages.Loading) -> ModelLoading:
        opening, fraction = self._opening, event.fraction if isinstance(event, messages.Loading) else 0.0
        if opening is None:
            return ModelLoading(fraction)
        return ModelLoading(fraction, opening.needs_bytes, opening.free_bytes, self._said_before_loading)

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
        status, words, for_memory = worker.wait_for_end(), worker.last_words(), worker.killed_for_memory()
        doing = "trying" if stage == "working" and not self._has_worked else stage
        end = failures.WorkerEnd(status, doing, self.model_name, self._log, words, for_memory)
        opening = self._opening
        if opening is not None and failures.asks_for_less(end, opening.gpu_layers):
            before, (ram, device) = self._limits, (opening.ram_limit_bytes, opening.device_limit_bytes)
            self._limits = (before[0] if ram is None else ram, before[1] if device is None else device)
            self._stepped_down = self._limits != before and doing != "working"
        self._drop_worker()
        return failures.judge(end)

    def _patience(self, stage: Stage) -> float:
        """Seconds without a sign of life that make a hang."""
        if stage != "loading":
            return self._hang_after
        with contextlib.suppress(OSError):
            size = sum(part.stat().st_size for part in parts_of(self._spec.path))
            return max(self._hang_after, size / _SLOWEST_DISK)
        return self._hang_after

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
        worker, self._worker = self._worker, None  # Closing comes from another thread.
        if worker is not None:
            self._open_models.remove(worker.pid)
        self._loaded = self._opening = None
        self._said_before_loading = ()
        self._has_worked = False
        # The finalizer calls WorkerProcess.stop, once.
        self._stop_at_exit()


_LAST = (messages.Finished, messages.Failed, messages.Loaded, messages.Ready)
"""After these nothing more comes of a request."""
_WORK = (messages.Text, messages.BranchText, messages.Finished)
"""What only a model that computes can lead to."""


class _Closed(Exception):
    """The engine was closed while a call went on."""


def _nothing() -> None:
    """In place of a finalizer while there is no worker, or of being told."""


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
