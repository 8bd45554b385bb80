import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.sentences import ends_sentence, sentence_ends


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three", ["One.", "One. Two!"]),
        ('"Go." She went', ['"Go."']),
        ("It was 3.14 metres", []),
        ("Dr. Grey met Mr. Hill. They", ["Dr. Grey met Mr. Hill."]),
        ("The U.S. fleet", []),
        ("See Prof. Hill, No. 5, p. 12. He", ["See Prof. Hill, No. 5, p. 12."]),
        ("She said no. Then", ["She said no."]),
        ("It was made by NASA. Then", ["It was made by NASA."]),
        ("Run for the USA! Go to the UN? We", ["Run for the USA!", "Run for the USA! Go to the UN?"]),
        ("Is it I? J. R. Hill met Ms. B. Grey. He", ["Is it I?", "Is it I? J. R. Hill met Ms. B. Grey."]),
        ("In the days of Henry VIII. He", ["In the days of Henry VIII."]),
        ("IV. The sea", []),
        ("It was in 1823. Then", ["It was in 1823."]),
        ("1. Wash it. 2. Dry", ["1. Wash it.", "1. Wash it. 2."]),
        ("Text.\n\n1. Wash it\n  - 2. Dry", ["Text.", "Text.\n\n1. Wash it"]),
        ("| He left. | She came. |\n", ["| He left. | She came. |"]),
        ("So:\n```\nx = 1. \n```\nIt ran. Then", ["So:", "So:\n```\nx = 1. \n```", "So:\n```\nx = 1. \n```\nIt ran."]),
        ("他走了。“好。”她说", ["他走了。", "他走了。“好。”"]),
        ("他走了。", []),
        ("A line\nanother", ["A line"]),
        ("# A heading\ntext", []),
        ("- item one\n- item two\n", ["- item one", "- item one\n- item two"]),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, sentences: list[str]) -> None:
    assert [text[:end] for end in sentence_ends(text)] == sentences


@given(st.text(), st.integers(0, 50))
def test_ends_lie_in_the_text_behind_the_start(text: str, start: int) -> None:
    ends = sentence_ends(text, start)
    assert ends == sorted(set(ends))
    assert all(start < end <= len(text) for end in ends)


def test_a_text_that_may_be_cut_short_is_told_from_one_that_ends() -> None:
    assert ends_sentence("")
    assert ends_sentence("He left. ")
    assert ends_sentence("他走了。”")
    assert not ends_sentence("He left the")
