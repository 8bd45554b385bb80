import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.coverage import coverage
from longwriter_desktop.agentwrite.engine import Heartbeat, Prompt, Sampling
from longwriter_desktop.agentwrite.events import (
    ChapterPlanned,
    PlanFinished,
    RequestUnderstood,
    StepDrafted,
    StepPlanned,
)
from longwriter_desktop.agentwrite.plan import language_of, plan
from longwriter_desktop.agentwrite.plan_check import check_plan
from longwriter_desktop.agentwrite.plan_lines import clean_line, spare_line
from longwriter_desktop.agentwrite.prompts import Planning
from longwriter_desktop.agentwrite.record import record_plan
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem
from tests.agentwrite.fake_model import FakeModel, Speak, prose
from tests.agentwrite.prompt_templates import templates


def planned(
    instruction: str, speak: Speak, words: int | None = None, planning: Planning = "guided", language: str = "en"
) -> PlanFinished:
    events = list(plan(instruction, FakeModel(speak), templates(language), words=words, planning=planning))
    assert isinstance(events[0], RequestUnderstood)
    finished = events[-1]
    assert isinstance(finished, PlanFinished)
    return finished


def as_document(finished: PlanFinished, words: int, language: str = "en") -> Document:
    return record_plan(Document(instruction="Write", language=language, word_target=words), finished)


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


@pytest.mark.parametrize("first", ["The Silent Light: A Guide to Keeping Bees", "The Quiet Hive"])
def test_a_title_from_the_worked_example_is_asked_for_again(first: str) -> None:
    def copying(prompt: Prompt, sampling: Sampling) -> str:
        if prompt.reply_prefix:
            return good_lines(prompt, sampling)
        return first if sampling.temperature == Sampling().temperature else "Lamps on the Rocks"

    assert planned("Write a 1,000-word article on lighthouses", copying).title == "Lamps on the Rocks"
    assert planned("Write 1,000 words on lighthouses and their keepers", copying).title == "Lamps on the Rocks"
    assert planned("Write 1,000 words on bees, how to keep them and their hive", copying).title == first


def test_lines_that_speak_of_what_the_worked_example_is_about_are_not_taken_over() -> None:
    def leaking(prompt: Prompt, sampling: Sampling) -> str:
        own = prose(sampling.seed + 5, 5).rstrip(".")
        return f" {prose(sampling.seed, 3).rstrip('.')}: the keeper and the {own} of the hive"

    finished = planned("Write a 1,000-word article on lighthouses", leaking)
    assert not any("hive" in each.step.main_point for each in finished.steps)
    theirs = planned("Write a 1,000-word article on bees and the keeper of a hive", leaking)
    assert all("hive" in each.step.main_point for each in theirs.steps)


@pytest.mark.parametrize("planning", ["guided", "free"])
def test_a_line_that_runs_on_is_cut_to_whole_sentences(planning: Planning) -> None:
    def runs_on(prompt: Prompt, sampling: Sampling) -> str:
        first = f"{prose(sampling.seed, 3).rstrip('.')}: {prose(sampling.seed + 5, 9).rstrip('.')}"
        rest = " ".join(prose(sampling.seed + place, 11) for place in range(9))
        if prompt.reply_prefix or planning == "guided":
            return f" {first}. {rest} and any kind of sickness, or"
        lines = [". ".join(own_point(20 * place + number) for number in range(12)) + " and" for place in range(1, 15)]
        return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, start=1))

    finished = planned("Write a 3,000-word article on glass", runs_on, planning=planning)
    points = [each.step.main_point for each in finished.steps]
    assert len(points) >= 7
    assert all(point.endswith(".") and len(point.split()) <= 80 for point in points)
    sentences = [point.count(".") for point in points]
    assert sentences == [1] * len(points) if planning == "guided" else min(sentences[:-1]) > 1


def test_what_comes_behind_the_first_sentence_of_a_line_is_not_waited_for() -> None:
    engine = FakeModel(lambda prompt, _sampling: f"{prose(1, 8)} {prose(1, 40)}" if prompt.reply_prefix else "Glass")
    list(plan("Write 200 words on glass", engine, templates("en")))
    assert engine.usage.tokens_written < 25


