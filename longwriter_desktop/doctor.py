"""What a bug report needs: versions, devices, backend, folders, memory. Nothing of any document."""

import platform
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

from longwriter_desktop import __version__
from longwriter_desktop.backend.devices import BackendInfo, inspect_backend
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.hardware import build_line, graphics_here, is_built_for, missing_toolkit
from longwriter_desktop.backend.memory import Free, Room, best_plan, chosen_devices, plan_remarks, wanted_context
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model, default_model
from longwriter_desktop.models.listing import listed_models
from longwriter_desktop.paths import AppPaths, catalogue_path
from longwriter_desktop.settings import Settings, load_settings
from longwriter_desktop.size_words import memory_words

_LIBRARIES = ("llama-cpp-python", "PySide6-Essentials", "huggingface-hub", "markdown", "msgspec", "python-docx")
_SETTINGS = (
    "device", "gpu_layers", "kv_type", "writing_threads", "reading_threads", "state_cache_gigabytes",
    "warm_while_idle", "warm_battery_percent",
)  # fmt: skip
"""Those that decide how the model is run."""
_REFUSERS = {"seccomp": "Linux (seccomp)", "sandbox": "macOS (sandbox)"}
_NOT_REFUSED = "not used; this system has no means for the app to refuse it to the process as well"
_LABEL_WIDTH = 22
_WIDTH = 100


def examine(paths: AppPaths) -> dict[str, object]:
    """Everything as plain values, ready for JSON; sizes in bytes. Problems found stand under "problems"."""
    problems: list[str] = []
    settings = load_settings(paths)
    problems += settings.warnings
    info: BackendInfo | None = None
    try:
        info = inspect_backend(paths)
    except LongWriterError as error:
        problems.append(error.on_the_command_line)
    models: list[dict[str, object]] = []
    default, plan = "", {}
    try:
        catalogue = load_catalogue(paths)
        problems += catalogue.warnings
        models = [model.values for model in listed_models(catalogue, paths) if model.path]
        model = default_model(catalogue, paths, settings.model)
        default = model.name
        plan = _plan(model, settings, info)
    except LongWriterError as error:
        problems.append(error.on_the_command_line)
    memory = psutil.virtual_memory()
    return {
        "longwriter_desktop": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "processor": _processor(),
        "features": _features(info),
        "cores": {"physical": psutil.cpu_count(logical=False), "logical": psutil.cpu_count()},
        "memory": {"total_bytes": memory.total, "available_bytes": memory.available},
        "graphics": _graphics(info),
        "backend": _backend(info),
        "settings": {name: getattr(settings, name) for name in _SETTINGS},
        "default_model": default,
        "plan": plan,
        "models_here": models,
        "catalogue": str(catalogue_path()),
        "folders": {name: _folder(path) for name, path in asdict(paths).items()},
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "problems": problems,
    }


def _backend(info: BackendInfo | None) -> dict[str, object]:
    if info is None:
        return {}
    return {
        "llama_cpp_python": info.library_version,
        "llama_cpp": info.llama_version,
        "system_info": info.system_info,
        "built_for": list(info.backends),
        "gpu_offload": info.supports_gpu_offload,
        "network_refused_by": info.network_refused_by,
        "devices": [{name: getattr(device, name) for name in device.__struct_fields__} for device in info.devices],
    }


def _features(info: BackendInfo | None) -> list[str]:
    """What llama.cpp uses of the processor, such as AVX2."""
    _, _, features = (info.system_info if info else "").partition("CPU :")
    return [name.strip() for name, _, value in (each.partition("=") for each in features.split("|")) if "1" in value]


def _graphics(info: BackendInfo | None) -> list[dict[str, object]]:
    """Each graphics processor of the computer, and how llama.cpp is built for one that it cannot use yet."""
    found: list[dict[str, object]] = []
    for each in graphics_here():
        built = info is not None and is_built_for(each, info.backends)
        values: dict[str, object] = {
            "maker": each.maker,
            "name": each.name,
            "backend": each.backend,
            "built_for": built,
        }
        if not built:
            values["install_first"] = missing_toolkit(each.backend)
            values["install"] = build_line(each.backend, _version("llama-cpp-python"))
        found.append(values)
    return found


