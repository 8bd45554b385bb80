from dataclasses import replace
from pathlib import Path

import pytest

from longwriter_desktop.backend.hardware import Graphics
from longwriter_desktop.backend.messages import Device, Inspected
from longwriter_desktop.errors import BackendCrashed
from longwriter_desktop.models import machine as machine_module
from longwriter_desktop.models.catalogue import Catalogue, load_catalogue
from longwriter_desktop.models.download_record import DownloadRecord, downloads_folder, keep_record
from longwriter_desktop.models.download_request import PART_SUFFIX
from longwriter_desktop.models.fit import Machine
from longwriter_desktop.models.listing import (
    ListedModel,
    listed_models,
    memory_by_context,
    model_lines,
    models_table,
    recommended,
)
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.own_catalogue import add_entry
from longwriter_desktop.models.speeds import Speed, record_speed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings

GB = 10**9


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppPaths:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path)})


def laptop(total: float, free: float, disk: float = 100) -> Machine:
    return Machine(int(total * GB), int(free * GB), 4, int(disk * GB))


def on(machine: Machine, paths: AppPaths, *, without_package: bool = True) -> list[ListedModel]:
    catalogue = load_catalogue(paths)
    entries = tuple(replace(each, package="") if without_package else each for each in catalogue.entries)
    return listed_models(Catalogue(entries), paths, machine)


def best(machine: Machine, paths: AppPaths) -> tuple[str, str]:
    found = recommended(on(machine, paths))
    assert found is not None
    return found.model.entry.name, found.reason


def test_on_a_roomy_laptop_longwriter_is_recommended_and_the_reason_says_how_long_it_takes(paths: AppPaths) -> None:
    name, reason = best(laptop(16, 11), paths)
    assert name == "longwriter-8b-q4_k_m"
    assert reason == (
        "It is the best for long documents of those that this computer has the memory for now; "
        "10,000 words take 40 to 85 minutes, as published for laptops' processors."
    )


def test_a_quantization_that_is_here_goes_before_one_that_is_not(paths: AppPaths) -> None:
    found = on(laptop(32, 24), paths)
    here = [
        replace(each, path=Path("/models/q5.gguf")) if each.entry.name == "longwriter-8b-q5_k_m" else each
        for each in found
    ]
    chosen = recommended(here)
    assert chosen is not None
    assert chosen.model.entry.name == "longwriter-8b-q5_k_m"


def test_on_a_weak_laptop_a_small_model_is_recommended(paths: AppPaths) -> None:
    assert best(laptop(4, 2.5), paths)[0] == "qwen2.5-1.5b-q4_k_m"


def test_on_a_slow_computer_a_fast_model_is_recommended(paths: AppPaths) -> None:
    slow = Speed("x", 2.0, 90.0, 0.0, "CPU, 1 thread", 1.0, "Another", GB, 28)
    record_speed(paths, slow)
    name, reason = best(laptop(16, 11), paths)
    assert name == "qwen2.5-1.5b-q4_k_m"
    assert "measured here with Another" in reason


def test_where_nothing_is_bearable_the_fastest_is_recommended(paths: AppPaths) -> None:
    record_speed(paths, Speed("x", 0.5, 20.0, 0.0, "CPU, 1 thread", 1.0, "Another", GB, 28))
    name, reason = best(laptop(16, 11), paths)
    assert name == "qwen2.5-1.5b-q4_k_m"
    assert reason.startswith("It is the fastest that this computer has the memory for now; 10,000 words take")


def test_where_all_memory_is_taken_the_person_is_asked_to_close_programs(paths: AppPaths) -> None:
    name, reason = best(laptop(16, 0.3), paths)
    assert name == "qwen2.5-1.5b-q4_k_m"
    assert "close other programs first" in reason


def test_where_no_model_for_writing_fits_the_starter_shows_how_the_app_works(paths: AppPaths) -> None:
    name, reason = best(laptop(2.2, 1), paths)
    assert name == "starter"
    assert reason.startswith("No model for writing fits")


def test_where_nothing_fits_nothing_is_recommended(paths: AppPaths) -> None:
    assert recommended(on(laptop(16, 12, disk=0), paths)) is None
    assert recommended([]) is None


def test_what_has_come_of_a_download_takes_no_more_room_on_the_disk(paths: AppPaths, tmp_path: Path) -> None:
    def verdict() -> str:
        found = {each.entry.name: each.fit for each in on(laptop(16, 12, disk=2), paths)}
        return found["llama-3.2-3b-q4_k_m"].verdict

    assert verdict() == "too large"
    part = tmp_path / f"x{PART_SUFFIX}"
    with part.open("wb") as file:
        file.truncate(GB)
    name, repository = "llama-3.2-3b-q4_k_m", "bartowski/Llama-3.2-3B-Instruct-GGUF"
    keep_record(DownloadRecord(name, "L", repository, "x", str(part), 2 * GB, 1.0), downloads_folder(paths))
    assert verdict() != "too large"


