import sys
from pathlib import Path

import pytest

from longwriter_desktop.backend import hardware
from longwriter_desktop.backend.hardware import Graphics, build_line, graphics_here, is_built_for, missing_toolkit

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc and /sys")
NVIDIA = Graphics("NVIDIA", "GeForce RTX 4070", "CUDA")
AMD = Graphics("AMD", "PCI 1002:744c", "Vulkan")
INTEL = Graphics("Intel", "PCI 8086:9a49", "Vulkan")


def card(root: Path, name: str, vendor: str, number: str = "0x1234") -> None:
    device = root / "sys/class/drm" / name / "device"
    device.mkdir(parents=True)
    (device / "vendor").write_text(vendor + "\n")
    (device / "device").write_text(number + "\n")


def driver(root: Path, name: str) -> None:
    folder = root / "proc/driver/nvidia/gpus/0000:01:00.0"
    folder.mkdir(parents=True)
    (folder / "information").write_text(f"Model: \t\t {name}\nIRQ:   \t\t 42\n")


@linux_only
def test_a_computer_without_graphics_has_none(tmp_path: Path) -> None:
    card(tmp_path, "card0", "0x1af4")  # a virtual machine's screen
    assert graphics_here(tmp_path) == ()


@linux_only
def test_cards_are_found_by_their_makers_numbers_once_each(tmp_path: Path) -> None:
    card(tmp_path, "card0", "0x8086", "0x9a49")
    card(tmp_path, "card0-HDMI-A-1", "0x8086", "0x9a49")
    card(tmp_path, "card1", "0x1002", "0x744c")
    assert graphics_here(tmp_path) == (INTEL, AMD)


@linux_only
def test_an_nvidia_card_has_its_name_from_the_driver_and_is_found_without_one(tmp_path: Path) -> None:
    card(tmp_path, "card0", "0x10de", "0x2786")
    assert graphics_here(tmp_path) == (Graphics("NVIDIA", "PCI 10de:2786", "CUDA"),)
    driver(tmp_path, "GeForce RTX 4070")
    assert graphics_here(tmp_path) == (NVIDIA,)


@linux_only
def test_where_only_the_drivers_program_knows_the_card_it_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho GeForce RTX 4070\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert hardware._nvidia_smi(Path("/")) == ["GeForce RTX 4070"]
    program.write_text("#!/bin/sh\necho no driver >&2\nexit 9\n")
    assert hardware._nvidia_smi(Path("/")) == []


@pytest.mark.parametrize(
    ("graphics", "backends", "expected"),
    [
        (NVIDIA, ["CPU"], False),
        (NVIDIA, ["CUDA", "CPU"], True),
        (NVIDIA, ["Vulkan", "CPU"], True),
        (AMD, ["CUDA", "CPU"], False),
        (AMD, ["ROCm", "CPU"], True),
        (INTEL, ["SYCL", "CPU"], True),
        (INTEL, ["Vulkan", "CPU"], True),
        (Graphics("Apple", "arm64", "Metal"), ["MTL", "BLAS", "CPU"], True),
        (Graphics("Apple", "arm64", "Metal"), ["CPU"], False),
    ],
)
def test_what_llama_cpp_is_built_for(graphics: Graphics, backends: list[str], expected: bool) -> None:
    assert is_built_for(graphics, backends) is expected


def test_what_a_build_needs_first_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_toolkit("CUDA") == "the CUDA toolkit"
    compiler = tmp_path / "nvcc"
    compiler.write_text("#!/bin/sh\n")
    compiler.chmod(0o755)
    assert missing_toolkit("CUDA") == ""


def test_a_checkout_is_built_by_its_own_set_up_and_anything_else_by_pip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert build_line("CUDA", "0.3.36") == "CMAKE_ARGS=-DGGML_CUDA=on sh packaging/run"
    installed = build_line("Vulkan", "0.3.36", tmp_path / "site-packages" / "longwriter_desktop")
    assert installed.startswith("CMAKE_ARGS=-DGGML_VULKAN=on ")
    assert installed.endswith('--no-binary llama-cpp-python "llama-cpp-python==0.3.36"')
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "-m pip install" in build_line("Metal", "0.3.36")
    monkeypatch.setattr(sys, "platform", "win32")
    assert build_line("CUDA", "0.3.36").startswith('$env:CMAKE_ARGS = "-DGGML_CUDA=on"; & ')
