from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.ui.pace import Pace, clock_words
from longwriter_desktop.ui.tally import Tally


def test_nothing_is_said_about_the_speed_before_two_seconds() -> None:
    pace = Pace()
    pace.begin(100.0)
    pace.wrote(5, 7, 101.0)
    assert pace.words_per_second(101.0) == 0
    assert pace.done_at(1000, 101.0) is None


def test_reading_time_counts_into_the_speed() -> None:
    pace = Pace()
    pace.begin(0.0)
    pace.wrote(10, 14, 30.0)
    assert pace.words_per_second(40.0) == pytest.approx(0.25)
    assert pace.tokens_per_second(40.0) == pytest.approx(0.35)
    assert pace.done_at(100, 40.0) == pytest.approx(440.0)


def test_what_was_long_ago_no_longer_counts() -> None:
    pace = Pace()
    pace.begin(0.0)
    for second in range(1, 600):
        pace.wrote(1 if second < 300 else 3, 4, float(second))
    assert pace.words_per_second(599.0) == pytest.approx(3.0, rel=0.05)


def test_a_new_beginning_forgets_the_old_speed() -> None:
    pace = Pace()
    pace.begin(0.0)
    pace.wrote(1000, 1000, 10.0)
    pace.begin(500.0)
    assert pace.words_per_second(510.0) == 0


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
