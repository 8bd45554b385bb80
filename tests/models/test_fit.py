"""Verdicts: what the backend would do, said beforehand, and never worse on a better machine."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.memory import Free, best_plan, ram_bytes, wanted_context
from longwriter_desktop.backend.messages import Device
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.entry_header import entry_header
from longwriter_desktop.models.fit import Machine, fit, long_document_words, memory_for, speed_words
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.speeds import Speed
from longwriter_desktop.paths import AppPaths

GB = 10**9
GIB = 1 << 30
LAPTOP = Machine(total_ram_bytes=16 * GB, available_ram_bytes=11 * GB, cores=4, free_disk_bytes=50 * GB)
CATALOGUE = load_catalogue(AppPaths.of_this_machine({"LONGWRITER_HOME": "/nowhere"}))


def entry(name: str) -> ModelEntry:
    found = CATALOGUE.by_name(name)
    assert found is not None
    return found


LONGWRITER = entry("longwriter-8b-q4_k_m")


def laptop(total: float, free: float) -> Machine:
    return replace(LAPTOP, total_ram_bytes=int(total * GB), available_ram_bytes=int(free * GB))


# -- memory ------------------------------------------------------------------------------------------


def test_a_small_model_fits() -> None:
    found = fit(entry("starter"), LAPTOP)
    assert found.verdict == "fits"
    assert found.is_ready
    assert found.reason.startswith("needs 0.4 GB, 11.0 GB free; ")
    assert found.context_tokens == 8192


def test_the_memory_is_what_was_measured_of_the_worker() -> None:
    # tests/benchmarks/README.md, "Memory": resident memory of the worker with a context of 32,768 tokens, f16.
    assert fit(LONGWRITER, laptop(32, 28)).needs_bytes == pytest.approx(9.366e9, rel=0.04)
    assert fit(entry("qwen2.5-1.5b-q4_k_m"), LAPTOP).needs_bytes == pytest.approx(2.183e9, rel=0.04)
    assert fit(LONGWRITER, laptop(16, 8)).needs_bytes == pytest.approx(7.367e9, rel=0.04)  # q8_0


@pytest.mark.parametrize("each", CATALOGUE.entries, ids=lambda each: each.name)
def test_it_is_the_plan_that_the_backend_makes(each: ModelEntry) -> None:
    header = entry_header(each)
    for free in (3, 6, 9, 12, 24):
        plan = best_plan(header, Free(free * GB), EngineOptions(), wanted_context(header, each.default_context_tokens))
        found = fit(each, laptop(free + 1, free))
        if found.is_ready:
            assert found.context_tokens == plan.tokens
            assert plan.ram_bytes <= free * GB
            assert found.needs_bytes == plan.needs_bytes or plan.tokens < each.default_context_tokens


def test_a_model_larger_than_the_memory_is_too_large() -> None:
    found = fit(LONGWRITER, laptop(6, 5))
    assert (found.verdict, found.reason) == ("too large", "needs 5.6 GB, this computer has 6.0 GB of memory")
    assert not found.is_ready


def test_on_a_small_laptop_the_context_is_shorter() -> None:
    found = fit(entry("longwriter-8b-q5_k_m"), laptop(8, 6))
    assert found.verdict == "slow"
    assert found.reason.startswith(
        "needs 8.2 GB for its whole context, this computer has 8.0 GB of memory: it is opened with a shorter one"
    )


def test_a_context_that_holds_a_long_document_will_do() -> None:
    found = fit(entry("qwen3-4b-q4_k_m"), laptop(16, 5))
    assert found.is_ready
    assert found.context_tokens == 16_384
    assert "5.0 GB free; opened with a context of 16,384 tokens" in found.reason


def test_where_an_f16_cache_does_not_fit_a_smaller_one_is_taken_and_that_costs_time() -> None:
    found, roomy = fit(LONGWRITER, laptop(16, 8)), fit(LONGWRITER, LAPTOP)
    assert found.reason.startswith("needs 7.4 GB, 8.0 GB free; with more memory it would write faster")
    assert found.words_a_minute is not None
    assert roomy.words_a_minute is not None
    assert found.words_a_minute < roomy.words_a_minute


def test_a_model_that_would_fit_an_empty_machine_asks_to_close_programs() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, available_ram_bytes=5 * GB))
    assert (found.verdict, found.is_ready) == ("slow", False)
    assert ", 5.0 GB free: close other programs first" in found.reason


def test_a_smaller_context_needs_less() -> None:
    short = fit(LONGWRITER, LAPTOP, context_tokens=8192)
    assert short.needs_bytes == memory_for(LONGWRITER, 8192) < memory_for(LONGWRITER, 32_768)
    # The cache alone; with a longer context, less is read at a time, which takes a little back.
    assert memory_for(LONGWRITER, 16_384) - memory_for(LONGWRITER, 8192) > 0.95 * 8192 * 131_072


def test_the_settings_of_cache_and_device_count() -> None:
    small = fit(LONGWRITER, LAPTOP, options=EngineOptions(kv_type="q8_0"))
    assert small.needs_bytes < fit(LONGWRITER, LAPTOP).needs_bytes
    card = replace(LAPTOP, gpu="RTX 4080", gpu_memory_bytes=16 * GB)
    assert "RTX" not in fit(LONGWRITER, card, options=EngineOptions(device="cpu")).reason


def test_a_download_that_does_not_fit_the_disk_is_too_large() -> None:
    full = replace(LAPTOP, free_disk_bytes=2 * GB)
    found = fit(LONGWRITER, full, to_download=True)
    assert (found.verdict, found.reason) == ("too large", "needs 4.9 GB on the disk, 2.0 GB free")
    assert fit(LONGWRITER, full).verdict == "slow"


def test_of_a_model_whose_size_nobody_knows_nothing_is_claimed() -> None:
    found = fit(ModelEntry("x", "X", repository="a/b", file="c.gguf"), LAPTOP, to_download=True)
    assert (found.reason, found.words_a_minute) == ("its size is not known before it is downloaded", None)
    assert not found.is_ready


# -- files of one's own --------------------------------------------------------------------------------


def test_a_file_of_ones_own_is_judged_by_its_header(starter_model: Path) -> None:
    header = read_header(starter_model)
    known = fit(entry("starter"), LAPTOP)
    for found in (
        fit(Model(str(starter_model), "Mine", starter_model, None, header), LAPTOP),
        fit(Model(str(starter_model), "Mine", starter_model), LAPTOP),
        fit(ModelEntry("mine", "Mine", path=str(starter_model)), LAPTOP),
    ):
        assert found.needs_bytes == pytest.approx(known.needs_bytes, abs=1000)
        assert found.verdict == "fits"


def test_a_file_that_is_no_model_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(b"not a model, but long enough to look into")
    with pytest.raises(ModelProblem, match="is not a GGUF"):
        fit(Model("x", "X", tmp_path / "x.gguf"), LAPTOP)


# -- devices -------------------------------------------------------------------------------------------


def test_a_large_model_with_a_graphics_processor_fits() -> None:
    assert fit(LONGWRITER, replace(LAPTOP, gpu="Metal")).verdict == "fits"
    full = replace(LAPTOP, available_ram_bytes=2 * GB, gpu="RTX 4080", gpu_memory_bytes=16 * GB)
    found = fit(LONGWRITER, full)
    assert found.verdict == "fits"
    assert found.reason.startswith("needs 9.0 GB on RTX 4080, 16.0 GB free there; ")
    assert found.speed_source == "as published for laptops' graphics processors"


def test_a_card_that_holds_a_part_is_said() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, gpu="RTX 3050", gpu_memory_bytes=4 * GB))
    assert "of 33 layers on RTX 3050" in found.reason
    whole = fit(LONGWRITER, LAPTOP)
    assert found.words_a_minute is not None
    assert whole.words_a_minute is not None
    assert found.words_a_minute > whole.words_a_minute


def test_devices_as_the_backend_names_them_count_and_a_reserve_is_left() -> None:
    card = Device("CUDA0", "NVIDIA Fast", "GPU", 12 * GIB, 12 * GIB)
    machine = LAPTOP.with_devices([card, Device("CPU", "A processor", "CPU", GIB, GIB)])
    assert machine.gpu == "NVIDIA Fast"
    assert 11 * GIB < machine.gpu_memory_bytes < 12 * GIB
    assert "NVIDIA Fast" in fit(LONGWRITER, machine).reason
    assert LAPTOP.with_devices([card], "cpu").all_rooms == ()
    assert LAPTOP.with_devices([card], "gone since") == LAPTOP.with_devices([card])


def test_a_device_that_shares_the_memory_has_none_of_its_own() -> None:
    built_in = Device("Vulkan0", "Intel Iris", "integrated GPU", 8 * GIB, 16 * GIB)
    machine = LAPTOP.with_devices([built_in])
    assert (machine.gpu, machine.gpu_memory_bytes) == ("Intel Iris", 0)
    assert fit(LONGWRITER, machine).speed_source == "as published for laptops' processors"


# -- speed ---------------------------------------------------------------------------------------------


def test_a_large_model_without_a_graphics_processor_is_slow_and_says_how_slow() -> None:
    found = fit(LONGWRITER, LAPTOP)
    assert found.verdict == "slow"
    assert found.words_a_minute == (120, 260)
    assert found.reason == "needs 9.6 GB, 11.0 GB free; 120 to 260 words a minute, as published for laptops' processors"


def test_on_a_fast_machine_the_same_model_is_not_slow() -> None:
    fast = Speed("x", 60.0, 2700.0, 0.0, "CPU, 16 threads", 1.0, "Another", LONGWRITER.size_bytes, 32)
    found = fit(LONGWRITER, LAPTOP, speeds=(fast,))
    assert found.verdict == "fits"
    assert found.speed_source == "from what was measured here with Another"


def test_speed_in_words() -> None:
    assert speed_words((120, 260)) == "120 to 260 words a minute"
    assert speed_words((3290, 3290)) == "about 3,290 words a minute"
    assert long_document_words((120, 260)) == "40 to 85 minutes"
    assert long_document_words((40, 90)) == "1.9 to 4.2 hours"
    assert long_document_words((250, 250)) == "about 40 minutes"
    assert long_document_words((9000, 30_000)) == "about a minute"
    assert long_document_words((83, 84)) == "about 2 hours"


# -- properties ----------------------------------------------------------------------------------------


@given(
    total=st.integers(1, 512 * GB),
    free=st.floats(0, 1),
    more=st.integers(0, 64 * GB),
    context=st.integers(512, 131_072),
)
@hypothesis_settings(max_examples=60)
def test_more_memory_never_makes_the_verdict_worse(total: int, free: float, more: int, context: int) -> None:
    order = ["too large", "slow", "fits"]
    for each in CATALOGUE.entries:
        before = Machine(total, int(total * free), 4, GB)
        after = Machine(total + more, int(total * free) + more, 4, GB)
        found = [fit(each, machine, context_tokens=context) for machine in (before, after)]
        assert order.index(found[0].verdict) <= order.index(found[1].verdict)
        assert all(each.size_bytes < one.needs_bytes and one.reason for one in found)


@given(free=st.integers(1, 40 * GB), card=st.integers(0, 24 * GB), name=st.sampled_from(CATALOGUE.entries))
@hypothesis_settings(max_examples=80)
def test_what_is_ready_needs_no_more_than_is_free(free: int, card: int, name: ModelEntry) -> None:
    found = fit(name, Machine(free + GB, free, 4, GB, "Card" if card else "", card))
    if found.is_ready and found.context_tokens == name.default_context_tokens:
        assert found.needs_bytes <= free + card
    elif not found.is_ready:
        assert found.verdict != "fits"
        assert found.needs_bytes + GB > free or ram_bytes(entry_header(name), 2048, "q8_0") > free


# -- this machine --------------------------------------------------------------------------------------


def test_this_machine_is_described(tmp_path: Path) -> None:
    machine = Machine.of_this(tmp_path / "not" / "there" / "yet")
    assert 0 < machine.available_ram_bytes <= machine.total_ram_bytes
    assert machine.cores >= 1
    assert machine.free_disk_bytes > 0
    assert Machine.of_this(gpu="RTX", gpu_memory_bytes=5).gpu_memory_bytes == 5


def test_apple_silicon_computes_on_metal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    assert Machine.of_this().gpu == "Metal"
