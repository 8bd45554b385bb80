import ctypes
from typing import Any

import llama_cpp.llama_cpp as _c
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.backend.penalty import Logits, Penalty

C: Any = _c
SIZE = 50


def by_llama_cpp(logits: Logits, bias: dict[int, float], last: int, repeat: float, tokens: list[int]) -> Logits:
    """The logits as llama.cpp's own samplers leave them."""
    sampler = C.llama_sampler_chain_init(C.llama_sampler_chain_default_params())
    biases = (C.llama_logit_bias * len(bias))(*(C.llama_logit_bias(token, added) for token, added in bias.items()))
    C.llama_sampler_chain_add(sampler, C.llama_sampler_init_logit_bias(len(logits), len(bias), biases))
    C.llama_sampler_chain_add(sampler, C.llama_sampler_init_penalties(len(logits), last, repeat, 0.0, 0.0))
    for token in tokens:
        C.llama_sampler_accept(sampler, token)
    candidates = (C.llama_token_data * len(logits))()
    for token, logit in enumerate(logits):
        candidates[token] = C.llama_token_data(token, logit, 0.0)
    array = C.llama_token_data_array(candidates, len(logits), -1, False)
    C.llama_sampler_apply(sampler, ctypes.byref(array))
    C.llama_sampler_free(sampler)
    return np.array([candidate.logit for candidate in candidates], np.float32)


@settings(max_examples=50)
@given(
    logits=st.lists(st.floats(-30, 30, width=32) | st.just(float("-inf")), min_size=SIZE, max_size=SIZE),
    bias=st.dictionaries(st.integers(0, SIZE - 1), st.floats(-9, 9, width=32) | st.just(float("-inf")), max_size=9),
    last=st.integers(0, 20),
    repeat=st.sampled_from([1.1, 1.3, 0.9, 2.0]),
    before=st.lists(st.integers(0, SIZE - 1), max_size=30),
    chosen=st.lists(st.integers(0, SIZE - 1), max_size=30),
)
def test_the_logits_are_those_that_llama_cpp_makes_of_them(
    logits: list[float], bias: dict[int, float], last: int, repeat: float, before: list[int], chosen: list[int]
) -> None:
    given_logits = np.array(logits, np.float32)
    mine = given_logits.copy()
    penalty = Penalty(bias, last, repeat, before)
    for token in chosen:
        penalty.accept(token)
    applied = penalty.apply(mine)
    assert mine.tobytes() == by_llama_cpp(given_logits, bias, last, repeat, before + chosen).tobytes()
    penalty.undo(mine, applied)
    assert mine.tobytes() == given_logits.tobytes()


def test_nothing_is_penalized_before_anything_is_written() -> None:
    logits = np.arange(SIZE, dtype=np.float32)
    Penalty({}, 10, 1.5).apply(logits)
    assert logits == pytest.approx(np.arange(SIZE))