def _plan(model: Model, settings: Settings, info: BackendInfo | None) -> dict[str, object]:
    """How the model would be opened now."""
    options, header = EngineOptions.of(settings), read_header(model.path)
    wanted = wanted_context(header, options.context_tokens or ModelSpec.of(model).context_tokens)
    rooms = tuple(Room.on(device) for device in chosen_devices(info.devices if info else (), options.device))
    plan = best_plan(header, Free(psutil.virtual_memory().available, rooms), options, wanted)
    return {
        "context_tokens": plan.tokens,
        "kv_type": plan.kv_type,
        "devices": {room.name: count for room, count in zip(plan.rooms, plan.layers, strict=True)},
        "layers": plan.all_layers,
        "needs_bytes": plan.needs_bytes,
        "needs_ram_bytes": plan.ram_bytes,
        "needs_device_bytes": plan.device_bytes,
        "free_bytes": plan.free_bytes,
        "remarks": plan_remarks(plan, wanted, options),
    }


def report(findings: Mapping[str, Any]) -> str:
    """The findings as lines of text."""
    parts = (
        ("Computer", _computer_lines(findings)),
        ("llama.cpp", _backend_lines(findings["backend"])),
        ("Model", _model_lines(findings)),
        ("Settings", [(name.replace("_", " "), _said(value)) for name, value in findings["settings"].items()]),
        ("Folders", [*findings["folders"].items(), ("models.toml", findings["catalogue"])]),
        ("Libraries", findings["libraries"].items()),
        ("Problems", [("", problem) for problem in findings["problems"]] or [("", "none")]),
    )
    lines = [f"LongWriter Desktop {findings['longwriter_desktop']}, Python {findings['python']}"]
    for title, rows in parts:
        lines += ["", title]
        for label, text in rows:
            lines += _row(label, str(text))
    return "\n".join(lines)


def _computer_lines(findings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    cores, memory = findings["cores"], findings["memory"]
    yield "system", findings["system"]
    yield "processor", f"{findings['processor']}, {cores['physical']} cores, {cores['logical']} threads"
    if findings["features"]:
        yield "features", " ".join(findings["features"])
    yield "memory", f"{memory_words(memory['total_bytes'])}, {memory_words(memory['available_bytes'])} free"
    if not findings["graphics"]:
        yield "graphics", "no graphics processor found that llama.cpp could use"
    for each in findings["graphics"]:
        if each["built_for"]:
            yield "graphics", f"{each['maker']} {each['name']}: llama.cpp is built for it"
            continue
        first = f" Install {each['install_first']} first." if each["install_first"] else ""
        yield (
            "graphics",
            f"{each['maker']} {each['name']}: llama.cpp is not built for it.{first} Then this line builds it:",
        )
        yield "", each["install"]


def _backend_lines(backend: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not backend:
        yield "", "could not be started, see the problems below"
        return
    yield "version", f"llama-cpp-python {backend['llama_cpp_python']}, llama.cpp {backend['llama_cpp']}"
    yield "built for", ", ".join(backend["built_for"])
    refused_by = backend["network_refused_by"]
    yield "network", f"refused to its process by {_REFUSERS[refused_by]}" if refused_by else _NOT_REFUSED
    for device in backend["devices"]:
        memory = f"{memory_words(device['memory_total_bytes'])}, {memory_words(device['memory_free_bytes'])} free"
        yield "device", f"{device['name']}: {device['description']} ({device['kind']}), {memory}"


def _model_lines(findings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    plan = findings["plan"]
    yield "by default", findings["default_model"] or "none"
    if plan:
        held = [f"{count} of {plan['layers']} layers on {name}" for name, count in plan["devices"].items() if count]
        where = " and ".join(held) or "all of it in the computer's memory"
        needs = f"needs {memory_words(plan['needs_bytes'])}, {memory_words(plan['free_bytes'])} free"
        yield "opened with", f"context {plan['context_tokens']:,} tokens, KV cache {plan['kv_type']}, {where}: {needs}"
        for remark in plan["remarks"]:
            yield "", remark
    for model in findings["models_here"]:
        yield "here", f"{model['name']}: {model['title']}, {memory_words(model['size_bytes'])} ({model['reason']})"
        yield "", model["path"]


def _row(label: str, text: str) -> list[str]:
    """A line, or several where the text is long. What holds a path or a command stays whole, to be copied."""
    pad = " " * (_LABEL_WIDTH + 4)
    first = f"  {label:<{_LABEL_WIDTH}}  "
    if len(first) + len(text) <= _WIDTH or "/" in text or "\\" in text:
        return [(first if label else pad) + text]
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first if label else pad, subsequent_indent=pad, break_long_words=False
    )


def _said(value: object) -> str:
    return "yes" if value is True else "no" if value is False else str(value)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _folder(path: object) -> str:
    return f"{path}" if Path(str(path)).is_dir() else f"{path} (not made yet)"


def _processor() -> str:
    """The processor's name; Linux tells it only in /proc/cpuinfo."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()
