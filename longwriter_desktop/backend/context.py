"""llama.cpp's context as a typed Python object: the KV cache, and decoding into it. Runs in the worker only.

The cache is one buffer for several sequences (``kv_unified``): sequence 0 holds the text in hand, the others
continue it in other ways. A cell that two sequences share is there once. Nothing is ever shifted.
https://github.com/ggml-org/llama.cpp/blob/master/include/llama.h
"""

import ctypes
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

import llama_cpp.llama_cpp as _c

from longwriter_desktop.backend.lines import GROUPS, TILES
from longwriter_desktop.backend.llama import Model
from longwriter_desktop.backend.options import KvType

C: Any = _c  # As in `llama`: the bindings' types are of use to no checker.

MAIN = 0
"""The sequence of the text in hand."""
BRANCHES = range(1, 9)
"""Sequences for continuations that are written at the same time."""
_SPARE = BRANCHES.stop
"""A sequence that is empty but for the moment in which a part of another is saved or loaded."""
_KV_TYPES: dict[KvType, int] = {"f16": C.GGML_TYPE_F16, "q8_0": C.GGML_TYPE_Q8_0}
_FLASH_AUTO, _FLASH_OFF, _FLASH_ON = -1, 0, 1


class NoContext(Exception):
    """There is not enough memory for a context of this size."""


class DecodeFailed(Exception):
    """llama_decode returned an error; the argument is its code."""


class Decoded(Enum):
    """How a batch went."""

    WHOLE = "whole"
    STOPPED = "stopped"


