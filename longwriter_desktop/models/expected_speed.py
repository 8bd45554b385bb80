"""How fast a model is to be expected to write: from what was measured on this computer, else from published figures.

To write a token, the weights are read once, and with a text before it, its keys and values are gone through as
well. So a speed that was measured with one model says something of another: time goes with the bytes. On top comes
a little for each layer, which weighs in small models.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.memory import Plan
from longwriter_desktop.models.speeds import Speed

LONG_DOCUMENT_WORDS = 10_000
_END_TOKENS = 16_000
"""What stands before the last token of such a document: 13,300 tokens of text, the plan, what steers the sections."""
_WORDS_PER_TOKEN = 0.75
"""10,000 English words are about 13,300 tokens."""
_LAYER_SECONDS = 0.000_14
"""What a layer takes besides its bytes. Source: tests/benchmarks/README.md, "Speed of the backend": 158 tokens a second
with the starter (30 layers, 97 MB), 37 with the 1.5B (28, 0.98 GB), 9 with the 8B shape (32, 4.6 GB) are one speed of
42 GB a second and this much a layer, to within 3 %."""
_BYTES_A_PRODUCT = 1.5
"""On a processor, the time of one product of attention as a number of bytes of weights that are read in it.

Source: as above: four layers of the 8B shape take 25.1 ms a token behind 2,048 tokens and 31.9 ms behind 8,192, the
whole 110 to 116 ms for 4.92 GB; Qwen2.5-1.5B 24.2 ms behind 100 and 33.1 ms behind 3,000."""
_BYTES_A_PRODUCT_ON_GRAPHICS = 0.6
"""The same on graphics processors: Llama 3.1 8B is published to write at 0.65 of its speed behind 16,000 tokens."""
_Q8_0_SHARE = 6.0
"""With a q8_0 cache the processor takes so many times as long for it: four layers of the 8B shape wrote 12.9 tokens a
second behind 8,192 tokens instead of 31.3. Source: as above."""
_SMALL_BYTES, _FARTHEST = 300_000_000, 8
"""A smaller model says nothing of one that is so many times larger: its threads wait for each other more than they
read, and beside another job the starter writes at a tenth of its speed, an 8B at half."""
_DRIFT = 0.15
"""How far off a speed may be that was measured with another model."""
_PUBLISHED_BYTES, _PUBLISHED_LAYERS = 4_617_379_840, 32
"""Llama 3.1 8B Q4_K_M, the model of the published speeds: what is read for a token."""
_ON_PROCESSORS = (4.5, 9.6)
"""Tokens a second with it on laptops' processors, i7-8550U to Ryzen 8840U."""
_ON_GRAPHICS = (21.0, 48.0)
"""The same on laptops' graphics processors, M4 to RTX 4070 Laptop."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Words a minute, on average over a document of 10,000 words, from slow to fast.

    ``source`` says whose figures they are, in words that may follow them.
    """

    slow: int
    fast: int
    source: str

    @property
    def minutes(self) -> float:
        """The longest that 10,000 words take."""
        return LONG_DOCUMENT_WORDS / self.slow


def expected_speed(header: GgufHeader, plan: Plan, speeds: Sequence[Speed], names: Sequence[str]) -> Expected | None:
    """What to expect of the model of ``header`` opened as planned; ``names`` are those it may have in ``speeds``.

    None where figures of others say nothing about it: of its weights only a part is read for each token.
    """
    own = next((speed for speed in speeds if speed.model in names and _is_of_kind(speed, plan)), None)
    if own is not None:
        words = own.words_per_minute / own.tokens_per_second if own.words_per_minute else _WORDS_PER_TOKEN * 60
        pace = _pace(1 / own.tokens_per_second, _read_bytes(header), _layers(header))
        found = words / _mean_seconds(header, plan, pace)
        return _expected(found, found, "measured here with this model")
    if header.number("expert_count"):
        return None
    others = [each for each in speeds if _is_of_kind(each, plan) and _tells(each, header)]
    if others and plan.gpu_layers in {0, plan.all_layers}:
        near = min(others, key=lambda each: abs(math.log(each.file_bytes / header.file_bytes)))
        pace = _pace(1 / near.tokens_per_second, near.file_bytes, near.layers)
        source = f"from what was measured here with {near.title or near.model}"
        return _from_paces(header, plan, (pace / (1 + _DRIFT), pace * (1 + _DRIFT)), source)
    return _published(header, plan)


