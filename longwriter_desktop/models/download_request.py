"""What the process that downloads is told: which file, from where, to where, and how patient to be."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longwriter_desktop.models.download_record import downloads_folder
from longwriter_desktop.models.places import hub_cache
from longwriter_desktop.paths import AppPaths

if TYPE_CHECKING:  # the process that downloads starts in half the time without all that the catalogue takes along
    from longwriter_desktop.models.catalogue import ModelEntry

DOWNLOAD_SWITCH = "--download"
"""With this as its only argument a frozen executable is to call `download_process.main`."""
HUB = "https://huggingface.co"
PART_SUFFIX = ".longwriter.incomplete"
"""The end is huggingface-hub's own, so that its `hf cache prune` knows what it is; the rest keeps its older versions,
which go on with any part of theirs, from taking it for one."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a download waits for the hub, in seconds, and how often it tries again."""

    connect_seconds: float = 10.0
    """For the hub's first answer."""
    read_seconds: float = 20.0
    """For the next bytes of the file."""
    tries: int = 5
    """In a row without a byte."""
    wait_seconds: float = 1.0
    """Before the second try; twice as long before each further one."""
    longest_wait_seconds: float = 60.0
    """That the hub can ask for; when it asks for more, the person is told."""

    @staticmethod
    def of_this_machine(environ: Mapping[str, str] = os.environ) -> "Patience":
        """With huggingface-hub's own variables for slow networks."""
        usual = Patience()
        return Patience(
            _seconds(environ.get("HF_HUB_ETAG_TIMEOUT", ""), usual.connect_seconds),
            _seconds(environ.get("HF_HUB_DOWNLOAD_TIMEOUT", ""), usual.read_seconds),
        )


@dataclass(frozen=True, slots=True)
class DownloadRequest:
    """One file of the hub, and where it goes."""

    name: str
    title: str
    repository: str
    file: str
    revision: str
    sha256: str
    """What it has to be; "" when the catalogue does not know it."""
    size_bytes: int
    """What it has to be; 0 when the catalogue does not know it exactly."""
    endpoint: str
    cache: str
    """The Hugging Face cache."""
    records: str
    """The folder of `download_record`."""
    token: str = ""
    """The one that the person has just given; others are looked for where the hub asks for one."""
    patience: Patience = Patience()

    @staticmethod
    def of(
        entry: "ModelEntry", paths: AppPaths, token: str | None, environ: Mapping[str, str] = os.environ
    ) -> "DownloadRequest":
        return DownloadRequest(
            name=entry.name,
            title=entry.title,
            repository=entry.repository,
            file=entry.file,
            revision=entry.revision,
            sha256=entry.sha256,
            size_bytes=entry.size_bytes if entry.size_exact else 0,
            endpoint=endpoint(environ),
            cache=str(hub_cache(environ)),
            records=str(downloads_folder(paths)),
            token=token or "",
            patience=Patience.of_this_machine(environ),
        )

    @property
    def folder(self) -> Path:
        """That of the repository in the cache."""
        return repository_folder(Path(self.cache), self.repository)

    @property
    def host(self) -> str:
        """The hub as a person calls it: "huggingface.co"; without what a mirror's address may hold to log in."""
        return _without_login(self.endpoint)

    @property
    def website(self) -> str:
        """Where a person opens the hub in a browser."""
        return _website(self.endpoint)

    def as_json(self) -> bytes:
        """One line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"

    @staticmethod
    def from_json(line: bytes) -> "DownloadRequest":
        values: dict[str, Any] = json.loads(line)
        return DownloadRequest(**(values | {"patience": Patience(**values["patience"])}))


def endpoint(environ: Mapping[str, str] = os.environ) -> str:
    """The hub, or the mirror that HF_ENDPOINT names, without a slash at the end."""
    return (environ.get("HF_ENDPOINT", "").strip() or HUB).rstrip("/")


def hub_website(environ: Mapping[str, str] = os.environ) -> str:
    """Where a person opens the hub, or the mirror that HF_ENDPOINT names, in a browser."""
    return _website(endpoint(environ))


def repository_folder(cache: Path, repository: str) -> Path:
    """Where the files of a repository lie in the cache."""
    return cache / f"models--{repository.replace('/', '--')}"


def part_of(folder: Path, digest: str) -> Path:
    """Where the part of the file with that SHA-256 lies, in the folder of its repository."""
    return folder / "blobs" / f"{digest}{PART_SUFFIX}"


def lock_of(part: Path) -> Path:
    """The lock of the file that ``part`` is to become: the one that huggingface-hub takes, so that programs wait."""
    folder = part.parent.parent
    return folder.parent / ".locks" / folder.name / f"{part.name.removesuffix(PART_SUFFIX)}.lock"


def _website(endpoint: str) -> str:
    return f"{endpoint.partition('://')[0]}://{_without_login(endpoint)}"


def _without_login(endpoint: str) -> str:
    """An address without its scheme, and without the name and password that it may hold."""
    return endpoint.split("://", 1)[-1].rpartition("@")[2]


def _seconds(text: str, usual: float) -> float:
    try:
        seconds = float(text)
    except ValueError:
        return usual
    return seconds if 0 < seconds <= 3600 else usual
