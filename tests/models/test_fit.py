from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.fit import Machine, fit
from longwriter_desktop.paths import AppPaths

GB = 10**9
LAPTOP = Machine(total_ram_bytes=16 * GB, available_ram_bytes=11 * GB, cores=4, free_disk_bytes=50 * GB)
CATALOGUE = load_catalogue(AppPaths.of_this_machine({"LONGWRITER_HOME": "/nowhere"}))


def entry(name: str) -> ModelEntry:
    found = CATALOGUE.by_name(name)
    assert found is not None
    return found


LONGWRITER = entry("longwriter-8b-q4_k_m")


def test_a_small_model_fits() -> None:
    found = fit(entry("starter"), LAPTOP)
    assert (found.verdict, found.reason) == ("fits", "needs 0.5 GB, 11.0 GB free")
    assert found.needs_bytes == 98_362_432 + 8192 * 23_040 + 200_000_000


def test_a_large_model_without_a_graphics_processor_is_slow_and_says_how_slow() -> None:
    found = fit(LONGWRITER, LAPTOP)
    assert found.verdict == "slow"
    assert found.reason == (
        "needs 9.4 GB, 11.0 GB free; without a graphics processor laptops write 200 to 430 words a minute with it"
    )


def test_no_speed_is_promised_that_nobody_has_measured() -> None:
    found = fit(entry("longwriter-9b-q4_k_m"), LAPTOP)
    assert found.verdict == "slow"
    assert "words a minute" not in found.reason


def test_a_large_model_with_a_graphics_processor_fits() -> None:
    assert fit(LONGWRITER, replace(LAPTOP, gpu="Metal")).verdict == "fits"
    full = replace(LAPTOP, available_ram_bytes=GB, gpu="RTX 4080", gpu_memory_bytes=16 * GB)
    found = fit(LONGWRITER, full)
    assert (found.verdict, found.reason) == ("fits", "needs 9.4 GB, 16.0 GB on RTX 4080")


def test_a_model_larger_than_the_memory_is_too_large() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, total_ram_bytes=6 * GB, available_ram_bytes=5 * GB))
    assert (found.verdict, found.reason) == ("too large", "needs 5.7 GB, this computer has 6.0 GB of memory")


def test_on_a_small_laptop_the_context_is_shorter() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, total_ram_bytes=8 * GB, available_ram_bytes=6 * GB))
    assert found.verdict == "slow"
    assert found.reason == (
        "needs 7.4 GB for its whole context, this computer has 8.0 GB of memory: it is opened with a shorter one"
    )


def test_where_an_f16_cache_does_not_fit_a_smaller_one_is_taken() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, available_ram_bytes=8 * GB, gpu="Metal"))
    assert (found.verdict, found.reason) == ("fits", "needs 7.4 GB, 8.0 GB free")


def test_a_model_that_would_fit_an_empty_machine_asks_to_close_programs() -> None:
    found = fit(LONGWRITER, replace(LAPTOP, available_ram_bytes=5 * GB))
    assert (found.verdict, found.reason) == ("slow", "needs 7.4 GB, 5.0 GB free: close other programs first")


def test_a_smaller_context_needs_less() -> None:
    assert fit(LONGWRITER, LAPTOP, context_tokens=8192).needs_bytes == 4_920_000_000 + 8192 * 131_072 + 200_000_000


def test_a_download_that_does_not_fit_the_disk_is_too_large() -> None:
    full = replace(LAPTOP, free_disk_bytes=2 * GB)
    found = fit(LONGWRITER, full, to_download=True)
    assert (found.verdict, found.reason) == ("too large", "needs 4.9 GB on the disk, 2.0 GB free")
    assert fit(LONGWRITER, full).verdict == "slow"


@given(
    total=st.integers(1, 512 * GB),
    free=st.floats(0, 1),
    more=st.integers(0, 64 * GB),
    context=st.integers(512, 131_072),
)
def test_more_memory_never_makes_the_verdict_worse(total: int, free: float, more: int, context: int) -> None:
    order = ["too large", "slow", "fits"]
    for each in CATALOGUE.entries:
        before = Machine(total, int(total * free), 4, GB)
        after = Machine(total + more, int(total * free) + more, 4, GB)
        found = [fit(each, machine, context_tokens=context) for machine in (before, after)]
        assert order.index(found[0].verdict) <= order.index(found[1].verdict)
        assert all(each.size_bytes < one.needs_bytes and one.reason for one in found)


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
