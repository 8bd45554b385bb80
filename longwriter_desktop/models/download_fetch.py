"""One download from beginning to end: ask, fetch what is missing, verify, put it where it belongs.

The part that has come only ever grows at its end, so it can be gone on with whatever stopped it: a pause, a kill, a
power cut. It becomes a file of the cache after its SHA-256 has been found right, and never before.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeVar

from filelock import FileLock, Timeout
from huggingface_hub.file_download import are_symlinks_supported

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.models import download_words as words
from longwriter_desktop.models.download_hub import Hub, HubFile
from longwriter_desktop.models.download_progress import DownloadProgress, Phase
from longwriter_desktop.models.download_record import DownloadRecord, forget_record, keep_record, record_of
from longwriter_desktop.models.download_request import PART_SUFFIX, DownloadRequest, lock_of, part_of
from longwriter_desktop.models.download_words import Troubled, problem

_AT_A_TIME = 1 << 20
_SYNC_AFTER = 64 << 20
"""Bytes after which they are brought to the disk: a power cut costs no more, and the end of a download no wait."""
_SPARE = 64 << 20
"""Bytes that are left free on the disk."""
_REPORT_SECONDS = 0.2
_SPEED_SECONDS = 5.0
_LOCK_SECONDS = 0.5
"""Long enough for somebody who only looks whether the lock is held."""

Report = Callable[[DownloadProgress], None]
Tokens = Callable[[], tuple[str, ...]]
_Result = TypeVar("_Result")


def fetch(request: DownloadRequest, report: Report, tokens: Tokens) -> Path:
    """Fetches the file of ``request`` and returns its path in the cache; what has come before is not fetched again.

    Of a model that is split into several files (``request.file`` names the first) all are fetched, one after the
    other, as one download. ``tokens`` gives the person's tokens and is called when the hub asks for one. Raises
    DownloadProblem.
    """
    names = [each.as_posix() for each in parts_of(PurePosixPath(request.file))]
    if len(names) == 1:
        return _Fetch(request, report, tokens).run()
    return _fetch_all([_Fetch(_part_request(request, name), report, tokens) for name in names], request)


def _part_request(request: DownloadRequest, name: str) -> DownloadRequest:
    """What is asked for of one file of a split model: the catalogue knows the hash of the first and the size of all."""
    return replace(request, file=name, sha256=request.sha256 if name == request.file else "", size_bytes=0)


def _fetch_all(fetches: "list[_Fetch]", request: DownloadRequest) -> Path:
    """Fetches the files of a split model; the path of the first."""
    first, *others = fetches
    known = record_of(request.name, Path(request.records))
    for each in fetches:
        each.all_bytes, each.known_bytes = (known.total_bytes, known.done_bytes) if known is not None else (0, 0)
    first.ask()
    for each in others:
        # Of the same commit, whatever is put into the repository meanwhile.
        each.request = replace(each.request, revision=first.commit)
        each.ask()
    whole = sum(each.total for each in fetches)
    if request.size_bytes and whole != request.size_bytes:
        raise problem(words.changed(request, "size"), first.kept_bytes, known.total_bytes if known is not None else 0)
    own = {Path(path).resolve() for path in (known.own_files if known is not None else ())}
    paths: list[str] = []
    found: list[str] = []
    for each in fetches:
        each.all_bytes, each.whole_files, each.found_files = whole, tuple(paths), tuple(found)
        each.before = sum(earlier.total for earlier in fetches[: len(paths)])
        path = each.run()
        paths.append(str(path))
        if each.was_here and path.resolve() not in own:
            found.append(str(path))
    forget_record(request.name, Path(request.records))
    return Path(paths[0])


@dataclass
class _Fetch:
    request: DownloadRequest
    report: Report
    tokens: Tokens
    done: int = 0
    """Bytes of the part; what is kept when something goes wrong."""
    total: int = 0
    before: int = 0
    """Of a split model: bytes of the files that are here already."""
    all_bytes: int = 0
    """Bytes of all files of a split model; 0 for one in a single file."""
    known_bytes: int = 0
    """Of a split model: what had come of all its files when this began."""
    whole_files: tuple[str, ...] = ()
    """The files that are here already."""
    found_files: tuple[str, ...] = ()
    """Those of them that another program has fetched."""
    was_here: bool = False
    """Whether there was nothing to fetch."""
    _reported_at: float = 0.0
    _seen: deque[tuple[float, int]] = field(default_factory=deque)
    _hub: Hub | None = None
    _file: HubFile | None = None

    @property
    def commit(self) -> str:
        """Of the repository, once the hub has been asked."""
        return self._file.commit if self._file is not None else self.request.revision

    @property
    def kept_bytes(self) -> int:
        """Of all files, what stays when something goes wrong."""
        return max(self.before + self.done, self.known_bytes if self._file is None else 0)

    def ask(self) -> tuple[Hub, HubFile]:
        """What the hub says of the file; asked once. Raises DownloadProblem."""
        if self._hub is None:
            self._hub = Hub(self.request, self._tokens, lambda: self._tell("asking", self.done))
        if self._file is None:
            with self._problems():
                self._file = self._patiently(self._hub.ask)
            self.total = self._file.size_bytes
        return self._hub, self._file

    def run(self) -> Path:
        if not self.all_bytes and (known := record_of(self.request.name, Path(self.request.records))):
            self.done, self.total = known.done_bytes, known.total_bytes
        hub, file = self.ask()
        with self._problems(), _locked(self.request, file), _told_of_the_disk(self.request):
            return self._fetched(hub, file)

    @contextlib.contextmanager
    def _problems(self) -> Iterator[None]:
        try:
            yield
        except Troubled as error:
            raise problem(error.trouble, self.kept_bytes, self.all_bytes or self.total) from error

    def _tokens(self) -> tuple[str, ...]:
        given = (self.request.token,) if self.request.token else ()
        return given or self.tokens()

    def _fetched(self, hub: Hub, file: HubFile) -> Path:
        folder = self.request.folder
        blob, part = folder / "blobs" / file.sha256, part_of(folder, file.sha256)
        named = folder / "snapshots" / file.commit / self.request.file  # a file, where there are no links
        self.was_here = any(self._is_here(each, file) for each in (blob, named))
        if not self.was_here:
            part.parent.mkdir(parents=True, exist_ok=True)
            self._remember(part, self.whole_files)
            self._transfer(hub, file, part)
            if not self._is_whole(part, file):
                self.done = 0
                raise Troubled(words.damaged(self.request))
            part.replace(blob)
        self.done = file.size_bytes
        path = _linked(self.request, file, blob)
        if self.before + file.size_bytes < self.all_bytes:
            if not self.was_here:
                self._remember(part, (*self.whole_files, str(path)))
        else:
            forget_record(self.request.name, Path(self.request.records))
            self._tell("done", file.size_bytes)
        return path

    def _remember(self, part: Path, whole_files: tuple[str, ...]) -> None:
        """Keeps that this download was begun. A part of the file as it was before the hub had another is removed."""
        request, folder = self.request, Path(self.request.records)
        known = record_of(request.name, folder)
        if known is not None and known.part != str(part) and known.part.endswith(PART_SUFFIX):
            Path(known.part).unlink(missing_ok=True)
        total = self.all_bytes or self.total
        begun = DownloadRecord(
            request.name, request.title, request.repository, request.file, str(part), total, time.time(), whole_files,
            self.found_files,
        )  # fmt: skip
        try:
            keep_record(begun, folder)
        except OSError as error:
            raise Troubled(words.not_noted(request, error.strerror or type(error).__name__)) from error

    def _is_here(self, path: Path, file: HubFile) -> bool:
        """Whether the file is in the cache; what an earlier start has found whole is not read once more."""
        known = record_of(self.request.name, Path(self.request.records)) if self.all_bytes else None
        for each in known.whole_files if known is not None else ():
            with contextlib.suppress(OSError):
                if path.stat().st_size == file.size_bytes and path.samefile(each):
                    return True
        return self._is_whole(path, file)

    # -- the bytes -------------------------------------------------------------------------------------

    def _transfer(self, hub: Hub, file: HubFile, part: Path) -> None:
        with part.open("ab") as target:
            self.done = target.tell()
            if self.done > file.size_bytes:
                self._begin_anew(target)
            self._check_room(max(file.size_bytes, self.all_bytes - self.before) - self.done, part.parent)
            anew = 0
            while self.done < file.size_bytes:
                try:
                    self._patiently(lambda: self._stream(hub, file, target))
                except Troubled as error:
                    if error.trouble.kind != "length" or not self.done or anew:
                        raise
                    # What has come may not be the beginning of what the hub has now: once more from the start.
                    self._begin_anew(target)
                    anew += 1

    def _stream(self, hub: Hub, file: HubFile, target: BinaryIO) -> None:
        self._tell("asking", self.done)
        with hub.stream(file, self.done) as (start, chunks):
            if start != self.done:
                self._begin_anew(target)
            self._seen.clear()
            unsynced = 0
            for chunk in chunks:
                if self.done + len(chunk) > file.size_bytes:
                    raise Troubled(words.wrong_length(self.request))
                target.write(chunk)
                self.done += len(chunk)
                unsynced += len(chunk)
                if unsynced >= _SYNC_AFTER:
                    _sync(target)
                    unsynced = 0
                self._tell("downloading", self.done)
        _sync(target)
        if self.done < file.size_bytes:
            raise Troubled(words.interrupted(self.request))

    def _begin_anew(self, target: BinaryIO) -> None:
        target.truncate(0)
        target.seek(0)
        self.done = 0

    def _check_room(self, needed: int, folder: Path) -> None:
        free = shutil.disk_usage(folder).free
        if needed and free < needed + _SPARE:
            raise Troubled(words.no_room(self.request, needed + _SPARE, free))

    def _patiently(self, work: Callable[[], _Result]) -> _Result:
        """Tries again after what may pass. A try that brought bytes starts the count anew."""
        patience = self.request.patience
        tries, wait = 0, patience.wait_seconds
        while True:
            before = self.done
            try:
                return work()
            except Troubled as error:
                trouble = error.trouble
                if self.done > before:
                    tries, wait = 0, patience.wait_seconds
                tries += 1
                # The first question is not asked twice of a network that is not there: the person is waiting.
                hopeless = not self.total and trouble.kind in ("offline", "proxy", "interrupted")
                too_long = trouble.retry_after > patience.longest_wait_seconds
                if not trouble.passes or tries >= patience.tries or hopeless or too_long:
                    raise
                self._wait(max(wait, trouble.retry_after))
                wait *= 2

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._tell("asking", self.done)
            time.sleep(min(left, 1.0))

    # -- the check -------------------------------------------------------------------------------------

    def _is_whole(self, path: Path, file: HubFile) -> bool:
        """Whether the bytes on the disk are the file; others are removed."""
        try:
            right = path.stat().st_size == file.size_bytes and self._sha256(path) == file.sha256
        except FileNotFoundError:
            return False
        if not right:
            path.unlink()
        return right

    def _sha256(self, path: Path) -> str:
        digest, read = hashlib.sha256(), 0
        self._seen.clear()
        with path.open("rb", buffering=0) as source:
            while chunk := source.read(_AT_A_TIME):
                digest.update(chunk)
                read += len(chunk)
                self._tell("verifying", read)
        return digest.hexdigest()

    # -- what is told ----------------------------------------------------------------------------------

    def _tell(self, phase: Phase, done: int) -> None:
        now = time.monotonic()
        if phase in ("downloading", "verifying") and now - self._reported_at < _REPORT_SECONDS:
            return
        self._reported_at = now
        speed = 0.0
        if phase in ("downloading", "verifying"):
            speed = self._speed(now, done)
        done, total = self.before + done, self.all_bytes or self.total
        if self._file is None:
            done = max(done, self.known_bytes)
        self.report(DownloadProgress(phase, done, total, speed, (total - done) / speed if speed else None))

    def _speed(self, now: float, done: int) -> float:
        """Bytes a second over the last seconds; 0 while there is nothing to go by."""
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[0][0] > _SPEED_SECONDS:
            self._seen.popleft()
        since, before = self._seen[0]
        return (done - before) / (now - since) if now > since else 0.0


# -- the cache -----------------------------------------------------------------------------------------


def _linked(request: DownloadRequest, file: HubFile, blob: Path) -> Path:
    """Gives a file of the cache its name, as huggingface-hub does, so that every program finds it.

    The form of the cache: https://huggingface.co/docs/huggingface_hub/guides/manage-cache
    """
    folder = request.folder
    if request.revision != file.commit:
        reference = folder / "refs" / request.revision
        reference.parent.mkdir(parents=True, exist_ok=True)
        reference.write_text(file.commit, encoding="utf-8")
    path = folder / "snapshots" / file.commit / request.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and not path.is_symlink():
        return path
    path.unlink(missing_ok=True)
    if are_symlinks_supported(Path(request.cache)):
        path.symlink_to(os.path.relpath(blob, path.parent))
    else:
        blob.replace(path)
    return path


@contextlib.contextmanager
def _locked(request: DownloadRequest, file: HubFile) -> Iterator[None]:
    """Holds the lock that huggingface-hub has for this file; where there are no locks, goes on without."""
    lock_file = lock_of(part_of(request.folder, file.sha256))
    try:
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(lock_file, mode=0o664, fallback_to_soft=False)
        lock.acquire(timeout=_LOCK_SECONDS, poll_interval=0.05)
    except Timeout:
        raise Troubled(words.busy(request)) from None
    except OSError:
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.release()


@contextlib.contextmanager
def _told_of_the_disk(request: DownloadRequest) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Troubled(words.disk_full(request)) from error
        raise Troubled(words.not_writable(request, error.strerror or type(error).__name__)) from error


def _sync(target: BinaryIO) -> None:
    target.flush()
    with contextlib.suppress(OSError):  # some shares cannot; the check at the end reads what is there
        os.fsync(target.fileno())
