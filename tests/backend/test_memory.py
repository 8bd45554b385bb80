"""Plans for opening a model: nothing is planned that is not free, and more memory never gives less."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_check import GgufHeader, Weights
from longwriter_desktop.backend.memory import (
    SHORTEST_CONTEXT,
    Free,
    Plan,
    Room,
    best_plan,
    chosen_devices,
    least_bytes,
    next_plan,
    plan_remarks,
    wanted_context,
)
from longwriter_desktop.backend.messages import Device
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem

GIB = 1 << 30
AUTO = EngineOptions()
LLAMA_8B = GgufHeader(
    Path("8b.gguf"),
    4_920_733_824,
    4_912_898_304,
    {
        "general.architecture": "llama",
        "llama.context_length": 131_072,
        "llama.block_count": 32,
        "llama.embedding_length": 4096,
        "llama.feed_forward_length": 14336,
        "llama.attention.head_count": 32,
        "llama.attention.head_count_kv": 8,
    },
    Weights((130_826_240,) * 32, 430_940_160, vocabulary_tokens=128_256),
)
TIED = replace(LLAMA_8B, weights=replace(LLAMA_8B.weights, output_is_embedding=True))
ALL = 33


def card(name: str = "CUDA0", free: float = 24, *, shares_ram: bool = False) -> Room:
    return Room(name, f"Card {name}", int(free * GIB), shares_ram)


def plan(ram: float, *rooms: Room, options: EngineOptions = AUTO, header: GgufHeader = LLAMA_8B) -> Plan:
    return best_plan(header, Free(int(ram * GIB), rooms), options, 32_768)


def fits(found: Plan, ram: float) -> bool:
    shared = any(room.shares_ram for room in found.rooms)
    room = sum(room.free_bytes for room in found.rooms)
    return (found.needs_bytes if shared else found.ram_bytes) <= ram * GIB and found.device_bytes <= room


# -- the processor alone ---------------------------------------------------------------------------


def test_a_token_of_an_8b_model_takes_128_kib_in_f16() -> None:
    assert LLAMA_8B.kv_values_per_token * 2 == 128 * 1024
    assert LLAMA_8B.kv_values_by_layer == (2048,) * 32


def test_with_enough_memory_the_cache_is_f16_and_needs_what_was_measured() -> None:
    found = plan(16)
    assert (found.tokens, found.kv_type, found.gpu_layers) == (32_768, "f16", 0)
    # Measured with a file of this shape, see tests/benchmarks/memory.py.
    assert found.needs_bytes == pytest.approx(9.59e9, rel=0.02)
    assert found.free_bytes == 16 * GIB


def test_where_f16_does_not_fit_the_cache_is_q8_0_before_the_context_is_shortened() -> None:
    found = plan(7.5)
    assert (found.tokens, found.kv_type) == (32_768, "q8_0")
    assert found.needs_bytes == pytest.approx(7.341e9, rel=0.02)  # as measured


def test_with_little_memory_the_context_is_shortened_and_the_person_is_told() -> None:
    found = plan(6)
    assert found.tokens < 32_768
    assert found.needs_bytes <= 6 * GIB
    [remark] = plan_remarks(found, 32_768, AUTO)
    assert f"{found.tokens:,} tokens instead of 32,768" in remark


def test_there_is_always_something_to_try() -> None:
    found = plan(0)
    assert (found.tokens, found.kv_type) == (SHORTEST_CONTEXT, "q8_0")
    assert next_plan(LLAMA_8B, Free(0).below(found), AUTO, 32_768, found) is None


def test_the_type_of_the_cache_can_be_chosen() -> None:
    assert plan(16, options=EngineOptions(kv_type="q8_0")).kv_type == "q8_0"
    short = plan(7.5, options=EngineOptions(kv_type="f16"))
    assert short.kv_type == "f16"
    assert short.tokens < 32_768


def test_after_a_failure_the_cache_is_made_smaller_then_the_context() -> None:
    free, tried = Free(16 * GIB), [plan(16)]
    while (found := next_plan(LLAMA_8B, free := free.below(tried[-1]), AUTO, 32_768, tried[-1])) is not None:
        tried.append(found)
    assert [(each.tokens, each.kv_type) for each in tried[:2]] == [(32_768, "f16"), (32_768, "q8_0")]
    assert [each.tokens for each in tried] == sorted((each.tokens for each in tried), reverse=True)
    assert all(later.needs_bytes < earlier.needs_bytes for earlier, later in pairwise(tried))
    assert (tried[-1].tokens, tried[-1].kv_type) == (SHORTEST_CONTEXT, "q8_0")


def test_the_context_is_never_longer_than_the_model_was_made_for_nor_131072_by_default() -> None:
    assert wanted_context(LLAMA_8B, None) == 32_768
    assert wanted_context(LLAMA_8B, 500_000) == 131_072


def test_the_least_memory_is_the_weights_and_a_short_context() -> None:
    assert LLAMA_8B.tensor_bytes < least_bytes(LLAMA_8B) < LLAMA_8B.tensor_bytes + GIB
    assert least_bytes(LLAMA_8B, EngineOptions(kv_type="f16")) > least_bytes(LLAMA_8B)


# -- with graphics processors ----------------------------------------------------------------------


def test_a_large_card_gets_all_layers_and_little_is_left_in_the_computers_memory() -> None:
    found = plan(16, card(free=12))
    assert (found.gpu_layers, found.kv_type, found.tokens) == (ALL, "f16", 32_768)
    assert found.device_bytes > 32 * 130_826_240 + 4 * GIB
    assert found.ram_bytes < 1.2e9  # the embedding, the vocabulary, and the libraries
    assert plan_remarks(found, 32_768, AUTO) == []


def test_a_smaller_card_gets_a_smaller_cache_if_that_puts_more_layers_on_it() -> None:
    found = plan(16, card(free=7.5))
    assert (found.gpu_layers, found.kv_type) == (ALL, "q8_0")


def test_a_small_card_gets_some_layers_and_the_person_is_told() -> None:
    found = plan(16, card(free=3))
    assert 0 < found.gpu_layers < ALL
    assert fits(found, 16)
    [remark] = plan_remarks(found, 32_768, AUTO)
    assert f"{found.gpu_layers} of the model's 33 layers" in remark
    assert "Card CUDA0" in remark


def test_a_tiny_card_gets_nothing_and_the_person_is_told() -> None:
    found = plan(16, card(free=0.1))
    assert (found.gpu_layers, found.device_bytes) == (0, 0)
    assert found.needs_bytes == plan(16).needs_bytes
    assert "the processor computes" in plan_remarks(found, 32_768, AUTO)[0]


def test_layers_are_put_on_two_cards_in_their_order() -> None:
    found = plan(16, card("CUDA0", 5), card("CUDA1", 6))
    assert found.gpu_layers == ALL
    assert found.layers[0] > 0
    assert found.layers[1] > 0


def test_a_model_whose_output_is_its_embedding_keeps_a_copy_in_the_computers_memory() -> None:
    apart, tied = plan(16, card(free=12)), plan(16, card(free=12), header=TIED)
    assert tied.ram_bytes - apart.ram_bytes == TIED.weights.output


def test_memory_that_is_the_computers_own_is_counted_once() -> None:
    found = plan(10.5, card("Metal", 10, shares_ram=True))
    assert found.gpu_layers == ALL
    assert found.needs_bytes <= found.free_bytes == int(10.5 * GIB)
    assert plan(7, card("Metal", 20, shares_ram=True)).needs_bytes <= 7 * GIB


def test_a_number_of_layers_is_taken_as_it_is_until_that_has_failed() -> None:
    asked = EngineOptions(gpu_layers=20)
    found = plan(16, card(free=2), options=asked)
    assert found.gpu_layers == 20
    assert plan_remarks(found, 32_768, asked) == []
    free = Free(16 * GIB, (card(free=2),)).below(found)
    after = next_plan(LLAMA_8B, free, asked, 32_768, found)
    assert after is not None
    assert after.gpu_layers < 20
    assert fits(after, 16)
    assert plan(16, card(), options=EngineOptions(gpu_layers=0)).gpu_layers == 0
    assert plan(16, card(), options=EngineOptions(gpu_layers=500)).gpu_layers == ALL


def test_after_failures_on_a_card_there_are_fewer_layers_each_time_and_in_the_end_none() -> None:
    rooms = (card(free=12),)
    free, tried = Free(16 * GIB, rooms), [plan(16, *rooms)]
    while (found := next_plan(LLAMA_8B, free := free.below(tried[-1]), AUTO, 32_768, tried[-1])) is not None:
        tried.append(found)
    layers = [each.gpu_layers for each in tried]
    on_card = layers[: layers.index(0) + 1]
    assert on_card == sorted(set(on_card), reverse=True)
    assert len(on_card) <= 6
    assert tried[layers.index(0)].tokens == 32_768  # Layers are given up before the context is.


def test_the_limits_that_a_client_passes_on_say_the_same_as_stepping_down_does() -> None:
    first = plan(16, card(free=12))
    there = Free(16 * GIB, (card(free=12),))
    again = best_plan(LLAMA_8B, there.limited(*first.limits_below()), AUTO, 32_768)
    assert again == next_plan(LLAMA_8B, there.below(first), AUTO, 32_768, first)


def test_a_file_whose_layers_have_other_names_stays_in_the_computers_memory() -> None:
    assert plan(16, card(), header=replace(LLAMA_8B, weights=Weights())).gpu_layers == 0


SIZES = st.floats(0, 40, allow_nan=False)
ROOMS = st.lists(st.tuples(SIZES, st.booleans()), max_size=3)
KINDS = st.sampled_from([EngineOptions(), EngineOptions(kv_type="f16"), EngineOptions(kv_type="q8_0")])


def _rooms(sizes: list[tuple[float, bool]]) -> tuple[Room, ...]:
    return tuple(card(f"GPU{n}", size, shares_ram=shared) for n, (size, shared) in enumerate(sizes))


@given(SIZES, ROOMS, KINDS, st.sampled_from([LLAMA_8B, TIED]))
def test_no_plan_needs_more_than_is_free(
    ram: float, sizes: list[tuple[float, bool]], options: EngineOptions, header: GgufHeader
) -> None:
    rooms = _rooms(sizes)
    found = plan(ram, *rooms, options=options, header=header)
    nothing_fits = least_bytes(header, options) > ram * GIB
    assert sum(found.layers) == found.gpu_layers <= ALL
    assert len(found.layers) == len(rooms)
    assert found.device_bytes <= sum(room.free_bytes for room in rooms)
    if not nothing_fits:
        shared = any(room.shares_ram for room, held in zip(rooms, found.layers, strict=True) if held)
        assert (found.needs_bytes if shared else found.ram_bytes) <= ram * GIB
        assert found.needs_bytes <= found.free_bytes


@given(SIZES, SIZES, SIZES, SIZES, KINDS)
def test_more_memory_never_gives_a_shorter_context_nor_fewer_layers(
    ram: float, room: float, more_ram: float, more_room: float, options: EngineOptions
) -> None:
    less = plan(ram, card(free=room), options=options)
    more = plan(ram + more_ram, card(free=room + more_room), options=options)
    assert more.tokens >= less.tokens
    if more.tokens == less.tokens:
        assert more.gpu_layers >= less.gpu_layers


@settings(max_examples=40)
@given(SIZES, ROOMS)
def test_stepping_down_comes_to_an_end(ram: float, sizes: list[tuple[float, bool]]) -> None:
    rooms = _rooms(sizes)
    free, found = Free(int(ram * GIB), rooms), plan(ram, *rooms)
    for _ in range(30):
        free = free.below(found)
        after = next_plan(LLAMA_8B, free, AUTO, 32_768, found)
        if after is None:
            break
        found = after
    else:
        pytest.fail("thirty steps, and still something to try")
    assert found.gpu_layers == 0


# -- which devices ---------------------------------------------------------------------------------

CPU = Device("CPU", "A processor", "CPU", GIB, GIB)
CARD = Device("CUDA0", "NVIDIA Fast", "GPU", 8 * GIB, 10 * GIB)
SECOND = Device("CUDA1", "NVIDIA Slow", "GPU", 4 * GIB, 4 * GIB)
SAME_CARD = Device("Vulkan0", "NVIDIA Fast", "GPU", 8 * GIB, 10 * GIB)
BUILT_IN = Device("Vulkan1", "Intel Iris", "integrated GPU", 8 * GIB, 16 * GIB)


def test_without_a_wish_all_cards_are_used_once_and_a_built_in_one_only_where_there_is_no_other() -> None:
    assert chosen_devices([CPU, CARD, SECOND, SAME_CARD, BUILT_IN], "auto") == (CARD, SECOND)
    assert chosen_devices([CPU, BUILT_IN], "auto") == (BUILT_IN,)
    assert chosen_devices([CPU], "auto") == ()


@pytest.mark.parametrize(
    ("wish", "found"), [("cpu", ()), ("CPU", ()), ("cuda1", (SECOND,)), ("intel iris", (BUILT_IN,))]
)
def test_a_device_can_be_named(wish: str, found: tuple[Device, ...]) -> None:
    assert chosen_devices([CPU, CARD, SECOND, BUILT_IN], wish) == found


def test_a_name_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(ModelProblem, match=r"no device “CUDA7”.*auto, cpu, CUDA0 \(NVIDIA Fast\)"):
        chosen_devices([CPU, CARD], "CUDA7")


def test_some_of_a_devices_memory_is_left_free() -> None:
    assert Room.on(CARD).free_bytes == 8 * GIB - CARD.memory_total_bytes // 20
    assert Room.on(SECOND).free_bytes == 4 * GIB - 400_000_000
    assert not Room.on(CARD).shares_ram
    assert Room.on(BUILT_IN).shares_ram
    assert Room.on(replace_free(SECOND, 1000)).free_bytes == 0


def replace_free(device: Device, free: int) -> Device:
    return Device(device.name, device.description, device.kind, free, device.memory_total_bytes)
