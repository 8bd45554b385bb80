"""How a model is to be opened with the memory that there is: KV type, context, and what a graphics processor holds.

Memory is taken by the weights, by the KV cache (its length times what a token's keys and values take),
and by the room to compute in. An f16 cache is the fastest; q8_0 takes 34/64 of it and, in the tests of
llama.cpp's authors, costs no quality that can be measured. A layer is held either in the computer's
memory or on a device, and its part of the KV cache with it; llama.cpp gives devices the last layers.

All of it is arithmetic. Where a plan turns out not to work, the next one is made with less free memory,
see `Free.below`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.messages import Device
from longwriter_desktop.backend.options import EngineOptions, KvType
from longwriter_desktop.errors import ModelProblem

LONGEST_UNASKED = 32_768
"""Tokens. Where nobody says otherwise: 20,000 words with their plan, and not 16 GB for a context of 131,072."""
SHORTEST_CONTEXT = 2_048
"""Tokens. Under this no section can be written."""
CPU_PIECE, SHORT_CPU_PIECE = 136, 56
"""Tokens read in one go on the CPU: 128 or 48, and up to 8 more at the end. An operation of a piece is the shortest
time in which reading can be stopped. Without flash attention the scores of all heads for all cells are kept of a
piece; where that is too much, pieces are short, which makes the reading a tenth slower."""
_MOST_SCORES_BYTES = 240_000_000
GPU_PIECE = 512

_BYTES_PER_VALUE: dict[KvType, float] = {"f16": 2.0, "q8_0": 34 / 32}
_SMALL_MODEL_BYTES = 2_000_000_000
_PROCESS_BYTES = 60_000_000
"""Python and the libraries in the worker: 47 MB when it starts, and what comes with writing."""
_BYTES_PER_TOKEN_KNOWN = 400
"""The vocabulary with its merges, as llama.cpp and we keep it: 290 to 380 measured."""
_OUTPUTS = 10
"""Places for logits, see `context.Context`: f32 for each token of the vocabulary."""
_DEVICE_RESERVE_BYTES = 400_000_000
"""Left free on a device: for the screen, and for what its libraries take besides the buffers."""
_DEVICE_RESERVE_SHARE = 0.05
_DRIVER_BYTES = 300_000_000
"""What the libraries of a graphics processor take of the computer's own memory."""


@dataclass(frozen=True, slots=True)
class Room:
    """A device that layers can be put on, and what may be used of its memory, in bytes."""

    name: str
    description: str
    free_bytes: int
    shares_ram: bool = False
    """Its memory is the computer's own, as on Apple silicon and with integrated graphics processors."""

    @staticmethod
    def on(device: Device) -> "Room":
        """What may be used of a device: what is free, less a reserve."""
        reserve = max(_DEVICE_RESERVE_BYTES, int(device.memory_total_bytes * _DEVICE_RESERVE_SHARE))
        shares = device.kind == "integrated GPU" or device.name.startswith(("Metal", "MTL"))
        return Room(device.name, device.description, max(0, device.memory_free_bytes - reserve), shares)


@dataclass(frozen=True, slots=True)
class Free:
    """The memory that a model may be given, in bytes."""

    ram_bytes: int
    rooms: tuple[Room, ...] = ()
    stepped_down: bool = False
    """It is less than there is, because a plan has failed: then a number of layers that was asked for is a limit."""

    def limited(self, ram_bytes: int | None, device_bytes: int | None) -> "Free":
        """No more than so much in the computer's memory, and on all devices together; None: no limit."""
        rooms = self.rooms
        if device_bytes is not None:
            share = min(1.0, device_bytes / (sum(room.free_bytes for room in rooms) or 1))
            rooms = tuple(replace(room, free_bytes=int(room.free_bytes * share)) for room in rooms)
        ram = self.ram_bytes if ram_bytes is None else min(self.ram_bytes, ram_bytes)
        return Free(ram, rooms, self.stepped_down or ram_bytes is not None or device_bytes is not None)

    def below(self, plan: "Plan") -> "Free":
        """For the next plan after one that failed: fewer layers on the devices, or else less of everything."""
        return self.limited(*plan.limits_below())


