import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from huggingface_hub import HfApi, close_session, hf_hub_download, scan_cache_dir, try_to_load_from_cache

from longwriter_desktop.models import download_words as words
from longwriter_desktop.models.download_fetch import fetch
from longwriter_desktop.models.download_progress import DownloadProgress
from longwriter_desktop.models.download_record import record_of
from longwriter_desktop.models.download_request import DownloadRequest, lock_of, part_of
from tests.models.hub_server import COMMIT, Fault, FaultKind, HubServer, hub_server, small_gguf
from tests.models.one_download import (
    FILE,
    HASTY,
    IMPATIENT,
    REPOSITORY,
    SIZE,
    fetched,
    is_readable,
    refused,
    request_for,
)


@pytest.fixture(scope="module", autouse=True)
def _session() -> Iterator[None]:
    """One client for all: making it reads all certificates."""
    yield
    close_session()


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with hub_server() as server:
        yield server


@pytest.fixture
def content(hub: HubServer) -> bytes:
    made = small_gguf(SIZE, 1)
    hub.content.add(REPOSITORY, FILE, made)
    return made


@pytest.fixture
def request_(hub: HubServer, content: bytes, tmp_path: Path) -> DownloadRequest:
    return request_for(hub, content, tmp_path)


def part_size(request: DownloadRequest) -> int:
    part = part_of(request.folder, request.sha256)
    return part.stat().st_size if part.exists() else 0


def is_put_down(request: DownloadRequest) -> bool:
    """Whether anything is offered as a file of the repository."""
    return any((request.folder / "snapshots").rglob("*.gguf")) or (request.folder / "blobs" / request.sha256).exists()


# -- a file that comes whole ---------------------------------------------------------------------------


