"""Which context a model can be given in the memory that there is.

Memory is taken by the weights, by the KV cache (its length times what a token's keys and values take),
and by the room to compute in. An f16 cache is the fastest; q8_0 takes 34/64 of it and, in the tests of
llama.cpp's authors, costs no quality that can be measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.options import KvType

WORKING_BYTES = 400_000_000
"""The compute buffers, the vocabulary, and Python with its libraries."""
LONGEST_UNASKED = 32_768
"""Tokens. Where nobody says otherwise: 20,000 words with their plan, and not 16 GB for a context of 131,072."""
SHORTEST_CONTEXT = 2_048
"""Tokens. Under this no section can be written."""

_BYTES_PER_VALUE: dict[KvType, float] = {"f16": 2.0, "q8_0": 34 / 32}


@dataclass(frozen=True, slots=True)
class ContextPlan:
    """A context to try: its length in tokens, and the memory that the model needs with it, in bytes."""

    tokens: int
    kv_type: KvType
    needs_bytes: int


def wanted_context(header: GgufHeader, asked: int | None) -> int:
    """The context to aim for, in tokens: as asked, but never more than the model was made for."""
    made_for = header.context_tokens or LONGEST_UNASKED
    return max(1, min(asked or LONGEST_UNASKED, made_for))


def context_plans(header: GgufHeader, wanted: int, free_bytes: int) -> Iterator[ContextPlan]:
    """What to try, best first: f16 if it fits, q8_0, then shorter contexts; the shortest in any case."""
    tokens = wanted
    while True:
        for kv_type in _BYTES_PER_VALUE:
            plan = ContextPlan(tokens, kv_type, _needs(header, tokens, kv_type))
            if plan.needs_bytes <= free_bytes:
                yield plan
        if tokens // 2 < SHORTEST_CONTEXT:
            break
        tokens //= 2
    last = ContextPlan(tokens, "q8_0", _needs(header, tokens, "q8_0"))
    if last.needs_bytes > free_bytes:
        yield last


def least_bytes(header: GgufHeader) -> int:
    """The memory below which the model cannot be used at all."""
    return _needs(header, min(SHORTEST_CONTEXT, wanted_context(header, None)), "q8_0")


def _needs(header: GgufHeader, tokens: int, kv_type: KvType) -> int:
    cache = int(tokens * header.kv_values_per_token * _BYTES_PER_VALUE[kv_type])
    return header.tensor_bytes + cache + WORKING_BYTES
