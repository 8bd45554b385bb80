import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.ui.models.background import Background, Errands, Report


def counting(report: Report, stop: threading.Event) -> str:
    """Reports numbers until it is stopped, at most twenty seconds long."""
    for number in range(2_000):
        report(number)
        if stop.wait(0.01):
            return "stopped"
    return "done"


def count_to_500(report: Report, _stop: threading.Event) -> str:
    for number in range(500):
        report(number)
    return "ready"


def test_what_is_reported_comes_in_bundles_in_order_and_before_the_result(qtbot: QtBot) -> None:
    heard: list[object] = []
    work = Background("counting")
    work.reported.connect(heard.extend)
    with qtbot.waitSignal(work.done) as done:
        work.start(count_to_500)
    assert heard == list(range(500))
    assert done.args == ["ready"]
    assert not work.is_busy


def test_work_that_is_stopped_ends_soon(qtbot: QtBot) -> None:
    work = Background("counting")
    with qtbot.waitSignal(work.reported):
        work.start(counting)
    with qtbot.waitSignal(work.done) as done:
        work.stop()
    assert done.args == ["stopped"]


def test_a_problem_is_told_in_its_own_words_and_a_fault_without_its_details(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def problem(_report: Report, _stop: threading.Event) -> None:
        raise InputProblem("The folder is not there. Choose another.")

    def fault(_report: Report, _stop: threading.Event) -> None:
        raise KeyError("secret")

    work = Background("failing")
    with qtbot.waitSignal(work.failed) as failed:
        work.start(problem)
    assert failed.args == ["The folder is not there. Choose another."]
    with qtbot.waitSignal(work.failed) as failed:
        work.start(fault)
    assert failed.args is not None
    assert "fault of the app" in failed.args[0]
    assert "secret" not in failed.args[0]
    assert "failing failed" in caplog.text


def test_work_that_is_begun_again_is_no_longer_listened_to(qtbot: QtBot) -> None:
    gate = threading.Event()
    heard: list[object] = []
    work = Background("twice")
    work.done.connect(heard.append)
    work.reported.connect(heard.extend)

    def slow(report: Report, _stop: threading.Event) -> str:
        gate.wait(5)
        report("too late")
        return "first"

    work.start(slow)
    with qtbot.waitSignal(work.done):
        work.start(lambda _report, _stop: "second")
    gate.set()
    qtbot.wait(80)
    assert heard == ["second"]


def test_errands_are_done_in_their_order_and_closing_waits_for_none_that_takes_long() -> None:
    done: list[int] = []
    gate, begun = threading.Event(), threading.Event()
    errands = Errands("errands")
    for number in range(3):
        errands.do(lambda number=number: done.append(number))  # type: ignore[misc]  # number is bound

    def ask_for_a_password() -> None:
        begun.set()
        gate.wait(10)

    errands.do(ask_for_a_password)
    errands.do(lambda: done.append(9))
    assert begun.wait(5)
    began = time.monotonic()
    errands.close(0.1)
    assert time.monotonic() - began < 5
    gate.set()
    errands.close(5)
    assert done == [0, 1, 2]


def test_what_was_forgotten_or_closed_says_nothing_more(qtbot: QtBot) -> None:
    heard: list[object] = []
    work = Background("counting")
    for signal in (work.done, work.failed):
        signal.connect(heard.append)
    with qtbot.waitSignals([work.busy_changed, work.busy_changed], order="strict"):
        work.start(counting)
        work.forget()
    work.start(counting)
    began = time.monotonic()
    work.close(wait_s=10)
    assert time.monotonic() - began < 5
    qtbot.wait(80)
    assert heard == []