def test_the_table_marks_the_recommended_model_and_says_why(paths: AppPaths) -> None:
    lines = models_table(on(laptop(16, 11), paths)).splitlines()
    marked = next(line for line in lines[1:-1] if line.startswith("* "))
    assert marked.split()[1] == "longwriter-8b-q4_k_m"
    assert sum(line.startswith("* ") for line in lines[:-1]) == 1
    assert lines[-1].startswith("* recommended: longwriter-8b-q4_k_m. It is the best")
    assert {line.index("writing") for line in lines[1:-2]} == {lines[0].index("FOR")}


def test_all_about_a_model_is_told(paths: AppPaths) -> None:
    found = {each.entry.name: model_lines(each) for each in on(laptop(16, 11), paths)}
    text = found["llama-3.2-3b-q4_k_m"]
    for wanted in (
        "Llama 3.2 3B Instruct (Q4_K_M)",
        "https://huggingface.co/bartowski/Llama-3.2-3B-Instruct-GGUF",
        "2,019,377,696 bytes (2.02 GB)",
        "3.21 billion, Q4_K_M",
        "32,768 tokens, made for 131,072",
        "6.1 GB with 32,768 tokens",
        "Llama 3.2 Community License, https://www.llama.com/llama3_2/license/; you agree to it before the download",
        "not on this computer",
    ):
        assert wanted in text
    assert "about 4,920,000,000 bytes" in found["longwriter-8b-q4_k_m"]


def test_the_memory_is_told_for_several_contexts_as_far_as_the_model_goes(paths: AppPaths) -> None:
    catalogue = load_catalogue(paths)
    starter, longwriter = catalogue.by_name("starter"), catalogue.by_name("longwriter-8b-q4_k_m")
    assert starter is not None
    assert longwriter is not None
    assert list(memory_by_context(starter)) == [8192]
    assert list(memory_by_context(longwriter)) == [8192, 16_384, 32_768]
    assert memory_by_context(longwriter)[32_768] == pytest.approx(9.366e9, rel=0.04)
    assert memory_by_context(replace(starter, kv_bytes_per_token=0)) == {}


def test_the_starter_is_judged_by_its_own_header(paths: AppPaths, starter_model: Path) -> None:
    found = {each.entry.name: each for each in on(laptop(16, 11), paths, without_package=False)}["starter"]
    assert found.path == starter_model
    assert found.fit.verdict == "fits"
    assert found.values["here"] is True


def test_a_file_that_is_damaged_or_gone_does_not_spoil_the_list(paths: AppPaths, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, but not more than that, and it goes on for a while")
    add_entry(paths, "broken", {"title": "Broken", "path": str(broken), "size_bytes": 10**9})
    add_entry(paths, "gone", {"title": "Gone", "path": str(tmp_path / "gone.gguf")})
    found = {each.entry.name: each for each in on(laptop(16, 11), paths)}
    assert found["broken"].path == broken
    assert "in version" in found["broken"].problem
    assert found["gone"].problem.startswith(f"Its file is not at {tmp_path / 'gone.gguf'} any more")
    table = models_table(list(found.values())).splitlines()
    assert [line.split()[4] for line in table if line.split()[0] in {"broken", "gone"}] == ["unusable", "unusable"]
    assert "problem" in model_lines(found["gone"])
    alone = recommended([found["broken"], found["gone"]])
    assert alone is None


# -- this computer -------------------------------------------------------------------------------------

CARD = Device("CUDA0", "NVIDIA Fast", "GPU", 8 * 2**30, 10 * 2**30)


def inspected(_paths: AppPaths) -> Inspected:
    return Inspected(
        request=1,
        library_version="0",
        llama_version="0",
        system_info="",
        backends=("CUDA",),
        supports_gpu_offload=True,
        network_refused_by="",
        devices=(CARD,),
    )


def crashed(_paths: AppPaths) -> Inspected:
    raise BackendCrashed("It ended by itself.")


def test_llama_cpp_is_asked_for_devices_where_there_is_a_graphics_processor(
    paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_module, "graphics_here", lambda: (Graphics("NVIDIA", "Fast", "CUDA"),))
    monkeypatch.setattr(machine_module, "inspect_backend", inspected)
    assert machine_here(paths, Settings()).gpu == "NVIDIA Fast"
    assert machine_here(paths, Settings(device="cpu")).all_rooms == ()
    monkeypatch.setattr(machine_module, "inspect_backend", crashed)
    assert machine_here(paths, Settings()).rooms == ()


def test_without_a_graphics_processor_no_process_is_started(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_module, "graphics_here", tuple)
    monkeypatch.setattr(machine_module, "inspect_backend", crashed)
    assert machine_here(paths, Settings()).total_ram_bytes > 0
