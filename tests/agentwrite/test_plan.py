import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Heartbeat, Prompt, Sampling
from longwriter_desktop.agentwrite.events import PlanFinished, RequestUnderstood, StepDrafted, StepPlanned
from longwriter_desktop.agentwrite.plan import clean_line, language_of, plan
from longwriter_desktop.agentwrite.record import record_plan
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem
from tests.agentwrite.fake_model import FakeModel, Speak, prose
from tests.agentwrite.prompt_templates import templates


def planned(instruction: str, speak: Speak, words: int | None = None) -> PlanFinished:
    events = list(plan(instruction, FakeModel(speak), templates("en"), words=words))
    assert isinstance(events[0], RequestUnderstood)
    finished = events[-1]
    assert isinstance(finished, PlanFinished)
    return finished


def good_lines(prompt: Prompt, sampling: Sampling) -> str:
    return f" {prose(sampling.seed, 3).rstrip('.')}: {prose(sampling.seed + 5, 9)}\n2. more"


def test_the_plan_has_the_asked_length_and_a_line_for_each_paragraph() -> None:
    finished = planned("Write a 3,000-word article on glass", good_lines)
    steps = [each.step for each in finished.steps]
    assert len(steps) == 14
    assert sum(step.words for step in steps) == 3000
    assert [step.number for step in steps] == list(range(1, 15))
    assert all(each.heading and each.step.main_point.startswith(each.heading) for each in finished.steps)


def test_words_given_beside_the_instruction_win() -> None:
    finished = planned("Write a 3,000-word article on glass", good_lines, words=600)
    assert sum(each.step.words for each in finished.steps) == 600


def test_lines_grow_in_the_outline_while_they_are_made() -> None:
    events = list(plan("Write 400 words on glass", FakeModel(good_lines), templates("en")))
    drafts = [event for event in events if isinstance(event, StepDrafted) and event.number == 1]
    settled = next(event for event in events if isinstance(event, StepPlanned))
    assert len(drafts) > 3
    assert drafts[-1].main_point == settled.step.main_point
    assert all(len(first.main_point) <= len(second.main_point) for first, second in itertools.pairwise(drafts))
    assert any(isinstance(event, Heartbeat) for event in events)


def test_a_line_that_says_what_an_earlier_one_said_is_asked_for_again() -> None:
    def stubborn(prompt: Prompt, sampling: Sampling) -> str:
        number = int(re.findall(r"(\d+)\.$", prompt.reply_prefix)[-1]) if prompt.reply_prefix else 0
        first_try = sampling.temperature == Sampling().temperature
        if number and first_try:
            return " The great fire: how the town burned in a night"
        return good_lines(prompt, sampling)

    points = [each.step.main_point for each in planned("Write 1,000 words on a town", stubborn).steps]
    assert len(points) == 5
    for index, point in enumerate(points):
        assert all(similarity(point, other) < NEAR_IDENTICAL for other in points[:index])


def test_the_worked_example_is_not_copied_into_the_plan() -> None:
    def copying(prompt: Prompt, sampling: Sampling) -> str:
        if sampling.temperature == Sampling().temperature:
            return " The clock: Ada buys a broken clock at a market and hears paper rustle inside it"
        return good_lines(prompt, sampling)

    finished = planned("Write a 1,000-word story about an old bridge", copying)
    assert not any("Ada" in each.step.main_point for each in finished.steps)


def test_the_worked_examples_title_is_not_taken_over() -> None:
    def copying(prompt: Prompt, sampling: Sampling) -> str:
        return "The Quiet Hive: A Guide to Keeping Bees" if not prompt.reply_prefix else good_lines(prompt, sampling)

    finished = planned("Write a 1,000-word article on the history of lighthouses", copying)
    assert finished.title == "The history of lighthouses"


@pytest.mark.parametrize(
    "babble", ["", "\n", "....", "word word word word", "1. 2. 3.", "* ", "[main point]", "：：："]
)
def test_any_model_gives_a_usable_plan(babble: str) -> None:
    finished = planned("Write 1,000 words on the history of glass", lambda _prompt, _sampling: babble)
    assert len(finished.steps) == 5
    assert sum(each.step.words for each in finished.steps) == 1000
    assert all(each.step.main_point for each in finished.steps)
    assert finished.title


@settings(max_examples=40)
@given(st.text(max_size=200), st.integers(1, 4000))
def test_whatever_a_model_says_the_plan_adds_up(said: str, words: int) -> None:
    finished = planned("Tell of the sea", lambda _prompt, _sampling: said, words=words)
    assert sum(each.step.words for each in finished.steps) == words
    assert all(each.step.main_point.strip() and "\n" not in each.step.main_point for each in finished.steps)


@pytest.mark.parametrize("instruction", ["", "   \n", "!!! ???"])
def test_an_empty_instruction_is_refused_in_a_sentence(instruction: str) -> None:
    with pytest.raises(InputProblem, match="no instruction"):
        list(plan(instruction, FakeModel(good_lines), templates("en")))


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("1. The sea: waves", "The sea: waves"),
        ("**The sea**: waves - Word Count: 200 words", "The sea: waves"),
        ("Paragraph 2: The sea", "The sea"),
        ("[The sea, 300 words]", "The sea"),
        ("第二部分：大海", "大海"),
        ("大海的故事 - 字数：400字", "大海的故事"),
    ],
)
def test_lines_are_freed_of_numbers_labels_and_word_counts(line: str, clean: str) -> None:
    assert clean_line(line) == clean


def test_a_new_plan_sends_old_text_to_the_trash() -> None:
    finished = planned("Write 400 words on glass", good_lines)
    old = Section("old", 100, text="Old words.")
    document = record_plan(Document(sections=(old, Section("empty", 100))), finished)
    assert len(document.sections) == 2
    assert document.trash == (old,)
    assert document.title == finished.title


def test_the_language_is_the_chosen_one_or_the_instructions_own() -> None:
    assert language_of("写一篇文章", "auto") == "zh"
    assert language_of("写一篇文章", "en") == "en"
    assert language_of("Write", "zh") == "zh"
