"""llama.cpp's model, vocabulary and devices as typed Python objects, one call each. Runs in the worker only.

The bindings' functions are ctypes functions; what they return is checked here, so that nobody else deals
with pointers. https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h
"""

import ctypes
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import llama_cpp
import llama_cpp.llama_cpp as _c  # The package re-exports the class Llama instead of half of these.
from llama_cpp._ggml import libggml

from longwriter_desktop.backend.messages import Device
from longwriter_desktop.backend.prompt_tokens import SpecialToken

# The bindings' types are half aliases, half ctypes objects, and no two functions agree: they are of use to no checker.
C: Any = _c

_ERROR_LEVEL = 4
_WARN_LEVEL = 3
_KEPT_ERRORS = 20
_ABORTED = re.compile(
    r"async failed with error 1\s*$|compute status: 1\s*$|failed to decode, ret = 2\s*$|removing memory module entries"
)
"""Messages about an abort (GGML_STATUS_ABORTED) that was asked for, and about what is forgotten then: no errors."""
_LONGEST_PIECE = 256
_DEVICE_KINDS = ("CPU", "GPU", "integrated GPU", "accelerator", "combined")


class CannotLoad(Exception):
    """llama.cpp does not open the file; the argument is its own reason, or ""."""


_in_use: list[Any] = []
"""llama.cpp keeps only the pointer to what takes its messages, and may call it as long as the process lives."""


class Log:
    """Takes over llama.cpp's messages: warnings and errors go to ``write``, the last errors are kept; aborts are not.

    llama.cpp's own sink would put more than a thousand lines a context on the terminal. Its messages name
    tensors and metadata, never a text of the person's.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self.errors: list[str] = []
        self._write = write
        self._level = 0
        callback = C.llama_log_callback(self._take)
        C.llama_log_set(callback, None)
        _in_use.append(callback)

    def _take(self, level: int, text: bytes | None, _data: object) -> None:
        # GGML_LOG_LEVEL_CONT (5) goes on with the line before it.
        self._level = level if level <= _ERROR_LEVEL else self._level
        if self._level < _WARN_LEVEL or not text:
            return
        line = text.decode("utf-8", "replace")
        if _ABORTED.search(line):
            return
        self._write(line)
        if self._level == _ERROR_LEVEL:
            self.errors.append(line.strip())
            del self.errors[:-_KEPT_ERRORS]


def start() -> None:
    """Must be called once, before anything else."""
    C.llama_backend_init()


def versions() -> tuple[str, str]:
    """Of llama-cpp-python, and of the llama.cpp inside it."""
    return llama_cpp.__version__, C.llama_version().decode("utf-8", "replace")


def system_info() -> str:
    """The features of the processor and the back ends that this build uses."""
    return str(C.llama_print_system_info().decode("utf-8", "replace").strip())


def supports_gpu_offload() -> bool:
    """Whether this build of llama.cpp, with the drivers that are here, can compute on a GPU."""
    return bool(C.llama_supports_gpu_offload())


def backends() -> tuple[str, ...]:
    """What this build can compute with, such as "CPU", "CUDA", "Metal" or "Vulkan"."""
    ggml: Any = libggml
    ggml.ggml_backend_reg_count.restype = ctypes.c_size_t
    ggml.ggml_backend_reg_get.restype = ctypes.c_void_p
    ggml.ggml_backend_reg_get.argtypes = [ctypes.c_size_t]
    ggml.ggml_backend_reg_name.restype = ctypes.c_char_p
    ggml.ggml_backend_reg_name.argtypes = [ctypes.c_void_p]
    count = ggml.ggml_backend_reg_count()
    return tuple(_text(ggml.ggml_backend_reg_name(ggml.ggml_backend_reg_get(index))) for index in range(count))


def devices() -> tuple[Device, ...]:
    """What ggml can compute on, with its memory."""
    ggml: Any = libggml
    ggml.ggml_backend_dev_count.restype = ctypes.c_size_t
    ggml.ggml_backend_dev_get.restype = ctypes.c_void_p
    ggml.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    found = []
    for name, restype in (("name", ctypes.c_char_p), ("description", ctypes.c_char_p), ("type", ctypes.c_int)):
        function = getattr(ggml, f"ggml_backend_dev_{name}")
        function.restype, function.argtypes = restype, [ctypes.c_void_p]
    size = ctypes.POINTER(ctypes.c_size_t)
    ggml.ggml_backend_dev_memory.restype = None
    ggml.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, size, size]
    for index in range(ggml.ggml_backend_dev_count()):
        device = ggml.ggml_backend_dev_get(index)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        ggml.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        kind = ggml.ggml_backend_dev_type(device)
        found.append(
            Device(
                name=_text(ggml.ggml_backend_dev_name(device)),
                description=_text(ggml.ggml_backend_dev_description(device)),
                kind=_DEVICE_KINDS[kind] if kind < len(_DEVICE_KINDS) else f"type {kind}",
                memory_free_bytes=free.value,
                memory_total_bytes=total.value,
            )
        )
    return tuple(found)


def _device(name: str) -> int:
    """ggml's own pointer to a device. Raises CannotLoad when it is not there any more."""
    ggml: Any = libggml
    ggml.ggml_backend_dev_by_name.restype = ctypes.c_void_p
    ggml.ggml_backend_dev_by_name.argtypes = [ctypes.c_char_p]
    found = ggml.ggml_backend_dev_by_name(name.encode())
    if not found:
        raise CannotLoad(f"the device {name} is gone")
    return int(found)


