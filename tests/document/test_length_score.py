import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.length_score import length_score


@pytest.mark.parametrize(
    ("target", "delivered", "score"),
    [
        (1000, 1000, 100.0),
        (1000, 2000, 100 * (1 - 1 / 3)),
        (1000, 4000, 0.0),
        (1000, 9000, 0.0),
        (1000, 500, 50.0),
        (900, 300, 0.0),
        (1000, 0, 0.0),
        (0, 500, 100.0),
    ],
)
def test_the_score_is_that_of_the_paper(target: int, delivered: int, score: float) -> None:
    assert length_score(target, delivered) == pytest.approx(score)


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_score_lies_between_0_and_100(target: int, delivered: int) -> None:
    assert 0.0 <= length_score(target, delivered) <= 100.0


@given(st.integers(1, 10**5), st.integers(0, 10**5), st.integers(1, 1000))
def test_further_from_the_target_never_scores_higher(target: int, distance: int, more: int) -> None:
    assert length_score(target, target + distance + more) <= length_score(target, target + distance)
    below = max(0, target - distance)
    assert length_score(target, max(0, below - more)) <= length_score(target, below)
