from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.loop_guard import find_loop, repeated_share, sequences
from tests.agentwrite.fake_model import prose

_FINE = (
    "The keepers of the tower lit the lamp before dusk and wrote the weather in a ledger. In winter the boat came once "
    "a month, and the younger men learned to read by the smell of oil. Nobody thought it strange. When the storm of "
    "1823 took the gallery, they hung a lantern from the flagpole, and a brig out of Bristol steered by it all night. "
)


def test_ordinary_text_is_no_loop() -> None:
    assert find_loop(_FINE, 0) is None
    assert find_loop("- one thing\n- another thing\n- a third thing\n- and so on\n", 0) is None


def test_a_phrase_again_and_again_is_cut_back_to_its_first_time() -> None:
    looped = _FINE + "and then the sea came in, " * 8
    place = find_loop(looped, 0)
    assert place is not None
    assert len(_FINE) <= place <= len(_FINE) + 2 * len("and then the sea came in, ")


def test_one_character_without_end_is_a_loop() -> None:
    place = find_loop(_FINE + "!" * 60, 0)
    assert place == len(_FINE)


def test_a_table_line_is_no_loop() -> None:
    assert find_loop("| a | b |\n" + "|" + "-" * 60 + "|\n", 0) is None


def test_a_paragraph_written_again_is_a_loop() -> None:
    first = prose(1, 120)
    place = find_loop(first + "\n\n" + first, 0)
    assert place is not None
    assert abs(place - len(first)) < 40


def test_text_of_an_earlier_section_is_a_loop() -> None:
    earlier = prose(3, 150)
    place = find_loop(earlier[:700], 0, sequences(earlier))
    assert place == 0


def test_chinese_loops_are_noticed() -> None:
    place = find_loop("灯塔的历史很长，从古代的火堆开始。" + "海浪拍打着岸边的岩石，" * 6, 0)
    assert place is not None


def test_what_the_person_typed_is_never_cut() -> None:
    own = "ha " * 60
    place = find_loop(own + "ha " * 10, len(own))
    assert place is not None
    assert place >= len(own)


@given(st.text(), st.integers(0, 100))
def test_any_text_is_judged_and_a_place_lies_in_it(text: str, start: int) -> None:
    place = find_loop(text, min(start, len(text)))
    assert place is None or 0 <= place <= len(text)


def test_the_repeated_share_is_that_of_eight_word_sequences() -> None:
    assert repeated_share(_FINE) == 0.0
    assert repeated_share("") == 0.0
    assert repeated_share("one two three four " * 20) > 0.9
