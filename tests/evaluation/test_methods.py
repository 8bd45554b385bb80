import random
from collections.abc import Iterator

import pytest

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.evaluation.methods import (
    CONTEXT_FULL,
    FAR_OVER,
    NO_MORE_TOKENS,
    NO_PLAN,
    Bench,
    Doing,
    Method,
    Written,
    written,
)
from longwriter_desktop.evaluation.plan_validity import plan_faults
from longwriter_desktop.evaluation.tasks import Task
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates
from tests.evaluation.samples import task

PLAN = "\n".join(
    f"Paragraph {number} - Main Point: {point} - Word Count: 300 words"
    for number, point in enumerate(("How glass is made", "The windows of cathedrals"), start=1)
)


def finish(method: Method, model: FakeModel, of: Task) -> tuple[Written, list[str]]:
    writing = written(method, of, Bench(model, templates, Sampling(seed=1), "paper"))
    said: list[str] = []

    def events() -> Iterator[Doing]:
        text.append((yield from writing))

    text: list[Written] = []
    said = [doing.what for doing in events()]
    return text[0], said


def speaking(prompt: Prompt, sampling: Sampling) -> str:
    """A model that plans as it is asked, in the app's way or the paper's, and writes far too much."""
    question = prompt.messages[-1].content
    if "break down the following" in question:
        return PLAN
    if sampling.max_tokens <= 90:
        return f" {prose(sampling.seed, 3).rstrip('.')}: {prose(sampling.seed + 5, 9)}\n"
    return prose(sampling.seed, 450)


def test_ours_delivers_the_asked_length_with_a_valid_plan() -> None:
    text, said = finish("agentwrite", FakeModel(speaking), task(600))
    assert sum(section.words for section in text.sections) == pytest.approx(600, rel=0.05)
    assert text.understood == 600
    assert text.steps is not None
    assert plan_faults(text.steps, 600) == ()
    assert text.text.startswith("# ")
    assert any(what.startswith("section 2 of") for what in said)


def test_a_length_that_the_instruction_does_not_name_is_set_as_a_person_would() -> None:
    of = task(600, prompt="Write an article on glass")
    text, _said = finish("agentwrite", FakeModel(speaking), of)
    assert text.understood is None
    assert sum(section.words for section in text.sections) == pytest.approx(600, rel=0.05)


def test_plain_takes_each_reply_as_it_is() -> None:
    model = FakeModel(speaking)
    text, _said = finish("plain", model, task(600))
    assert text.steps is not None
    assert [section.words for section in text.sections] == [450] * len(text.steps)
    assert plan_faults(text.steps, 600) == ()
    asked = [(prompt, sampling) for prompt, sampling in model.calls if sampling.max_tokens == 4096]
    assert len(asked) == len(text.steps)
    for prompt, sampling in asked:
        assert (sampling.penalty_repeat, sampling.dry_multiplier, sampling.stop) == (1.0, 0.0, ())
        assert "Write a 600-word article on glass" in prompt.messages[0].content
    assert text.sections[0].text in asked[1][0].messages[0].content


def test_the_papers_scripts_make_their_plan_in_one_reply() -> None:
    model = FakeModel(speaking)
    text, _said = finish("paper", model, task(600))
    assert len(model.calls) == 3
    assert [(section.main_point, section.word_target) for section in text.sections] == [
        ("How glass is made", 300),
        ("The windows of cathedrals", 300),
    ]
    assert text.text == "\n\n".join(section.text for section in text.sections)
    assert text.understood is None


@pytest.mark.parametrize("plan", ["", "\n".join(f"{number}. Point {number}" for number in range(1, 60))])
def test_without_a_plan_of_fifty_lines_at_most_the_papers_scripts_write_nothing(plan: str) -> None:
    text, _said = finish("paper", FakeModel(lambda _prompt, _sampling: plan), task())
    assert (text.text, text.sections, text.stop) == ("", (), NO_PLAN)
    assert text.steps is not None
    assert plan_faults(text.steps, 400)


def test_direct_asks_the_instruction_alone_once() -> None:
    model = FakeModel(lambda _prompt, _sampling: prose(1, 120))
    text, _said = finish("direct", model, task())
    ((prompt, sampling),) = model.calls
    assert [message.content for message in prompt.messages] == ["Write a 400-word article on glass"]
    assert prompt.reply_prefix == ""
    assert (sampling.max_tokens, sampling.penalty_repeat, sampling.dry_multiplier) == (32_768, 1.0, 0.0)
    assert text == Written(prose(1, 120), text.sections)
    assert (text.sections[0].words, text.sections[0].word_target) == (120, 0)


@pytest.mark.parametrize("method", ["direct", "plain"])
def test_a_reply_without_end_is_ended_where_the_score_is_nothing_anyway(method: Method) -> None:
    def endless(prompt: Prompt, sampling: Sampling) -> str:
        return speaking(prompt, sampling) if sampling.max_tokens <= 90 else "again and " * 50_000

    text, _said = finish(method, FakeModel(endless), task())
    assert text.stop == FAR_OVER
    assert 1600 < count_words(text.text) < 1800


def test_a_reply_is_as_long_as_the_context_allows() -> None:
    model = FakeModel(lambda _prompt, _sampling: prose(1, 5000), context_tokens=1000)
    text, _said = finish("direct", model, task(2000))
    assert text.stop == CONTEXT_FULL
    size = len("Write a 2000-word article on glass") // 4
    assert model.calls[-1][1].max_tokens == 1000 - size
    assert len(text.text) == 4 * (1000 - size)


def test_a_reply_with_all_its_tokens_says_so() -> None:
    text, _said = finish("direct", FakeModel(lambda _prompt, _sampling: "glassblower " * 30_000), task(20_000))
    assert text.stop == NO_MORE_TOKENS


def test_where_the_context_is_full_the_rest_of_a_plan_stays_unwritten() -> None:
    def speak(prompt: Prompt, sampling: Sampling) -> str:
        reply = speaking(prompt, sampling)
        return (
            f"{reply}\nParagraph 3 - Main Point: What lenses changed - Word Count: 300 words"
            if reply == PLAN
            else reply
        )

    text, _said = finish("paper", FakeModel(speak, context_tokens=1300), task(900))
    assert text.stop == CONTEXT_FULL
    assert text.sections[0].words == 450
    assert 0 < text.sections[1].words < 450
    assert text.sections[2].text == ""


def chinese(seed: int, characters: int) -> str:
    """Sentences of eleven characters that mean nothing and do not repeat."""
    chance = random.Random(seed)
    return "".join(
        chr(0x4E00 + chance.randrange(3000)) + ("。" if number % 11 == 10 else "") for number in range(characters)
    )


def test_a_chinese_prompt_is_planned_and_written_in_chinese() -> None:
    def speak(prompt: Prompt, sampling: Sampling) -> str:
        if sampling.max_tokens <= 90:
            return f" {chinese(sampling.seed, 4)}：{chinese(sampling.seed + 1, 10)}\n"
        return chinese(sampling.seed, 900)

    text, _said = finish("agentwrite", FakeModel(speak), Task(1, "写一篇400字的文章，介绍玻璃", "", 400))
    assert text.understood == 400
    assert sum(section.words for section in text.sections) == pytest.approx(400, rel=0.05)
