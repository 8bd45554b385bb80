from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.targets import paragraph_count, planned_targets, share_words


@given(st.integers(1, 100_000))
def test_targets_add_up_to_the_asked_length(words: int) -> None:
    targets = planned_targets(words, paragraph_count(words))
    assert sum(targets) == words
    assert min(targets) >= 1


@given(st.integers(400, 35_000))
def test_targets_lie_between_200_and_1000_words_give_or_take_the_opening(words: int) -> None:
    targets = planned_targets(words, paragraph_count(words))
    assert all(150 <= target <= 1000 for target in targets)
    assert len(targets) <= 50


def test_the_usual_lengths_make_sensible_plans() -> None:
    assert [paragraph_count(words) for words in (100, 400, 1000, 3000, 10_000, 20_000, 30_000)] == [
        1,
        2,
        5,
        14,
        25,
        35,
        43,
    ]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=60), st.integers(0, 50_000))
def test_shares_add_up_whatever_the_weights(weights: list[float], more: int) -> None:
    shares = share_words(len(weights) + more, weights)
    assert sum(shares) == len(weights) + more
    assert all(share >= 1 for share in shares)
