"""A shelf whose models, downloads and answers a test decides."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from longwriter_desktop.errors import DownloadPaused, LongWriterError
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.download import DownloadProgress
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import OnBytes, Removal, Stop, Verified
from longwriter_desktop.ui.models.model_rows import Group, ModelRow
from longwriter_desktop.ui.models.shelf import Unfinished

STORM = ModelEntry(
    "storm-3b",
    "Storm 3B",
    repository="harbour/storm-3b",
    file="storm.gguf",
    size_bytes=2_000_000_000,
    licence="Storm licence",
    licence_url="https://example.org/licence",
)
GALE = ModelEntry("gale-8b", "Gale 8B", repository="harbour/gale", file="gale.gguf", size_bytes=5_000_000_000)
BREEZE = ModelEntry("breeze", "Breeze 1B", repository="harbour/breeze", file="breeze.gguf", size_bytes=100_000_000)


def to_download(entry: ModelEntry, **more: object) -> ModelRow:
    facts: dict[str, object] = {"size_bytes": entry.size_bytes, "verdict": "fits", "reason": "needs 3.0 GB"} | more
    return ModelRow(entry.name, entry.title, Group.TO_DOWNLOAD, entry=entry, **facts)  # type: ignore[arg-type]  # by name


def here(entry: ModelEntry, path: Path, **more: object) -> ModelRow:
    model = Model(entry.name, entry.title, path, entry)
    facts: dict[str, object] = {"size_bytes": entry.size_bytes, "verdict": "fits", "may_remove": True} | more
    return ModelRow(entry.name, entry.title, Group.HERE, entry=entry, model=model, file=path, **facts)  # type: ignore[arg-type]  # by name


def bytes_of(entry: ModelEntry, share: float) -> DownloadProgress:
    """Halfway, with a speed."""
    done = round(entry.size_bytes * share)
    return DownloadProgress("downloading", done, entry.size_bytes, 10_000_000, (entry.size_bytes - done) / 10_000_000)


@dataclass
class ScriptedShelf:
    """What the test puts into ``network`` happens in a download, one after the other."""

    rows: list[ModelRow] = field(default_factory=list)
    left: list[Unfinished] = field(default_factory=list)
    network: "queue.Queue[DownloadProgress | Path | Exception]" = field(default_factory=queue.Queue)
    verdict: Verified | None = None
    may_verify: threading.Event = field(default_factory=threading.Event)
    planned: Removal | None = None
    keyring: str = "KWallet"
    refusal: LongWriterError | None = None
    """What accepting, keeping and removing raise."""
    look_gate: threading.Event = field(default_factory=threading.Event)
    fetched: list[tuple[str, str | None]] = field(default_factory=list)
    discarded: list[str] = field(default_factory=list)
    come: dict[str, int] = field(default_factory=dict)
    """By the name of an entry, the bytes that are on the disk of it."""
    accepted: list[str] = field(default_factory=list)
    kept_tokens: list[str] = field(default_factory=list)
    removed: list[tuple[str, bool]] = field(default_factory=list)
    taken_off: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    """Downloads at the same time."""
    threads: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.look_gate.set()
        self.may_verify.set()

    def look(self) -> list[ModelRow]:
        self.threads.add(threading.current_thread().name)
        self.look_gate.wait(10)
        return list(self.rows)

    def unfinished(self) -> list[Unfinished]:
        self.threads.add(threading.current_thread().name)
        return list(self.left)

    def fetch(
        self,
        entry: ModelEntry,
        on_progress: Callable[[DownloadProgress], None],
        stop: threading.Event,
        token: str | None,
    ) -> Path:
        self.threads.add(threading.current_thread().name)
        self.fetched.append((entry.name, token))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return self._fetched(entry, on_progress, stop)
        finally:
            self.at_once -= 1

    def _fetched(
        self, entry: ModelEntry, on_progress: Callable[[DownloadProgress], None], stop: threading.Event
    ) -> Path:
        while not stop.is_set():
            try:
                event = self.network.get(timeout=0.01)
            except queue.Empty:
                continue
            if isinstance(event, Exception):
                raise event
            if isinstance(event, Path):
                return event
            if event.phase in ("downloading", "verifying"):
                self.come[entry.name] = event.done_bytes if event.phase == "downloading" else event.total_bytes
            on_progress(event)
        raise DownloadPaused("It was stopped.")

    def discard(self, entry: ModelEntry) -> None:
        self.threads.add(threading.current_thread().name)
        self.discarded.append(entry.name)
        self._refuse()
        self.come.pop(entry.name, None)

    def kept_bytes(self, entry: ModelEntry) -> int:
        self.threads.add(threading.current_thread().name)
        return self.come.get(entry.name, 0)

    def verify(self, model: Model, on_bytes: OnBytes, stop: Stop) -> Verified | None:
        self.threads.add(threading.current_thread().name)
        on_bytes(1_000_000_000, 2_000_000_000)
        while not self.may_verify.wait(0.01):
            if stop():
                return None
        return self.verdict

    def removal(self, row: ModelRow) -> Removal | None:
        self.threads.add(threading.current_thread().name)
        return self.planned

    def remove(self, row: ModelRow, *, outside: bool) -> str:
        self._refuse()
        self.removed.append((row.key, outside))
        self.rows = [each for each in self.rows if each.key != row.key]
        return f"{row.title} is deleted."

    def take_off(self, row: ModelRow) -> str:
        self._refuse()
        self.taken_off.append(row.key)
        self.rows = [each for each in self.rows if each.key != row.key]
        return f"{row.title} is off the list."

    def accept(self, entry: ModelEntry) -> None:
        self.threads.add(threading.current_thread().name)
        self._refuse()
        self.accepted.append(entry.name)

    def keyring_name(self) -> str:
        self.threads.add(threading.current_thread().name)
        return self.keyring

    def keep_token(self, token: str) -> None:
        self.threads.add(threading.current_thread().name)
        self._refuse()
        self.kept_tokens.append(token)

    def _refuse(self) -> None:
        if self.refusal is not None:
            raise self.refusal
