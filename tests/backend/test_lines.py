"""Which part of a prompt is read again, as a pure function; that the text stays the same is tested in test_reuse."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.backend.lines import GROUPS, TILES, Grid, Line, common_length, first_to_read, pieces


def _line(read: int, written: int = 0, short: int = 0, *, pending: int | None = None, has_logits: bool = False) -> Line:
    return Line(0, GROUPS, list(range((short or read) + written)), read, short, pending, has_logits)


def test_a_prompt_that_goes_on_is_read_from_the_last_whole_group() -> None:
    assert first_to_read(_line(500, pending=None, has_logits=True), list(range(700))) == 496


def test_a_short_tail_is_read_together_with_what_is_before_it() -> None:
    assert first_to_read(_line(504, pending=None, has_logits=True), list(range(508))) == 496


def test_a_prompt_that_is_known_to_its_end_is_not_read_at_all() -> None:
    assert first_to_read(_line(500, pending=None, has_logits=True), list(range(500))) == 500


def test_going_on_behind_what_was_written_reads_nothing_but_the_last_token() -> None:
    line = _line(500, written=30, pending=9999, has_logits=True)
    assert first_to_read(line, [*range(530), 9999]) == 530
    assert first_to_read(line, list(range(520))) == 519
    assert first_to_read(line, list(range(501))) == 500
    assert first_to_read(_line(500, pending=9999, has_logits=True), [*range(500), 9999]) == 500


def test_an_edit_in_what_was_written_keeps_all_before_it() -> None:
    assert first_to_read(_line(500, written=100, pending=None, has_logits=True), [*range(540), 7, 7]) == 540


def test_what_was_read_in_a_short_piece_is_read_again_for_a_longer_prompt() -> None:
    assert first_to_read(_line(0, short=5, pending=None, has_logits=True), list(range(100))) == 0


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
    line = _line(read, written, pending=pending, has_logits=has_logits)
    prompt = [token if token < differs_at else 10_000 + token for token in range(length)]
    start = first_to_read(line, prompt)
    assert 0 <= start <= common_length(line.tokens, prompt)
    if start == length:
        assert has_logits
        assert line.tokens == prompt
    elif start < min(read, length - 1):
        assert start % GROUPS.multiple == 0
        assert length - start >= min(GROUPS.smallest, length)


def test_among_tiles_the_last_sixty_four_tokens_are_read_at_any_place() -> None:
    line = Line(0, TILES, list(range(500)), 500, has_logits=True)
    assert first_to_read(line, list(range(700))) == 500
    assert first_to_read(line, list(range(510))) == 510 - 64


@given(st.integers(0, 3000), st.integers(1, 1000), st.sampled_from([(72, GROUPS), (512, GROUPS), (128, TILES)]))
def test_pieces_cover_all_and_none_is_too_small_unless_all_is(start: int, length: int, how: tuple[int, Grid]) -> None:
    largest, grid = how
    cut = list(pieces(start, start + length, largest, grid))
    assert cut[0][0] == start
    assert cut[-1][1] == start + length
    assert all(end == following for (_, end), (following, _) in pairwise(cut))
    assert all(0 < end - first <= largest for first, end in cut)
    assert all(end % grid.multiple == 0 for _, end in cut[:-1])
    assert all(end - first >= min(grid.smallest, length) for first, end in cut)


def test_a_line_remembers_how_far_it_was_read_in_full_pieces() -> None:
    line = Line(tokens=list(range(300)))
    line.settle(0)
    assert (line.read, line.short) == (300, 0)
    line.tokens += range(50)
    line.cut(320)
    assert line.read == 300
    line.cut(200)
    assert line.read == 200
    line.cut(0)
    line.tokens = list(range(5))
    line.settle(0)
    assert (line.read, line.short) == (0, 5)