class Model:
    """An open GGUF file.

    ``layers``: of the model's last layers, how many each device holds, by the device's name; the output counts
    as one. The rest stays in the computer's memory. ``repack``: lay the weights out anew for the processor.
    ``on_progress`` gets fractions from 0 to 1; returning False stops the loading. Raises CannotLoad.
    """

    def __init__(
        self, path: Path, log: Log, *, layers: Mapping[str, int], repack: bool, on_progress: Callable[[float], bool]
    ) -> None:
        parameters = C.llama_model_default_params()
        used = {name: count for name, count in layers.items() if count}
        parameters.n_gpu_layers = sum(used.values())
        # A list that ends with NULL; an empty one keeps llama.cpp from preparing devices that nothing is put on.
        listed = (ctypes.c_void_p * (len(used) + 1))(*map(_device, used), None)
        parameters.devices = ctypes.cast(listed, ctypes.c_void_p)
        shares = (ctypes.c_float * max(len(used), C.llama_max_devices()))(*used.values())
        if used:
            parameters.tensor_split = shares
        # A file that is mapped into memory stays there beside what is repacked: 3 GB more with an 8B model.
        parameters.use_extra_bufts = repack
        parameters.load_mode = C.LLAMA_LOAD_MODE_NONE if repack else C.LLAMA_LOAD_MODE_AUTO
        callback = C.llama_progress_callback(lambda fraction, _data: on_progress(fraction))
        parameters.progress_callback = callback
        log.errors.clear()
        self.pointer = C.llama_model_load_from_file(str(path).encode("utf-8", "surrogateescape"), parameters)
        if not self.pointer:
            raise CannotLoad("; ".join(dict.fromkeys(log.errors[-3:])))
        self.vocabulary = Vocab(self)

    @property
    def chat_template(self) -> str | None:
        """The Jinja template in the file."""
        found = C.llama_model_chat_template(self.pointer, None)
        return _text(found) if found else None

    @property
    def can_write(self) -> bool:
        """False for models that only encode, such as those for embeddings."""
        return bool(C.llama_model_has_decoder(self.pointer)) and not C.llama_model_is_diffusion(self.pointer)

    def close(self) -> None:
        """Gives the memory back."""
        if self.pointer:
            C.llama_model_free(self.pointer)
            self.pointer = None


class Vocab:
    """A model's tokens. Text goes in and comes out as plain text: special tokens are never read out of it."""

    def __init__(self, model: Model) -> None:
        self.pointer = C.llama_model_get_vocab(model.pointer)
        self.size = int(C.llama_vocab_n_tokens(self.pointer))
        self.bos = int(C.llama_vocab_bos(self.pointer))
        self.eos = int(C.llama_vocab_eos(self.pointer))
        self.adds_bos = bool(C.llama_vocab_get_add_bos(self.pointer))
        self._is_spm = C.llama_vocab_type(self.pointer) == C.LLAMA_VOCAB_TYPE_SPM
        self.ends: frozenset[int] = frozenset(
            token for token in range(self.size) if C.llama_vocab_is_eog(self.pointer, token)
        )
        self.special = self._special()
        self._pieces: dict[int, bytes] = {}

    def _special(self) -> dict[str, SpecialToken]:
        named = C.LLAMA_TOKEN_ATTR_CONTROL | C.LLAMA_TOKEN_ATTR_USER_DEFINED
        found = {}
        for token in range(self.size):
            attributes = C.llama_vocab_get_attr(self.pointer, token)
            if attributes & named:
                found[self.name(token)] = SpecialToken(
                    token,
                    strips_before=bool(attributes & C.LLAMA_TOKEN_ATTR_LSTRIP),
                    strips_after=bool(attributes & C.LLAMA_TOKEN_ATTR_RSTRIP),
                )
        return found

    def name(self, token: int) -> str:
        """The token as it is written in the vocabulary; "" for none."""
        return _text(C.llama_vocab_get_text(self.pointer, token)) if 0 <= token < self.size else ""

    def tokenize(self, text: str, *, continuing: bool = False) -> list[int]:
        """The tokens of a text. ``continuing``: it goes on behind other text, so no space is put in front.

        SentencePiece vocabularies put a space in front of any text. To keep it away, the text is cut
        together with a line break, which stays a token of its own there, and that one is taken off.
        """
        if continuing and self._is_spm:
            mark = self._cut("\n")
            both = self._cut("\n" + text)
            if both[: len(mark)] == mark:
                return both[len(mark) :]
        return self._cut(text)

    def _cut(self, text: str) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        while True:
            tokens = (ctypes.c_int32 * room)()
            count = C.llama_tokenize(self.pointer, data, len(data), tokens, room, False, False)
            if count >= 0:
                return list(tokens[:count])
            room = -count

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for; none for a control token. Not always whole characters."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._read_piece(token)
        return known

    def _read_piece(self, token: int) -> bytes:
        size = _LONGEST_PIECE
        while True:
            buffer = ctypes.create_string_buffer(size)
            count = C.llama_token_to_piece(self.pointer, token, buffer, size, 0, False)
            if count >= 0:
                return buffer.raw[:count]
            size = -count


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
