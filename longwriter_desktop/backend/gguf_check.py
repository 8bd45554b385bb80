"""Reading the header of a GGUF file, to refuse what is no model before llama.cpp sees it.

llama.cpp reads a broken header trustingly: a made-up length costs memory, a missing end of the file a
crash in the middle of a text. Here every length is held against the size of the file first. Format:
https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

import errno
import math
import mmap
import struct
from dataclasses import dataclass, field, replace
from pathlib import Path

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.errors import ModelProblem, OutOfMemory

_MAGIC = b"GGUF"
_HEADER = struct.Struct("<4sIQQ")
_U32 = struct.Struct("<I")
_U64 = struct.Struct("<Q")
_OLDEST_VERSION, _NEWEST_VERSION = 2, 3

_MOST_KEYS = 20_000
_MOST_TENSORS = 100_000
_MOST_STRINGS = 4_000_000
"""In all arrays together. The largest vocabularies with their merges have under a million."""
_LONGEST_KEPT_ARRAY = 1024
_MOST_KEPT_BYTES = 64 * 1024 * 1024
"""Of all texts and short arrays together. A chat template has a few thousand."""
_BYTES_OF_A_VALUE = 64
_MOST_DIMENSIONS = 4
_DEFAULT_ALIGNMENT = 32

_STRING, _ARRAY = 8, 9
_SCALARS = {
    code: struct.Struct("<" + letter)
    for code, letter in ((0, "B"), (1, "b"), (2, "H"), (3, "h"), (4, "I"), (5, "i"), (6, "f"), (7, "?"), (10, "Q"))
} | {11: struct.Struct("<q"), 12: struct.Struct("<d")}

BLOCKS: dict[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36), 10: (256, 84),
    11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 16: (256, 66), 17: (256, 74),
    18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136), 24: (1, 1), 25: (1, 2),
    26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54), 35: (256, 66), 39: (32, 17),
    40: (64, 36), 41: (128, 18), 42: (64, 18),
}  # fmt: skip  # A table: one line a type would be a page.
"""ggml's tensor types: weights in a block, bytes of a block. As of llama.cpp 0c1e57098."""

Value = int | float | bool | str


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a model take: for deciding which of them a graphics processor gets. Sizes in bytes."""

    layers: tuple[int, ...] = ()
    """The layers that repeat, from the first to the last."""
    output: int = 0
    """What turns the last layer's numbers into logits."""
    output_is_embedding: bool = False
    """It is the embedding's weights, of which the file holds one copy for both."""
    vocabulary_tokens: int = 0


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What a GGUF file says about itself. Sizes in bytes, lengths in tokens; 0 where it does not say."""

    path: Path
    file_bytes: int
    tensor_bytes: int
    values: dict[str, Value | tuple[Value, ...]] = field(repr=False)
    """Metadata: scalars, short texts and short arrays. Vocabularies are left out."""
    weights: Weights = field(default_factory=Weights)

    @property
    def architecture(self) -> str:
        return str(self.values.get("general.architecture", ""))

    def number(self, key: str) -> int:
        """A whole number among the architecture's own keys, such as ``number("context_length")``."""
        value = self.values.get(f"{self.architecture}.{key}")
        return int(value) if isinstance(value, int) and not isinstance(value, bool) else 0

    @property
    def context_tokens(self) -> int:
        """The longest context that the model was made for."""
        return self.number("context_length")

    @property
    def kv_values_per_token(self) -> int:
        """Numbers that the KV cache keeps of each token: keys and values of all layers and heads."""
        return sum(self.kv_values_by_layer)

    @property
    def kv_values_by_layer(self) -> tuple[int, ...]:
        """Of each layer, the numbers that the KV cache keeps of each token."""
        layers, heads = min(self.number("block_count"), _MOST_TENSORS), self.number("attention.head_count")
        width = self.number("embedding_length") // heads if heads else 0
        both = (self.number("attention.key_length") or width) + (self.number("attention.value_length") or width)
        by_layer = self.values.get(f"{self.architecture}.attention.head_count_kv")
        if isinstance(by_layer, tuple):
            return tuple(int(each) * both for each in by_layer if isinstance(each, int))
        return ((self.number("attention.head_count_kv") or heads) * both,) * layers


def read_header(path: Path) -> GgufHeader:
    """Reads and checks the header; takes milliseconds to tenths of a second, and no memory to speak of.

    Of a model in several files, ``path`` is the first, and sizes and weights are those of all of them.
    Raises ModelProblem with one sentence for a person when a file is missing, no GGUF, of an unknown
    version, damaged or cut off.
    """
    counted = _Counted()
    header = _read_one(path, counted)
    count = header.values.get("split.count", 1)
    return _with_the_others(header, count, counted) if isinstance(count, int) and count > 1 else header


