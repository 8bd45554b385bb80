"""Several texts for one section at the same time: each as `write` would have written it, the document untouched."""

from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.alternative_events import AlternativeFinished, AlternativeGrew, record_alternative
from longwriter_desktop.agentwrite.alternatives import alternatives
from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.agentwrite.events import SectionSummarised, TextOmitted
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import InputProblem
from tests.agentwrite.branching_model import BranchingModel
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates
from tests.agentwrite.test_beyond_window import Narrow, is_summary
from tests.agentwrite.writing_desk import LAYOUTS


def own_prose(_prompt: Prompt, sampling: Sampling) -> str:
    return prose(sampling.seed, 400)


def short_prose(_prompt: Prompt, sampling: Sampling) -> str:
    """Replies that end long before the target, so that more has to be asked for."""
    return prose(sampling.seed, 20 + sampling.seed % 50)


def document(text: str = "", *, complete: bool = False) -> Document:
    first = Section("The sea at night", 60, heading="Night", id="a", text=prose(1, 60), complete=True)
    second = Section("The sea by day", 120, heading="Day", id="b", text=text, complete=complete)
    return Document(instruction="Write about the sea", language="en", sections=(first, second))


def finished(
    model: FakeModel, text: Document, *, count: int = 3, layout: Layout = "continuous"
) -> list[AlternativeFinished]:
    events = list(alternatives(text, "b", model, templates, count=count, sampling=Sampling(seed=3), layout=layout))
    found = [event for event in events if isinstance(event, AlternativeFinished)]
    for each in found:
        grown = [event.text for event in events if isinstance(event, AlternativeGrew) and event.number == each.number]
        assert grown[-1].startswith(each.version.text.rstrip()[:50])
    return sorted(found, key=lambda event: event.number)


def alone(text: Document, seed: int, layout: Layout, speak: object) -> str:
    desk = [text]
    again = text.section("b").complete
    sampling = Sampling(seed=seed)
    model = FakeModel(speak)  # type: ignore[arg-type]  # One of the two above.
    for event in write(
        lambda: desk[0], model, templates, sections=["b"], again=again, sampling=sampling, layout=layout
    ):
        desk[0] = record(desk[0], event, 0.0)
    return desk[0].section("b").text


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("speak", [own_prose, short_prose], ids=["one reply", "several replies"])
def test_each_is_the_text_that_write_would_have_written_alone(layout: Layout, speak: object) -> None:
    for text in (document(), document("The day begins with"), document(prose(9, 100), complete=True)):
        found = finished(BranchingModel(speak), text, layout=layout)
        assert [event.number for event in found] == [1, 2, 3]
        for event in found:
            assert event.version.seed is not None
            assert event.version.text == alone(text, event.version.seed, layout, speak)
            assert 100 <= event.version.words <= 140
        assert len({event.version.text for event in found}) == 3


def test_they_are_written_together() -> None:
    model = BranchingModel(own_prose)
    finished(model, document(), count=5)
    assert model.widths == [5]


def test_an_engine_that_writes_one_reply_at_a_time_writes_the_same_texts_one_after_another() -> None:
    text = document()
    for speak in (own_prose, short_prose):
        together = finished(BranchingModel(speak), text)
        in_turn = list(
            alternatives(text, "b", FakeModel(speak), templates, sampling=Sampling(seed=3), layout="continuous")
        )
        ended = [event for event in in_turn if isinstance(event, AlternativeFinished)]
        assert ended == together
        grown = [event.number for event in in_turn if isinstance(event, AlternativeGrew)]
        assert grown == sorted(grown)


def long_document() -> Document:
    sections = tuple(
        Section(f"Point {number}", 150, heading=f"P{number}", id=f"s{number}", text=prose(number, 150), complete=True)
        for number in range(12)
    )
    return Document(instruction="Write", language="en", sections=(*sections, Section("The last", 100, id="b")))


class NarrowBranches(Narrow, BranchingModel):
    """A model of a short context that sums up as `Narrow` does, and writes several replies at a time."""

    widths: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.widths = []


@pytest.mark.parametrize("model", [Narrow(), NarrowBranches()], ids=["in turn", "together"])
def test_beyond_the_context_each_section_left_out_is_summed_up_once_for_all_and_the_summary_kept(
    model: Narrow,
) -> None:
    text = long_document()
    events = list(alternatives(text, "b", model, templates, sampling=Sampling(seed=3), layout="continuous"))
    assert sum(isinstance(event, AlternativeFinished) for event in events) == 3
    (omitted,) = (event for event in events if isinstance(event, TextOmitted))
    summarised = [event for event in events if isinstance(event, SectionSummarised)]
    told = [f"s{number - 1}" for number in range(omitted.first, omitted.last + 1)]
    assert [event.section_id for event in summarised] == told[-len(summarised) :]
    assert model.summed_up == len(summarised) > 1
    for event in summarised:
        text = record(text, event, 0.0)
    written_for = [prompt for prompt, _ in model.calls if not is_summary(prompt)][-1]
    shown = "".join(message.content for message in written_for.messages)
    assert all(not text.section(event.section_id).lacks_summary and event.summary in shown for event in summarised)

    again = list(alternatives(text, "b", model, templates, sampling=Sampling(seed=9), layout="continuous"))
    assert not [event for event in again if isinstance(event, SectionSummarised)]
    assert model.summed_up == len(summarised)


def test_the_first_becomes_the_text_of_an_empty_section_and_all_are_versions() -> None:
    text = document()
    for event in finished(BranchingModel(own_prose), text):
        text = record_alternative(text, event, 50.0)
    section = text.section("b")
    assert section.complete
    assert section.text == section.versions[0].text
    assert len(section.versions) == 3
    assert {version.created_at for version in section.versions} == {50.0}


def test_a_finished_text_stays_and_the_new_ones_are_versions() -> None:
    text = document(prose(9, 100), complete=True)
    before = text.section("b").text
    for event in finished(BranchingModel(own_prose), text):
        text = record_alternative(text, event, 50.0)
    assert text.section("b").text == before
    assert len(text.section("b").versions) == 3


def test_a_section_that_is_gone_or_locked_or_a_silly_number_changes_nothing() -> None:
    text = document()
    event = finished(BranchingModel(own_prose), text)[0]
    without = replace(text, sections=text.sections[:1])
    assert record_alternative(without, event, 1.0) == without
    locked = text.with_section(replace(text.section("b"), locked=True))
    with pytest.raises(InputProblem, match="locked"):
        finished(BranchingModel(own_prose), locked)
    for count in (1, 9):
        with pytest.raises(InputProblem, match="from 2 to 8"):
            finished(BranchingModel(own_prose), text, count=count)


def test_closing_stops_everything() -> None:
    model = BranchingModel(own_prose)
    events = alternatives(document(), "b", model, templates, sampling=Sampling())
    next(event for event in events if isinstance(event, AlternativeGrew))
    events.close()
    with pytest.raises(StopIteration):
        next(events)
