from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Message, Prompt, Sampling, Usage
from longwriter_desktop.backend import messages
from longwriter_desktop.backend.messages import BrokenFrame, Event, Request, Unframer, frame, read_event, read_request
from longwriter_desktop.backend.options import EngineOptions

_text = st.text(st.characters(codec="utf-8"), max_size=50)
_number = st.integers(0, 2**40)
_floats = st.floats(0, 1e9, allow_nan=False)
_prompts = st.builds(
    Prompt,
    st.lists(st.builds(Message, st.sampled_from(["system", "user", "assistant"]), _text), max_size=4).map(tuple),
    _text,
    _text,
)
_samplings = st.builds(
    Sampling,
    temperature=_floats,
    top_k=st.integers(0, 1000),
    seed=st.integers(0, 2**32),
    stop=st.lists(_text, max_size=3).map(tuple),
    logit_bias=st.lists(st.tuples(_text, _floats), max_size=3).map(tuple),
)
_options = st.builds(
    EngineOptions,
    st.none() | _number,
    st.none() | _number,
    st.none() | _number,
    st.booleans(),
    _text,
    st.none() | _number,
    st.sampled_from([None, "f16", "q8_0"]),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
    _number,
)
_requests: st.SearchStrategy[Request] = st.one_of(
    st.builds(messages.Generate, _number, _prompts, _samplings),
    st.builds(messages.Warm, _number, _prompts),
    st.builds(messages.Cancel, _number),
    st.builds(messages.Inspect, _number),
    st.builds(
        messages.Load, _number, _text, _text, st.none() | _text, st.just(("a",)), st.none() | _number, _options, _text
    ),
)
_events: st.SearchStrategy[Event] = st.one_of(
    st.builds(messages.Ready),
    st.builds(messages.Text, _number, _text, _number),
    st.builds(messages.Reading, _number, _number, _number, _number),
    st.builds(messages.Alive, _number),
    st.builds(messages.Loading, _number, _floats),
    st.builds(messages.Finished, _number, st.sampled_from(["end", "stop"]), st.builds(Usage, _number, _number)),
    st.builds(messages.Failed, _number, st.sampled_from(["model", "bug"]), _text),
)


def _cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(edges)]


@given(st.lists(_events, max_size=8), st.lists(st.integers(0, 10_000), max_size=30))
def test_events_come_out_as_they_went_in_however_the_pipe_cuts_them(sent: list[Event], places: list[int]) -> None:
    frames = Unframer()
    pieces = _cut(b"".join(map(frame, sent)), places)
    got = [read_event(body) for piece in pieces for body in frames.feed(piece)]
    assert got == sent


@given(_requests)
def test_a_request_comes_out_as_it_went_in_byte_by_byte(sent: Request) -> None:
    frames = Unframer()
    got = [read_request(body) for byte in frame(sent) for body in frames.feed(bytes([byte]))]
    assert got == [sent]


@given(st.binary(max_size=200))
def test_noise_is_refused_and_never_understood_as_something_else_than_a_message(noise: bytes) -> None:
    for read in (read_event, read_request):
        try:
            read(noise)
        except BrokenFrame:
            continue


def test_a_frame_longer_than_any_message_is_refused_before_it_is_waited_for() -> None:
    with pytest.raises(BrokenFrame):
        list(Unframer().feed(b"\xff\xff\xff\xff"))


def test_something_printed_among_the_messages_is_noticed() -> None:
    with pytest.raises(BrokenFrame):
        list(Unframer().feed(b"warning: something was printed here\n"))
