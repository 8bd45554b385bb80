import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.agentwrite.whole_points import (
    LONGEST_CHINESE_POINT,
    LONGEST_POINT,
    first_sentence,
    is_cut_off,
    is_overlong,
    mended_point,
)
from longwriter_desktop.document.counting import count_words


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("The sea: tides rise. They fall again. And so it goes", "The sea: tides rise."),
        ("Why keep bees? For honey and company. They also", "Why keep bees?"),
        ("Bees? Honey, wax and pollen. They also", "Bees? Honey, wax and pollen."),
        ("Health: Dr. Snow maps the wells of Soho. Then", "Health: Dr. Snow maps the wells of Soho."),
        ("Health: how to treat a cold, a cough and", "Health: how to treat a cold, a cough"),
        ("The tools: a smoker, a veil, such as", "The tools: a smoker, a veil"),
        ("What is it made of", "What is it made of"),
        ("The world we live in", "The world we live in"),
        ("Vitamin A and vitamin A", "Vitamin A and vitamin A"),
        ("蜂箱里的一年：从春天到秋天。然后是冬天，蜜蜂", "蜂箱里的一年：从春天到秋天。"),
        ("新手要准备什么：蜂箱、喷烟器，以及", "新手要准备什么：蜂箱、喷烟器"),
        ("民众的参与", "民众的参与"),
        ("市场的饱和", "市场的饱和"),
    ],
)
def test_a_line_becomes_its_first_sentence_that_says_enough(line: str, kept: str) -> None:
    assert first_sentence(line) == kept


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (
            "Mites: how to keep a hive free of mites, moths and any kind of sickness, or",
            "Mites: how to keep a hive free of mites, moths and any kind of sickness",
        ),
        ("Mites: how to rid a hive of mites, moths and any kind of sickn", "Mites: how to rid a hive of mites, moths"),
        ("The long road to the summer past", "The long road to the summer"),
        ("出了问题怎么办：蜂螨、分蜂和蜇伤，沉着的养蜂人如何应", "出了问题怎么办：蜂螨、分蜂和蜇伤"),
        ("The sea: tides rise and fall.", "The sea: tides rise and fall."),
    ],
)  # fmt: skip  # One example a line.
def test_a_line_that_ran_into_the_limit_loses_its_last_clause(line: str, kept: str) -> None:
    assert first_sentence(line, is_cut=True) == kept


@pytest.mark.parametrize(
    "line",
    [
        "How hives fall sick, and what to do about any kind of sickness, or",
        "The tools of the trade, such as",
        "The history of glass and the",
        "Beginnings: the first hives (in Egypt,",
        "养蜂的历史、工具以及",
        "The year: " + "it is long and full of work. " * 8 + "In autumn the keeper feeds the bees because winter",
    ],
)
def test_a_line_that_ends_in_mid_sentence_is_cut_off_and_is_mended(line: str) -> None:
    assert is_cut_off(line)
    assert not is_cut_off(mended_point(line))
    assert line.startswith(mended_point(line)[:20])


@pytest.mark.parametrize(
    "line",
    ["Bees. Their year", "What honey is good for", "Plan A", "The wax: what it is used for!", "蜜蜂。一年", "温和", ""],
)  # fmt: skip  # One line of short lines.
def test_what_may_be_meant_so_is_not_cut_off(line: str) -> None:
    assert not is_cut_off(line)
    assert mended_point(line) == line


def test_a_main_point_that_is_too_long_keeps_the_sentences_that_fit() -> None:
    sentence = "The keeper of the old lighthouse climbs the stairs every evening to light the lamp."
    assert mended_point(" ".join([sentence] * 9)) == " ".join([sentence] * 5)
    clauses = ", ".join(["the keeper climbs the stairs"] * 30)
    assert count_words(mended_point(clauses)) <= LONGEST_POINT
    assert mended_point(clauses).endswith("stairs")


_LINES = st.one_of(
    st.lists(
        st.sampled_from(["The sea", "tides", "rise", "and", "or", "such as", ",", ".", ":", "? ", "(", "the", "of"]),
        max_size=150,
    ).map(" ".join),
    st.lists(st.sampled_from("大海 潮汐 和 以及 ， 。 ： 例如 、 （".split()), max_size=99).map("".join),
    st.text(max_size=120),
)  # fmt: skip  # A line for each script.


@given(_LINES, st.booleans())
def test_nothing_is_added_and_what_is_whole_stays_so(line: str, is_cut: bool) -> None:
    kept = first_sentence(line, is_cut=is_cut)
    assert " ".join(line.split()).startswith(kept)
    assert first_sentence(kept) == kept
    assert not is_cut_off(kept) or is_vague(line)
    assert not is_overlong(kept)
    assert is_vague(line) or not is_vague(kept)


@given(_LINES)
def test_a_mended_point_has_nothing_left_to_mend(line: str) -> None:
    kept = mended_point(line)
    assert " ".join(line.split()).startswith(kept)
    assert not is_overlong(kept)
    assert not is_cut_off(kept)
    assert mended_point(kept) == kept
    assert count_words(kept) <= max(LONGEST_POINT, LONGEST_CHINESE_POINT)
    assert is_vague(line) or not is_vague(kept)