def _with_the_others(first: GgufHeader, count: int, counted: "_Counted") -> GgufHeader:
    """The header of a model in ``count`` files, of which the first has the metadata; a layer may lie in two."""
    parts = parts_of(first.path)
    if len(parts) != count:
        raise ModelProblem(
            f"“{first.path}” is one of the {count} files of a model and has not the name that it was published under, "
            "so the others are not found. Give all of them their own names back."
        )
    if first.path != parts[0]:
        raise ModelProblem(
            f"“{first.path}” is not the first of the {count} files of its model. Choose {parts[0].name}."
        )
    missing = next((part for part in parts if not part.is_file()), None)
    if missing is not None:
        raise ModelProblem(
            f"The model “{first.path}” is in {count} files, and {missing.name} is missing. Download it again."
        )
    headers = [first, *(_read_one(part, counted) for part in parts[1:])]
    return replace(
        first,
        file_bytes=sum(header.file_bytes for header in headers),
        tensor_bytes=sum(header.tensor_bytes for header in headers),
        weights=counted.weights(),
    )


def _read_one(path: Path, counted: "_Counted") -> GgufHeader:
    """The header of one file; its weights are added to ``counted``."""
    try:
        if path.is_dir():
            raise ModelProblem(f"“{path}” is a folder, not a model. Choose a GGUF file.")
        with path.open("rb") as file:
            size = file.seek(0, 2)
            if size < _HEADER.size:
                length = "1 byte" if size == 1 else f"{size} bytes"
                raise ModelProblem(f"“{path}” is not a GGUF model: it has only {length}. Choose another file.")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _Reader(path, data, counted).header()
    except FileNotFoundError:
        raise ModelProblem(f"There is no model file “{path}”. Choose another model, or put the file back.") from None
    except PermissionError:
        raise ModelProblem(
            f"The model file “{path}” may not be read by you. Change its permissions, or choose another model."
        ) from None
    except OSError as error:
        if error.errno == errno.ENOMEM:
            raise OutOfMemory(
                f"There is not enough free memory to look into the model file “{path}”. Close other programs."
            ) from error
        reason = error.strerror or type(error).__name__
        raise ModelProblem(f"The model file “{path}” cannot be read: {reason}. Choose another model.") from error


class _Counted:
    """Which part of a model takes how many bytes; llama.cpp tells them by the names of the tensors."""

    def __init__(self) -> None:
        self._layers: dict[int, int] = {}
        self._other = {"output": 0, "token_embd": 0}
        self._vocabulary_tokens = 0

    def add(self, name: str, shape: list[int], size: int) -> None:
        """Adds a tensor to the part of the model that it belongs to."""
        part, _, rest = name.partition(".")
        number = rest.partition(".")[0]
        if part == "blk" and number.isascii() and number.isdecimal() and len(number) <= len(str(_MOST_TENSORS)):
            self._layers[int(number)] = self._layers.get(int(number), 0) + size
        elif part in self._other:
            self._other[part] += size
        if name == "token_embd.weight":
            self._vocabulary_tokens = shape[-1] if shape else 0

    def weights(self) -> Weights:
        layers = tuple(self._layers[number] for number in sorted(self._layers))
        output, embedding = self._other["output"], self._other["token_embd"]
        return Weights(layers, output or embedding, not output, self._vocabulary_tokens)


