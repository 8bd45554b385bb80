"""A token that takes long is stopped in its middle, and the text goes on as if nothing had been."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import BranchText, Prompt, ReplyFinished, Sampling, TextChunk
from longwriter_desktop.backend import llama
from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.context import Context
from longwriter_desktop.backend.session import Session
from tests.backend.replies import long_text, question

pytestmark = pytest.mark.counted

PROMPT = question("Tell a long story about a fox.")
GREEDY = Sampling(temperature=0, max_tokens=24)


LOGGED: list[str] = []


@pytest.fixture(scope="module")
def session(starter_model: Path) -> Iterator[Session]:
    """One in which every token counts as one that takes long."""
    log = llama.Log(LOGGED.append)
    llama.start()
    model = llama.Model(starter_model, log, layers={}, repack=False, on_progress=lambda _fraction: True)
    context = Context(model, tokens=2048, kv_type="q8_0", threads=(2, 2), batch=256)
    template = ChatTemplate(None, model.chat_template, bos="", eos="")
    yield Session(context, model.vocabulary, template, stop_within=0.0)
    context.close()
    model.close()


class Stop:
    """Says stop when it has been asked so many times."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def written(session: Session, prompt: Prompt, stop: Stop, sampling: Sampling = GREEDY) -> tuple[str, ReplyFinished]:
    text, event = "", None
    for event in session.generate(prompt, sampling, stop):
        if isinstance(event, TextChunk):
            text += event.text
    assert isinstance(event, ReplyFinished)
    return text, event


@pytest.mark.parametrize("asked", [450, 1_500, 2_222, 3_333, 4_100])
def test_what_was_stopped_in_the_middle_of_a_token_goes_on_as_it_would_have(session: Session, asked: int) -> None:
    never = Stop(1_000_000_000)
    whole, _end = written(session, PROMPT, never)
    list(session.warm(PROMPT, never))
    first, end = written(session, PROMPT, Stop(asked))
    assert end.reason == "cancelled"
    assert whole.startswith(first)
    left = replace(GREEDY, max_tokens=GREEDY.max_tokens - end.usage.tokens_written)
    rest, end = written(session, replace(PROMPT, reply_prefix=first), never, left)
    assert first + rest == whole
    assert end.usage.prompt_tokens_read <= 1


def test_it_is_asked_in_the_middle_of_tokens(session: Session) -> None:
    never = Stop(1_000_000_000)
    list(session.warm(PROMPT, never))
    before = never.left
    _text, end = written(session, PROMPT, never)
    assert before - never.left > 50 * end.usage.tokens_written


def test_branches_are_stopped_in_the_middle_of_a_token_too(session: Session) -> None:
    sampling = replace(GREEDY, temperature=0.9)
    asked = [(PROMPT, replace(sampling, seed=seed)) for seed in (1, 2)]
    texts = {stop: ["", ""] for stop in (3_000, 1_000_000_000)}
    for stop, text in texts.items():
        for event in session.generate_branches(asked, (), Stop(stop)):
            if isinstance(event, BranchText):
                text[event.branch] += event.text
        assert isinstance(event, ReplyFinished)
    stopped, whole = texts.values()
    assert all(all_of_it.startswith(part) for part, all_of_it in zip(stopped, whole, strict=True))
    assert len("".join(stopped)) < len("".join(whole))


def test_a_stop_that_was_asked_for_is_no_error_in_the_log(session: Session) -> None:
    LOGGED.clear()
    _text, end = written(session, PROMPT, Stop(1_500))
    assert end.reason == "cancelled"
    *_, end = session.warm(question(long_text(200)), Stop(500))  # type: ignore[assignment]  # the last is the end
    assert end.reason == "cancelled"
    assert LOGGED == []
