import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import DownloadProblem, LongWriterError
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download import DownloadProgress
from longwriter_desktop.ui.models.download_watch import REFRESH_MS, DownloadWatch
from longwriter_desktop.ui.models.model_rows import Transfer
from tests.ui.models.scripted_shelf import BREEZE, GALE, STORM, ScriptedShelf, bytes_of

HALF = bytes_of(STORM, 0.5)


@pytest.fixture
def shelf() -> ScriptedShelf:
    return ScriptedShelf()


@pytest.fixture
def watch(shelf: ScriptedShelf, qtbot: QtBot) -> Iterator[DownloadWatch]:
    made = DownloadWatch(shelf)
    yield made
    made.close()


class Heard:
    """What a watch has told of the ends of its downloads."""

    def __init__(self, watch: DownloadWatch) -> None:
        self.finished: list[tuple[str, Path]] = []
        self.failed: list[tuple[str, LongWriterError]] = []
        watch.finished.connect(lambda entry, path: self.finished.append((entry.name, path)))
        watch.failed.connect(lambda entry, problem: self.failed.append((entry.name, problem)))


def until_stage(watch: DownloadWatch, entry: ModelEntry, stage: str, qtbot: QtBot) -> Transfer:
    def at_stage() -> bool:
        transfer = watch.transfers.get(entry.name)
        return transfer is not None and transfer.stage == stage

    qtbot.waitUntil(at_stage)
    return watch.transfers[entry.name]


def until_half(watch: DownloadWatch, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: STORM.name in watch.transfers and watch.transfers[STORM.name].share == 0.5)


def test_a_download_tells_how_far_it_is_and_ends_with_its_file(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    heard = Heard(watch)
    watch.start(STORM)
    assert watch.is_running
    shelf.network.put(HALF)
    transfer = until_stage(watch, STORM, "downloading", qtbot)
    assert (transfer.share, transfer.bytes_per_second, transfer.seconds_left) == (0.5, 10_000_000, 100)
    assert watch.current == (STORM, transfer)
    shelf.network.put(DownloadProgress("verifying", 1, STORM.size_bytes))
    until_stage(watch, STORM, "verifying", qtbot)
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: not watch.is_running)
    assert heard.finished == [(STORM.name, Path("/models/storm.gguf"))]
    assert watch.transfers == {}
    assert threading.current_thread().name not in shelf.threads


def test_a_pause_keeps_what_has_come_and_going_on_fetches_again(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    watch.start(STORM)
    shelf.network.put(HALF)
    until_half(watch, qtbot)
    watch.pause(STORM.name)
    assert watch.transfers[STORM.name] == Transfer("paused", HALF.done_bytes, HALF.total_bytes)
    qtbot.waitUntil(lambda: watch.current is None)
    assert watch.transfers[STORM.name] == Transfer("paused", HALF.done_bytes, HALF.total_bytes)
    assert shelf.discarded == []
    watch.start(STORM)
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: watch.transfers == {})
    assert len(shelf.fetched) == 2


def test_going_on_at_once_after_a_pause_waits_until_the_first_try_has_stopped(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    heard = Heard(watch)
    watch.start(STORM)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    watch.pause(STORM.name)
    watch.start(STORM)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 2)
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: heard.finished == [(STORM.name, Path("/models/storm.gguf"))])
    assert heard.failed == []


