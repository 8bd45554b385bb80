"""Graphics processors that the computer has, whether or not llama.cpp was built for them; what such a build needs."""

import contextlib
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from longwriter_desktop.backend.process import apart

Backend = Literal["CUDA", "Metal", "Vulkan"]

_MAKERS: dict[str, tuple[str, Backend]] = {
    "0x10de": ("NVIDIA", "CUDA"),
    "0x1002": ("AMD", "Vulkan"),
    "0x8086": ("Intel", "Vulkan"),
}
"""PCI vendors, and what llama.cpp is best built with for them."""
_TOOLS: dict[Backend, str] = {"CUDA": "nvcc", "Metal": "xcrun", "Vulkan": "glslc"}
"""A program that has to be there for a build."""
_TOOLKITS: dict[Backend, str] = {
    "CUDA": "the CUDA toolkit",
    "Metal": "Xcode's command line tools",
    "Vulkan": "the Vulkan development files and glslc",
}
_REGISTERED: dict[Backend, tuple[str, ...]] = {"CUDA": ("CUDA",), "Metal": ("Metal", "MTL"), "Vulkan": ("Vulkan",)}
_SECONDS_FOR_A_PROGRAM = 5


@dataclass(frozen=True, slots=True)
class Graphics:
    """A graphics processor, and what llama.cpp has to be built with to use it."""

    maker: str
    name: str
    backend: Backend


def graphics_here(root: Path = Path("/")) -> tuple[Graphics, ...]:
    """The graphics processors of this computer, as far as the system tells. ``root`` is where /proc and /sys are."""
    if sys.platform == "darwin":
        return (Graphics("Apple", platform.machine(), "Metal"),) if platform.machine() == "arm64" else ()
    named = _nvidia_names(root)
    found = [Graphics("NVIDIA", name, "CUDA") for name in named]
    for vendor in sorted((root / "sys/class/drm").glob("card[0-9]*/device/vendor")):
        with contextlib.suppress(OSError):
            maker, backend = _MAKERS.get(vendor.read_text("ascii", "replace").strip(), ("", "Vulkan"))
            # A connector of a card, such as card0-HDMI-A-1, links to the same device.
            if maker and "-" not in vendor.parent.parent.name and not (maker == "NVIDIA" and named):
                found.append(Graphics(maker, _device_number(vendor.parent), backend))
    return tuple(found)


def is_built_for(graphics: Graphics, backends: Sequence[str]) -> bool:
    """Whether llama.cpp has what it needs for it. AMD and Intel are also served by their makers' own back ends."""
    wanted = (*_REGISTERED[graphics.backend], *{"AMD": ("ROCm", "HIP"), "Intel": ("SYCL",)}.get(graphics.maker, ()))
    if graphics.maker == "NVIDIA":
        wanted += ("Vulkan",)
    return any(backend.casefold().startswith(name.casefold()) for backend in backends for name in wanted)


def missing_toolkit(backend: Backend) -> str:
    """What has to be installed before llama.cpp can be built with it; "" when it is there."""
    return "" if shutil.which(_TOOLS[backend]) else _TOOLKITS[backend]


def build_line(backend: Backend, version: str, package: Path = Path(__file__).parents[1]) -> str:
    """The line for a terminal that installs a llama.cpp that is built with it.

    ``version`` is llama-cpp-python's; ``package`` tells a checkout, which has a set-up of its own.
    """
    options = f"-DGGML_{backend.upper()}=on"
    if (package.parent / "packaging" / "run").is_file() and sys.platform.startswith("linux"):
        return f"CMAKE_ARGS={options} sh packaging/run"
    pip = f'-m pip install --force-reinstall --no-deps --no-binary llama-cpp-python "llama-cpp-python=={version}"'
    if sys.platform == "win32":
        return f'$env:CMAKE_ARGS = "{options}"; & "{sys.executable}" {pip}'
    return f'CMAKE_ARGS={options} "{sys.executable}" {pip}'


def _nvidia_names(root: Path) -> list[str]:
    """From the driver's own folder, or from nvidia-smi where there is none, as on Windows."""
    names: list[str] = []
    for facts in sorted((root / "proc/driver/nvidia/gpus").glob("*/information")):
        with contextlib.suppress(OSError):
            lines = facts.read_text("utf-8", "replace").splitlines()
            names += [line.partition(":")[2].strip() for line in lines if line.startswith("Model:")]
    return names or _nvidia_smi(root)


def _nvidia_smi(root: Path) -> list[str]:
    program = shutil.which("nvidia-smi") if root == Path("/") else None
    if program is None:
        return []
    try:
        said = subprocess.run(  # noqa: S603 - the driver's own program, found in the person's PATH, without arguments of theirs.
            [program, "--query-gpu=name", "--format=csv,noheader"],
            capture_output=True, text=True, timeout=_SECONDS_FOR_A_PROGRAM, check=True, errors="replace", **apart(),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return []
    return [line.strip() for line in said.stdout.splitlines() if line.strip()]


def _device_number(device: Path) -> str:
    """Such as "PCI 1002:744c": Linux knows cards by number, and their names only where a database is installed."""
    try:
        vendor, number = (
            (device / name).read_text("ascii").strip().removeprefix("0x") for name in ("vendor", "device")
        )
    except (OSError, UnicodeDecodeError):
        return "graphics processor"
    return f"PCI {vendor}:{number}"
