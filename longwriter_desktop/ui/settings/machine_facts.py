"""What `doctor` finds about the computer and the model, in words for the person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui.translation import in_a_row, shown, translate


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """What the writing page shows of `doctor.examine`. ``devices`` are pairs of what is shown and the device's name."""

    devices: tuple[tuple[str, str], ...]
    computer: str
    memory: str


def machine_facts(findings: Mapping[str, Any]) -> MachineFacts:
    """The findings of `doctor.examine` in sentences."""
    backend = findings["backend"]
    devices = tuple((_device_words(device), str(device["name"])) for device in backend.get("devices", ()))
    memory = findings["memory"]
    computer = [
        translate("MachineFacts", "This computer has {total} of memory, of which {free} are free now.").format(
            total=memory_words(memory["total_bytes"]), free=memory_words(memory["available_bytes"])
        ),
        *(_graphics_words(each) for each in findings["graphics"]),
        *(shown(problem) for problem in findings["problems"]),
    ]
    plan = findings["plan"]
    return MachineFacts(devices, in_a_row(computer), in_a_row(_plan_words(plan)))


def _device_words(device: Mapping[str, Any]) -> str:
    free = memory_words(device["memory_free_bytes"])
    return translate("MachineFacts", "{name}: {description}, {free} free").format(
        name=device["name"], description=device["description"], free=free
    )


def _graphics_words(graphics: Mapping[str, Any]) -> str:
    name = f"{graphics['maker']} {graphics['name']}"
    if graphics["built_for"]:
        return translate("MachineFacts", "The graphics processor {name} can be used.").format(name=name)
    return translate(
        "MachineFacts",
        "The graphics processor {name} is not used, because llama.cpp was not built for it. On the command line, "
        "`longwriter-desktop doctor` says which line builds it.",
    ).format(name=name)


def _plan_words(plan: Mapping[str, Any]) -> Sequence[str]:
    """How the model would be opened now; () where there is none."""
    if not plan:
        return ()
    held = [(name, count) for name, count in plan["devices"].items() if count]
    words = [
        translate("MachineFacts", "The model needs {needs} of memory.").format(needs=memory_words(plan["needs_bytes"])),
        translate("MachineFacts", "It can see {tokens} tokens of plan and text at a time.").format(
            tokens=f"{plan['context_tokens']:,}"
        ),
        *(
            translate("MachineFacts", "{count} of its {all} layers lie on {device}.").format(
                count=count, all=plan["layers"], device=name
            )
            for name, count in held
        ),
    ]
    if not held:
        words.append(translate("MachineFacts", "All of it lies in the computer's own memory."))
    if plan["kv_type"] == "q8_0":
        words.append(translate("MachineFacts", "What it has read is kept in half the usual memory."))
    return (*words, *(shown(remark) for remark in plan["remarks"]))
