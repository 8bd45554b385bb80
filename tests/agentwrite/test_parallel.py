"""All sections at the same time, from the plan alone: nothing of one is in the prompt of another."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.agentwrite.events import SectionStarted, TextsSettled, TextWritten, WriterEvent, WritingFinished
from longwriter_desktop.agentwrite.parallel import write_parallel
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status
from longwriter_desktop.errors import InputProblem, PromptTooLong
from tests.agentwrite.branching_model import BranchingModel
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates
from tests.agentwrite.writing_desk import LAYOUTS


def own_prose(_prompt: Prompt, sampling: Sampling) -> str:
    return prose(sampling.seed, 400)


def short_prose(_prompt: Prompt, sampling: Sampling) -> str:
    """Replies that end long before the target, so that more has to be asked for."""
    return prose(sampling.seed, 20 + sampling.seed % 50)


def planned(sections: int, words: int = 60) -> Document:
    made = tuple(
        Section(f"Point {number}: what it says", words, heading=f"Heading {number}", id=f"s{number}")
        for number in range(1, sections + 1)
    )
    return Document(instruction="Write about the sea", word_target=sections * words, sections=made)


class Desk:
    """The document while it is written in parallel."""

    def __init__(self, document: Document, model: FakeModel, **wanted: object) -> None:
        self.document = document
        keywords = {"sampling": Sampling(seed=5), "layout": "continuous", **wanted}
        self.events = write_parallel(lambda: self.document, model, templates, **keywords)  # type: ignore[arg-type]  # By name.

    def __iter__(self) -> Iterator[WriterEvent]:
        for event in self.events:
            self.document = record(self.document, event, 7.0)
            yield event


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("speak", [own_prose, short_prose], ids=["one reply", "several replies"])
def test_each_section_is_written_without_a_word_of_the_others(layout: Layout, speak: object) -> None:
    model = BranchingModel(speak)
    desk = Desk(planned(5), model, layout=layout)
    events = list(desk)
    assert isinstance(events[-1], WritingFinished)
    texts = {section.id: section.text for section in desk.document.sections}
    for section in desk.document.sections:
        assert section.complete
        assert 54 <= section.words <= 66
    for prompt, _sampling in model.calls:
        asked = "".join(message.content for message in prompt.messages) + prompt.reply_prefix
        beginnings = [each for each, text in texts.items() if text[:40] in asked]
        assert len(beginnings) <= 1


def test_each_section_is_the_one_that_write_makes_from_the_plan_alone() -> None:
    desk = Desk(planned(3), BranchingModel(short_prose))
    list(desk)
    for section in desk.document.sections:
        single = planned(3)
        for event in write(
            lambda: single,  # noqa: B023 - called before the loop goes on
            FakeModel(short_prose),
            templates,
            sections=[section.id],
            sampling=Sampling(seed=5),
            layout="continuous",
            alone=True,
        ):
            single = record(single, event, 7.0)
        assert single.section(section.id).text == section.text


def test_eight_are_written_at_a_time_and_the_others_follow_as_there_is_room() -> None:
    model = BranchingModel(own_prose)
    desk = Desk(planned(11), model)
    started = 0
    finished_when_ninth_began = -1
    for event in desk:
        started += isinstance(event, SectionStarted)
        if isinstance(event, SectionStarted) and started == 9:
            finished_when_ninth_began = sum(section.complete for section in desk.document.sections)
    assert model.widths[0] == 8
    assert sum(model.widths) == 11
    assert finished_when_ninth_began >= 1


def test_none_is_stale_because_of_another_and_a_later_change_makes_the_later_ones_stale() -> None:
    desk = Desk(planned(4), BranchingModel(own_prose))
    events = list(desk)
    assert sum(isinstance(event, TextsSettled) for event in events) == 1
    document = desk.document
    assert set(document.statuses().values()) == {Status.WRITTEN}
    changed = document.with_text("s2", "Something else altogether.").statuses()
    assert [changed[f"s{number}"] for number in (1, 2, 3, 4)] == [
        Status.WRITTEN, Status.WRITTEN, Status.STALE, Status.STALE,
    ]  # fmt: skip  # One line says it better.


def test_stopped_in_the_middle_all_that_came_is_there_and_goes_on() -> None:
    desk = Desk(planned(6), BranchingModel(own_prose))
    for event in desk:
        if isinstance(event, TextWritten) and desk.document.words > 120:
            desk.events.close()
            break
    begun = {section.id: section.text for section in desk.document.sections}
    assert all(text.strip() for text in begun.values())
    assert not any(section.complete for section in desk.document.sections)
    again = Desk(desk.document, BranchingModel(own_prose))
    list(again)
    for section in again.document.sections:
        assert section.complete
        assert section.text.startswith(begun[section.id].rstrip())


def test_an_engine_that_writes_one_reply_at_a_time_writes_the_same() -> None:
    together, in_turn = Desk(planned(4), BranchingModel(own_prose)), Desk(planned(4), FakeModel(own_prose))
    list(together)
    order = [event.number for event in in_turn if isinstance(event, SectionStarted)]
    assert order == [1, 2, 3, 4]
    assert [section.text for section in in_turn.document.sections] == [
        section.text for section in together.document.sections
    ]


def test_locked_and_finished_sections_are_left_alone() -> None:
    document = planned(4)
    document = document.with_section(replace(document.section("s1"), text="Mine.", complete=True))
    document = document.with_section(replace(document.section("s3"), locked=True))
    desk = Desk(document, BranchingModel(own_prose))
    list(desk)
    assert desk.document.section("s1").text == "Mine."
    assert desk.document.section("s3").text == ""
    again = Desk(desk.document, BranchingModel(own_prose), sections=["s1"], again=True)
    list(again)
    assert again.document.section("s1").words > 50
    assert again.document.section("s1").versions[0].text == "Mine."


def test_without_a_plan_or_without_room_it_says_so() -> None:
    with pytest.raises(InputProblem, match="no plan"):
        list(Desk(Document(instruction="Write"), BranchingModel(own_prose)))
    with pytest.raises(PromptTooLong):
        list(Desk(planned(3), BranchingModel(own_prose, context_tokens=100)))
