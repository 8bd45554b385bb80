"""Fetching a model's file from the Hugging Face hub into the Hugging Face cache, which other programs share.

The work is done by a process of its own (`download_process`): so it can be stopped at once, whatever it is waiting
for, and what could use a network is never loaded in the window's process. What has come lies in the cache as a part
that the next try goes on with; huggingface-hub itself keeps none since its version 1.18, see
https://github.com/huggingface/huggingface_hub/issues/4196.
"""

import contextlib
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.process import apart, command_of_our_own, with_this_package
from longwriter_desktop.errors import DownloadPaused, DownloadProblem, InputProblem
from longwriter_desktop.models import download_words as words
from longwriter_desktop.models.catalogue import ModelEntry, own_catalogue_path
from longwriter_desktop.models.download_progress import DownloadProgress, Phase
from longwriter_desktop.models.download_record import (
    DownloadRecord,
    downloads_folder,
    forget_record,
    record_of,
    records,
)
from longwriter_desktop.models.download_request import (
    DOWNLOAD_SWITCH,
    PART_SUFFIX,
    DownloadRequest,
    lock_of,
    part_of,
    repository_folder,
)
from longwriter_desktop.models.hub_token import checked_token
from longwriter_desktop.models.library import is_here
from longwriter_desktop.models.licences import check_accepted
from longwriter_desktop.models.places import hub_cache
from longwriter_desktop.paths import AppPaths

__all__ = (
    "DownloadProgress",
    "DownloadRecord",
    "Phase",
    "Stop",
    "discard_part",
    "download",
    "part_bytes",
    "unfinished",
)

Stop = threading.Event | Callable[[], bool]

_LOOK_SECONDS = 0.1
"""How often is looked whether to stop."""
_START_SECONDS = 30.0
"""For the process to start and load what it needs, on a computer that is busy."""
_ASKING_SECONDS = 10.0
"""Beyond the time that the hub has to answer: a name server that says nothing has no time-out of its own."""
_SILENT_SECONDS = 120.0
"""Longer than a disk takes for what is brought to it at a time, and than the next bytes may take."""
_END_SECONDS = 2.0
_UNLOCK_SECONDS = 600.0
"""For the person to unlock their keyring."""


def download(
    entry: ModelEntry,
    paths: AppPaths,
    *,
    on_progress: Callable[[DownloadProgress], None],
    stop: Stop,
    token: str | None = None,
) -> Path:
    """Fetches the file of ``entry``, verifies it, and returns its path in the Hugging Face cache.

    Blocks until it is there; ``on_progress`` is called on this thread, a few times a second. Where the file is on
    this computer already, its path is returned and no network used. ``token`` is one that the person has just
    given; without it those of `hub_token.found_tokens` are tried where the hub asks for one.

    Raises DownloadPaused when ``stop`` says so (within a quarter of a second; the part is kept, `discard_part`
    removes it), LicenceNotAccepted, and DownloadProblem, which says what happened, what was kept and what to do.
    """
    here = is_here(entry, paths)
    if here is not None:
        size = sum(each.stat().st_size for each in parts_of(here))
        on_progress(DownloadProgress("done", size, size))
        return here
    if not entry.repository:
        raise words.of_this_computer(entry.title, str(own_catalogue_path(paths)))
    check_accepted(entry, paths)
    if token is not None:
        try:
            token = checked_token(token)
        except InputProblem as error:  # it becomes a line of HTTP
            raise DownloadProblem(str(error), "token") from error
    stopped = stop.is_set if isinstance(stop, threading.Event) else stop
    return _Download(DownloadRequest.of(entry, paths, token), on_progress, stopped).run()


def part_bytes(entry: ModelEntry, paths: AppPaths) -> int:
    """How much has come already, of all files of the model, in bytes; 0 when there is no part."""
    record = _record(entry, paths)
    if record is not None:
        return record.done_bytes
    try:
        return _part(entry, paths).stat().st_size
    except OSError:
        return 0


def discard_part(entry: ModelEntry, paths: AppPaths) -> None:
    """Removes what has come of an unfinished download; files that other programs had fetched before stay.

    Raises DownloadProblem while somebody is downloading it, and when it cannot be removed.
    """
    request, part = DownloadRequest.of(entry, paths, None), _part(entry, paths)
    if _is_locked(part):
        raise words.problem(words.busy(request), part_bytes(entry, paths), 0)
    record = _record(entry, paths)
    try:
        part.unlink(missing_ok=True)
        for each in record.own_files if record is not None else ():
            _remove_of_cache(Path(each), request.folder)
    except OSError as error:
        raise words.not_removed(entry.title, str(part), error.strerror or type(error).__name__) from error
    for folder in (part.parent, part.parent.parent):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only where nothing else is in it
    forget_record(entry.name, downloads_folder(paths))


def unfinished(paths: AppPaths) -> list[DownloadRecord]:
    """The downloads that were begun, are gone on with by nobody just now, and have brought something; oldest first."""
    return [each for each in records(downloads_folder(paths)) if each.done_bytes and not _is_locked(Path(each.part))]


