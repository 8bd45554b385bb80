from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.backend.reply_text import ReplyText

_texts = st.text(st.sampled_from("ab中é😀 \n[/INST]"), max_size=60)
_stops = st.lists(st.text(st.sampled_from("ab\n[/]中"), min_size=1, max_size=5), max_size=3)


def _tokens(text: str, places: list[int]) -> list[bytes]:
    """The bytes of a text cut anywhere, also inside characters."""
    data = text.encode()
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(edges)]


def _run(tokens: list[bytes], stop: list[str]) -> tuple[str, int, bool]:
    reply, text, count = ReplyText(stop), "", 0
    for token in tokens:
        shown = reply.add(token)
        if shown is not None:
            text += shown.text
            count += shown.tokens
            if shown.stopped:
                return text, count, True
    rest = reply.rest()
    return text + (rest.text if rest else ""), count + (rest.tokens if rest else 0), False


@given(_texts, st.lists(st.integers(0, 500), max_size=30))
def test_text_comes_out_whole_wherever_its_tokens_are_cut(text: str, places: list[int]) -> None:
    assert _run(_tokens(text, places), [])[0] == text


@given(_texts, st.lists(st.integers(0, 500), max_size=30), _stops)
def test_the_text_ends_before_the_first_stop_text_and_shows_nothing_of_it(
    text: str, places: list[int], stop: list[str]
) -> None:
    found = [place for each in stop if (place := text.find(each)) >= 0]
    shown, _tokens_shown, stopped = _run(_tokens(text, places), stop)
    assert stopped == bool(found)
    if not found:
        assert shown == text
    else:
        # Which of two overlapping stop texts is complete first depends on where the tokens end.
        assert text.startswith(shown)
        assert not any(each in shown for each in stop)
        assert any(text.startswith(each, len(shown)) for each in stop)


@given(_texts, st.lists(st.integers(0, 500), max_size=30), _stops)
def test_what_is_shown_before_the_end_is_the_text_of_whole_tokens(
    text: str, places: list[int], stop: list[str]
) -> None:
    tokens = _tokens(text, places)
    reply, shown_text, count = ReplyText(stop), "", 0
    for token in tokens:
        shown = reply.add(token)
        if shown is None:
            continue
        if shown.stopped:
            return
        shown_text += shown.text
        count += shown.tokens
        assert shown_text == b"".join(tokens[:count]).decode()


def test_a_character_of_four_tokens_comes_with_its_last_one() -> None:
    reply = ReplyText([])
    shown = [reply.add(bytes([byte])) for byte in "😀".encode()]
    assert shown[:3] == [None, None, None]
    assert shown[3] is not None
    assert (shown[3].text, shown[3].tokens) == ("😀", 4)


def test_half_a_character_at_the_end_is_dropped() -> None:
    reply = ReplyText([])
    first = reply.add(b"ab")
    assert first is not None
    assert reply.add(b"\xe4\xb8") is None
    assert reply.rest() is None


@given(
    _texts,
    st.lists(st.integers(0, 500), max_size=30),
    st.sampled_from([b"\xff", b"\xe4\xb8", b"\x80", b"\xef\xbf\xbd"]),
)
def test_bytes_that_never_become_a_character_are_dropped_and_do_not_hold_up_the_rest(
    text: str, places: list[int], noise: bytes
) -> None:
    half = len(text) // 2
    tokens = [*_tokens(text[:half], places), noise, *_tokens(text[half:], places)]
    assert _run(tokens, [])[:2] == (text, len(tokens) if text[half:] else len(tokens) - 1)


def test_the_beginning_of_a_stop_text_is_shown_when_it_turns_out_to_be_none() -> None:
    assert _run([b"one [IN", b"DEX]"], ["[INST]"]) == ("one [INDEX]", 2, False)
