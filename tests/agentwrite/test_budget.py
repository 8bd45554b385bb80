from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.budget import WordBudget, adjusted_target
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.fake_model import prose


def document(*delivered: int) -> Document:
    sections = [
        Section(f"p{index}", 200, text=prose(index, words), complete=True, id=str(index))
        for index, words in enumerate(delivered)
    ]
    sections += [Section(f"p{index}", 200, id=str(index)) for index in range(len(delivered), 6)]
    return Document(sections=tuple(sections))


def test_what_was_too_short_is_spread_over_what_is_left() -> None:
    assert adjusted_target(document(), "0") == 200
    assert adjusted_target(document(180), "1") == 204
    assert adjusted_target(document(220), "1") == 196


def test_no_target_moves_by_more_than_8_percent() -> None:
    assert adjusted_target(document(20), "1") == 216
    assert adjusted_target(document(900), "1") == 184


@given(st.lists(st.integers(185, 215), min_size=5, max_size=5))
def test_the_last_section_makes_the_document_come_out(delivered: list[int]) -> None:
    last = adjusted_target(document(*delivered), "5")
    missing = 1200 - sum(delivered)
    assert last == max(184, min(216, missing))


def test_a_locked_section_keeps_its_target() -> None:
    locked = document(100)
    locked = locked.with_section(replace(locked.section("3"), locked=True))
    assert adjusted_target(locked, "3") == 200


@settings(max_examples=40)
@given(st.integers(20, 1000), st.integers(3, 19), st.integers(0, 30))
def test_a_section_of_sentences_ends_within_ten_percent_or_a_sentence(target: int, sentence: int, seed: int) -> None:
    text = prose(seed, 2 * target + 80, sentence)
    budget = WordBudget(target)
    for length in range(5, len(text), 5):
        end = budget.end_of_section(text[:length], length - 5)
        if end is not None:
            break
    words = count_words(text[:end])
    assert text[:end].endswith(".")
    assert abs(words - target) <= max(0.1 * target, sentence)


def test_a_text_without_any_sentence_end_is_cut_at_a_word() -> None:
    text = " ".join(["word"] * 500)
    budget = WordBudget(100)
    assert budget.end_of_section(text[: 5 * 120], 0) is None
    end = budget.end_of_section(text[: 5 * 140], 0)
    assert end is not None
    assert text[:end].endswith("word")


def test_a_text_that_is_there_is_enough_when_it_ends_a_sentence_near_the_target() -> None:
    budget = WordBudget(100)
    assert budget.enough_without_model(prose(1, 95))
    assert not budget.enough_without_model(prose(1, 95).rstrip("."))
    assert not budget.enough_without_model(prose(1, 60))
