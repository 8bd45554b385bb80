import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.errors import DownloadPaused, DownloadProblem, LicenceNotAccepted
from longwriter_desktop.models import licences
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download import (
    DownloadProgress,
    discard_part,
    download,
    part_bytes,
    unfinished,
)
from longwriter_desktop.models.download_record import downloads_folder
from longwriter_desktop.models.library import is_here
from longwriter_desktop.paths import AppPaths
from tests.models.hub_server import Fault, HubServer, hub_server, small_gguf

REPOSITORY, FILE = "somebody/LongWriter-GGUF", "longwriter.gguf"
SIZE = 2_000_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def paths() -> AppPaths:
    return AppPaths.of_this_machine()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with hub_server() as server:
        server.content.add(REPOSITORY, FILE, small_gguf(SIZE, 1))
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_HUB_CACHE", raising=False)
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("HF_HUB_ETAG_TIMEOUT", "2")
        monkeypatch.setenv("HF_HUB_DOWNLOAD_TIMEOUT", "2")
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield server


@pytest.fixture
def entry(hub: HubServer) -> ModelEntry:
    return ModelEntry(name="longwriter", title="LongWriter 8B", repository=REPOSITORY, file=FILE)


def fetched(entry: ModelEntry, paths: AppPaths, token: str | None = None) -> Path:
    return download(entry, paths, on_progress=lambda _: None, stop=lambda: False, token=token)


def refused(entry: ModelEntry, paths: AppPaths, token: str | None = None) -> DownloadProblem:
    with pytest.raises(DownloadProblem) as caught:
        fetched(entry, paths, token)
    return caught.value


def paused_after(count: int, entry: ModelEntry, paths: AppPaths, then: Callable[[], object] = lambda: None) -> str:
    """Pauses a download when so many bytes have come; returns the sentence. ``then`` is done just before."""
    come = threading.Event()

    def look(progress: DownloadProgress) -> None:
        if progress.phase == "downloading" and progress.done_bytes >= count:
            then()
            come.set()

    with pytest.raises(DownloadPaused) as caught:
        download(entry, paths, on_progress=look, stop=come)
    return str(caught.value)


def own_processes() -> list[psutil.Process]:
    return [each for each in psutil.Process().children(recursive=True) if "download_process" in " ".join(cmdline(each))]


