"""What a bug report needs: versions, devices, backend, folders, memory. Nothing of any document."""

import platform
import sys
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import psutil

from longwriter_desktop import __version__
from longwriter_desktop.backend.devices import inspect_backend
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import default_model
from longwriter_desktop.models.listing import listed_models
from longwriter_desktop.paths import AppPaths, catalogue_path
from longwriter_desktop.settings import load_settings

_LIBRARIES = ("llama-cpp-python", "PySide6-Essentials", "huggingface-hub", "markdown", "msgspec", "python-docx")


def examine(paths: AppPaths) -> dict[str, object]:
    """Everything as plain values, ready for JSON; sizes in bytes. Problems found stand under "problems"."""
    problems: list[str] = []
    settings = load_settings(paths)
    problems += settings.warnings
    backend: dict[str, object] = {}
    try:
        info = inspect_backend(paths)
        backend = {
            "llama_cpp_python": info.library_version,
            "llama_cpp": info.llama_version,
            "system_info": info.system_info,
            "gpu_offload": info.supports_gpu_offload,
            "devices": [_plain(device) for device in info.devices],
        }
    except LongWriterError as error:
        problems.append(str(error))
    models: list[dict[str, object]] = []
    default = ""
    try:
        catalogue = load_catalogue(paths)
        problems += catalogue.warnings
        models = [model.values for model in listed_models(catalogue, paths) if model.path]
        default = default_model(catalogue, paths, settings.model).name
    except LongWriterError as error:
        problems.append(str(error))
    memory = psutil.virtual_memory()
    return {
        "longwriter_desktop": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "processor": _processor(),
        "cores": {"physical": psutil.cpu_count(logical=False), "logical": psutil.cpu_count()},
        "memory": {"total_bytes": memory.total, "available_bytes": memory.available},
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "backend": backend,
        "folders": {name: _folder(path) for name, path in asdict(paths).items()},
        "catalogue": str(catalogue_path()),
        "models_here": models,
        "default_model": default,
        "problems": problems,
    }


def report(findings: dict[str, object]) -> str:
    """The findings as lines of text."""
    lines: list[str] = []
    for name, value in findings.items():
        _put(lines, name, value, 0)
    return "\n".join(lines)


def _put(lines: list[str], name: str, value: object, depth: int) -> None:
    pad = "  " * depth
    label = name.replace("_", " ")
    if isinstance(value, dict):
        lines.append(f"{pad}{label}:")
        for inner, each in value.items():
            _put(lines, str(inner), each, depth + 1)
    elif isinstance(value, list):
        lines.append(f"{pad}{label}:" + ("" if value else " none"))
        for each in value:
            text = each.get("description") or each.get("title") if isinstance(each, dict) else each
            extra = (
                ", ".join(f"{key} {_amount(key, item)}" for key, item in each.items()) if isinstance(each, dict) else ""
            )
            lines.append(f"{pad}  - {text}" + (f" ({extra})" if extra else ""))
    else:
        lines.append(f"{pad}{label}: {_amount(name, value)}")


def _amount(name: str, value: object) -> str:
    if name.endswith("_bytes") and isinstance(value, int):
        return f"{value / 1e9:.2f} GB"
    return "yes" if value is True else "no" if value is False else str(value)


def _plain(device: object) -> dict[str, object]:
    names = getattr(device, "__struct_fields__", ())
    return {name: getattr(device, name) for name in names}


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