class _Reader:
    """Walks through a header, never past the end of the file, never more than the bounds above."""

    def __init__(self, path: Path, data: mmap.mmap, counted: _Counted) -> None:
        self._path = path
        self._data = data
        self._size = len(data)
        self._at = 0
        self._strings_left = _MOST_STRINGS
        self._bytes_left = _MOST_KEPT_BYTES
        self._counted = counted

    def header(self) -> GgufHeader:
        magic, version, tensors, keys = _HEADER.unpack_from(self._data, 0)
        self._at = _HEADER.size
        if magic != _MAGIC:
            raise ModelProblem(f"“{self._path}” is not a GGUF file, so it cannot be used as a model. Choose another.")
        if not _OLDEST_VERSION <= version <= _NEWEST_VERSION:
            raise ModelProblem(
                f"“{self._path}” is in version {version} of the GGUF format, which this app cannot read. "
                "Download the model again from a current source."
            )
        if keys > _MOST_KEYS or tensors > _MOST_TENSORS:
            raise self._damaged()
        values = self._metadata(keys)
        tensor_bytes = self._tensors(tensors, values)
        return GgufHeader(self._path, self._size, tensor_bytes, values, self._counted.weights())

    def _metadata(self, keys: int) -> dict[str, Value | tuple[Value, ...]]:
        values: dict[str, Value | tuple[Value, ...]] = {}
        for _ in range(keys):
            key = self._text()
            kind = self._u32()
            value = self._array() if kind == _ARRAY else self._value(kind)
            if value is not None:
                values[key] = value
        return values

    def _value(self, kind: int) -> Value:
        if kind == _STRING:
            return self._text()
        layout = _SCALARS.get(kind)
        if layout is None:
            raise self._damaged()
        start = self._step(layout.size)
        value: Value = layout.unpack_from(self._data, start)[0]
        return value

    def _array(self) -> tuple[Value, ...] | None:
        kind, count = self._u32(), self._u64()
        if count <= _LONGEST_KEPT_ARRAY and kind != _ARRAY:
            self._keep(count * _BYTES_OF_A_VALUE)
            return tuple(self._value(kind) for _ in range(count))
        if kind == _STRING:
            self._skip_strings(count)
        elif kind in _SCALARS:
            self._step(count * _SCALARS[kind].size)
        else:
            raise self._damaged()
        return None

    def _keep(self, size: int) -> None:
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise self._damaged()

    def _skip_strings(self, count: int) -> None:
        """The vocabulary: hundreds of thousands of texts, so nothing is called for each of them."""
        self._strings_left -= count
        if self._strings_left < 0:
            raise self._damaged()
        data, at, last, unpack = self._data, self._at, self._size - _U64.size, _U64.unpack_from
        for _ in range(count):
            if at > last:
                raise self._cut_off()
            at += _U64.size + unpack(data, at)[0]
        if at > self._size:
            raise self._cut_off()
        self._at = at

    def _tensors(self, count: int, values: dict[str, Value | tuple[Value, ...]]) -> int:
        """Bytes of all tensors. Raises when their data does not lie inside the file."""
        ends = [self._tensor() for _ in range(count)]
        alignment = values.get("general.alignment", _DEFAULT_ALIGNMENT)
        if not isinstance(alignment, int) or alignment <= 0 or alignment & (alignment - 1):
            raise self._damaged()
        start = -(-self._at // alignment) * alignment
        if not ends and "split.count" not in values:
            raise ModelProblem(f"“{self._path}” holds no weights, so it cannot write. Choose another model.")
        if start + max(ends, default=0) > self._size and ends:
            raise self._cut_off()
        return max(0, self._size - start)

    def _tensor(self) -> int:
        """Where the data of the next tensor in the table ends, in bytes from the start of all data."""
        name = self._text()
        dimensions = self._u32()
        if dimensions > _MOST_DIMENSIONS:
            raise self._damaged()
        shape = [self._u64() for _ in range(dimensions)]
        weights = math.prod(shape)
        kind, offset = self._u32(), self._u64()
        block = BLOCKS.get(kind)
        if block is None:
            raise ModelProblem(
                f"“{self._path}” has weights in a form (type {kind}) that this version of llama.cpp does not know. "
                "Choose another file of the model, such as Q4_K_M."
            )
        in_block, block_bytes = block
        if weights % in_block:
            raise self._damaged()
        size = weights // in_block * block_bytes
        self._counted.add(name, shape, size)
        return offset + size

    def _text(self) -> str:
        length = self._u64()
        self._keep(length)
        start = self._step(length)
        return self._data[start : start + length].decode("utf-8", "replace")

    def _u32(self) -> int:
        start = self._step(_U32.size)
        value: int = _U32.unpack_from(self._data, start)[0]
        return value

    def _u64(self) -> int:
        start = self._step(_U64.size)
        value: int = _U64.unpack_from(self._data, start)[0]
        return value

    def _step(self, length: int) -> int:
        """Goes on by ``length`` bytes and returns where it was."""
        start = self._at
        if start + length > self._size:
            raise self._cut_off()
        self._at = start + length
        return start

    def _cut_off(self) -> ModelProblem:
        return ModelProblem(
            f"The model file “{self._path}” is truncated: its end is missing, as after a download that broke off. "
            "Download it again."
        )

    def _damaged(self) -> ModelProblem:
        return ModelProblem(f"The model file “{self._path}” is damaged and cannot be used. Download it again.")
