import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.request import MAX_WORDS, understand


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("Write a 10,000-word history of lighthouses", 10_000),
        ("Write a 10000-word history", 10_000),
        ("10 000 words on glass", 10_000),
        ("an essay of 5k words", 5000),
        ("write a 1.5k-word note", 1500),
        ("five thousand words about rain", 5000),
        ("twenty-five hundred words", 2500),
        ("two thousand five hundred words", 2500),
        ("a thousand words on bread", 1000),
        ("a five-hundred-word essay", 500),
        ("500 to 700 words", 650),
        ("1,000–2,000 words", 1750),
        ("3-4k words", 3750),
        ("two or three thousand words", 2750),
        ("no less than 2000 words", 2000),
        ("Write 3 chapters of 2,000 words each", 6000),
        ("word count: 1200", 1200),
        ("a 4-page report", 1000),
        ("写一篇3000字的报告", 3000),
        ("写一万字的小说", 10_000),
        ("1.5万字", 15_000),
        ("两千字左右", 2000),
        ("三千五百字", 3500),
        ("一千五字", 1500),
        ("约3千字", 3000),
        ("100至200字", 175),
        ("字数：2000", 2000),
        ("字数要求：2000左右", 2000),
        ("创作五篇日记，每篇400字左右", 2000),
        ("A history of the year 1984", None),
        ("Explain the word 'serendipity'", None),
        ("出10道单选题", None),
    ],
)
def test_the_asked_length_is_understood(instruction: str, words: int | None) -> None:
    assert understand(instruction).words == words


@pytest.mark.parametrize(
    ("instruction", "language"),
    [
        ("Write about Rome", "en"),
        ("写一篇关于罗马的文章", "zh"),
        ("用英文写一篇关于罗马的文章", "en"),
        ("Write an essay about Rome in Chinese", "zh"),
        ("写一篇关于 Python 和 Rust 的比较文章", "zh"),
        ("Who was 郭沫若? Tell his life", "en"),
    ],
)
def test_the_language_is_the_named_one_or_that_of_the_instruction(instruction: str, language: str) -> None:
    assert understand(instruction).language == language


@given(st.text())
def test_any_instruction_is_understood_somehow(instruction: str) -> None:
    request = understand(instruction)
    assert request.language in ("en", "zh")
    assert request.words is None or 1 <= request.words <= MAX_WORDS


@given(st.integers(1, MAX_WORDS))
def test_every_number_is_understood_in_digits(words: int) -> None:
    assert understand(f"Write an essay of {words:,} words on bees.").words == words
    assert understand(f"Write a {words}-word essay on bees.").words == words
    assert understand(f"写一篇{words}字的文章").words == words