@dataclass(frozen=True, slots=True)
class Plan:
    """How to open a model: context in tokens, type of its cache, layers on each device; sizes in bytes."""

    tokens: int
    kv_type: KvType
    rooms: tuple[Room, ...]
    layers: tuple[int, ...]
    """How many layers each of ``rooms`` holds; the output counts as one."""
    all_layers: int
    ram_bytes: int
    device_bytes: int
    """On all devices together."""
    free_bytes: int
    """Of the memory that it uses."""
    flash_attention: bool | None = None
    """None leaves it to llama.cpp."""
    batch: int = CPU_PIECE
    """The most tokens to read in one go."""

    @property
    def needs_bytes(self) -> int:
        """What it takes, wherever."""
        return self.ram_bytes + self.device_bytes

    @property
    def gpu_layers(self) -> int:
        """How many layers the devices hold."""
        return sum(self.layers)

    def limits_below(self) -> tuple[int | None, int | None]:
        """The most of the computer's memory and of the devices' that the next plan may take, should this one fail."""
        if not self.gpu_layers:
            return self.ram_bytes - 1, None
        few = self.gpu_layers <= max(1, self.all_layers // 4)
        return None, 0 if few else self.device_bytes * 2 // 3


def wanted_context(header: GgufHeader, asked: int | None) -> int:
    """The context to aim for, in tokens: as asked, but never more than the model was made for."""
    made_for = header.context_tokens or LONGEST_UNASKED
    return max(1, min(asked or LONGEST_UNASKED, made_for))


def chosen_devices(devices: Sequence[Device], wanted: str) -> tuple[Device, ...]:
    """The graphics processors to use: none for "cpu", those that llama.cpp would use for "auto", or the one named.

    Raises ModelProblem when there is none of that name.
    """
    graphics = [device for device in devices if device.kind in {"GPU", "integrated GPU"}]
    if wanted.casefold() in {"cpu", *(device.name.casefold() for device in devices if device.kind == "CPU")}:
        return ()
    if wanted.casefold() in {"", "auto"}:
        best = [device for device in graphics if device.kind == "GPU"] or graphics[:1]
        # The same card may be there twice, once for each library that can use it.
        return tuple(device for device in best if device.name.rstrip("0123456789") == _family(best[0]))
    for device in graphics:
        if wanted.casefold() in {device.name.casefold(), device.description.casefold()}:
            return (device,)
    there = ", ".join(["auto", "cpu", *(f"{device.name} ({device.description})" for device in graphics)])
    raise ModelProblem(
        f"There is no device “{wanted}” that llama.cpp could compute on, so the model was not opened. Choose one of "
        f"these in the settings: {there}."
    )


def best_plan(header: GgufHeader, free: Free, options: EngineOptions, wanted: int) -> Plan:
    """The best plan for a context of ``wanted`` tokens or, where there is no room for it, a shorter one.

    Of two cache types the one that lets devices hold more layers, otherwise f16. Where nothing fits, the
    plan is the smallest there is, and needs more than is free. ``options`` are asked for the KV type and
    the number of layers; a number that was asked for is taken as it is, unless a plan has failed already.
    """
    kinds: tuple[KvType, ...] = (options.kv_type,) if options.kv_type else ("f16", "q8_0")
    tokens = wanted
    while True:
        found = (_fitting(header, free, options, tokens, kind) for kind in kinds)
        if plans := [plan for plan in found if plan is not None]:
            return max(plans, key=lambda plan: plan.gpu_layers)
        if tokens // 2 < SHORTEST_CONTEXT:
            return _smallest(header, free, options, tokens, kinds[-1])
        tokens //= 2


def has_room(plan: Plan, free: Free) -> bool:
    """Whether the computer's memory suffices for a plan whose layers have been given to devices with room for them."""
    shared = any(room.shares_ram for room, held in zip(plan.rooms, plan.layers, strict=True) if held)
    return (plan.needs_bytes if shared else plan.ram_bytes) <= free.ram_bytes


def next_plan(header: GgufHeader, free: Free, options: EngineOptions, wanted: int, failed: Plan) -> Plan | None:
    """The plan to try after ``failed``, with what `Free.below` gave; None when there is nothing smaller."""
    plan = best_plan(header, free, options, wanted)
    smaller = plan.gpu_layers < failed.gpu_layers or plan.needs_bytes < failed.needs_bytes
    return plan if smaller else None


def plan_remarks(plan: Plan, wanted: int, options: EngineOptions) -> list[str]:
    """What the person should know of a plan, a sentence each: layers that are not on a device, a shorter context."""
    remarks = []
    most = plan.all_layers if options.gpu_layers is None else min(options.gpu_layers, plan.all_layers)
    names = " and ".join(room.description or room.name for room in plan.rooms)
    if plan.rooms and most and not plan.gpu_layers:
        remarks.append(f"{names} has not enough free memory for this model, so the processor computes.")
    elif plan.gpu_layers < most and plan.rooms:
        remarks.append(
            f"{plan.gpu_layers} of the model's {plan.all_layers} layers fit into the free memory of {names}; the "
            "processor computes the others, which is slower."
        )
    if plan.tokens < wanted:
        remarks.append(
            f"The context is {plan.tokens:,} tokens instead of {wanted:,}, because there is not more memory free."
        )
    return remarks


def cpu_flash_attention(header: GgufHeader, kind: KvType, options: EngineOptions) -> bool:
    """Whether the processor computes with flash attention. A q8_0 cache needs it.

    It goes through the cache once for each head, and not once for all that share their keys: behind 8,192
    tokens the layers of an 8B model wrote 40 % slower with it. In a small model its fewer operations, for which
    threads wait for each other, weigh more: the starter writes 6 % faster with it, and a 1.5B model 3 %.
    """
    if kind == "q8_0":
        return True
    small = header.tensor_bytes < _SMALL_MODEL_BYTES
    return small if options.flash_attention is None else options.flash_attention


def least_bytes(header: GgufHeader, options: EngineOptions | None = None) -> int:
    """The memory below which the model cannot be used at all."""
    kind: KvType = (options.kv_type if options else None) or "q8_0"
    flash = cpu_flash_attention(header, kind, options or EngineOptions())
    return ram_bytes(header, min(SHORTEST_CONTEXT, wanted_context(header, None)), kind, flash)


def ram_bytes(header: GgufHeader, tokens: int, kv_type: KvType, flash_attention: bool = True) -> int:
    """What a model takes of the computer's memory when no device holds any of it."""
    cache = _cache_bytes(header.kv_values_per_token, tokens, kv_type)
    return header.file_bytes + cache + _process_bytes(header) + _cpu_computing_bytes(header, tokens, flash_attention)


def _fitting(header: GgufHeader, free: Free, options: EngineOptions, tokens: int, kind: KvType) -> Plan | None:
    """The plan with the most layers on devices that fits, if there is one."""
    most = _most_layers(header, free, options)
    forced = options.gpu_layers is not None and not free.stepped_down
    for count in range(most, -1, -1):
        layers = _packed(header, free.rooms, count, tokens, kind, forced=forced)
        if layers is None:
            continue
        plan = _plan(header, free, layers, tokens, kind, options)
        if has_room(plan, free):
            return plan
        if forced:
            break
    return None


def _smallest(header: GgufHeader, free: Free, options: EngineOptions, tokens: int, kind: KvType) -> Plan:
    """What to try where nothing fits: as many layers on devices as they have room for."""
    for count in range(_most_layers(header, free, options), 0, -1):
        layers = _packed(header, free.rooms, count, tokens, kind, forced=False)
        if layers is not None:
            return _plan(header, free, layers, tokens, kind, options)
    return _plan(header, free, (0,) * len(free.rooms), tokens, kind, options)


def _most_layers(header: GgufHeader, free: Free, options: EngineOptions) -> int:
    if not free.rooms:
        return 0
    every = _layers(header)
    return every if options.gpu_layers is None else max(0, min(options.gpu_layers, every))


def _layers(header: GgufHeader) -> int:
    """All that can be put on devices; 0 for a file whose layers do not go by the usual names."""
    return len(header.weights.layers) + 1 if header.weights.layers else 0


def _packed(
    header: GgufHeader, rooms: Sequence[Room], count: int, tokens: int, kind: KvType, *, forced: bool
) -> tuple[int, ...] | None:
    """How many of the last ``count`` layers each device holds, the first device first; None: they do not fit.

    ``forced``: the last device takes whatever is left.
    """
    costs = _layer_costs(header, tokens, kind)[_layers(header) - count :]
    working = _computing_bytes(header, tokens, GPU_PIECE)
    layers, at = [], 0
    for room in rooms:
        left, start = room.free_bytes - working, at
        while at < len(costs) and left >= costs[at]:
            left -= costs[at]
            at += 1
        layers.append(at - start)
    if forced and at < len(costs):
        layers[-1] += len(costs) - at
        return tuple(layers)
    return tuple(layers) if at == len(costs) else None


def _layer_costs(header: GgufHeader, tokens: int, kind: KvType) -> list[int]:
    """Weights and cache of each layer, in bytes; the output comes last."""
    if not header.weights.layers:
        return []
    values = header.kv_values_by_layer
    costs = []
    for number, weights in enumerate(header.weights.layers):
        of_token = values[number] if number < len(values) else 0
        costs.append(weights + _cache_bytes(of_token, tokens, kind))
    return [*costs, header.weights.output]


def _plan(
    header: GgufHeader, free: Free, layers: tuple[int, ...], tokens: int, kind: KvType, options: EngineOptions
) -> Plan:
    count = sum(layers)
    flash = cpu_flash_attention(header, kind, options)
    ram, device = ram_bytes(header, tokens, kind, flash), 0
    used = [room for room, held in zip(free.rooms, layers, strict=True) if held]
    if count:
        costs = _layer_costs(header, tokens, kind)[_layers(header) - count :]
        device = sum(costs) + len(used) * _computing_bytes(header, tokens, GPU_PIECE)
        # The embedding stays in the computer's memory, also where the output is a copy of it.
        ram -= sum(costs) - (header.weights.output if header.weights.output_is_embedding else 0)
        ram += _DRIVER_BYTES + _computing_bytes(header, tokens, GPU_PIECE) - _cpu_computing_bytes(header, tokens, flash)
    there = (free.ram_bytes if ram else 0) + sum(room.free_bytes for room in used if not room.shares_ram)
    used_flash = options.flash_attention if count else flash
    batch = GPU_PIECE if count else _cpu_piece(header, tokens, flash)
    return Plan(tokens, kind, free.rooms, layers, _layers(header), ram, device, there, used_flash, batch)


def _cache_bytes(values_per_token: int, tokens: int, kind: KvType) -> int:
    return int(tokens * values_per_token * _BYTES_PER_VALUE[kind])


def _process_bytes(header: GgufHeader) -> int:
    return _PROCESS_BYTES + header.weights.vocabulary_tokens * _BYTES_PER_TOKEN_KNOWN


def _cpu_piece(header: GgufHeader, tokens: int, flash_attention: bool) -> int:
    scores = 0 if flash_attention else _scores_bytes(header, tokens, CPU_PIECE)
    return CPU_PIECE if scores <= _MOST_SCORES_BYTES else SHORT_CPU_PIECE


def _scores_bytes(header: GgufHeader, tokens: int, batch: int) -> int:
    """Of all heads, in f32, for all cells."""
    return header.number("attention.head_count") * tokens * batch * 4


def _cpu_computing_bytes(header: GgufHeader, tokens: int, flash_attention: bool) -> int:
    """As `_computing_bytes`; without flash attention with the scores."""
    batch = _cpu_piece(header, tokens, flash_attention)
    scores = 0 if flash_attention else _scores_bytes(header, tokens, batch)
    return scores + _computing_bytes(header, tokens, batch)


def _computing_bytes(header: GgufHeader, tokens: int, batch: int) -> int:
    """llama.cpp's buffer to compute a batch in: the mask, the widest layer in and out, a few narrow ones, logits."""
    mask = tokens * (batch + 2) * 2
    wide = 2 * header.number("feed_forward_length")
    narrow = 5 * header.number("embedding_length")
    return mask + (wide + narrow) * batch * 4 + 2 * _OUTPUTS * header.weights.vocabulary_tokens * 4


def _family(device: Device) -> str:
    return device.name.rstrip("0123456789")