class Context:
    """A KV cache and the room to compute in. Raises NoContext."""

    def __init__(
        self,
        model: Model,
        *,
        tokens: int,
        kv_type: KvType,
        threads: tuple[int, int],
        batch: int,
        flash_attention: bool | None = None,
    ) -> None:
        """``threads``: for writing, for reading. ``batch``: most tokens read in one go.

        ``flash_attention`` None leaves it to llama.cpp; a q8_0 cache needs it.
        """
        parameters = C.llama_context_default_params()
        parameters.n_ctx = tokens
        parameters.n_batch = parameters.n_ubatch = batch
        parameters.n_seq_max = _SPARE + 1
        parameters.kv_unified = True
        # Logits of one token of each sequence only: a buffer for all of a batch is 262 MB at a 128k vocabulary.
        parameters.n_outputs_max = parameters.n_seq_max
        parameters.n_threads, parameters.n_threads_batch = threads
        parameters.type_k = parameters.type_v = _KV_TYPES[kv_type]
        flash = True if kv_type == "q8_0" else flash_attention
        parameters.flash_attn_type = _FLASH_AUTO if flash is None else _FLASH_ON if flash else _FLASH_OFF
        # Models with sliding windows forget what is needed when the text is cut back, unless the cache is full size.
        parameters.swa_full = True
        self.pointer = C.llama_init_from_model(model.pointer, parameters)
        if not self.pointer:
            raise NoContext
        self.tokens = int(C.llama_n_ctx_seq(self.pointer))
        self.batch = batch
        self.kv_type = kv_type
        self.grid = GROUPS if kv_type == "q8_0" or flash_attention is False else TILES
        """How the reading has to be cut into pieces."""
        self._memory = C.llama_get_memory(self.pointer)
        self._batch = C.llama_batch_init(batch, 0, 1)
        self._threads = self._used_threads = threads
        self._abort: Any = None
        # A recurrent model has one state and no cells; one with sliding windows does not save what is outside of them.
        self.has_states = not (
            C.llama_model_is_recurrent(model.pointer)
            or C.llama_model_is_hybrid(model.pointer)
            or C.llama_model_n_swa(model.pointer)
        )
        """Whether parts of a sequence can be saved, see `state`."""

    # -- computing -------------------------------------------------------------------------------------

    def decode(self, tokens: Sequence[int], position: int, *, logits: bool, sequence: int = MAIN) -> Decoded:
        """Reads the tokens behind ``position`` cells of a sequence; ``logits``: of the last one, for sampling.

        Raises DecodeFailed. After it, and after STOPPED, `length` tells what is kept.
        """
        self._use_threads(*self._threads)
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            self._put(index, token, position + index, sequence)
            batch.logits[index] = False
        batch.logits[len(tokens) - 1] = logits
        return self._decode()

    def decode_each(self, entries: Sequence[tuple[int, int, int]]) -> Decoded:
        """Reads one token for each of several sequences: (token, its position, sequence), with its logits.

        The logits of the n-th entry are sampled with index n. At most ``len(BRANCHES)`` entries. Raises
        DecodeFailed.
        """
        self._use_threads(self._threads[0], self._threads[0])
        batch = self._batch
        batch.n_tokens = len(entries)
        for index, (token, position, sequence) in enumerate(entries):
            self._put(index, token, position, sequence)
            batch.logits[index] = True
        return self._decode()

    def _put(self, index: int, token: int, position: int, sequence: int) -> None:
        batch = self._batch
        batch.token[index] = token
        batch.pos[index] = position
        batch.n_seq_id[index] = 1
        batch.seq_id[index][0] = sequence

    def _decode(self) -> Decoded:
        code = C.llama_decode(self.pointer, self._batch)
        if code == 0:
            return Decoded.WHOLE
        if code == 2:
            return Decoded.STOPPED
        raise DecodeFailed(code)

    def synchronize(self) -> None:
        """Waits until a device has done what `decode` handed to it."""
        C.llama_synchronize(self.pointer)

    def stop_when(self, stopped: Callable[[], bool] | None) -> None:
        """``stopped`` is asked hundreds of times a batch, between the operations of the CPU; None: never again."""
        if stopped is None and self._abort is None:
            return
        callback = C.ggml_abort_callback(0 if stopped is None else (lambda _data: stopped()))
        C.llama_set_abort_callback(self.pointer, callback, None)
        self._abort = None if stopped is None else callback  # llama.cpp keeps only the pointer.

    @property
    def threads(self) -> tuple[int, int]:
        """For writing, for reading."""
        return self._threads

    def set_threads(self, writing: int) -> None:
        """From the next token on; costs next to nothing."""
        self._threads = writing, self._threads[1]

    def _use_threads(self, one: int, many: int) -> None:
        """For a batch of one token, and of more."""
        if (one, many) != self._used_threads:
            self._used_threads = one, many
            C.llama_set_n_threads(self.pointer, one, many)

    # -- cells -----------------------------------------------------------------------------------------

    def length(self, sequence: int = MAIN) -> int:
        """Cells in use by a sequence."""
        return int(C.llama_memory_seq_pos_max(self._memory, sequence)) + 1

    def cut(self, length: int, sequence: int = MAIN) -> int:
        """Forgets a sequence's cells from ``length`` on; returns how many are left: 0 if it can only forget all."""
        if C.llama_memory_seq_rm(self._memory, sequence, length, -1):
            return length
        C.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return 0

    def share(self, source: int, target: int, length: int) -> None:
        """Gives the first ``length`` cells of a sequence to another as well, in place of what that one had."""
        C.llama_memory_seq_rm(self._memory, target, -1, -1)
        C.llama_memory_seq_cp(self._memory, source, target, 0, length)

    # -- states ----------------------------------------------------------------------------------------

    def state(self, start: int, end: int, sequence: int = MAIN) -> bytearray:
        """A sequence's cells from ``start`` to ``end`` as bytes; empty when they cannot be had.

        For `put_state` of a context of the same model and types only.
        """
        if not self.has_states or start >= end:
            return bytearray()
        C.llama_memory_seq_cp(self._memory, sequence, _SPARE, start, end)
        try:
            size = int(C.llama_state_seq_get_size(self.pointer, _SPARE))
            data = bytearray(size)
            buffer = (ctypes.c_uint8 * size).from_buffer(data)
            got = int(C.llama_state_seq_get_data(self.pointer, buffer, size, _SPARE))
            del buffer
            return data if got == size else bytearray()
        finally:
            C.llama_memory_seq_rm(self._memory, _SPARE, -1, -1)

    def put_state(self, data: bytearray, end: int) -> bool:
        """Puts cells from `state` behind those of the main sequence, as far as position ``end``.

        False when llama.cpp does not take them; the main sequence is then as it was.
        """
        before = self.length()
        buffer = (ctypes.c_uint8 * len(data)).from_buffer(data)
        try:
            if not C.llama_state_seq_set_data(self.pointer, buffer, len(data), _SPARE):
                return False
            C.llama_memory_seq_cp(self._memory, _SPARE, MAIN, before, end)
        finally:
            del buffer
            C.llama_memory_seq_rm(self._memory, _SPARE, -1, -1)
        if self.length() == end:
            return True
        self.cut(before)
        return False

    def close(self) -> None:
        """Gives the memory back."""
        if self.pointer:
            C.llama_batch_free(self._batch)
            C.llama_free(self.pointer)
            self.pointer = None
