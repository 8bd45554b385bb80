from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.pace import Pace, ReadingPace, clock_words, duration_words
from longwriter_desktop.ui.tally import Tally


def begun(at: float, depth: int = 0) -> Pace:
    pace = Pace()
    pace.begin(depth)
    pace.saw(0, 0, at)
    return pace


def test_nothing_is_said_about_the_speed_before_two_seconds() -> None:
    pace = begun(100.0)
    pace.saw(5, 7, 101.0)
    assert pace.words_per_minute(101.0) == 0
    assert pace.done_at(1000, 101.0) is None


def test_reading_between_sections_counts_into_the_speed() -> None:
    pace = begun(0.0)
    pace.saw(10, 14, 30.0)
    assert pace.words_per_minute(40.0) == pytest.approx(15)
    assert pace.tokens_per_second(40.0) == pytest.approx(0.35)
    assert pace.done_at(100, 40.0) == pytest.approx(440.0)


def test_loading_and_reading_before_the_first_word_do_not() -> None:
    pace = Pace()
    pace.begin()
    pace.saw(0, 0, 600.0)  # the first text, after ten minutes
    pace.saw(20, 26, 610.0)
    assert pace.words_per_minute(610.0) == pytest.approx(120)


def test_what_was_long_ago_no_longer_counts() -> None:
    pace, words = begun(0.0), 0
    for second in range(1, 600):
        words += 1 if second < 300 else 3
        pace.saw(words, 4 * second, float(second))
    assert pace.words_per_minute(599.0) == pytest.approx(180, rel=0.05)


def test_a_new_run_is_expected_to_be_as_fast_as_the_last_until_it_is_measured() -> None:
    pace = begun(0.0)
    pace.saw(1000, 1000, 10.0)
    pace.begin()
    assert pace.words_per_minute(510.0) == 0
    assert pace.seconds_left(500, 510.0) == pytest.approx(5.0)
    pace.saw(0, 0, 520.0)
    pace.saw(10, 10, 530.0)
    assert pace.seconds_left(500, 530.0) == pytest.approx(500.0)


def test_of_another_model_nothing_is_expected() -> None:
    pace = begun(0.0)
    pace.saw(1000, 1000, 10.0)
    pace.forget()
    assert pace.seconds_left(500, 20.0) is None


def test_text_that_is_taken_back_is_no_progress() -> None:
    pace = begun(0.0)
    pace.saw(100, 130, 10.0)
    pace.saw(40, 140, 11.0)
    assert pace.words_per_minute(11.0) == pytest.approx(60 * 40 / 11)
    pace.saw(0, 150, 12.0)
    assert pace.words_per_minute(12.0) == 0


@pytest.mark.parametrize("growth", [0.0, 0.00002, 0.0001])
def test_the_end_is_foreseen_although_each_word_takes_longer_than_the_last(growth: float) -> None:
    """A word takes 0.2 s and ``growth`` more for each word before it; 10,000 are asked, and 4,000 are there."""

    def moment(words: int) -> float:
        return 0.2 * words + growth * words**2 / 2

    pace = begun(0.0)
    for words in range(5, 4001, 5):
        pace.saw(words, words, moment(words))
    left = moment(10_000) - moment(4000)
    assert pace.seconds_left(6000, moment(4000)) == pytest.approx(left, rel=0.1)


def test_chance_alone_foresees_no_slowing() -> None:
    pace, at = begun(0.0), 0.0
    for number in range(1, 200):
        at += 5.0 if number % 2 else 7.0
        pace.saw(50 * number, 60 * number, at)
    assert pace.seconds_left(10_000, at) == pytest.approx(1200, rel=0.05)


@given(
    st.lists(st.tuples(st.integers(-50, 400), st.integers(0, 60), st.floats(0, 90)), max_size=60),
    st.integers(0, 200_000),
    st.integers(0, 100_000),
)
@settings(max_examples=80)
def test_whatever_comes_the_guess_is_a_time_to_come_or_none(
    steps: list[tuple[int, int, float]], depth: int, left: int
) -> None:
    pace, words, tokens, at = begun(0.0, depth), 0, 0, 0.0
    for more, of_tokens, seconds in steps:
        words, tokens, at = max(0, words + more), tokens + of_tokens, at + seconds
        pace.saw(words, tokens, at)
        guess = pace.seconds_left(left, at)
        assert guess is None or (guess > 0 and left > 0)
        assert pace.words_per_minute(at) >= 0


def test_the_end_of_reading_is_told_once_two_seconds_were_measured() -> None:
    reading = ReadingPace()
    assert reading.read(0, 8000, 10.0) is None
    assert reading.read(100, 8000, 11.0) is None
    assert reading.read(400, 8000, 14.0) == pytest.approx(76.0)
    assert reading.read(64, 500, 20.0) is None  # another prompt


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "10 s"), (44, "40 s"), (61, "1 min"), (725, "12 min"), (3590, "1 h"), (5160, "1 h 25 min"), (111_000, "31 h")],
)
def test_durations_are_told_as_exactly_as_they_are_known(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


def test_the_end_is_told_as_a_clock_time() -> None:
    evening = datetime(2026, 3, 5, 22, 0).timestamp()  # noqa: DTZ001 - local time, as the person reads it
    assert clock_words(evening + 100 * 60, evening) == "23:40"
    assert clock_words(evening + 500 * 60, evening) == "tomorrow 06:20"
    assert clock_words(evening + 2 * 86_400, evening) == "Sat 22:00"


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.data())
def test_the_tally_always_agrees_with_counting_afresh(texts: list[str], data: st.DataObject) -> None:
    document = Document(sections=tuple(Section("", 100, text=text) for text in texts))
    tally = Tally()
    for _ in range(3):
        assert tally.total(document) == document.words
        section = data.draw(st.sampled_from(document.sections))
        document = document.with_text(section.id, section.text + data.draw(st.text(max_size=20)))


def test_the_time_for_a_prompt_does_not_count_what_was_done_since_the_one_before() -> None:
    """The next prompt begins where the last one ended: what it has in common with it is known."""
    reading = ReadingPace()
    reading.read(0, 8000, 0.0)
    assert reading.read(4000, 8000, 40.0) == pytest.approx(40)
    reading.read(8000, 8000, 80.0)
    assert reading.read(8600, 9000, 680.0) is None
    assert reading.read(8700, 9000, 682.0) == pytest.approx(6)
