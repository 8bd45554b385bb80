"""Planning and writing as the window sees them: the engine, the thread that runs it, and what it is doing."""

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import QObject, QThread, QTimer, Signal

from longwriter_desktop.agentwrite.engine import Engine, EngineEvent, ModelLoading, PromptProgress, Sampling
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.prompts import Layout, Planning, PromptTemplates
from longwriter_desktop.agentwrite.rewrite_events import Wish
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.warming_thread import WarmingThread
from longwriter_desktop.ui.writing_thread import Event, WritingThread

log = logging.getLogger(__name__)

BUNDLE_MS = 33
"""How often the events of the thread are taken. One signal a token would stop the window for seconds."""
STOP_TIMEOUT_MS = 5_000
"""How long closing waits for an engine, before and after its process is ended; the port promises 100 ms."""


class Activity(StrEnum):
    """What the engine is doing.

    TRYING: several texts of one section at the same time. REWRITING: a passage that the person has marked.
    STOPPING: the person has paused, the engine has not answered yet.
    """

    IDLE = "idle"
    PLANNING = "planning"
    WRITING = "writing"
    TRYING = "trying"
    REWRITING = "rewriting"
    STOPPING = "stopping"


BUSY = frozenset({Activity.PLANNING, Activity.WRITING, Activity.TRYING, Activity.REWRITING})
"""What goes on until it is done or stopped."""


class OwnedEngine(Engine, Protocol):
    """An engine that holds a process and says what it costs."""

    @property
    def device(self) -> str:
        """Where it computes, for the status line; "" before the model is loaded."""
        ...

    @property
    def memory_bytes(self) -> int:
        """Resident memory of its process in bytes; 0 before the model is loaded."""
        ...

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences for the person about what is not as was wished, such as a shorter context."""
        ...

    def close(self) -> None: ...


_EngineWork = Callable[[OwnedEngine, Callable[[], Document]], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: ``activity`` is what it was, ``failure`` what went wrong, ``stopped`` by the person."""

    activity: Activity
    stopped: bool
    failure: Exception | None


@dataclass(frozen=True, slots=True)
class WarmingEnding:
    """How reading ahead ended: ``done`` when all was read, else stopped or for a ``failure``."""

    document: Document
    done: bool
    failure: Exception | None


