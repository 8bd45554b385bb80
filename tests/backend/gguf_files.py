"""Making small GGUF files, whole and broken, for the backend's tests."""

import struct
from pathlib import Path

import psutil

HEADER_BYTES = 24


def text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def scalar(key: str, value: int) -> bytes:
    return text(key) + struct.pack("<II", 4, value)


def string(key: str, value: str) -> bytes:
    return text(key) + struct.pack("<I", 8) + text(value)


def strings(key: str, values: list[str], count: int | None = None) -> bytes:
    head = struct.pack("<IIQ", 9, 8, len(values) if count is None else count)
    return text(key) + head + b"".join(map(text, values))


def tensor(name: str, shape: tuple[int, ...], kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)


def gguf(keys: list[bytes], tensors: list[bytes], data: bytes = b"", version: int = 3) -> bytes:
    body = struct.pack("<4sIQQ", b"GGUF", version, len(tensors), len(keys)) + b"".join(keys) + b"".join(tensors)
    return body + bytes(-len(body) % 32) + data


SOUND = gguf(
    [string("general.architecture", "llama"), scalar("llama.context_length", 4096), strings("tokens", ["a"] * 2000)],
    [tensor("w", (32, 4)), tensor("q", (32, 2), kind=2, offset=512)],
    bytes(512 + 36),
)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(data)
    return path


def larger_than_memory(path: Path) -> Path:
    """A consistent file of a model twice as large as this computer's memory; it takes next to nothing on disk."""
    rows = 2 * psutil.virtual_memory().total // (32 * 4)
    path.write_bytes(gguf([string("general.architecture", "llama")], [tensor("token_embd.weight", (32, rows))]))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size + rows * 32 * 4)
    return path
