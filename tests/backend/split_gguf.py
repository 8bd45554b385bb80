"""Splitting a real GGUF file into several, as llama.cpp's gguf-split does."""

import struct
from pathlib import Path

from longwriter_desktop.backend.gguf_check import BLOCKS

_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_ALIGNMENT = 32


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> int:
        [value] = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return int(value)

    def text(self) -> bytes:
        length = self.take("Q")
        self.at += length
        return self.data[self.at - length : self.at]

    def skip_value(self, kind: int) -> None:
        if kind == 8:
            self.text()
        elif kind == 9:
            inner, count = self.take("I"), self.take("Q")
            for _ in range(count):
                self.skip_value(inner)
        else:
            self.at += _SIZES[kind]


def split(source: Path, folder: Path, stem: str, count: int) -> list[Path]:
    """Writes ``count`` files of about as many tensors each, and returns them, the first first."""
    cursor = _Cursor(source.read_bytes())
    cursor.at = 8
    tensors, keys = cursor.take("Q"), cursor.take("Q")
    start = cursor.at
    for _ in range(keys):
        cursor.text()
        cursor.skip_value(cursor.take("I"))
    metadata = cursor.data[start : cursor.at]
    infos = []
    for _ in range(tensors):
        name = cursor.text()
        shape = [cursor.take("Q") for _ in range(cursor.take("I"))]
        infos.append((name, shape, cursor.take("I"), cursor.take("Q")))
    data = cursor.data[-(-cursor.at // _ALIGNMENT) * _ALIGNMENT :]
    paths = []
    for number in range(count):
        mine = infos[number * tensors // count : (number + 1) * tensors // count]
        extra = b"".join(
            _text(key) + struct.pack(form, kind, value)
            for key, form, kind, value in (
                (b"split.no", "<IH", 2, number),
                (b"split.count", "<IH", 2, count),
                (b"split.tensors.count", "<Ii", 5, tensors),
            )
        )
        own = metadata if number == 0 else b""
        head = struct.pack("<4sIQQ", b"GGUF", 3, len(mine), (keys if number == 0 else 0) + 3) + own + extra
        body = b""
        for name, shape, kind, offset in mine:
            head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, len(body))
            content = data[offset : offset + _bytes(shape, kind)]
            body += content + bytes(-len(content) % _ALIGNMENT)
        path = folder / f"{stem}-{number + 1:05}-of-{count:05}.gguf"
        path.write_bytes(head + bytes(-len(head) % _ALIGNMENT) + body)
        paths.append(path)
    return paths


def _bytes(shape: list[int], kind: int) -> int:
    block, size = BLOCKS[kind]
    weights = 1
    for each in shape:
        weights *= each
    return weights // block * size


def _text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value
