import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.writing_days import Day, WritingDays

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path / "home")})


def test_what_is_added_is_there_the_next_time(paths: AppPaths) -> None:
    assert WritingDays(paths).load() == {}
    assert WritingDays(paths).add({MONDAY: Day(10, 400, 60.0)})
    assert WritingDays(paths).add({MONDAY: Day(5, 0, 12.5), TUESDAY: Day(1, 2, 3.0)})
    assert WritingDays(paths).load() == {MONDAY: Day(15, 400, 72.5), TUESDAY: Day(1, 2, 3.0)}


def test_words_taken_back_leave_no_day_below_none(paths: AppPaths) -> None:
    days = WritingDays(paths)
    days.add({MONDAY: Day(10, 0, 60.0)})
    days.add({MONDAY: Day(-25, -3, 1.0)})
    assert days.load() == {MONDAY: Day(0, 0, 61.0)}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_nobody_else_may_read_it(paths: AppPaths) -> None:
    WritingDays(paths).add({MONDAY: Day(1, 1, 1.0)})
    file = paths.data / "writing-days.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_file_is_put_aside_and_counting_goes_on(paths: AppPaths) -> None:
    paths.data.mkdir(parents=True)
    file = paths.data / "writing-days.json"
    file.write_text("[1, 2", "utf-8")
    assert WritingDays(paths).load() == {}
    WritingDays(paths).add({MONDAY: Day(1, 0, 0.0)})
    assert WritingDays(paths).load() == {MONDAY: Day(1)}
    assert file.with_name("writing-days.json.damaged").read_text("utf-8") == "[1, 2"


def test_a_row_that_is_no_day_is_left_out(paths: AppPaths) -> None:
    paths.data.mkdir(parents=True)
    rows = {
        "2026-11-16": {"typed": 3, "generated": 4, "seconds": 5},
        "yesterday": {"typed": 3, "generated": 4, "seconds": 5},
        "2026-11-17": {"typed": -3, "generated": 4, "seconds": 5},
        "2026-11-18": {"typed": 3, "generated": "many", "seconds": 5},
        "2026-11-19": 7,
    }
    (paths.data / "writing-days.json").write_text(json.dumps({"days": rows}), "utf-8")
    assert WritingDays(paths).load() == {MONDAY: Day(3, 4, 5.0)}


def test_a_folder_that_cannot_be_written_costs_nothing_else(paths: AppPaths) -> None:
    paths.data.parent.mkdir(parents=True)
    paths.data.write_text("a file where the folder should be", "utf-8")
    assert not WritingDays(paths).add({MONDAY: Day(1, 0, 0.0)})
    assert WritingDays(paths).load() == {}


@given(
    content=st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(
        lambda value: json.dumps({"days": value}).encode()
    )
)
@hypothesis_settings(max_examples=60)
def test_any_content_of_the_file_is_survived(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    home = tmp_path_factory.mktemp("any")
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    paths.data.mkdir(parents=True)
    (paths.data / "writing-days.json").write_bytes(content)
    days = WritingDays(paths)
    before = days.load()
    assert days.add({MONDAY: Day(1, 2, 3.0)})
    assert days.load() == {**before, MONDAY: before.get(MONDAY, Day()) + Day(1, 2, 3.0)}
