import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.request import MAX_WORDS, understand
from tests.agentwrite.test_numerals import chinese, english


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
        ("ten-thousand-word novel", 10_000),
        ("two and a half thousand words", 2500),
        ("10.000 words", 10_000),
        ("a few hundred words", 300),
        ("３０００ words", 3000),
        ("3000-plus words", 3000),
        ("between 800 and 1,000 words", 950),
        ("no more than 500 words", 500),
        ("Word limit 500", 500),
        ("a 5-chapter novel of 2,000 words each", 10_000),
        ("five chapters of about 2000 words", 10_000),
        ("each of the 12 chapters should have 1000 words", 12_000),
        ("10 chapters, 1,500 words per chapter", 15_000),
        ("three 500-word essays", 1500),
        ("Write 3 x 500 words", 1500),
        ("a 7-day diary with 100 words per day", 700),
        ("a total of 6000 words in 3 parts, each 2500 words", 6000),
        ("two and a half pages", 625),
        ("two single-spaced pages", 1000),
        ("a 3-page report of 900 words", 900),
        ("a 10-minute speech", 1300),
        ("half an hour talk", 3900),
        ("a story about a 10-minute delay", None),
        ("a story with 5 characters", None),
        ("a tweet of 280 characters", 47),
        ("Write a story in Chinese, 2000 characters", 2000),
        ("Write a 500-word summary of a 10,000-word report", 500),
        ("Explain the difference in two words", None),
        ("the 1,000 most common words", None),
        ("Write a list of 15 birds", 300),
        ("千字文", 1000),
        ("一篇万字长文", 10_000),
        ("三千字左右", 3000),
        ("不少于800字", 800),
        ("一万五千字", 15_000),
        ("5000字以上", 5000),
        ("不超过500字", 500),
        ("５０００字", 5000),
        ("三到五千字", 4500),
        ("三五千字", 4500),
        ("800字到1000字", 950),
        ("字数：1500-2000", 1875),
        ("篇幅控制在两千以内", 2000),
        ("五章，每章两千字", 10_000),
        ("每章2000字，共五章", 10_000),
        ("分三部分，每部分500字", 1500),
        ("写5篇300字的短文", 1500),
        ("共5000字，分5章，每章900字", 5000),
        ("500个英文单词", 500),
        ("3000个字符", 3000),
        ("几千字", 3000),
        ("三千来字", 3000),
        ("贰仟字", 2000),
        ("2万5千字", 25_000),
        ("十分钟的演讲稿", 2200),
        ("三页纸的报告", 1500),
        ("四字成语", None),
        ("写一篇关于三字经的文章", None),
        ("二十万字", None),
        ("出10道单选题", 1000),
        ("第10页写了什么", None),
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
        ("Write about porcelain in Chinese art", "en"),
        ("Write in Chinese about tea", "zh"),
        ("Answer in simplified Chinese.", "zh"),
        ("The best books in English literature", "en"),
        ("写一篇介绍英语学习方法的文章", "zh"),
        ("以英文撰写一份报告", "en"),
        ("请不要用英文写", "zh"),
        ("Not in English but in Chinese, please", "zh"),
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
    assert understand(f"写一篇{words}字的文章").evidence.startswith(str(words))


@given(st.integers(20, 99_999))
def test_every_number_is_understood_in_words_and_signs(words: int) -> None:
    assert understand(f"Write an essay of about {english(words)} words on bees.").words == words
    assert understand(f"Write a {english(words).replace(' ', '-')}-word essay on bees.").words == words
    assert understand(f"写一篇约{chinese(words)}字的文章").words == words
    assert understand(f"字数不少于{chinese(words)}字。").words == words


@given(st.integers(100, 5000), st.integers(2, 9))
def test_a_length_for_each_part_is_counted_as_often_as_there_are_parts(words: int, parts: int) -> None:
    assert understand(f"Write {english(parts)} chapters of {words} words each").words == words * parts
    assert understand(f"A novel in {parts} chapters, each {words} words long").words == words * parts
    assert understand(f"写{chinese(parts)}章，每章{words}字").words == words * parts


def test_what_the_length_was_read_from_is_told() -> None:
    assert understand("Write a 3,000-word essay on bees").evidence == "3,000-word"
    assert understand("Write on bees").evidence == ""


def test_a_language_that_is_named_in_the_middle_of_much_material_is_no_wish() -> None:
    material = "The keeper's log was kept by hand for a hundred years. " * 100
    instruction = f"A history of lighthouses.\n{material}It was written in Chinese.\n{material}"
    assert understand(instruction).language == "en"
    assert understand(f"{instruction}Write it in Chinese.").language == "zh"
