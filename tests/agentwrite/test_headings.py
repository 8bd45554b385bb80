import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.headings import heading_from, split_main_point, title_from
from longwriter_desktop.agentwrite.similarity import similarity


def test_a_line_with_a_title_gives_it_as_heading() -> None:
    assert split_main_point("Why keep bees: honey and the quiet hours") == (
        "Why keep bees",
        "Why keep bees: honey and the quiet hours",
    )
    assert split_main_point("为什么养蜂：蜂蜜与授粉")[0] == "为什么养蜂"


@pytest.mark.parametrize(
    ("main_point", "heading"),
    [
        ("Introduce the founding of Rome, including Romulus", "The founding of Rome"),
        ("Describe the wall and how it was built", "The wall"),
        ("介绍罗马的建立，包括传说", "罗马的建立"),
        ("The sea", "The sea"),
        ("A clause that goes on for far too many words to be a heading of anything", ""),
    ],
)
def test_a_heading_is_made_from_the_first_clause(main_point: str, heading: str) -> None:
    assert heading_from(main_point) == heading


@pytest.mark.parametrize(
    ("instruction", "title"),
    [
        ("Write a 1,000-word article on the history of the Roman Empire", "The history of the Roman Empire"),
        ("Please write a guide to keeping bees, 800 words", "Keeping bees"),
        ("写一篇1000字的中国旅游指南", "中国旅游指南"),
        ("写一篇1000字的中文散文，主题是秋天的院子，语气温暖", "秋天的院子"),
        ("请写一篇800字的议论文，题目是《论勤奋》", "论勤奋"),
        ("以《雨夜》为题写一篇800字的散文", "雨夜"),
        ("写一份8000字的指南，教新手学会烤面包。先说明准备", "烤面包"),
        ("写一部一万字的灯塔小史，给普通读者看", "灯塔小史"),
        ("写一部2000字的小说", "小说"),
        ("写一篇关于灯塔的文章", "灯塔"),
        ("Write a 2,500-word essay that argues trains are better. Open with a scene", "Trains are better"),
        ("Write a chapter of a novel. In this chapter the ship sinks, seen from the shore", "The ship sinks"),
        (
            "Write a 1,500-word report for a town council on lending tools from the public library: why and how",
            "Lending tools from the public library",
        ),
        ("Write a letter to the mayor about parking in the old town", "Parking in the old town"),
        ("A guide to living on a small budget", "Living on a small budget"),
        ("Write an essay: The lost city", "The lost city"),
        ("Write about my grandmother", "My grandmother"),
        (
            "A 3,000-word story about a piano tuner who is snowed in with the last customer of the year",
            "A piano tuner",
        ),
        ("Explain how tides work - for children", "Explain how tides work"),
        (
            "Write a report on the slow decline and sudden return of night trains across western Europe since 1990",
            "The slow decline and sudden return of night trains",
        ),
        ("写一份给镇议会的关于公共图书馆出借工具的报告，说明好处", "公共图书馆出借工具"),
        ("请为社区居民写一篇1500字的关于垃圾分类的科普文章", "垃圾分类"),
        ("给镇议会写一份1500字的报告，主题是图书馆出借工具", "图书馆出借工具"),
        ("写一篇散文：秋天", "秋天"),
        ("论述人工智能对现代农业生产与农村社会结构的深远影响及其对策研究", "论述人工智能对现代农业生产"),
        ("介绍Python编程语言在数据分析与机器学习领域中的应用场景", "介绍Python编程语言"),
        ("Write a text along this outline: Storms; Lamps", "Storms"),
        ("按照以下提纲写一篇文章：灯塔的起源; 灯塔的衰落", "灯塔的起源"),
    ],
)
def test_a_title_is_taken_from_the_instruction(instruction: str, title: str) -> None:
    assert title_from(instruction) == title


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=20))
def test_a_title_never_ends_within_a_word(words: list[str]) -> None:
    assert title_from(" ".join(words)).casefold() in (" ".join(words[:at]) for at in range(1, len(words) + 1))


@given(st.text())
def test_headings_and_titles_are_one_line_of_any_text(text: str) -> None:
    for made in (heading_from(text), title_from(text), split_main_point(text)[0]):
        assert "\n" not in made


def test_likeness_ignores_small_words_and_letter_case() -> None:
    assert similarity("The fall of Rome", "How Rome would fall") >= 0.6
    assert similarity("The fall of Rome", "Bees in a garden") == 0.0
    assert similarity("罗马帝国的兴起", "罗马帝国的兴起与繁荣") > 0.7
    assert similarity("罗马帝国的兴起", "蜜蜂的一年") < 0.3
