"""What a model has read, kept on disk, so that after a restart it need not be read again.

A file holds the cells of a stretch of tokens, and the tokens from the very beginning to the stretch's end:
cells depend on all that stands before them. So a document's states are a chain of files, each written once,
and a file is of use to any prompt that begins as its tokens do, as far as they agree.

A file is used only when its key fits: the model's content, the type of the cache, the versions of llama.cpp
and its bindings, and what computed it. The header has a checksum of its own, the cells have a hash; a file
that fails either, or was made by another version, is removed. The folder is private, because tokens can be
turned back into text.
"""

import contextlib
import hashlib
import os
import queue
import struct
import tempfile
import threading
import time
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from longwriter_desktop.backend.lines import common_length

SUFFIX = ".state"
_MAGIC = b"LongWriterState1"
_HEADER = struct.Struct("<16sII")
"""Magic, length of the header, its CRC-32."""
_LARGEST_HEADER = 64 * 1024 * 1024
_HASH_BYTES = 32
_LEAST_GAIN = 64
"""Tokens. For fewer a file is not loaded."""
_SAMPLE_BYTES = 4096
_SAMPLES = 256
_SECONDS_TO_END = 20.0
_DIGITS = 16


class _Header(msgspec.Struct, frozen=True):
    """``tokens`` as 32-bit integers, from the beginning to the end; the file's cells begin at ``start``."""

    key: str
    versions: str
    start: int
    read: int
    short: int
    tokens: bytes
    state_bytes: int
    state_hash: bytes


@dataclass(frozen=True, slots=True)
class _Link:
    """A file that the text in hand stands on: ``tokens`` from the beginning, cells from ``start`` on."""

    path: Path
    start: int
    tokens: "array[int]"

    def leads_to(self, tokens: "array[int]", start: int) -> bool:
        """Whether some of its cells stand before ``start`` in these tokens."""
        first = self.start + 1
        return self.start < start and self.tokens[:first] == tokens[:first]


@dataclass(frozen=True, slots=True)
class _Job:
    """Cells to be written: of ``tokens`` from ``start`` on."""

    link: _Link
    read: int
    short: int
    data: bytearray
    chain: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class FoundState:
    """A file that holds cells of a prompt: from ``start`` on, of use up to ``common``. See `lines.Line`."""

    path: Path
    start: int
    common: int
    read: int
    short: int


