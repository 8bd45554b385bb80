"""The worker process: killed, hung, cancelled, orphaned, out of memory. The caller always gets a sentence."""

import gc
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.agentwrite.engine import (
    EngineEvent,
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.errors import BackendCrashed, BackendHung, BackendProblem, OutOfMemory, PromptTooLong
from longwriter_desktop.paths import AppPaths
from tests.backend.replies import GREEDY, ask, beginning, long_text, question
from tests.benchmarks.kills import MOMENTS, Desk, Strike, Tally, kill

ROOT = Path(__file__).resolve().parents[2]
LONG = question(long_text(2500) + "\n\nSummarize it.")
STORY = question("Tell a long story about a fox.")
MANY = replace(GREEDY, max_tokens=400)
FEW = replace(GREEDY, max_tokens=3)
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


def worker_of(engine: LlamaEngine) -> psutil.Process:
    own = [child for child in psutil.Process().children() if child.pid == _pid(engine)]
    assert len(own) == 1
    return own[0]


def _pid(engine: LlamaEngine) -> int:
    worker = engine._worker  # Only here does anybody need to know which process it is.
    assert worker is not None
    return worker.pid


def events_until(events: Iterator[EngineEvent], kind: type) -> None:
    next(event for event in events if isinstance(event, kind))


def read_until(events: Iterator[EngineEvent], tokens: int) -> None:
    next(event for event in events if isinstance(event, PromptProgress) and event.read >= tokens)


_MOMENTS: dict[str, tuple[Prompt, Callable[[Iterator[EngineEvent]], None]]] = {
    "starting": (STORY, lambda events: events_until(events, ModelLoading)),
    "reading": (LONG, lambda events: read_until(events, 200)),
    "writing": (STORY, lambda events: events_until(events, TextChunk)),
}


@posix_only
@pytest.mark.parametrize("moment", _MOMENTS)
def test_a_worker_killed_at_any_moment_is_reported_and_started_again(own_engine: LlamaEngine, moment: str) -> None:
    prompt, reach = _MOMENTS[moment]
    events = own_engine.generate(prompt, MANY)
    reach(events)
    if moment == "starting":
        next(events)
    os.kill(_pid(own_engine), signal.SIGKILL)
    with pytest.raises(BackendProblem, match=r"Everything written is kept|could not be started"):
        list(events)
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_a_worker_killed_while_idle_is_started_again_without_a_word(own_engine: LlamaEngine) -> None:
    ask(own_engine, STORY, FEW)
    first = worker_of(own_engine)
    first.kill()
    first.wait(5)
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3
    assert _pid(own_engine) != first.pid


@posix_only
@pytest.mark.parametrize("how", [signal.SIGABRT, signal.SIGSEGV])
def test_a_crash_names_the_log_and_the_text_goes_on_exactly_afterwards(
    own_engine: LlamaEngine, how: signal.Signals
) -> None:
    whole = ask(own_engine, STORY, replace(GREEDY, max_tokens=12)).text
    events = own_engine.generate(STORY, MANY)
    events_until(events, TextChunk)
    os.kill(_pid(own_engine), how)
    with pytest.raises(BackendCrashed, match=rf"{how.name}.*backend\.log"):
        list(events)
    assert ask(own_engine, STORY, replace(GREEDY, max_tokens=12)).text == whole


@posix_only
def test_a_worker_that_says_nothing_is_stopped_and_started_again(starter_model: Path, paths: AppPaths) -> None:
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, hang_after=10) as engine:
        ask(engine, STORY, FEW)
        engine._hang_after = 0.6  # Loading beside other jobs may take longer than this test waits.
        events = engine.generate(STORY, MANY)
        events_until(events, TextChunk)
        pid = _pid(engine)
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(BackendHung, match="has done nothing for"):
            list(events)
        assert not psutil.pid_exists(pid)
        engine._hang_after = 10
        assert ask(engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_a_worker_that_does_not_even_listen_is_stopped_whatever_is_sent(own_engine: LlamaEngine) -> None:
    ask(own_engine, STORY, FEW)
    own_engine._hang_after = 0.6
    pid = _pid(own_engine)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(BackendHung):
        list(own_engine.generate(question("word " * 100_000), FEW))  # More than a pipe holds.
    assert not psutil.pid_exists(pid)


@posix_only
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can limit the memory of another process")
def test_a_worker_that_runs_out_of_memory_at_work_says_so_and_is_started_again(own_engine: LlamaEngine) -> None:
    ask(own_engine, STORY, FEW)
    worker = worker_of(own_engine)
    worker.rlimit(psutil.RLIMIT_AS, (worker.memory_info().vms, -1))
    with pytest.raises(OutOfMemory, match=r"memory of this computer was not enough.*Everything written is kept"):
        list(own_engine.generate(question("word " * 4_000_000), FEW))
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_killed_at_every_moment_of_a_document_the_writer_goes_on_and_no_text_is_lost(
    own_engine: LlamaEngine, paths: AppPaths
) -> None:
    """One after another; a hundred at random: `tests/benchmarks/kills.py`."""
    desk, tally, chance = Desk(own_engine, paths, seed=1), Tally(), random.Random(1)
    for done, moment in enumerate(MOMENTS):
        for seed in range(2, 6):
            if desk.finished:
                desk = Desk(own_engine, paths, seed=10 * done + seed)
            Strike(desk, moment, kill, chance).run(tally)
            if tally.done > done:
                break  # Otherwise the document came to its end before the moment.
    assert tally.failures == []
    assert tally.done == len(MOMENTS)
    assert len(tally.seconds) == tally.done


def _seconds_to_close(events: Iterator[EngineEvent]) -> float:
    began = time.monotonic()
    events.close()  # type: ignore[attr-defined]  # It is a generator; the port only promises an iterator.
    return time.monotonic() - began


@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_closing_stops_the_work_within_a_tenth_of_a_second_and_the_process_stays(
    engine: LlamaEngine, moment: str
) -> None:
    ask(engine, STORY, FEW)
    pid = _pid(engine)
    prompt, reach = _MOMENTS[moment]
    quiet = []
    for _ in range(3):
        events = engine.generate(prompt, MANY)
        reach(events)
        assert _seconds_to_close(events) < 0.1
        # The next call waits for the worker to have stopped: its first event tells how long that took.
        began = time.monotonic()
        events_until(engine.generate(STORY, FEW), PromptProgress)
        quiet.append(time.monotonic() - began)
    assert min(quiet) < 0.1
    assert _pid(engine) == pid
    assert ask(engine, STORY, FEW).text


def test_after_a_cancelled_reading_what_was_read_is_kept_and_the_text_is_the_same(engine: LlamaEngine) -> None:
    prompt = question(long_text(400, start=9000) + "\n\nSummarize it.")
    events = engine.generate(prompt, GREEDY)
    read_until(events, 300)
    _seconds_to_close(events)
    resumed = ask(engine, prompt)
    engine.close()
    assert resumed.usage.prompt_tokens_reused >= 200
    assert ask(engine, prompt).text == resumed.text


def test_loading_can_be_cancelled(own_engine: LlamaEngine) -> None:
    events = own_engine.generate(STORY, FEW)
    next(events)
    assert _seconds_to_close(events) < 0.15
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_an_interrupt_from_the_keyboard_cancels_and_the_engine_goes_on(engine: LlamaEngine) -> None:
    ask(engine, STORY, FEW)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        for _ in engine.generate(LONG, MANY):
            pass
    timer.join()
    gc.collect()
    assert ask(engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_the_worker_does_not_mind_an_interrupt_meant_for_its_parent(engine: LlamaEngine) -> None:
    ask(engine, STORY, FEW)
    os.kill(_pid(engine), signal.SIGINT)
    assert os.getpgid(_pid(engine)) != os.getpgid(0)
    assert ask(engine, STORY, FEW).usage.tokens_written == 3


def test_closing_from_another_thread_ends_the_call_as_cancelled(own_engine: LlamaEngine) -> None:
    events = own_engine.generate(STORY, MANY)
    events_until(events, TextChunk)
    closing = threading.Thread(target=own_engine.close)
    closing.start()
    rest = list(events)
    closing.join()
    assert isinstance(rest[-1], ReplyFinished)
    assert rest[-1].reason == "cancelled"


def test_an_engine_can_be_used_from_another_thread_than_the_one_that_loaded_it(engine: LlamaEngine) -> None:
    counts = []
    ask(engine, STORY, FEW)
    for _ in range(2):
        thread = threading.Thread(target=lambda: counts.append(ask(engine, STORY, FEW).usage.tokens_written))
        thread.start()
        thread.join()
    assert counts == [3, 3]


def test_a_forgotten_engine_leaves_no_process(starter_model: Path, paths: AppPaths) -> None:
    engine = LlamaEngine(ModelSpec("starter", starter_model), paths=paths)
    ask(engine, STORY, FEW)
    worker = worker_of(engine)
    del engine
    gc.collect()
    assert not worker.is_running()


def test_device_and_memory_are_known_once_the_model_is_loaded(own_engine: LlamaEngine) -> None:
    assert (own_engine.device, own_engine.memory_bytes, own_engine.context_tokens) == ("", 0, 0)
    ask(own_engine, STORY, FEW)
    assert "thread" in own_engine.device
    # Weights of 97 MB, a context of 8,192 tokens with 23,040 bytes each, and at most 400 MB besides.
    assert 100_000_000 < own_engine.memory_bytes < 97_000_000 + 8192 * 23_040 + 400_000_000
    assert own_engine.remarks == ()


def test_the_log_holds_nothing_of_what_the_person_wrote(own_engine: LlamaEngine, paths: AppPaths) -> None:
    beginning(own_engine, question("My secret is Xanadu."), MANY, 3)
    with pytest.raises(PromptTooLong):
        ask(own_engine, question("Xanadu " * 9000, system="Xanadu"))
    # Our own mistakes leave a stack in the log, and the words of an exception may quote a text.
    with pytest.raises(BackendCrashed):
        ask(own_engine, question("Xanadu"), Sampling(top_k="Xanadu"))  # type: ignore[arg-type]  # The mistake.
    log = paths.log / "backend.log"
    assert log.exists()
    assert "Xanadu" not in log.read_text("utf-8", "replace")


def test_the_engine_works_from_a_folder_that_holds_files_named_like_modules(
    own_engine: LlamaEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("msgspec.py", "llama_cpp.py", "queue.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong module')")
    monkeypatch.chdir(tmp_path)
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3


@posix_only
def test_a_frozen_executable_is_started_with_a_switch(
    own_engine: LlamaEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "longwriter-desktop"
    program.write_text(
        f'#!/bin/sh\n[ "$*" = --backend-worker ] || exit 9\nexec "{sys.executable}" -P -c '
        '"from longwriter_desktop.backend.worker import main; main()"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert ask(own_engine, STORY, FEW).usage.tokens_written == 3


def _script(text: str, **values: object) -> str:
    head = """
        import os, sys, time
        from pathlib import Path
        from longwriter_desktop.agentwrite.engine import *
        from longwriter_desktop.backend.client import LlamaEngine
        from longwriter_desktop.backend.model_spec import ModelSpec
        from longwriter_desktop.errors import LongWriterError
        from longwriter_desktop.paths import AppPaths
        from tests.backend.replies import starter_path, question, long_text, ask
        paths = AppPaths.of_this_machine()
        engine = LlamaEngine(ModelSpec("starter", starter_path()), paths=paths)
    """
    return textwrap.dedent(head) + textwrap.dedent(text.format(**values))


def _python(script: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@posix_only
@pytest.mark.model
@pytest.mark.parametrize("moment", ["loading", "idle", "reading", "writing"])
def test_the_worker_ends_when_its_parent_is_killed(moment: str) -> None:
    script = _script(
        """
        moment = "{moment}"
        events = engine.generate(question("Hello."), Sampling(max_tokens=500))
        if moment == "loading":
            next(each for each in events if isinstance(each, ModelLoading) and engine._worker)
        else:
            next(each for each in events if isinstance(each, TextChunk))
        if moment in ("idle", "reading"):
            events.close()
        if moment == "reading":
            events = engine.generate(question(long_text(3000)), Sampling())
            next(each for each in events if isinstance(each, PromptProgress) and each.read)
        print(engine._worker.pid, flush=True)
        time.sleep(60)
        """,
        moment=moment,
    )
    with _python(script) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        _gone, alive = psutil.wait_procs([worker], timeout=5)
    assert not alive


@posix_only
@pytest.mark.model
def test_with_too_little_memory_the_context_is_shortened_or_the_error_says_memory() -> None:
    script = _script(
        """
        import resource
        outcomes = []
        for megabytes in (150, 350, 500):
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, resource.RLIM_INFINITY))
            try:
                reply = ask(engine, question("Hello."), Sampling(max_tokens=2))
                outcomes.append(("wrote", engine.context_tokens, engine.remarks))
            except LongWriterError as error:
                outcomes.append((type(error).__name__, str(error)))
            engine.close()
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        ask(engine, question("Hello."), Sampling(max_tokens=2))
        engine.close()
        for outcome in outcomes:
            print(outcome)
        """
    )
    with _python(script) as child:
        out, errors = child.communicate(timeout=120)
    assert child.returncode == 0, errors
    # Of addresses: the libraries do not fit into 150 MB, the model not into 350, all of the context not into 500.
    libraries, model, context = out.splitlines()
    assert "OutOfMemory" in libraries or "BackendCrashed" in libraries
    assert "OutOfMemory" in model
    assert "OutOfMemory" in context or "tokens instead of 8,192" in context


def test_what_a_library_prints_never_gets_among_the_messages() -> None:
    script = (
        "import os\n"
        "from longwriter_desktop.backend.worker import Pipes\n"
        "pipes = Pipes()\n"
        "print('printed by Python', flush=True)\n"
        "os.write(1, b'printed by a C library')\n"
        "assert os.read(0, 10) == b''\n"
        "pipes.write(b'a message')\n"
        "assert pipes.read() == b'a request'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=b"a request",
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == b"a message"
    assert b"printed by Python" in done.stderr
    assert b"printed by a C library" in done.stderr


def test_a_sampling_of_no_tokens_is_finished_at_once(engine: LlamaEngine) -> None:
    reply = ask(engine, Prompt((Message("user", "Hello."),)), Sampling(max_tokens=0))
    assert (reply.reason, reply.text) == ("length", "")
