from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.memory import Free, Room, best_plan, ram_bytes
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.entry_header import entry_header
from longwriter_desktop.paths import AppPaths

CATALOGUE = load_catalogue(AppPaths.of_this_machine({"LONGWRITER_HOME": "/nowhere"}))


def entry(name: str) -> ModelEntry:
    found = CATALOGUE.by_name(name)
    assert found is not None
    return found


@pytest.mark.parametrize("each", CATALOGUE.entries, ids=lambda each: each.name)
def test_a_header_from_the_catalogue_says_what_the_catalogue_says(each: ModelEntry) -> None:
    header = entry_header(each)
    assert header.kv_values_per_token * 2 == each.kv_bytes_per_token
    assert (header.file_bytes, header.context_tokens) == (each.size_bytes, each.context_tokens)
    assert len(header.weights.layers) == each.layers
    weights = header.weights
    embedding = 0 if weights.output_is_embedding else weights.output
    assert sum(weights.layers) + weights.output <= header.tensor_bytes <= each.size_bytes
    assert header.tensor_bytes <= sum(weights.layers) + weights.output + embedding + each.layers


@pytest.mark.parametrize("kv_type", ["f16", "q8_0"])
def test_the_catalogue_and_the_file_give_the_same_memory(starter_model: Path, kv_type: str) -> None:
    file, catalogue = read_header(starter_model), entry_header(entry("starter"))
    for tokens in (2048, 8192):
        for flash in (True, False):
            assert ram_bytes(catalogue, tokens, kv_type, flash) == ram_bytes(file, tokens, kv_type, flash)  # type: ignore[arg-type]  # one of its texts
    assert catalogue.weights.output == pytest.approx(file.weights.output, rel=0.15)


def test_the_parts_are_near_those_of_a_real_file() -> None:
    # Of a file of LongWriter-8B's exact shape and mix: 431 MB the output, 4,186 MB the layers.
    weights = entry_header(entry("longwriter-8b-q4_k_m")).weights
    assert weights.output == pytest.approx(430_940_160, rel=0.1)
    assert sum(weights.layers) == pytest.approx(4_186_439_680, rel=0.03)


NUMBERS = st.sampled_from([0, 1, 7, 64, 4096, 131_072, 10**10])


@given(
    st.builds(
        ModelEntry,
        name=st.just("a"),
        title=st.just("A"),
        path=st.just("a.gguf"),
        size_bytes=NUMBERS,
        parameters=NUMBERS,
        context_tokens=NUMBERS,
        kv_bytes_per_token=NUMBERS,
        layers=st.integers(0, 100),
        embedding_length=NUMBERS,
        feed_forward_length=NUMBERS,
        attention_heads=st.integers(0, 200),
        key_length=st.integers(0, 300),
        vocabulary_tokens=NUMBERS,
        output_is_embedding=st.booleans(),
    )
)
@hypothesis_settings(max_examples=100)
def test_whatever_an_entry_leaves_open_there_is_a_plan(each: ModelEntry) -> None:
    header = entry_header(each)
    assert min(header.tensor_bytes, header.weights.output, *header.weights.layers) >= 0
    # Rounded down by less than a value of keys and values for each layer.
    assert 0 <= each.kv_bytes_per_token - header.kv_values_per_token * 2 < 4 * len(header.weights.layers)
    plan = best_plan(header, Free(8 * 10**9, (Room("GPU", "Card", 4 * 10**9),)), EngineOptions(), 8192)
    assert plan.tokens >= 2048
    assert plan.needs_bytes >= 0
