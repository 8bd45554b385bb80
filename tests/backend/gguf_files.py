"""Making small GGUF files, whole and broken, for the backend's tests."""

import struct
from pathlib import Path

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
