import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.evaluation.judge import MOST_TRIES, Verdict, excerpt, judged, read_scores
from longwriter_desktop.evaluation.methods import Doing
from longwriter_desktop.evaluation.results import DIMENSIONS
from tests.agentwrite.fake_model import FakeModel, prose

SCORES = dict(zip(DIMENSIONS, (5, 4, 3, 2, 1, 5), strict=True))
REPLY = json.dumps({"Analysis": 'A "good" text.', **SCORES})


def verdict(model: FakeModel, text: str) -> Verdict:
    found: list[Verdict] = []

    def events() -> Iterator[Doing]:
        found.append((yield from judged("Write about glass", text, model, seed=3)))

    assert all(isinstance(doing, Doing) for doing in events())
    return found[0]


@pytest.mark.parametrize(
    "reply",
    [
        REPLY,
        f"Here is my judgement:\n```json\n{REPLY}\n```\nThank you.",
        json.dumps({name.lower(): f"{score}/5" for name, score in SCORES.items()}),
        json.dumps({name: {"score": float(score)} for name, score in SCORES.items()}),
        '{"Analysis": "Line one\nline two", ' + REPLY.partition(", ")[2],
        "\n".join(f"{number}. **{name}**: {score}/5 - fair." for number, (name, score) in enumerate(SCORES.items(), 1)),
        "Relevance: 1 at first sight.\n" + REPLY[:-1],
        "".join(f"“{name}”：{score}，" for name, score in SCORES.items()),
    ],
)
def test_scores_are_read_however_they_are_written(reply: str) -> None:
    assert read_scores(reply) == SCORES


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "A very good text.",
        REPLY.replace('"Clarity": 2, ', ""),
        REPLY.replace('"Clarity": 2', '"Clarity": 0'),
        REPLY.replace('"Clarity": 2', '"Clarity": 7'),
        REPLY.replace('"Clarity": 2', '"Clarity": 2.5'),
        REPLY.replace('"Clarity": 2', '"Clarity": 25'),
        REPLY.replace('"Clarity": 2', '"Clarity": true'),
        "[" * 5000,
    ],
)
def test_what_is_not_scored_from_one_to_five_is_not_guessed(reply: str) -> None:
    assert read_scores(reply) == {}


@given(st.text(), st.text(), st.dictionaries(st.sampled_from(DIMENSIONS), st.integers(-2, 8)))
def test_any_reply_gives_all_six_scores_or_none(before: str, after: str, scores: dict[str, int]) -> None:
    found = read_scores(before + json.dumps(scores) + after)
    assert set(found) in (set(), set(DIMENSIONS))
    assert all(1 <= score <= 5 for score in found.values())


def test_the_judge_is_asked_for_the_papers_form_without_penalties() -> None:
    model = FakeModel(lambda _prompt, _sampling: REPLY)
    found = verdict(model, "Glass is old.")
    assert (found.scores, found.share_read, found.tries) == (SCORES, 1.0, 1)
    assert found.analysis == r"A \"good\" text."
    ((prompt, sampling),) = model.calls
    question = prompt.messages[0].content
    assert "Write about glass" in question
    assert "Glass is old." in question
    assert "$" not in question
    assert all(name in question and name in prompt.grammar for name in DIMENSIONS)
    assert (sampling.temperature, sampling.penalty_repeat, sampling.dry_multiplier) == (0.0, 1.0, 0.0)


def test_an_unreadable_reply_is_asked_for_again_with_other_sampling_and_then_given_up() -> None:
    replies = iter(["Good.", "Better.", REPLY])
    model = FakeModel(lambda _prompt, _sampling: next(replies))
    assert verdict(model, "Glass").tries == 3
    assert len({sampling.seed for _prompt, sampling in model.calls}) == 3
    assert all(sampling.temperature > 0 for _prompt, sampling in model.calls[1:])
    model = FakeModel(lambda _prompt, _sampling: "Good.")
    assert verdict(model, "Glass") == Verdict({}, 1.0, MOST_TRIES)
    assert len(model.calls) == MOST_TRIES


@pytest.mark.parametrize("context", [2000, 2500, 4000])
def test_a_text_beyond_the_context_is_judged_by_its_beginning_middle_and_end(context: int) -> None:
    text = "\n\n".join(f"Part {number} begins. {prose(number, 60)}" for number in range(100))
    model = FakeModel(lambda _prompt, _sampling: REPLY, context_tokens=context)
    found = verdict(model, text)
    assert found.scores == SCORES
    assert 0.02 < found.share_read < 0.5
    assert found.tries == 1
    question = model.calls[-1][0].messages[0].content
    shown = [int(number) for number in re.findall(r"Part (\d+) begins", question)]
    assert shown[0] == 0
    assert "Part 99 begins" in question or prose(99, 60)[-50:] in question
    assert any(35 < number < 65 for number in shown)
    assert "beginning, middle and end" in question
    left_out = sum(int(number.replace(",", "")) for number in re.findall(r"… ([\d,]+) words of the response", question))
    assert found.share_read == pytest.approx(1 - left_out / count_words(text))


def test_a_judge_without_room_for_a_text_gives_no_scores() -> None:
    model = FakeModel(lambda _prompt, _sampling: REPLY, context_tokens=1200)
    assert verdict(model, prose(1, 3000)) == Verdict({}, 1.0, 0)


@given(st.text(alphabet="ab 。\n", max_size=3000), st.integers(300, 3500))
def test_an_excerpt_has_the_text_s_ends_and_is_never_too_long(text: str, characters: int) -> None:
    found = excerpt(text, characters)
    assert len(found.shown) <= max(characters, 0)
    assert 0.0 <= found.share <= 1.0
    if len(text) <= characters:
        assert (found.shown, found.share) == (text, 1.0)
    else:
        begin, *_middle, end = re.split(r"\n\n\[… [\d,]+ words of the response are left out here …\]\n\n", found.shown)
        assert text.startswith(begin)
        assert text.endswith(end)


def test_the_sampling_is_the_same_for_the_same_seed() -> None:
    seeds: list[list[int]] = []
    for _run in range(2):
        asked: list[int] = []

        def speak(prompt: Prompt, sampling: Sampling, asked: list[int] = asked) -> str:
            asked.append(sampling.seed)
            return ""

        verdict(FakeModel(speak), "Glass")
        seeds.append(asked)
    assert seeds[0] == seeds[1]
