from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.budget import RunningCount, WordBudget, adjusted_target
from longwriter_desktop.agentwrite.sentences import sentence_ends
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


def test_no_target_moves_by_more_than_6_percent() -> None:
    assert adjusted_target(document(20), "1") == 212
    assert adjusted_target(document(900), "1") == 188


@given(st.lists(st.integers(180, 220), min_size=5, max_size=5))
def test_the_last_section_makes_the_document_come_out_where_its_own_target_allows(delivered: list[int]) -> None:
    budget = WordBudget.of(document(*delivered), "5")
    total = sum(delivered)
    assert 180 <= budget.least <= budget.target <= budget.most <= 220
    if total + 220 >= 1164 and total + 180 <= 1236:
        assert total + budget.least >= 1164
        assert total + budget.most <= 1236


def test_a_section_before_the_last_may_be_within_ten_percent_of_its_own_target() -> None:
    budget = WordBudget.of(document(190), "1")
    assert (budget.least, budget.most) == (180, 220)


def test_a_locked_section_keeps_its_target() -> None:
    locked = document(100)
    locked = locked.with_section(replace(locked.section("3"), locked=True))
    assert adjusted_target(locked, "3") == 200


def budget_of(target: int) -> WordBudget:
    return WordBudget.of(Document(sections=(Section("p", target, id="p"), Section("q", target))), "p")


def found_end(budget: WordBudget, text: str) -> int | None:
    for length in range(5, len(text), 5):
        end = budget.end_of_section(text[:length], length - 5)
        if end is not None:
            return end
        if budget.is_over(count_words(text[:length])):
            return None
    return None


@settings(max_examples=60)
@given(st.integers(20, 1000), st.integers(3, 19), st.integers(0, 30))
def test_a_section_of_sentences_ends_near_its_target_at_a_sentence_or_not_at_all(
    target: int, sentence: int, seed: int
) -> None:
    text = prose(seed, 2 * target + 80, sentence)
    budget = budget_of(target)
    end = found_end(budget, text)
    if end is None:  # Then no sentence ends within the budget.
        ends = [place for place in sentence_ends(text) if budget.least <= count_words(text[:place]) <= budget.most]
        assert not ends
    else:
        assert text[:end].endswith(".")
        assert abs(count_words(text[:end]) - target) <= 0.1 * target


def test_of_the_sentence_ends_the_nearest_to_the_target_is_taken() -> None:
    text = " ".join(" ".join(["word"] * 9) + " end." for _ in range(60))
    words = [count_words(text[: found_end(budget_of(target), text) or 0]) for target in (200, 204, 206, 300, 304)]
    assert words == [200, 200, 210, 300, 300]


def test_a_sentence_that_would_be_too_long_is_begun_anew_and_at_last_let_go_on() -> None:
    text = " ".join(["word"] * 69) + " end. " + " ".join(["word"] * 100)
    budget = budget_of(100)
    over = text[: 5 * 112]
    assert budget.end_of_section(over, 0) is None
    assert budget.is_over(count_words(over))
    place = budget.start_of_overlong(over)
    assert place is not None
    assert over[:place].endswith("end.")
    assert budget.last_resort(over) is None
    assert budget.last_resort(over + " end. And") == len(over) + 5


def test_a_text_without_any_sentence_end_is_cut_at_a_word() -> None:
    text = " ".join(["word"] * 500)
    budget = budget_of(100)
    assert budget.start_of_overlong(text[: 5 * 120]) is None
    assert budget.last_resort(text[: 5 * 120]) is None
    for length in (5 * 135, 5 * 140, 5 * 400):  # However much of it has come.
        end = budget.last_resort(text[:length])
        assert end is not None
        assert text[:end] == " ".join(["word"] * 135)


def test_a_text_that_is_there_is_enough_when_it_ends_a_sentence_near_the_target() -> None:
    budget = budget_of(100)
    assert budget.enough_without_model(prose(1, 95))
    assert not budget.enough_without_model(prose(1, 95).rstrip("."))
    assert not budget.enough_without_model(prose(1, 60))


@given(st.lists(st.text(alphabet="ab é1,.字数\n", max_size=6), max_size=20))
def test_counting_as_the_text_grows_is_counting_the_text(pieces: list[str]) -> None:
    running, text = RunningCount(), ""
    for piece in pieces:
        text += piece
        assert running.of(text) == count_words(text)
