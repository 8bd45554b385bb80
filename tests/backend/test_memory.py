from pathlib import Path

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.memory import SHORTEST_CONTEXT, context_plans, least_bytes, wanted_context

GIB = 1 << 30
LLAMA_8B = GgufHeader(
    Path("8b.gguf"),
    4_920_733_824,
    4_912_000_000,
    {
        "general.architecture": "llama",
        "llama.context_length": 131_072,
        "llama.block_count": 32,
        "llama.embedding_length": 4096,
        "llama.attention.head_count": 32,
        "llama.attention.head_count_kv": 8,
    },
)


def test_a_token_of_an_8b_model_takes_128_kib_in_f16() -> None:
    assert LLAMA_8B.kv_values_per_token * 2 == 128 * 1024


def test_with_enough_memory_the_cache_is_f16() -> None:
    plan = next(context_plans(LLAMA_8B, 32_768, 16 * GIB))
    assert (plan.tokens, plan.kv_type) == (32_768, "f16")


def test_where_f16_does_not_fit_the_cache_is_q8_0_before_the_context_is_shortened() -> None:
    plan = next(context_plans(LLAMA_8B, 32_768, int(7.5 * GIB)))
    assert (plan.tokens, plan.kv_type) == (32_768, "q8_0")


def test_with_little_memory_the_context_is_shortened() -> None:
    plan = next(context_plans(LLAMA_8B, 32_768, 6 * GIB))
    assert plan.tokens < 32_768
    assert plan.needs_bytes <= 6 * GIB


def test_there_is_always_something_to_try() -> None:
    plans = list(context_plans(LLAMA_8B, 32_768, 0))
    assert [(plan.tokens, plan.kv_type) for plan in plans] == [(SHORTEST_CONTEXT, "q8_0")]


def test_the_context_is_never_longer_than_the_model_was_made_for_nor_131072_by_default() -> None:
    assert wanted_context(LLAMA_8B, None) == 32_768
    assert wanted_context(LLAMA_8B, 500_000) == 131_072


def test_the_least_memory_is_the_weights_and_a_short_context() -> None:
    assert LLAMA_8B.tensor_bytes < least_bytes(LLAMA_8B) < LLAMA_8B.tensor_bytes + GIB
