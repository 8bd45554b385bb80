"""Opening a model in real processes: what is said before, what happens when it does not go as planned."""

import os
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.agentwrite.engine import ModelLoading, Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.memory import ram_bytes
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.open_models import OpenModel, OpenModels
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import BackendCrashed, ModelProblem, OutOfMemory
from longwriter_desktop.paths import AppPaths
from tests.backend.replies import GREEDY, ask, long_text, question

HELLO = question("Hello.")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the executable")


def loading(engine: LlamaEngine) -> list[ModelLoading]:
    return [event for event in engine.generate(HELLO, GREEDY) if isinstance(event, ModelLoading)]


def test_what_the_model_needs_is_said_before_it_is_loaded_and_is_right(starter_model: Path, paths: AppPaths) -> None:
    header = read_header(starter_model)
    for kv_type in ("f16", "q8_0"):
        options = EngineOptions(kv_type=kv_type)
        with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine:
            known = [event for event in loading(engine) if event.needs_bytes]
            ask(engine, question(long_text(150)))
            assert known[0].fraction == 0.0
            assert {event.needs_bytes for event in known} == {ram_bytes(header, 8192, kv_type)}
            assert known[0].free_bytes > 0
            assert known[0].memory.startswith("needs 0.")
            assert known[0].memory.endswith(" GB free")
            assert engine.memory_bytes == pytest.approx(known[0].needs_bytes, rel=0.1)


def test_the_kv_type_and_the_device_can_be_chosen(starter_model: Path, paths: AppPaths) -> None:
    options = EngineOptions(device="cpu", gpu_layers=4)
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine:
        ask(engine, HELLO)
        assert engine.device.startswith("CPU, ")
        assert engine.remarks == ()


@pytest.mark.counted
def test_a_device_that_is_not_there_is_said_with_those_that_are(starter_model: Path, paths: AppPaths) -> None:
    options = EngineOptions(device="CUDA7")
    with (
        LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine,
        pytest.raises(ModelProblem, match=r"no device “CUDA7”.*auto, cpu"),
    ):
        ask(engine, HELLO)


# -- two at once -----------------------------------------------------------------------------------


