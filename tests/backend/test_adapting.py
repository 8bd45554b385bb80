from collections.abc import Iterator
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import Prompt, ReplyFinished, Sampling
from longwriter_desktop.backend import llama
from longwriter_desktop.backend.context import Context
from longwriter_desktop.backend.messages import Load
from longwriter_desktop.backend.opening import Opened, open_model
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.session import Session
from longwriter_desktop.backend.thread_count import ThreadCount
from tests.backend.replies import question

QUESTION = question("Name three colours.")
LOG = llama.Log(lambda _text: None)
"""llama.cpp keeps a pointer to it for as long as the process lives."""


class InTurns(ThreadCount):
    """Another number of threads for each token."""

    def __init__(self) -> None:
        super().__init__(2)
        self.times: list[float] = []
        self.starts = 0

    def start(self) -> None:
        self.starts += 1

    def took(self, seconds: float) -> None:
        self.times.append(seconds)
        self.count = 3 - self.count


@pytest.fixture(scope="module")
def opened(starter_model: Path) -> Iterator[Opened]:
    llama.start()
    options = EngineOptions(writing_threads=2, reading_threads=3, state_limit_bytes=0)
    asked = Load(1, "starter", str(starter_model), None, (), 512, options, "")
    opened = open_model(asked, LOG, lambda _plan: None, lambda _fraction: True)
    yield opened
    opened.close()


def used(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The numbers of threads that llama.cpp is told, for one token and for more, as they come."""
    told: list[tuple[int, int]] = []
    tell = Context._use_threads

    def spy(context: Context, one: int, many: int) -> None:
        told.append((one, many))
        tell(context, one, many)

    monkeypatch.setattr(Context, "_use_threads", spy)
    return told


def session_of(opened: Opened, threads: ThreadCount) -> Session:
    own = opened.session
    opened.context.cut(0)
    return Session(opened.context, own._vocab, own._template, threads=threads)


def test_each_token_is_computed_with_the_number_that_stands_and_its_time_is_told(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, threads = used(monkeypatch), InTurns()
    session = session_of(opened, threads)
    sampling = Sampling(max_tokens=7, min_tokens=7)
    events = list(session.generate(QUESTION, sampling, lambda: False))
    assert isinstance(events[-1], ReplyFinished)
    assert told[0] == (2, 3)  # The prompt is read with the threads for reading.
    assert told[-6:] == [(2, 3), (1, 3), (2, 3), (1, 3), (2, 3), (1, 3)]
    assert len(threads.times) == 6  # The first token comes from the prompt, the last is not computed any more.
    assert all(each > 0 for each in threads.times)
    assert threads.starts == 1


def test_branches_are_computed_with_the_number_for_writing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    told, threads = used(monkeypatch), InTurns()
    session = session_of(opened, threads)
    asked: list[tuple[Prompt, Sampling]] = [
        (QUESTION, Sampling(seed=seed, max_tokens=4, min_tokens=4)) for seed in (1, 2)
    ]
    list(session.generate_branches(asked, (), lambda: False))
    assert told[-3:] == [(2, 2), (1, 1), (2, 2)]
    assert len(threads.times) == 3


def test_the_number_adapts_only_where_the_options_let_it(opened: Opened) -> None:
    assert opened.session._threads.count == 2
    slow = opened.session._threads
    slow.start()
    for _ in range(100):
        slow.took(0.1 if slow.count == 2 else 0.01)
    assert slow.count == 1