def cmdline(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


@pytest.mark.counted
def test_a_model_is_fetched_and_then_here(hub: HubServer, entry: ModelEntry, paths: AppPaths, tmp_path: Path) -> None:
    seen: list[DownloadProgress] = []
    path = download(entry, paths, on_progress=seen.append, stop=threading.Event())
    assert path.read_bytes() == small_gguf(SIZE, 1)
    assert path.is_relative_to(tmp_path / "hf" / "hub")
    assert is_here(entry, paths) == path
    assert seen[0].phase == "asking"
    assert seen[-1] == DownloadProgress("done", SIZE, SIZE)
    assert unfinished(paths) == []
    assert own_processes() == []
    # What is here is not asked for again.
    hub.content.asked.clear()
    assert fetched(entry, paths) == path
    assert hub.content.asked == []


@pytest.mark.counted
def test_a_pause_keeps_the_part_and_the_next_try_goes_on_from_it(
    hub: HubServer, entry: ModelEntry, paths: AppPaths
) -> None:
    hub.content.bytes_per_second = 1_000_000
    said = paused_after(300_000, entry, paths)
    kept = part_bytes(entry, paths)
    assert 300_000 <= kept < SIZE
    assert said.startswith("The download of LongWriter 8B was stopped. What has come is kept (")
    assert own_processes() == []
    assert [(each.name, each.done_bytes, each.total_bytes) for each in unfinished(paths)] == [
        ("longwriter", kept, SIZE)
    ]
    hub.content.bytes_per_second = 0
    hub.content.asked.clear()
    assert fetched(entry, paths).read_bytes() == small_gguf(SIZE, 1)
    assert [each.range for each in hub.content.asked if each.place == "store"] == [f"bytes={kept}-"]
    assert hub.content.sent_bytes == SIZE - kept
    assert (part_bytes(entry, paths), unfinished(paths)) == (0, [])


def test_a_pause_is_quick_though_the_hub_says_nothing(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_ETAG_TIMEOUT", "30")
    hub.content.faults.append(Fault("stall", "head"))
    stop, pressed = threading.Event(), 0.0

    def press() -> None:
        nonlocal pressed
        while not hub.content.asked:
            time.sleep(0.01)
        pressed = time.monotonic()
        stop.set()

    with ThreadPoolExecutor(1) as pool:
        pressing = pool.submit(press)
        with pytest.raises(DownloadPaused, match="Nothing was kept of it"):
            download(entry, paths, on_progress=lambda _: None, stop=stop)
        assert time.monotonic() - pressed < 3
        pressing.result()


def test_what_has_come_can_be_discarded(hub: HubServer, entry: ModelEntry, paths: AppPaths, tmp_path: Path) -> None:
    hub.content.bytes_per_second = 1_000_000
    paused_after(200_000, entry, paths)
    discard_part(entry, paths)
    assert part_bytes(entry, paths) == 0
    assert unfinished(paths) == []
    assert not any(downloads_folder(paths).iterdir())
    assert [each for each in (tmp_path / "hf").rglob("*") if each.is_file() and each.suffix != ".lock"] == []
    assert list((tmp_path / "hf").rglob("models--*/blobs")) == []
    discard_part(entry, paths)  # nothing to discard is no trouble


def test_two_at_once_do_not_fetch_the_same_file_twice(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    hub.content.bytes_per_second = 100_000
    second: list[DownloadProblem] = []

    def try_too(progress: DownloadProgress) -> None:
        if progress.phase == "downloading" and not second:
            second.append(refused(entry, paths))
            assert unfinished(paths) == []  # somebody is at it
            with pytest.raises(DownloadProblem, match="is being downloaded already"):
                discard_part(entry, paths)
            hub.content.bytes_per_second = 0

    path = download(entry, paths, on_progress=try_too, stop=lambda: False)
    assert path.read_bytes() == small_gguf(SIZE, 1)
    assert [each.kind for each in second] == ["busy"]
    assert hub.content.sent_bytes == SIZE


KILLED = """
import os, sys
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download import download
from longwriter_desktop.paths import AppPaths

def show(progress):
    print(progress.phase, progress.done_bytes, flush=True)

entry = ModelEntry(name="longwriter", title="LongWriter 8B", repository=sys.argv[1], file=sys.argv[2])
download(entry, AppPaths.of_this_machine(), on_progress=show, stop=lambda: False)
"""


def test_a_kill_in_the_middle_costs_nothing_that_had_come(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    hub.content.bytes_per_second = 1_000_000
    command = [sys.executable, "-c", KILLED, REPOSITORY, FILE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as app:
        assert app.stdout is not None
        for line in app.stdout:
            phase, done = line.split()
            if phase == "downloading" and int(done) > 400_000:
                break
        children = psutil.Process(app.pid).children()
        app.kill()
    assert len(children) == 1
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == [], "what it had started goes on without it"
    kept = part_bytes(entry, paths)
    assert kept > 400_000
    assert [each.done_bytes for each in unfinished(paths)] == [kept]
    hub.content.bytes_per_second = 0
    hub.content.asked.clear()
    again = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True)
    assert again.stdout.splitlines()[-1] == f"done {SIZE}"
    assert hub.content.sent_bytes == SIZE - kept
    assert fetched(entry, paths).read_bytes() == small_gguf(SIZE, 1)


def test_a_download_whose_process_is_killed_says_so_and_keeps_the_part(
    hub: HubServer, entry: ModelEntry, paths: AppPaths
) -> None:
    hub.content.bytes_per_second = 1_000_000

    def kill(progress: DownloadProgress) -> None:
        if progress.phase == "downloading":
            for each in own_processes():
                each.send_signal(signal.SIGTERM)

    with pytest.raises(DownloadProblem) as caught:
        download(entry, paths, on_progress=kill, stop=lambda: False)
    assert caught.value.kind == "ended"
    assert "What has come is kept" in str(caught.value)
    hub.content.bytes_per_second = 0
    assert fetched(entry, paths).is_file()


def test_a_licence_is_agreed_to_before_anything_is_asked(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    strict = replace(entry, licence="Llama 3.1", licence_url="https://example.org/licence", licence_accept=True)
    with pytest.raises(LicenceNotAccepted, match="Nothing was downloaded"):
        fetched(strict, paths)
    assert hub.content.asked == []
    licences.accept(strict, paths)
    assert fetched(strict, paths).is_file()


@pytest.mark.counted
def test_a_gated_model_comes_with_the_environments_token(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.content.gated.add(REPOSITORY)
    hub.content.good_tokens.add("hf_secret")
    hub.content.admitted_tokens.add("hf_secret")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    assert fetched(entry, paths).is_file()


def test_what_cannot_be_a_token_is_asked_for_again(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    for text in ("hf_ two", "令牌", ""):
        with pytest.raises(DownloadProblem, match="That is not a token") as caught:
            download(entry, paths, on_progress=lambda _: None, stop=lambda: False, token=text)
        assert caught.value.kind == "token"
    assert hub.content.asked == []


def test_a_token_that_is_given_is_neither_shown_to_other_programs_nor_written_down(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, tmp_path: Path
) -> None:
    hub.content.gated.add(REPOSITORY)
    hub.content.good_tokens.add("hf_secret")
    hub.content.admitted_tokens.add("hf_secret")
    hub.content.bytes_per_second = 4_000_000
    seen: list[str] = []

    def look(_: DownloadProgress) -> None:
        seen.extend(" ".join(cmdline(each)) for each in own_processes())

    download(entry, paths, on_progress=look, stop=lambda: False, token="hf_secret")
    assert seen
    assert not any("hf_secret" in each for each in seen)
    for folder in (paths.data.parent, tmp_path):
        assert not [each for each in folder.rglob("*") if each.is_file() and b"hf_secret" in each.read_bytes()]


def test_a_hub_that_does_not_answer_is_given_up_soon(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setenv("HF_HUB_ETAG_TIMEOUT", "1")
        error = refused(entry, paths)
    assert error.kind == "offline"
    assert "it did not answer within 1 seconds" in str(error)


@pytest.mark.skipif(sys.platform == "win32", reason="no process is stopped there in this way")
def test_a_process_that_hangs_is_given_up_too(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.models.download._ASKING_SECONDS", 0.2)
    monkeypatch.setenv("HF_HUB_ETAG_TIMEOUT", "1")
    hub.content.faults.append(Fault("stall", "head"))

    def hang(progress: DownloadProgress) -> None:
        for each in own_processes():
            each.suspend()

    with pytest.raises(DownloadProblem, match="nothing has answered") as caught:
        download(entry, paths, on_progress=hang, stop=lambda: False)
    assert caught.value.kind == "offline"
    assert own_processes() == []


def test_a_computer_that_is_told_to_stay_offline_does(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "HF_HUB_OFFLINE is set" in str(refused(entry, paths))
    assert hub.content.asked == []


def test_a_proxy_of_the_environment_is_used(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.invalid")  # only a proxy can know where that is
    monkeypatch.setenv("NO_PROXY", "localhost")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert refused(entry, paths).kind == "proxy"
    monkeypatch.setenv("HTTP_PROXY", hub.endpoint)
    assert fetched(entry, paths).is_file()
    assert {each.path.startswith("http://hub.invalid/") for each in hub.content.asked if each.place != "store"} == {
        True
    }


def test_an_entry_of_a_file_on_this_computer_is_not_looked_for_on_the_hub(
    hub: HubServer, paths: AppPaths, tmp_path: Path
) -> None:
    own = ModelEntry(name="mine", title="Mine", path=str(tmp_path / "gone.gguf"))
    assert "names a file of this computer" in str(refused(own, paths))
    assert hub.content.asked == []


def test_what_could_use_a_network_is_not_loaded_by_the_one_who_asks() -> None:
    looking = (
        "import sys, json, longwriter_desktop.models.download, longwriter_desktop.models.hub_token;"
        "print(json.dumps([each for each in ('huggingface_hub', 'httpx2', 'keyring', 'ssl') if each in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", looking], capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(done.stdout) == []
