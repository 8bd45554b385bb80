"""What is kept between calls, with the real model: nothing is read twice, and the text stays what it would be."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import Message, Prompt, PromptProgress, ReplyFinished, Sampling
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from tests.backend.conftest import EXACT, app_paths
from tests.backend.replies import GREEDY, ask, beginning, long_text, question


@pytest.fixture(scope="module")
def other(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    """A second engine; ``other.close()`` makes it forget everything, the next call starts it again."""
    paths = app_paths(tmp_path_factory.mktemp("home"))
    with LlamaEngine(ModelSpec("other", starter_model), paths=paths, options=EXACT) as engine:
        yield engine


BASE = long_text(300)


@pytest.mark.parametrize(
    "tail",
    [
        "\n\nGo on.",
        "\n\nWhat happened next in the old town? Tell it in one sentence.",
        " " + long_text(120, start=700) + "\n\nSummarize it.",
    ],
    ids=["a few tokens", "a sentence", "a paragraph"],
)
def test_with_a_kept_beginning_the_text_is_the_same_as_without(
    engine: LlamaEngine, other: LlamaEngine, tail: str
) -> None:
    ask(engine, question(BASE + "\n\nWrite a title."), replace(GREEDY, max_tokens=8))
    reused = ask(engine, question(BASE + tail))
    other.close()
    fresh = ask(other, question(BASE + tail))
    assert reused.usage.prompt_tokens_reused > 250
    assert fresh.usage.prompt_tokens_reused == 0
    assert reused.text == fresh.text
    assert reused.text.strip()


def test_a_kept_beginning_is_not_read_again(engine: LlamaEngine) -> None:
    first = ask(engine, question(BASE + " One."), replace(GREEDY, max_tokens=4))
    longer = BASE + " One. " + long_text(100, start=800)
    second = ask(engine, question(longer), replace(GREEDY, max_tokens=4))
    total = second.usage.prompt_tokens_read + second.usage.prompt_tokens_reused
    assert second.usage.prompt_tokens_reused >= first.usage.prompt_tokens_read - 20
    assert second.usage.prompt_tokens_read < 0.4 * total


@pytest.mark.parametrize("tokens", [1, 7, 30])
@pytest.mark.parametrize("temperature", [0.0, 0.8])
def test_a_reply_that_is_taken_up_goes_on_as_it_would_have(
    engine: LlamaEngine, tokens: int, temperature: float
) -> None:
    prompt = question(BASE + "\n\nTell what happened to the bridge.")
    sampling = Sampling(temperature=temperature, max_tokens=40, seed=11)
    whole = ask(engine, prompt, sampling)
    part = beginning(engine, prompt, sampling, tokens)
    rest = ask(engine, replace(prompt, reply_prefix=part), replace(sampling, max_tokens=40 - tokens))
    assert part
    # Text comes in pieces of several tokens, so there may be a few more than were asked for.
    assert (part + rest.text).startswith(whole.text)
    assert rest.usage.prompt_tokens_read <= 1


def test_an_edited_beginning_is_kept_up_to_the_edit(engine: LlamaEngine) -> None:
    prompt = question(BASE + "\n\nTell what happened to the bridge in four sentences.")
    whole = ask(engine, prompt, replace(GREEDY, max_tokens=40))
    words = whole.text.split(" ")
    edited = " ".join([*words[:15], "suddenly", "collapsed,", "and"])
    rest = ask(engine, replace(prompt, reply_prefix=edited), replace(GREEDY, max_tokens=10))
    prompt_tokens = whole.usage.prompt_tokens_read + whole.usage.prompt_tokens_reused
    assert rest.usage.prompt_tokens_reused > prompt_tokens + 10
    assert rest.usage.prompt_tokens_read < 15
    assert rest.text


def test_a_space_at_the_end_of_an_edited_text_is_not_doubled(engine: LlamaEngine) -> None:
    prompt = question("Where is Rome?")
    with_space = ask(engine, replace(prompt, reply_prefix="Rome is the capital of "), replace(GREEDY, max_tokens=4))
    without = ask(engine, replace(prompt, reply_prefix="Rome is the capital of"), replace(GREEDY, max_tokens=4))
    assert without.text.startswith(" ")
    assert with_space.text == without.text[1:]


def test_a_conversation_goes_on_behind_the_models_own_words(engine: LlamaEngine) -> None:
    first = question(BASE + "\n\nTell what happened to the bridge.")
    reply = ask(engine, first, replace(GREEDY, max_tokens=60))
    turn = Prompt((*first.messages, Message("assistant", reply.text), Message("user", "And to the tower?")))
    second = ask(engine, turn, replace(GREEDY, max_tokens=8))
    assert second.usage.prompt_tokens_read < 30


def test_after_warming_nothing_is_left_to_read(engine: LlamaEngine) -> None:
    prompt = question(long_text(200, start=3000) + "\n\nSummarize it.")
    events = list(engine.warm(prompt))
    assert any(isinstance(event, PromptProgress) for event in events)
    last = events[-1]
    assert isinstance(last, ReplyFinished)
    assert last.usage.prompt_tokens_read > 200
    assert last.usage.tokens_written == 0
    warmed = ask(engine, prompt)
    assert warmed.usage.prompt_tokens_read == 0
    again = ask(engine, prompt)
    assert again.text == warmed.text


def test_the_same_seed_gives_the_same_text_and_another_seed_another(engine: LlamaEngine) -> None:
    prompt = question("Tell a story about a fox.")
    one, same, other = (ask(engine, prompt, Sampling(0.9, seed=seed, max_tokens=30)).text for seed in (1, 1, 2))
    assert one == same
    assert one != other