def _record(entry: ModelEntry, paths: AppPaths) -> DownloadRecord | None:
    """What is remembered of a download of it."""
    record = record_of(entry.name, downloads_folder(paths))
    usable = record is not None and record.repository == entry.repository and record.part.endswith(PART_SUFFIX)
    return record if usable else None


def _part(entry: ModelEntry, paths: AppPaths) -> Path:
    """Where the part is, or would be."""
    record = _record(entry, paths)
    if record is not None:
        return Path(record.part)
    return part_of(repository_folder(hub_cache(), entry.repository), entry.sha256)


def _remove_of_cache(path: Path, folder: Path) -> None:
    """Removes a file below the folder of a repository in the cache, with the bytes that its name leads to."""
    if folder.resolve() not in path.parent.resolve().parents:
        return
    blob = path.resolve()
    path.unlink(missing_ok=True)
    if blob.parent == (folder / "blobs").resolve():
        blob.unlink(missing_ok=True)


def _is_locked(part: Path) -> bool:
    """Whether somebody is downloading the file, in whatever program."""
    lock_file = lock_of(part)
    if not lock_file.exists():
        return False
    try:
        with FileLock(lock_file, timeout=0, mode=0o664, fallback_to_soft=False):
            return False
    except Timeout:
        return True
    except OSError:
        return False


class _Download:
    """One run of the process that downloads."""

    def __init__(
        self, request: DownloadRequest, on_progress: Callable[[DownloadProgress], None], stopped: Callable[[], bool]
    ) -> None:
        self._request = request
        self._on_progress = on_progress
        self._stopped = stopped
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._last = DownloadProgress("asking", 0, 0)
        self._answer_seconds = request.patience.connect_seconds + _ASKING_SECONDS
        self._limit = _START_SECONDS
        """How many seconds of silence from the process are no trouble."""

    def run(self) -> Path:
        if self._stopped():
            raise self._paused()
        self._on_progress(self._last)
        try:
            process = self._start()
        except OSError as error:
            raise self._ended(error.strerror or type(error).__name__) from error
        assert process.stdout is not None  # noqa: S101 - opened above; this tells mypy.
        listener = threading.Thread(target=self._listen, args=(process.stdout,), name="download-listener", daemon=True)
        listener.start()
        try:
            return self._followed(process)
        finally:
            process.kill()
            process.wait()
            listener.join()
            process.stdout.close()
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603 - the command is this program's own.
            command_of_our_own("longwriter_desktop.models.download_process", DOWNLOAD_SWITCH),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            **apart(),
        )
        assert process.stdin is not None  # noqa: S101 - opened above; this tells mypy.
        with contextlib.suppress(OSError):  # one that has ended already is noticed by its silence
            process.stdin.write(
                self._request.as_json()
            )  # not an argument: others may read those, and the token is in it
            process.stdin.flush()
        return process

    def _followed(self, process: "subprocess.Popen[bytes]") -> Path:
        heard_at = time.monotonic()
        while True:
            if self._stopped():
                raise self._paused()
            try:
                line = self._lines.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                if time.monotonic() - heard_at > self._limit:
                    raise self._silent() from None
                continue
            if line is None:
                raise self._ended(f"status {process.wait()}")
            heard_at = time.monotonic()
            path = self._heard(_message(line))
            if path is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):  # it ends by itself
                    process.wait(_END_SECONDS)
                return path

    def _heard(self, message: Any) -> Path | None:
        match message:
            case {"progress": dict(values)}:
                self._last = DownloadProgress(**values)
                self._limit = _SILENT_SECONDS if self._last.total_bytes else self._answer_seconds
                self._on_progress(self._last)
            case {"tokens": _}:
                self._limit = _UNLOCK_SECONDS
            case {"problem": [str(kind), str(text)]}:
                raise DownloadProblem(text, kind)
            case {"done": str(path)}:
                return Path(path)
            case {"bug": str(what)}:
                raise self._ended(what)
        return None

    def _listen(self, out: IO[bytes]) -> None:
        for line in out:
            self._lines.put(line)
        self._lines.put(None)

    def _paused(self) -> DownloadPaused:
        return words.paused(self._request, self._kept_bytes(), self._last.total_bytes)

    def _silent(self) -> DownloadProblem:
        trouble = words.unreachable(self._request, "nothing has answered")
        return words.problem(trouble, self._kept_bytes(), self._last.total_bytes)

    def _ended(self, how: str) -> DownloadProblem:
        return words.problem(words.ended(self._request, how), self._kept_bytes(), self._last.total_bytes)

    def _kept_bytes(self) -> int:
        record = record_of(self._request.name, Path(self._request.records))
        return record.done_bytes if record is not None else 0


def _message(line: bytes) -> Any:
    """What the process says; None for a line that is not its own, such as a library's."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def _environment() -> dict[str, str]:
    """The hub is told the app's name and version, and not what else is installed in Python."""
    return with_this_package({"HF_HUB_DISABLE_TELEMETRY": "1", **os.environ})
