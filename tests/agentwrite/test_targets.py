from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.targets import (
    MOST_IN_ONE_LEVEL,
    bounded_shares,
    chapter_count,
    paragraph_count,
    planned_targets,
    share_words,
)


@given(st.integers(1, 100_000))
def test_targets_add_up_to_the_asked_length(words: int) -> None:
    targets = planned_targets(words, paragraph_count(words))
    assert sum(targets) == words
    assert min(targets) >= 1


@given(st.integers(1, 200_000))
def test_targets_lie_between_200_and_1000_words_unless_the_whole_is_smaller(words: int) -> None:
    targets = planned_targets(words, paragraph_count(words))
    assert all(min(200, words) <= target <= 1000 for target in targets)


def test_up_to_25000_words_are_planned_in_one_level() -> None:
    assert max(paragraph_count(words) for words in range(1, 25_001, 50)) <= MOST_IN_ONE_LEVEL
    assert paragraph_count(30_000) > MOST_IN_ONE_LEVEL
    assert [chapter_count(paragraph_count(words)) for words in (30_000, 50_000, 100_000)] == [9, 12, 17]


def test_the_usual_lengths_make_sensible_plans() -> None:
    assert [paragraph_count(words) for words in (100, 399, 1000, 3000, 10_000, 20_000, 30_000)] == [
        1,
        1,
        5,
        14,
        25,
        40,
        55,
    ]


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=60), st.integers(0, 50_000))
def test_shares_add_up_whatever_the_weights(weights: list[float], more: int) -> None:
    shares = share_words(len(weights) + more, weights)
    assert sum(shares) == len(weights) + more
    assert all(share >= 1 for share in shares)


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=60), st.data())
def test_bounded_shares_keep_to_the_range_wherever_it_can_be_kept(weights: list[float], data: st.DataObject) -> None:
    count = len(weights)
    total = data.draw(st.integers(count, 1500 * count))
    shares = bounded_shares(total, weights)
    assert sum(shares) == total
    assert min(shares) >= 1
    if 200 * count <= total <= 1000 * count:
        assert all(200 <= share <= 1000 for share in shares)


def test_shares_within_the_range_follow_the_weights() -> None:
    assert bounded_shares(1800, [1.0, 2.0, 3.0]) == [300, 600, 900]
    assert bounded_shares(2400, [1.0, 1.0, 10.0]) == [700, 700, 1000]
