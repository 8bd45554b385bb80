"""Making GGUF files wrong in every place: a seeded mutator, for the tests and for the benchmark of a thousand.

A mutation is a few bytes written into a copy of a sound file, or its end cut off; it is taken back afterwards,
so that a thousand of them need no thousand files of 98 MB.
"""

import contextlib
import random
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_STRING, _ARRAY = 8, 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
_TYPE_CODES = (*range(14), 255, 2**31)
_TENSOR_TYPES = (*range(42), 99, 2**32 - 1)
_TRICKY = (0, 1, 2, 3, 7, 255, 2**16, 2**31 - 1, 2**31, 2**32 - 1, 2**40, 2**62, 2**63, 2**64 - 1)
_TRICKY_FLOATS = (0.0, -1.0, 1e-30, 1e30, float("inf"), float("nan"))
_FLOAT = 6

Span = tuple[int, int]
"""Where a field lies in the file: its first byte, and the first behind it."""
Patch = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Mutation:
    """What is done to the file: bytes put in at places, and the length that it is cut to, None for all of it."""

    kind: str
    patches: tuple[Patch, ...] = ()
    length: int | None = None


@dataclass
class _Fields:
    """Where everything in a sound file lies."""

    counts: list[Span] = field(default_factory=list)
    lengths: list[Span] = field(default_factory=list)
    keys: list[Span] = field(default_factory=list)
    types: list[Span] = field(default_factory=list)
    numbers: list[Span] = field(default_factory=list)
    floats: list[Span] = field(default_factory=list)
    texts: list[Span] = field(default_factory=list)
    array_heads: list[Span] = field(default_factory=list)
    vocabulary: list[Span] = field(default_factory=list)
    """Of each array of texts or numbers all of its elements together."""
    tensor_names: list[Span] = field(default_factory=list)
    dimensions: list[Span] = field(default_factory=list)
    tensor_types: list[Span] = field(default_factory=list)
    offsets: list[Span] = field(default_factory=list)
    header_end: int = 0


