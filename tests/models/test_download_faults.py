import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import close_session

from longwriter_desktop.errors import DownloadProblem
from longwriter_desktop.models.download_request import DownloadRequest, part_of
from tests.models.hub_server import Fault, FaultKind, HubServer, hub_server, small_gguf
from tests.models.one_download import REPOSITORY, fetched, is_readable, request_for


@pytest.fixture(scope="module", autouse=True)
def _session() -> Iterator[None]:
    """One client for all: making it reads all certificates."""
    yield
    close_session()


def random_faults(chance: random.Random, size: int) -> list[Fault]:
    kinds: tuple[FaultKind, ...] = (
        *("status", "cut", "cut", "cut", "wrong bytes", "wrong length", "too long"),
        *("ignore range", "wrong range", "html", "reset"),
    )
    faults = []
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5, 8))):
        status = chance.choice((401, 403, 404, 408, 416, 429, 500, 502, 503, 504))
        kind = chance.choice(kinds)
        place = chance.choice(("head", "get", "store", "store", "store")) if kind in ("status", "html") else "store"
        faults.append(Fault(kind, place, status, after=chance.randrange(size)))  # type: ignore[arg-type]  # kinds as plain text
    return faults


def ending(request: DownloadRequest) -> Path | DownloadProblem:
    """The file, or why it did not come. Nothing else may come out of a download."""
    try:
        return fetched(request)
    except DownloadProblem as error:
        return error


@pytest.mark.parametrize("part", range(4))
def test_two_hundred_downloads_with_faults_end_whole_or_with_a_message_and_go_on(tmp_path: Path, part: int) -> None:
    chance = random.Random(20_250 + part)
    ends = {"whole": 0, "message": 0}
    with hub_server() as hub:
        usual = request_for(hub, b"", tmp_path)
        for number in range(50):
            size = chance.choice((60, 1_000, 65_536, 200_001))
            name = f"model-{part}-{number}.gguf"
            content = small_gguf(size, part * 1_000 + number)
            digest = hub.content.add(REPOSITORY, name, content)
            knows = chance.random() < 0.5
            wanted = replace(usual, name=f"m{number}", file=name, sha256=digest if knows else "", size_bytes=0)
            for end in ends_of_tries(chance, hub, wanted, content):
                ends["message" if isinstance(end, DownloadProblem) else "whole"] += 1
    assert min(ends.values()) >= 10, ends
    assert not list(usual.folder.rglob("*.incomplete"))
    assert not list(Path(usual.records).glob("*.json"))


def ends_of_tries(
    chance: random.Random, hub: HubServer, wanted: DownloadRequest, content: bytes
) -> Iterator[Path | DownloadProblem]:
    """Two tries with faults and one without, until the file is there; each ending is looked at."""
    digest = hashlib.sha256(content).hexdigest()
    part, blob = part_of(wanted.folder, digest), wanted.folder / "blobs" / digest
    for faults in (random_faults(chance, len(content)), random_faults(chance, len(content)), []):
        hub.content.faults[:] = faults
        hub.content.asked.clear()
        before = part.read_bytes() if part.exists() else b""
        end = ending(wanted)
        yield end
        if isinstance(end, Path):
            assert end.read_bytes() == content
            if content.startswith(before):
                anew = any(each.range == "" and each.sent for each in hub.content.asked if each.place == "store")
                assert anew or hub.content.sent_bytes == len(content) - len(before), "bytes were fetched twice"
            return
        assert is_readable(end), end
        assert not blob.exists()
    pytest.fail("the last try had no faults and brought nothing")