def test_a_file_comes_whole_into_the_cache_where_other_programs_find_it(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    path = fetched(request_)
    assert path.read_bytes() == content
    assert path == Path(request_.cache, f"models--{REPOSITORY.replace('/', '--')}", "snapshots", COMMIT, FILE)
    assert try_to_load_from_cache(REPOSITORY, FILE, cache_dir=request_.cache) == str(path)
    found = hf_hub_download(REPOSITORY, FILE, cache_dir=request_.cache, local_files_only=True)
    assert Path(found) == path
    (repository,) = scan_cache_dir(request_.cache).repos
    assert (repository.repo_id, repository.size_on_disk, set(repository.refs)) == (REPOSITORY, SIZE, {"main"})
    assert hub.content.sent_bytes == SIZE


def test_a_file_that_is_there_already_is_checked_and_not_fetched_again(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    path = fetched(request_)
    assert fetched(request_) == path
    assert hub.content.sent_bytes == SIZE


def test_a_file_of_the_cache_that_has_been_damaged_is_fetched_again(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    path = fetched(request_)
    path.resolve().write_bytes(content[:-1] + b"x")
    assert fetched(request_).read_bytes() == content


def test_a_file_without_a_known_hash_is_checked_against_the_hubs_own(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    unknown = replace(request_, sha256="", size_bytes=0)
    hub.content.faults.append(Fault("wrong bytes"))
    assert refused(unknown).kind == "damaged"
    assert fetched(unknown).read_bytes() == content


def test_where_links_cannot_be_made_the_file_itself_takes_the_name(
    hub: HubServer, request_: DownloadRequest, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.models.download_fetch.are_symlinks_supported", lambda _: False)
    path = fetched(request_)
    assert path.read_bytes() == content
    assert not path.is_symlink()
    assert fetched(request_) == path
    assert hub.content.sent_bytes == SIZE


def test_a_renamed_repository_is_followed(hub: HubServer, request_: DownloadRequest, content: bytes) -> None:
    hub.content.renamed["old/name"] = REPOSITORY
    assert fetched(replace(request_, repository="old/name")).read_bytes() == content


def test_an_empty_file_needs_no_bytes(hub: HubServer, request_: DownloadRequest) -> None:
    digest = hub.content.add(REPOSITORY, "empty.gguf", b"")
    assert fetched(replace(request_, file="empty.gguf", sha256=digest, size_bytes=0)).read_bytes() == b""


def test_the_server_of_these_tests_speaks_the_hubs_own_protocol(
    hub: HubServer, request_: DownloadRequest, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = HfApi(endpoint=hub.endpoint).model_info(REPOSITORY)
    assert (info.sha, [each.rfilename for each in info.siblings or []]) == (COMMIT, [FILE])
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    theirs = hf_hub_download(REPOSITORY, FILE, cache_dir=tmp_path / "theirs", endpoint=hub.endpoint)
    ours = fetched(request_)
    assert Path(theirs).read_bytes() == content
    assert files_below(tmp_path / "theirs") == files_below(tmp_path / "hub")
    # What we have put there is good for them too: one question, and no byte.
    before = hub.content.sent_bytes
    assert hf_hub_download(REPOSITORY, FILE, cache_dir=request_.cache, endpoint=hub.endpoint) == str(ours)
    assert hub.content.sent_bytes == before


def files_below(folder: Path) -> set[tuple[str, str]]:
    """Of a cache: names and where links lead; their tag and locks aside."""
    return {
        (str(path.relative_to(folder)), str(path.readlink()) if path.is_symlink() else "")
        for path in folder.rglob("*")
        if not path.is_dir() and ".locks" not in path.parts and path.name != "CACHEDIR.TAG"
    }


def test_progress_goes_from_asking_to_done_and_never_back(
    hub: HubServer, request_: DownloadRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("longwriter_desktop.models.download_fetch._REPORT_SECONDS", 0.0)
    hub.content.bytes_per_second = 2_000_000
    seen: list[DownloadProgress] = []
    fetch(request_, seen.append, tuple)
    phases = list(dict.fromkeys(each.phase for each in seen))
    assert phases == ["asking", "downloading", "verifying", "done"]
    assert (seen[-1].done_bytes, seen[-1].total_bytes) == (SIZE, SIZE)
    coming = [each for each in seen if each.phase == "downloading"]
    assert [each.done_bytes for each in coming] == sorted(each.done_bytes for each in coming)
    told = [each for each in coming if each.seconds_left is not None]
    assert told
    assert all(each.bytes_per_second > 0 and each.seconds_left is not None and each.seconds_left < 10 for each in told)


# -- breaks, and going on ------------------------------------------------------------------------------


def test_a_break_in_the_middle_is_gone_on_from_without_a_byte_twice(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults += [Fault("cut", after=100_000), Fault("status", status=503), Fault("cut", after=50_000)]
    assert fetched(request_).read_bytes() == content
    assert hub.content.sent_bytes == SIZE
    ranges = [each.range for each in hub.content.asked if each.place == "store" and each.status in (200, 206)]
    assert ranges == ["", "bytes=100000-", "bytes=150000-"]


def test_after_too_many_breaks_the_part_is_kept_and_the_next_try_goes_on(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults += [Fault("cut", after=100_000), *[Fault("reset")] * IMPATIENT.tries]
    error = refused(request_)
    assert error.kind == "interrupted"
    assert "What has come is kept (100 kB of 300 kB)" in str(error)
    assert part_size(request_) == 100_000
    record = record_of("longwriter", Path(request_.records))
    assert record is not None
    assert (record.done_bytes, record.total_bytes) == (100_000, SIZE)
    assert fetched(request_).read_bytes() == content
    assert hub.content.sent_bytes == SIZE
    assert record_of("longwriter", Path(request_.records)) is None
    assert not part_size(request_)


def test_a_hub_that_cannot_be_reached_leaves_what_has_come_and_says_so(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults += [Fault("cut", after=100_000), *[Fault("reset")] * IMPATIENT.tries]
    refused(request_)
    error = refused(replace(request_, endpoint="http://127.0.0.1:9", sha256=""))
    assert "What has come is kept (100 kB of 300 kB)" in str(error)
    assert fetched(request_).read_bytes() == content
    assert hub.content.sent_bytes == SIZE


def test_a_store_that_falls_silent_is_left_and_asked_again(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults.append(Fault("stall", after=1_000))
    assert fetched(replace(request_, patience=replace(IMPATIENT, read_seconds=1.0))).read_bytes() == content
    assert hub.content.sent_bytes == SIZE


def test_a_store_that_knows_no_ranges_is_read_from_the_start(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults += [Fault("cut", after=100_000), Fault("ignore range")]
    assert fetched(request_).read_bytes() == content
    assert hub.content.sent_bytes == SIZE + 100_000


@pytest.mark.parametrize("kind", ["wrong range", "wrong length"])
def test_a_store_that_contradicts_the_hub_is_asked_once_more(
    hub: HubServer, request_: DownloadRequest, content: bytes, kind: FaultKind
) -> None:
    hub.content.faults += [Fault("cut", after=100_000), Fault(kind)]
    assert fetched(request_).read_bytes() == content


def test_an_address_of_the_store_that_is_no_longer_good_is_asked_for_anew(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.faults.append(Fault("status", status=403))
    assert fetched(request_).read_bytes() == content
    assert [each.place for each in hub.content.asked] == ["head", "get", "store", "get", "store"]


def test_a_hub_that_asks_for_a_pause_gets_it(hub: HubServer, request_: DownloadRequest, content: bytes) -> None:
    hub.content.faults.append(Fault("status", "head", 429, headers=(("Retry-After", "1"),)))
    began = time.monotonic()
    assert fetched(request_).read_bytes() == content
    assert time.monotonic() - began >= 1


def test_a_part_longer_than_the_file_is_begun_anew(hub: HubServer, request_: DownloadRequest, content: bytes) -> None:
    part = part_of(request_.folder, request_.sha256)
    part.parent.mkdir(parents=True)
    part.write_bytes(content + b"more")
    assert fetched(request_).read_bytes() == content


def test_a_whole_part_that_was_never_checked_needs_no_byte_more(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    part = part_of(request_.folder, request_.sha256)
    part.parent.mkdir(parents=True)
    part.write_bytes(content)
    assert fetched(request_).read_bytes() == content
    assert hub.content.sent_bytes == 0


def test_a_part_with_wrong_bytes_is_removed_and_never_offered(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    part = part_of(request_.folder, request_.sha256)
    part.parent.mkdir(parents=True)
    part.write_bytes(bytes(1_000))
    error = refused(request_)
    assert error.kind == "damaged"
    assert "it was removed. Nothing was kept of it." in str(error)
    assert not is_put_down(request_)
    assert not part_size(request_)
    assert fetched(request_).read_bytes() == content


def test_the_part_of_a_file_that_the_hub_has_replaced_is_removed(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    unknown = replace(request_, sha256="", size_bytes=0)
    hub.content.faults += [Fault("cut", after=100_000), *[Fault("reset")] * IMPATIENT.tries]
    refused(unknown)
    assert part_size(request_) == 100_000
    newer = small_gguf(SIZE, 2)
    hub.content.add(REPOSITORY, FILE, newer)
    assert fetched(unknown).read_bytes() == newer
    assert not part_size(request_)


# -- what cannot go well -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faults", "kind"),
    [
        ([Fault("status", "head", 500)] * 3, "server"),
        ([Fault("status", "head", 502)] * 3, "server"),
        ([Fault("status", "head", 429)] * 3, "rate limited"),
        ([Fault("status", "head", 429, headers=(("Retry-After", "3600"),))], "rate limited"),
        ([Fault("status", "head", 403)], "forbidden"),
        ([Fault("status", "head", 401)], "not found"),
        ([Fault("status", "head", 404)], "not found"),
        ([Fault("status", "head", 418)], "forbidden"),
        ([Fault("html", "head")], "not a hub"),
        ([Fault("no commit", "head")], "not a hub"),
        ([Fault("no size", "head")], "not a hub"),
        ([Fault("reset", "head")], "interrupted"),
        ([Fault("stall", "head")], "offline"),
        ([Fault("status", "get", 500)] * 3, "server"),
        ([Fault("html", "get")] * 3, "length"),
        ([Fault("status", status=500)] * 3, "server"),
        ([Fault("status", status=403)] * 3, "forbidden"),
        ([Fault("status", status=404)], "not found"),
        ([Fault("status", status=416)] * 3, "length"),
        ([Fault("status", status=429)] * 3, "rate limited"),
        ([Fault("reset")] * 3, "interrupted"),
        ([Fault("stall")] * 3, "offline"),
        ([Fault("wrong length")] * 3, "length"),
        ([Fault("too long")] * 6, "length"),
        ([Fault("html")] * 3, "length"),
        ([Fault("wrong bytes")], "damaged"),
    ],
)
def test_what_goes_wrong_is_said_in_sentences_and_nothing_wrong_is_offered(
    hub: HubServer, request_: DownloadRequest, content: bytes, faults: list[Fault], kind: str
) -> None:
    hub.content.faults += faults
    silent = any(each.kind == "stall" for each in faults)
    error = refused(replace(request_, patience=HASTY) if silent else request_)
    assert error.kind == kind
    assert is_readable(error)
    assert not is_put_down(request_)
    hub.content.faults.clear()
    assert fetched(request_).read_bytes() == content


def test_what_logs_in_to_a_mirror_is_not_shown(request_: DownloadRequest) -> None:
    request = replace(request_, endpoint="http://me:secret@127.0.0.1:9")
    for trouble in (words.gated(request, with_token=False), words.bad_token(request), words.forbidden(request)):
        assert "secret" not in trouble.happened + trouble.advice
        assert "http://127.0.0.1:9/" in trouble.advice
    assert "secret" not in str(refused(request))


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        ({"repository": "nobody/nothing"}, "not found", "no repository nobody/nothing"),
        ({"repository": "two--dashes/..bad"}, "not found", "no repository"),
        ({"revision": "../../refs"}, "not found", "no revision"),
        ({"revision": "/refs"}, "not found", "no revision"),
        ({"file": "other.gguf"}, "not found", "no file other.gguf"),
        ({"revision": "v9"}, "not found", "no revision “v9”"),
        ({"sha256": "a" * 64}, "changed", "its SHA-256 is another"),
        ({"size_bytes": 7}, "changed", "its size is another"),
        ({"endpoint": "ftp://127.0.0.1"}, "not a hub", "HF_ENDPOINT"),
        ({"endpoint": "http://127.0.0.1:9"}, "offline", "127.0.0.1:9 cannot be reached: there is no connection to it."),
    ],
)
def test_what_the_hub_does_not_have_is_named(
    request_: DownloadRequest, change: dict[str, str], kind: str, said: str
) -> None:
    error = refused(replace(request_, **change))  # type: ignore[arg-type]  # each value is of its field's type
    assert error.kind == kind
    assert said in str(error)
    assert is_readable(error)
    assert not is_put_down(request_)


def test_a_certificate_that_nobody_trusts_is_not_trusted(hub: HubServer, request_: DownloadRequest) -> None:
    # The hub of the tests speaks no TLS at all: what it answers is not a handshake.
    error = refused(replace(request_, endpoint=hub.endpoint.replace("http:", "https:")))
    assert error.kind == "untrusted"
    assert is_readable(error)


def test_the_size_that_the_hub_states_falsely_is_noticed(hub: HubServer, request_: DownloadRequest) -> None:
    hub.content.promised[REPOSITORY, FILE] = "b" * 64
    error = refused(replace(request_, sha256=""))
    assert error.kind == "damaged"
    assert not any((request_.folder / "blobs").iterdir())


def test_a_hub_that_wants_to_name_folders_outside_the_cache_is_none(
    hub: HubServer, request_: DownloadRequest, tmp_path: Path
) -> None:
    hub.content.commit = "../../../../escaped"
    assert refused(request_).kind == "not a hub"
    assert not list(tmp_path.rglob("*escaped*"))


def test_a_hub_without_a_hash_is_enough_where_the_catalogue_has_one(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.promised[REPOSITORY, FILE] = "0123456789abcdef0123456789abcdef01234567"  # as of a file in Git
    assert fetched(request_).read_bytes() == content
    shutil.rmtree(request_.cache)
    assert refused(replace(request_, sha256="")).kind == "unverifiable"


def test_a_disk_without_room_is_noticed_before_the_first_byte(
    hub: HubServer, request_: DownloadRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(request_.records[: request_.records.rindex("/")])
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1_000_000))
    error = refused(request_)
    assert error.kind == "disk full"
    assert "67 MB more are needed" in str(error)
    assert "1 MB are free" in str(error)
    assert hub.content.sent_bytes == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's full disk")
def test_a_disk_that_becomes_full_is_said_and_what_came_stays(hub: HubServer, request_: DownloadRequest) -> None:
    part = part_of(request_.folder, request_.sha256)
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    error = refused(request_)
    assert error.kind == "disk full"
    assert "has become full" in str(error)


def test_a_download_that_cannot_be_noted_down_names_the_folder_and_fetches_nothing(
    hub: HubServer, request_: DownloadRequest
) -> None:
    Path(request_.records).write_text("a file stands where the folder should be")
    error = refused(request_)
    assert error.kind == "not writable"
    assert request_.records in str(error)
    assert request_.cache not in str(error)
    assert hub.content.sent_bytes == 0


def test_a_folder_that_cannot_be_written_is_named(hub: HubServer, request_: DownloadRequest) -> None:
    Path(request_.cache).mkdir()
    request_.folder.write_text("a file stands where the folder should be")
    error = refused(request_)
    assert error.kind == "not writable"
    assert request_.cache in str(error)


def test_a_file_that_another_program_is_fetching_is_not_fetched_twice(
    hub: HubServer, request_: DownloadRequest
) -> None:
    lock_file = lock_of(part_of(request_.folder, request_.sha256))
    lock_file.parent.mkdir(parents=True)
    with FileLock(lock_file):
        error = refused(request_)
    assert error.kind == "busy"
    assert "It is not fetched twice" in str(error)
    assert hub.content.sent_bytes == 0


# -- tokens --------------------------------------------------------------------------------------------


def test_no_token_is_sent_where_the_hub_asks_for_none(hub: HubServer, request_: DownloadRequest) -> None:
    fetched(request_, "hf_expired")
    assert {each.authorization for each in hub.content.asked} == {""}


def test_a_gated_file_comes_with_a_token_that_the_store_never_sees(
    hub: HubServer, request_: DownloadRequest, content: bytes
) -> None:
    hub.content.gated.add(REPOSITORY)
    hub.content.good_tokens |= {"hf_good", "hf_stranger"}
    hub.content.admitted_tokens.add("hf_good")
    error = refused(request_)
    assert error.kind == "gated"
    assert f"Open {hub.endpoint}/{REPOSITORY}, log in and agree to the terms, then give a token" in str(error)
    error = refused(request_, "hf_stranger")
    assert error.kind == "gated"
    assert "Your account has no access to it yet" in str(error)
    assert refused(request_, "hf_expired").kind == "token"
    assert fetched(request_, "hf_expired", "hf_good").read_bytes() == content
    assert {each.authorization for each in hub.content.asked if each.place == "store"} == {""}


def test_the_token_that_the_person_has_just_given_goes_before_all_others(
    hub: HubServer, request_: DownloadRequest
) -> None:
    hub.content.gated.add(REPOSITORY)
    hub.content.good_tokens.add("hf_good")
    hub.content.admitted_tokens.add("hf_good")
    assert refused(replace(request_, token="hf_wrong"), "hf_good").kind == "token"
    assert fetched(replace(request_, token="hf_good"), "hf_wrong").is_file()


def test_a_private_repository_is_found_with_a_token(hub: HubServer, request_: DownloadRequest) -> None:
    hub.content.private.add(REPOSITORY)
    hub.content.good_tokens.add("hf_good")
    hub.content.admitted_tokens.add("hf_good")
    assert refused(request_).kind == "not found"
    assert fetched(request_, "hf_good").is_file()
