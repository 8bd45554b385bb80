"""A model that is split into several files is one download: its files come one after the other, each verified."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import close_session

from longwriter_desktop.models.catalogue import Catalogue, ModelEntry
from longwriter_desktop.models.download import discard_part, download, part_bytes, unfinished
from longwriter_desktop.models.download_fetch import fetch
from longwriter_desktop.models.download_progress import DownloadProgress
from longwriter_desktop.models.download_record import record_of
from longwriter_desktop.models.download_request import DownloadRequest
from longwriter_desktop.models.library import Model, find_model, is_here
from longwriter_desktop.models.manage import removal
from longwriter_desktop.paths import AppPaths
from tests.models.hub_server import Fault, HubServer, hub_server, small_gguf
from tests.models.one_download import IMPATIENT, REPOSITORY, fetched, refused, request_for

NAMES = tuple(f"Q8_0/longwriter-{number:05}-of-00003.gguf" for number in (1, 2, 3))
SIZES = (100_000, 150_000, 50_000)
WHOLE = sum(SIZES)


@pytest.fixture(scope="module", autouse=True)
def _session() -> Iterator[None]:
    yield
    close_session()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    with hub_server() as server:
        for number, (name, size) in enumerate(zip(NAMES, SIZES, strict=True)):
            server.content.add(REPOSITORY, name, small_gguf(size, number))
        monkeypatch.setenv("HF_HOME", str(tmp_path))
        monkeypatch.delenv("HF_HUB_CACHE", raising=False)
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        yield server


@pytest.fixture
def request_(hub: HubServer, tmp_path: Path) -> DownloadRequest:
    made = request_for(hub, small_gguf(SIZES[0], 0), tmp_path)
    return replace(made, file=NAMES[0], size_bytes=WHOLE)


@pytest.fixture
def entry(hub: HubServer) -> ModelEntry:
    return ModelEntry("longwriter", "LongWriter 8B", repository=REPOSITORY, file=NAMES[0], size_bytes=WHOLE)


@pytest.fixture
def paths() -> AppPaths:
    return AppPaths.of_this_machine()


def contents(first: Path) -> list[bytes]:
    return [first.with_name(Path(name).name).read_bytes() for name in NAMES]


WANTED = [small_gguf(size, number) for number, size in enumerate(SIZES)]


def test_all_files_come_and_their_progress_is_one(hub: HubServer, request_: DownloadRequest) -> None:
    seen: list[DownloadProgress] = []
    path = fetch(request_, seen.append, lambda: ())
    assert path.name == Path(NAMES[0]).name
    assert contents(path) == WANTED
    assert hub.content.sent_bytes == WHOLE
    assert [each for each in seen if each.phase == "done"] == [DownloadProgress("done", WHOLE, WHOLE)]
    assert all(each.total_bytes == WHOLE for each in seen if each.phase != "asking")
    come = [each.done_bytes for each in seen if each.phase == "downloading"]
    assert come == sorted(come)
    assert record_of(request_.name, Path(request_.records)) is None


def test_a_break_in_the_second_file_is_gone_on_from_without_a_byte_twice(
    hub: HubServer, request_: DownloadRequest
) -> None:
    stop = IMPATIENT.tries
    hub.content.faults += [Fault("cut", after=SIZES[0]), Fault("cut", after=40_000), *[Fault("reset")] * stop]
    error = refused(request_)
    assert "What has come is kept (140 kB of 300 kB)" in str(error)
    record = record_of(request_.name, Path(request_.records))
    assert record is not None
    assert (record.done_bytes, record.total_bytes) == (140_000, WHOLE)
    seen: list[DownloadProgress] = []
    assert contents(fetch(request_, seen.append, lambda: ())) == WANTED
    assert hub.content.sent_bytes == WHOLE
    assert min(each.done_bytes for each in seen if each.phase in ("asking", "downloading")) >= SIZES[0]
    assert seen[0] == DownloadProgress("asking", 140_000, WHOLE)


def test_a_file_with_wrong_bytes_is_not_kept_and_the_others_are(hub: HubServer, request_: DownloadRequest) -> None:
    hub.content.promised[REPOSITORY, NAMES[1]] = "0" * 64
    error = refused(request_)
    assert error.kind == "damaged"
    assert NAMES[1] in str(error)
    assert "100 kB of 300 kB" in str(error)
    del hub.content.promised[REPOSITORY, NAMES[1]]
    hub.content.asked.clear()
    assert contents(fetched(request_)) == WANTED
    assert hub.content.sent_bytes == WHOLE - SIZES[0]


def test_files_that_are_together_of_another_size_than_the_catalogue_says_are_not_fetched(
    hub: HubServer, request_: DownloadRequest
) -> None:
    error = refused(replace(request_, size_bytes=WHOLE + 1))
    assert error.kind == "changed"
    assert hub.content.sent_bytes == 0


def test_a_file_that_is_missing_at_the_hub_is_named_before_anything_is_fetched(
    hub: HubServer, request_: DownloadRequest
) -> None:
    del hub.content.files[REPOSITORY, NAMES[2]]
    error = refused(request_)
    assert error.kind == "not found"
    assert NAMES[2] in str(error)
    assert hub.content.sent_bytes == 0


def test_a_split_model_is_here_when_all_of_it_is(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    path = download(entry, paths, on_progress=lambda _: None, stop=threading.Event())
    assert is_here(entry, paths) == path
    assert is_here(replace(entry, size_exact=True), paths) == path
    seen: list[DownloadProgress] = []
    download(entry, paths, on_progress=seen.append, stop=threading.Event())
    assert seen == [DownloadProgress("done", WHOLE, WHOLE)]
    assert len([each for each in removal(Model("x", "X", path, entry), paths).files if each.is_symlink()]) == 3
    path.with_name(Path(NAMES[2]).name).unlink()
    assert is_here(entry, paths) is None


def test_what_has_come_of_all_files_is_told_and_discarded(hub: HubServer, entry: ModelEntry, paths: AppPaths) -> None:
    hub.content.bytes_per_second = 200_000
    stop = threading.Event()

    def look(progress: DownloadProgress) -> None:
        if progress.done_bytes > SIZES[0] + 10_000:
            stop.set()

    with pytest.raises(Exception, match="What has come is kept"):
        download(entry, paths, on_progress=look, stop=stop)
    kept = part_bytes(entry, paths)
    assert SIZES[0] < kept < WHOLE
    assert [(each.done_bytes, each.total_bytes) for each in unfinished(paths)] == [(kept, WHOLE)]
    folder = DownloadRequest.of(entry, paths, None).folder
    discard_part(entry, paths)
    assert part_bytes(entry, paths) == 0
    assert unfinished(paths) == []
    assert not [each for each in folder.rglob("*") if each.is_file() and each.stat().st_size > 1000]


def test_discarding_leaves_a_file_that_another_program_had_fetched(
    hub: HubServer, entry: ModelEntry, paths: AppPaths
) -> None:
    request = replace(DownloadRequest.of(entry, paths, None), patience=IMPATIENT)
    blob = request.folder / "blobs" / hashlib.sha256(WANTED[0]).hexdigest()
    blob.parent.mkdir(parents=True)
    blob.write_bytes(WANTED[0])
    hub.content.faults += [Fault("cut", after=40_000), *[Fault("reset")] * 3]
    refused(request)
    assert part_bytes(entry, paths) == SIZES[0] + 40_000
    hub.content.faults += [Fault("cut", after=10_000), *[Fault("reset")] * 3]
    refused(request)  # Going on makes it none of the download's own.
    discard_part(entry, paths)
    assert part_bytes(entry, paths) == 0
    assert blob.read_bytes() == WANTED[0]


def test_a_split_model_is_found_by_the_path_of_its_first_file(
    hub: HubServer, entry: ModelEntry, paths: AppPaths, tmp_path: Path
) -> None:
    download(entry, paths, on_progress=lambda _: None, stop=threading.Event())
    assert find_model("longwriter", Catalogue((entry,)), paths).entry == entry
