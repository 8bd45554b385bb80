from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, Prompt, PromptProgress, Sampling
from longwriter_desktop.agentwrite.next_prompt import next_prompt, warm_next
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.errors import BackendCrashed, PromptTooLong
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates

LAYOUTS: tuple[Layout, ...] = get_args(Layout)


def planned(*targets: int) -> Document:
    sections = tuple(
        Section(f"Point {name}: about {name}", target, heading=f"Point {name}", id=name)
        for name, target in zip("abcdefghijklmnopqrstuvwxyz", targets, strict=False)
    )
    return Document(instruction="Write about the sea", sections=sections)


def finished(document: Document, section_id: str, words: int) -> Document:
    section = document.section(section_id)
    return document.with_section(replace(section, text=prose(ord(section_id), words), complete=True))


class Reader(FakeModel):
    """Reads ahead as a real engine does: a prompt alone has to fit, there is no reply to leave room for."""

    def __init__(self, context_tokens: int = 1_000_000, known: bool = True) -> None:
        super().__init__(lambda _prompt, sampling: prose(sampling.seed, 900), context_tokens)
        self.window, self.context_tokens = context_tokens, context_tokens if known else 0
        self.read: list[Prompt] = []
        self.tried: list[Prompt] = []

    def generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[EngineEvent]:
        self.context_tokens = self.window
        return super().generate(prompt, sampling)

    def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
        self.tried.append(prompt)
        yield ModelLoading(1.0)
        self.context_tokens = self.window
        size = (sum(len(message.content) for message in prompt.messages) + len(prompt.reply_prefix)) // 4
        if size > self.context_tokens:
            raise PromptTooLong(size, 0, self.context_tokens)
        yield PromptProgress(0, size, 0)
        self.read.append(prompt)
        yield PromptProgress(size, size, 0)
        yield from super().warm(prompt)


def first_asked(document: Document, layout: Layout, model: FakeModel, **how: object) -> Prompt | None:
    """The prompt for the first reply that writing gets, from a model that keeps to its context."""
    box = [document]
    events = write(lambda: box[0], model, templates, layout=layout, **how)  # type: ignore[arg-type]  # keywords pass through
    for event in events:
        box[0] = record(box[0], event, 100.0)
        if isinstance(event, PromptProgress):
            break
    events.close()
    return model.calls[-1][0] if model.calls else None


