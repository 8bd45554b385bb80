from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.beyond_window import MORE_THAN_ANY_CONTEXT, View, left_out_up_to
from longwriter_desktop.agentwrite.engine import EngineEvent, Prompt, PromptProgress, Sampling
from longwriter_desktop.agentwrite.events import (
    SectionFinished,
    SectionStarted,
    SectionSummarised,
    TextOmitted,
    TextWritten,
    WriterEvent,
)
from longwriter_desktop.agentwrite.prompts import Ask, Layout, Omission, write_prompt
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import PromptTooLong
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates

LAYOUTS: tuple[Layout, ...] = get_args(Layout)


def is_summary(prompt: Prompt) -> bool:
    return prompt.messages[-1].content.endswith("Answer with the summary alone.")


def whole(prompt: Prompt) -> str:
    return "\n".join(message.content for message in prompt.messages) + prompt.reply_prefix


class Narrow(FakeModel):
    """Writes prose, and sums a text up in its last few words."""

    def __init__(self, context_tokens: int = 2600, known: bool = True) -> None:
        super().__init__(self._say, context_tokens, step=16)
        self.window = context_tokens
        self.context_tokens = context_tokens if known else 0
        self.summed_up = 0

    def _say(self, prompt: Prompt, sampling: Sampling) -> str:
        if is_summary(prompt):
            self.summed_up += 1
            return " ".join(prompt.messages[0].content.partition("\n\nSum up")[0].split()[-9:])
        return prose(sampling.seed, 900)

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self.context_tokens = self.window
        return super().generate(prompt, sampling)


def planned(sections: int, words: int = 150, language: str = "en") -> Document:
    return Document(
        instruction="Write about the sea",
        language=language,
        sections=tuple(
            Section(f"Point {number}: about {number}", words, heading=f"Point {number}", id=f"s{number}")
            for number in range(1, sections + 1)
        ),
    )


class Desk:
    """A document that a model writes; what it says is recorded, and each section's beginning is remembered."""

    def __init__(self, document: Document, model: "Narrow", layout: Layout) -> None:
        self.document, self.model, self.layout = document, model, layout
        self.events: list[WriterEvent] = []
        self.beginnings: dict[str, Document] = {}
        self.prompts: dict[str, list[Prompt]] = {}
        """Those that the text of a section was written for, by its id."""

    def stream(self, **how: object) -> Iterator[WriterEvent]:
        events = write(lambda: self.document, self.model, templates, layout=self.layout, **how)  # type: ignore[arg-type]  # keywords pass through
        with closing(events):
            for event in events:
                if isinstance(event, SectionStarted):
                    self.beginnings[event.section_id] = self.document
                self.document = record(self.document, event, 100.0)
                self.events.append(event)
                if isinstance(event, TextWritten) and event.tokens:
                    self.prompts.setdefault(event.section_id, []).append(self.model.calls[-1][0])
                yield event

    def run(self) -> None:
        for _ in self.stream():
            pass

    def said(self, kind: type[WriterEvent]) -> list[WriterEvent]:
        return [event for event in self.events if isinstance(event, kind)]


# -- what stands in a prompt -----------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("known", [True, False])
def test_a_long_document_is_written_with_beginning_summaries_and_end_in_view(layout: Layout, known: bool) -> None:
    desk = Desk(planned(11), Narrow(known=known), layout)
    desk.run()
    assert all(abs(section.words - 150) <= 15 for section in desk.document.sections)
    prompt = whole(desk.prompts["s11"][-1])
    omitted = desk.said(TextOmitted)[-1]
    assert isinstance(omitted, TextOmitted)
    assert omitted.first == 2
    for number, section in enumerate(desk.document.sections[:-1], start=1):
        left_out = omitted.first <= number <= omitted.last
        assert (section.text[:60] in prompt) != left_out
        assert (bool(section.summary) and section.summary in prompt) == left_out
    assert "Point 9: about 9" in prompt


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_section_is_summed_up_once_however_often_writing_is_paused(layout: Layout) -> None:
    desk = Desk(planned(16), Narrow(), layout)
    while not all(section.complete for section in desk.document.sections):
        for count, event in enumerate(desk.stream()):
            if isinstance(event, SectionFinished) or count > 60:
                break
    summarised = [event.section_id for event in desk.said(SectionSummarised) if isinstance(event, SectionSummarised)]
    assert len(summarised) == len(set(summarised)) > 5
    assert desk.document.section("s1").summary == ""