class StateFiles:
    """The states of one model. Saving goes on in a thread; whatever fails, nothing is kept and nobody is told."""

    def __init__(self, folder: Path, key: str, versions: str, limit_bytes: int) -> None:
        """``key`` tells the model and how it is run, see `model_key`; files of other ``versions`` are removed."""
        self._folder = folder
        self._key = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
        self._versions = versions
        self._limit = limit_bytes
        self._known: dict[Path, tuple[_Header, _Link]] = {}
        self._chain: list[_Link] = []
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._writer: threading.Thread | None = None
        self.has_room = True
        """False once a chain has grown to the limit, or the disk takes no more."""

    # -- finding ---------------------------------------------------------------------------------------

    def find(self, tokens: Sequence[int], start: int) -> Iterator[FoundState]:
        """The files that lead furthest into the prompt from ``start`` on, to be loaded one after another."""
        known = self._look()
        while True:
            best: FoundState | None = None
            for path, (header, link) in known.items():
                if link.start > start:
                    continue
                common = common_length(link.tokens, tokens)
                if common >= start + _LEAST_GAIN and (best is None or common > best.common):
                    best = FoundState(path, link.start, common, header.read, header.short)
            if best is None:
                return
            yield best
            start = best.common

    def load(self, found: FoundState) -> bytearray | None:
        """The cells of a file that was found; None, and the file removed, when they are not what was saved."""
        try:
            header, data = _read_cells(found.path)
            os.utime(found.path)
        except (OSError, ValueError, MemoryError):
            self._remove(found.path)
            return None
        self._chain = [link for link in self._chain if link.path != found.path]
        self._chain.append(_Link(found.path, header.start, array("i", header.tokens)))
        return data

    def _look(self) -> dict[Path, tuple[_Header, _Link]]:
        """The model's files that are there now."""
        paths = set(_paths(self._folder))
        for gone in self._known.keys() - paths:
            del self._known[gone]
        for path in paths - self._known.keys():
            if not path.name.startswith(self._key):
                continue
            try:
                with path.open("rb") as file:
                    header = _read_header(file)
            except (OSError, ValueError):
                self._remove(path)
                continue
            if header.key == self._key and header.versions == self._versions:
                self._known[path] = header, _Link(path, header.start, array("i", header.tokens))
            else:
                self._remove(path)
        return self._known

    def _remove(self, path: Path) -> None:
        self._known.pop(path, None)
        with contextlib.suppress(OSError):
            path.unlink()

    # -- saving ----------------------------------------------------------------------------------------

    def save(self, tokens: Sequence[int], start: int, read: int, short: int, data: bytearray) -> bool:
        """Keeps the cells from ``start`` to the end of ``tokens``. False when the limit does not allow it."""
        packed = array("i", tokens)
        self._chain = [link for link in self._chain if link.leads_to(packed, start)]
        taken = sum(_size(link.path) for link in self._chain)
        if taken + len(data) + len(packed) * packed.itemsize > self._limit:
            self.has_room = False
            return False
        name = hashlib.sha256(packed.tobytes() + start.to_bytes(8, "little")).hexdigest()[: 2 * _DIGITS]
        link = _Link(self._folder / f"{self._key}-{name}{SUFFIX}", start, packed)
        self._chain.append(link)
        if self._writer is None:
            self._writer = threading.Thread(target=self._write_files, name="states", daemon=True)
            self._writer.start()
        self._jobs.put(_Job(link, read, short, data, tuple(each.path for each in self._chain)))
        return True

    @property
    def is_busy(self) -> bool:
        """Whether something still waits to be written."""
        return not self._jobs.empty()

    def close(self) -> None:
        """Waits until what was given to `save` is on disk."""
        if self._writer is not None:
            self._jobs.put(None)
            self._writer.join(_SECONDS_TO_END)
            self._writer = None

    def _write_files(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._write_file(job)
            except OSError:
                self.has_room = False

    def _write_file(self, job: _Job) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        link, data = job.link, job.data
        tokens = link.tokens.tobytes()
        remove_oldest(self._folder, self._limit - len(data) - len(tokens), keep=job.chain)
        header = _Header(self._key, self._versions, link.start, job.read, job.short, tokens, len(data), _hash(data))
        packed = msgspec.msgpack.encode(header)
        # mkstemp makes a file that nobody else may read.
        handle, name = tempfile.mkstemp(dir=self._folder, prefix="new-", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_HEADER.pack(_MAGIC, len(packed), zlib.crc32(packed)))
                file.write(packed)
                file.write(data)
            Path(name).replace(link.path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
        # The whole chain is as young as its last file: alone none of them is of use.
        for path in job.chain:
            with contextlib.suppress(OSError):
                os.utime(path)


def remove_oldest(folder: Path, limit_bytes: int, keep: Sequence[Path] = ()) -> None:
    """Removes the states that were used longest ago until the folder holds at most ``limit_bytes``.

    States of other programs' making and what an interrupted saving has left are removed, too.
    """
    for part in folder.glob("new-*.part"):
        with contextlib.suppress(OSError):
            if time.time() - part.stat().st_mtime > _SECONDS_TO_END:
                part.unlink()
    found = []
    for path in _paths(folder):
        with contextlib.suppress(OSError):
            if not _has_magic(path):
                path.unlink()
                continue
            status = path.stat()
            found.append((path in keep, status.st_mtime_ns, status.st_size, path))
    total = sum(size for _kept, _time, size, _path in found)
    for kept, _time, size, path in sorted(found):
        if total <= limit_bytes or kept:
            return
        with contextlib.suppress(OSError):
            path.unlink()
            total -= size


def model_key(path: Path) -> str:
    """What tells a model file from every other: its size, its time, and samples from all over it. Raises OSError."""
    status = path.stat()
    digest = hashlib.sha256(f"{status.st_size} {status.st_mtime_ns}".encode())
    with path.open("rb") as file:
        for number in range(_SAMPLES):
            file.seek(max(0, status.st_size - _SAMPLE_BYTES) * number // (_SAMPLES - 1))
            digest.update(file.read(_SAMPLE_BYTES))
    return digest.hexdigest()


def _read_cells(path: Path) -> tuple[_Header, bytearray]:
    """A whole file. Raises OSError, and ValueError when the cells are not those that were saved."""
    with path.open("rb") as file:
        header = _read_header(file)
        if header.state_bytes > path.stat().st_size:
            raise ValueError("cut off")
        data = bytearray(header.state_bytes)
        got = file.readinto(data)
    if got != header.state_bytes or _hash(data) != header.state_hash:
        raise ValueError("damaged")
    return header, data


def _read_header(file: BinaryIO) -> _Header:
    """Raises ValueError for a file that is not ours, or damaged."""
    start = file.read(_HEADER.size)
    if len(start) < _HEADER.size:
        raise ValueError("too short")
    magic, length, checksum = _HEADER.unpack(start)
    if magic != _MAGIC or length > _LARGEST_HEADER:
        raise ValueError("no state of a model")
    packed = file.read(length)
    if len(packed) < length or zlib.crc32(packed) != checksum:
        raise ValueError("damaged")
    header = _header_decoder.decode(packed)
    if len(header.tokens) % array("i").itemsize or not 0 <= header.start * array("i").itemsize < len(header.tokens):
        raise ValueError("damaged")
    return header


def _paths(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from folder.glob(f"*{SUFFIX}")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _has_magic(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _hash(data: bytes | bytearray) -> bytes:
    return hashlib.blake2b(data, digest_size=_HASH_BYTES).digest()


_header_decoder = msgspec.msgpack.Decoder(_Header)