def token_seconds_behind(
    at: float, header: GgufHeader, token_seconds: float, depth: int, *, on_device: bool = False
) -> float:
    """The time of a token with ``at`` tokens before it, where one behind ``depth`` tokens took ``token_seconds``.

    ``on_device``: graphics processors compute all of it.
    """
    pace = _pace(token_seconds, _read_bytes(header), _layers(header))
    there, here = (_token_seconds(header, pace, each, on_device=on_device) for each in (at, depth))
    return token_seconds * there / here


def _published(header: GgufHeader, plan: Plan) -> Expected:
    """What others have measured, on processors and graphics processors according to where the layers are."""
    on_device = plan.gpu_layers / plan.all_layers if plan.all_layers and not _shares_ram(plan) else 0.0
    paces = []
    for processor, graphics in zip(_ON_PROCESSORS, _ON_GRAPHICS, strict=True):
        slow, fast = (_pace(1 / each, _PUBLISHED_BYTES, _PUBLISHED_LAYERS) for each in (processor, graphics))
        paces.append(1 / ((1 - on_device) / slow + on_device / fast))
    where = "laptops' graphics processors" if on_device == 1 else "laptops' processors"
    if 0 < on_device < 1:
        where = "laptops' processors and graphics processors"
    return _from_paces(header, plan, (paces[0], paces[1]), f"as published for {where}")


def _shares_ram(plan: Plan) -> bool:
    """Whether a built-in graphics processor computes, which reads memory no faster than the processor; Metal's does."""
    return any(room.shares_ram and not room.name.startswith(("Metal", "MTL")) for room in plan.rooms)


def _from_paces(header: GgufHeader, plan: Plan, paces: tuple[float, float], source: str) -> Expected:
    slow, fast = (_WORDS_PER_TOKEN * 60 / _mean_seconds(header, plan, pace) for pace in paces)
    return _expected(slow, fast, source)


def _expected(slow: float, fast: float, source: str) -> Expected:
    return Expected(_rounded(slow), _rounded(fast), source)


def _is_of_kind(speed: Speed, plan: Plan) -> bool:
    """Whether it was measured on what this plan computes with: the processor, devices, or both."""
    if not plan.gpu_layers:
        return speed.is_of_processor
    return not speed.is_of_processor and ("CPU," in speed.device) == (plan.gpu_layers < plan.all_layers)


def _tells(speed: Speed, header: GgufHeader) -> bool:
    """Whether a speed that was measured with another model says something of this one."""
    if not speed.file_bytes or not header.file_bytes:
        return False
    return speed.file_bytes >= _SMALL_BYTES or header.file_bytes <= speed.file_bytes * _FARTHEST


def _pace(token_seconds: float, read_bytes: int, layers: int) -> float:
    """Bytes a second, from the time of one token; most of that time is never taken for the layers' own."""
    return read_bytes / max(token_seconds - layers * _LAYER_SECONDS, token_seconds / 4)


def _mean_seconds(header: GgufHeader, plan: Plan, pace: float) -> float:
    """The time of a token in the middle of a long document, where ``pace`` bytes are read a second."""
    depth = min(_END_TOKENS, plan.tokens) / 2
    on_device = bool(plan.gpu_layers) and plan.gpu_layers == plan.all_layers
    share = _Q8_0_SHARE if plan.kv_type == "q8_0" and not plan.gpu_layers else 1.0
    return _token_seconds(header, pace, depth, on_device=on_device, share=share)


def _token_seconds(
    header: GgufHeader, pace: float, depth: float, *, on_device: bool = False, share: float = 1.0
) -> float:
    """The time of a token behind ``depth`` tokens; going through these takes ``share`` times what is usual."""
    of_product = _BYTES_A_PRODUCT_ON_GRAPHICS if on_device else _BYTES_A_PRODUCT
    cost = share * of_product * 2 * _layers(header) * _attention_width(header) * depth
    reading = _read_bytes(header) / pace
    own = _layers(header) * _LAYER_SECONDS
    return max(reading, 1e-9) + min(own, 3 * reading) + cost / pace


def _read_bytes(header: GgufHeader) -> int:
    """What is read of a model for each token: all but the embedding, of which it is one line."""
    return sum(header.weights.layers) + header.weights.output if header.weights.layers else max(1, header.tensor_bytes)


def _layers(header: GgufHeader) -> int:
    return header.number("block_count")


def _attention_width(header: GgufHeader) -> int:
    heads, width = header.number("attention.head_count"), header.number("attention.key_length")
    return heads * width if heads and width else header.number("embedding_length")


def _rounded(words: float) -> int:
    """No more digits than such an estimate has: 437 is 440, 37 is 35."""
    step = 10 if words >= 100 else 5 if words >= 20 else 1
    return max(1, round(words / step) * step)
