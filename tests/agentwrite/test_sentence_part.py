"""A passage in its sentence, and where a new one ends that was written as a part of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.sentence_part import SentencePart, sentence_part, up_to_tail

TEXT = (
    "It was late. The keeper of the tower, who was old, climbed the stairs every evening. Then he slept.\n\n"
    "- First the lamp is lit. Then the bell is rung.\n"
    "| Tower | Height of it | Year |\n"
    "他登上高塔，点亮了灯，然后才去睡觉。第二天又是这样。"
)


def part(words: str, text: str = TEXT) -> SentencePart | None:
    return sentence_part(text, Passage("a", text.index(words), words))


@pytest.mark.parametrize(
    ("words", "head", "tail"),
    [
        ("climbed the stairs", "The keeper of the tower, who was old, ", " every evening."),
        (" climbed the stairs ", "The keeper of the tower, who was old, ", "every evening."),
        ("The keeper", "", " of the tower, who was old, climbed the stairs every evening."),
        ("every evening.", "The keeper of the tower, who was old, climbed the stairs ", ""),
        ("every evening. Then he", "The keeper of the tower, who was old, climbed the stairs ", " slept."),
        ("the lamp", "First ", " is lit."),
        ("点亮了灯", "他登上高塔，", "，然后才去睡觉。"),
    ],
)
def test_the_sentence_stands_before_and_behind_its_part(words: str, head: str, tail: str) -> None:
    found = part(words)
    assert found is not None
    stripped = words.strip() if head.endswith(" ") and words.startswith(" ") else words
    assert (found.head.rstrip(), found.tail.lstrip()) == (head.rstrip(), tail.lstrip())
    assert found.whole.text == f"{found.head}{stripped.strip()}{found.tail}"
    assert TEXT.startswith(found.whole.text, found.whole.start)


@pytest.mark.parametrize(
    "words",
    ["It was late.", "It was late", "Then he slept.", "First the lamp is lit. Then the bell is rung.", "Height", " "],
)
def test_whole_sentences_and_what_is_no_prose_are_no_parts(words: str) -> None:
    assert part(words) is None


def test_a_passage_that_is_gone_is_no_part() -> None:
    assert sentence_part(TEXT, Passage("a", 0, "the keeper’s wife")) is None


@given(st.data())
def test_head_part_and_tail_make_the_sentence(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab .,!?。，*-|#\n", max_size=60))
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    found = sentence_part(text, Passage("a", start, words))
    if found is not None:
        assert f"{found.head}{words.strip()}{found.tail}" == found.whole.text
        assert text.startswith(found.whole.text, found.whole.start)
        assert found.head.strip() or found.tail.strip()


@pytest.mark.parametrize(
    ("written", "tail", "ended", "new"),
    [
        (" went up the stairs every evening and", " every evening and every morning.", False, "went up the stairs"),
        (" went up the stairs every evening", " every evening and every morning.", False, None),
        (" went every evening.", " every evening.", False, "went"),
        (" went every evening", " every evening.", True, "went"),
        (" said “no”, and the keeper", ", and the keeper slept.", False, "said “no”"),
        (" was gone. He", ", and the keeper slept.", False, "was gone"),
        (" was gone.", ", and the keeper slept.", False, None),
        (" was gone. He", " and the keeper slept.", False, None),
        ("and the keeper slept.", "and the keeper slept.", True, None),
        ("亮起了灯，然后才去睡", "，然后才去睡觉。", False, "亮起了灯"),
        ("亮起了灯。又", "，然后才去睡觉。", False, "亮起了灯"),
        (" anything", ".", True, None),
    ],
)
def test_the_new_part_ends_where_the_sentence_comes_back_to_what_stood_behind(
    written: str, tail: str, ended: bool, new: str | None
) -> None:
    assert up_to_tail(written, tail, ended=ended) == new


def test_what_goes_on_with_the_last_word_before_is_no_new_part() -> None:
    found = part("climbed the stairs")
    assert found is not None
    assert found.new_passage("ish went up every evening.", 1, ended=True) is None
    assert found.new_passage(" went up every evening.", 1, ended=True) == "went up"


def test_before_a_full_stop_alone_the_new_part_ends_with_the_sentence() -> None:
    found = part("climbed the stairs every evening")
    assert found is not None
    assert found.new_passage(" went up. He", 1, ended=False) == "went up"
    found = part("climbed the stairs every evening.")
    assert found is not None
    assert found.new_passage(" went up. He", 1, ended=False) == "went up."
