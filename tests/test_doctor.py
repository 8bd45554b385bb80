import json

import msgspec
import pytest

from longwriter_desktop import doctor
from longwriter_desktop.backend.devices import BackendInfo
from longwriter_desktop.backend.hardware import Graphics
from longwriter_desktop.backend.messages import Device
from longwriter_desktop.doctor import examine, report
from longwriter_desktop.errors import BackendCrashed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, save_settings

GB = 10**9
CPU = Device("CPU", "A Processor", "CPU", 16 * GB, 16 * GB)
CARD = Device("CUDA0", "A Card", "GPU", 12 * GB, 12 * GB)
FEATURES = "CUDA : ARCHS = 890 | CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 0 | "
NVIDIA = Graphics("NVIDIA", "A Card", "CUDA")


@pytest.fixture
def paths() -> AppPaths:
    return AppPaths.of_this_machine()


def info(*devices: Device, backends: tuple[str, ...] = ("CPU",)) -> BackendInfo:
    return BackendInfo(1, "0.3.36", "0.5.0", FEATURES, len(devices) > 1, devices, backends)


def text_of(paths: AppPaths) -> str:
    findings = examine(paths)
    json.dumps(findings)
    return report(findings)


@pytest.mark.usefixtures("starter_model")
def test_on_this_computer_the_report_names_processor_devices_settings_and_the_plan(paths: AppPaths) -> None:
    findings = examine(paths)
    plan = findings["plan"]
    assert isinstance(plan, dict)
    assert plan["context_tokens"] == 8192
    assert 200_000_000 < plan["needs_bytes"] < 500_000_000
    assert plan["free_bytes"] > 0
    assert findings["settings"] == {
        "device": "auto", "gpu_layers": -1, "kv_type": "auto", "writing_threads": 0, "reading_threads": 0,
        "state_cache_gigabytes": 4.0, "warm_while_idle": True, "warm_battery_percent": 40,
    }  # fmt: skip
    text = report(findings)
    for words in (
        "processor",
        "features",
        "built for",
        "CPU",
        "KV cache f16",
        "GB free",
        "gpu layers",
        "network",
        "Problems",
    ):
        assert words in text
    assert "{" not in text
    assert max(len(line) for line in text.splitlines() if "/" not in line) <= 100


@pytest.mark.usefixtures("starter_model")
def test_a_card_that_llama_cpp_is_not_built_for_is_named_with_the_line_that_builds_it(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "inspect_backend", lambda _paths: info(CPU))
    monkeypatch.setattr(doctor, "graphics_here", lambda: (NVIDIA,))
    monkeypatch.setattr(doctor, "missing_toolkit", lambda _backend: "the CUDA toolkit")
    text = text_of(paths)
    assert "NVIDIA A Card: llama.cpp is not built for it." in text
    assert "Install the CUDA toolkit first." in text.replace("\n" + " " * 26, " ")
    assert "-DGGML_CUDA=on" in text
    assert "features                SSE3 AVX2\n" in text


@pytest.mark.usefixtures("starter_model")
def test_with_a_card_in_use_the_plan_says_how_many_layers_it_holds(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "inspect_backend", lambda _paths: info(CARD, CPU, backends=("CUDA", "CPU")))
    monkeypatch.setattr(doctor, "graphics_here", lambda: (NVIDIA,))
    text = text_of(paths)
    assert "NVIDIA A Card: llama.cpp is built for it" in text
    assert "31 of 31 layers on CUDA0" in text
    assert "CUDA0: A Card (GPU), 12.0 GB, 12.0 GB free" in text


@pytest.mark.usefixtures("starter_model")
def test_a_device_in_the_settings_that_is_not_there_is_a_problem(paths: AppPaths) -> None:
    save_settings(paths, Settings(device="CUDA7"))
    findings = examine(paths)
    assert "no device “CUDA7”" in str(findings["problems"])
    assert "no device “CUDA7”" in report(findings)


def test_without_a_working_llama_cpp_the_rest_is_still_told(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_paths: AppPaths) -> BackendInfo:
        raise BackendCrashed("llama.cpp cannot be used here.")

    monkeypatch.setattr(doctor, "inspect_backend", broken)
    text = text_of(paths)
    assert "could not be started" in text
    assert "llama.cpp cannot be used here." in text
    assert "Folders" in text


@pytest.mark.usefixtures("starter_model")
@pytest.mark.parametrize(
    ("refused_by", "words"),
    [("seccomp", "refused to its process by Linux (seccomp)"), ("", "not used; this system has no means")],
)
def test_the_report_says_whether_the_system_refuses_the_models_process_the_network(
    refused_by: str, words: str, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = msgspec.structs.replace(info(CPU), network_refused_by=refused_by)
    monkeypatch.setattr(doctor, "inspect_backend", lambda _paths: found)
    assert words in text_of(paths)
