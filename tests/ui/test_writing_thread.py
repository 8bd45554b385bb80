import threading
import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import Heartbeat, ModelLoading, PromptProgress
from longwriter_desktop.agentwrite.events import StepDrafted, TextCut, TextWritten
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.ui.writing_thread import Event, Work, WritingThread

Read = Callable[[], Document]


def finished(work: Work, qtbot: QtBot) -> WritingThread:
    """Runs ``work`` to its end, answering every wish for the document."""
    thread = WritingThread(work)
    thread.document_wanted.connect(lambda: thread.hand_over(Document(title="answer")))
    with qtbot.waitSignal(thread.finished, timeout=5000):
        thread.start()
    thread.wait()
    return thread


def says(*events: Event) -> Work:
    return lambda _read: iter(events)


def test_text_that_comes_a_token_at_a_time_is_one_event(qtbot: QtBot) -> None:
    thread = finished(says(*(TextWritten("a", f"w{n} ", 1) for n in range(500)), TextWritten("b", "x", 1)), qtbot)
    first, second = thread.take_events()
    assert first == TextWritten("a", "".join(f"w{n} " for n in range(500)), 500)
    assert second == TextWritten("b", "x", 1)
    assert thread.take_events() == []


def test_of_progress_only_the_newest_is_kept_and_heartbeats_not_at_all(qtbot: QtBot) -> None:
    thread = finished(
        says(
            *(ModelLoading(n / 10) for n in range(10)),
            Heartbeat(),
            *(PromptProgress(n, 9, 0) for n in range(9)),
            StepDrafted(1, "A"),
            StepDrafted(1, "A la"),
            StepDrafted(2, "B"),
        ),
        qtbot,
    )
    assert thread.take_events() == [
        ModelLoading(0.9),
        PromptProgress(8, 9, 0),
        StepDrafted(1, "A la"),
        StepDrafted(2, "B"),
    ]


_EVENTS = st.lists(
    st.one_of(
        st.builds(TextWritten, st.sampled_from("ab"), st.text(max_size=5), st.just(1)),
        st.builds(TextCut, st.sampled_from("ab"), st.integers(1, 2)),
        st.just(Heartbeat()),
        st.just(PromptProgress(1, 2, 0)),
    ),
    max_size=20,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EVENTS)
def test_joining_events_never_changes_the_text_they_make(qtbot: QtBot, events: list[Event]) -> None:
    def text(of: list[Event]) -> dict[str, str]:
        made = {"a": "", "b": ""}
        for event in of:
            if isinstance(event, TextWritten):
                made[event.section_id] += event.text
            elif isinstance(event, TextCut):
                made[event.section_id] = made[event.section_id][: -event.characters]
        return made

    assert text(finished(says(*events), qtbot).take_events()) == text(events)


def test_the_document_is_read_with_every_earlier_event_taken(qtbot: QtBot) -> None:
    taken: list[Event] = []

    def work(read: Read) -> Iterator[Event]:
        for number in range(20):
            yield TextWritten("a", f"{number} ", 1)
            assert read().title == f"{number + 1} events"

    thread = WritingThread(work)

    def answer() -> None:
        taken.extend(thread.take_events())
        thread.hand_over(Document(title=f"{len(taken)} events"))

    thread.document_wanted.connect(answer)
    with qtbot.waitSignal(thread.finished, timeout=5000):
        thread.start()
    thread.wait()
    assert thread.failure is None
    assert len(taken) == 20


@pytest.mark.alone
def test_stopping_closes_the_generator_and_hands_over_the_event_in_hand(qtbot: QtBot) -> None:
    closed = threading.Event()

    def work(_read: Read) -> Iterator[Event]:
        try:
            while True:
                time.sleep(0.02)
                yield TextWritten("a", "x", 1)
        finally:
            closed.set()

    thread = WritingThread(work)
    thread.start()
    qtbot.waitUntil(lambda: bool(thread.take_events()), timeout=2000)
    began = time.monotonic()
    thread.stop()
    assert thread.wait(2000)
    assert time.monotonic() - began < 0.5
    assert closed.is_set()
    assert thread.take_events() == [TextWritten("a", "x", 1)]
    assert thread.stopped
    assert thread.failure is None


def test_stopping_while_the_document_is_waited_for_does_not_lock_up(qtbot: QtBot) -> None:
    def work(read: Read) -> Iterator[Event]:
        read()
        yield TextWritten("a", "never", 1)

    thread = WritingThread(work)  # nobody answers document_wanted
    thread.start()
    qtbot.wait(50)
    assert thread.isRunning()
    thread.stop()
    assert thread.wait(2000)
    assert thread.take_events() == []
    assert thread.failure is None


def test_a_problem_is_kept_with_the_events_before_it(qtbot: QtBot) -> None:
    def work(_read: Read) -> Iterator[Event]:
        yield TextWritten("a", "kept", 1)
        raise OutOfMemory("The model ran out of memory.")

    thread = finished(work, qtbot)
    assert thread.take_events() == [TextWritten("a", "kept", 1)]
    assert isinstance(thread.failure, OutOfMemory)


def test_a_fault_of_the_app_is_kept_and_logged(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    def work(_read: Read) -> Iterator[Event]:
        yield Heartbeat()
        raise ZeroDivisionError

    thread = finished(work, qtbot)
    assert isinstance(thread.failure, ZeroDivisionError)
    assert "planning or writing failed" in caplog.text
