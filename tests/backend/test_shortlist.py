import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.backend.shortlist import Shortlist


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(0, 60), st.sampled_from([0.01, 1.0, 5.0, 300.0]))
def test_what_top_k_would_keep_is_on_the_list_however_some_logits_are_lowered(
    seed: int, kept: int, lowered: int, spread: float
) -> None:
    chance = np.random.default_rng(seed)
    shortlist = Shortlist(kept + lowered)
    for _ in range(3):
        logits = chance.normal(0, spread, 1000).astype(np.float32)
        ids = shortlist.of(logits)
        after = logits.copy()
        after[chance.choice(np.argsort(logits)[-2 * (lowered + 1) :], lowered, replace=False)] -= 1e4
        best = set(np.argsort(after)[-kept:].tolist())
        assert ids is None or best <= set(ids.tolist())
        assert ids is not None or spread == 300.0


def test_the_list_follows_the_texts_and_stays_short() -> None:
    chance = np.random.default_rng(1)
    shortlist = Shortlist(100)
    lengths = []
    for _ in range(200):
        ids = shortlist.of(chance.normal(0, 2, 50_000).astype(np.float32))
        assert ids is not None
        lengths.append(len(ids))
    assert max(lengths[150:]) < 1000


def test_logits_that_are_no_numbers_have_no_list() -> None:
    for value in (np.nan, np.inf, -np.inf):
        assert Shortlist(5).of(np.full(100, value, np.float32)) is None
