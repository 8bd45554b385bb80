"""Several replies at the same time, with the real model: each is a reply of its own, and costs less than alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import (
    BranchFinished,
    BranchText,
    Prompt,
    ReplyFinished,
    Sampling,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import PromptTooLong
from longwriter_desktop.paths import AppPaths
from tests.backend.replies import GREEDY, ask, long_text, question

pytestmark = pytest.mark.counted

BASE = question(long_text(300) + "\n\nTell what happened to the bridge.")
LIVELY = Sampling(temperature=0.9, max_tokens=40)


@pytest.fixture(scope="module")
def engine(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlamaEngine]:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path_factory.mktemp("home"))})
    options = EngineOptions(kv_type="q8_0", state_limit_bytes=0)
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine:
        yield engine


class Branches:
    """What a call gave: the text and the end of each reply, and the last event."""

    def __init__(
        self, engine: LlamaEngine, asked: Sequence[tuple[Prompt, Sampling]], enough: dict[int, int] | None = None
    ) -> None:
        """``enough``: of which reply how many tokens are enough."""
        self.texts = [""] * len(asked)
        self.ends: dict[int, BranchFinished] = {}
        self.together = 0
        ended: set[int] = set()
        counts = [0] * len(asked)
        for event in engine.generate_branches(asked, ended):
            if isinstance(event, BranchText):
                assert event.branch not in self.ends
                self.texts[event.branch] += event.text
                counts[event.branch] += event.tokens
                self.together += min(counts) > 0 and not self.ends
                if enough and counts[event.branch] >= enough.get(event.branch, 1_000_000):
                    ended.add(event.branch)
            elif isinstance(event, BranchFinished):
                assert event.branch not in self.ends
                self.ends[event.branch] = event
        assert isinstance(event, ReplyFinished)
        self.usage = event.usage


def test_each_reply_is_what_it_would_have_been_alone(engine: LlamaEngine) -> None:
    asked = [(BASE, replace(LIVELY, seed=seed)) for seed in (1, 2, 3)]
    together = Branches(engine, asked)
    alone = [ask(engine, prompt, sampling).text for prompt, sampling in asked]
    assert together.texts == alone
    assert len(set(together.texts)) == 3
    assert together.together > 5


def test_prompts_that_differ_at_their_end_share_their_beginning(engine: LlamaEngine) -> None:
    tails = ["Tell of the tower.", "Tell of the market, in one sentence.", "What colour was the harbour in the end?"]
    asked = [(question(long_text(300, start=4000) + "\n\n" + tail), GREEDY) for tail in tails]
    together = Branches(engine, asked)
    read = together.usage.prompt_tokens_read
    alone = [ask(engine, prompt, sampling) for prompt, sampling in asked]
    assert together.texts == [each.text for each in alone]
    assert read < 1.7 * (alone[0].usage.prompt_tokens_read + alone[0].usage.prompt_tokens_reused)


def test_a_reply_ends_when_it_is_enough_and_the_others_go_on(engine: LlamaEngine) -> None:
    asked = [(BASE, replace(LIVELY, seed=seed, min_tokens=40)) for seed in (1, 2, 3)]
    branches = Branches(engine, asked, enough={1: 5})
    assert branches.ends[1].reason == "cancelled"
    assert 5 <= branches.ends[1].tokens < 40
    assert [branches.ends[number].tokens for number in (0, 2)] == [40, 40]
    assert branches.usage.tokens_written == sum(end.tokens for end in branches.ends.values())


def test_going_on_with_one_of_them_reads_nothing_again(engine: LlamaEngine) -> None:
    asked = [(BASE, replace(LIVELY, seed=seed, min_tokens=40)) for seed in (1, 2, 3)]
    branches = Branches(engine, asked)
    on = ask(engine, replace(BASE, reply_prefix=branches.texts[2]), replace(LIVELY, max_tokens=4))
    assert on.usage.prompt_tokens_read <= 2
    other = ask(engine, replace(BASE, reply_prefix=branches.texts[1]), replace(LIVELY, max_tokens=4))
    assert 30 < other.usage.prompt_tokens_read < 64


def test_cancelled_in_the_middle_the_engine_goes_on_with_what_it_is_asked_next(engine: LlamaEngine) -> None:
    asked = [(BASE, replace(LIVELY, seed=seed)) for seed in (1, 2, 3)]
    alone = ask(engine, BASE, replace(LIVELY, seed=7)).text
    for _ in range(3):
        events = engine.generate_branches(asked)
        next(event for event in events if isinstance(event, BranchText) and event.branch == 2)
        events.close()  # type: ignore[attr-defined]  # It is a generator; the port only promises an iterator.
    assert ask(engine, BASE, replace(LIVELY, seed=7)).text == alone


def test_where_there_is_no_room_for_all_some_wait(starter_model: Path, paths: AppPaths) -> None:
    options = EngineOptions(context_tokens=1024, state_limit_bytes=0)
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths, options=options) as engine:
        asked = [(BASE, replace(LIVELY, seed=seed, max_tokens=400)) for seed in (1, 2, 3)]
        branches = Branches(engine, asked, enough={0: 4, 1: 4, 2: 4})
        assert sorted(branches.ends) == [0, 1, 2]
        assert branches.together == 0
        with pytest.raises(PromptTooLong):
            Branches(engine, [(BASE, replace(LIVELY, max_tokens=900))])
        assert ask(engine, BASE).text


def test_many_replies_are_written_in_turns(engine: LlamaEngine) -> None:
    asked = [(BASE, replace(LIVELY, seed=seed, max_tokens=6, min_tokens=6)) for seed in range(11)]
    branches = Branches(engine, asked)
    assert sorted(branches.ends) == list(range(11))
    assert all(branches.texts)
