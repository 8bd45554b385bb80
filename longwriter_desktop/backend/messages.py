"""What client and worker say to each other over the pipes, and how it is cut into frames.

A frame is four bytes of length (big-endian) and one MessagePack object. Every message carries the number
of the request it belongs to; numbers only grow, so that what is left of a cancelled request can be told
from what belongs to the next.
"""

import struct
from collections.abc import Iterator
from typing import Literal

import msgspec

from longwriter_desktop.agentwrite.engine import Prompt, Reason, Sampling, Usage
from longwriter_desktop.backend.options import EngineOptions

LARGEST_FRAME = 64 * 1024 * 1024
"""Bytes. A 100,000-word prompt is under one hundredth of it; a longer frame is a broken pipe, not a message."""

_LENGTH = struct.Struct(">I")


class Load(msgspec.Struct, tag=True, frozen=True):
    """Open this model. Answered by `Opening` and `Loading`, then `Loaded` or `Failed`.

    ``context_tokens`` is the context that the model is usually opened with, None: as its file says.
    ``state_folder`` is where states of models are kept. ``ram_limit_bytes`` and
    ``device_limit_bytes``: the most that it may take of the computer's memory and of all devices' together,
    because more has failed before; None: no limit.
    """

    request: int
    name: str
    path: str
    template: str | None
    stop: tuple[str, ...]
    context_tokens: int | None
    options: EngineOptions
    state_folder: str
    ram_limit_bytes: int | None = None
    device_limit_bytes: int | None = None


class Generate(msgspec.Struct, tag=True, frozen=True):
    """Write the reply. Answered by `Reading`, `Text`, then `Finished` or `Failed`."""

    request: int
    prompt: Prompt
    sampling: Sampling


class Warm(msgspec.Struct, tag=True, frozen=True):
    """Read the prompt without writing. Answered by `Reading`, then `Finished` or `Failed`."""

    request: int
    prompt: Prompt


class GenerateBranches(msgspec.Struct, tag=True, frozen=True):
    """Write several replies. Answered by `Reading`, `BranchText`, `BranchFinished`, then `Finished` or `Failed`."""

    request: int
    prompts: tuple[Prompt, ...]
    samplings: tuple[Sampling, ...]


class EndBranch(msgspec.Struct, tag=True, frozen=True):
    """Enough of one reply of a `GenerateBranches`."""

    request: int
    branch: int


class Inspect(msgspec.Struct, tag=True, frozen=True):
    """Describe llama.cpp and the devices it sees. Answered by `Inspected` or `Failed`."""

    request: int


class Cancel(msgspec.Struct, tag=True, frozen=True):
    """Stop this request and all before it. Each is still answered by its last message."""

    request: int


Request = Load | Generate | Warm | GenerateBranches | EndBranch | Inspect | Cancel


class Ready(msgspec.Struct, tag=True, frozen=True):
    """The first message of a worker: it runs and listens."""

    request: int = 0


class Opening(msgspec.Struct, tag=True, frozen=True):
    """How the model is about to be opened, before anything is loaded; again when it has to be tried another way.

    ``needs_bytes`` and ``free_bytes`` of memory, in the computer and on the devices that hold layers;
    ``ram_limit_bytes`` and ``device_limit_bytes`` are for the next `Load`, should this one end the worker.
    """

    request: int
    needs_bytes: int
    free_bytes: int
    gpu_layers: int
    ram_limit_bytes: int | None
    device_limit_bytes: int | None


class Loading(msgspec.Struct, tag=True, frozen=True):
    """The model is being loaded; ``fraction`` from 0.0 to 1.0."""

    request: int
    fraction: float


class Loaded(msgspec.Struct, tag=True, frozen=True):
    """The model is open. ``remarks`` are sentences for the person about what is not as was wished."""

    request: int
    device: str
    context_tokens: int
    kv_type: str
    remarks: tuple[str, ...]