def test_what_is_left_out_is_said_once_for_each_stride() -> None:
    desk = Desk(planned(16), Narrow(), "continuous")
    desk.run()
    said = desk.said(TextOmitted)
    assert len(said) == len(set(said)) > 1
    assert len(said) < len(desk.document.sections) / 2


@pytest.mark.parametrize("layout", LAYOUTS)
def test_prompts_of_one_stride_begin_alike_up_to_the_newest_text(layout: Layout) -> None:
    desk = Desk(planned(16), Narrow(), layout)
    desk.run()
    prompts = [whole(each[-1]) for each in desk.prompts.values()]
    strides = len(desk.said(TextOmitted))
    anew = sum(1 for one, other in pairwise(prompts) if not _goes_on(one, other))
    assert anew <= strides


def _goes_on(one: str, other: str) -> bool:
    """Whether nearly all of ``one`` stands at the beginning of ``other``: all but the step, which changes."""
    same = next((at for at, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return len(one) - same < 900


# -- pauses ----------------------------------------------------------------------------------------


@st.composite
def long_documents(draw: st.DrawFn) -> Document:
    language = draw(st.sampled_from(["en", "zh"]))
    words = draw(st.lists(st.integers(5, 80), min_size=3, max_size=22))
    document = planned(len(words), language=language)
    sections = tuple(
        replace(
            section,
            word_target=target,
            heading=draw(st.sampled_from(["", section.heading])),
            direction=draw(st.sampled_from(["", "Begin with a storm"])),
        )
        for section, target in zip(document.sections, words, strict=True)
    )
    return replace(document, sections=sections)


@settings(max_examples=20, deadline=None)
@given(long_documents(), st.integers(900, 2500), st.sampled_from(LAYOUTS), st.data())
def test_after_a_pause_at_any_section_the_same_is_left_out(
    document: Document, context_tokens: int, layout: Layout, data: st.DataObject
) -> None:
    desk = Desk(document, Narrow(context_tokens), layout)
    try:
        desk.run()
    except PromptTooLong:
        return
    section_id = data.draw(st.sampled_from(sorted(desk.prompts)))
    prompts = list(desk.prompts[section_id])
    written = desk.document.section(section_id).text
    for text in ("", written[: len(written) // 2]):
        paused = Desk(desk.beginnings[section_id].with_text(section_id, text), Narrow(context_tokens), layout)
        for _ in paused.stream():
            if section_id in paused.prompts:
                prompts += paused.prompts[section_id]
                break
    before = desk.document.sections[: document.index(section_id)]
    shown = [[section.text in whole(prompt) for section in before] for prompt in prompts]
    assert all(each == shown[0] for each in shown)


@settings(max_examples=80, deadline=None)
@given(long_documents(), st.integers(60, 3000), st.sampled_from(LAYOUTS), st.integers(0, 400))
def test_a_prompt_fits_with_the_first_and_the_last_section_in_it_or_nothing_does(
    document: Document, context_tokens: int, layout: Layout, own_words: int
) -> None:
    sections = tuple(
        replace(section, text=prose(number, section.word_target), complete=True)
        for number, section in enumerate(document.sections[:-1])
    )
    document = replace(document, sections=(*sections, document.sections[-1]))
    index = len(sections)
    view = View(document, index, templates(document.language), layout)
    model = Narrow(context_tokens)
    list(view.look(model, Sampling()))
    ask = Ask(index, 100, written=prose(99, own_words))
    shown: list[Omission | None] = []
    while True:
        prompt = write_prompt(document, ask, view.templates, layout=layout, omission=view.omission)
        shown.append(view.omission)
        try:
            next(iter(model.generate(prompt, Sampling(max_tokens=10))))
        except PromptTooLong as full:
            try:
                view.narrow(full, prompt)
            except PromptTooLong:
                return
        else:
            break
    assert len(shown) == len(set(shown))
    text = whole(prompt)
    kept_ends = view.omission is None or view.omission.first == 1
    assert kept_ends or Omission(1, max(1, index - 1), told=max(1, index - 1)) in shown or index < 3
    if kept_ends:
        assert sections[0].text in text
        assert sections[-1].text in text


@given(st.lists(st.floats(1, 100), min_size=1, max_size=40), st.floats(0, 100), st.floats(20, 600), st.integers(0, 20))
def test_what_is_left_out_only_grows_and_the_last_section_stays(
    sizes: list[float], frame: float, room: float, most_told: int
) -> None:
    ends = [
        left_out_up_to(sizes[:count], frame=frame, room=room, summary=5, most_told=most_told)
        for count in range(1, len(sizes) + 1)
    ]
    assert ends == sorted(ends)
    for count, end in enumerate(ends, start=1):
        assert 1 <= end <= max(1, count - 1)
        size = frame + sizes[0] + min(end - 1, most_told) * 5 + sum(sizes[end:count])
        assert count == 1 or size <= room + 1e-6 or end == count - 1


def test_strides_are_long_enough_for_several_sections() -> None:
    ends = [left_out_up_to([10.0] * count, frame=20, room=200, summary=1, most_told=10) for count in range(1, 60)]
    jumps = sum(1 for one, other in pairwise(ends) if one != other)
    assert 0 < jumps <= 60 / 6


# -- the plan --------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_a_plan_that_is_too_long_by_itself_near_lines_and_headings_are_given(layout: Layout) -> None:
    document = planned(200, 40)
    sections = tuple(
        replace(section, heading=section.heading if number % 10 == 0 else "")
        for number, section in enumerate(document.sections)
    )
    document = replace(document, sections=sections)
    for number in range(100):
        section = document.sections[number]
        document = document.with_section(replace(section, text=prose(number, 40), complete=True, summary="In short."))
    model = Narrow(2200)
    desk = Desk(document, model, layout)
    for event in desk.stream():
        if isinstance(event, TextWritten):
            break
    text = whole(model.calls[-1][0])
    assert "Point 101: about 101" in text
    assert "Point 102: about 102" in text
    assert "about 190" not in text
    assert "Point 191" in text
    assert sections[0].main_point.split(":")[0] in text


# -- small contexts and other odd cases ------------------------------------------------------------


def test_a_context_in_which_the_document_fits_is_never_asked_for_its_length() -> None:
    model = Narrow(100_000)
    desk = Desk(planned(8), model, "paper")
    desk.run()
    assert all(sampling.max_tokens < MORE_THAN_ANY_CONTEXT for _prompt, sampling in model.calls)
    assert desk.said(TextOmitted) == []
    assert model.summed_up == 0


def test_an_engine_that_takes_any_length_is_left_alone() -> None:
    class Endless(FakeModel):
        def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
            self.calls.append((prompt, sampling))
            yield PromptProgress(1, 1, 0)

    model = Endless(lambda *_: "", context_tokens=50)
    document = planned(3).with_text("s1", prose(1, 150))
    view = View(document, 1, templates("en"), "paper")
    list(view.look(model, Sampling()))
    assert view.omission is None


def test_a_document_without_text_loads_no_model_to_look_at_it() -> None:
    model = Narrow(known=False)
    view = View(planned(3), 1, templates("en"), "paper")
    assert list(view.look(model, Sampling())) == []
    assert model.calls == []


def test_nothing_is_summed_up_for_a_section_that_is_still_in_view() -> None:
    desk = Desk(planned(16), Narrow(), "paper")
    desk.run()
    assert desk.document.sections[0].summary == ""
    assert desk.document.sections[-1].summary == ""
    assert desk.document.sections[-2].summary == ""


@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_a_small_context_a_section_goes_on_in_mid_sentence_where_a_reply_had_no_more_room(layout: Layout) -> None:
    def rambling(prompt: Prompt, sampling: Sampling) -> str:
        return " and ".join(prose(sampling.seed + at, 40, 40).rstrip(".") for at in range(9)) + ". " + prose(1, 300)

    model = Narrow(1400)
    model.speak = rambling
    desk = Desk(planned(1, 380), model, layout)
    desk.run()
    section = desk.document.sections[0]
    assert len(model.calls) > 1
    assert "\n" not in section.text.split(".")[0]
    assert section.words >= 340
