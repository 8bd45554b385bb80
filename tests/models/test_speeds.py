import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.models.speeds import Speed, forget_speeds, load_speeds, record_speed, speeds_path
from longwriter_desktop.paths import AppPaths

STARTER = Speed("starter", 150.0, 6000.0, 1500.0, "CPU, 2 threads", 1_000.0, "SmolLM2", 98_362_432, 30)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path)})


def test_before_anything_was_measured_there_are_none(paths: AppPaths) -> None:
    assert load_speeds(paths) == ()
    assert not speeds_path(paths).exists()


def test_a_speed_is_kept_and_a_newer_one_takes_its_place(paths: AppPaths) -> None:
    record_speed(paths, STARTER)
    on_card = replace(STARTER, device="NVIDIA RTX", tokens_per_second=900.0, measured_at=2_000.0)
    record_speed(paths, on_card)
    newer = replace(STARTER, tokens_per_second=120.0, measured_at=3_000.0)
    record_speed(paths, newer)
    assert load_speeds(paths) == (newer, on_card)
    assert [each.is_of_processor for each in load_speeds(paths)] == [True, False]


def test_the_speeds_of_a_model_are_forgotten(paths: AppPaths) -> None:
    other = replace(STARTER, model="other")
    record_speed(paths, STARTER)
    record_speed(paths, other)
    forget_speeds(paths, "starter")
    assert load_speeds(paths) == (other,)


def test_what_is_no_speed_is_not_kept(paths: AppPaths) -> None:
    for wrong in (replace(STARTER, tokens_per_second=0.0), replace(STARTER, words_per_minute=float("nan"))):
        record_speed(paths, wrong)
    assert load_speeds(paths) == ()


def test_a_folder_that_cannot_be_written_stops_nobody(paths: AppPaths, caplog: pytest.LogCaptureFixture) -> None:
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_bytes(b"a file where the folder should be")
    record_speed(paths, STARTER)
    assert "was not saved" in caplog.text


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"speeds": 3}', b'{"speeds": [3, {}]}', b"\xff", b"[" * 9_000])
def test_a_damaged_file_counts_as_nothing_measured(paths: AppPaths, content: bytes) -> None:
    speeds_path(paths).parent.mkdir(parents=True, exist_ok=True)
    speeds_path(paths).write_bytes(content)
    assert load_speeds(paths) == ()
    record_speed(paths, STARTER)
    assert load_speeds(paths) == (STARTER,)


JSON = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
)


@given(st.sampled_from(sorted(asdict(STARTER))), JSON)
@hypothesis_settings(max_examples=100)
def test_whatever_stands_in_a_row_what_is_read_is_a_speed(
    tmp_path_factory: pytest.TempPathFactory, field: str, value: object
) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path_factory.mktemp("speeds"))})
    speeds_path(paths).parent.mkdir(parents=True)
    rows = [asdict(STARTER) | {field: value}, asdict(STARTER) | {"model": "sound"}]
    speeds_path(paths).write_text(json.dumps({"speeds": rows}), encoding="utf-8")
    found = load_speeds(paths)
    assert "sound" in [each.model for each in found]
    for each in found:
        assert each.tokens_per_second > 0
        assert each.words_per_minute >= 0
        assert each.file_bytes >= 0