class Reading(msgspec.Struct, tag=True, frozen=True):
    """``read`` of ``total`` prompt tokens are read, of which ``reused`` were known already."""

    request: int
    read: int
    total: int
    reused: int


class Text(msgspec.Struct, tag=True, frozen=True):
    """Text of the reply from ``tokens`` tokens."""

    request: int
    text: str
    tokens: int


class BranchText(msgspec.Struct, tag=True, frozen=True):
    """Text of one of several replies, from ``tokens`` tokens."""

    request: int
    branch: int
    text: str
    tokens: int


class BranchFinished(msgspec.Struct, tag=True, frozen=True):
    """One of several replies has ended, with ``tokens`` in all."""

    request: int
    branch: int
    reason: Reason
    tokens: int


class Alive(msgspec.Struct, tag=True, frozen=True):
    """Nothing new, but the work goes on. Sent by the code that works, so that a hang is silent."""

    request: int


class Finished(msgspec.Struct, tag=True, frozen=True):
    """The last message of a `Generate`, `Warm` or `GenerateBranches`."""

    request: int
    reason: Reason
    usage: Usage


FailureKind = Literal["model", "too large", "memory", "too long", "request", "library", "cancelled", "bug"]


class Failed(msgspec.Struct, tag=True, frozen=True):
    """The request could not be done; the worker lives on. The token counts are for "too long"."""

    request: int
    kind: FailureKind
    message: str
    prompt_tokens: int = 0
    reply_tokens: int = 0
    context_tokens: int = 0


class Device(msgspec.Struct, frozen=True):
    """A device that llama.cpp can compute on. ``kind`` is "CPU", "GPU", "integrated GPU" or "accelerator"."""

    name: str
    description: str
    kind: str
    memory_free_bytes: int
    memory_total_bytes: int


class Inspected(msgspec.Struct, tag=True, frozen=True):
    """What llama.cpp says about itself: version of llama-cpp-python, features, devices, what it was built with.

    ``network_refused_by`` is what keeps the worker from any network, see `no_network.refuse_network`.
    """

    request: int
    library_version: str
    llama_version: str
    system_info: str
    supports_gpu_offload: bool
    devices: tuple[Device, ...]
    backends: tuple[str, ...]
    network_refused_by: str = ""


Event = (
    Ready
    | Opening
    | Loading
    | Loaded
    | Reading
    | Text
    | BranchText
    | BranchFinished
    | Alive
    | Finished
    | Failed
    | Inspected
)

_encoder = msgspec.msgpack.Encoder()
_request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_event_decoder: msgspec.msgpack.Decoder[Event] = msgspec.msgpack.Decoder(Event)


class BrokenFrame(ValueError):
    """What came through the pipe is not a message; something else has written into it."""


def frame(message: Request | Event) -> bytes:
    """The message as bytes for the pipe."""
    body = _encoder.encode(message)
    if len(body) > LARGEST_FRAME:
        raise ValueError(f"a message of {len(body)} bytes is too long for the pipe")
    return _LENGTH.pack(len(body)) + body


class Unframer:
    """Puts frames together again from reads that were cut anywhere."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The bodies of the frames that are complete now. Raises `BrokenFrame`."""
        self._rest += data
        while len(self._rest) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._rest)
            if length > LARGEST_FRAME:
                raise BrokenFrame(f"a frame of {length} bytes")
            end = _LENGTH.size + length
            if len(self._rest) < end:
                return
            body = bytes(self._rest[_LENGTH.size : end])
            del self._rest[:end]
            yield body


def read_request(body: bytes) -> Request:
    """Raises `BrokenFrame` for anything that is not a request."""
    try:
        return _request_decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BrokenFrame(type(error).__name__) from error


def read_event(body: bytes) -> Event:
    """Raises `BrokenFrame` for anything that is not an event."""
    try:
        return _event_decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BrokenFrame(type(error).__name__) from error