def test_a_cancelled_download_is_deleted_after_it_has_stopped(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    watch.start(STORM)
    shelf.network.put(HALF)
    until_half(watch, qtbot)
    watch.cancel(STORM)
    assert watch.transfers == {}
    qtbot.waitUntil(lambda: shelf.discarded == [STORM.name])
    assert not watch.is_running


def test_a_paused_download_can_be_deleted_too(watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot) -> None:
    watch.show_paused(STORM.name, 5, 10)
    watch.cancel(STORM)
    qtbot.waitUntil(lambda: shelf.discarded == [STORM.name])
    assert (watch.transfers, shelf.fetched) == ({}, [])


def test_a_part_that_cannot_be_deleted_stays_in_the_list_with_the_reason(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    heard = Heard(watch)
    shelf.refusal = DownloadProblem("Somebody else is at it.", "busy")
    shelf.come[STORM.name] = HALF.done_bytes
    watch.cancel(STORM)
    assert watch.transfers == {}
    qtbot.waitUntil(lambda: [name for name, _ in heard.failed] == [STORM.name])
    stays = Transfer("failed", HALF.done_bytes, STORM.size_bytes, problem="Somebody else is at it.")
    assert watch.transfers == {STORM.name: stays}


def test_a_fault_in_deleting_what_has_come_is_told_of(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.refusal = ZeroDivisionError()  # type: ignore[assignment]  # a fault is no problem that has a sentence
    watch.cancel(STORM)
    assert "fault of the app" in until_stage(watch, STORM, "failed", qtbot).problem
    assert "was not deleted" in caplog.text


@pytest.mark.parametrize("ends", ["pause", "problem"])
def test_all_that_has_come_is_told_though_it_was_just_being_checked(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot, ends: str
) -> None:
    watch.start(STORM)
    shelf.network.put(DownloadProgress("verifying", 1, STORM.size_bytes))
    until_stage(watch, STORM, "verifying", qtbot)
    if ends == "pause":
        watch.pause(STORM.name)
        assert watch.transfers[STORM.name].done_bytes == STORM.size_bytes
    else:
        shelf.network.put(DownloadProblem("It ended by itself.", "ended"))
    stopped = until_stage(watch, STORM, "paused" if ends == "pause" else "failed", qtbot)
    qtbot.waitUntil(lambda: watch.current is None)
    assert (stopped.done_bytes, stopped.total_bytes) == (STORM.size_bytes, STORM.size_bytes)
    assert watch.transfers[STORM.name].done_bytes == STORM.size_bytes


def test_a_download_that_is_taken_back_is_paused_where_something_had_come(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    shelf.come[STORM.name] = 5
    for entry in (STORM, GALE):
        watch.start(entry)
        shelf.network.put(DownloadProblem("Agree first.", "busy"))
        until_stage(watch, entry, "failed", qtbot)
        watch.withdraw(entry.name)
    assert watch.transfers == {STORM.name: Transfer("paused", 5, STORM.size_bytes)}
    assert shelf.discarded == []


def test_downloads_go_one_after_the_other(watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot) -> None:
    watch.start(STORM)
    watch.start(GALE)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    assert watch.transfers[GALE.name].stage == "waiting"
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: [name for name, _ in shelf.fetched] == [STORM.name, GALE.name])
    assert set(watch.transfers) == {GALE.name}


def test_one_that_waits_is_paused_without_touching_the_one_that_runs(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    watch.start(STORM)
    watch.start(GALE)
    watch.pause(GALE.name)
    assert watch.transfers[GALE.name].stage == "paused"
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: set(watch.transfers) == {GALE.name})
    assert [name for name, _ in shelf.fetched] == [STORM.name]


def test_a_problem_stays_with_its_sentence_and_what_has_come_until_the_next_try(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    heard = Heard(watch)
    problem = DownloadProblem("There is no network. Connect, then try again.", "offline")
    watch.start(STORM)
    shelf.network.put(HALF)
    until_half(watch, qtbot)
    shelf.network.put(problem)
    transfer = until_stage(watch, STORM, "failed", qtbot)
    assert transfer == Transfer("failed", HALF.done_bytes, HALF.total_bytes, problem=str(problem))
    assert heard.failed == [(STORM.name, problem)]
    watch.start(STORM)
    assert watch.transfers[STORM.name].problem == ""


def test_after_a_problem_the_next_one_in_line_begins(watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot) -> None:
    watch.start(STORM)
    watch.start(GALE)
    shelf.network.put(DownloadProblem("The disk is full. Make room, then try again.", "disk full"))
    qtbot.waitUntil(lambda: [name for name, _ in shelf.fetched] == [STORM.name, GALE.name])
    assert watch.transfers[STORM.name].stage == "failed"


def test_a_fault_of_the_app_is_said_to_be_one(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    watch.start(STORM)
    shelf.network.put(ZeroDivisionError())
    transfer = until_stage(watch, STORM, "failed", qtbot)
    assert "fault of the app" in transfer.problem
    assert "a download failed" in caplog.text


def test_a_token_is_used_for_its_own_model_again_and_again(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    watch.start(STORM, "hf_secret")
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    watch.pause(STORM.name)
    watch.start(STORM)
    watch.start(GALE)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 2)
    shelf.network.put(Path("/models/storm.gguf"))
    qtbot.waitUntil(lambda: len(shelf.fetched) == 3)
    assert shelf.fetched == [(STORM.name, "hf_secret"), (STORM.name, "hf_secret"), (GALE.name, None)]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_pressed_in_whatever_order_one_download_runs_at_a_time_and_all_come_to_rest(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot, seed: int
) -> None:
    chance = random.Random(seed)
    heard = Heard(watch)
    entries = (STORM, GALE, BREEZE)
    for _ in range(60):
        entry = chance.choice(entries)
        match chance.choice(("start", "start", "pause", "cancel", "bytes", "end", "problem", "wait")):
            case "start":
                watch.start(entry)
            case "pause":
                watch.pause(entry.name)
            case "cancel":
                watch.cancel(entry)
            case "bytes":
                shelf.network.put(bytes_of(entry, 0.5))
            case "end":
                shelf.network.put(Path("/models/some.gguf"))
            case "problem":
                shelf.network.put(DownloadProblem("The hub has trouble. Try again later.", "server"))
            case "wait":
                qtbot.wait(chance.choice((0, 5, 30)))
        running = [each for each in watch.transfers.values() if each.is_running]
        assert sum(each.stage != "waiting" for each in running) <= 1
        assert shelf.most_at_once <= 1
    for entry in entries:
        watch.pause(entry.name)
    qtbot.waitUntil(lambda: watch.current is None and not watch.is_running)
    assert all(transfer.stage in ("paused", "failed") for transfer in watch.transfers.values())
    assert all(isinstance(problem, DownloadProblem) for _, problem in heard.failed)


def test_what_was_to_be_deleted_is_deleted_though_the_app_ends_at_once(shelf: ScriptedShelf, qtbot: QtBot) -> None:
    watch = DownloadWatch(shelf)
    watch.show_paused(GALE.name, 5, 10)
    watch.start(STORM)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    watch.cancel(STORM)
    watch.cancel(GALE)
    watch.close()
    assert sorted(shelf.discarded) == [GALE.name, STORM.name]
    qtbot.wait(10)  # What the thread has still told must find nothing to do.
    assert watch.transfers == {}


def test_closing_stops_what_goes_on_and_leaves_its_part(shelf: ScriptedShelf, qtbot: QtBot) -> None:
    watch = DownloadWatch(shelf)
    watch.start(STORM)
    watch.start(GALE)
    qtbot.waitUntil(lambda: len(shelf.fetched) == 1)
    watch.close()
    assert not any(each.name.startswith("download") for each in threading.enumerate())
    assert shelf.discarded == []


def test_while_the_hub_is_asked_again_what_has_come_before_is_still_told(
    watch: DownloadWatch, shelf: ScriptedShelf, qtbot: QtBot
) -> None:
    shelf.come[STORM.name] = 500_000_000
    watch.show_paused(STORM.name, 500_000_000, STORM.size_bytes)
    watch.start(STORM)
    shelf.network.put(DownloadProgress("asking", 0, 0))
    qtbot.wait(2 * REFRESH_MS)
    assert watch.transfers[STORM.name].done_bytes == 500_000_000
    shelf.network.put(DownloadProblem("There is no network.", "offline"))
    assert until_stage(watch, STORM, "failed", qtbot).done_bytes == 500_000_000