texts = st.one_of(
    st.just(""),
    st.text(max_size=80),
    st.integers(1, 260).map(lambda words: prose(words, words)),
    st.integers(1, 60).map(lambda words: prose(words, words) + " and then the "),
)
sections = st.builds(
    Section,
    main_point=st.text(max_size=40),
    word_target=st.integers(0, 250),
    heading=st.text(max_size=20),
    direction=st.one_of(st.just(""), st.text(max_size=30)),
    text=texts,
    complete=st.booleans(),
    locked=st.booleans(),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    made = Document(
        instruction="Write about the sea",
        language=draw(st.sampled_from(["en", "zh"])),
        sections=tuple(draw(st.lists(sections, min_size=1, max_size=6))),
    )
    if draw(st.booleans()):
        made = replace(made, plan_at_start=made.steps[: draw(st.integers(0, 6))])
    return made


@settings(max_examples=150)
@given(documents(), st.sampled_from(LAYOUTS), st.booleans(), st.one_of(st.none(), st.integers(0, 5)))
def test_the_next_prompt_is_the_one_that_writing_begins_with(
    document: Document, layout: Layout, again: bool, only: int | None
) -> None:
    chosen = None if only is None else [document.sections[only % len(document.sections)].id]
    asked = first_asked(document, layout, FakeModel(lambda *_: "Text."), sections=chosen, again=again)
    assert next_prompt(document, templates, sections=chosen, again=again, layout=layout) == asked


@settings(max_examples=60)
@given(documents(), st.sampled_from(LAYOUTS), st.integers(500, 2000))
def test_in_a_short_context_what_is_read_ahead_is_what_writing_gets_its_first_reply_to(
    document: Document, layout: Layout, context_tokens: int
) -> None:
    reader, model = Reader(context_tokens), Reader(context_tokens)
    try:
        asked = first_asked(document, layout, model)
    except PromptTooLong:
        with pytest.raises(PromptTooLong):
            list(warm_next(document, reader, templates, layout=layout))
        return
    list(warm_next(document, reader, templates, layout=layout))
    assert reader.read[-1:] == ([] if asked is None else [asked])


def long_document(summary: str) -> Document:
    document = planned(*[150] * 12)
    for name in "abcdefghij":
        document = finished(document, name, 150)
        document = document.with_section(replace(document.section(name), summary=summary))
    return document


def test_a_text_that_has_to_be_summed_up_first_is_what_is_read_ahead() -> None:
    document = long_document(summary="")
    reader = Reader(2600)
    list(warm_next(document, reader, templates, layout="continuous"))
    (prompt,) = reader.read
    assert document.section("b").text in prompt.messages[0].content
    assert reader.usage.tokens_written == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_text_that_outgrows_the_context_is_read_ahead_without_its_middle(layout: Layout) -> None:
    document = long_document(summary="In short.")
    reader = Reader(2600, known=False)
    list(warm_next(document, reader, templates, layout=layout))
    assert reader.tried == reader.read == [first_asked(document, layout, Reader(2600))]
    assert reader.usage.tokens_written == 0
    everything = "".join(message.content for message in reader.read[0].messages) + reader.read[0].reply_prefix
    assert document.section("a").text[:60] in everything
    assert document.section("j").text[:60] in everything
    assert document.section("c").text[:60] not in everything


def test_a_half_written_section_is_gone_on_with_in_mid_sentence() -> None:
    document = finished(planned(100, 100), "a", 100).with_text("b", "The keeper climbed and ")
    prompt = next_prompt(document, templates, layout="continuous")
    assert prompt is not None
    assert prompt.reply_prefix.endswith("\n\nThe keeper climbed and")


def test_a_section_that_needs_no_more_is_passed_over() -> None:
    document = planned(100, 100).with_text("a", prose(1, 99))
    prompt = next_prompt(document, templates, layout="continuous")
    assert prompt is not None
    assert prompt.reply_prefix.endswith("## Point b: about b\n\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_there_is_no_next_prompt_without_a_plan_or_when_all_is_written(layout: Layout) -> None:
    assert next_prompt(Document(instruction="Write about the sea"), templates, layout=layout) is None
    document = finished(planned(100), "a", 100)
    assert next_prompt(document, templates, layout=layout) is None
    reader = Reader()
    assert list(warm_next(document, reader, templates, layout=layout)) == []
    assert reader.tried == []


def test_reading_ahead_asks_once_and_writes_nothing() -> None:
    for layout in LAYOUTS:
        reader = Reader()
        events = list(warm_next(planned(100, 100), reader, templates, layout=layout))
        assert [type(event) for event in events] == [ModelLoading, PromptProgress, PromptProgress]
        assert len(reader.tried) == 1
        assert reader.calls == []


def test_reading_ahead_can_be_stopped_and_what_it_reads_with_is_closed() -> None:
    closed = []

    class Slow(Reader):
        def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
            try:
                yield from super().warm(prompt)
            finally:
                closed.append(prompt)

    events = warm_next(planned(100), Slow(), templates)
    next(events)
    assert not closed
    events.close()
    assert len(closed) == 1


def test_a_failing_engine_is_heard_of() -> None:
    class Failing(Reader):
        def warm(self, prompt: Prompt) -> Iterator[EngineEvent]:
            raise BackendCrashed("gone")

    with pytest.raises(BackendCrashed):
        list(warm_next(planned(100), Failing(), templates))


def test_what_is_read_ahead_does_not_change_when_writing_begins() -> None:
    """The plan as it stands is the one that prompts repeat, whatever it was when an empty document was planned."""
    document = replace(planned(100, 100), plan_at_start=planned(300).steps)
    for layout in LAYOUTS:
        assert next_prompt(document, templates, layout=layout) == first_asked(document, layout, Reader())
