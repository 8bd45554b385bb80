import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llama_cpp.llama_cpp as _c
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longwriter_desktop.backend import llama
from longwriter_desktop.backend.dry import BREAKERS, Dry, Logits

C: Any = _c


class Vocabulary:
    """The starter model's vocabulary, without its weights."""

    def __init__(self, path: Path) -> None:
        llama.start()
        parameters = C.llama_model_default_params()
        parameters.vocab_only = True
        self.pointer = C.llama_model_load_from_file(str(path).encode(), parameters)
        self.vocab = llama.Vocab(self)  # type: ignore[arg-type]  # All that it asks of a model is the pointer.
        words = self.vocab.tokenize('the sea and a storm\nsaid: "no" * \n\n"', continuing=True)
        self.few = sorted(set(words))
        """A few tokens, some of which break a repetition."""


@pytest.fixture(scope="module")
def vocabulary(starter_model: Path) -> Iterator[Vocabulary]:
    llama.Log(lambda _line: None)
    made = Vocabulary(starter_model)
    yield made
    C.llama_model_free(made.pointer)


def by_llama_cpp(vocab: Any, logits: Logits, options: tuple[float, float, int, int], tokens: list[int]) -> Logits:
    """The logits as llama.cpp's own sampler leaves them."""
    breakers = (ctypes.c_char_p * len(BREAKERS))(*BREAKERS)
    sampler = C.llama_sampler_init_dry(vocab.pointer, *options, breakers, len(BREAKERS))
    for token in tokens:
        C.llama_sampler_accept(sampler, token)
    candidates = (C.llama_token_data * len(logits))()
    for token, logit in enumerate(logits):
        candidates[token] = C.llama_token_data(token, logit, 0.0)
    array = C.llama_token_data_array(candidates, len(logits), -1, False)
    C.llama_sampler_apply(sampler, ctypes.byref(array))
    C.llama_sampler_free(sampler)
    return np.array([candidate.logit for candidate in candidates], np.float32)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32 - 1),
    kinds=st.integers(1, 12),
    before=st.integers(0, 60),
    chosen=st.integers(0, 60),
    options=st.tuples(
        st.sampled_from([0.8, 2.0, 0.05]),
        st.sampled_from([1.75, 1.0, 9.5]),
        st.integers(0, 5),
        st.sampled_from([1, 7, 20, 1024]),
    ),
)
def test_the_logits_are_those_that_llama_cpp_makes_of_them(
    vocabulary: Vocabulary, seed: int, kinds: int, before: int, chosen: int, options: tuple[float, float, int, int]
) -> None:
    chance = np.random.default_rng(seed)
    few = chance.permutation(vocabulary.few)[:kinds]
    tokens = [int(token) for token in chance.choice(few, before + chosen)]
    given_logits = chance.normal(0, 4, vocabulary.vocab.size).astype(np.float32)
    mine = given_logits.copy()
    dry = Dry(*options, vocabulary.vocab.piece, tokens[:before])
    for token in tokens[before:]:
        dry.accept(token)
    applied = dry.apply(mine)
    theirs = by_llama_cpp(vocabulary.vocab, given_logits, options, tokens)
    assert mine.tobytes() == theirs.tobytes()
    dry.undo(mine, applied)
    assert mine.tobytes() == given_logits.tobytes()


def test_the_longer_a_repetition_the_less_likely_it_goes_on(vocabulary: Vocabulary) -> None:
    tokens = vocabulary.vocab.tokenize("the sea and a storm and the sea and a storm and", continuing=True)
    dry = Dry(0.8, 1.75, 2, 1024, vocabulary.vocab.piece)
    lowered = []
    for token in tokens:
        logits = np.zeros(vocabulary.vocab.size, np.float32)
        dry.apply(logits)
        lowered.append(float(logits.min()))
        dry.accept(token)
    assert lowered[:8] == [0.0] * 8
    assert lowered[-3:] == sorted(lowered[-3:], reverse=True)
    assert lowered[-1] < lowered[-3] < 0
