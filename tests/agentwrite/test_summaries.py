from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, ReplyFinished, Sampling, TextChunk
from longwriter_desktop.agentwrite.events import SectionSummarised
from longwriter_desktop.agentwrite.prompts import Omission
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.summaries import SUMMARY_WORDS, shortened, sum_up, wanted_summaries
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates

STORY = "The lamp was lit by the keeper, who climbed the stair each night. 灯亮了，守塔人上楼。 "
KEEPER = Section("The keeper: who he was", 100, text=STORY + prose(1, 90), complete=True, id="a")


FIRST_WORDS = "The lamp was lit by the keeper, who climbed the stair each night. 灯亮了，守塔人上楼。"


def summary_of(section: Section, model: FakeModel, language: str = "en") -> SectionSummarised:
    events = sum_up(section, model, templates(language), Sampling(temperature=0.9))
    while True:
        try:
            event = next(events)
        except StopIteration as end:
            made: SectionSummarised = end.value
            return made
        assert not isinstance(event, TextChunk | ReplyFinished)


def says(text: str) -> FakeModel:
    return FakeModel(lambda _prompt, _sampling: text)


def test_the_model_is_asked_once_with_the_text_and_a_short_reply_in_mind() -> None:
    model = says("The keeper climbed each night.")
    made = summary_of(KEEPER, model)
    assert made.summary == "The keeper climbed each night."
    ((prompt, sampling),) = model.calls
    assert KEEPER.text in prompt.messages[0].content
    assert sampling.max_tokens < 200
    assert sampling.temperature <= 0.3


@pytest.mark.parametrize(
    ("reply", "summary"),
    [
        ("Summary: The lamp was lit.", "The lamp was lit."),
        ("**Summary:** The lamp was lit.\n", "The lamp was lit."),
        ("Sure! Here is the summary:\n\nThe lamp was lit.", "The lamp was lit."),
        ("“The lamp was lit.”", "The lamp was lit."),
        ("摘要：灯亮了。", "灯亮了。"),
        ("The lamp was lit. The keeper climbed the st", "The lamp was lit."),
        ("The lamp was lit and the keeper climbed", "The lamp was lit and the keeper climbed…"),
        ("", FIRST_WORDS),
        ("\n\n  \n", FIRST_WORDS),
        ("As requested, additional information meets all requirements.", FIRST_WORDS),
        ("多谢您的提问", FIRST_WORDS),
    ],
)
def test_what_the_model_says_becomes_a_summary(reply: str, summary: str) -> None:
    assert summary_of(KEEPER, says(reply)).summary == summary


@given(st.text(max_size=600) | st.integers(1, 300).map(lambda words: prose(words, words)), st.integers(1, 60))
def test_a_summary_is_one_line_of_at_most_so_many_words(reply: str, words: int) -> None:
    summary = shortened(reply, words)
    assert count_words(summary) <= words
    assert len(summary.splitlines()) <= 1
    assert summary == summary.strip()


def test_a_section_longer_than_the_context_is_summed_up_in_pieces() -> None:
    model = FakeModel(lambda _prompt, _sampling: "The keeper climbed.", context_tokens=700)
    section = replace(KEEPER, text=prose(2, 2000))
    made = summary_of(section, model)
    assert 0 < count_words(made.summary) <= SUMMARY_WORDS["en"]
    asked = "".join(prompt.messages[0].content for prompt, _ in model.calls[1:])
    assert prose(2, 2000)[-200:] in asked
    assert prose(2, 2000)[:200] in asked


def test_a_context_too_small_for_any_summary_leaves_the_first_words() -> None:
    model = FakeModel(lambda *_: "No.", context_tokens=20)
    assert summary_of(KEEPER, model).summary == FIRST_WORDS


def test_a_text_without_words_is_told_of_by_its_main_point() -> None:
    assert summary_of(replace(KEEPER, text=" [*] "), says("")).summary == KEEPER.main_point


@given(st.text(min_size=1, max_size=400), st.integers(30, 900), st.text(max_size=200))
def test_any_text_is_summed_up_in_any_context(text: str, context_tokens: int, reply: str) -> None:
    model = FakeModel(lambda *_: reply, context_tokens=context_tokens)
    made = summary_of(replace(KEEPER, text=text * 20), model)
    assert made.summary
    assert count_words(made.summary) <= max(SUMMARY_WORDS["en"], count_words(KEEPER.main_point))


def test_stopping_closes_what_the_model_does() -> None:
    closed = []

    class Slow(FakeModel):
        def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
            try:
                yield from super().generate(prompt, sampling)
            finally:
                closed.append(prompt)

    events = sum_up(KEEPER, Slow(lambda *_: "The lamp."), templates("en"), Sampling())
    next(events)
    events.close()
    assert len(closed) == 1


# -- which are made --------------------------------------------------------------------------------


def two() -> Document:
    return Document(sections=(KEEPER, replace(KEEPER, id="b", text=prose(2, 50))))


def wanted(document: Document) -> list[str]:
    return [section.id for section in wanted_summaries(document, Omission(0, len(document.sections)))]


def test_a_summary_is_made_when_there_is_none_or_the_text_has_changed() -> None:
    document = two()
    assert wanted(document) == ["a", "b"]
    document = record(document, summary_of(document.sections[0], says("The lamp was lit.")), at=1.0)
    assert document.section("a").summary == "The lamp was lit."
    assert wanted(document) == ["b"]
    assert wanted(document.with_text("a", document.section("a").text + "\n")) == ["b"]
    assert wanted(document.with_text("a", "Other text.")) == ["a", "b"]
    assert wanted(document.with_text("a", "")) == ["b"]


def test_a_summary_of_the_persons_own_stays_until_it_is_cleared() -> None:
    own = two().with_section(replace(KEEPER, summary="Mine.", summary_of=""))
    assert wanted(own) == ["b"]
    assert wanted(own.with_text("a", "Other text.")) == ["b"]
    made = summary_of(own.sections[0], says("The lamp was lit."))
    assert record(own, made, at=1.0) == own
    cleared = own.with_section(replace(own.section("a"), summary=""))
    assert wanted(cleared) == ["a", "b"]
    assert record(cleared, made, at=1.0).section("a").summary == "The lamp was lit."


def test_only_summaries_that_a_prompt_shows_are_made() -> None:
    assert wanted_summaries(two(), None) == ()
    assert [each.id for each in wanted_summaries(two(), Omission(0, 2, told=1))] == ["b"]
    assert wanted_summaries(two(), Omission(0, 2, told=2)) == ()


def test_a_summary_of_a_deleted_section_changes_nothing() -> None:
    document = two()
    made = summary_of(document.sections[0], says("The lamp was lit."))
    assert record(document.deleted("a"), made, at=1.0) == document.deleted("a")


def test_a_summary_makes_no_section_stale() -> None:
    document = two()
    written = document.with_section(replace(document.sections[1], basis=document.basis("b")))
    told = record(written, summary_of(written.sections[0], says("The lamp was lit.")), at=1.0)
    assert told.statuses() == written.statuses()