class GgufMutator:
    """Mutations of one sound file; the same seed gives the same one."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._size = source.stat().st_size
        with source.open("rb") as file:
            head = file.read(min(self._size, 32_000_000))
        self._head = head
        self._fields = _Walk(head).fields()
        makers: dict[str, Callable[[random.Random], list[Patch]]] = {
            "count in the header": lambda chance: self._number(chance, self._fields.counts),
            "length of a text": lambda chance: self._number(chance, self._fields.lengths),
            "name of a key": lambda chance: self._bytes(chance, self._fields.keys),
            "type of a value": lambda chance: self._code(chance, self._fields.types, _TYPE_CODES),
            "whole number": lambda chance: self._number(chance, self._fields.numbers),
            "fraction": self._float,
            "text": lambda chance: self._bytes(chance, self._fields.texts),
            "head of an array": lambda chance: self._number(chance, self._fields.array_heads),
            "vocabulary": lambda chance: self._stretch(chance, *chance.choice(self._fields.vocabulary)),
            "name of a tensor": lambda chance: self._bytes(chance, self._fields.tensor_names),
            "dimension of a tensor": lambda chance: self._number(chance, self._fields.dimensions),
            "type of a tensor": lambda chance: self._code(chance, self._fields.tensor_types, _TENSOR_TYPES),
            "offset of a tensor": lambda chance: self._number(chance, self._fields.offsets),
            "several fields": self._several,
            "random bytes in the header": lambda chance: self._stretch(chance, 0, self._fields.header_end),
            "weights": lambda chance: self._stretch(chance, self._fields.header_end, self._size),
        }
        self._makers = makers
        self.kinds = (*makers, "truncated")

    def mutation(self, seed: int) -> Mutation:
        """The mutation of this seed; kinds come in turns."""
        chance = random.Random(seed)
        kind = self.kinds[seed % len(self.kinds)]
        if kind == "truncated":
            end = chance.choice((64, self._fields.header_end, self._size, self._size))
            return Mutation(kind, length=chance.choice((chance.randrange(end), end - chance.randrange(1, 64))))
        return Mutation(kind, tuple(self._makers[kind](chance)))

    @contextlib.contextmanager
    def applied(self, mutation: Mutation, copy: Path) -> Iterator[None]:
        """``copy``, which holds what the source holds, with the mutation for as long as the context lasts.

        Nobody may have the file open when it ends.
        """
        with copy.open("r+b") as file:
            for place, data in mutation.patches:
                file.seek(place)
                file.write(data)
            if mutation.length is not None:
                file.truncate(mutation.length)
        try:
            yield
        finally:
            with self._source.open("rb") as source, copy.open("r+b") as file:
                for place, data in mutation.patches:
                    source.seek(place)
                    file.seek(place)
                    file.write(source.read(len(data)))
                if mutation.length is not None:
                    source.seek(mutation.length)
                    file.seek(mutation.length)
                    shutil.copyfileobj(source, file, 1 << 20)

    def _number(self, chance: random.Random, spans: list[Span]) -> list[Patch]:
        start, end = chance.choice(spans)
        size = end - start
        old = int.from_bytes(self._head[start:end], "little")
        near = (old + 1, old - 1, old * 2, old // 2, old ^ (1 << chance.randrange(8 * size)))
        new = chance.choice((chance.choice(_TRICKY), chance.choice(near), chance.getrandbits(8 * size)))
        return [(start, (new % (1 << 8 * size)).to_bytes(size, "little"))]

    def _float(self, chance: random.Random) -> list[Patch]:
        start, _end = chance.choice(self._fields.floats)
        return [(start, struct.pack("<f", chance.choice(_TRICKY_FLOATS)))]

    @staticmethod
    def _code(chance: random.Random, spans: list[Span], codes: tuple[int, ...]) -> list[Patch]:
        start, _end = chance.choice(spans)
        return [(start, struct.pack("<I", chance.choice(codes)))]

    @staticmethod
    def _bytes(chance: random.Random, spans: list[Span]) -> list[Patch]:
        start, end = chance.choice([span for span in spans if span[1] > span[0]])
        places = {chance.randrange(start, end) for _ in range(chance.choice((1, 1, 3)))}
        return [(place, bytes([chance.randrange(256)])) for place in sorted(places)]

    @staticmethod
    def _stretch(chance: random.Random, start: int, end: int) -> list[Patch]:
        """Single bytes, a stretch of noise, of zeros or of ones."""
        length = min(end - start, chance.choice((1, 2, 8, 64, 1000, 20_000)))
        place = chance.randrange(start, end - length + 1)
        how = chance.randrange(4)
        if how == 0:
            places = sorted({chance.randrange(start, end) for _ in range(8)})
            return [(place, bytes([chance.randrange(256)])) for place in places]
        return [(place, (chance.randbytes(length), bytes(length), b"\xff" * length)[how - 1])]

    def _several(self, chance: random.Random) -> list[Patch]:
        """A few fields at a time, as when a tool has written its own idea of the format."""
        single = [kind for kind in self._makers if kind not in {"several fields", "vocabulary", "weights"}]
        patches = [patch for kind in chance.sample(single, 3) for patch in self._makers[kind](chance)]
        return sorted(patches)


class _Walk:
    """Goes through the header of a sound file and notes where its fields lie."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._at = 0
        self._found = _Fields()

    def fields(self) -> _Fields:
        found = self._found
        self._step(4, found.texts)
        self._step(4, found.counts)
        tensors, keys = self._step(8, found.counts), self._step(8, found.counts)
        for _ in range(keys):
            self._text(found.keys)
            self._value(self._step(4, found.types))
        for _ in range(tensors):
            self._text(found.tensor_names)
            for _ in range(self._step(4, found.dimensions)):
                self._step(8, found.dimensions)
            self._step(4, found.tensor_types)
            self._step(8, found.offsets)
        found.header_end = self._at
        return found

    def _step(self, size: int, spans: list[Span]) -> int:
        """Notes a field of ``size`` bytes and goes on behind it; returns it as a number."""
        start, self._at = self._at, self._at + size
        spans.append((start, self._at))
        return int.from_bytes(self._head[start : self._at], "little")

    def _text(self, spans: list[Span]) -> None:
        self._step(self._step(8, self._found.lengths), spans)

    def _value(self, kind: int) -> None:
        if kind == _STRING:
            self._text(self._found.texts)
        elif kind == _ARRAY:
            self._array()
        else:
            self._step(_SIZES[kind], self._found.floats if kind == _FLOAT else self._found.numbers)

    def _array(self) -> None:
        kind = self._step(4, self._found.array_heads)
        count = self._step(8, self._found.array_heads)
        start = self._at
        if kind == _STRING:
            for _ in range(count):
                self._at += 8 + int.from_bytes(self._head[self._at : self._at + 8], "little")
        else:
            self._at += count * _SIZES[kind]
        self._found.vocabulary.append((start, self._at))
