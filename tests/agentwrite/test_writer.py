from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Heartbeat, Prompt, Sampling
from longwriter_desktop.agentwrite.events import (
    SectionFinished,
    SectionStarted,
    TextCut,
    TextOmitted,
    TextWritten,
    WritingFinished,
    WritingStarted,
)
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.document.section import Status
from longwriter_desktop.errors import BackendCrashed, InputProblem, PromptTooLong
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.samples import CHINESE
from tests.agentwrite.writing_desk import LAYOUTS, Desk, talkative, uneven


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_section_is_written_to_its_target_and_ends_a_sentence(layout: Layout) -> None:
    desk = Desk(200, 300, 150)
    desk.run(FakeModel(talkative), layout=layout)
    assert isinstance(desk.events[0], WritingStarted)
    assert isinstance(desk.events[-1], WritingFinished)
    for section in desk.document.sections:
        assert section.complete
        assert section.stop_reason == "target"
        assert abs(section.words - section.word_target) <= 0.1 * section.word_target
        assert section.text.endswith(".")
    assert abs(desk.document.words - 650) <= 0.03 * 650
    assert set(desk.document.statuses().values()) == {Status.WRITTEN}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("targets", [(200,), (200, 200), (160, 200, 200, 200, 240), (400,) * 6])
def test_with_uneven_sentences_sections_and_documents_come_out(targets: tuple[int, ...], language: str) -> None:
    for seed in range(max(2, 1600 // sum(targets))):  # as many words of each
        desk = Desk(*targets, language=language)
        model = FakeModel(lambda _prompt, sampling, seed=seed: uneven(7 * sampling.seed + seed, language))  # type: ignore[misc]  # seed is bound
        desk.run(model, layout="continuous")
        for section in desk.document.sections:
            assert abs(section.words - section.word_target) <= 0.1 * section.word_target
            assert section.text.endswith((".", "。"))
        tolerance = 0.03 if len(targets) > 1 else 0.05  # A single sentence is the most that can be chosen.
        assert abs(desk.document.words - sum(targets)) <= tolerance * sum(targets)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_model_that_ends_early_is_asked_for_more_until_the_target(layout: Layout) -> None:
    desk = Desk(300, 200)
    model = FakeModel(lambda _prompt, sampling: prose(sampling.seed, 70))
    desk.run(model, layout=layout)
    assert all(
        abs(section.words - section.word_target) <= 0.1 * section.word_target for section in desk.document.sections
    )


def test_a_model_that_says_nothing_is_not_asked_for_ever() -> None:
    desk = Desk(300, 200)
    model = FakeModel(lambda _prompt, _sampling: "")
    desk.run(model)
    assert len(model.calls) <= 8
    assert isinstance(desk.events[-1], WritingFinished)


def test_writing_goes_on_in_mid_sentence_after_a_pause() -> None:
    desk = Desk(200, 200)
    desk.run(FakeModel(talkative), stop_after=60)
    before = desk.text("a")
    assert before
    assert not before.endswith(".")
    model = FakeModel(lambda _prompt, sampling: " and then" + prose(sampling.seed, 900))
    desk.run(model)
    assert desk.text("a").startswith(before.rstrip() + " and then")
    assert model.calls[0][0].reply_prefix == before.rstrip()
    assert desk.document.section("a").complete


def test_a_person_may_rewrite_the_half_written_section_before_going_on() -> None:
    desk = Desk(200, 200)
    desk.run(FakeModel(talkative), stop_after=60)
    desk.document = desk.document.with_text("a", "My own beginning of a sentence ")
    model = FakeModel(lambda _prompt, sampling: " goes on. " + prose(sampling.seed, 900))
    desk.run(model)
    assert desk.text("a").startswith("My own beginning of a sentence goes on. ")
    assert model.calls[0][0].reply_prefix == "My own beginning of a sentence"


def test_edits_made_while_writing_count_from_the_next_section_on() -> None:
    desk = Desk(200, 200, 200)
    model = FakeModel(talkative)
    for event in desk.stream(model):
        if isinstance(event, SectionFinished) and event.section_id == "a":
            edited = desk.document.with_text("a", "Edited meanwhile. " * 20)
            desk.document = edited.deleted("b")
    assert [section.id for section in desk.document.sections] == ["a", "c"]
    assert "Edited meanwhile." in model.calls[-1][0].messages[0].content
    assert desk.document.section("c").complete
    assert desk.document.trash[0].text == ""


def test_finished_and_locked_sections_are_left_alone() -> None:
    desk = Desk(100, 100, 100)
    desk.document = desk.document.with_section(replace(desk.document.section("b"), locked=True))
    desk.document = desk.document.with_section(replace(desk.document.section("a"), text="Mine.", complete=True))
    desk.run(FakeModel(talkative))
    assert desk.text("a") == "Mine."
    assert desk.text("b") == ""
    assert desk.document.section("c").complete


def test_a_paragraph_that_begins_as_the_instruction_does_is_measured_too() -> None:
    """It is held back until it is known to go on differently, which may be at the end of the reply."""
    first, paragraph = prose(1, 165, 15), prose(2, 90, 15)
    desk = Desk(200, 200)
    desk.document = replace(desk.document, instruction=f"{paragraph} Make 200 words of it.")
    desk.run(FakeModel(lambda _prompt, _sampling: f"{first}\n\n{paragraph}"), sections=["a"])
    written = desk.document.section("a")
    assert written.text.startswith(f"{first}\n\n{paragraph[:60]}")
    assert abs(written.words - 200) <= 20
    assert written.text.endswith(".")
    assert written.stop_reason == "target"


def test_writing_again_keeps_the_old_text_as_a_version() -> None:
    desk = Desk(100, 100)
    desk.run(FakeModel(talkative))
    old = desk.text("a")
    other = desk.text("b")
    desk.run(FakeModel(lambda _prompt, sampling: prose(sampling.seed + 1, 900)), sections=["a"], again=True)
    section = desk.document.section("a")
    assert section.text != old
    assert [version.text for version in section.versions] == [old, section.text]
    assert section.versions[-1].origin == "generated"
    assert desk.text("b") == other
    assert desk.document.statuses()["b"] is Status.STALE


def test_a_text_edited_by_hand_is_kept_when_its_section_is_written_again() -> None:
    desk = Desk(100)
    desk.run(FakeModel(talkative))
    generated = desk.text("a")
    desk.document = desk.document.with_text("a", "By hand.")
    desk.run(FakeModel(talkative), again=True)
    assert [version.text for version in desk.document.section("a").versions][:2] == [generated, "By hand."]


def test_two_neighbouring_prompts_agree_up_to_the_end_of_the_text_between() -> None:
    for layout in LAYOUTS:
        desk = Desk(120, 120, 120)
        model = FakeModel(talkative)
        desk.run(model, layout=layout)
        prompts = [
            "".join(f"<{message.role}>{message.content}" for message in prompt.messages)
            + "<reply>"
            + prompt.reply_prefix
            for prompt, _ in model.calls
        ]
        second, third = (next(text for text in prompts[::-1] if desk.text(name) not in text) for name in ("b", "c"))
        agree = next((i for i, (x, y) in enumerate(zip(second, third, strict=False)) if x != y), len(second))
        assert agree >= second.index(desk.text("a")) + len(desk.text("a"))


def test_a_changed_plan_leaves_the_beginning_of_the_prompt_alone() -> None:
    desk = Desk(120, 120, 120)
    desk.run(FakeModel(talkative), sections=["a"])
    changed = replace(desk.document.section("c"), main_point="Point c: now about whales")
    desk.document = desk.document.with_section(changed)
    model = FakeModel(talkative)
    desk.run(model, sections=["b"])
    question = model.calls[0][0].messages[0].content
    assert question.index("about c") < question.index(desk.text("a")) < question.index("now about whales")


def test_the_direction_of_a_section_is_told_to_the_model() -> None:
    for layout in ("paper", "conversation", "continuous", "guided"):
        desk = Desk(120)
        desk.document = desk.document.with_section(replace(desk.document.section("a"), direction="Begin with a storm"))
        model = FakeModel(talkative)
        desk.run(model, layout=layout)
        prompt = model.calls[0][0]
        assert "Begin with a storm" in prompt.messages[-1].content + prompt.reply_prefix
        assert desk.document.section("a").versions[-1].direction == "Begin with a storm"


def test_a_text_that_outgrows_the_context_is_left_out_in_the_middle() -> None:
    desk = Desk(*[150] * 14)
    model = FakeModel(talkative, context_tokens=2600)
    desk.run(model)
    assert all(section.complete and section.words >= 130 for section in desk.document.sections)
    omitted = [event for event in desk.events if isinstance(event, TextOmitted)]
    assert omitted
    assert omitted[0].first == 2
    last_prompt = model.calls[-1][0].messages[0].content
    assert desk.text("a")[:80] in last_prompt
    assert desk.text("m")[:80] in last_prompt
    assert desk.text("c")[:80] not in last_prompt


def test_a_context_too_small_for_anything_is_an_error_that_keeps_the_document() -> None:
    desk = Desk(150, 150)
    with pytest.raises(PromptTooLong, match="Everything written is kept"):
        desk.run(FakeModel(talkative, context_tokens=200))
    assert desk.text("a") == ""


def test_a_failing_engine_leaves_what_was_written_and_writing_goes_on_later() -> None:
    class Failing(FakeModel):
        def generate(self, prompt: Prompt, sampling: Sampling):  # type: ignore[no-untyped-def]  # as the base
            for count, event in enumerate(super().generate(prompt, sampling)):
                if count == 40:
                    raise BackendCrashed("gone")
                yield event

    desk = Desk(200)
    with pytest.raises(BackendCrashed):
        desk.run(Failing(talkative))
    before = desk.text("a")
    assert before
    desk.run(FakeModel(lambda _prompt, sampling: " on " + prose(sampling.seed, 900)))
    assert desk.text("a").startswith(before)


def test_a_failing_engine_takes_no_word_along_that_was_still_held_back() -> None:
    class FailingAtOnce(FakeModel):
        def generate(self, prompt: Prompt, sampling: Sampling):  # type: ignore[no-untyped-def]  # as the base
            for count, event in enumerate(super().generate(prompt, sampling)):
                if count == 6:
                    raise BackendCrashed("gone")
                yield event

    desk = Desk(200)
    with pytest.raises(BackendCrashed):
        desk.run(FailingAtOnce(lambda _prompt, _sampling: "The sea rose in the night and took the boats."))
    assert desk.text("a") == "The sea rose in "[: len(desk.text("a"))]
    assert desk.document.words >= 3


def test_a_document_without_a_plan_is_refused_in_a_sentence() -> None:
    with pytest.raises(InputProblem, match="Make a plan first"):
        Desk().run(FakeModel(talkative))


def test_the_events_alone_rebuild_the_text() -> None:
    desk = Desk(200, 120)
    desk.run(
        FakeModel(lambda _prompt, sampling: "Paragraph 1: " + prose(sampling.seed, 300) + "\n\nI hope this helps!")
    )
    texts: dict[str, str] = {}
    for event in desk.events:
        if isinstance(event, SectionStarted):
            texts[event.section_id] = ""
        elif isinstance(event, TextWritten):
            texts[event.section_id] += event.text
        elif isinstance(event, TextCut):
            texts[event.section_id] = texts[event.section_id][: -event.characters]
    assert texts == {section.id: section.text for section in desk.document.sections}


@settings(max_examples=60)
@given(st.lists(st.text(max_size=120), min_size=1, max_size=5), st.integers(10, 200), st.sampled_from(LAYOUTS))
def test_whatever_a_model_says_writing_ends_and_nothing_of_the_persons_is_touched(
    replies: list[str], target: int, layout: Layout
) -> None:
    desk = Desk(target, target)
    desk.document = desk.document.with_text("a", "Typed by hand")
    model = FakeModel(lambda _prompt, _sampling: replies[len(model.calls) % len(replies)])
    desk.run(model, layout=layout)
    assert isinstance(desk.events[-1], WritingFinished)
    assert desk.text("a").startswith("Typed by hand")
    assert len(model.calls) < 300


def test_usage_is_counted_for_sections_that_the_writer_ended() -> None:
    desk = Desk(200)
    desk.run(FakeModel(talkative))
    finished = next(event for event in desk.events if isinstance(event, SectionFinished))
    assert finished.usage.tokens_written > 100
    assert finished.usage.prompt_tokens_read > 100
    last = desk.events[-1]
    assert isinstance(last, WritingFinished)
    assert last.usage == finished.usage


def test_chinese_sections_end_at_chinese_sentences() -> None:
    desk = Desk(200, language="zh")
    desk.run(FakeModel(lambda _prompt, _sampling: CHINESE, step=3))
    assert desk.text("a").endswith("。")
    assert abs(desk.document.words - 200) <= 20


def test_a_text_stays_when_writing_it_again_fails_before_the_first_word() -> None:
    class NotLoading(FakeModel):
        def generate(self, prompt: Prompt, sampling: Sampling):  # type: ignore[no-untyped-def]  # as the base
            yield Heartbeat()
            raise BackendCrashed("does not load")

    desk = Desk(100)
    desk.run(FakeModel(talkative))
    before = desk.document
    with pytest.raises(BackendCrashed):
        desk.run(NotLoading(talkative), again=True)
    assert desk.document == before


def test_every_token_is_counted_also_those_of_text_that_was_held_back() -> None:
    desk = Desk(200)
    desk.run(FakeModel(lambda _prompt, sampling: "Paragraph 1: " + prose(sampling.seed, 900)))
    told = sum(event.tokens for event in desk.events if isinstance(event, TextWritten))
    finished = next(event for event in desk.events if isinstance(event, SectionFinished))
    assert told == finished.usage.tokens_written


@pytest.mark.parametrize(
    "own",
    [
        prose(1, 220) + " And then, as I typed myself, a sentence without any end to it that names forty ships",
        prose(1, 199) + " So he",
        prose(1, 400, 400).rstrip("."),
    ],
)
def test_what_the_person_typed_is_never_cut_however_long_it_is(own: str) -> None:
    desk = Desk(200)
    desk.document = desk.document.with_text("a", own)
    desk.run(FakeModel(lambda _prompt, sampling: " went on. " + prose(sampling.seed, 60)))
    assert desk.text("a").startswith(own)
    assert desk.document.section("a").complete


def test_a_section_that_got_no_text_is_tried_again_at_the_next_call() -> None:
    desk = Desk(200)
    desk.run(FakeModel(lambda _prompt, _sampling: ""))
    assert desk.text("a") == ""
    desk.run(FakeModel(talkative))
    assert desk.document.section("a").words > 180


def test_a_section_longer_than_a_small_context_has_room_for_is_written_in_several_replies() -> None:
    desk = Desk(2000)
    desk.run(FakeModel(talkative, context_tokens=8192))
    assert 1800 <= desk.document.words <= 2200
    assert not any(isinstance(event, TextOmitted) for event in desk.events)


def test_chinese_without_a_sentence_end_is_not_cut_back_to_its_only_space() -> None:
    desk = Desk(100, language="zh")
    desk.run(FakeModel(lambda _prompt, _sampling: "AI " + "".join(chr(0x4E00 + 37 * n % 20000) for n in range(400))))
    assert desk.document.words >= 100
