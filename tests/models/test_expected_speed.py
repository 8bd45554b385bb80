"""Speeds are checked against what was measured: tests/benchmarks/README.md, "Speed of the backend"."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.memory import Free, Plan, Room, best_plan
from longwriter_desktop.backend.options import EngineOptions, KvType
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.entry_header import entry_header
from longwriter_desktop.models.expected_speed import Expected, expected_speed
from longwriter_desktop.models.speeds import Speed
from longwriter_desktop.paths import AppPaths

GB = 10**9
CATALOGUE = load_catalogue(AppPaths.of_this_machine({"LONGWRITER_HOME": "/nowhere"}))
CPU = "CPU, 2 threads"
STARTER = Speed("starter", 158.4, 158.4 * 45, 0.0, CPU, 1.0, "SmolLM2", 98_362_432, 30)
SMALL = Speed("1.5b", 37.1, 37.1 * 45, 0.0, CPU, 1.0, "Qwen 1.5B", 1_117_320_768, 28)
CARD = Room("CUDA0", "Card", 24 * GB)


def entry(name: str) -> ModelEntry:
    found = CATALOGUE.by_name(name)
    assert found is not None
    return found


def opened(header: GgufHeader, *rooms: Room, kv_type: KvType | None = "f16", tokens: int = 32_768) -> Plan:
    return best_plan(header, Free(64 * GB, rooms), EngineOptions(kv_type=kv_type), tokens)


def expected(
    name: str, *speeds: Speed, rooms: tuple[Room, ...] = (), kv_type: KvType = "f16", tokens: int = 32_768
) -> Expected:
    header = entry_header(entry(name))
    found = expected_speed(header, opened(header, *rooms, kv_type=kv_type, tokens=tokens), speeds, (name,))
    assert found is not None
    return found


def test_one_models_speed_says_how_fast_others_are_at_a_short_text() -> None:
    # On that machine the 8B shape wrote 8.6 to 9.1 tokens a second, Qwen2.5-1.5B 37, the starter 158: the shortest
    # context hides what attention costs.
    found = expected("longwriter-8b-q4_k_m", SMALL, tokens=512)
    assert found.slow < 8.8 * 45 < found.fast
    assert found.source == "from what was measured here with Qwen 1.5B"
    large = Speed("8b", 8.8, 8.8 * 45, 0.0, CPU, 1.0, "8B", 4_920_733_824, 32)
    found = expected("qwen2.5-1.5b-q4_k_m", large, tokens=512)
    assert found.slow < 37 * 45 < found.fast


def test_the_smallest_says_nothing_of_the_largest() -> None:
    for each in CATALOGUE.entries[:-1]:
        assert expected(each.name, STARTER).source.startswith("as published")


def test_what_was_measured_with_the_model_itself_goes_first() -> None:
    own = replace(STARTER, tokens_per_second=100.0, words_per_minute=4000.0, measured_at=0.5)
    found = expected("starter", SMALL, own, tokens=512)
    assert found.source == "measured here with this model"
    assert found.slow == found.fast
    assert 3500 < found.fast < 4000  # as measured, less what 256 tokens of text cost on average


def test_a_long_text_makes_writing_slower() -> None:
    short, long = expected("longwriter-8b-q4_k_m", SMALL, tokens=512), expected("longwriter-8b-q4_k_m", SMALL)
    assert 0.5 < long.fast / short.fast < 0.8


def test_a_q8_0_cache_is_slow_on_the_processor_behind_a_long_text() -> None:
    whole, small = expected("longwriter-8b-q4_k_m", SMALL), expected("longwriter-8b-q4_k_m", SMALL, kv_type="q8_0")
    assert small.fast < whole.fast / 2


def test_of_others_the_nearest_in_size_counts() -> None:
    larger = replace(SMALL, model="8b", title="8B", file_bytes=4_920_733_824)
    assert expected("llama-3.2-3b-q4_k_m", larger, SMALL).source.endswith("Qwen 1.5B")
    assert expected("longwriter-8b-q4_k_m", larger, SMALL).source.endswith("8B")
    assert expected("starter", replace(STARTER, model="copy", title="Copy"), SMALL).source.endswith("Copy")


def test_the_processor_says_nothing_of_a_graphics_processor() -> None:
    on_card = expected("longwriter-8b-q4_k_m", SMALL, rooms=(CARD,))
    assert on_card.source == "as published for laptops' graphics processors"
    measured = replace(SMALL, device="Card", tokens_per_second=200.0)
    assert expected("longwriter-8b-q4_k_m", measured, rooms=(CARD,)).source.startswith("from what was measured")
    assert expected("longwriter-8b-q4_k_m", measured).source == "as published for laptops' processors"


def test_published_speeds_are_those_of_the_model_that_they_were_published_for() -> None:
    found = expected("longwriter-8b-q4_k_m", tokens=512)
    assert found.slow == pytest.approx(4.5 * 45, rel=0.05)
    assert found.fast == pytest.approx(9.6 * 45, rel=0.05)


def test_where_a_card_holds_a_part_the_speed_is_in_between() -> None:
    part = expected("longwriter-8b-q4_k_m", rooms=(Room("CUDA0", "Card", 4 * GB),))
    assert part.source == "as published for laptops' processors and graphics processors"
    assert expected("longwriter-8b-q4_k_m").fast < part.fast < expected("longwriter-8b-q4_k_m", rooms=(CARD,)).fast


def test_of_a_mixture_of_experts_only_its_own_measurement_counts() -> None:
    header = entry_header(entry("qwen3-4b-q4_k_m"))
    experts = replace(header, values=header.values | {"llama.expert_count": 128})
    assert expected_speed(experts, opened(experts), (SMALL,), ("x",)) is None
    own = replace(SMALL, model="x")
    assert expected_speed(experts, opened(experts), (own,), ("x",)) is not None


def test_a_file_whose_parts_go_by_other_names_is_read_whole() -> None:
    header = entry_header(entry("qwen3-4b-q4_k_m"))
    bare = replace(header, weights=replace(header.weights, layers=(), output=0))
    found = expected_speed(bare, opened(bare), (), ("x",))
    assert found is not None
    assert found.fast > 0


@given(
    st.sampled_from(CATALOGUE.entries),
    st.floats(0.01, 10_000),
    st.floats(0, 100_000),
    st.integers(0, 10**12),
    st.integers(0, 1000),
)
@hypothesis_settings(max_examples=100)
def test_whatever_was_measured_the_answer_is_a_speed(
    each: ModelEntry, tokens: float, words: float, size: int, layers: int
) -> None:
    header = entry_header(each)
    for name in ("starter", "another"):
        speed = Speed(name, tokens, words, 0.0, CPU, 1.0, "", size, layers)
        found = expected_speed(header, opened(header), (speed,), (each.name,))
        assert found is not None
        assert 1 <= found.slow <= found.fast
        assert found.minutes > 0
        assert found.source