_NAMED = "Write a 2,000-word article on glass, covering windows, bottles, church history and the price of sand."


@pytest.mark.parametrize("planning", ["guided", "free"])
@pytest.mark.parametrize("words", [200, 400, 2000, 30_000])
def test_what_the_instruction_names_is_taken_up_whatever_a_model_says(planning: Planning, words: int) -> None:
    for speak in (good_lines, free_lines(5), says(""), says("1. Introduction\n2. Conclusion"), says("word " * 30)):
        finished = planned(_NAMED, speak, words, planning)
        lines = [f"{each.heading}: {each.step.main_point}" for each in finished.steps]
        assert coverage(_NAMED, lines).share == 1.0
        assert sum(each.step.words for each in finished.steps) == words


def test_chinese_topics_are_taken_up_in_their_order() -> None:
    asked = "写一篇2000字的文章介绍玻璃，内容包括窗户、瓶子、镜子和价格。"
    points = [each.step.main_point for each in planned(asked, says("生活里的光"), language="zh").steps]
    places = [
        next(place for place, point in enumerate(points) if topic in point)
        for topic in ("窗户", "瓶子", "镜子", "价格")
    ]
    assert places == sorted(places)


def test_a_topic_that_a_free_plan_misses_becomes_a_step_before_its_close() -> None:
    def misses(prompt: Prompt, sampling: Sampling) -> str:
        if prompt.reply_prefix:
            return good_lines(prompt, sampling)
        points = [
            "Windows and their makers",
            "Bottles in every kitchen",
            "Church history in colours",
            own_point(4),
            own_point(5),
        ]
        lines = [*points, "Conclusion of the whole matter"]
        return "\n".join(
            f"Paragraph {place} - Main Point: {each} - Word Count: 300 words" for place, each in enumerate(lines, 1)
        )

    points = [each.step.main_point for each in planned(_NAMED, misses, planning="free").steps]
    assert len(points) == 7
    assert points[5].startswith("Price of sand: ")
    assert points[6] == "Conclusion of the whole matter"


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


