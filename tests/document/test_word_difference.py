from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.word_difference import compared_words, words_of

texts = st.lists(
    st.sampled_from(["lamp", "keeper", " ", "\n\n", ",", "灯", "塔", "’", "𝄞", "7", "_"]), max_size=20
).map("".join)


def test_a_changed_word_is_a_part_of_its_own() -> None:
    assert compared_words("The lamp was lit.", "The lens was lit.") == [
        (True, "The ", "The "),
        (False, "lamp", "lens"),
        (True, " was lit.", " was lit."),
    ]


def test_words_with_only_space_between_are_one_change() -> None:
    assert compared_words("Old men met.", "Wise women met.")[0] == (False, "Old men", "Wise women")


def test_chinese_is_compared_by_phrases_that_one_or_two_characters_do_not_tear_apart() -> None:
    assert [part for part in compared_words("灯塔亮着", "灯塔暗着") if not part[0]] == [(False, "亮", "暗")]
    old, new = "我们在海边住了三年，每天都去看灯塔。", "我们在山里住了五年，每周都去看日出。"
    assert compared_words(old, new) == [
        (True, "我们在", "我们在"),
        (False, "海边住了三年，每天", "山里住了五年，每周"),
        (True, "都去看", "都去看"),
        (False, "灯塔", "日出"),
        (True, "。", "。"),
    ]


def test_very_long_texts_are_told_apart_as_a_whole() -> None:
    old, new = "lamp " * 3000, "lens " * 3000
    assert compared_words(old, new) == [(False, old, new)]
    assert compared_words(old, old) == [(True, old, old)]
    assert compared_words("", "") == []


@given(texts, texts)
@hypothesis_settings(max_examples=100)
def test_the_parts_put_together_are_the_texts(old: str, new: str) -> None:
    parts = compared_words(old, new)
    assert "".join(part[1] for part in parts) == old
    assert "".join(part[2] for part in parts) == new
    assert all((one == other) for same, one, other in parts if same)
    assert "".join(words_of(old)) == old