@pytest.fixture
def another_window(paths: AppPaths) -> "Iterator[OpenModel]":
    """Another app process with a worker that has a model of 7 GB open."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"]) as worker:
        started = psutil.Process(worker.pid).create_time()
        model = OpenModel(worker.pid, started, 1, "LongWriter-8B", 7_000_000_000)
        OpenModels(paths.cache / "open-models").add(model)
        yield model
        worker.kill()


def test_a_model_that_another_window_has_open_is_told_before_loading_and_once(
    own_engine: LlamaEngine, another_window: OpenModel
) -> None:
    events = loading(own_engine)
    told = next(event for event in events if event.remarks)
    assert told.fraction == 0.0
    assert "LongWriter-8B is open already" in told.remarks[0]
    assert "Both together need 7.4 GB" in told.remarks[0]
    # Events may be dropped where newer ones have come, so each has them.
    assert all(event.remarks == told.remarks for event in events[events.index(told) :])
    own_engine.close()
    assert not any(event.remarks for event in loading(own_engine))


def test_an_open_model_is_on_the_list_until_its_engine_is_closed(own_engine: LlamaEngine, paths: AppPaths) -> None:
    folder = paths.cache / "open-models"
    ask(own_engine, HELLO)
    assert len(list(folder.iterdir())) == 1
    own_engine.close()
    assert list(folder.iterdir()) == []


def test_another_process_of_the_app_sees_it(own_engine: LlamaEngine, paths: AppPaths) -> None:
    ask(own_engine, HELLO)
    script = (
        "import sys; from pathlib import Path; from longwriter_desktop.backend.open_models import OpenModels\n"
        "print([model.name for model in OpenModels(Path(sys.argv[1])).elsewhere()])"
    )
    root = Path(__file__).resolve().parents[2]
    seen = subprocess.run(
        [sys.executable, "-c", script, str(paths.cache / "open-models")],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert seen.stdout.strip() == "['starter']"


# -- stepping down ---------------------------------------------------------------------------------


@pytest.fixture
def worker_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "_WorkerWith":
    return _WorkerWith(tmp_path, monkeypatch)


class _WorkerWith:
    """Starts workers in which something goes wrong, as a frozen executable would start them."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, patch

    def __call__(self, trouble: str) -> Path:
        """``trouble`` is Python that runs in the worker before anything else; returns a list of the starts."""
        starts, program, script = (self._folder / name for name in ("starts", "program", "trouble.py"))
        script.write_text(
            "import os, sys\n"
            + textwrap.dedent(trouble)
            + "\nfrom longwriter_desktop.backend.worker import main\nmain()\n"
        )
        program.write_text(f'#!/bin/sh\necho start >> "{starts}"\nexec "{sys.executable}" -P "{script}"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self._patch.setattr(sys, "frozen", True, raising=False)
        self._patch.setattr(sys, "executable", str(program))
        return starts


ABORTS = """
    from longwriter_desktop.backend import context, opening
    class Aborting(context.Context):
        def __init__(self, model, *, tokens, kv_type, **rest):
            if (tokens, kv_type) not in {allowed}:
                os.write(2, b"CUDA error: out of memory\\n")
                os.abort()
            super().__init__(model, tokens=tokens, kv_type=kv_type, **rest)
    opening.Context = Aborting
"""


@posix_only
@pytest.mark.counted
def test_when_making_the_context_ends_the_process_it_is_made_smaller_and_the_person_is_told(
    own_engine: LlamaEngine, worker_with: _WorkerWith
) -> None:
    starts = worker_with(ABORTS.format(allowed=[(4096, "f16")]))
    assert ask(own_engine, HELLO).usage.tokens_written > 0
    assert own_engine.context_tokens == 4096
    assert "4,096 tokens instead of 8,192" in own_engine.remarks[0]
    # 8,192 in f16, in q8_0, then 4,096 in f16.
    assert starts.read_text().count("start") == 3


@posix_only
def test_what_has_failed_is_not_tried_again_after_a_restart(own_engine: LlamaEngine, worker_with: _WorkerWith) -> None:
    starts = worker_with(ABORTS.format(allowed=[(8192, "q8_0")]))
    ask(own_engine, HELLO)
    assert own_engine.context_tokens == 8192
    process = psutil.Process(own_engine._worker.pid)  # type: ignore[union-attr]  # It has just answered.
    process.kill()
    process.wait(5)
    ask(own_engine, HELLO)
    assert starts.read_text().count("start") == 3


@posix_only
def test_when_nothing_smaller_helps_the_error_says_memory(own_engine: LlamaEngine, worker_with: _WorkerWith) -> None:
    starts = worker_with(ABORTS.format(allowed=[]))
    with pytest.raises(OutOfMemory, match="Everything written is kept"):
        ask(own_engine, HELLO)
    assert starts.read_text().count("start") <= 7


@posix_only
def test_a_crash_that_has_nothing_to_do_with_memory_is_not_tried_again(
    own_engine: LlamaEngine, worker_with: _WorkerWith
) -> None:
    starts = worker_with(ABORTS.format(allowed=[]).replace("CUDA error: out of memory", "a bad tensor"))
    with pytest.raises((ModelProblem, BackendCrashed)):
        ask(own_engine, HELLO)
    assert starts.read_text().count("start") == 1


FAILS_AT_WORK = """
    from longwriter_desktop.backend import context
    decode = context.Context.decode
    def failing(self, tokens, *rest, **more):
        if self.kv_type == "f16":
            os.write(2, b"CUDA error: out of memory\\n")
            os.abort()
        return decode(self, tokens, *rest, **more)
    context.Context.decode = failing
"""


@posix_only
def test_where_the_memory_is_not_enough_for_the_first_word_the_model_is_opened_with_less(
    own_engine: LlamaEngine, worker_with: _WorkerWith
) -> None:
    starts = worker_with(FAILS_AT_WORK)
    assert ask(own_engine, HELLO).usage.tokens_written > 0
    assert starts.read_text().count("start") == 2


FAILS_LATER = """
    from longwriter_desktop.backend import context
    decode = context.Context.decode
    calls = []
    def failing(self, tokens, *rest, **more):
        calls.append(1)
        if self.kv_type == "f16" and len(calls) == 60:
            os.write(2, b"CUDA error: out of memory\\n")
            os.abort()
        return decode(self, tokens, *rest, **more)
    context.Context.decode = failing
"""


@posix_only
@pytest.mark.counted
def test_where_the_memory_gives_out_later_it_says_so_and_goes_on_with_less(
    own_engine: LlamaEngine, worker_with: _WorkerWith
) -> None:
    worker_with(FAILS_LATER)
    with pytest.raises(OutOfMemory, match="Everything written is kept"):
        ask(own_engine, HELLO, Sampling(max_tokens=80, min_tokens=80))
    assert ask(own_engine, HELLO).usage.tokens_written > 0


CARD = """
    import ctypes
    from longwriter_desktop.backend import context, llama, opening
    from longwriter_desktop.backend.messages import Device
    opening.devices = lambda: (Device("CARD0", "A Card", "GPU", {free}, 8_000_000_000),)
    class OnCard(llama.Model):
        def __init__(self, path, log, *, layers, repack, on_progress):
            self.held = layers["CARD0"]
            os.write(2, b"layers %d\\n" % self.held)
            super().__init__(path, log, layers={{}}, repack=repack, on_progress=on_progress)
    class Limited(context.Context):
        def __init__(self, model, **rest):
            if model.held > {most}:
                os.write(2, b"the driver gave up\\n")
                os.abort()
            super().__init__(model, **rest)
    opening.Model, opening.Context = OnCard, Limited
"""


@posix_only
@pytest.mark.counted
def test_a_card_that_breaks_down_is_given_fewer_layers(
    own_engine: LlamaEngine, worker_with: _WorkerWith, paths: AppPaths
) -> None:
    starts = worker_with(CARD.format(free=8_000_000_000, most=20))
    ask(own_engine, HELLO)
    tried = [int(line.split()[1]) for line in (paths.log / "backend.log").read_text().splitlines() if "layers " in line]
    assert tried[0] == 31
    assert tried == sorted(tried, reverse=True)
    assert 0 < tried[-1] <= 20
    assert starts.read_text().count("start") == len(tried)
    assert own_engine.device.startswith("A Card + CPU")
    assert f"{tried[-1]} of the model's 31 layers" in own_engine.remarks[0]
    assert own_engine.context_tokens == 8192


@posix_only
def test_with_a_card_that_never_works_the_processor_computes(own_engine: LlamaEngine, worker_with: _WorkerWith) -> None:
    worker_with(CARD.format(free=8_000_000_000, most=0))
    ask(own_engine, HELLO)
    assert own_engine.device.startswith("CPU, ")
    assert "so the processor computes" in own_engine.remarks[0]


@pytest.mark.counted
def test_a_model_that_is_larger_than_all_memory_is_refused_before_anything_is_loaded(
    starter_model: Path, paths: AppPaths, worker_with: _WorkerWith
) -> None:
    if sys.platform == "win32":
        pytest.skip("a shell script stands for the executable")
    worker_with("""
        import psutil
        from types import SimpleNamespace
        psutil.virtual_memory = lambda: SimpleNamespace(total=150_000_000, available=100_000_000)
    """)
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths) as engine:
        events = engine.generate(HELLO, GREEDY)
        seen = []
        with pytest.raises(ModelProblem, match=r"needs 0\.2 GB of memory, and this computer has 0\.1 GB|0\.2 GB\."):
            seen += list(events)
        assert not any(isinstance(event, ModelLoading) and event.needs_bytes for event in seen)


def test_llama_cpp_is_given_the_devices_of_the_plan_and_no_others(starter_model: Path) -> None:
    # ggml's own processor stands for a card here: it can be named as a device like any other.
    script = """
        import sys
        from pathlib import Path
        from longwriter_desktop.backend import llama
        llama.Log(lambda text: None)
        llama.start()
        said = []
        listen = llama.C.llama_log_callback(lambda level, text, data: said.append(text.decode("utf-8", "replace")))
        llama.C.llama_log_set(listen, None)
        def load(layers):
            said.clear()
            llama.Model(Path(sys.argv[1]), log, layers=layers, repack=False, on_progress=lambda fraction: True).close()
            return sum("using device CPU" in line for line in said)
        log = llama.Log.__new__(llama.Log)
        log.errors = []
        print(load({"CPU": 5}), load({"CPU": 0}), load({}))
        try:
            load({"CUDA9": 5})
        except llama.CannotLoad as error:
            print(error)
    """
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), str(starter_model)],
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(root)}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["1 0 0", "the device CUDA9 is gone"]
