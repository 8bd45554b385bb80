import signal
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.backend.failures import WorkerEnd, asks_for_less, hung, judge, not_started, problem
from longwriter_desktop.backend.messages import Failed
from longwriter_desktop.errors import (
    BackendCrashed,
    BackendHung,
    ModelProblem,
    ModelTooLarge,
    OutOfMemory,
    PromptTooLong,
)

LOG = Path("/logs/backend.log")
KILLED = WorkerEnd(-signal.SIGKILL, "working", "starter", LOG)


def test_a_kill_while_the_system_kills_for_memory_is_out_of_memory() -> None:
    assert isinstance(judge(replace(KILLED, killed_for_memory=True)), OutOfMemory)


def test_a_kill_by_somebody_else_is_not_blamed_on_memory_alone() -> None:
    error = judge(KILLED)
    assert isinstance(error, BackendCrashed)
    assert "ended from outside" in str(error)


@pytest.mark.parametrize("words", ["ggml: failed to allocate buffer", "terminate: std::bad_alloc"])
def test_an_abort_whose_last_words_are_about_memory_is_out_of_memory(words: str) -> None:
    assert isinstance(judge(WorkerEnd(-signal.SIGABRT, "loading", "m", LOG, last_words=words)), OutOfMemory)


@pytest.mark.parametrize(
    "words",
    [
        "CUDA error: out of memory",
        "vk::Device::allocateMemory: ErrorOutOfDeviceMemory",
        "Insufficient Memory (00000008)",
    ],
)
def test_what_the_libraries_of_graphics_processors_say_is_understood_as_memory(words: str) -> None:
    end = WorkerEnd(-signal.SIGABRT, "working", "m", LOG, last_words=words)
    assert isinstance(judge(end), OutOfMemory)
    assert asks_for_less(end, gpu_layers=0)


def test_only_where_less_memory_may_help_a_model_is_opened_with_less() -> None:
    crash = WorkerEnd(-signal.SIGSEGV, "loading", "m", LOG)
    assert not asks_for_less(crash, gpu_layers=0)
    assert asks_for_less(crash, gpu_layers=12)
    assert asks_for_less(replace(crash, doing="trying"), gpu_layers=12)
    assert not asks_for_less(replace(crash, doing="working"), gpu_layers=12)
    assert not asks_for_less(replace(crash, doing="starting"), gpu_layers=12)
    assert not asks_for_less(replace(KILLED, doing="loading"), gpu_layers=12)
    assert asks_for_less(replace(KILLED, killed_for_memory=True), gpu_layers=0)


def test_a_crash_while_loading_is_a_problem_of_the_model() -> None:
    assert isinstance(judge(WorkerEnd(-signal.SIGSEGV, "loading", "m", LOG)), ModelProblem)


def test_a_crash_before_the_models_first_word_is_a_problem_of_the_model_too() -> None:
    error = judge(WorkerEnd(-signal.SIGABRT, "trying", "m", LOG))
    assert isinstance(error, ModelProblem)
    assert "as soon as it used the model m (SIGABRT)" in str(error)
    assert isinstance(judge(replace(KILLED, doing="trying")), BackendCrashed)


def test_a_crash_while_writing_names_the_signal_and_the_log() -> None:
    error = judge(WorkerEnd(-signal.SIGABRT, "working", "m", LOG))
    assert type(error) is BackendCrashed
    assert "SIGABRT" in str(error)
    assert str(LOG) in str(error)


def test_a_build_for_another_processor_is_said_to_be_one() -> None:
    assert "another processor" in str(judge(WorkerEnd(-signal.SIGILL, "starting", "m", LOG)))


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("model", ModelProblem),
        ("too large", ModelTooLarge),
        ("memory", OutOfMemory),
        ("too long", PromptTooLong),
        ("request", ValueError),
        ("library", BackendCrashed),
        ("bug", BackendCrashed),
    ],
)
def test_each_failure_of_a_living_worker_has_its_error(kind: str, error: type[Exception]) -> None:
    failed = Failed(1, kind, "It is so.", 5000, 400, 4096)  # type: ignore[arg-type]  # Parametrized with plain text.
    assert type(problem(failed, LOG)) is error


def test_what_llama_cpp_quotes_from_a_damaged_file_stays_on_one_readable_line() -> None:
    error = problem(Failed(1, "model", "unknown type: '\x0b\nsmollm'. Choose another."), LOG)
    assert str(error) == "unknown type: '\ufffd\ufffdsmollm'. Choose another."


def test_every_message_is_whole_sentences_that_say_what_to_do() -> None:
    ends = [
        replace(KILLED, doing=doing, exit_status=status, killed_for_memory=memory)
        for doing in ("starting", "loading", "trying", "working")
        for status in (-9, -6, -4, 3, None)
        for memory in (True, False)
    ]
    errors = [*map(judge, ends), hung(120, "m"), not_started(OSError(11, "Resource temporarily unavailable"), "m")]
    for error in errors:
        assert str(error).endswith(".")
        assert str(error)[0].isalpha()
    assert isinstance(errors[-2], BackendHung)
