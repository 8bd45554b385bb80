"""One download for the tests: of a small file from the tests' own hub, with little patience."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.errors import DownloadProblem
from longwriter_desktop.models.download_fetch import fetch
from longwriter_desktop.models.download_request import DownloadRequest, Patience
from tests.models.hub_server import HubServer

REPOSITORY, FILE = "somebody/LongWriter-GGUF", "longwriter.Q4_K_M.gguf"
SIZE = 300_000
IMPATIENT = Patience(connect_seconds=10, read_seconds=10, tries=3, wait_seconds=0.0, longest_wait_seconds=2)
HASTY = replace(IMPATIENT, connect_seconds=0.5, read_seconds=0.4)
"""For servers that say nothing; others may need longer, on a computer that is busy."""


def request_for(hub: HubServer, content: bytes, folder: Path) -> DownloadRequest:
    """What is asked of the hub for ``content``; all is put below ``folder``."""
    return DownloadRequest(
        name="longwriter",
        title="LongWriter 8B",
        repository=REPOSITORY,
        file=FILE,
        revision="main",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        endpoint=hub.endpoint,
        cache=str(folder / "hub"),
        records=str(folder / "downloads"),
        patience=IMPATIENT,
    )


def fetched(request: DownloadRequest, *tokens: str) -> Path:
    return fetch(request, lambda _: None, lambda: tokens)


def refused(request: DownloadRequest, *tokens: str) -> DownloadProblem:
    with pytest.raises(DownloadProblem) as caught:
        fetched(request, *tokens)
    return caught.value


def is_readable(error: DownloadProblem) -> bool:
    """Whether a message is in words for a person: what happened, what was kept, what to do."""
    text = str(error)
    technical = ("Error", "Traceback", "http://127.0.0.1:0", "None", "urllib", "httpx", "errno", "Client")
    kept = "Nothing was kept of it." in text or "What has come is kept" in text
    return kept and text.endswith(".") and not any(each in text for each in technical) and len(text) < 500