class Writing(QObject):
    """Runs one thing at a time: planning, writing, rewriting. The document itself belongs to the session.

    While neither goes on, `warm` has the model read ahead. That is no activity: whatever is asked for begins
    at once for the person, and for the engine as soon as the reading has given way.

    ``current`` gives the document as it stands; ``open_engine`` makes an engine for a model, which
    starts its process at first use; ``templates`` gives the prompts of a language.
    """

    activity_changed = Signal(object)  # whenever `activity` has another value
    events_arrived = Signal(object)  # about every 33 ms while something runs; a list, to be recorded at once
    model_loading = Signal(ModelLoading)  # while the model is being loaded
    prompt_progress = Signal(int, int)  # while a prompt is being read; tokens read, tokens in all
    ended = Signal(object)  # after a run and all its events; an Ending
    warming_changed = Signal(bool)  # when reading ahead begins or ends; whether it goes on
    warming_ended = Signal(object)  # after reading ahead; a WarmingEnding

    def __init__(
        self,
        current: Callable[[], Document],
        open_engine: Callable[[Model], OwnedEngine],
        templates: Callable[[str], PromptTemplates],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = current
        self._open_engine = open_engine
        self._templates = templates
        self._model: Model | None = None
        self._engine: OwnedEngine | None = None
        self._retired: list[OwnedEngine] = []
        self._thread: WritingThread | None = None
        self._warming: WarmingThread | None = None
        self._activity = Activity.IDLE
        self._running = Activity.IDLE
        self._next: Callable[[], None] | None = None
        self._rests = False
        self._put_off: Document | None = None
        self._closing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="engine-closing")
        self._timer = QTimer(self)
        self._timer.setInterval(BUNDLE_MS)
        self._timer.timeout.connect(self.take_events)

    @property
    def activity(self) -> Activity:
        return self._activity

    @property
    def model(self) -> Model | None:
        return self._model

    @property
    def engine(self) -> OwnedEngine | None:
        """The engine of the chosen model; None before anything was asked of it."""
        return self._engine

    def open_engine(self, model: Model) -> OwnedEngine:
        """An engine of its own for ``model``, beside that of the chosen one; the caller closes it."""
        return self._open_engine(model)

    @property
    def is_warming(self) -> bool:
        """Whether the model reads ahead."""
        return self._warming is not None

    def choose_model(self, model: Model) -> None:
        """The model for whatever is started from now on. Stops what is running with another one."""
        if self._model is not None and self._model.path == model.path:
            self._model = model
            return
        self.stop()
        if self._engine is not None:
            self._retired.append(self._engine)
        self._engine = None
        self._model = model
        if self._warming is not None:
            self._warming.stop()
        self._close_retired()

    def reopen(self) -> None:
        """Has the model loaded anew for whatever begins from now on: it is to be run otherwise. What runs goes on."""
        if self._engine is not None:
            self._retired.append(self._engine)
        self._engine = None
        self.stop_warming(at_once=True)
        self._close_retired()

    def plan(
        self, instruction: str, words: int | None, language: str, sampling: Sampling, planning: Planning = "guided"
    ) -> None:
        """Starts planning, after whatever is being stopped."""
        wanted = "zh" if language == "zh" else "en"

        def work(engine: OwnedEngine, _read: Callable[[], Document]) -> Iterator[Event]:
            from longwriter_desktop.agentwrite.plan import plan

            templates = self._templates(wanted)
            return plan(instruction, engine, templates, words=words, sampling=sampling, planning=planning)

        self._when_free(lambda: self._start(Activity.PLANNING, work))

    def write(self, sections: Sequence[str] | None, again: bool, sampling: Sampling, layout: Layout) -> None:
        """Starts writing, after whatever is being stopped. ``sections`` are ids; None is all that is left."""

        def work(engine: OwnedEngine, read: Callable[[], Document]) -> Iterator[Event]:
            from longwriter_desktop.agentwrite.writer import write

            return write(
                read, engine, self._templates, sections=sections, again=again, sampling=sampling, layout=layout
            )

        goes_on = sections is None and not again
        self._when_free(lambda: self._start(Activity.WRITING, work, layout if goes_on else None))

    def write_parallel(self, sampling: Sampling, layout: Layout) -> None:
        """Starts writing all that is left at the same time, from the plan alone, after whatever is being stopped."""

        def work(engine: OwnedEngine, read: Callable[[], Document]) -> Iterator[Event]:
            from longwriter_desktop.agentwrite.parallel import write_parallel

            return write_parallel(read, engine, self._templates, sampling=sampling, layout=layout)

        self._when_free(lambda: self._start(Activity.WRITING, work))

    def write_alternatives(self, section_id: str, count: int, sampling: Sampling, layout: Layout) -> None:
        """Starts writing several texts for one section, after whatever is being stopped."""

        def work(engine: OwnedEngine, read: Callable[[], Document]) -> Iterator[Event]:
            from longwriter_desktop.agentwrite.alternatives import alternatives

            return alternatives(
                read(), section_id, engine, self._templates, count=count, sampling=sampling, layout=layout
            )

        self._when_free(lambda: self._start(Activity.TRYING, work))

    def rewrite(self, passage: Passage, wish: Wish, sampling: Sampling) -> None:
        """Starts rewriting a passage, after whatever is being stopped."""

        def work(engine: OwnedEngine, read: Callable[[], Document]) -> Iterator[Event]:
            from longwriter_desktop.agentwrite.rewrite import rewrite

            return rewrite(read(), passage, wish, engine, self._templates, sampling=sampling)

        self._when_free(lambda: self._start(Activity.REWRITING, work))

    def warm(self, document: Document, layout: Layout) -> None:
        """Has the model read what writing ``document`` on would begin with, unless something is running."""
        if self._thread is not None or self._warming is not None:
            return
        if self._rests:
            self._put_off = document
            return
        try:
            engine = self._ready_engine()
        except LongWriterError as problem:
            log.warning("reading ahead failed: %s", problem)
            self.warming_ended.emit(WarmingEnding(document, False, problem))
            return

        def work() -> Iterator[EngineEvent]:
            from longwriter_desktop.agentwrite.next_prompt import warm_next

            return warm_next(document, engine, self._templates, layout=layout)

        thread = WarmingThread(document, layout, work, self)
        thread.remarked.connect(self.model_loading)
        thread.finished.connect(self._warming_finished)
        self._warming = thread
        thread.start()
        self.warming_changed.emit(True)

    def stop_warming(self, *, at_once: bool = False) -> None:
        """Ends reading ahead. A model that is being loaded is loaded first, unless ``at_once``."""
        if self._warming is None:
            return
        self._warming.give_way()
        if at_once:
            self._warming.stop()

    def rest(self, *, unload: bool) -> None:
        """Ends reading ahead, and none begins until `wake`: another model needs the computer for a while.

        ``unload``: the model's process ends too and gives its memory back; whatever is asked of it starts it again.
        """
        self._rests = True
        self.stop_warming(at_once=True)
        if unload and self._engine is not None and self._thread is None:
            self._retired.append(self._engine)
            self._engine = None
            self._close_retired()

    def wake(self) -> None:
        """Reading ahead may begin again; what was put off meanwhile is told as not done."""
        self._rests = False
        document, self._put_off = self._put_off, None
        if document is not None:
            self.warming_ended.emit(WarmingEnding(document, False, None))

    def stop(self) -> None:
        """Stops what is running. What it wrote up to now is recorded before this returns."""
        self._next = None
        if self._thread is None or self._activity is Activity.STOPPING:
            return
        if self._warming is not None:
            # It has not begun yet: there is nothing to wait for.
            self._thread.stop()
            self._run_ended()
            return
        self._thread.stop()
        self.take_events()
        self._set_activity(Activity.STOPPING)

    def wait_until_stopped(self) -> bool:
        """Waits until a stopped run has ended and all its events are recorded; False if it does not end.

        Reading ahead is stopped too, but not waited for: it has nothing to record.
        """
        self.stop()
        self.stop_warming()
        if self._thread is None:
            return True
        if not self._waited_for(self._thread):
            return False
        self._run_ended()
        return True

    def _waited_for(self, thread: QThread) -> bool:
        """Waits for the end of a thread that was told to stop; ends the engine's process if it must."""
        if thread.wait(STOP_TIMEOUT_MS):
            return True
        log.error("the engine did not stop within %d ms; its process is ended", STOP_TIMEOUT_MS)
        for engine in (*self._retired, *((self._engine,) if self._engine is not None else ())):
            self._closing.submit(engine.close)
        return thread.wait(STOP_TIMEOUT_MS)

    def close(self) -> None:
        """Stops, and ends the engine's process."""
        self._next = None
        if self._engine is not None:
            self._retired.append(self._engine)
        self._engine = None
        self.stop_warming(at_once=True)
        if self.wait_until_stopped() and self._warming is not None and self._waited_for(self._warming):
            self._end_warming(self._warming)
        self._close_retired()
        self._closing.shutdown(wait=True)

    def take_events(self) -> None:
        """Hands over what the thread has said so far."""
        if self._thread is None:
            return
        if self._warming is not None:
            # The run waits for what it would have to do first itself.
            self._tell_progress(self._warming.newest)
            return
        events = self._thread.take_events()
        if not events:
            return
        self.events_arrived.emit([event for event in events if not isinstance(event, ModelLoading | PromptProgress)])
        self._tell_progress(events[-1])

    def _tell_progress(self, event: Event | None) -> None:
        match event:
            case ModelLoading() as loading:
                self.model_loading.emit(loading)
            case PromptProgress(read, total):
                self.prompt_progress.emit(read, total)

    def _ready_engine(self) -> OwnedEngine:
        if self._engine is None:
            if self._model is None:
                raise RuntimeError("no model was chosen")
            self._engine = self._open_engine(self._model)
        return self._engine

    def _when_free(self, begin: Callable[[], None]) -> None:
        self.stop()
        if self._thread is None:
            begin()
        else:
            self._next = begin

    def _start(self, activity: Activity, work: _EngineWork, goes_on_in: Layout | None = None) -> None:
        """Starts a run, once the model no longer reads ahead.

        ``goes_on_in`` is the layout of a run that writes the document on: where that needs just what is being
        read, the reading may end first.
        """
        self._running = activity
        try:
            engine = self._ready_engine()
        except LongWriterError as problem:
            self.ended.emit(Ending(activity, False, problem))
            return
        thread = WritingThread(lambda read: work(engine, read), self)
        thread.document_wanted.connect(self._hand_over)
        thread.finished.connect(self._thread_finished)
        self._thread = thread
        self._timer.start()
        self._set_activity(activity)
        if self._warming is None:
            thread.start()
        elif goes_on_in is None or not self._warming.serves(self._current(), goes_on_in):
            self._warming.give_way()

    def _close_retired(self) -> None:
        """Ends the engines that are no longer wanted, once nothing runs in them."""
        if self._thread is not None or self._warming is not None:
            return
        for engine in self._retired:
            self._closing.submit(engine.close)
        self._retired.clear()

    def _hand_over(self) -> None:
        thread = self._thread
        if thread is not None and thread is self.sender():
            self.take_events()
            thread.hand_over(self._current())

    def _thread_finished(self) -> None:
        if self.sender() is self._thread:
            self._run_ended()

    def _run_ended(self) -> None:
        thread = self._thread
        if thread is None:
            return
        thread.wait()
        self.take_events()
        self._timer.stop()
        self._thread = None
        thread.deleteLater()
        self._close_retired()
        self._set_activity(Activity.IDLE)
        self.ended.emit(Ending(self._running, thread.stopped, thread.failure))
        begin, self._next = self._next, None
        if begin is not None and self._thread is None:
            begin()

    def _warming_finished(self) -> None:
        warming = self._warming
        if warming is not None and self.sender() is warming:
            self._end_warming(warming)
            if self._thread is not None:
                self._thread.start()

    def _end_warming(self, warming: WarmingThread) -> None:
        warming.wait()
        self._warming = None
        warming.deleteLater()
        self._close_retired()
        self.warming_changed.emit(False)
        self.warming_ended.emit(WarmingEnding(warming.document, warming.done, warming.failure))

    def _set_activity(self, activity: Activity) -> None:
        if activity is not self._activity:
            self._activity = activity
            self.activity_changed.emit(activity)


def fresh_seed() -> int:
    """A seed for one run, so that writing again gives another text."""
    return secrets.randbelow(2**31 - 1) + 1


def now() -> float:
    """The time in Unix seconds; the one clock of the window, which tests replace."""
    return time.time()