@pytest.mark.parametrize("planning", ["guided", "free"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("words", [150, 399, 1000, 3000, 30_000])
def test_a_plan_is_valid_whatever_a_model_says(planning: Planning, language: str, words: int) -> None:
    for babble in (
        "",
        "word word word word",
        "1. Introduction\n2. Conclusion\n3. Introduction",
        "[main point]",
        "要点",
    ):
        finished = planned("Write on glass", says(babble), words, planning, language)
        assert not [each for each in check_plan(as_document(finished, words, language)) if each.kind != "window"]


def says(text: str) -> Speak:
    """A model that gives the same answer to everything."""
    return lambda _prompt, _sampling: text


def own_point(number: int) -> str:
    """A main point that shares no word with any other."""
    ending = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return " ".join(f"{word}{ending}" for word in prose(1, 9).rstrip(".").split())


def free_lines(count: int) -> Speak:
    """A model that writes whole plans in AgentWrite's form, and lines where it is asked for lines."""

    def speak(prompt: Prompt, sampling: Sampling) -> str:
        if prompt.reply_prefix or "Paragraph 1 - Main Point" not in prompt.messages[-1].content:
            return good_lines(prompt, sampling)
        lines = [
            f"Paragraph {number} - Main Point: {own_point(number)} - Word Count: {100 * number} words"
            for number in range(1, count + 1)
        ]
        return "Here is the plan:\n\n" + "\n".join(lines) + "\n"

    return speak


def test_a_free_plan_is_the_models_own_with_the_words_scaled_to_the_request() -> None:
    engine = FakeModel(free_lines(10))
    events = list(plan("Write a 3,000-word article on glass", engine, templates("en"), planning="free"))
    finished = events[-1]
    assert isinstance(finished, PlanFinished)
    assert len(engine.calls) == 2  # the plan, and the title
    assert [each.step.main_point for each in finished.steps] == [own_point(number) for number in range(1, 11)]
    targets = [each.step.words for each in finished.steps]
    assert sum(targets) == 3000
    assert targets == sorted(targets)
    assert targets[0] == 200


def test_a_free_plan_streams_into_the_outline() -> None:
    events = list(plan("Write a 1,000-word article", FakeModel(free_lines(5)), templates("en"), planning="free"))
    drafts = [event for event in events if isinstance(event, StepDrafted)]
    assert [number for number, _ in itertools.groupby(draft.number for draft in drafts)] == [1, 2, 3, 4, 5]
    assert drafts[-1].main_point.startswith(own_point(5))


def test_lines_that_a_free_plan_lacks_are_filled_in_and_surplus_ones_are_joined() -> None:
    short = planned("Write 3,000 words on glass", free_lines(3), planning="free")
    assert len(short.steps) == 14
    assert short.steps[0].step.main_point == own_point(1)
    long = planned("Write 1,000 words on glass", free_lines(9), planning="free")
    assert len(long.steps) == 5
    assert all(each.step.words == 200 for each in long.steps)
    assert any("; " in each.step.main_point for each in long.steps)


def test_a_free_plan_that_is_no_plan_is_made_line_by_line() -> None:
    def talks(prompt: Prompt, sampling: Sampling) -> str:
        return good_lines(prompt, sampling) if prompt.reply_prefix else "I cannot help with that."

    finished = planned("Write 1,000 words on glass", talks, planning="free")
    assert len(finished.steps) == 5
    assert all(":" in each.step.main_point for each in finished.steps)


def test_a_model_that_does_not_stop_listing_is_stopped() -> None:
    engine = FakeModel(free_lines(200))
    list(plan("Write 1,000 words on glass", engine, templates("en"), planning="free"))
    assert engine.usage.tokens_written < 1000


def test_above_50_paragraphs_chapters_come_first_and_open_with_their_headings() -> None:
    engine = FakeModel(good_lines)
    events = list(plan("Write 30,000 words on glass", engine, templates("en")))
    chapters = [event for event in events if isinstance(event, ChapterPlanned)]
    finished = events[-1]
    assert isinstance(finished, PlanFinished)
    assert len(chapters) == 9
    assert sum(chapter.step.words for chapter in chapters) == 30_000
    headings = [each.heading for each in finished.steps if each.heading]
    assert headings == [chapter.heading for chapter in chapters]
    assert finished.steps[0].heading
    starts = [place for place, each in enumerate(finished.steps) if each.heading] + [len(finished.steps)]
    for chapter, (start, end) in zip(chapters, itertools.pairwise(starts), strict=True):
        assert sum(each.step.words for each in finished.steps[start:end]) == chapter.step.words
    last = next(prompt for prompt, _ in reversed(engine.calls) if prompt.reply_prefix)
    assert all(chapter.step.main_point in last.messages[-1].content for chapter in chapters)
    settled = [event.step.number for event in events if isinstance(event, StepPlanned)]
    assert settled == list(range(1, len(finished.steps) + 1))


@pytest.mark.parametrize("words", [20_000, 100_000, 250_000])
def test_very_long_texts_are_planned_whole(words: int) -> None:
    finished = planned("Write a novel about glass", good_lines, words=words)
    steps = [each.step for each in finished.steps]
    assert sum(step.words for step in steps) == words
    assert all(200 <= step.words <= 1000 for step in steps)


def test_spare_lines_all_differ() -> None:
    for spare in (*templates("en").plan_spare, *templates("zh").plan_spare):
        made: list[str] = []
        for place in range(1, 101):
            made.append(spare_line(spare, place, made))
        assert all(similarity(one, other) < NEAR_IDENTICAL for one, other in itertools.combinations(made, 2))
        assert not any(is_vague(line) for line in made)


def test_it_is_told_where_the_length_comes_from() -> None:
    def told(instruction: str, words: int | None = None) -> tuple[int, str, str]:
        first = next(iter(plan(instruction, FakeModel(good_lines), templates("en"), words=words)))
        assert isinstance(first, RequestUnderstood)
        return first.word_target, first.source, first.evidence

    assert told("Write a 600-word note") == (600, "instruction", "600-word")
    assert told("Write a 600-word note", 800) == (800, "person", "")
    assert told("Write a note") == (1000, "default", "")


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
