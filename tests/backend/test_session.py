"""Which part of a prompt is read again, as a pure function; that the text stays the same is tested in test_reuse."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.backend.session import SMALLEST_PIECE, Cells, common_length, first_to_read, pieces


def _cells(read: int, written: int = 0, short: int = 0) -> Cells:
    return Cells(list(range((short or read) + written)), read, short)


def test_a_prompt_that_goes_on_is_read_from_where_it_goes_on() -> None:
    assert first_to_read(_cells(500), list(range(700)), pending=None, has_logits=True) == 500


def test_a_short_tail_is_read_together_with_what_is_before_it() -> None:
    assert first_to_read(_cells(500), list(range(510)), pending=None, has_logits=True) == 510 - SMALLEST_PIECE


def test_a_prompt_that_is_known_to_its_end_is_not_read_at_all() -> None:
    assert first_to_read(_cells(500), list(range(500)), pending=None, has_logits=True) == 500


def test_going_on_behind_what_was_written_reads_nothing_but_the_last_token() -> None:
    cells = _cells(500, written=30)
    assert first_to_read(cells, [*range(530), 9999], pending=9999, has_logits=True) == 530
    assert first_to_read(cells, list(range(520)), pending=9999, has_logits=True) == 519
    assert first_to_read(cells, list(range(501)), pending=9999, has_logits=True) == 500
    assert first_to_read(_cells(500), [*range(500), 9999], pending=9999, has_logits=True) == 500


def test_an_edit_in_what_was_written_keeps_all_before_it() -> None:
    assert first_to_read(_cells(500, written=100), [*range(540), 7, 7], pending=None, has_logits=True) == 540


def test_what_was_read_in_a_short_piece_is_read_again_for_a_longer_prompt() -> None:
    assert first_to_read(_cells(0, short=40), list(range(100)), pending=None, has_logits=True) == 0


@given(
    st.integers(0, 300),
    st.integers(0, 100),
    st.integers(1, 500),
    st.integers(0, 500),
    st.booleans(),
    st.none() | st.integers(0, 500),
)
def test_reading_always_starts_within_the_common_beginning_and_leaves_logits(
    read: int, written: int, length: int, differs_at: int, has_logits: bool, pending: int | None
) -> None:
    cells = _cells(read, written)
    prompt = [token if token < differs_at else 10_000 + token for token in range(length)]
    start = first_to_read(cells, prompt, pending=pending, has_logits=has_logits)
    assert 0 <= start <= common_length(cells.tokens, prompt)
    if start == length:
        assert has_logits
        assert cells.tokens == prompt
    elif start < min(read, length - 1):
        assert length - start >= min(SMALLEST_PIECE, length)


@given(st.integers(0, 3000), st.integers(1, 1000), st.sampled_from([128, 512]))
def test_pieces_cover_all_and_none_is_too_small_unless_all_is(start: int, length: int, largest: int) -> None:
    cut = list(pieces(start, start + length, largest))
    assert cut[0][0] == start
    assert cut[-1][1] == start + length
    assert all(end == following for (_, end), (following, _) in pairwise(cut))
    assert all(0 < end - first <= largest for first, end in cut)
    assert all(end - first >= min(SMALLEST_PIECE, length) for first, end in cut)


def test_cells_remember_how_far_they_were_read_in_full_pieces() -> None:
    cells = Cells(list(range(300)))
    cells.settle(0)
    assert (cells.read, cells.short) == (300, 0)
    cells.tokens += range(50)
    cells.cut(320)
    assert cells.read == 300
    cells.cut(200)
    assert cells.read == 200
    cells.cut(0)
    cells.tokens = list(range(30))
    cells.settle(0)
    assert (cells.read, cells.short) == (0, 30)
